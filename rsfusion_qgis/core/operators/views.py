"""The network's answer averaged over turned and mirrored views of a tile: what differs between them averages out.

Timofte, Rothe, Van Gool 2016, Seven ways to improve example-based single image super resolution,
doi:10.1109/CVPR.2016.206 (there: enhanced prediction, often called self-ensemble).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Callable

import numpy as np

from ..basics.errors import InputError

PARAMETER = "VIEWS"
COUNTS = (1, 2, 4, 8)
"""1: as it lies; 2: and turned by 90 degrees; 4: all quarter turns; 8: these mirrored, too."""

Run = Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]


def require_known(count: int) -> None:
    """Refuse a number of views that is none of `COUNTS`; raises InputError."""
    if count not in COUNTS:
        raise InputError(f"{PARAMETER} is {count}; expected one of {', '.join(map(str, COUNTS))}.")


def averaged(run: Run, tensors: Mapping[str, np.ndarray], count: int) -> dict[str, np.ndarray]:
    """What `run` gives, averaged over `count` views.

    Parameters
    ----------
    tensors : by name; those of four axes (1, bands, rows, cols) are turned, all others stay.

    Returns
    -------
    dict
        By name, float32 (1, bands, rows, cols) each, as the tile lies.
    """
    if count == 1:
        return run(dict(tensors))
    total: dict[str, np.ndarray] = {}
    for view in range(count):
        turned = {name: _turned(values, view) if values.ndim == 4 else values for name, values in tensors.items()}
        for name, values in run(turned).items():
            total[name] = total.get(name, 0) + _back(values, view) / np.float32(count)
    return total


def _turned(values: np.ndarray, view: int) -> np.ndarray:
    mirrored = values[..., ::-1] if view >= 4 else values
    return np.ascontiguousarray(np.rot90(mirrored, view % 4, (2, 3)))


def _back(values: np.ndarray, view: int) -> np.ndarray:
    straight = np.rot90(values, -(view % 4), (2, 3))
    return straight[..., ::-1] if view >= 4 else straight
