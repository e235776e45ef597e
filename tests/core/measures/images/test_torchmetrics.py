"""Against torchmetrics, which is too heavy to install for two numbers: recorded with version 1.9.0.

    x, y = (torch.from_numpy(image)[None] for image in make_pair(4))
    torch.rad2deg(spectral_angle_mapper(x, y))
    error_relative_global_dimensionless_synthesis(x, y, ratio=4)

both from torchmetrics.functional.image. SSIM: see `test_ssim`.
"""

from __future__ import annotations

import pytest

from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.measures.images.sam import sam

from .test_with_reference import make_pair


def test_sam() -> None:
    assert sam(*make_pair(4)) == pytest.approx(11.80627222293967, rel=1e-12)


def test_ergas() -> None:
    assert ergas(*make_pair(4), ratio=4) == pytest.approx(6.8997723076499735, rel=1e-12)
