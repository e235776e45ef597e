"""The fused image brought nearer to the MS that was recorded, where it is known how blurred the sensor sees.

Blurred by the sensor's MTF and sampled at the pixels of MS, the fused image should give MS back. What it lacks there is
interpolated onto the fine pixels and added, `STEPS` times: back-projection, after Irani, Peleg 1991, Improving
resolution by image registration, doi:10.1016/1049-9652(91)90045-L. What PAN alone tells, finer than MS sees, stays.
Blur and sampling are those of `metrics.degradation`, the way back is the interpolation that the network's input had.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from . import radiometry
from .aligned_input import AlignedInput, Scale, fits_as_it_lies
from .coregistration import Finding
from .errors import InputError
from .fusion_job import FusionJob
from .grid import Window
from .metrics.degradation import mtf_sigma, sampling_taps
from .preparation import Preparation
from .resample import apply, weights
from .sensors import GENERIC, band_gains
from .tile_arrays import within

PARAMETER = "CONSISTENCY"
AUTO, ON, OFF = CHOICES = ("auto", "on", "off")
STEPS = 2
REACH_RATIOS = 6
"""Pixels around a tile that matter, over the ratio. The exact reach is longer; what lies beyond these weighs less than
rounding (`tests/core/test_consistency.py` holds it)."""
_WHOLE = 1 - 1e-4  # share of an MS pixel's blur that must have fallen on valid pixels, rounding apart


def wished_gains(job: FusionJob, preparation: Preparation) -> tuple[tuple[float, ...], Optional[Finding]]:
    """MTF gain of each band where the result shall be made consistent, () where not; and what to say about it.

    Raises
    ------
    InputError
        The parameter or the gains cannot be used, or it shall be done but MS must be warped.
    """
    wished, role = job.image.consistency, preparation.task.like_role
    if wished not in CHOICES:
        raise InputError(f"{PARAMETER} is '{wished}'; expected one of {', '.join(CHOICES)}.")
    if wished == OFF:
        return (), None
    name = preparation.task.parameter(role)
    gains = band_gains(job.image.sensor, job.image.gains, len(preparation.headers[role].bands))
    if not fits_as_it_lies(preparation.domain, preparation.geometry[role].grid):
        reason = f"{name} lies in another CRS or turned against the result, so its pixels cannot be compared"
        if wished == ON:
            raise InputError(f"{PARAMETER} is on, but {reason}; warp it before, or set {PARAMETER} to {AUTO}.")
        return (), _told(name, f"The result was not made consistent with {name}: {reason}")
    if wished == AUTO and job.image.sensor == GENERIC and not job.image.gains:
        cure = f"for a better result say SENSOR or GAINS, by which it is made consistent with {name}"
        return (), _told(name, f"SENSOR is {GENERIC}, so how blurred {name} is, is not known; {cure}")
    told = ", ".join(f"{gain:g}" for gain in sorted(set(gains)))
    return gains, _told(name, f"The result is made consistent with {name} (MTF gains {told})")


def _told(role: str, words: str) -> Finding:
    return Finding("consistency", "info", role, words)


@dataclass(frozen=True)
class Recorded:
    """What MS holds inside a tile: the window of its own pixels, values (bands, rows, cols) float32 in the network's
    units, and which of them count."""

    window: Window
    values: np.ndarray
    counts: np.ndarray


class MsConsistency:
    """Makes the tiles of one run consistent with MS.

    Parameters
    ----------
    ms : AlignedInput
        On the pixels of the domain.
    scale : Scale
        network = (stored - offset) / scale.
    gains : MTF gain at Nyquist, one per band.
    ratio : pixel size of MS over that of the domain.

    Attributes
    ----------
    reach : int
        Pixels around a tile that matter.
    """

    def __init__(self, ms: AlignedInput, scale: Scale, gains: Sequence[float], ratio: float) -> None:
        self._ms, self._scale = ms, scale
        self._sigmas = tuple(mtf_sigma(gain, ratio) for gain in gains)
        self.reach = math.ceil(REACH_RATIOS * ratio)

    def recorded(self, window: Window, valid: np.ndarray) -> Optional[Recorded]:
        """MS inside a window of the domain; None where no pixel's blur ends inside.

        Parameters
        ----------
        window : may reach outside the domain.
        valid : (bands, rows, cols) bool of the window: where the fused image rests on valid pixels.
        """
        p, inside = self._ms.placement, window.intersection(self._ms.target.window)
        row, rows = self._within(inside.row_off, inside.row_end, p.scale_y, p.offset_y, 0)
        col, cols = self._within(inside.col_off, inside.col_end, p.scale_x, p.offset_x, 1)
        there = Window(col, row, cols, rows)
        if there.is_empty:
            return None
        values, known = self._ms.source.read(there)
        if not valid.all():
            share = self._blurred(within(valid.astype(np.float32), window, inside), inside, there)
            known = known & (share >= _WHOLE)
        values = radiometry.to_network(values, self._scale.offset, self._scale.scale)
        return Recorded(there, values, known)

    def improve(self, fused: np.ndarray, window: Window, recorded: Optional[Recorded]) -> np.ndarray:
        """The fused image (bands, rows, cols) float32 of a window, in the network's units, made consistent."""
        if recorded is None:
            return fused
        p, there, inside = self._ms.placement, recorded.window, window.intersection(self._ms.target.window)
        size = self._ms.source.grid.window
        back = (
            weights(inside.row_off, inside.height, p.scale_y, p.offset_y, "cubic", there.row_off, there.height,
                    size.height),
            weights(inside.col_off, inside.width, p.scale_x, p.offset_x, "cubic", there.col_off, there.width,
                    size.width),
        )  # fmt: skip
        improved = fused.copy()
        part = within(improved, window, inside)
        for _ in range(STEPS):
            lacking = recorded.values - self._blurred(part, inside, there)
            part += apply(np.where(recorded.counts, lacking, np.float32(0)), *back)
        return improved

    def _within(self, start: int, end: int, scale: float, offset: float, axis: int) -> tuple[int, int]:
        """First and number of the MS pixels, along one axis, whose blur reads nothing but the pixels given."""
        first = math.ceil(scale * start + offset - 0.5)
        count = math.ceil(scale * end + offset - 0.5) - first
        have = self._ms.source.grid.window
        first, last = max(first, 0), min(first + count, (have.height, have.width)[axis])
        if last <= first:
            return first, 0
        index, _ = self._taps(first, last - first, axis, max(self._sigmas))
        whole = np.flatnonzero((index.min(axis=1) >= start) & (index.max(axis=1) < end))
        return (first + int(whole[0]), len(whole)) if len(whole) else (first, 0)

    def _taps(self, first: int, count: int, axis: int, sigma: float) -> tuple[np.ndarray, np.ndarray]:
        p, target = self._ms.placement, self._ms.target
        scale, offset, size = ((p.scale_y, p.offset_y, target.height), (p.scale_x, p.offset_x, target.width))[axis]
        return sampling_taps(first, count, 1 / scale, -offset / scale, sigma, size)

    def _blurred(self, fine: np.ndarray, inside: Window, there: Window) -> np.ndarray:
        """What the sensor sees of fine pixels (bands, rows, cols), at the MS pixels of a window."""
        down = self._blur(there.row_off, there.height, 0, inside.row_off, inside.height)
        across = self._blur(there.col_off, there.width, 1, inside.col_off, inside.width)
        return np.matmul(np.matmul(down, fine), across.transpose(0, 2, 1))

    def _blur(self, first: int, count: int, axis: int, start: int, length: int) -> np.ndarray:
        """(bands, count, length) float32."""
        matrix = np.zeros((len(self._sigmas), count, length), np.float32)
        for band, sigma in enumerate(self._sigmas):
            index, weight = self._taps(first, count, axis, sigma)
            np.add.at(matrix[band], (np.arange(count)[:, None], index - start), weight.astype(np.float32))
        return matrix
