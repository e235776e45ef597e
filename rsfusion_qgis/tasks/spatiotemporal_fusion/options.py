"""What the user may say about a spatiotemporal fusion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from ...core.basics.errors import InputError
from ...core.engine.options import option

BANDS_FIRST, INDEX_FIRST = "bands", "index"
FALL_BACK, WARN = "fall back", "warn"
GUARDS = (FALL_BACK, WARN)


def parse_numbers(name: str) -> Any:
    """A reader of whole numbers separated by commas for a parameter of that name; "" gives ()."""

    def parse(given: Any) -> tuple[int, ...]:
        text = str(given or "").strip()
        parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        if not all(part.lstrip("-").isdecimal() for part in parts):
            raise InputError(f"{name} is '{text}'; expected whole numbers with commas between them, such as 1,4,3.")
        return tuple(int(part) for part in parts)

    return parse


def parse_bands(given: Any) -> tuple[int, ...]:
    """COARSE_BANDS."""
    return parse_numbers("COARSE_BANDS")(given)


def parse_values(given: Any) -> tuple[int, ...]:
    """MASK_VALUES."""
    return parse_numbers("MASK_VALUES")(given)


@dataclass(frozen=True)
class FusionOptions:
    """Neutral: the only date with a coarse raster alone, two pairs, units from the metadata, and a guard."""

    target_date: str = option(
        "", "Date to predict", "Such as 2016-08-23. Empty: the only date that has a coarse raster and no fine one.",
        empty=True,
    )  # fmt: skip
    dates: str = option(
        "", "Table of dates", "A CSV file with a file name and a date in each line, where names and metadata do not "
        "tell the dates. It wins over both.", kind="file", choices=("csv",), empty=True, advanced=True,
    )  # fmt: skip
    pairs: int = option(
        2, "Pairs at most", "So many pairs are used, those nearest in time, weighed by nearness and trust.", low=1,
        high=8, advanced=True,
    )  # fmt: skip
    index: str = option(
        "", "Index instead of bands", "NDVI, NDWI, MNDWI, EVI, NBR, or an expression of bands such as (nir - red) / "
        "(nir + red) or (b3 - b1) / (b3 + b1), where b1 is the first band of FINE. The result is then one band of it. "
        "Empty: the bands.", empty=True,
    )  # fmt: skip
    index_order: str = option(
        BANDS_FIRST, "What is predicted for the index", "bands: predict the bands, then compute the index from them. "
        "index: compute the index of all rasters, then predict it.", choices=(BANDS_FIRST, INDEX_FIRST), advanced=True,
    )  # fmt: skip
    coarse_bands: tuple[int, ...] = option(
        (), "Bands of COARSE", "Numbers of the bands of COARSE that correspond to those of FINE, such as 1,4,3. Empty: "
        "all, in the same order.", kind="text", shown="", empty=True, advanced=True, parse=parse_bands,
    )  # fmt: skip
    mask_values: tuple[int, ...] = option(
        (), "Values of masks that are bad", "Such as 3,8,9,10. Empty: every value but 0.", kind="text", shown="",
        empty=True, advanced=True, parse=parse_values,
    )  # fmt: skip
    coarse_pixel: float = option(
        0.0, "Pixel of the coarse sensor", "In pixels of FINE. Needed only where COARSE was resampled to finer pixels "
        "than the sensor's own, such as 15.4 for MODIS of 463 m on Landsat pixels. 0: measured.", low=0.0, high=256.0,
        advanced=True,
    )  # fmt: skip
    fine_scale: Optional[float] = option(
        None, "Scale of FINE", "Physical value = stored x scale + offset. Empty: as the metadata says. Where the "
                               "scales "
        "of both are known, they help to find the slope.", kind="number", empty=True, advanced=True,
    )  # fmt: skip
    fine_offset: Optional[float] = option(
        None, "Offset of FINE", "Added after FINE_SCALE. Empty: as the metadata says.", kind="number",
        empty=True, advanced=True,
    )  # fmt: skip
    coarse_scale: Optional[float] = option(
        None, "Scale of COARSE", "As FINE_SCALE, for COARSE. Empty: as the metadata says.", kind="number",
        empty=True, advanced=True,
    )  # fmt: skip
    coarse_offset: Optional[float] = option(
        None, "Offset of COARSE", "Added after COARSE_SCALE. Empty: as the metadata says.", kind="number",
        empty=True, advanced=True,
    )  # fmt: skip
    guard: str = option(
        FALL_BACK, "If the rasters do not agree", "fall back: leave out pairs that do not agree. Where none is left, "
        "give the fine raster nearest in time with the mean change, or as it is if a date is contaminated. Where the "
        "mean change or no change is better on the pairs themselves, use that. warn: only say so.",
        choices=GUARDS, advanced=True,
    )  # fmt: skip
