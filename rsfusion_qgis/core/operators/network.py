"""A network of an ONNX file as an operator, averaged over turned views of a tile where wished."""

from __future__ import annotations

from ..engine.chain import Block, Operator
from ..engine.plan import Plan
from ..networks.session import InferenceSession
from .views import averaged


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
        given = {spec.name: block.arrays[spec.name] for spec in self._card.inputs}
        block.arrays.update(averaged(self._session.run, given, self._views))

    def terminate(self) -> None:
        """See `Operator`."""
        self._session.terminate()

    def close(self) -> None:
        """See `Operator`."""
        self._session.close()
