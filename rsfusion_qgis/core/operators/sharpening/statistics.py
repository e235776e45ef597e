"""What the methods gather of a scene, see `measures.moments`, and the refusal where there is nothing to gather."""

from __future__ import annotations

from ...basics.errors import InputError
from ...measures.moments import Moments as Moments
from ...measures.moments import columns as columns
from ...measures.moments import regress as regress


def require_pixels(moments: Moments, what: str = "in all bands of MS") -> None:
    """Raise InputError where nothing was gathered."""
    if not moments.count:
        raise InputError(
            f"No pixel is valid in PAN and {what}, but some are needed to learn how they are related; check the "
            "nodata values and masks, or leave the empty band out."
        )
