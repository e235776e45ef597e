"""Data to try a prediction in time on: fine images of two dates, coarse ones of three, and the fine one in between."""

from __future__ import annotations

import datetime

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade

BANDS_UM = {"green": 0.56, "red": 0.66, "nir": 0.86, "swir": 1.61}
FINE_M, RATIO, YEAR = 30.0, 8, 2024
PAIRS, TARGET = (130, 250), 190
"""Days of the year."""
GAIN, COARSE_SLOPE = 0.3, 0.96


def date(day: int) -> str:
    """Of a day of the year, as file names have it."""
    return (datetime.date(YEAR, 1, 1) + datetime.timedelta(days=day - 1)).strftime("%Y%m%d")


def draw(sheet: Sheet) -> None:
    """Fields turn green and ripen at times of their own; the coarse sensor is a little darker."""
    side = sheet.size // RATIO * RATIO
    land = sheet.land(FINE_M, side)
    names, told = tuple(BANDS_UM), {"wavelengths_um": tuple(BANDS_UM.values())}
    for day in sorted((*PAIRS, TARGET)):
        fine = land.reflectance(tuple(BANDS_UM.values()), day)
        when = {"metadata": {"ACQUISITION_DATE": date(day)}}
        file = "truth.tif" if day == TARGET else f"fine_{date(day)}.tif"
        sheet.image(file, fine, FINE_M, names, 0.0 if day == TARGET else 0.002, **told, **when)
        coarse = COARSE_SLOPE * degrade(fine, RATIO, (GAIN,) * len(names))
        sheet.image(f"coarse_{date(day)}.tif", coarse, FINE_M * RATIO, names, **told, **when)


EXAMPLE = Example(
    "Prediction in time",
    {"FINE": tuple(f"fine_{date(day)}.tif" for day in PAIRS),
     "COARSE": tuple(f"coarse_{date(day)}.tif" for day in sorted((*PAIRS, TARGET))), TRUTH: ("truth.tif",)},
    240, draw,
)  # fmt: skip
