"""Known displacements: drawn, put into an image, and what a measurement must then find.

Axis order (bands, rows, cols); places are (col, row), pixels counted from the outer corner of the first one.
A motion T maps a place p to centre + scale · turn(p - centre) + shift, turned counter-clockwise as in
`core.coregistration.shift_estimate`: where the secondary is resampled so that it shows at p what it showed at T(p),
T(p) is where p lies on the reference, so T(p) - p is what must be added, were the images aligned before.
NaN is invalid, in and out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Callable

import numpy as np
from scipy import ndimage

SHORTEST_PX, LONGEST_PX = 0.1, 8.0
LARGEST_TURN_DEG, LARGEST_STRETCH = 0.5, 0.005
SPLINE_REACH_PX = 3
"""Pixels at the edge that a spline has made up from too few others."""

Place = tuple[float, float]
Field = Callable[[Place], Place]
"""From a place of the secondary to what must be added to it, (cols, rows)."""


@dataclass(frozen=True)
class Motion:
    """A shift in reference pixels, with a turn and a stretch about the centre; as it stands, none at all."""

    cols: float = 0.0
    rows: float = 0.0
    rotation_deg: float = 0.0
    scale: float = 1.0

    def linear(self) -> np.ndarray:
        """(2, 2) of the turn and the stretch, for (col, row)."""
        angle = math.radians(self.rotation_deg)
        cosine, sine = math.cos(angle), math.sin(angle)
        return self.scale * np.array([[cosine, sine], [-sine, cosine]])

    def of(self, place: Place, centre: Place) -> Place:
        """T of a place."""
        col, row = np.asarray(centre) + self.linear() @ np.subtract(place, centre) + (self.cols, self.rows)
        return float(col), float(row)


def draw(rng: np.random.Generator, count: int, turned: bool) -> Iterator[Motion]:
    """Motions of either sign, their shifts drawn evenly on a logarithmic scale so that small ones are as many."""
    for _ in range(count):
        low, high = math.log(SHORTEST_PX), math.log(LONGEST_PX)
        cols, rows = np.exp(rng.uniform(low, high, 2)) * rng.choice([-1, 1], 2)
        turn, stretch = rng.uniform(-1, 1, 2) * (LARGEST_TURN_DEG, LARGEST_STRETCH) if turned else (0.0, 0.0)
        yield Motion(float(cols), float(rows), float(turn), 1.0 + float(stretch))


def margin_px(size: int, ratio: int) -> int:
    """What has to be cut off each side so that no drawn motion leaves a made-up edge; whole secondary pixels."""
    half = size / 2
    reach = LONGEST_PX + half * (math.radians(LARGEST_TURN_DEG) + LARGEST_STRETCH) * 1.1 + SPLINE_REACH_PX
    return math.ceil(reach / ratio) * ratio


def moved(values: np.ndarray, motion: Motion, order: int, backwards: bool = False) -> np.ndarray:
    """An image that shows at p what `values` shows at T(p), or, backwards, at T⁻¹(p); splines of that order."""
    if motion == Motion():
        return np.asarray(values, np.float64)
    matrix, shift = motion.linear()[::-1, ::-1], np.array([motion.rows, motion.cols])
    middle = (np.array(values.shape[1:]) - 1) / 2
    if backwards:
        matrix = np.linalg.inv(matrix)
        offset = middle - matrix @ (middle + shift)
    else:
        offset = middle + shift - matrix @ middle
    return np.stack([_resampled(band, matrix, offset, order) for band in values])


def expected(motion: Motion, before: Field, centre: Place, reference_moved: bool) -> Place:
    """What must be added at the centre after the motion, when `before` had to be added before it."""
    if reference_moved:
        end = motion.of(_plus(centre, before(centre)), centre)
    else:
        end = motion.of(centre, centre)
        end = _plus(end, before(end))
    return end[0] - centre[0], end[1] - centre[1]


def _plus(place: Place, step: Place) -> Place:
    return place[0] + step[0], place[1] + step[1]


def _resampled(band: np.ndarray, matrix: np.ndarray, offset: np.ndarray, order: int) -> np.ndarray:
    known = np.isfinite(band)
    filled = np.where(known, band, band[known].mean() if known.any() else 0.0).astype(np.float64)
    result = ndimage.affine_transform(filled, matrix, offset, order=order, mode="nearest")
    if not known.all():
        there = ndimage.affine_transform(known.astype(np.float64), matrix, offset, order=1, mode="nearest")
        result[there < 0.999] = np.nan
    return result
