"""Percentiles of the heights in a window, metres; between two neighbours in the sorted list the value is interpolated.

The definition is numpy's "linear" one over the valid pixels of the window. Of windows wider than `LARGEST_SIDE` pixels
every second (third, ...) row and column is looked at, counted from the central pixel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ...basics.errors import InputError
from ...rasters.source import BandInfo
from .feature import HEIGHTS, Feature, Setting, View, float_band
from .sorted_windows import Planes, sorted_windows, unflattened, valid_counts

LARGEST_SIDE = 21
MOST = 20
"""How many percentiles one run may give."""
_CHUNK_PIXELS, _CHUNK_BYTES = 2**14, 2**25  # small enough for a processor's cache, and bounded for large windows


class Percentiles(Feature):
    """One band per percentile, of the heights above ground, or of the surface where no ground is known."""

    id, looks_at = "percentiles", HEIGHTS

    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """See `Feature.bands`."""
        return tuple(float_band(f"{setting.heights} percentile {p:g}", "m") for p in setting.percentiles)

    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """See `Feature.compute`."""
        reach, step = setting.reach, thinning(setting.reach)
        heights = view.around(view.heights, reach)
        heights = np.where(np.isnan(heights), np.float32(np.inf), heights)
        rows, cols = (n - 2 * r for n, r in zip(heights.shape, reach))
        result = np.empty((len(setting.percentiles), rows, cols), np.float32)
        height, width = _chunk(cols, reach, step)

        def work(corner: tuple[int, int]) -> None:
            row, col = corner
            there = np.s_[row : min(row + height, rows) + 2 * reach[0], col : min(col + width, cols) + 2 * reach[1]]
            target = result[:, row : row + height, col : col + width]
            target[:] = percentiles(heights[there], reach, setting.percentiles)

        view.share(work, [(row, col) for row in range(0, rows, height) for col in range(0, cols, width)])
        return result


def percentiles(heights: np.ndarray, reach: tuple[int, int], wanted: Sequence[float]) -> np.ndarray:
    """Percentiles of all windows that lie inside.

    Parameters
    ----------
    heights : ndarray
        (rows + 2 reach rows, cols + 2 reach cols) float32, metres; +inf = no data.
    reach : (rows, cols)
    wanted : sequence of float
        0..100.

    Returns
    -------
    ndarray
        (wanted, rows, cols) float32; whatever where the window has no valid pixel.
    """
    step = thinning(reach)
    sides = [r // step for r in reach]
    skip = [r - side * step for r, side in zip(reach, sides)]
    looked_at = heights[skip[0] : heights.shape[0] - skip[0], skip[1] : heights.shape[1] - skip[1]]
    counts = 2 * sides[0] + 1, 2 * sides[1] + 1
    places = [_place(valid_counts(looked_at, counts, step), p) for p in wanted]
    needed = {int(i) for below, above, _ in places for i in (*_different(below), *_different(above))}
    planes = sorted_windows(looked_at, counts, step, needed)
    flat = (_between(planes, *place) for place in places)
    return np.stack([unflattened(plane, looked_at.shape, counts, step) for plane in flat])


def _place(count: np.ndarray, percent: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Indices of the values below and above a percentile of `count` sorted ones, and its way between them, 0..1."""
    last = np.maximum(count, 1) - 1
    position = last * (percent / 100)
    below = np.floor(position).astype(np.intp)
    return below, np.minimum(below + 1, last), (position - below).astype(np.float32)


def _different(index: np.ndarray) -> np.ndarray:
    return np.flatnonzero(np.bincount(index))


def _between(planes: Planes, below: np.ndarray, above: np.ndarray, share: np.ndarray) -> np.ndarray:
    low, high = _gathered(planes, below), _gathered(planes, above)
    with np.errstate(invalid="ignore"):  # where a window has no data
        return low + (high - low) * share


def _gathered(planes: Planes, index: np.ndarray) -> np.ndarray:
    """Each pixel's value of the plane that its index names."""
    first, *others = _different(index)
    if not others:
        return planes[first]
    result = np.empty(len(index), np.float32)
    for place in (first, *others):
        np.copyto(result, planes[place], where=index == place)
    return result


def thinning(reach: tuple[int, int]) -> int:
    """Every how many rows and columns of a window are looked at; 1 = all."""
    return max(1, math.ceil(max(reach) / (LARGEST_SIDE // 2)))


def _chunk(cols: int, reach: tuple[int, int], step: int) -> tuple[int, int]:
    """(rows, cols) of the parts that are sorted at a time."""
    planes = math.prod(2 * (r // step) + 1 for r in reach)
    pixels = max(1024, min(_CHUNK_PIXELS, _CHUNK_BYTES // (8 * planes)))
    width = min(cols, 512)
    return max(4, pixels // width), width


def parse_percentiles(text: str) -> tuple[float, ...]:
    """Numbers of a text such as "10, 50, 90".

    Raises
    ------
    InputError
        They are none that `check_percentiles` accepts.
    """
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    try:
        values = tuple(float(part) for part in parts)
    except ValueError:
        raise _unusable(f"are '{text}'") from None
    check_percentiles(values)
    return values


def check_percentiles(values: Sequence[float]) -> None:
    """Raise InputError where there is none, too many, one outside 0..100, or twice the same."""
    text = ",".join(f"{value:g}" for value in values)
    if not values or not all(0 <= value <= 100 for value in values):
        raise _unusable(f"are '{text}'")
    if len(set(values)) < len(values):
        raise _unusable(f"'{text}' name one twice")
    if len(values) > MOST:
        raise _unusable(f"are {len(values)} numbers")


def _unusable(found: str) -> InputError:
    return InputError(
        f"PERCENTILES {found}; expected up to {MOST} different numbers from 0 to 100 separated by commas, for example "
        "10,50,90."
    )
