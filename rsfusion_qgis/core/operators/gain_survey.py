"""How blurred MS is, measured on the scene: the MTF gains with which the fused image, seen coarser, gives MS back best.

A network that knows no sensor shows the detail where it belongs; blurred by the right Gaussian it comes nearest to MS.
So some windows spread over the domain are fused, and of a list of gains the best one is taken for each band, between
two of the list by a parabola. A band is then moved half way to the median of all, since what bands have in common is
measured better than what parts them. All depends on the scene alone, so the result does not depend on the tiles.
Where the sensor is told, its gains hold unless those that are measured lie far off.
"""

from __future__ import annotations

from typing import Any, Callable, Optional

import numpy as np

from ..grid.grid import Grid, Window
from ..grid.sampling import spread
from ..grid.tile_arrays import within
from ..grid.tiles import Tile, TilePlan
from .back_projection import LEAST_GAIN, CoarseSampling, Recorded

CANDIDATES = tuple(np.arange(0.04, 0.7401, 0.02).round(2).tolist())
WINDOWS, SIDE_PX, LEAST_MS_PX = 3, 128, 32
"""Windows along each axis; their side, and what it is in MS pixels at least."""
ENOUGH = 400
"""MS pixels of a band that must count."""
FAR_OFF = 0.06
"""By how much the mean of the measured gains must differ from that of a sensor's to replace them: more than the error
of what is measured."""
CLEAR = 1.02
"""What the error at either end of the list must be above the smallest one, over it."""


class GainSurvey:
    """Measures the gains of one run: every window through `read_sample` and `add_sample`, then `solve`.

    Parameters
    ----------
    sampling : CoarseSampling
    domain : Grid
    halo, align : int
        See `grid.tiles.plan_tiles`.
    read : from a tile to the arrays that are given, None where nothing is valid, and to what is recorded there.
    fuse : from arrays to the fused image (bands, rows, cols) of the tile's `read`, in the network's units.

    Attributes
    ----------
    windows : list of Window
    gains : tuple of float
        After `solve`, one per band; () where too little counts, or where no gain is clearly the best.
    """

    COST = 5.0
    """What a pixel of a window takes, with its halo, over what a pixel of a large tile takes."""

    def __init__(
        self, sampling: CoarseSampling, domain: Grid, halo: int, align: int, read: Callable[[Tile], Any],
        fuse: Callable[[dict[str, np.ndarray]], np.ndarray],
    ) -> None:  # fmt: skip
        self.sampling, self._read, self._fuse = sampling, read, fuse
        self._halo, self._align = halo, align
        side = max(SIDE_PX, round(LEAST_MS_PX * sampling.ratio))
        self.windows = spread(domain.window, side, WINDOWS, to_the_ends=False)
        self.gains: tuple[float, ...] = ()
        self._squares = np.zeros((len(CANDIDATES), sampling.bands))
        self._counted = np.zeros(sampling.bands)

    def recorded(self, window: Window, valid: np.ndarray) -> Optional[Recorded]:
        """See `CoarseSampling.recorded`."""
        return self.sampling.recorded(window, valid, CANDIDATES[0])

    def read_sample(self, window: Window) -> tuple[Tile, Any]:
        """What the network needs to fuse a window, and what MS holds there."""
        size, halo = (-(-pixels // self._align) * self._align for pixels in (max(window.shape), self._halo))
        [tile] = TilePlan(window, size, halo, self._align)
        return tile, self._read(tile)

    def add_sample(self, sample: tuple[Tile, Any]) -> None:
        """Fuse, and compare with MS where the network sees all that it needs."""
        tile, work = sample
        arrays, recorded = work
        if arrays is None or recorded is None:
            return
        fine = within(self._fuse(arrays), tile.read, recorded.inside)
        counts = recorded.counts & self.sampling.centred(tile.write, recorded.there)
        self._counted += counts.sum(axis=(1, 2))
        for number, gain in enumerate(CANDIDATES):
            seen = self.sampling.seen(fine, recorded, (gain,) * self.sampling.bands)
            difference = np.where(counts, recorded.values - seen, 0)
            self._squares[number] += np.square(difference, dtype=np.float64).sum(axis=(1, 2))

    def solve(self) -> None:
        """Find the gains."""
        self.gains = best_gains(self._squares) if self._counted.min() >= ENOUGH else ()


def settled(told: tuple[float, ...], measured: tuple[float, ...]) -> tuple[float, ...]:
    """The gains to work with: a sensor's, unless what was measured lies far off; () in either stands for unknown."""
    if told and (not measured or abs(np.mean(measured) - np.mean(told)) <= FAR_OFF):
        return told
    return measured


def best_gains(squares: np.ndarray) -> tuple[float, ...]:
    """The gain of each band from sums of squared errors (CANDIDATES, bands); () where none is clearly the best."""
    found = [_lowest(errors) for errors in squares.T]
    if None in found:
        return ()
    return tuple(np.maximum((np.array(found) + np.median(found)) / 2, LEAST_GAIN).tolist())


def _lowest(squares: np.ndarray) -> Optional[float]:
    """Where the error is lowest; None at an end of the list, or where an end is hardly worse."""
    at = int(np.argmin(squares))
    if at in (0, len(squares) - 1) or min(squares[0], squares[-1]) < CLEAR * squares[at]:
        return None
    before, least, after = squares[at - 1 : at + 2]
    bend = before - 2 * least + after
    return CANDIDATES[at] + (CANDIDATES[1] - CANDIDATES[0]) * float((before - after) / (2 * bend) if bend else 0.0)

