"""What the methods gather: nothing to gather is refused."""

import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.operators.sharpening.statistics import Moments, require_pixels


def test_nothing_valid_is_said():
    with pytest.raises(InputError, match="No pixel is valid in PAN and band 3 of MS"):
        require_pixels(Moments(2), "band 3 of MS")
