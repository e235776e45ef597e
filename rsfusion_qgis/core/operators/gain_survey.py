"""How blurred MS is, measured on the scene: the MTF gain with which PAN, seen coarser, explains MS best.

PAN and a band show the same edges, each with a contrast of its own. So in windows spread over the domain PAN is blurred
by the Gaussian of each gain of a list and sampled at the pixels of MS, and each band is fitted to it around each of
them, by a line. What the lines leave is least where the blur is right. All bands share one gain, the most likely one
if the errors of each band are Gaussian: so bands that follow PAN count most. It is the blur of MS over that of PAN, by
which a result with the detail of PAN must be blurred to give MS. The best gain of the list is refined by a parabola.
All depends on the scene alone, so the result depends neither on tiles nor on the network's weights.
Where the sensor is told, its gains hold unless those that are measured lie far off.
"""

from __future__ import annotations

from typing import Any, Callable, Optional

import numpy as np

from ..grid.grid import Grid, Window
from ..grid.moving import means_around
from ..grid.sampling import spread
from ..grid.tile_arrays import within
from ..grid.tiles import Tile, TilePlan
from .back_projection import LEAST_GAIN, CoarseSampling, Recorded

CANDIDATES = tuple(np.arange(0.04, 0.7401, 0.02).round(2).tolist())
WINDOWS, SIDE_PX, LEAST_MS_PX = 3, 128, 32
"""Windows along each axis; their side, and what it is in MS pixels at least."""
ENOUGH = 400
"""MS pixels of a band that must count."""
FAR_OFF = 0.1
"""By how much the mean of the measured gains must differ from that of a sensor's to replace them: more than the error
of what is measured, which was 0.04 on most real pairs of known gain and 0.1 at most."""
_LEAST_POWER = 1e-6
CLEAR = 1.02
"""What the error at either end of the list must be above the smallest one, over it; the mean of the bands."""
FITTED_PX = 2
"""Pixels of MS to each side over which a band is fitted to PAN."""


class GainSurvey:
    """Measures the gains of one run: every window through `read_sample` and `add_sample`, then `solve`.

    Parameters
    ----------
    sampling : CoarseSampling
    domain : Grid
    halo, align : int
        See `grid.tiles.plan_tiles`.
    read : from a tile to PAN as the network sees it, (1, rows, cols) of the tile's `read`, None where nothing is valid;
        and to what is recorded there.

    Attributes
    ----------
    windows : list of Window
    gains : tuple of float
        After `solve`, one per band, all alike; () where too little counts, or where no gain is clearly the best.
    """

    COST = 1.0
    """What a pixel of a window takes, over what a pixel of a run takes."""

    def __init__(
        self, sampling: CoarseSampling, domain: Grid, halo: int, align: int, read: Callable[[Tile], Any]
    ) -> None:  # fmt: skip
        self.sampling, self._read = sampling, read
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
        """PAN and MS of a window."""
        size, halo = (-(-pixels // self._align) * self._align for pixels in (max(window.shape), self._halo))
        [tile] = TilePlan(window, size, halo, self._align)
        return tile, self._read(tile)

    def add_sample(self, sample: tuple[Tile, Any]) -> None:
        """Fit MS to PAN seen with each gain."""
        tile, (pan, recorded) = sample
        if pan is None or recorded is None:
            return
        fine = within(pan, tile.read, recorded.inside)
        counted = recorded.counts & self.sampling.centred(tile.write, recorded.there)
        self._counted += counted.sum(axis=(1, 2))
        for number, gain in enumerate(CANDIDATES):
            [seen] = self.sampling.seen(fine, recorded, (gain,))
            left = left_by_lines(recorded.values, seen, recorded.counts)
            self._squares[number] += np.where(counted, left, 0).sum(axis=(1, 2), dtype=np.float64)

    def solve(self) -> None:
        """Find the gains."""
        self.gains = best_gains(self._squares) if self._counted.min() >= ENOUGH else ()


def settled(told: tuple[float, ...], measured: tuple[float, ...]) -> tuple[float, ...]:
    """The gains to work with: a sensor's, unless what was measured lies far off; () in either stands for unknown."""
    if told and (not measured or abs(np.mean(measured) - np.mean(told)) <= FAR_OFF):
        return told
    return measured


def left_by_lines(bands: np.ndarray, pan: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Squares of what lines leave that are fitted around each pixel.

    Parameters
    ----------
    bands, pan : (bands, rows, cols) and (rows, cols) float32.
    valid : (bands, rows, cols) bool.
    """
    left = []
    for band, there in zip(bands, valid):
        mean, level = (means_around(image, there, FITTED_PX) for image in (band, pan))
        of_band, of_pan = band - mean, pan - level
        both = means_around(band * pan, there, FITTED_PX) - mean * level
        power = means_around(pan * pan, there, FITTED_PX) - level * level
        left.append(np.square(of_band - both / np.maximum(power, _LEAST_POWER) * of_pan))
    return np.stack(left)


def best_gains(squares: np.ndarray) -> tuple[float, ...]:
    """The gain of all bands, once for each, from sums of squared errors (CANDIDATES, bands); () where none is clearly
    the best.
    """
    errors = np.log(np.maximum(squares, np.finfo(float).tiny)).mean(axis=1)
    at = int(np.argmin(errors))
    if at in (0, len(errors) - 1) or min(errors[0], errors[-1]) < errors[at] + np.log(CLEAR):
        return ()
    before, least, after = errors[at - 1 : at + 2]
    bend = before - 2 * least + after
    found = CANDIDATES[at] + (CANDIDATES[1] - CANDIDATES[0]) * (before - after) / (2 * bend if bend else 1.0)
    return (max(float(found), LEAST_GAIN),) * squares.shape[1]
