"""The networks of the cloud benchmark: one for each fold, which has not seen the fold's scenes.

A network that was trained fully lies in a folder as `<fold>.pt`; where it does not, it is trained shortly, which is
said, since such a network is a poor one.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.architectures.cloud_removal import CloudNetwork
from models.recipes.classification import checkpoints
from models.recipes.cloud_removal.fitting import Run, Settings, trained
from models.recipes.cloud_removal.scenes import Clear, Triplet

SHORT_STEPS = 120


@dataclass(frozen=True)
class FoldNetwork:
    """A network and how it came about: steps and seconds of its training, and words on where it is from."""

    network: CloudNetwork
    steps: int
    seconds: float
    source: str


def fold_network(
    fold: str, others: Sequence[Triplet], clear: Sequence[Clear], folder: Path, settings: Settings, fully: bool
) -> FoldNetwork:
    """The network of a fold.

    Parameters
    ----------
    others : triplets of the other folds. folder : where `<fold>.pt` may lie.
    fully : train to the end what is not there or not finished, and keep it in the folder.
    """
    path = folder / f"{fold}.pt"
    state = checkpoints.read(path) if path.is_file() else None
    if fully and (state is None or state["steps"] < settings.steps):
        folder.mkdir(parents=True, exist_ok=True)
        run = Run(others, clear, settings)
        run.go(path, lambda step, loss: print(f"fold {fold}: step {step}, loss {loss:.3f}", file=sys.stderr))
        state = checkpoints.read(path)
    if state is not None:
        return FoldNetwork(trained(state), state["steps"], state["seconds"], f"kept in {path.name}")
    run = Run(others, clear, replace(settings, steps=min(SHORT_STEPS, settings.steps)))
    network = run.go()
    return FoldNetwork(network, run.steps, run.seconds, "trained shortly, now: far from what it can do (--train)")
