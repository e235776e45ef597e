"""How well each way does under simulated clouds of the scene itself: which one is used, and how far to trust it.

Errors are sorted by the distance to the nearest clear pixel, since they grow with it; sigma is their root mean square
in the band and the class of distance. Half of the pixels give sigma, and by the other half it is judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from ...core.basics.optional import OptionalModule
from ...core.grid.grid import Window
from .card import OPTICAL
from .codes import clear
from .estimates import Pixels
from .scene import Scene
from .scene_forest import REACH_PX
from .simulation import simulated
from .survey import Survey, of_windows
from .view import View, cut

ndimage = OptionalModule("scipy.ndimage")

WINDOWS, PART_PX, EACH = 12, 512, 4000
"""Windows that are looked at, side of the part of each, and pixels of each."""
DISTANCES_PX = (3.0, 10.0, 27.0)
"""Ends of the classes of distance; a tile sees no farther than the last one."""
FAR_PX = 28
LEAST_PIXELS = 50


def distance_class(known: np.ndarray) -> np.ndarray:
    """Class of the distance to the nearest known pixel, (rows, cols) intp."""
    if not known.any():
        return np.full(known.shape, len(DISTANCES_PX))
    return np.searchsorted(DISTANCES_PX, ndimage.distance_transform_edt(~known))


@dataclass
class Errors:
    """Of one way: sums over (half, class of distance, band), in standardised values.

    Attributes
    ----------
    unit : (bands,) of standardised values in reflectance, or in stored units where that is not known.
    count : (2, classes) pixels.
    absolute, squares : (2, classes, bands).
    """

    count: np.ndarray
    absolute: np.ndarray
    squares: np.ndarray
    unit: np.ndarray

    @property
    def mae(self) -> float:
        """Mean absolute error over pixels and bands, reflectance or stored units."""
        return float((self.absolute.sum((0, 1)) / max(self.count.sum(), 1) * self.unit).mean())

    def sigma(self, half: Optional[int] = None) -> np.ndarray:
        """(classes, bands) float32: root mean squares; a class with few pixels has that of all."""
        halves = [half] if half is not None else [0, 1]
        count, squares = self.count[halves].sum(0), self.squares[halves].sum(0)
        whole = squares.sum(0) / max(count.sum(), 1)
        each = squares / np.maximum(count, 1)[:, None]
        return np.sqrt(np.where(count[:, None] >= LEAST_PIXELS, each, whole)).astype(np.float32)


class Trial:
    """A pupil of the engine, after the survey.

    Parameters
    ----------
    ways : the estimates that are compared.

    Attributes
    ----------
    errors : dict
        Name of a way -> Errors; "" -> empty where the scene has no simulated clouds.
    within : dict
        Name of a way -> shares of the errors within one and two sigmas.
    pixels : int
        Under simulated clouds.
    """

    COST = 1.0
    stage = "Comparing ways under simulated clouds"

    def __init__(self, scene: Scene, survey: Survey, ways: Sequence[Any]) -> None:
        self._scene, self._survey, self._ways = scene, survey, ways
        self.windows = [part for window in of_windows(survey)[:WINDOWS] for part in self._parts(window)][:WINDOWS]
        self._found: dict[str, list[tuple[np.ndarray, np.ndarray, np.ndarray]]] = {one.name: [] for one in ways}
        self.errors: dict[str, Errors] = {}
        self.within: dict[str, tuple[float, float]] = {}
        self.mae_by_role: dict[str, float] = {}
        self._by_role: dict[str, list[float]] = {}
        self.pixels = 0

    def _parts(self, window: Window) -> list[Window]:
        """Parts of a window with simulated clouds; those with most of them first."""
        hidden = simulated(self._codes(window))
        parts = []
        for row in range(0, window.height, PART_PX):
            for col in range(0, window.width, PART_PX):
                size = min(PART_PX, window.width - col), min(PART_PX, window.height - row)
                count = int(hidden[row : row + PART_PX, col : col + PART_PX].sum())
                if count >= LEAST_PIXELS:
                    parts.append((count, Window(window.col_off + col, window.row_off + row, *size)))
        return [part for _, part in sorted(parts, key=lambda one: -one[0])]

    def _codes(self, window: Window) -> np.ndarray:
        return self._scene.store.read(window)

    def read_sample(self, part: Window) -> tuple[View, Window]:
        """A view of a part, and REACH_PX around."""
        view = self._scene.read(part.grown(REACH_PX))
        self._scene.release_blocks()
        return view, part

    def add_sample(self, sample: tuple[View, Window]) -> None:
        """Try all ways on the pixels under simulated clouds."""
        view, part = sample
        window = next(one for one in self._survey.hidden if not one.intersection(part).is_empty)
        codes = self._codes(window)
        hidden = simulated(codes)
        classes = distance_class(clear(codes) & ~hidden)
        hidden, classes = cut(hidden, window, part) & cut(view.known, view.window, part), cut(classes, window, part)
        places = np.flatnonzero(hidden)
        if not len(places):
            return
        draw = np.random.default_rng((part.row_off, part.col_off))
        chosen = np.sort(draw.choice(places, min(EACH, len(places)), replace=False))
        rows, cols = np.unravel_index(chosen, hidden.shape)
        wanted = Pixels(part, rows, cols)
        truth = cut(view.optical, view.window, part)[:, rows, cols].T
        half = ((rows // 32 + cols // 32) % 2).astype(np.int64)
        self.pixels += len(rows)
        for way in self._ways:
            made, there = way.estimate(self._survey.trial, view, wanted)
            fallback = self._ways[0].estimate(self._survey.trial, view, wanted)[0]
            made = np.where(there[:, None], made, fallback)
            self._found[way.name].append((made - truth, classes[rows, cols], half))
            for role in getattr(way, "weights", ()):
                one, valid = way.by_one(role, self._survey.trial, view, wanted)
                if valid.any():
                    self._by_role.setdefault(role, []).append(float(np.square(one - truth)[valid].mean()))

    def solve(self) -> None:
        """End the trial."""
        unit = self._scene.standards[OPTICAL].spread / self._scene.inputs.unit
        for name, found in self._found.items():
            if found:
                missed, classes, half = (np.concatenate(parts) for parts in zip(*found))
                self.errors[name] = _summed(missed, classes, half, unit)
                self.within[name] = _shares(missed, classes, half, self.errors[name].sigma(0))
        self._found = {}
        self.mae_by_role = {role: float(np.mean(found)) for role, found in self._by_role.items()}

    def weights(self, roles: Sequence[str]) -> Mapping[str, float]:
        """Of clear images: the reciprocal of the squared error of each."""
        return {role: 1.0 / max(self.mae_by_role.get(role, 1.0), 1e-6) for role in roles}


def _summed(missed: np.ndarray, classes: np.ndarray, half: np.ndarray, unit: np.ndarray) -> Errors:
    size = 2, len(DISTANCES_PX) + 1
    made = Errors(np.zeros(size), np.zeros((*size, missed.shape[1])), np.zeros((*size, missed.shape[1])),
                  unit.astype(np.float64))  # fmt: skip
    for one in range(2):
        for far in range(size[1]):
            part = missed[(half == one) & (classes == far)].astype(np.float64)
            made.count[one, far] = len(part)
            made.absolute[one, far], made.squares[one, far] = np.abs(part).sum(0), np.square(part).sum(0)
    return made


def _shares(missed: np.ndarray, classes: np.ndarray, half: np.ndarray, sigma: np.ndarray) -> tuple[float, float]:
    other = half == 1
    if not other.any():
        return float("nan"), float("nan")
    scaled = np.abs(missed[other]) / np.maximum(sigma[classes[other]], 1e-6)
    return float((scaled <= 1).mean()), float((scaled <= 2).mean())
