"""Where the trained members of each fold lie, and the network that they make together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.cloud_removal.fitting import trained
from models.cloud_removal.networks import CloudNetwork
from models.cloud_removal.networks.ensemble import Ensemble
from models.common import checkpoints

SEEDS = (1, 2)
"""Of the members of the network in the zoo."""


def member_path(folder: Path, fold: str, seed: int) -> Path:
    """The state of the member of a fold that was trained with this seed."""
    return folder / f"{fold}_{seed}.pt"


def member_states(folder: Path, fold: str) -> list[dict[str, Any]]:
    """The states of all members of a fold that are there, by seed."""
    paths = sorted(folder.glob(f"{fold}_*.pt"), key=lambda path: int(path.stem.rpartition("_")[2]))
    return [checkpoints.read(path) for path in paths]


def joined(states: Sequence[Mapping[str, Any]]) -> CloudNetwork:
    """The network of at least one member."""
    members = [trained(dict(state)) for state in states]
    return members[0] if len(members) == 1 else Ensemble(members).requires_grad_(False).eval()
