"""The regression of rsfusion:sharpensentinel2 on nested grids in memory, for training: no files, no tiles.

Arrays are (bands, rows, cols). The numbers are those of a run but near the edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rsfusion_qgis.core.grid.degradation import gaussian_taps, mtf_sigma
from rsfusion_qgis.core.grid.resampling_weights import weights
from rsfusion_qgis.core.operators import detail_regression as method

STEPS = 2


class Nested:
    """Blur, sampling and interpolation between nested grids, as matrices.

    Parameters
    ----------
    shape : rows, columns of the fine grid.
    ratio : fine pixels along a coarse one.
    gains : MTF gains of the coarse bands.
    """

    def __init__(self, shape: Sequence[int], ratio: int, gains: Sequence[float]) -> None:
        self.gains = tuple(gains)
        self._down = {gain: [sampling_matrix(size, ratio, gain) for size in shape] for gain in gains}
        self._up = [interpolation_matrix(size, ratio) for size in shape]

    def sees(self, fine: np.ndarray, gain: float) -> np.ndarray:
        """The planes as a sensor of that MTF gain sees them, at the coarse pixels."""
        rows, cols = self._down[gain]
        return rows @ fine @ cols.T

    def spreads(self, coarse: np.ndarray) -> np.ndarray:
        """The planes on the fine pixels, by cubic convolution."""
        rows, cols = self._up
        return rows @ coarse @ cols.T

    def seen(self, fused: np.ndarray) -> np.ndarray:
        """Each fine band as its own sensor sees it."""
        return np.concatenate([self.sees(band[None], gain) for band, gain in zip(fused, self.gains)])


def sampling_matrix(size: int, ratio: int, gain: float) -> np.ndarray:
    """(coarse, fine): what a sensor of that MTF gain sees along one axis."""
    index, weight = gaussian_taps(size, ratio, mtf_sigma(gain, ratio))
    matrix = np.zeros((len(index), size))
    np.add.at(matrix, (np.arange(len(index))[:, None], index), weight)
    return matrix


def interpolation_matrix(size: int, ratio: int) -> np.ndarray:
    """(fine, coarse): cubic convolution along one axis."""
    return weights(0, size, 1 / ratio, 0.0, "cubic", 0, size // ratio, size // ratio)


def projected(
    fused: np.ndarray, recorded: np.ndarray, nested: Nested, strength: np.ndarray | float
) -> np.ndarray:
    """Back-projection, what is lacking at a coarse pixel multiplied by `strength`."""
    for _ in range(STEPS):
        fused = fused + nested.spreads(strength * (recorded - nested.seen(fused)))
    return fused


@dataclass(frozen=True)
class Regressed:
    """`coarse`: the coarse bands interpolated; `sharp`: with the fine bands' detail, consistent with what was recorded;
    `strength`: share of what is lacking at a coarse pixel that back-projection adds."""

    coarse: np.ndarray
    sharp: np.ndarray
    strength: np.ndarray


def regressed(fine: np.ndarray, recorded: np.ndarray, gains: Sequence[float], ratio: int) -> Regressed:
    """Sharpen coarse bands as the task's METHOD=regression does with NOISE=measured."""
    nested = Nested(fine.shape[1:], ratio, gains)
    counts = np.ones(recorded.shape, bool)
    model = method.solve(method.gather(fine, recorded, counts, gains, nested.sees), gains)
    coarse = nested.spreads(recorded)
    part = method.inject(fine, coarse, recorded, counts, model, gains, nested.sees, nested.spreads)
    return Regressed(coarse, projected(part.values, part.recorded, nested, part.strength), part.strength)
