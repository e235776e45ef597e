"""Two questions beside the scores: is a shift that was put in found again, and how good could the mean change be?

Called by `benchmark` with --only alignment and --only mean-change. Arrays are (bands, rows, cols), stored units of the
fine images. "Over unchanged" is the score of `benchmark`: 1 = no better than the fine image of the pair.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from models.common.rasters import Frame, frame_of, open_raster, read_all, read_values, write_raster
from models.spatiotemporal_fusion import benchmark
from rsfusion_qgis.core.alignment.shift.shift_estimate import ShiftEstimate
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.plan import plan_job
from rsfusion_qgis.core.engine.register import measure_input
from rsfusion_qgis.tasks.spatiotemporal_fusion import stack
from rsfusion_qgis.tasks.spatiotemporal_fusion.cells import Cells
from rsfusion_qgis.tasks.spatiotemporal_fusion.methods import REGRESSION
from rsfusion_qgis.tasks.spatiotemporal_fusion.options import FusionOptions
from rsfusion_qgis.tasks.spatiotemporal_fusion.task import TASK

MOVED = (6, -4)
"""(cols, rows) of fine pixels by which a coarse raster is put to the right and up."""
CORNER, FINE_M = (500000.0, 5000000.0), 30.0
"""Where rasters without a place are put, and their fine pixel, m."""
MODIS_PIXEL, BLUR = 15.44, 0.5
"""Fine pixels along a MODIS pixel (463.3 m); blur of the sensor, its pixels."""
HALF = 0.5
"""Share of the cells that agree best."""


def placed(path: Path, folder: Path, ratio: int, cols: int = 0, rows: int = 0) -> Path:
    """A copy that claims to lie so many fine pixels elsewhere; one without a place gets one.

    ratio : fine pixels along its own.
    """
    dataset = open_raster(path)
    values, frame = read_values(dataset), frame_of(dataset)
    if not frame.crs_wkt:
        frame = Frame.square(CORNER, FINE_M * ratio)
    x, a, b, y, d, e = frame.geotransform
    moved = (x + a * cols / ratio, a, b, y + e * rows / ratio, d, e)
    return write_raster(folder / f"placed_{path.name}", values, Frame(frame.crs_wkt, moved), data_type="Float32")


def shift(fine: Path, coarse: dict[str, Path], day: str, wishes: dict[str, Any], engine: bool = False) -> ShiftEstimate:
    """What must be added to the place of the coarse raster of a day, by the only fine one; fine pixels.

    engine : measured as the engine does where a task has no measure of its own.
    """
    names = {one: "coarse" if number == 1 else f"coarse:{number}" for number, one in enumerate(coarse, start=1)}
    inputs = {"fine": str(fine), **{name: str(coarse[one]) for one, name in names.items()}}
    plan = plan_job(Job(TASK, inputs, method=REGRESSION, options=FusionOptions(**wishes), policy="correct"))
    found = measure_input(plan, names[day]) if engine else stack.measure(plan, names[day])
    assert found is not None
    return found


def alignment(data: Path) -> None:
    """Print what is found of a shift that was put in, and what the real coarse images show."""
    print(f"A shift that was put in; what must be added: {-MOVED[0]:+d}, {-MOVED[1]:+d}")
    print(f"{'scene':<34}{'same date':>16}{'trust':>7}{'other date':>18}{'trust':>7}{'trust of the engine':>21}")
    for series in (one for one in benchmark.SERIES if not one.coarse and len(one.trials) > 1):
        if not (data / series.folder).is_dir():
            continue
        with tempfile.TemporaryDirectory() as folder:
            fine, coarse = benchmark.files(data, series, Path(folder))
            (first, *_), second = series.trials[0]
            cells = []
            one = placed(fine[first], Path(folder), 1)
            for day in (first, second):
                given = {which: placed(path, Path(folder), benchmark.RATIO, *(MOVED if which == day else (0, 0)))
                         for which, path in coarse.items()}  # fmt: skip
                wishes = {**series.wishes, "target_date": second}
                found, told = (shift(one, given, day, wishes, engine) for engine in (False, True))
                cells += [f"{found.cols:+.2f}, {found.rows:+.2f}", f"{found.confidence:.2f}", f"{told.confidence:.2f}"]
            print(f"{series.name:<34}{cells[0]:>16}{cells[1]:>7}{cells[3]:>18}{cells[4]:>7}"
                  f"{f'{cells[2]} and {cells[5]}':>21}", flush=True)  # fmt: skip
    print("Coarse images as they are, beside the fine one of their date")
    for day, found in _as_they_are(data).items():
        print(f"{benchmark.SERIES[0].name:<34}{day:<10}{found.cols:+6.2f}, {found.rows:+.2f}{found.confidence:>7.2f}")


def _as_they_are(data: Path) -> dict[str, ShiftEstimate]:
    """The real coarse images of the first series, day by day."""
    found: dict[str, ShiftEstimate] = {}
    for series in benchmark.SERIES[:2]:
        for ((first,), second) in series.trials if (data / series.folder).is_dir() else ():
            if first not in found:
                both = replace(series, trials=(((first,), second),))
                fine, coarse = benchmark.files(data, both, Path())
                found[first] = shift(fine[first], coarse, first, {**series.wishes, "target_date": second})
    return found


def mean_change(data: Path) -> None:
    """Print how good the true mean change would be, and how good other estimates of it are."""
    series = benchmark.SERIES[0]
    scales = series.wishes["fine_scale"], series.wishes["coarse_scale"]
    slope = scales[1] / scales[0]
    names = "true mean", "mean", "median", "mode", "half", "no haze"
    print(f"{'from':<10}{'to':<10}" + "".join(f"{name:>12}" for name in names))
    rows: list[list[float]] = []
    for (first,), second in (trial for one in benchmark.SERIES[:2] for trial in one.trials):
        fine, truth = (read_all(data / series.folder / series.fine.format(day)).astype(float)
                       for day in (first, second))  # fmt: skip
        coarse = [slope * cells_of(read_all(data / series.folder / series.coarse.format(day)).astype(np.float32))
                  for day in (first, second)]  # fmt: skip
        change, seen = coarse[1] - coarse[0], cells_of(fine.astype(np.float32), BLUR * MODIS_PIXEL)
        off = np.abs(seen - coarse[0] - np.median(seen - coarse[0], axis=(1, 2), keepdims=True))
        agree = off <= np.quantile(off, HALF, axis=(1, 2), keepdims=True)
        estimates = (
            (truth - fine).mean(axis=(1, 2)), change.mean(axis=(1, 2)), np.median(change, axis=(1, 2)),
            np.array([mode(band) for band in change]),
            np.array([band[good].mean() for band, good in zip(change, agree)]), without_haze(change, seen),
        )  # fmt: skip
        before = benchmark.errors(fine, truth)
        rows.append([float(np.mean(benchmark.errors(fine + one[:, None, None], truth) / before)) for one in estimates])
        print(f"{first:<10}{second:<10}" + "".join(f"{one:>12.3f}" for one in rows[-1]), flush=True)
    print(f"{'geometric mean':<20}" + "".join(f"{benchmark.mean(one):>12.3f}" for one in zip(*rows)))


def without_haze(change: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """(bands,) mean change without what lies along the spectrum of the contamination.

    That is taken for the first principal component of the change that the fine image does not explain.
    """
    fine, told = ((one - one.mean(axis=(1, 2), keepdims=True)).reshape(len(one), -1) for one in (seen, change))
    left = told - told @ fine.T @ np.linalg.pinv(fine @ fine.T) @ fine
    spectrum = np.linalg.eigh(left @ left.T)[1][:, -1]
    mean = change.mean(axis=(1, 2))
    return mean - spectrum * (spectrum @ mean)


def cells_of(image: np.ndarray, sigma: float = 0.0) -> np.ndarray:
    """An image on fine pixels as cells of a MODIS pixel, (bands, rows, cols); `sigma` in fine pixels."""
    side = round(MODIS_PIXEL)
    rows, cols = (size // side * side for size in image.shape[1:])
    seen, _ = Cells(side, MODIS_PIXEL, sigma).seen(image[:, :rows, :cols], np.ones((rows, cols), bool))
    return seen


def mode(values: np.ndarray) -> float:
    """The half-sample mode: the densest half of the values, halved until two are left; Robertson & Cryer 1974."""
    left = np.sort(values.ravel())
    while len(left) > 2:
        count = -(-len(left) // 2)
        width = left[count - 1 :] - left[: len(left) - count + 1]
        begin = int(np.argmin(width))
        left = left[begin : begin + count]
    return float(left.mean())
