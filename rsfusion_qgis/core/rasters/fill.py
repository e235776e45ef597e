"""Fill that a raster does not declare as no data: -9999, -3.4e38, a constant collar.

It is found on a sample of the whole raster, by extremes and constancy: a value that is usual as a fill and lies far
beyond all others, or the extreme value that fills the raster's border and occurs nowhere else. Whatever is read of the
raster from then on takes it for no data, and a warning says so. Axis order (bands, rows, cols), stored units.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Optional

import numpy as np
from osgeo import gdal

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..grid.sampling import whole_or_spread
from .band_info import numpy_type

IMAGE, HEIGHTS, CODES = "image", "heights", "codes"
"""What a raster's values are: measured in pictures, where a border of 0 is fill; heights, densities and what is made of
them, where 0 is a value like any other; codes of classes, of which `label_reader` knows what they mean."""

USUAL = (-999.0, -9999.0, -32767.0, -32768.0, -99999.0, -999999.0, -9999999.0, -2147483647.0, -2147483648.0)
"""Values that programs write where they have none."""
HUGE = 1e19
"""Beyond this no measurement lies; fills do, from 1e20 to 1.8e308."""
FAR = 0.25
"""Fill lies at least this share of the span of all other values, or of their tail, outside of them."""
_SPAN = (0.5, 99.5)  # percentiles
_TAIL = 1.0  # percent of the values next to a collar's
_MOST_VALUES, _MOST_BANDS, _BLOCK, _FEWEST, _MOST = 3_000_000, 12, 64, 4, 24
_ENOUGH = 100_000
_PATCH = 8  # pixels; the border of a collar has squares of this side with nothing else in them
_HOW = "gdal_edit.py -a_nodata, or Raster > Conversion > Translate"
_LEAST_PATCHES, _STRAY, _LEAST_LEVELS, _LEAST_STEP = 2, 0.01, 16, 2.0


@dataclass(frozen=True)
class Fill:
    """What marks no data in a raster, undeclared.

    Attributes
    ----------
    floors : dict
        Number of a band -> stored value below which `USUAL` values are fill; -inf = none is.
    ceiling : float
        Magnitude from which on every value is fill; inf = none is.
    value : float or None
        What the sample holds; None = no fill.
    collar : bool
        Whether `value` marks a pixel where all bands hold it, and no other.
    share : float
        Of the sample that is fill.
    others : (low, high)
        Between these lies all else.
    """

    floors: Mapping[int, float] = field(default_factory=dict)
    ceiling: float = np.inf
    value: Optional[float] = None
    collar: bool = False
    share: float = 0.0
    others: tuple[float, float] = (0.0, 0.0)

    def found_in(self, values: np.ndarray, numbers: tuple[int, ...]) -> Optional[np.ndarray]:
        """Where values (bands, rows, cols) of the bands of these numbers are fill, bool; None for nowhere."""
        found = None
        if self.collar:
            there = np.all(values == np.float32(self.value), axis=0)
            found = np.broadcast_to(there, values.shape).copy() if there.any() else None
        for place, number in enumerate(numbers):
            low = self.floors.get(number, min(self.floors.values(), default=-np.inf))
            band, least = values[place], max(low, -self.ceiling)
            if least == -np.inf:  # whole numbers without a sign
                continue
            with np.errstate(invalid="ignore"):
                if (band < least).any() or (band > self.ceiling).any():
                    found = np.zeros(values.shape, bool) if found is None else found
                    found[place] |= (np.isin(band, USUAL) & (band < low)) | (np.abs(band) >= self.ceiling)
        return found

    def finding(self, role: str) -> Optional[Finding]:
        """The warning about it; None where the sample holds no fill."""
        if self.value is None:
            return None
        low, high = self.others
        where = "along its border" if self.collar else f"far from all else ({low:.6g} to {high:.6g})"
        found = (f"{role} holds {self.value:.9g} {where}, {100 * self.share:.2g} % of a sample, and does not declare "
                 "it as no data; it is taken for that")  # fmt: skip
        other = ", or any other nodata value if it is a true value" if self.collar else ""
        cure = f"declare it{other} ({_HOW})"
        return Finding("nodata", "warning", role, found, self.share, 0.0, "share", cure)


NONE = Fill()


def unforeseen(sources: Iterable[Any]) -> list[Finding]:
    """What is said of rasters (`RasterSource`) in which fill came up that no look at the whole raster had shown."""
    said = {}
    for one in sources:
        if one.unforeseen:
            found = (f"{one.role} holds undeclared fill such as {USUAL[1]:g} here and there ({one.unforeseen} values "
                     "were read), which was taken as no data")  # fmt: skip
            cure = f"declare it as the nodata value of {one.role} ({_HOW})"
            said[one.role] = Finding("nodata", "warning", one.role, found, one.unforeseen, 0.0, "", cure)
    return list(said.values())


_kept: dict[Any, Fill] = {}
_MOST_KEPT = 64


def fill_of(source: Any, kind: str) -> Fill:
    """What marks no data in a raster beside what it declares.

    Parameters
    ----------
    source : RasterSource
        Open, with all its bands.
    kind : IMAGE, HEIGHTS or CODES.
    """
    if kind == CODES:
        return NONE
    key = (source.path, kind, _state(source.dataset))
    if key not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        try:
            _kept[key] = _find(source, kind)
        except InputError:  # whoever reads the pixels will say what is wrong with them
            return NONE
    return _kept[key]


def fill_of_codes(source: Any, named: Collection[int]) -> tuple[float, ...]:
    """The values of a raster of class codes, of one band, that a sample shows to be undeclared fill.

    Values of `USUAL`, huge ones, and the end of the data type where it lies far beyond two or more codes above 0.

    Parameters
    ----------
    named : codes that the file gives a name; these are classes.
    """
    values, valid = mosaic(source)
    found = np.unique(values[valid])
    odd = {float(one) for one in found if (one in USUAL or abs(one) >= HUGE) and one not in named}
    kind = numpy_type(source.bands[0].data_type)
    end = float(np.iinfo(kind).max) if kind.kind in "iu" else 0.0
    codes = [float(one) for one in found if one > 0 and one not in odd and one != end]
    if end in found and end not in named and len(codes) > 1 and end - max(codes) > max(codes) - min(codes):
        odd.add(end)
    return tuple(sorted(odd))


def _state(dataset: gdal.Dataset) -> tuple[Any, ...]:
    """What changes when the files behind a raster do."""
    found: list[Any] = []
    for name in dataset.GetFileList() or []:
        try:
            known = Path(name).stat()
            found.append((name, known.st_size, known.st_mtime_ns))
        except (OSError, ValueError):
            one = gdal.VSIStatL(name)
            found.append((name, one.size, one.mtime) if one is not None else name)
    return tuple(found)


def _find(source: Any, kind: str) -> Fill:
    every = source.bands
    steps = np.linspace(0, len(every) - 1, min(len(every), _MOST_BANDS)).round().astype(int)
    source.select(tuple(int(place) for place in steps))
    try:
        values, valid = mosaic(source)
        found = _usual(source, values, valid)
        if found.value is None and source.mask_kind == "none":
            return _with_collar(found, source, values, valid, kind)
        return found
    finally:
        source.bands = every
        source.release_blocks()


def mosaic(source: Any) -> tuple[np.ndarray, np.ndarray]:
    """Values and validity of blocks spread over an open `RasterSource`, put together to (bands, rows, cols)."""
    most = int((_MOST_VALUES / len(source.bands)) ** 0.5) // _BLOCK
    lines: dict[int, list[Any]] = {}
    for window in whole_or_spread(source.grid.window, _BLOCK, min(max(most, _FEWEST), _MOST)):
        lines.setdefault(window.row_off, []).append(source.read(window))
    pairs = ([np.concatenate([one[part] for one in line], axis=2) for line in lines.values()] for part in (0, 1))
    values, valid = (np.concatenate(rows, axis=1) for rows in pairs)
    return values, valid


def _usual(source: Any, values: np.ndarray, valid: np.ndarray) -> Fill:
    """By values that are usual as fill, where all others lie far off; also where the sample holds none of them."""
    floors, present, lows, highs, biggest = {}, [], [], [], 0.0
    for info, band, there in zip(source.bands, values, valid):
        if numpy_type(info.data_type).kind == "u":
            floors[info.index] = -np.inf
            continue
        usable = band[there]
        odd = usable[(usable <= max(USUAL)) | (usable >= HUGE)]  # few, mostly none
        odd = odd[np.isin(odd, USUAL) | (np.abs(odd) >= HUGE)]
        rest = usable[~np.isin(usable, odd)] if odd.size else usable
        floors[info.index] = np.inf
        if rest.size:
            low, high = (float(end) for end in np.percentile(_thinned(rest), _SPAN))
            lows.append(float(rest.min()))
            highs.append(float(rest.max()))
            floors[info.index] = lows[-1] - FAR * (high - low)
            biggest = max(biggest, abs(low), abs(high))
        present.append(odd[(odd < floors[info.index]) | (np.abs(odd) >= HUGE)])
    floats = any(numpy_type(info.data_type).kind == "f" for info in source.bands)
    ceiling = HUGE if floats and biggest < HUGE / 10 else np.inf
    fill = np.concatenate(present) if present else np.zeros(0)
    if not fill.size:
        return Fill(floors, ceiling)
    share = fill.size / max(1, int(valid.sum()))
    others = (float(min(lows)), float(max(highs))) if lows else (0.0, 0.0)
    return Fill(floors, ceiling, _most_frequent(fill), False, share, others)


def _thinned(values: np.ndarray) -> np.ndarray:
    """(n,) values, no more than are enough for percentiles."""
    return values[:: max(1, values.size // _ENOUGH)]


def _most_frequent(values: np.ndarray) -> float:
    found, counts = np.unique(values, return_counts=True)
    return float(found[counts.argmax()])


def _with_collar(found: Fill, source: Any, values: np.ndarray, valid: np.ndarray, kind: str) -> Fill:
    """By the extreme value that all bands hold along the border, and hardly anywhere else."""
    if min(values.shape[1:]) < _PATCH or not valid.all():
        return found
    types = {info.data_type for info in source.bands}
    ends = {0.0, *(float(np.iinfo(t).max) for t in map(numpy_type, types) if t.kind == "u")}
    for sign in (1, -1):
        extreme = values.min(axis=(1, 2)) if sign > 0 else values.max(axis=(1, 2))
        if np.ptp(extreme):
            continue
        where, value = np.all(values == extreme[0], axis=0), float(extreme[0])
        if not _is_collar(where):
            continue
        rest = sign * values[:, ~where].astype(np.float64)
        plain = value in ends and kind == IMAGE
        if (plain and value == 0 and len(rest) > 1) or _apart(rest, sign * value, plain and "Float32" not in types):
            others = tuple(sorted((float(sign * rest.min()), float(sign * rest.max()))))
            return replace(found, value=value, collar=True, share=float(where.mean()), others=others)
    return found


def _is_collar(where: np.ndarray) -> bool:
    """Whether pixels (rows, cols) bool fill squares at the border, and lie in or beside such squares."""
    if not _STRAY <= where.mean() < 1:
        return False
    rows, cols = (-side % _PATCH for side in where.shape)
    padded = np.pad(where, ((0, rows), (0, cols)), mode="edge")
    down, across = (side // _PATCH for side in padded.shape)
    pure = padded.reshape(down, _PATCH, across, _PATCH).all(axis=(1, 3))
    inner = pure[1:-1, 1:-1].sum()
    if pure.sum() - inner < _LEAST_PATCHES:
        return False
    wide = np.pad(pure, 1)
    near = np.any([wide[i : i + down, j : j + across] for i in range(3) for j in range(3)], axis=0)
    near = near.repeat(_PATCH, axis=0).repeat(_PATCH, axis=1)[: where.shape[0], : where.shape[1]]
    return bool((where & ~near).sum() <= _STRAY * (~where).sum())


def _apart(rest: np.ndarray, value: float, plain: bool) -> bool:
    """Whether all other values (bands, n) lie well above a value: by their span, or by their tail for a plain one."""
    for band in rest:
        low, middle, high = band.min(), *np.percentile(_thinned(band), (_TAIL, 100 - _TAIL))
        gap = low - value
        beyond_tail = plain and gap >= _LEAST_STEP and gap > FAR * (middle - low)
        if not beyond_tail and (gap <= high - low or len(np.unique(band)) < _LEAST_LEVELS):
            return False
    return True
