"""A network of an ONNX file as an operator, averaged over turned views of a tile where wished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..engine.chain import Block, Operator
from ..engine.plan import Plan
from ..networks.session import InferenceSession
from .preparation import learned_projection
from .views import averaged

LONG_S = 60.0
"""A run of windows that takes longer is told how it takes less."""


@dataclass(frozen=True)
class _NoSurvey:
    """A pupil that reads nothing: the network is asked afterwards what it has to say."""

    COST: float = 0.0
    windows: tuple[Any, ...] = ()


class Network(Operator):
    """The network of a plan.

    Parameters
    ----------
    plan : Plan
    views : over how many views of a tile its answer is averaged, see `views`.
    """

    def __init__(self, plan: Plan, views: int = 1) -> None:
        job, self._card, self._views = plan.job, plan.card, views
        self._session = InferenceSession(job.model, plan.card, job.device, job.threads)
        self.sees = self.widens = plan.card.halo
        self._plan, self.align = plan, 1
        if plan.card.window:
            self.align = self._session.adapter.every = getattr(job.options, "every", 1)
        elif getattr(job.options, "every", 1) > 1:
            raise InputError(f"EVERY is {job.options.every}, but MODEL '{plan.card.name}' takes whole tiles and no "
                             "windows; "
                             "leave it at 1.")  # fmt: skip

    @property
    def provider(self) -> str:  # type: ignore[override]
        """ONNX Runtime's name of what really runs it."""
        return self._session.provider

    @property
    def fallback(self) -> str:  # type: ignore[override]
        """See `InferenceSession`."""
        return self._session.fallback

    def survey(self, run: Any, place: int) -> Optional[Any]:
        """Learn the principal components that the card asks for; see `Operator`."""
        for spec in self._card.inputs:
            if spec.components and spec.name in run.layers:
                name = self._plan.task.parameter(spec.role)
                found = learned_projection(spec, run.layers[spec.name], run.scales[spec.name], name)
                self._session.adapter.learn(spec.name, found)
        return _NoSurvey() if self._card.window else None

    def learned(self, run: Any) -> Sequence[Finding]:
        """How long windows around all pixels will take; see `Operator`."""
        extent, every = self._plan.extent, self._session.adapter.every
        windows = -(-extent.width // every) * -(-extent.height // every)
        bands = {spec.name: len(run.layers[spec.name].source.bands) if spec.name in run.layers else 1
                 for spec in self._card.inputs}  # fmt: skip
        seconds = windows * self._session.seconds_per_window(bands)
        side = self._card.window
        words = f"{windows} windows of {side} x {side} pixels take about {_time(seconds)} on this computer"
        hasty = seconds > LONG_S and hasattr(self._plan.job.options, "every")
        more = f"; EVERY={2 * every} takes a quarter of it" if hasty else ""
        limit = LONG_S if seconds <= LONG_S else None  # a long time is no fault
        return [Finding("time", "info", "MODEL", f"MODEL '{self._card.name}': {words}{more}", seconds, limit, "s")]

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        given = {spec.name: block.arrays[spec.name] for spec in self._card.inputs}
        block.arrays.update(averaged(self._session.run, given, self._views))

    def terminate(self) -> None:
        """See `Operator`."""
        self._session.terminate()

    def close(self) -> None:
        """See `Operator`."""
        self._session.close()


def _time(seconds: float) -> str:
    """In words."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
