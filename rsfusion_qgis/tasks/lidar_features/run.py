"""Features of a LiDAR surface model, from files to a file: read, compute and write overlap, tile by tile."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from ...core.basics.errors import CancelledError
from ...core.basics.monitor import Monitor
from ...core.basics.stages import OverlappingStages
from ...core.grid.grid import Window
from ...core.grid.tiles import Tile, TilePlan, plan_tiles
from ...core.rasters.sink import OutputProfile, RasterSink
from ...core.rasters.source import RasterSource
from ...core.sensors.lidar.feature import View
from ...core.sensors.lidar.ground import estimate_ground
from ...core.sensors.lidar.memory import tile_size
from .companion import read_physical
from .job import DSM, DTM, INTENSITY, LidarJob
from .preparation import Preparation, prepare
from .seen import Seen

DOMAIN = "RSFUSION"
"""Metadata domain of the result that says how it came about."""
_LARGEST_TILE, _HALOS = 1024, 2  # pixels, so that progress is smooth; or so many halos, so that little is read twice
_MOST_WORKERS = 8
_CANCELLED = "The run was cancelled; nothing was written."


@dataclass(frozen=True)
class LidarResult:
    """What a run did.

    Attributes
    ----------
    output : str
    bands : tuple of str
        Their descriptions.
    tiles, tile_size : int
    seconds : float
    sentences : tuple of str
        What was found about the rasters.
    warnings : int
        How many of these are warnings.
    """

    output: str
    bands: tuple[str, ...]
    tiles: int
    tile_size: int
    seconds: float
    sentences: tuple[str, ...]
    warnings: int


@dataclass
class _Work:
    """A tile on its way through the stages: the surface with the whole halo, the others with the features' margin."""

    tile: Tile
    surface: np.ndarray
    terrain: Optional[np.ndarray]
    intensity: Optional[np.ndarray]
    result: Optional[np.ndarray] = None


def run(job: LidarJob, monitor: Optional[Monitor] = None) -> LidarResult:
    """Compute the features.

    Raises
    ------
    RsFusionError
        One sentence for the user; nothing stands under the output's name, inputs are as they were.
    """
    started, monitor = time.perf_counter(), monitor or Monitor()
    preparation = prepare(job)
    with _Run(preparation, monitor) as work:
        for finding in preparation.findings:
            work.say(finding.sentence, finding.severity == "warning")
        work.execute()
        return work.result(time.perf_counter() - started)


class _Run:
    """One run: opened rasters, workers and sink; closed and cleaned up whatever happens."""

    def __init__(self, preparation: Preparation, monitor: Monitor) -> None:
        self.preparation, self.job, self.monitor = preparation, preparation.job, monitor
        self.setting, self.features = preparation.setting, preparation.features
        self.bands = tuple(band for feature in self.features for band in feature.bands(self.setting))
        reaches = [feature.reach(self.setting) for feature in self.features]
        self.margin = max(r for r, _ in reaches), max(c for _, c in reaches)
        self.plan = self._plan()
        self.dsm = RasterSource(self.job.dsm, DSM)
        self.terrain, self.intensity = preparation.open(DTM), preparation.open(INTENSITY)
        self.seen, self.sentences, self.warnings = Seen(), [], 0
        self._stopped, self._rows_read = threading.Event(), self.plan.extent.row_off
        self._workers = ThreadPoolExecutor(min(_MOST_WORKERS, os.cpu_count() or 1))
        self.sink: Optional[RasterSink] = None

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *_: object) -> None:
        if self.sink is not None:
            self.sink.abort()
        self._workers.shutdown()
        for source in self._sources():
            source.close()

    def _sources(self) -> list[RasterSource]:
        return [self.dsm, *(c.source for c in (self.terrain, self.intensity) if c is not None)]

    def _plan(self) -> TilePlan:
        ground, extent = self.preparation.ground, self.preparation.extent
        halo = max(self.margin) + (ground.halo if ground else 0)
        fitting = tile_size(self.job.memory_mb * 2**20, len(self.bands), halo, ground.cell if ground else 0)
        size = self.job.tile_size or min(fitting, max(_LARGEST_TILE, _HALOS * halo))
        return plan_tiles(extent, size, halo, ground.cell if ground else 1)

    def say(self, sentence: str, warning: bool) -> None:
        """Tell the user, and keep it for the result."""
        self.sentences.append(sentence)
        self.warnings += warning
        (self.monitor.warning if warning else self.monitor.info)(sentence)

    def execute(self) -> None:
        """All tiles, then the rename; on an error or a cancel nothing is left."""
        grid, metadata = self.dsm.grid.crop(self.plan.extent), {DOMAIN: self._history()}
        profile = OutputProfile(grid, self.bands, "Float32", float("nan"), metadata=metadata)
        self.sink = RasterSink(self.job.output, profile, self.job.output_format, self.job.creation_options)
        stages = OverlappingStages((self._read, self._compute, self._write))
        stages.run(self.plan, lambda: self._watch(stages.done / len(self.plan)), self._stopped.set)
        for warning in self.seen.judged(self.job, self.preparation.pairs):
            self.say(warning, True)
        self.sink.commit(lambda _: self._watch(1.0))
        self._watch(1.0)

    def _watch(self, progress: float) -> None:
        self.monitor.progress(progress)
        if self.monitor.is_cancelled():
            raise CancelledError(_CANCELLED)

    def _stop(self) -> None:
        if self._stopped.is_set():
            raise CancelledError(_CANCELLED)

    def _read(self, tile: Tile) -> _Work:
        if tile.write.row_off > self._rows_read:  # a new row of tiles: GDAL need not keep the blocks of the last
            self._rows_read = tile.write.row_off
            for source in self._sources():
                source.release_blocks()
        surface = read_physical(self.dsm, self._inside(tile.read), self.preparation.factor)
        around = self._inside(self._around(tile))
        others = (None if c is None else c.read(around) for c in (self.terrain, self.intensity))
        return _Work(tile, surface, *others)

    def _around(self, tile: Tile) -> Window:
        """What the features see of a tile; it may reach beyond the raster."""
        (rows, cols), write = self.margin, tile.write
        return Window(write.col_off - cols, write.row_off - rows, write.width + 2 * cols, write.height + 2 * rows)

    def _inside(self, window: Window) -> Window:
        return window.intersection(self.dsm.grid.window)

    def _compute(self, work: _Work) -> _Work:
        view = self._view(work)
        valid = ~np.isnan(view.around(view.surface, (0, 0)))
        work.result = np.full((len(self.bands), *work.tile.write.shape), np.nan, np.float32)
        if valid.any():
            self.seen.add(view, valid)
            view = self._floored(view)
            band = 0
            for feature in self.features:
                self._stop()
                centre = view.around(getattr(view, feature.looks_at), (0, 0))
                for values in feature.compute(view, self.setting):
                    np.copyto(work.result[band], values, where=valid & ~np.isnan(centre))
                    band += 1
        work.surface = work.terrain = work.intensity = None
        return work

    def _view(self, work: _Work) -> View:
        """The tile as features see it: cut to their margin, NaN beyond the raster."""
        around, read = self._around(work.tile), self._inside(work.tile.read)
        inside = self._inside(around)
        rows = slice(inside.row_off - read.row_off, inside.row_end - read.row_off)
        cols = slice(inside.col_off - read.col_off, inside.col_end - read.col_off)
        surface = work.surface[rows, cols]
        arrays = surface, self._heights(surface, work, rows, cols), work.intensity
        pad = (
            (inside.row_off - around.row_off, around.row_end - inside.row_end),
            (inside.col_off - around.col_off, around.col_end - inside.col_end),
        )
        padded = (None if a is None else np.pad(a, pad, constant_values=np.nan) for a in arrays)
        return View(*padded, self.margin, self._stop, self._workers)

    def _floored(self, view: View) -> View:
        if not (self.setting.ground and self.job.floor):
            return view
        return replace(view, heights=np.maximum(view.heights, np.float32(0)))

    def _heights(self, surface: np.ndarray, work: _Work, rows: slice, cols: slice) -> np.ndarray:
        """Heights above the ground, of the surface itself where none is known, on a part of the work's surface."""
        plan = self.preparation.ground
        if work.terrain is not None:
            return surface - work.terrain
        return surface if plan is None else surface - estimate_ground(work.surface, plan, rows, cols)

    def _write(self, work: _Work) -> None:
        where = work.tile.write.shifted(-self.plan.extent.col_off, -self.plan.extent.row_off)
        self.sink.write(where, work.result, ~np.isnan(work.result[0]))
        self.sink.release_blocks()

    def _history(self) -> dict[str, str]:
        setting, job = self.setting, self.job
        history = {
            "TASK": "lidarfeatures",
            "FEATURES": ",".join(feature.id for feature in self.features),
            "WINDOW": " x ".join(str(2 * r + 1) for r in setting.reach),
            "HEIGHTS": {"DTM": "DSM - DTM", "estimate": "DSM - estimated ground"}.get(setting.ground, "DSM"),
            "GROUND_WINDOW": f"{job.ground_window_m:g}" if setting.ground == "estimate" else "",
        }
        for i, sentence in enumerate(self.sentences):
            history[f"FINDING_{i + 1}"] = sentence
        return {key: value for key, value in history.items() if value}

    def result(self, seconds: float) -> LidarResult:
        """What the run did."""
        return LidarResult(
            self.job.output, tuple(band.description for band in self.bands), len(self.plan), self.plan.size, seconds,
            tuple(self.sentences), self.warnings,
        )  # fmt: skip
