"""The state of a training on disk: tensors and plain values only, so that reading it runs nothing.

A file appears under its name only when it is complete.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

from rsfusion_qgis.core.basics.errors import InputError


def write(path: Path, state: Mapping[str, Any]) -> None:
    """Write the state, in place of what was there."""
    part = path.with_name(path.name + ".part")
    torch.save(dict(state), part)
    part.replace(path)


class Keeper:
    """Writes the state of a training now and then, and at its end; `path` None = never."""

    def __init__(self, path: Path | None, every_s: float) -> None:
        self.path, self.every_s, self.written = path, every_s, time.monotonic()

    def keep(self, state: Callable[[], Mapping[str, Any]], now: bool = False) -> None:
        """Write what `state` gives, if that is due or shall be `now`."""
        if self.path is not None and (now or time.monotonic() - self.written > self.every_s):
            write(self.path, state())
            self.written = time.monotonic()


def read(path: Path) -> dict[str, Any]:
    """Read a state.

    Raises
    ------
    InputError
        The file holds none.
    """
    try:
        return torch.load(path, weights_only=True)
    except Exception as error:  # torch raises what its parts raise
        raise InputError(
            f"'{path}' holds no state of a training that can be read ({error.__class__.__name__}); "
            "delete it to begin anew."
        ) from error
