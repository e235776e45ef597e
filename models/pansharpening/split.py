"""Which scenes networks are trained on, chosen by, and tested on: `split.json`, read in one place."""

from __future__ import annotations

import json
from pathlib import Path

_SPLIT = json.loads(Path(__file__).with_name("split.json").read_text(encoding="utf-8"))

HELD_OUT: tuple[str, ...] = tuple(_SPLIT["validation"])
"""Parts of the names of scenes that choose between networks; no network is trained on them."""

TEST: tuple[str, ...] = tuple(_SPLIT["test"])
"""Folders whose pairs stand in tables of results; nothing is trained on or chosen by them."""

TRAINING: tuple[str, ...] = tuple(part.split(":")[0] for part in _SPLIT["training"])
"""Beginnings of the names of training scenes, or of the folders that hold them."""


def refuse_test_scene(path: Path) -> None:
    """Keep test scenes out of training.

    Raises
    ------
    ValueError
        The file lies in a folder of a test scene.
    """
    found = set(path.parts) & set(TEST)
    if found:
        raise ValueError(
            f"Found {path.name} of the test scene '{found.pop()}', expected a scene for training or validation."
        )


def was_used(pair: str) -> bool:
    """Whether a benchmark's pair, by its name, is a scene that networks were trained on or chosen by."""
    scene = pair.split("/")[0]
    return scene not in TEST and any(scene.startswith(part) for part in (*TRAINING, *HELD_OUT))
