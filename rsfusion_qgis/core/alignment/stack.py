"""Many secondaries brought onto one reference: a time series, a folder. One table, one page.

Each is measured, corrected and written as `coregister` does, one after the other. One that cannot be told with
confidence is not written: the table says why, and the others go on. Then the loops are closed: a secondary is measured
on the one before it, and what both were measured on the reference must agree with that (A to B to C to A).
Displacements in reference pixels, what must be added.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

import numpy as np

from ..basics.errors import InputError, RsFusionError
from ..basics.monitor import Monitor
from ..grid.crs import same_crs
from ..grid.grid import Grid
from .coregister import CoregisterJob, CoregisterResult, check
from .coregister import run as run_one
from .registration import RegistrationJob, register
from .shift.shift_estimate import ShiftEstimate
from .uncertain import UncertainError

COLUMNS = (
    "raster", "status", "method", "shift_x", "shift_y", "shift_cols", "shift_rows", "rotation_deg", "scale",
    "shear_deg", "rmse_before", "rmse_after", "confidence", "loop_px", "output", "said",
)  # fmt: skip
CORRECTED, ALIGNED, LEFT, UNCERTAIN, FAILED = "corrected", "aligned", "left as it is", "uncertain", "failed"
LOOP_PX = 1.0
"""A loop that closes worse than this says that one of its three measurements is wrong, reference pixels."""


@dataclass(frozen=True)
class StackJob:
    """What is brought onto what.

    Attributes
    ----------
    registration : RegistrationJob
        How rasters are compared; its secondary is not used.
    secondaries : tuple of str
        In the order in which loops are closed.
    folder : str
        Where results are written, under the secondaries' names with `_coregistered`.
    method, on_reference_grid, kernel
        See `CoregisterJob`.
    loops : bool
        Whether neighbours are measured on each other as well.
    """

    registration: RegistrationJob
    secondaries: tuple[str, ...]
    folder: str
    method: str
    on_reference_grid: bool = False
    kernel: str = "cubic"
    loops: bool = True


@dataclass(frozen=True)
class Row:
    """What came of one secondary; `result` is None where nothing was written."""

    secondary: str
    status: str
    said: str
    result: Optional[CoregisterResult] = None
    loop_px: float = math.nan

    @property
    def cells(self) -> dict[str, str]:
        """Column -> text; what is not known is empty."""
        cells = dict.fromkeys(COLUMNS, "") | {"raster": self.secondary, "status": self.status, "said": self.said}
        if self.result is None:
            return cells
        found, result = self.result.estimate, self.result
        numbers = {
            "shift_x": result.shift_map[0], "shift_y": result.shift_map[1], "shift_cols": found.cols,
            "shift_rows": found.rows, "rotation_deg": found.rotation_deg, "scale": found.scale,
            "shear_deg": found.shear_deg, "rmse_before": result.rmse_before, "rmse_after": result.rmse_after,
            "confidence": found.confidence, "loop_px": self.loop_px,
        }  # fmt: skip
        texts = {name: f"{value:.6g}" if math.isfinite(value) else "" for name, value in numbers.items()}
        return cells | texts | {"method": result.method if result.applied else "", "output": result.output}


def outputs(job: StackJob) -> list[str]:
    """Where each result is written; two secondaries of one name get a number."""
    names: list[str] = []
    for path in job.secondaries:
        stem = Path(path.split("|")[0]).stem or "raster"
        name, number = f"{stem}_coregistered.tif", 2
        while name in names:
            name, number = f"{stem}_coregistered_{number}.tif", number + 1
        names.append(name)
    return [str(Path(job.folder) / name) for name in names]


def run(job: StackJob, monitor: Monitor) -> list[Row]:
    """Measure, correct and write them all; one row each, in their order.

    Raises
    ------
    InputError
        There is no secondary, or the folder does not exist.
    """
    if not job.secondaries:
        raise InputError("SECONDARIES names no raster; choose at least one, or a FOLDER that has some.")
    if not Path(job.folder).is_dir():
        raise InputError(f"OUTPUT_FOLDER: '{job.folder}' is no folder; create it or choose another one.")
    rows: list[Row] = []
    steps = len(job.secondaries) + (len(job.secondaries) - 1 if job.loops else 0)
    for number, (path, output) in enumerate(zip(job.secondaries, outputs(job))):
        rows.append(_one(job, path, output, _Part(monitor, number / steps, 1 / steps)))
        monitor.info(f"{Path(path).name}: {rows[-1].status}. {rows[-1].said}")
    if job.loops:
        start = len(rows)
        for number in range(1, len(rows)):
            monitor.progress((start + number - 1) / steps)
            monitor.raise_when_cancelled()
            rows[number] = _closed(job, rows[number - 1], rows[number], monitor)
    monitor.progress(1.0)
    return rows


class _Part(Monitor):
    """The share of a run that is one raster's."""

    def __init__(self, whole: Monitor, begun: float, share: float) -> None:
        self._whole, self._begun, self._share = whole, begun, share

    def progress(self, share: float) -> None:
        self._whole.progress(self._begun + self._share * share)

    def info(self, text: str) -> None:
        """Kept for the table."""

    def warning(self, text: str) -> None:
        """Kept for the table."""

    def is_cancelled(self) -> bool:
        return self._whole.is_cancelled()


def _one(job: StackJob, path: str, output: str, monitor: Monitor) -> Row:
    one = CoregisterJob(
        replace(job.registration, secondary=path), output, job.method, job.on_reference_grid, job.kernel
    )  # fmt: skip
    try:
        check(one)
        result = run_one(one, monitor)
    except UncertainError as error:
        return Row(path, UNCERTAIN, str(error))
    except (RsFusionError, OSError) as error:
        monitor.raise_when_cancelled()
        return Row(path, FAILED, str(error))
    status = CORRECTED if result.applied else ALIGNED if result.verdict == "aligned" else LEFT
    return Row(path, status, " ".join(result.findings), result)


def _closed(job: StackJob, before: Row, row: Row, monitor: Monitor) -> Row:
    """The row with what is left of the loop reference - secondary before - secondary - reference."""
    if before.result is None or row.result is None:
        return row
    try:
        compared = replace(job.registration, reference=before.secondary, secondary=row.secondary, reference_bands=(),
                           secondary_bands=())  # fmt: skip
        between = register(compared, lambda share: monitor.raise_when_cancelled())
    except RsFusionError:
        monitor.raise_when_cancelled()
        return row
    if between.estimate.verdict(job.registration.tolerance_px) == "uncertain":
        return row
    grids = [found.domain for found in (between, before.result, row.result)]
    if any(grid is None or not same_crs(grid.crs_wkt, grids[0].crs_wkt) for grid in grids):
        return row
    place = np.array(between.domain.to_map(between.domain.width / 2, between.domain.height / 2))
    halfway = place + _step(between.estimate, between.domain, place)
    around = halfway + _step(before.result.estimate, grids[1], halfway)
    left = around - place - _step(row.result.estimate, grids[2], place)
    across, down = grids[2].to_pixel(*(place + left))
    col, line = grids[2].to_pixel(*place)
    return replace(row, loop_px=math.hypot(across - col, down - line))


def _step(estimate: ShiftEstimate, domain: Grid, place: np.ndarray) -> np.ndarray:
    """What must be added at a place, map units."""
    return np.array(domain.vector_to_map(*estimate.displacement(*domain.to_pixel(*place))))


def table(rows: Sequence[Row]) -> str:
    """The rows as CSV."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.cells for row in rows)
    return stream.getvalue()
