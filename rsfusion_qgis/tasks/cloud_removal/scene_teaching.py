"""A forest that the clear pixels of the scene have taught, beside the network of a cloud removal.

As with a classical method a survey comes first: every window of `windows` through `read_sample` and `add_sample`, and
`solve` at the end. Afterwards `average` brings the forest's estimate into what the network gave for a tile. All of it
depends on the scene alone, so the result does not depend on the tiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.job import Job
from ...core.grid.grid import Grid, Window
from ...core.grid.sampling import whole_or_spread
from ...core.grid.tile_arrays import within
from ...core.networks.card import ModelCard
from ...core.rasters import radiometry
from ...core.rasters.aligned_input import Scale
from . import scene_forest
from .inputs import MASK, OPTICAL, SAR
from .options import AUTO, CHOICES, OFF, ON
from .scene_forest import REACH_PX, SceneForest

PARAMETER = "LEARN_FROM_SCENE"
BLOCK_PX, BLOCKS = 256, 8
"""Side of a window of the survey, and how many there are at most in each direction."""


def why_not(job: Job) -> Optional[Finding]:
    """Why the scene teaches nothing; None where it does.

    Raises
    ------
    InputError
        It shall, but cannot.
    """
    wished = job.options.learn_from_scene
    if wished not in CHOICES:
        raise InputError(f"{PARAMETER} is '{wished}'; expected one of {', '.join(CHOICES)}.")
    if wished == OFF:
        return Finding("scene", "info", OPTICAL.upper(), f"{PARAMETER} is off, so the network works alone")
    has = {role for role, path in job.inputs.items() if path}
    if SAR not in has:
        reason, cure = "SAR is not given, by which clear pixels could teach", "give it"
    elif wished == AUTO and "clear" in has:
        told = f"CLEARREFERENCE is given, so the network works alone; {PARAMETER}=on averages all the same"
        return Finding("scene", "info", OPTICAL.upper(), told)
    else:
        reason, cure = scene_forest.missing_package(), f"run {scene_forest.INSTALL_LINE}"
    if not reason:
        return None
    if wished == ON:
        raise InputError(f"{PARAMETER} is on, but {reason}; {cure}, or set {PARAMETER} to {AUTO}.")
    told = f"Clear pixels of the scene teach nothing, since {reason}; for a somewhat better result {cure}"
    return Finding("scene", "info", OPTICAL.upper(), told)


class SceneTeacher:
    """The forest of one run.

    Parameters
    ----------
    domain : Grid
    card : ModelCard
        Of the network, which tells its inputs by their roles.
    readers : mapping of str to reader
        Name of an input -> what reads a window of the domain.
    scales : mapping of str to Scale
        Name of an input -> network = (stored - offset) / scale.

    Attributes
    ----------
    windows : list of Window
        Of the survey: the whole of a domain of up to BLOCKS * BLOCK_PX pixels a side, else spread evenly over it.
    """

    COST = 0.1
    """Of a pixel of the survey, that of a pixel of the run being 1."""

    def __init__(
        self, domain: Grid, card: ModelCard, readers: Mapping[str, Any], scales: Mapping[str, Scale]
    ) -> None:
        self._specs = {role: card.input(role) for role in (OPTICAL, SAR, MASK)}
        self._readers, self._scales = readers, scales
        self._forest, self._taught = SceneForest(), False
        self.windows = whole_or_spread(domain.window, BLOCK_PX, BLOCKS)
        self._each = -(-scene_forest.MOST_PIXELS // len(self.windows))

    def read_sample(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Features (pixels, features) and reflectance (pixels, bands) of clear pixels of a window."""
        mask, _ = self._read(MASK, window)
        optical, optical_there = self._read(OPTICAL, window)
        sar, sar_there = self._read(SAR, window.grown(REACH_PX))
        sar_there = sar_there.all(axis=0)
        clear = (mask[0] < 0.5) & optical_there.all(axis=0) & _inner(sar_there)
        found = np.flatnonzero(clear)
        rng = np.random.default_rng((window.row_off, window.col_off))
        chosen = rng.choice(found, min(self._each, len(found)), replace=False)
        known = _features(sar, sar_there, window)
        return known.reshape(len(known), -1).T[chosen], optical.reshape(len(optical), -1).T[chosen]

    def add_sample(self, sample: tuple[np.ndarray, np.ndarray]) -> None:
        """Take it in."""
        self._forest.add(*sample)

    def solve(self) -> None:
        """End the survey."""
        self._taught = self._forest.learn()

    def average(
        self, restored: np.ndarray, tensors: Mapping[str, np.ndarray], read: Window, part: Window, wanted: np.ndarray
    ) -> None:
        """Put the mean of the network's estimate and the forest's in the place of the network's.

        Parameters
        ----------
        restored : (bands, rows, cols) float32, what the network gave for the window `part`; it is changed.
        tensors : what the network was given, by name, of the window `read`.
        part : inside `read`, at least REACH_PX from its ends.
        wanted : (rows, cols) bool, the pixels of `part` that are of use; the others stay as they are.
        """
        spec = self._specs[SAR]
        sar = within(tensors[spec.name][0], read, part.grown(REACH_PX))
        there = (sar != spec.stand_in).all(axis=0)
        wanted = wanted & _inner(there)
        if self._taught and wanted.any():
            self._forest.average(restored, _features(sar, there, part), wanted)

    def finding(self) -> Finding:
        """What the survey has shown."""
        role, pixels = OPTICAL.upper(), self._forest.pixels
        if not self._taught:
            told = f"{pixels} clear pixels with SAR are too few to learn from, so the network works alone"
            return Finding("scene", "info", role, told)
        told = f"{pixels} clear pixels of the scene taught what lies under SAR like theirs; that and the network's own"
        return Finding("scene", "info", role, f"{told} estimate are averaged")

    def _read(self, role: str, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values in the network's unit and validity, (bands, rows, cols)."""
        name = self._specs[role].name
        values, there = self._readers[name].read(window)
        scale = self._scales[name]
        return radiometry.to_network(values, scale.offset, scale.scale), there


def _features(sar: np.ndarray, there: np.ndarray, window: Window) -> np.ndarray:
    """(features, rows, cols) of a window, from SAR (2, .., ..) and its validity that reach REACH_PX beyond it."""
    return _inner(scene_forest.features(sar, there, window.col_off - REACH_PX, window.row_off - REACH_PX))


def _inner(image: np.ndarray) -> np.ndarray:
    return image[..., REACH_PX:-REACH_PX, REACH_PX:-REACH_PX]
