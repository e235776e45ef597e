"""On which runs the engine is measured: a task says so in `models/<id>/engine_case.py`, as `CASE`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.common.discovery import found


@dataclass(frozen=True)
class Case:
    """One task with generated rasters, as large as wanted."""

    task: str
    """As `FusionJob.task`."""
    inputs: Callable[[Path, int], dict[str, str]]
    """From a folder and a side in pixels: role -> path of rasters that give a result of that side."""
    bands: Mapping[str, int]
    """Role -> number of its bands in these rasters."""
    ratio: float
    """Pixel size of the coarser rasters over that of the result; 1 = all have the same."""
    model: Callable[[], Path]
    """The network that is run unless another one is named."""


def find_cases(package: str = "models") -> dict[str, Case]:
    """Case by name of the task's folder, in the order of the names."""
    return {folder: module.CASE for folder, module in found("engine_case", package).items()}
