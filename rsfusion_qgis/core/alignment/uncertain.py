"""The refusal of a measurement that does not say enough to correct anything: why, and what would help."""

from __future__ import annotations

from ..basics.errors import CoregistrationError
from .registration import RegistrationJob
from .registration_report import searched_px
from .shift.shift_estimate import ShiftEstimate


class UncertainError(CoregistrationError):
    """The displacement cannot be told with confidence."""


def require_sure(estimate: ShiftEstimate, compared: RegistrationJob) -> None:
    """Raise UncertainError where the measurement does not say enough to correct anything."""
    if estimate.verdict(compared.tolerance_px) != "uncertain":
        return
    if estimate.at_limit:
        searched = f"{searched_px(compared, estimate):.4g} pixels that were searched"
        raise UncertainError(f"SECONDARY may lie farther off REFERENCE than the {searched}; raise MAX_SHIFT.")
    bands = "bands that show the same things with REFERENCE_BANDS and SECONDARY_BANDS"
    if not estimate.chips:
        raise UncertainError(
            "SECONDARY and REFERENCE share no place with enough valid pixels and structure to be compared; choose "
            f"{bands}, a smaller MAX_SHIFT, or larger rasters."
        )
    raise UncertainError(
        f"The shift of SECONDARY against REFERENCE is uncertain (confidence {estimate.confidence:.2f}, expected at "
        f"least 0.5, within {searched_px(compared, estimate):.4g} pixels); choose {bands}, larger parts of the "
        "rasters, or a larger MAX_SHIFT."
    )
