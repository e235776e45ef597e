"""A network that was trained on the scene: what it is given as the guide, and its chain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Chain, Layer
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.grid.tile_arrays import within
from ...core.operators.back_projection import through
from ...core.operators.consistency import ON, Consistency, wish_of
from ...core.operators.image import ImageEncoder
from ...core.operators.network import Network
from ...core.operators.scales import scales_of
from ...core.sensors.catalogue import GENERIC, SensorChoice
from .coarse import GUIDE, HS, stored_sampling
from .encode import in_natural_colour

_TWICE = re.compile(r"Its guide of (\d+) bands? comes twice")


def seen_twice(bands: int) -> str:
    """What stands in the description of a network that is to be given the guide so; `bands` of the guide."""
    return (f"Its guide of {bands} band{'s' if bands > 1 else ''} comes twice: as it is, and as the sensor of the "
            "image sees it, interpolated again.")  # fmt: skip


@dataclass
class _Twice:
    """Stands for the source of a layer whose bands are read twice."""

    source: Any

    @property
    def bands(self) -> tuple[Any, ...]:
        return (*self.source.bands, *self.source.bands)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)


class SeenTwice:
    """Layer of the guide, and behind it the guide as the sensor of the image sees it, on the pixels of the guide.

    Parameters
    ----------
    guide, image : layers on the run's grid.
    ratio, gain : of the image.
    """

    def __init__(self, guide: Layer, image: Any, ratio: float, gain: float) -> None:
        self._guide, self._sampling, self._gain = guide, stored_sampling(image, ratio), gain
        self._margin = self._sampling.margin(gain)
        self.source = _Twice(guide.source)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See `Layer`."""
        around = window.grown(self._margin)
        values, valid = self._guide.read(around)
        found = self._sampling.placed(around, self._gain)
        low = values
        if found is not None:
            inside = within(values, around, found.inside)
            seen = through(inside, *self._sampling.blurs(found, (self._gain,)))
            low = values.copy()
            within(low, around, found.inside)[:] = through(seen, *self._sampling.back(found))
        both = np.concatenate([within(values, around, window), within(low, around, window)])
        there = within(valid, around, window)
        return both.astype(np.float32), np.concatenate([there, there])

    def close(self) -> None:
        """See `Layer`."""
        self._guide.close()


def by_network(plan: Plan, layers: Mapping[str, Layer], said: Sequence[Finding]) -> Chain:
    """A network, and back-projection.

    Raises
    ------
    InputError
        It was made for another number of bands of the guide.
    """
    image, guide = (plan.card.input(role) for role in (HS, GUIDE))
    gain, replaced = plan.job.options.hs_gain, {}
    told = _TWICE.search(plan.card.description)
    if guide.bands is None and told:
        replaced[guide.name] = SeenTwice(layers[guide.name], layers[image.name], plan.ratio, gain)
        given, wanted = len(layers[guide.name].source.bands), int(told.group(1))
        if given != wanted:
            name = plan.task.parameter(GUIDE)
            raise InputError(f"{name} has {given} bands; expected the {wanted} that MODEL '{plan.card.name}' takes.")
    scales = scales_of(plan, {**layers, **replaced})
    wish = wish_of(plan, ON, SensorChoice(GENERIC, (gain,)))
    encoder = ImageEncoder(plan, plan.card.outputs[0], scales[image.name])
    encoder.profile = replace(encoder.profile, bands=in_natural_colour(encoder.profile.bands))
    encoder.targets = ((plan.job.output, encoder.profile),)
    last = Consistency(plan, layers[image.name], scales[image.name], wish)
    return Chain([Network(plan), last], encoder, scales, replaced, (*said, *wish.said))
