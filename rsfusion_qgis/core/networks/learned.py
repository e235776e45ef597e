"""The stored values that a network has learned from, band by band, and whether a raster's are like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..basics import field_checks as check

NARROWEST, WIDEST = 0.05, 20.0
"""Spread of a band's values over that of those learned from, within which both may be in one unit."""
OUTSIDE = 0.5
"""A band of which more lies outside of what was learned from is unlike it."""
SHIFTED = 0.15
"""So is one that begins and ends this share of the learned spread higher, or lower."""
PERCENTILES = (1.0, 99.0)


@dataclass(frozen=True)
class LearnedRange:
    """What one band of an input was like in training.

    low, high: between these stored values nearly all of the training's lay.
    scale, offset: physical = stored * scale + offset, as the band stated; 1 and 0 where it stated none (neutral).
    """

    low: float
    high: float
    scale: float = 1.0
    offset: float = 0.0

    def __post_init__(self) -> None:
        for what in ("low", "high", "scale", "offset"):
            check.require_number(f"'{what}' of a learned range", getattr(self, what))
        if self.high < self.low or self.scale <= 0:
            check.refuse(
                f"A learned range is {check.shown((self.low, self.high))} in steps of {check.shown(self.scale)}",
                "the lower number first, and a scale above 0, are expected",
            )


@dataclass(frozen=True)
class Unlike:
    """Bands whose values are unlike those learned from.

    places : of these bands among the channels, from 0, the least alike first.
    low, high : of the first of them.
    """

    places: tuple[int, ...]
    low: float
    high: float


def unlike(values: Sequence[np.ndarray], ranges: Sequence[LearnedRange]) -> Optional[Unlike]:
    """The bands in which values and ranges differ; None where fewer than half do.

    Parameters
    ----------
    values : (pixels,) valid stored values of each band, from all over the raster.
    """
    found = []
    for place, (band, known) in enumerate(zip(values, ranges)):
        if not band.size:
            continue
        low, high = np.percentile(band, PERCENTILES)
        width = max(known.high - known.low, float(np.finfo(np.float32).tiny))
        outside = float(((band < known.low) | (band > known.high)).mean())
        moved = ((low - known.low) / width, (high - known.high) / width)
        shifted = min(moved) > SHIFTED or max(moved) < -SHIFTED
        odd = not NARROWEST <= (high - low) / width <= WIDEST
        if outside > OUTSIDE or (known.high > known.low and (shifted or odd)):
            found.append((-outside, place, float(low), float(high)))
    if 2 * len(found) < max(1, sum(1 for band in values if band.size)):
        return None
    found.sort()
    return Unlike(tuple(place for _, place, *_ in found), *found[0][2:]) if found else None
