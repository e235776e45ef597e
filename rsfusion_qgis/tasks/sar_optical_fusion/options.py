"""What the user can say about SAR detail in an optical image."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from ...core.sensors.sentinel1 import UNITS

FOUND = "found"


@dataclass(frozen=True)
class DetailOptions:
    """How detail is put in.

    Attributes
    ----------
    strength : float
        Share of the detail that local agreement allows; 0 = the optical image as it is.
    despeckle : bool
    looks : float
        Equivalent number of looks of SAR.
    sar_unit : str
        One of `UNITS`; "" = found.
    """

    strength: float = option(
        1.0, "Strength",
        "Of the detail that local agreement of both images allows. 0: OPTICAL as it is, on the grid of the result. "
        "Above 1 the detail is exaggerated.",
        low=0.0, high=3.0, bounded=True,
    )  # fmt: skip
    despeckle: bool = option(
        True, "Filter speckle first", "By the enhanced Lee filter, in windows of 7 x 7 pixels of SAR.", advanced=True,
    )  # fmt: skip
    looks: float = option(
        4.4, "Looks of SAR", "Equivalent number of looks, for the speckle filter. 4.4: Sentinel-1 IW GRD.",
        low=0.5, high=1000.0, bounded=True, advanced=True,
    )  # fmt: skip
    sar_unit: str = option(
        "", "Unit of SAR",
        "Detail is taken from decibels. found: by the bands' units and the values; a stretched picture is taken as it "
        "is, with a warning.",
        shown=FOUND, choices=(FOUND, *UNITS), advanced=True, parse=lambda text: "" if text == FOUND else text,
    )  # fmt: skip
