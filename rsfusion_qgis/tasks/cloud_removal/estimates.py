"""Ways to know what lies under a cloud: the mean of clear pixels around, a forest on SAR, clear images of other dates.

Each learns in the survey of the scene (`add`, `solve`) and then estimates pixels (`estimate`): (pixels, bands) float32,
standardised, and where it could. `Teacher`s hold what is learned twice: from all clear pixels, and without those that
stand under simulated clouds, by which the ways are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional

import numpy as np

from ...core.grid.grid import Window
from .directions import Trust, trust_in
from .local_regression import WIDE_PX, LocalRegression
from .scene_forest import MOST_PIXELS, TREES, SceneForest
from .view import View, cut

TRIAL_TREES, TRIAL_PIXELS = 12, 8000
"""Those of the forests by which the ways are compared."""


@dataclass(frozen=True)
class Key:
    """What a forest or a regression looks at: a clear image ("" = none), and whether SAR."""

    role: str = ""
    sar: bool = False


@dataclass
class Learned:
    """Regressions and forests of one set of clear pixels.

    Attributes
    ----------
    mean : LocalRegression
        Without predictors.
    regressions : dict
        Role of a clear image -> LocalRegression.
    forests : dict
        Key -> SceneForest, grown when it is asked; those with too few pixels are left out by `solve`.
    """

    mean: LocalRegression
    regressions: dict[str, LocalRegression] = field(default_factory=dict)
    forests: dict[Key, SceneForest] = field(default_factory=dict)

    def solve(self) -> None:
        """End the survey."""
        self.mean.solve()
        for one in self.regressions.values():
            one.solve()
        self.forests = {key: one for key, one in self.forests.items() if one.enough}


def learner(domain: Window, bands: int, roles: dict[str, int], keys: Sequence[Key], trial: bool) -> Learned:
    """One that has learned nothing yet; `roles`: clear images and their numbers of bands."""
    regressions = {role: LocalRegression(domain, count, bands) for role, count in roles.items()}
    size = (TRIAL_TREES, TRIAL_PIXELS) if trial else (TREES, MOST_PIXELS)
    return Learned(LocalRegression(domain, 0, bands, WIDE_PX), regressions, {key: SceneForest(*size) for key in keys})


@dataclass(frozen=True)
class Pixels:
    """Pixels of a part of a view that are to be estimated: their place in the part, and in the domain."""

    part: Window
    rows: np.ndarray
    cols: np.ndarray

    @property
    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns in the domain."""
        return self.rows + self.part.row_off, self.cols + self.part.col_off


class Mean:
    """The mean of the clear pixels around."""

    name = "mean"

    def estimate(self, learned: Learned, view: View, wanted: Pixels) -> tuple[np.ndarray, np.ndarray]:
        """See the module."""
        nothing = np.zeros((len(wanted.rows), 0), np.float32)
        return learned.mean.predict(nothing, *wanted.places), np.ones(len(wanted.rows), bool)


class Forest:
    """A forest that clear pixels have taught what SAR says."""

    name = "forest"

    def estimate(self, learned: Learned, view: View, wanted: Pixels) -> tuple[np.ndarray, np.ndarray]:
        """See the module."""
        return by_forest(learned, Key("", True), view, wanted)


class ForestAndMean:
    """Both, weighed: a forest is wrong where SAR says little, which simulated clouds do not show.

    Attributes
    ----------
    weight : float
        Of the forest, 0..1.
    trust : Trust or None
        What told it, see `directions`.
    """

    name = "forest and mean"

    def __init__(self) -> None:
        self.weight = 0.5
        self.trust: Optional[Trust] = None

    def learn(self, learned: Learned) -> None:
        """Find the weight, from all clear pixels that taught."""
        forest = learned.forests.get(Key("", True))
        self.trust = trust_in(*forest.sample()) if forest is not None else None
        self.weight = self.trust.weight if self.trust is not None else self.weight

    def estimate(self, learned: Learned, view: View, wanted: Pixels) -> tuple[np.ndarray, np.ndarray]:
        """See the module."""
        mean, there = Mean().estimate(learned, view, wanted)
        if not self.weight:
            return mean, there
        grown, known = by_forest(learned, Key("", True), view, wanted)
        return np.where(known[:, None], mean + np.float32(self.weight) * (grown - mean), mean), there


class Reference:
    """Clear images of other dates: local regression and a forest on each, averaged; nearer to the truth weighs more.

    Parameters
    ----------
    roles : of the clear images.
    sar : whether the forest sees SAR, too, which tells where the surface changed.
    """

    WITH_SAR = "reference and SAR"

    def __init__(self, roles: Sequence[str], sar: bool) -> None:
        self._roles, self._sar = tuple(roles), sar
        self.name = self.WITH_SAR if sar else "reference"
        self.weights = dict.fromkeys(roles, 1.0)

    def estimate(self, learned: Learned, view: View, wanted: Pixels) -> tuple[np.ndarray, np.ndarray]:
        """See the module."""
        total: Optional[np.ndarray] = None
        weights = np.zeros(len(wanted.rows), np.float32)
        for role in self._roles:
            made, there = self.by_one(role, learned, view, wanted)
            weight = np.where(there, np.float32(self.weights[role]), np.float32(0))
            total = weight[:, None] * made if total is None else total + weight[:, None] * made
            weights += weight
        known = weights > 0
        return total / np.where(known, weights, np.float32(1))[:, None], known

    def by_one(self, role: str, learned: Learned, view: View, wanted: Pixels) -> tuple[np.ndarray, np.ndarray]:
        """As `estimate`, from one clear image."""
        values, valid = (cut(one, view.window, wanted.part) for one in view.clear[role])
        given = np.ascontiguousarray(values[:, wanted.rows, wanted.cols].T)
        made, there = learned.regressions[role].predict(given, *wanted.places), valid[wanted.rows, wanted.cols]
        key = Key(role, self._sar)
        if key not in learned.forests:
            key = Key(role, False)
        if key in learned.forests:
            grown, known = by_forest(learned, key, view, wanted)
            made = np.where(known[:, None], (made + grown) / 2, made)
        return made, there


def by_forest(learned: Learned, key: Key, view: View, wanted: Pixels) -> tuple[np.ndarray, np.ndarray]:
    """What a forest says, and where it sees what it looks at."""
    forest, bands = learned.forests.get(key), len(view.optical)
    made = np.zeros((len(wanted.rows), bands), np.float32)
    if forest is None:
        return made, np.zeros(len(wanted.rows), bool)
    there = cut(view.there(key.role, key.sar), view.window, wanted.part)[wanted.rows, wanted.cols]
    if there.any():
        seen = view.features(key.role, key.sar, wanted.part)[:, wanted.rows[there], wanted.cols[there]]
        made[there] = forest.grown().estimate(np.ascontiguousarray(seen.T))
    return made, there
