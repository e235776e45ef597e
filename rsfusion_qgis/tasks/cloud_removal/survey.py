"""One pass over the scene before the first tile: codes are found once, and clear pixels teach.

What lies under simulated clouds teaches only the learners of the run itself, not those by which the ways are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from ...core.basics.heap import give_back
from ...core.grid.grid import Window
from ...core.grid.sampling import whole_or_spread
from .card import OPTICAL
from .codes import CLEAR, CLOUD, NO_CODE, SHADOW, THIN, UNCERTAIN
from .estimates import Key, Learned, learner
from .local_regression import LocalRegression, sums_of
from .scene import Scene
from .scene_forest import MOST_PIXELS, REACH_PX
from .simulation import simulated
from .view import View, cut

WINDOW_PX, FOUND_PX = 512, 1024
"""Side of a window that teaches, a multiple of the sides of cells and of blocks of codes; and side of one in which
clouds are found at once, since that needs wide surroundings."""
LEAST_EACH = 64
"""Pixels that a window gives to the forests at least."""
_ALL = 10**9


@dataclass(frozen=True)
class Sample:
    """What a window gives: a view of it, which clear pixels are hidden, and which teach the forests."""

    view: View
    hidden: np.ndarray
    rows: np.ndarray
    cols: np.ndarray
    seen: dict[Key, tuple[np.ndarray, np.ndarray]]


class Survey:
    """A pupil of the engine, see `chain.Pupil`.

    Attributes
    ----------
    learned, trial : Learned
        From all clear pixels, and from those that no simulated cloud hides.
    counts : dict
        Code -> pixels.
    hidden : dict
        Window -> pixels of it under simulated clouds.
    """

    COST = 0.5
    stage = "Finding clouds, and learning from the clear pixels"

    def __init__(self, scene: Scene, keys: Sequence[Key]) -> None:
        self._scene, self._keys = scene, tuple(keys)
        bands, counts, domain = len(scene.layers[OPTICAL].source.bands), scene.counts(), scene.domain
        self.learned: Learned = learner(domain, bands, counts, keys, False)
        self.trial: Learned = learner(domain, bands, counts, keys, True)
        self.windows = whole_or_spread(domain, FOUND_PX, _ALL)
        count = -(-domain.width // WINDOW_PX) * -(-domain.height // WINDOW_PX)
        self._each = max(LEAST_EACH, -(-2 * MOST_PIXELS // count))
        self.counts = dict.fromkeys((CLEAR, CLOUD, THIN, SHADOW, UNCERTAIN), 0)
        self.hidden: dict[Window, int] = {}

    def read_sample(self, window: Window) -> Window:
        """Find the clouds of a window, and learn from it, part by part, so that one part at a time is in memory."""
        scene = self._scene
        scene.store.put(window, scene.inputs.mask.codes(window))
        for role, mask in scene.inputs.masks.items():
            scene.stores[role].put(window, mask.codes(window))
        for part in whole_or_spread(window, WINDOW_PX, _ALL):
            give_back()
            self._learn(self._sample(part))
            scene.release_blocks()
        return window

    def add_sample(self, window: Window) -> None:
        """What was read is learned already."""

    def _sample(self, window: Window) -> Sample:
        """What a part of a window gives."""
        scene = self._scene
        wide = window.grown(REACH_PX) if self._keys else window
        view = scene.read(wide)
        codes = np.where(cut(view.valid, wide, window), scene.store.read(window), np.uint8(NO_CODE))
        scene.store.put(window, codes)
        known, hidden = cut(view.known, wide, window), simulated(codes)
        places = np.flatnonzero(known)
        draw = np.random.default_rng((window.row_off, window.col_off))
        chosen = np.sort(draw.choice(places, min(self._each, len(places)), replace=False))
        rows, cols = np.unravel_index(chosen, known.shape)
        seen = {key: self._seen(view, key, window, rows, cols) for key in self._keys} if len(chosen) else {}
        return Sample(View(window, *(cut(one, wide, window) for one in (view.optical, view.valid, view.known)),
                           clear={role: tuple(cut(one, wide, window) for one in pair)
                                  for role, pair in view.clear.items()}), hidden, rows, cols, seen)  # fmt: skip

    def _seen(
        self, view: View, key: Key, window: Window, rows: np.ndarray, cols: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Features (pixels, features), and where there are any."""
        there = cut(view.there(key.role, key.sar), view.window, window)[rows, cols]
        return np.ascontiguousarray(view.features(key.role, key.sar, window)[:, rows, cols].T), there

    def _learn(self, sample: Sample) -> None:
        view, window = sample.view, sample.view.window
        codes = self._scene.store.read(window)[view.valid]
        for code in self.counts:
            self.counts[code] += int((codes == code).sum())
        if sample.hidden.any():
            self.hidden[window] = int(sample.hidden.sum())
        self._teach(view, lambda one: one.mean, np.zeros((0, *view.known.shape), np.float32), view.known, sample.hidden)
        for role, (values, there) in view.clear.items():
            self._teach(view, lambda one, role=role: one.regressions[role], values, view.known & there, sample.hidden)
        spectra = view.optical[:, sample.rows, sample.cols].T
        open_ones = ~sample.hidden[sample.rows, sample.cols]
        for key, (seen, there) in sample.seen.items():
            self.learned.forests[key].add(seen[there], spectra[there])
            self.trial.forests[key].add(seen[there & open_ones], spectra[there & open_ones])

    def _teach(
        self, view: View, which: Callable[[Learned], LocalRegression], given: np.ndarray, known: np.ndarray,
        hidden: np.ndarray,
    ) -> None:  # fmt: skip
        """Both learners; they see the same where nothing is hidden."""
        cell = which(self.learned).cell
        sums = sums_of(view.window, given, view.optical, known, cell)
        which(self.learned).take(sums)
        if hidden.any():
            sums = sums_of(view.window, given, view.optical, known & ~hidden, cell)
        which(self.trial).take(sums)

    def solve(self) -> None:
        """End the survey."""
        self._scene.inputs.rest()
        give_back()
        self.learned.solve()
        if self.hidden:
            self.trial.solve()

    @property
    def clear_pixels(self) -> int:
        """Pixels that taught."""
        return self.learned.mean.pixels


def nothing_to_do(counts: dict[int, int]) -> bool:
    """Whether no pixel is covered."""
    return not any(counts[code] for code in (CLOUD, THIN, SHADOW))


def of_windows(survey: Survey) -> Any:
    """The windows that have simulated clouds, those with most of them first."""
    return sorted(survey.hidden, key=lambda one: (-survey.hidden[one], one.row_off, one.col_off))
