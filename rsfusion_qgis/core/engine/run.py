"""The loop from file to file: read, infer and write overlap, tile by tile; the only module that knows all others.

What infers is a network's session, or a classical method's, which has the same interface but gathers statistics
of the whole domain before the first tile.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any, Optional, Union

import numpy as np

from ...tasks.cloud_removal.encode import RESTORED, CloudResult
from ...tasks.cloud_removal.inputs import OPTICAL, CloudInputs, cloud_inputs
from ...tasks.cloud_removal.scene_forest import REACH_PX
from ...tasks.cloud_removal.scene_teaching import SceneTeacher, why_not
from ...tasks.cloud_removal.task import CLOUD_REMOVAL
from ...tasks.land_cover.encode import ClassResult
from ..basics.errors import CancelledError
from ..basics.findings import Finding
from ..basics.monitor import Monitor
from ..basics.stages import OverlappingStages
from ..grid.grid import Window
from ..grid.tile_arrays import at_output, coarser, within
from ..grid.tiles import Tile, TilePlan, plan_tiles, tile_size_for
from ..networks.card import RATIO_ROLE, InputSpec
from ..networks.session import InferenceSession
from ..operators.back_projection import MsConsistency, Recorded, wish_of
from ..operators.gain_survey import GainSurvey, consistency_of
from ..operators.image import ImageResult
from ..operators.sharpening.session import ClassicalSession
from ..operators.sharpness import REACH_PX as FILTER_PX
from ..operators.sharpness import Taps, filtered, filters_of
from ..operators.views import averaged
from ..rasters import radiometry
from ..rasters.aligned_input import Scale
from ..rasters.class_spec import ClassSpec
from ..rasters.sink import RasterSink, commit_all
from ..sensors.reflectance import SCALE
from .job import ClassWishes, CloudWishes, FusionJob, FusionResult, ImageWishes
from .plan import Preparation, prepare
from .register import register_inputs

__all__ = ["ClassWishes", "CloudWishes", "FusionJob", "FusionResult", "ImageWishes", "Monitor", "check", "run"]

_CANCELLED = "The run was cancelled; nothing was written."


@dataclass
class _Work:
    """A tile on its way through the stages."""

    tile: Tile
    tensors: Optional[dict[str, np.ndarray]]  # None: nothing valid here, nothing to infer
    valid: np.ndarray  # (bands, rows, cols) of the written part and the result's margin around it
    kept: dict[str, np.ndarray]  # role -> (bands, rows, cols) as stored, of the same part; what the result asks for
    recorded: Optional[Recorded] = None  # what the result shall be consistent with
    outputs: Optional[dict[str, np.ndarray]] = None  # of the network, of the same part


def check(job: FusionJob) -> tuple[Finding, ...]:
    """The findings that headers give, without running; raises as `preparation.prepare` does."""
    preparation = prepare(job)
    if preparation.card.task == CLOUD_REMOVAL.card_task:
        why_not(job)
    if not preparation.card.outputs[0].like:
        return preparation.findings
    return (*preparation.findings, *filter(None, (filters_of(preparation)[1], wish_of(job, preparation)[1])))


def run(job: FusionJob, monitor: Optional[Monitor] = None) -> FusionResult:
    """Fuse, from files to a file.

    Raises
    ------
    RsFusionError
        One sentence for the user; nothing stands under the output's name, inputs are as they were.
    """
    monitor = monitor or Monitor()
    started = time.perf_counter()
    preparation = prepare(job)

    def watch(_: float) -> None:
        monitor.progress(0.0)
        if monitor.is_cancelled():
            raise CancelledError(_CANCELLED)

    preparation = register_inputs(preparation, watch)
    checked = time.perf_counter()
    with _Run(preparation, monitor) as fusion:
        fusion.execute()
        return fusion.result(time.perf_counter() - started, checked - started)


class _Run:
    """One run: opened inputs, session and sink; closed and cleaned up whatever happens."""

    def __init__(self, preparation: Preparation, monitor: Monitor) -> None:
        self.preparation, self.job, self.monitor = preparation, preparation.job, monitor
        for finding in preparation.findings:
            self._tell(finding)
        self.card = preparation.card
        self.session: Union[InferenceSession, ClassicalSession]
        if not self.job.classical:
            self.session = InferenceSession(self.job.model, self.card, self.job.device, self.job.threads)
        self.opened = {s.name: preparation.open(s) for s in preparation.raster_specs}
        self.inputs: dict[str, Any] = dict(self.opened)  # what tiles are read from: these, or what converts them
        if self.job.classical:
            self.session = ClassicalSession(self.job.classical, **self.inputs, ratio=preparation.ratio)
            self.inputs.update(self.session.inputs)
        self._said = ""
        self._say_fallback()
        self.cloud = self._look_for_clouds() if self.card.task == CLOUD_REMOVAL.card_task else None
        self.specs = tuple(s for s in self.card.inputs if s.name in self.inputs)
        self.scales = {s.name: self._scale(s) for s in self.specs}
        self.output = self.card.outputs[0]
        self.like = next((s.name for s in self.specs if s.role == self.output.like), "")
        self.result_maker = self._maker()
        self.notes: list[Finding] = []
        self.filters = self._filters()
        self.teacher, self.consistency = self._teacher(), self._consistency()
        self.plan = self._plan()
        self.inference_seconds = self.statistics_seconds = 0.0
        self._progress = 0.0  # share of the run that lies behind the first tile
        self.sinks: list[RasterSink] = []
        self._rows_read = self.plan.extent.row_off

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *_: object) -> None:
        for sink in self.sinks:
            sink.abort()
        for item in (*self.inputs.values(), self.session):
            item.close()

    def _look_for_clouds(self) -> CloudInputs:
        """Find out what the rasters of a cloud removal hold, and put readers that convert it in their place."""
        found = cloud_inputs(self.preparation, {s.role: self.inputs[s.name] for s in self.preparation.raster_specs})
        self.inputs.update({self.card.input(role).name: reader for role, reader in found.readers.items()})
        for finding in found.findings:
            self._tell(finding)
        return found

    def _teacher(self) -> Optional[SceneTeacher]:
        """What learns from the clear pixels of a cloudy scene, where it can."""
        if self.cloud is None:
            return None
        reason = why_not(self.job)
        if reason is None:
            return SceneTeacher(self.preparation.domain, self.card, self.inputs, self.scales)
        self._note(reason)
        return None

    def _filters(self) -> dict[str, Taps]:
        """Of the inputs that the network wants matched to another one."""
        filters, note = filters_of(self.preparation)
        if note is not None:
            self._note(note)
        return filters

    @property
    def _halo(self) -> int:
        """What the network, and what precedes it, sees around a tile."""
        return self.card.halo + (FILTER_PX if self.filters else 0)

    def _consistency(self) -> Union[MsConsistency, GainSurvey, None]:
        """What makes the result consistent with the image that it resembles, or first measures how blurred that is."""
        if not self.like or self.cloud is not None:
            return None
        ms, scale = self.opened[self.like], self.scales[self.like]
        halo = self._halo + self.result_maker.margin
        made, note = consistency_of(self.preparation, ms, scale, halo, self._align, self._read, self._image)
        if note is not None:
            self._note(note)
        return made

    def _note(self, finding: Finding) -> None:
        """Tell a finding that the run itself made; it stands in the result, too."""
        self.notes.append(finding)
        self._tell(finding)

    def _tell(self, finding: Finding) -> None:
        (self.monitor.warning if finding.severity == "warning" else self.monitor.info)(finding.sentence)

    def _maker(self) -> Union[ImageResult, ClassResult, CloudResult]:
        if self.cloud is not None:
            unit = self.cloud.units[OPTICAL][1] * SCALE
            return CloudResult(self.preparation, self.card.outputs, self.scales[self.like], unit)
        if self.output.classes:
            return ClassResult(self.preparation, self.output)
        return ImageResult(self.preparation, self.output, self.scales[self.like])

    def _say_fallback(self) -> None:
        """Warn, once, that another device than the first choice does the work; it may fail in mid-run, too."""
        if self.session.fallback != self._said:
            self._said = self.session.fallback
            self.monitor.warning(self._said)

    def _scale(self, spec: InputSpec) -> Scale:
        """Offset and scale of each band of an input: the raster's own, or the card's constants."""
        opened = self.inputs[spec.name]
        own = opened.statistics() if spec.scaling.kind == "dataset" else Scale(None, None)
        bands = len(spec.bands or opened.source.bands)
        scale = Scale(*radiometry.resolve(spec.scaling, bands, own.offset, own.scale))
        return scale if self.cloud is None else self.cloud.scaled(spec.role, scale)

    @property
    def _align(self) -> int:
        return math.lcm(self.card.multiple_of, *(s.ratio for s in self.specs))

    def _plan(self) -> TilePlan:
        bands = sum(len(i.source.bands) for i in self.inputs.values())
        halo = max(self._halo, REACH_PX if self.teacher else 0) + self.result_maker.margin
        halo += self.consistency.reach if isinstance(self.consistency, MsConsistency) else 0
        needed = self.result_maker.bytes_per_pixel(bands)
        size = self.job.tile_size or tile_size_for(self.job.memory_mb * 2**20, needed, halo)
        return plan_tiles(self.preparation.extent, size, halo, self._align)

    def execute(self) -> None:
        """All tiles, then the rename; on an error or a cancel nothing is left."""
        job = self.job
        for path, profile in self.result_maker.targets:
            self.sinks.append(RasterSink(path, profile, job.output_format, job.creation_options))
        if isinstance(self.session, ClassicalSession):
            self._survey(self.session)
        if self.teacher is not None:
            self._survey(self.teacher)
            self._note(self.teacher.finding())
        if isinstance(self.consistency, GainSurvey):
            self._survey(self.consistency)
            self.consistency, note = self.consistency.outcome(self.preparation)
            self._note(note)
            self.plan = self._plan()
        stages = OverlappingStages((self._read, self._infer, self._write))

        def watch() -> None:
            self._watch(self._progress + (1 - self._progress) * stages.done / len(self.plan))

        stages.run(self.plan, watch, self.session.terminate)
        watch()
        commit_all(self.sinks)
        for finding in self.result_maker.findings() if isinstance(self.result_maker, CloudResult) else ():
            self._note(finding)
        self.monitor.progress(1.0)

    def _survey(self, pupil: Union[ClassicalSession, SceneTeacher, GainSurvey]) -> None:
        """What is learned of the whole domain, whatever the extent; it has its share of the progress."""
        started, windows = time.perf_counter(), pupil.windows
        if not windows:
            return
        surveyed, extent = pupil.COST * sum(w.width * w.height for w in windows), self.plan.extent
        share = surveyed / (surveyed + extent.width * extent.height)
        stages = OverlappingStages((pupil.read_sample, pupil.add_sample))
        stages.run(windows, lambda: self._watch(share * stages.done / len(windows)), self.session.terminate)
        pupil.solve()
        self._progress, self.statistics_seconds = share, time.perf_counter() - started

    def _watch(self, progress: float) -> None:
        self.monitor.progress(progress)
        self._say_fallback()
        if self.monitor.is_cancelled():
            raise CancelledError(_CANCELLED)

    def _read(self, tile: Tile) -> _Work:
        if tile.write.row_off > self._rows_read:  # a new row of tiles: GDAL need not keep the blocks of the last
            self._rows_read = tile.write.row_off
            for item in self.inputs.values():
                item.source.release_blocks()
        seen = tile.write.grown(self.result_maker.margin)
        bands = len(self.inputs[self.like].source.bands) if self.like else 1
        tensors, kept, valid = {}, {}, np.ones((bands, *tile.read.shape), bool)
        for spec in self.specs:
            values, there = self.inputs[spec.name].read(coarser(tile.read, spec.ratio))
            scale = self.scales[spec.name]
            tensors[spec.name] = radiometry.to_network(values, scale.offset, scale.scale)[None]
            if spec.name in self.filters:
                tensors[spec.name] = filtered(tensors[spec.name], self.filters[spec.name])
            if spec.role in self.result_maker.wants:
                kept[spec.role] = within(values, tile.read, seen)
            if self.preparation.needs(spec.role):
                valid &= at_output(there, spec.ratio, spec.name == self.like)
            if not spec.required:
                tensors[spec.name][:, :, ~there.all(axis=0)] = spec.stand_in
        everywhere, valid = valid, within(valid, tile.read, seen)
        if not valid.any() or not self.result_maker.needs_network(kept):
            return _Work(tile, None, valid, kept)
        recorded = self.consistency.recorded(tile.read, everywhere) if self.consistency else None
        for spec in self.card.inputs:
            if spec.name not in tensors:
                tensors[spec.name] = self._absent(spec, tile.read)
        return _Work(tile, tensors, valid, kept, recorded)

    def _absent(self, spec: InputSpec, window: Window) -> np.ndarray:
        """What stands in the place of a raster that was not given; the ratio of pixel sizes is no raster."""
        if spec.role == RATIO_ROLE:
            return np.array([self.preparation.ratio], np.float32)
        return np.full((1, len(spec.bands or (0,)), *coarser(window, spec.ratio).shape), spec.stand_in, np.float32)

    def _image(self, tensors: dict[str, np.ndarray]) -> np.ndarray:
        """What is fused of a tile's tensors, (bands, rows, cols), in the network's units."""
        return self.session.run(tensors)[self.output.name][0]

    def _infer(self, work: _Work) -> _Work:
        if work.tensors is None:
            return work
        started = time.perf_counter()
        read, seen = work.tile.read, work.tile.write.grown(self.result_maker.margin)
        outputs = averaged(self.session.run, work.tensors, self.job.image.views)
        if isinstance(self.consistency, MsConsistency):
            name = self.output.name
            outputs[name] = self.consistency.improve(outputs[name][0], read, work.recorded)[None]
        # The halo goes at once: with a wide one, most of what would wait.
        work.outputs = {name: np.ascontiguousarray(within(values[0], read, seen)) for name, values in outputs.items()}
        if self.teacher is not None:
            wanted = self.result_maker.replaced(work.kept)
            self.teacher.average(work.outputs[RESTORED], work.tensors, read, seen, wanted)
        self.inference_seconds += time.perf_counter() - started
        work.tensors = None
        return work

    def _write(self, work: _Work) -> None:
        tile, seen = work.tile, work.tile.write.grown(self.result_maker.margin)
        where = tile.write.shifted(-self.plan.extent.col_off, -self.plan.extent.row_off)
        there = within(work.valid, seen, tile.write).all(axis=0)
        for sink, stored in zip(self.sinks, self.result_maker.stored(work.outputs or {}, work.valid, work.kept)):
            sink.write(where, stored, there)
            sink.release_blocks()

    def result(self, seconds: float, checking_seconds: float) -> FusionResult:
        extent = self.plan.extent
        findings = (*self.preparation.findings, *(self.cloud.findings if self.cloud else ()), *self.notes)
        return FusionResult(
            self.job.output, findings, self.session.provider, len(self.plan), self.plan.size,
            extent.width * extent.height, seconds, checking_seconds, self.inference_seconds,
            self.statistics_seconds, {role: g.moved for role, g in self.preparation.geometry.items()},
            self._class_pixels(), self.preparation.domain,
            {name: path for name, path in self.job.outputs.items() if path != self.job.output},
        )  # fmt: skip

    def _class_pixels(self) -> tuple[tuple[ClassSpec, int], ...]:
        maker = self.result_maker
        return tuple(zip(maker.classes, map(int, maker.pixels))) if isinstance(maker, ClassResult) else ()
