"""Sentinel-2's stored values and reflectance 0..1: which scale and offset, and why.

    reflectance = (stored + add_offset) / scale

with ESA's sign of the offset: 10000 and 0, and since processing baseline 04.00 (January 2022) 10000 and -1000
(ESA, Sentinel-2 Products Specification Document 14.9, BOA_ADD_OFFSET and RADIO_ADD_OFFSET). Stored 0 in every band
means no data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..basics.errors import InputError
from ..rasters.source import BandInfo

SCALE, ADD_OFFSET = 10_000.0, -1000.0
BASELINE_OF_OFFSET = 4.0
DARK_PERCENTILE, BRIGHT_PERCENTILE = 1.0, 99.0
UNSHIFTED, SHIFTED, UNTELLABLE = 0.05, 0.09, 0.2
"""Darkest band's reflectance (1st percentile, offset not undone): below the first no offset is in the values, from the
second on it may be, beyond the third the scene has no dark pixel that could tell."""
LARGEST_REFLECTANCE = 2.0
_BYTE = 255

Metadata = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Scaling:
    """How stored values become reflectance.

    Attributes
    ----------
    scale : float
        Stored units per unit of reflectance, > 0; 1 = the values are reflectance already.
    add_offset : float
        Stored units, added first; 0 = none.
    why : str
        What was used and where it was found, as a sentence for the report.
    doubtful : bool
        Whether that sentence is a warning.
    """

    scale: float = SCALE
    add_offset: float = 0.0
    why: str = ""
    doubtful: bool = False

    def to_reflectance(self, stored: np.ndarray) -> np.ndarray:
        """Stored values of any shape to reflectance, float32, about 0..1 and not clipped."""
        return (np.asarray(stored, np.float32) + np.float32(self.add_offset)) / np.float32(self.scale)

    def to_stored(self, reflectance: np.ndarray) -> np.ndarray:
        """Reflectance to stored units, float32; the writer rounds and clips to its own type."""
        return np.asarray(reflectance, np.float32) * np.float32(self.scale) - np.float32(self.add_offset)


def no_data(stored: np.ndarray) -> np.ndarray:
    """Pixels of (bands, rows, cols) where every band holds 0 or NaN: (rows, cols) bool."""
    return np.all((stored == 0) | np.isnan(stored), axis=0)


def find_scaling(
    bands: Sequence[BandInfo], metadata: Metadata, sample: np.ndarray, scale: Optional[float] = None,
    add_offset: Optional[float] = None, role: str = "The raster",
) -> Scaling:  # fmt: skip
    """How the raster's values become reflectance.

    First what the user says, then the bands' own scale and offset, then values that are reflectance already, then the
    product's metadata (quantification value, offset, processing baseline), then the values themselves. What bands or
    product state is used as far as the values bear it out.

    Parameters
    ----------
    bands : the raster's bands of data.
    metadata : domain -> {key: value} of the raster.
    sample : (bands, pixels) stored values of valid pixels from all over the raster, such as `survey.sample` takes.
    scale, add_offset : what the user says, None = find out.

    Raises
    ------
    InputError
        The values fit no known scaling, or what the bands say differs from band to band.
    """
    values = np.asarray(sample, np.float64)
    if scale is not None:
        return _told(scale, add_offset, values, role)
    own = _of_bands(bands, role)
    if own is not None and add_offset is None:
        return _borne_out(own, bands, values, role)
    unit, entries = _unit(bands, values, role), _entries(bands, metadata)
    if own is not None:
        unit = own.scale
    elif unit == SCALE:
        unit = _number(entries, r"(BOA_)?QUANTIFICATION_VALUE") or SCALE
    if add_offset is not None:
        return Scaling(unit, add_offset, f"{role}: scale {unit:g} was found and the offset {add_offset:g} was told")
    return _with_offset(unit, entries, values, role)


def _told(scale: float, add_offset: Optional[float], values: np.ndarray, role: str) -> Scaling:
    if not scale > 0:
        raise InputError(f"SCALE is {scale:g}; expected the stored value of reflectance 1, such as 10000.")
    found = Scaling(scale, add_offset or 0.0)
    largest = float(np.percentile(found.to_reflectance(values), BRIGHT_PERCENTILE)) if values.size else 0.0
    if largest > LARGEST_REFLECTANCE:
        raise InputError(
            f"SCALE is {scale:g}, with which {role} reaches a reflectance of {largest:.3g}; expected about 1, so "
            "correct it, or leave it out to have it found."
        )
    return Scaling(scale, found.add_offset, f"{role}: scale {scale:g} and offset {found.add_offset:g} were told")


def _of_bands(bands: Sequence[BandInfo], role: str) -> Optional[Scaling]:
    """From GDAL's physical = stored * scale + offset of the bands; None where they say nothing."""
    said = {(band.scale if band.scale is not None else 1.0, band.offset or 0.0) for band in bands}
    if said == {(1.0, 0.0)} or not said:
        return None
    if len(said) > 1:
        raise InputError(
            f"{role}: its bands state {len(said)} different scales and offsets; expected one for all, so set them "
            "alike, or give SCALE and OFFSET."
        )
    factor, shift = said.pop()
    if not factor > 0:
        raise InputError(f"{role}: its bands state a scale of {factor:g}; expected one above 0, so give SCALE.")
    scale, offset = 1.0 / factor, shift / factor
    return Scaling(
        _tidy(scale), _tidy(offset), f"{role}: scale {scale:g} and offset {offset:g} are those that its bands state"
    )


def _borne_out(own: Scaling, bands: Sequence[BandInfo], values: np.ndarray, role: str) -> Scaling:
    """What the bands state, or what is left of it where the values show that it was applied before.

    Raises
    ------
    InputError
        With it the values would be no reflectance.
    """
    _require_values(values, role)
    stated = f"its bands state scale {own.scale:g} and offset {own.add_offset:g}"
    brightest = float(np.percentile(values, BRIGHT_PERCENTILE, axis=1).max())
    darkest = float(np.percentile(values, DARK_PERCENTILE, axis=1).min())
    if own.scale > _BYTE and _are_reflectance(bands, brightest):
        return Scaling(
            1.0, 0.0, f"{role}: the values are reflectance already; {stated}, but the brightest values are "
            f"{brightest:.4g}, so they were applied before and none is used", True,
        )  # fmt: skip
    reflectance = (brightest + own.add_offset) / own.scale
    if reflectance > LARGEST_REFLECTANCE:
        raise InputError(
            f"{role}: {stated}, with which its values of up to {brightest:.4g} would be a reflectance of "
            f"{reflectance:.3g}; expected about 1, so correct them, or give SCALE and OFFSET."
        )
    if own.add_offset < 0 and darkest < own.add_offset * UNSHIFTED * SCALE / ADD_OFFSET:
        return Scaling(
            own.scale, 0.0, f"{role}: scale {own.scale:g}; its bands state an offset of {own.add_offset:g}, but the "
            f"darkest values are {darkest:.4g}, so it was undone before and none is used", True,
        )  # fmt: skip
    return own


def _tidy(value: float) -> float:
    """10000.000000000002, which 1 / 0.0001 may give, is 10000."""
    return float(np.round(value, 6))


def _unit(bands: Sequence[BandInfo], values: np.ndarray, role: str) -> float:
    """1 for values that are reflectance already, else `SCALE`."""
    _require_values(values, role)
    largest = float(np.percentile(values, BRIGHT_PERCENTILE, axis=1).max())
    if _are_reflectance(bands, largest):
        return 1.0
    if largest <= _BYTE or largest > LARGEST_REFLECTANCE * SCALE - ADD_OFFSET:
        raise InputError(
            f"{role} holds values up to about {largest:.4g} ({bands[0].data_type}); expected reflectance x 10000 or "
            "reflectance 0..1, so give SCALE and OFFSET, or choose the product itself and no picture made of it."
        )
    return SCALE


def _require_values(values: np.ndarray, role: str) -> None:
    if not values.size:
        raise InputError(f"{role} holds no valid pixel; choose a raster with data.")


def _are_reflectance(bands: Sequence[BandInfo], brightest: float) -> bool:
    """Whether values up to this are reflectance as they are stored."""
    return any(band.data_type.startswith("Float") for band in bands) and 0 < brightest <= LARGEST_REFLECTANCE


def _with_offset(unit: float, entries: Mapping[str, str], values: np.ndarray, role: str) -> Scaling:
    """The offset from the metadata, as far as the values bear it out, or from the values."""
    offset, source = _stated_offset(entries)
    darkest = float(np.percentile(values, DARK_PERCENTILE, axis=1).min()) / unit
    what = "the values are reflectance already" if unit == 1.0 else f"scale {unit:g}"
    if offset is not None and offset != 0 and darkest < UNSHIFTED:
        return Scaling(
            unit, 0.0, f"{role}: {what}; {source} speaks of an offset of {offset:g}, but the darkest values are "
            f"{darkest * unit:.4g}, so it was undone before and none is used", True,
        )  # fmt: skip
    if offset is not None:
        shift = offset * unit / SCALE if unit == 1.0 else offset
        return Scaling(unit, shift, f"{role}: {what} and offset {shift:g}, from {source}")
    return _guessed(unit, darkest, what, role)


def _guessed(unit: float, darkest: float, what: str, role: str) -> Scaling:
    shift, seen = ADD_OFFSET * unit / SCALE, f"the darkest values are {darkest * unit:.4g}"
    if darkest < SHIFTED:
        return Scaling(unit, 0.0, f"{role}: {what} and offset 0, since {seen}", darkest >= UNSHIFTED)
    if darkest < UNTELLABLE:
        return Scaling(
            unit, shift, f"{role}: {what} and offset {shift:g}, since {seen}, as since processing baseline 04.00; "
            "give OFFSET if that is wrong", True,
        )  # fmt: skip
    return Scaling(
        unit, 0.0, f"{role}: {what} and offset 0, though {seen} and no dark pixel tells whether {shift:g} belongs to "
        "them; give OFFSET if that is wrong", True,
    )  # fmt: skip


def _stated_offset(entries: Mapping[str, str]) -> tuple[Optional[float], str]:
    """The offset that the metadata state, in units of reflectance x 10000, and which entry; None where none does."""
    applied = next((text for key, text in entries.items() if key.endswith("BOA_OFFSET_APPLIED")), "")
    if applied.strip().lower() in ("true", "1", "yes"):
        return 0.0, "the entry boa_offset_applied"
    offset = _number(entries, r"(BOA|RADIO)_ADD_OFFSET")
    if offset is not None:
        return offset, "the product's metadata (ADD_OFFSET)"
    baseline = _number(entries, r"PROCESSING_BASELINE")
    if baseline is None:
        return None, ""
    return (ADD_OFFSET if baseline >= BASELINE_OF_OFFSET else 0.0), f"processing baseline {baseline:05.2f}"


def _entries(bands: Sequence[BandInfo], metadata: Metadata) -> dict[str, str]:
    """All entries of the raster and its bands, keys in capitals."""
    holders = [metadata, *(band.metadata for band in bands)]
    return {key.upper(): text for holder in holders for domain in holder.values() for key, text in domain.items()}


def _number(entries: Mapping[str, str], key: str) -> Optional[float]:
    """The number of the first entry whose key ends like this, a band's number behind it aside."""
    for name, text in entries.items():
        if re.search(rf"(^|[^A-Z]){key}(_VALUE)?([_ ]?B?\d+A?)?$", name):
            try:
                return float(str(text).strip().lstrip("Nn"))
            except ValueError:
                continue
    return None
