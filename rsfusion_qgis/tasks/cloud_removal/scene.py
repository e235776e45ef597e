"""What a run of cloud removal knows of its scene: layers, units, codes, and what can be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from .card import MISSING, OPTICAL, SAR, references
from .code_store import CodeStore
from .codes import CLEAR, UNCERTAIN, clear
from .inputs import CloudInputs
from .view import Standard, View, predictors, standard_of


@dataclass
class Scene:
    """Layers by role, and what holds for all of the scene.

    Attributes
    ----------
    plan : Plan
    layers : dict
        Role -> layer on the run's grid, of the image, of SAR and of clear images.
    inputs : CloudInputs
    standards : dict
        Role -> Standard, of the image and of clear images.
    store : CodeStore
        Of the image; empty before the survey.
    stores : dict
        Role of a clear image -> CodeStore, where clouds are looked for in it.
    """

    plan: Plan
    layers: Mapping[str, Any]
    inputs: CloudInputs
    standards: dict[str, Standard]
    places: dict[str, np.ndarray]
    store: CodeStore
    stores: dict[str, CodeStore]

    @property
    def domain(self) -> Window:
        """All pixels."""
        return self.plan.domain.window

    @property
    def clear_roles(self) -> tuple[str, ...]:
        """The roles of the clear images."""
        return references(self.layers)

    @property
    def has_sar(self) -> bool:
        """Whether SAR is given."""
        return SAR in self.layers

    def counts(self) -> dict[str, int]:
        """Role of a clear image -> bands of it that are looked at."""
        return {role: len(self.places[role]) for role in self.clear_roles}

    def view(self, window: Window, arrays: Mapping[str, np.ndarray], valid: np.ndarray) -> View:
        """Of a window of which stored values (bands, rows, cols) are at hand by role, MISSING where there are none."""
        codes = self.store.read(window)
        optical = self.standards[OPTICAL].of(arrays[OPTICAL])
        sar, there = arrays.get(SAR), None
        if sar is not None:
            there = (sar != np.float32(MISSING)).all(axis=0)
        images = {role: self._clear(role, window, arrays[role]) for role in self.clear_roles}
        return View(window, optical, valid, clear(codes) & valid, sar, there, images)

    def _clear(self, role: str, window: Window, stored: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        there = (stored != np.float32(MISSING)).all(axis=0)
        if role in self.stores:
            codes = self.stores[role].read(window)
            there = there & ((codes == CLEAR) | (codes == UNCERTAIN))
        return np.where(there, self.standards[role].of(stored[self.places[role]]), np.float32(0)), there

    def read(self, window: Window) -> View:
        """A view of a window, from the files."""
        arrays, valid = {}, None
        for role, layer in self.layers.items():
            values, there = layer.read(window)
            if role == OPTICAL:
                valid = there.all(axis=0)
            else:
                values = np.where(there.all(axis=0), values, np.float32(MISSING))
            arrays[role] = values
        return self.view(window, arrays, valid)

    def release_blocks(self) -> None:
        """Let GDAL forget what it read."""
        for layer in self.layers.values():
            layer.source.release_blocks()


def scene_of(plan: Plan, layers: Mapping[str, Any], inputs: CloudInputs) -> Scene:
    """See `Scene`; `layers` by role."""
    standards, places = {OPTICAL: standard_of(layers[OPTICAL])}, {}
    for role in references(layers):
        places[role] = predictors(len(layers[role].source.bands))
        standards[role] = standard_of(layers[role]).picked(places[role])
    domain = plan.domain.window
    stores = {role: CodeStore(domain) for role in inputs.masks}
    return Scene(plan, layers, inputs, standards, places, CodeStore(domain), stores)
