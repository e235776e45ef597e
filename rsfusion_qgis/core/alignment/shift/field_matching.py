"""Coarse: two whole fields of orientations, compared at every whole shift for every rotation and scale of a grid.

By Fourier transforms, after the dense-orientation matching of Ye et al., Fast and robust matching for multimodal remote
sensing image registration, 2019, doi:10.1109/TGRS.2019.2924684 (CFOG), with the fields of `structure`. Affines as in
`affine`; pixels of the fields, from their centre.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Callable

import numpy as np

from ...basics.optional import OptionalModule
from . import affine, structure
from .structure import Field

fft = OptionalModule("scipy.fft")
ndimage = OptionalModule("scipy.ndimage")

LARGEST_TURN, LARGEST_STRETCH = math.radians(5.5), 0.035
"""Rotation and scale that are looked for; a little more than what is promised."""
STEP_PX = 2.0
"""How far neighbours in the grid of rotations and scales lie apart at the image's sides."""
CANDIDATES = 6
_APART_PX = 5.0
"""Candidates differ by more than this somewhere."""


def candidates(reference: Field, secondary: Field, reach: float, watch: Callable[[float], None]) -> list[np.ndarray]:
    """The best few affines without shear, clearest first.

    Parameters
    ----------
    reach : largest shift, pixels of the fields.
    watch : called with the share that is done; may raise to stop.
    """
    matcher = Matcher(reference, secondary, math.ceil(reach))
    grid, seen = list(_turns_and_stretches(max(reference.weight.shape))), []
    for number, (turn, stretch) in enumerate(grid):
        watch(number / len(grid))
        linear = affine.matrix(turn, stretch)
        for score, (cols, rows) in matcher.peaks(turned(secondary, linear, turn)):
            seen.append((score, affine.matrix(turn, stretch, cols, rows)))
    seen.sort(key=lambda one: -one[0])
    return _distinct([one for _, one in seen], reference.weight.shape)


def _distinct(ordered: list[np.ndarray], shape: tuple[int, int]) -> list[np.ndarray]:
    corners = 0.35 * np.array(shape)[::-1] * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    kept: list[np.ndarray] = []
    for one in ordered:
        away = [np.hypot(*(affine.moved(one, corners) - affine.moved(other, corners)).T).max() for other in kept]
        if all(distance > _APART_PX for distance in away):
            kept.append(one)
        if len(kept) == CANDIDATES:
            break
    return kept


def _turns_and_stretches(side: int) -> Iterator[tuple[float, float]]:
    step = STEP_PX / (side / 2)
    turns, stretches = (math.ceil(limit / step) for limit in (LARGEST_TURN, LARGEST_STRETCH))
    for turn in range(-turns, turns + 1):
        for stretch in range(-stretches, stretches + 1):
            yield LARGEST_TURN * turn / turns, LARGEST_STRETCH * stretch / stretches


def turned(field: Field, linear: np.ndarray, turn: float) -> Field:
    """A field moved by an affine, its orientations turned with it."""
    matrix, offset = affine.array_terms(affine.inverse(linear), field.weight.shape)
    values = []
    for channel, angle in zip(field.values, (np.exp(-2j * turn), np.exp(-4j * turn))):
        real, imaginary = (
            ndimage.affine_transform(part, matrix, offset, order=1, cval=0.0) for part in (channel.real, channel.imag)
        )
        values.append((real + 1j * imaginary) * angle)
    weight = ndimage.affine_transform(field.weight, matrix, offset, order=1, cval=0.0)
    return Field(np.stack(values).astype(np.complex64), weight)


class Matcher:
    """A field, ready to be compared with others at every whole shift within reach.

    Parameters
    ----------
    reference : Field
    like : Field
        One of those that are compared: how many valid pixels meet, and how clear they are, is taken from it.
    reach : int
    """

    def __init__(self, reference: Field, like: Field, reach: int) -> None:
        self.reach = reach
        self.shape = tuple(fft.next_fast_len(size + reach) for size in reference.weight.shape)
        self.spectra = [self._spectrum(channel, reference.weight).conj() for channel in reference.values]
        weights = [fft.rfft2(field.weight, self.shape) for field in (reference, like)]
        energies = [fft.rfft2((np.abs(f.values) ** 2).sum(0) * f.weight, self.shape) for f in (reference, like)]
        both, first, second = (
            np.maximum(self._near(fft.irfft2(a * b.conj(), self.shape)), 0)
            for a, b in ((weights[0], weights[1]), (energies[0], weights[1]), (weights[0], energies[1]))
        )
        most = max(float(both.max()), 1e-9)
        enough = both >= structure.LEAST_OVERLAP * most
        self.scale = enough * np.sqrt(both / most) / np.sqrt(np.maximum(first * second, 1e-9))

    def _spectrum(self, values: np.ndarray, weight: np.ndarray) -> np.ndarray:
        return fft.fft2(values * weight, self.shape)

    def _near(self, surface: np.ndarray, sign: int = 1) -> np.ndarray:
        steps = sign * np.arange(-self.reach, self.reach + 1)
        return surface[np.ix_(steps, steps)]

    def peaks(self, field: Field) -> list[tuple[float, tuple[float, float]]]:
        """The two highest peaks, as (deviations above the mean, (cols, rows))."""
        cross = sum(a * self._spectrum(b, field.weight) for a, b in zip(self.spectra, field.values))
        surface = self._near(fft.ifft2(cross).real, -1) * self.scale
        surface = ((surface - surface.mean()) / (surface.std() + 1e-9)).astype(np.float32)
        found = []
        for _ in range(2):
            cols, rows, value = structure.peak(surface)
            found.append((value, (cols, rows)))
            row, col = (int(np.clip(round(v) + self.reach, 0, 2 * self.reach)) for v in (rows, cols))
            surface[max(row - 3, 0) : row + 4, max(col - 3, 0) : col + 4] = -9.0
        return found
