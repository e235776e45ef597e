"""Data to try an alignment on: two images of one place, the second one moved and turned, and of another sensor."""

from __future__ import annotations

import numpy as np

from ..grid.degradation import degrade
from .example import Example, Sheet

REFERENCE_UM, SECONDARY_UM = (0.49, 0.56, 0.66, 0.83), (0.66, 0.83, 1.61)
PIXEL_M, LATER = 10.0, 235
MOVED_M = (23.0, -14.0)
"""East and north: what must be added to the place that the header of the second one tells."""


def draw(sheet: Sheet) -> None:
    """The reference as it is; the second one of a later day, its header wrong."""
    land = sheet.land(PIXEL_M / 2, 2 * sheet.size)
    first, second = land.reflectance(REFERENCE_UM), land.reflectance(SECONDARY_UM, LATER)
    sheet.image("reference.tif", degrade(first, 2, (0.3,) * 4), PIXEL_M, ("blue", "green", "red", "nir"),
                wavelengths_um=REFERENCE_UM)  # fmt: skip
    seen = degrade(second, 2, (0.3,) * 3)
    sheet.image("secondary.tif", seen, PIXEL_M, ("red", "nir", "swir"), wavelengths_um=SECONDARY_UM,
                moved=(-MOVED_M[0], MOVED_M[1]))  # fmt: skip
    east, north = (np.format_float_positional(one, trim="-") for one in MOVED_M)
    sheet.text("truth.txt", f"Must be added to the coordinates of secondary.tif: {east} m east, {north} m north.\n")


EXAMPLE = Example(
    "Alignment", {"REFERENCE": ("reference.tif",), "SECONDARY": ("secondary.tif",), "TRUTH": ("truth.txt",)}, 360, draw
)
