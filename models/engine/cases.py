"""On which runs the engine is measured: a task says so in `models/<id>/engine_case.py`, as `CASE`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.common.discovery import found
from rsfusion_qgis.core.engine.contract import Task
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.options import NoOptions


@dataclass(frozen=True)
class Case:
    """One task with generated rasters, as large as wanted."""

    task: Task
    inputs: Callable[[Path, int], dict[str, str]]
    """From a folder and a side in pixels: role -> path of rasters that give a result of that side."""
    bands: Mapping[str, int]
    """Role -> number of its bands in these rasters."""
    ratio: float
    """Pixel size of the coarser rasters over that of the result; 1 = all have the same."""
    model: Callable[[], Path]
    """The network that is run unless another one is named."""
    options: Any = NoOptions()  # noqa: RUF009  frozen
    """Of the class that the task's face for networks names."""

    def job(self, inputs: dict[str, str], model: str, output: Path, **settings: Any) -> Job:
        """A run of the network of a file, with the engine's default settings unless told otherwise."""
        return Job(self.task, inputs, str(output), model=model, options=self.options, **settings)


def find_cases(package: str = "models") -> dict[str, Case]:
    """Case by name of the task's folder, in the order of the names."""
    return {folder: module.CASE for folder, module in found("engine_case", package).items()}
