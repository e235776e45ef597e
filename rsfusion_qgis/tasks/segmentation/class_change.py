"""What has changed class between two dates, by a network that maps one date: it is asked about each of them.

A change has the probability 1 - Σ p(now) p(before) over the classes, since the network sees each date alone. The
sensors of both dates may differ, as far as the network does without the others. Axis order (1, bands, rows, cols).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...core.basics.errors import InputError
from ...core.engine.chain import Block, Operator
from ...core.engine.job import Job
from ...core.engine.plan import Plan
from ...core.measures.classes.probabilities import probabilities
from ...core.networks.card import ModelCard
from ...core.networks.card_fields import InputSpec
from ...core.networks.card_files import read_card
from ...core.networks.session import InferenceSession
from .roles import OPTICAL, OPTICAL_BEFORE, SAR, SAR_BEFORE, SCORES

METHOD = "class_change"
LATER = {OPTICAL_BEFORE: OPTICAL, SAR_BEFORE: SAR}
"""Role of the earlier date -> the input that it is fed to."""
_LEAST = 1e-6


def inputs_of(job: Job) -> tuple[InputSpec, ...]:
    """The network's inputs of one date, and the same for the earlier one; raises InputError without a network."""
    if not job.model:
        raise InputError(f"METHOD {METHOD} needs a network that maps one date; name one as MODEL or MODEL_FILE.")
    own = [spec for spec in read_card(job.model).inputs if spec.role not in LATER]
    pairs = [(before, spec) for before, now in LATER.items() for spec in own if spec.role == now]
    more = [replace(spec, name=before, role=before) for before, spec in pairs]
    return tuple(replace(spec, required=False) for spec in (*own, *more))


class ClassChange(Operator):
    """Scores (1, 2, rows, cols) of unchanged and changed."""

    def __init__(self, plan: Plan) -> None:
        job = plan.job
        self._card: ModelCard = read_card(job.model)
        self._session = InferenceSession(job.model, self._card, job.device, job.threads)
        self.sees = self.widens = self._card.halo
        _check(plan, self._card)

    @property
    def provider(self) -> str:  # type: ignore[override]
        """ONNX Runtime's name of what really runs it."""
        return self._session.provider

    @property
    def fallback(self) -> str:  # type: ignore[override]
        """See `InferenceSession`."""
        return self._session.fallback

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        now, before = (self._asked(block, early) for early in (False, True))
        change = np.clip(1.0 - (now * before).sum(axis=0), _LEAST, 1.0 - _LEAST)
        there = np.logical_and(*(self._anything(block, early) for early in (False, True)))
        logit = np.where(there, np.log(change / (1.0 - change)), np.log(_LEAST))
        block.arrays[SCORES] = np.stack([np.zeros_like(logit), logit])[None].astype(np.float32)

    def _asked(self, block: Block, early: bool) -> np.ndarray:
        """Probabilities (classes, rows, cols) of a date."""
        given = {spec.name: self._image(block, spec, early) for spec in self._card.inputs}
        output = self._card.outputs[0]
        return probabilities(self._session.run(given)[output.name][0], output.scores).astype(np.float64)

    def _image(self, block: Block, spec: InputSpec, early: bool) -> np.ndarray:
        if spec.role in LATER:  # one date is seen at a time
            like = next(iter(block.arrays.values()))
            return np.full((1, len(spec.bands or (0,)), *like.shape[2:]), spec.stand_in, np.float32)
        earlier = next((before for before, now in LATER.items() if now == spec.role), "")
        return block.arrays[earlier if early and earlier else spec.name]

    def _anything(self, block: Block, early: bool) -> np.ndarray:
        """(rows, cols) bool: where a date has an image."""
        specs = [spec for spec in self._card.inputs if spec.role in LATER.values()]
        return np.any([self._image(block, spec, early)[0].min(axis=0) != spec.stand_in for spec in specs], axis=0)

    def terminate(self) -> None:
        """See `Operator`."""
        self._session.terminate()

    def close(self) -> None:
        """See `Operator`."""
        self._session.close()


def _check(plan: Plan, card: ModelCard) -> None:
    """Refuse a date without a sensor that the network cannot do without."""
    for spec in card.inputs:
        earlier = next((before for before, now in LATER.items() if now == spec.role), "")
        for role in filter(None, (spec.role, earlier)):
            if spec.required and spec.role not in LATER and role not in plan.geometry:
                raise InputError(
                    f"{role.upper()} is missing, which MODEL '{card.name}' needs for METHOD {METHOD}; name a raster."
                )
