"""The networks of the cloud benchmark: one for each fold, which has not seen the fold's scenes.

The members of a network that was trained fully lie in a folder as `<fold>_<seed>.pt`; where none does, one is trained
shortly, which is said, since such a network is a poor one.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.cloud_removal.fitting import Run, Settings
from models.cloud_removal.members import SEEDS, joined, member_path, member_states
from models.cloud_removal.networks import CloudNetwork
from models.cloud_removal.scenes import Clear, Triplet

SHORT_STEPS = 120


@dataclass(frozen=True)
class FoldNetwork:
    """A network and how it came about: steps of each member, seconds of all together, and words on where it is from."""

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
    others : triplets of the other folds. folder : where `<fold>_<seed>.pt` may lie.
    fully : train to the end what is not there or not finished, and keep it in the folder.
    """
    states = member_states(folder, fold)
    if fully and not (states and all(state["steps"] >= settings.steps for state in states)):
        folder.mkdir(parents=True, exist_ok=True)
        for seed in SEEDS:
            run = Run(others, clear, replace(settings, seed=seed))
            run.go(member_path(folder, fold, seed),
                   lambda step, loss: print(f"fold {fold}: step {step}, loss {loss:.3f}", file=sys.stderr))
        states = member_states(folder, fold)
    if states:
        seconds = sum(state["seconds"] for state in states)
        return FoldNetwork(joined(states), states[0]["steps"], seconds, f"{len(states)} members")
    run = Run(others, clear, replace(settings, steps=min(SHORT_STEPS, settings.steps)))
    network = run.go()
    return FoldNetwork(network, run.steps, run.seconds, "trained shortly, now: far from what it can do (--train)")
