"""Which triplets are in which fold: `split.json`, fixed before any result, read in one place."""

from __future__ import annotations

import json
from pathlib import Path

_SPLIT = json.loads(Path(__file__).with_name("split.json").read_text(encoding="utf-8"))

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    fold: {group: tuple(names) for group, names in groups.items()} for fold, groups in _SPLIT["folds"].items()
}
"""Fold -> group of scenes that belong together -> names of triplets."""

FOLDS: dict[str, tuple[str, ...]] = {
    fold: tuple(name for names in groups.values() for name in names) for fold, groups in GROUPS.items()
}
"""Fold -> names of the triplets that the fold's network has not seen."""

SHIPPED: str = _SPLIT["shipped"]
"""The fold whose network is in the zoo."""

CLEAR: tuple[str, ...] = tuple(name for names in _SPLIT["clear"].values() for name in names)
"""Scenes without clouds that are in the training of every fold, as paths in the data folder."""


def group_of(name: str) -> str:
    """The group of scenes that a triplet belongs to; its own name where it is in none."""
    groups = (item for one in GROUPS.values() for item in one.items())
    return next((group for group, names in groups if name in names), name)


def fold_of(name: str) -> str:
    """The fold that holds a triplet.

    Raises
    ------
    ValueError
        No fold does.
    """
    for fold, names in FOLDS.items():
        if name in names:
            return fold
    raise ValueError(f"Found the triplet '{name}', expected one of those in split.json; add it to a fold.")
