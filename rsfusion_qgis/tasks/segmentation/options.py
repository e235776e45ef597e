"""What the user can say about a segmentation."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from ...core.networks.windows import MOST_EVERY
from ...core.operators.class_options import (
    majority_option,
    simplify_option,
    smallest_hole_option,
    smallest_polygon_option,
)
from ...core.sensors.sentinel1 import UNITS

FOUND = "found"


@dataclass(frozen=True)
class SegmentOptions:
    """How an area is segmented and how its polygons are drawn.

    Attributes
    ----------
    majority : int
        Radius in pixels of the square in which the most frequent class is taken; 0 = as segmented.
    sar_unit : str
        One of `UNITS`; "" = found.
    polygon_classes : str
        Names or codes, separated by commas; "" = all but the first class.
    regular_classes : str
        Names or codes, separated by commas; "" = none.
    every : int
        Windows are taken around every so many pixels; 1 = all.
    simplify, minimum_area, minimum_hole : float
        See `polygons.Shapes`; pixels, square metres, square metres.
    """

    majority: int = majority_option(
        "Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it. The polygons follow "
        "the filtered classes."
    )
    polygon_classes: str = option(
        "", "Classes of POLYGONS",
        "Names or codes of the classes that POLYGONS holds, separated by commas. Empty: all but the first, which for "
        "the shipped network means water.",
        kind="text", empty=True, advanced=True,
    )  # fmt: skip
    minimum_area: float = smallest_polygon_option(
        0.0,
        "Smaller polygons are left out of POLYGONS. A pixel of Sentinel-1 or Sentinel-2 has 100 square metres. "
        "Without a CRS the unit is the square pixel.",
    )
    minimum_hole: float = smallest_hole_option(0.0)
    simplify: float = simplify_option(1.0)
    regular_classes: str = option(
        "", "Classes with right angles",
        "Names or codes of the classes, separated by commas, whose outlines in POLYGONS follow the main direction of "
        "each polygon, as buildings do. Empty: none.",
        kind="text", empty=True, advanced=True,
    )  # fmt: skip
    sar_unit: str = option(
        "", "Unit of SAR",
        "Of SAR and SAR_BEFORE. Networks see decibels. found: by the bands' units and the values; a stretched picture "
        "is taken as it is, with a warning.",
        shown=FOUND, choices=(FOUND, *UNITS), advanced=True, parse=lambda text: "" if text == FOUND else text,
    )  # fmt: skip
    every: int = option(
        1, "Classify every so many pixels (1 = all)",
        "For networks that take a window around each pixel. With 3, the middle pixel of each block of 3 x 3 is "
        "classified "
        "and the block gets its class: nine times as fast. Other networks need 1.",
        low=1, high=MOST_EVERY, bounded=True, advanced=True,
    )  # fmt: skip
