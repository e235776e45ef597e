"""The fused image brought nearer to the MS that was recorded.

Blurred by the sensor's MTF and sampled at the pixels of MS, the fused image should give MS back. What it lacks there is
interpolated onto the fine pixels and added, `STEPS` times: back-projection, after Irani, Peleg 1991, Improving
resolution by image registration, doi:10.1016/1049-9652(91)90045-L. What PAN alone tells, finer than MS sees, stays.
Blur and sampling are those of `grid.degradation`, the way back is the interpolation that the network's input had.
Noise of MS would be added as well, and sharpened: of what is lacking around an MS pixel, the share that noise does not
explain is added, as Wiener's filter does where power of signal and noise are known.

The words pan and ms stand for any fine image and the coarse one whose bands are made finer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..grid.degradation import mtf_sigma, sampling_taps
from ..grid.grid import Window
from ..grid.moving import means_around
from ..grid.resampling_weights import nearest_index, weights
from ..grid.tile_arrays import within
from ..rasters import radiometry
from ..rasters.aligned_input import AlignedInput, Scale

STEPS = 2
NOISE_REACH_PX = 2
"""Pixels of MS to each side over which the power of what is lacking is held against that of noise."""
LEAST_GAIN = 0.12
"""The smallest MTF gain that is worked with: a wider blur would reach too far."""
REACH_RATIOS, REACH_SIGMAS = 1.25, 4
"""Pixels around a tile that matter in each step: so many times the ratio, and the blur's standard deviation. The
exact reach is longer; what lies beyond weighs less than rounding (`tests/core/operators/test_back_projection.py`)."""
CUBIC_PX = 2
"""Where the kernel of cubic interpolation ends, pixels of MS."""
_LEAST_POWER = 1e-12
_BLOCK = 32  # rows of a matrix that are multiplied at once, since those near each other share their columns
_WHOLE = 1 - 1e-4  # share of an MS pixel's blur that must have fallen on valid pixels, rounding apart


@dataclass(frozen=True)
class Effort:
    """In how many steps, and how much of what is lacking, noise apart, is added in each, 0 to 1."""

    steps: int = STEPS
    share: float = 1.0


FULL = Effort()


@dataclass(frozen=True)
class Recorded:
    """What MS holds inside a part of the domain.

    Attributes
    ----------
    inside, there : Window
        The part of the domain, and the MS pixels whose blur ends inside it, in pixels of MS.
    values, counts : ndarray
        (bands, rows, cols) of those pixels: float32 in the network's units, and bool, whether one counts.
    """

    inside: Window
    there: Window
    values: np.ndarray
    counts: np.ndarray


class CoarseSampling:
    """How the pixels of MS lie on those of the domain, and what a sensor sees there.

    Parameters
    ----------
    ms : AlignedInput
        On the pixels of the domain.
    scale : Scale
        network = (stored - offset) / scale.
    ratio : pixel size of MS over that of the domain.
    """

    def __init__(self, ms: AlignedInput, scale: Scale, ratio: float) -> None:
        self._ms, self._scale, self.ratio = ms, scale, ratio
        self.bands = len(ms.source.bands)
        p, own = ms.placement, ms.source.grid
        self._axes = (
            (p.scale_y, p.offset_y, ms.target.height, own.height),
            (p.scale_x, p.offset_x, ms.target.width, own.width),
        )

    def recorded(self, window: Window, valid: np.ndarray, gain: float) -> Optional[Recorded]:
        """MS inside a window of the domain; None where no pixel's blur ends inside.

        Parameters
        ----------
        window : may reach outside the domain.
        valid : (bands or 1, rows, cols) bool of the window: where the fused image rests on valid pixels.
        gain : the smallest MTF gain that will be asked for.
        """
        found = self.placed(window, gain)
        if found is None:
            return None
        inside, there = found.inside, found.there
        values, counts = self._ms.source.read(there)
        values = radiometry.to_network(values, self._scale.offset, self._scale.scale)
        found = Recorded(inside, there, values, counts)
        if valid.all():
            return found
        share = self.seen(within(valid.astype(np.float32), window, inside), found, (gain,) * len(valid))
        return Recorded(inside, there, values, counts & (share >= _WHOLE))

    def placed(self, window: Window, gain: float) -> Optional[Recorded]:
        """As `recorded`, without any values."""
        inside = window.intersection(self._ms.target.window)
        row, rows = self._whole(inside.row_off, inside.row_end, 0, gain)
        col, cols = self._whole(inside.col_off, inside.col_end, 1, gain)
        there = Window(col, row, cols, rows)
        nothing = np.zeros((0, rows, cols), np.float32)
        return None if there.is_empty else Recorded(inside, there, nothing, nothing > 0)

    def margin(self, gain: float) -> int:
        """Pixels around a window, so that what `blurs` and `back` give inside it does not depend on where it ends."""
        return math.ceil(REACH_SIGMAS * mtf_sigma(gain, self.ratio) + (CUBIC_PX + 1.5) * self.ratio) + 1

    def seen(self, fine: np.ndarray, where: Recorded, gains: Sequence[float]) -> np.ndarray:
        """What a sensor of these MTF gains sees of fine pixels (bands, rows, cols), at the MS pixels."""
        return through(fine, *self.blurs(where, gains))

    def blurs(self, where: Recorded, gains: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
        """Matrices (gains, MS pixels, fine) by which `seen` sees: of the rows, of the columns."""
        inside, there = where.inside, where.there
        down = self._blur(there.row_off, there.height, 0, inside.row_off, inside.height, gains)
        return down, self._blur(there.col_off, there.width, 1, inside.col_off, inside.width, gains)

    def centred(self, window: Window, there: Window) -> np.ndarray:
        """(rows, cols) bool: which MS pixels of `there` have their centre in a window of the domain."""
        (down, top, *_), (across, left, *_) = self._axes
        rows = (there.row_off + np.arange(there.height) + 0.5 - top) / down
        cols = (there.col_off + np.arange(there.width) + 0.5 - left) / across
        in_rows = (rows >= window.row_off) & (rows < window.row_end)
        return in_rows[:, None] & (cols >= window.col_off) & (cols < window.col_end)

    def nearest(self, window: Window, there: Window) -> tuple[np.ndarray, np.ndarray]:
        """Of the MS pixels of `there`, counted from its first, the nearest to each row and column of a window."""
        (down, top, *_), (across, left, *_) = self._axes
        rows = nearest_index(window.row_off, window.height, down, top, there.row_off, there.height)
        return rows, nearest_index(window.col_off, window.width, across, left, there.col_off, there.width)

    def back(self, where: Recorded) -> tuple[np.ndarray, np.ndarray]:
        """Matrices (1, fine, MS pixels) that interpolate from the MS pixels: of the rows, of the columns."""
        spans = ((where.inside.row_off, where.inside.height), (where.inside.col_off, where.inside.width))
        known = ((where.there.row_off, where.there.height), (where.there.col_off, where.there.width))
        rows, cols = (
            weights(*span, scale, offset, "cubic", *have, size)
            for span, have, (scale, offset, _, size) in zip(spans, known, self._axes)
        )
        return rows[None], cols[None]

    def there_and_back(self, where: Recorded, gain: float) -> tuple[np.ndarray, np.ndarray]:
        """What a sensor of that MTF gain sees of interpolated MS pixels: matrices (1, MS pixels, MS pixels) of both
        axes."""
        (down, across), (rows, cols) = self.blurs(where, (gain,)), self.back(where)
        return down @ rows, across @ cols

    def _whole(self, start: int, end: int, axis: int, gain: float) -> tuple[int, int]:
        """First and number of the MS pixels, along one axis, whose blur reads nothing but the pixels given."""
        scale, offset, _, have = self._axes[axis]
        first, last = (math.ceil(scale * edge + offset - 0.5) for edge in (start, end))
        first, last = max(first, 0), min(last, have)
        if last <= first:
            return first, 0
        index, _ = self._taps(first, last - first, axis, gain)
        whole = np.flatnonzero((index.min(axis=1) >= start) & (index.max(axis=1) < end))
        return (first + int(whole[0]), len(whole)) if len(whole) else (first, 0)

    def _taps(self, first: int, count: int, axis: int, gain: float) -> tuple[np.ndarray, np.ndarray]:
        scale, offset, size, _ = self._axes[axis]
        return sampling_taps(first, count, 1 / scale, -offset / scale, mtf_sigma(gain, self.ratio), size)

    def _blur(
        self, first: int, count: int, axis: int, start: int, length: int, gains: Sequence[float]
    ) -> np.ndarray:
        """(gains, count, length) float32."""
        matrix = np.zeros((len(gains), count, length), np.float32)
        for plane, gain in enumerate(gains):
            index, weight = self._taps(first, count, axis, gain)
            np.add.at(matrix[plane], (np.arange(count)[:, None], index - start), weight.astype(np.float32))
        return matrix


class BackProjector:
    """Makes the tiles of one run consistent with MS.

    Parameters
    ----------
    sampling : CoarseSampling
    gains : MTF gain at Nyquist of each band.
    noise : standard deviation of each band's noise, (bands,), in the network's units; None = none.
    effort : Effort

    Attributes
    ----------
    reach : int
        Pixels around a tile that matter.
    """

    def __init__(
        self, sampling: CoarseSampling, gains: Sequence[float], noise: Optional[np.ndarray] = None,
        effort: Effort = FULL,
    ) -> None:  # fmt: skip
        self._sampling, self.gains, self._effort = sampling, tuple(gains), effort
        self._noise = noise if noise is not None and noise.any() else None
        widest = mtf_sigma(min(self.gains), sampling.ratio)
        around = NOISE_REACH_PX + 0.5 if self._noise is not None else 0
        self.reach = math.ceil(effort.steps * ((REACH_RATIOS + around) * sampling.ratio + REACH_SIGMAS * widest))

    def recorded(self, window: Window, valid: np.ndarray) -> Optional[Recorded]:
        """See `CoarseSampling.recorded`."""
        return self._sampling.recorded(window, valid, min(self.gains))

    def improve(
        self, fused: np.ndarray, window: Window, recorded: Optional[Recorded], strength: Optional[np.ndarray] = None
    ) -> np.ndarray:
        """The fused image (bands, rows, cols) float32 of a window, in the network's units, made consistent.

        Parameters
        ----------
        strength : share of what is lacking that is added, 0 to 1, shaped as `recorded.values`; None = all of it.
        """
        if recorded is None:
            return fused
        back, improved = self._sampling.back(recorded), fused.copy()
        part = within(improved, window, recorded.inside)
        for _ in range(self._effort.steps):
            lacking = recorded.values - self._sampling.seen(part, recorded, self.gains)
            if strength is not None:
                lacking *= strength
            if self._noise is not None:
                lacking *= self._not_noise(lacking, recorded.counts)
            lacking *= np.float32(self._effort.share)
            part += through(np.where(recorded.counts, lacking, np.float32(0)), *back)
        return improved

    def _not_noise(self, lacking: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Share of what is lacking that noise does not explain, 0 to 1, (bands, rows, cols) float32."""
        shares = []
        for band, there, noise in zip(lacking, counts, self._noise):
            power = means_around(band * band, there, NOISE_REACH_PX)
            shares.append(np.clip(1 - noise * noise / np.maximum(power, _LEAST_POWER), 0, 1))
        return np.stack(shares).astype(np.float32)


def settled(
    lacking: np.ndarray, strength: np.ndarray, there_and_back: tuple[np.ndarray, np.ndarray], steps: int
) -> np.ndarray:
    """What to interpolate and add so that what is lacking is no more: the steps of `BackProjector.improve` at the
    pixels of MS alone, which is as exact and costs little.

    Parameters
    ----------
    lacking, strength : ndarray
        (bands, rows, cols): see `BackProjector.improve`; `strength` is 0 where a pixel does not count.
    there_and_back : see `CoarseSampling.there_and_back`.
    """
    added = np.zeros_like(lacking)
    for _ in range(steps):
        added += strength * (lacking - through(added, *there_and_back))
    return added


def through(values: np.ndarray, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """(bands, rows, cols) through banded matrices (bands or 1, out, in) of both axes -> (bands, rows_out, cols_out)."""
    turned = _banded(rows, values).transpose(0, 2, 1)
    return _banded(cols, turned).transpose(0, 2, 1)


def _banded(matrix: np.ndarray, values: np.ndarray) -> np.ndarray:
    """matrix @ values, without most of what is 0."""
    product = np.empty((len(values), matrix.shape[1], values.shape[2]), np.float32)
    for start in range(0, matrix.shape[1], _BLOCK):
        block = matrix[:, start : start + _BLOCK]
        used = np.flatnonzero(block.any(axis=(0, 1)))
        first, end = (used[0], used[-1] + 1) if len(used) else (0, 0)
        np.matmul(block[:, :, first:end], values[:, first:end], out=product[:, start : start + _BLOCK])
    return product
