"""Where does one image lie on another that is shifted, turned, stretched and sheared? Coarse to fine, any two sensors.

Axis order (bands, rows, cols); both images on one grid, first corners coincide. Coarse: the whole fields of
orientations at every rotation, scale and shift (`field_matching`); the best few go on. Then finer: the secondary is
moved as a candidate says, and its chips agree on what is left (`chip_consensus`), level by level. Affines as in
`affine`; pixels of the images as they were given, from their centre.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Optional

import numpy as np

from ...basics.optional import OptionalModule
from . import affine
from .chip_consensus import Agreement, agree
from .field_matching import candidates
from .structure import orientation_field

ndimage = OptionalModule("scipy.ndimage")

COARSE_PX, MIDDLE_PX, FINE_PX = 208, 340, 1024
"""Longer sides of the images that are compared, from coarse to fine."""
LEAST_PX = 48
"""No image is made coarser than this along its shorter side."""
KEPT, ROUNDS = (2, 1), 2
"""Candidates that are left after the first and the later levels, and how often each is made better at one."""
_COARSE_SHARE = 0.5

Watch = Callable[[float], None]


@dataclass(frozen=True)
class Image:
    """A raster at one level: values (bands, rows, cols), valid (rows, cols)."""

    values: np.ndarray
    valid: np.ndarray

    def coarser(self, factor: int) -> Image:
        """Means of factor x factor pixels; the remainder is left out on both sides alike, so the centre stays."""
        if factor == 1:
            return self
        rows, cols = (size // factor for size in self.valid.shape)
        top, left = ((size % factor) // 2 for size in self.valid.shape)
        block = slice(top, top + rows * factor), slice(left, left + cols * factor)
        weight = self.valid[block].reshape(rows, factor, cols, factor).mean((1, 3))
        known = np.where(self.valid[block], self.values[(slice(None), *block)], 0)
        means = known.reshape(len(known), rows, factor, cols, factor).mean((2, 4))
        return Image((means / np.maximum(weight, 1e-6)).astype(np.float32), weight > 0.5)

    def moved(self, matrix: np.ndarray, order: int = 1) -> Image:
        """As the affine says; pixels that come from outside are invalid."""
        linear, offset = affine.array_terms(affine.inverse(matrix), self.valid.shape)
        return warped(self, linear, offset, self.valid.shape, order)


def warped(image: Image, linear: np.ndarray, offset: np.ndarray, shape: tuple[int, int], order: int) -> Image:
    """Read at linear @ (row, col) + offset, by splines of that order; pixels that come from outside are invalid."""
    filled = image.values
    if not image.valid.all():
        levels = [float(np.median(band[image.valid])) if image.valid.any() else 0.0 for band in filled]
        filled = np.where(image.valid, filled, np.array(levels, np.float32)[:, None, None])
    bands = [ndimage.affine_transform(b, linear, offset, shape, order=order, mode="nearest") for b in filled]
    inside = ndimage.affine_transform(image.valid.astype(np.float32), linear, offset, shape, order=1, cval=0.0)
    return Image(np.stack(bands), inside > 0.999)


def find(
    reference: Image, secondary: Image, reach_px: float, start: Optional[np.ndarray] = None,
    watch: Watch = lambda share: None,
) -> Optional[Agreement]:  # fmt: skip
    """The affine by which the secondary lies on the reference, and how clearly.

    Parameters
    ----------
    reference, secondary : of one shape.
    reach_px : largest shift at the centre.
    start : (2, 3), optional
        Known to be near: it is only made better.
    watch : called with the share that is done; may raise to stop.

    Returns
    -------
    Agreement, or None where there is too little to compare.
    """
    factors = _factors(reference.valid.shape)
    if start is not None:
        return _made_better(reference, secondary, [start], factors[-1:], watch)
    first, second = (image.coarser(factors[0]) for image in (reference, secondary))
    fields = [orientation_field(image.values, image.valid) for image in (first, second)]
    found = candidates(*fields, reach_px / factors[0], lambda share: watch(_COARSE_SHARE * share))
    found = [_scaled(one, factors[0]) for one in found]
    return _made_better(
        reference, secondary, found, factors[1:] or factors,
        lambda share: watch(_COARSE_SHARE + (1 - _COARSE_SHARE) * share),
    )  # fmt: skip


def _factors(shape: tuple[int, int]) -> list[int]:
    """By how much the images are made coarser, level by level."""
    factors = [max(1, round(max(shape) / side)) for side in (COARSE_PX, MIDDLE_PX, FINE_PX)]
    factors = [factor for factor in dict.fromkeys(factors) if min(shape) // factor >= LEAST_PX]
    return factors or [1]


def _made_better(
    reference: Image, secondary: Image, starts: list[np.ndarray], factors: list[int], watch: Watch
) -> Optional[Agreement]:  # fmt: skip
    found: list[Agreement] = []
    for level, factor in enumerate(factors):
        first, second = (image.coarser(factor) for image in (reference, secondary))
        field, found = orientation_field(first.values, first.valid), []
        for number, start in enumerate(starts):
            matrix, one = _scaled(start, 1 / factor), None
            for _ in range(ROUNDS):
                watch((level + number / len(starts)) / len(factors))
                moved = second.moved(matrix)
                one = agree(field, orientation_field(moved.values, moved.valid))
                if one is None:
                    break
                one = _whole(one, matrix)
                matrix = one.matrix
            found += [] if one is None else [_of_level(one, factor)]
        found = sorted(found, key=lambda one: -one.score * one.share)[: KEPT[min(level, 1)]]
        starts = [one.matrix for one in found]
    return found[0] if found else None


def _whole(one: Agreement, before: np.ndarray) -> Agreement:
    """What was found on a secondary that had been moved, for the secondary as it lies."""
    places = affine.moved(affine.inverse(before), one.places)
    steps = one.places + one.steps - places
    return replace(one, matrix=affine.after(one.matrix, before), places=places, steps=steps)


def _of_level(one: Agreement, factor: int) -> Agreement:
    return replace(one, matrix=_scaled(one.matrix, factor), places=one.places * factor, steps=one.steps * factor)


def _scaled(matrix: np.ndarray, factor: float) -> np.ndarray:
    """The same affine in pixels that are so many times smaller."""
    return matrix * np.array([1, 1, factor])
