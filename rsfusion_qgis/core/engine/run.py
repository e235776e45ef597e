"""One run of any task, from files to files: read, compute and write overlap, tile by tile.

It knows no task and no operator by name: a task gives a chain of operators and an encoder for a plan, see `chain`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Callable, Optional

import numpy as np

from ..basics.findings import Finding
from ..basics.heap import give_back
from ..basics.interruption import uninterrupted
from ..basics.monitor import Monitor
from ..basics.pending_file import PendingFile, pending_text
from ..basics.stages import OverlappingStages
from ..grid.grid import Window
from ..grid.tile_arrays import within
from ..grid.tiles import Tile, TilePlan, plan_tiles, require_margin_fits, tile_size_for
from ..rasters import radiometry
from ..rasters.background import in_background
from ..rasters.block_cache import bounded_cache
from ..rasters.fill import unforeseen
from ..rasters.sink import RasterSink, commit_all
from ..rasters.trial import try_format
from .chain import Block, Operator
from .job import Job, Result
from .plan import Plan, plan_job
from .register import register_inputs
from .tile_reader import TileReader

__all__ = ["Job", "Monitor", "Result", "Run", "check", "run"]

Page = Callable[[Result, Callable[..., None]], str]
"""What the report of a run says: markup; the second is called with shares of this work, and may raise to stop."""
_MEASURING = 0.05
"""Share of the run for the shift between the rasters."""
_PAGE_PIXELS = 2**20
"""A report takes about as long as so many pixels of the result, as it looks at parts of large rasters."""
_LONGEST_PAGE = 0.4


def check(job: Job) -> tuple[Finding, ...]:
    """The findings that headers give, without running; raises as `plan.plan_job`."""
    plan = plan_job(job)
    return (*plan.findings, *job.task.check(plan))


def run(
    job: Job, monitor: Optional[Monitor] = None, plan: Optional[Plan] = None, page: Optional[Page] = None
) -> Result:
    """Do a job, from files to files: all of them get their names together at the end.

    Parameters
    ----------
    plan : of this job, made before, so that no header is read twice; None = make it.
    page : makes the report, where the job has one, when the rasters are complete.

    Raises
    ------
    RsFusionError
        One sentence for the user; under the names of the results stands what stood there before, inputs are as they
        were.
    """
    return in_background(lambda relay: _run(job, relay, plan, page), monitor or Monitor())


def _run(job: Job, monitor: Monitor, plan: Optional[Plan], page: Optional[Page]) -> Result:
    started = time.perf_counter()
    _go_on(monitor, 0.0)
    monitor.info("Checking the rasters ...")  # at once: packages that are imported for the first time take seconds
    if plan is None:
        plan = plan_job(job)
    plan = replace(plan, findings=(*plan.findings, *job.task.check(plan)))
    if job.task.registers and len(plan.geometry) > 1:
        monitor.info("Measuring the shift between the rasters ...")
    begin = _MEASURING if job.task.registers else 0.0
    if job.task.registers:
        plan = register_inputs(plan, monitor.watch(0.0, begin))
    checked = time.perf_counter()
    pixels = plan.extent.width * plan.extent.height
    late = min(_PAGE_PIXELS / (_PAGE_PIXELS + pixels), _LONGEST_PAGE) if page is not None and job.report else 0.0
    with drawable(plan) as (plan, unwished), Run(plan, monitor.part(begin, 1 - late), unwished) as one:
        with bounded_cache([layer.source for layer in one.layers.values()], one.tiles.size + 2 * one.tiles.halo):
            one.execute()
        result = one.result(time.perf_counter() - started, checked - started)
        if one.job.drawn:
            result = one.draw(result)
        if page is not None and job.report:
            monitor.info("Making the report ...")
            one.add_report(page(result, monitor.watch(1 - late, 1.0)))
        one.commit()
        monitor.progress(1.0)
        return replace(result, made={name: path for name, path in one.job.outputs.items() if name not in unwished})


@contextmanager
def drawable(plan: Plan) -> Iterator[tuple[Plan, tuple[str, ...]]]:
    """The plan with all rasters that its vector layers are drawn from, and which of them nobody wished for.

    Those lie in a folder of their own, which goes at the end.
    """
    job = plan.job
    lacking = tuple(name for name in job.task.draws_from if job.drawn and name not in job.outputs)
    if not lacking:
        yield plan, ()
        return
    with TemporaryDirectory(prefix="rsfusion-") as folder:
        further = {**job.further, **{name: str(Path(folder) / f"{name.lower()}.tif") for name in lacking}}
        yield replace(plan, job=replace(job, further=further)), lacking


def _go_on(monitor: Monitor, progress: float) -> None:
    monitor.progress(progress)
    monitor.raise_when_cancelled()


def seen_of(values: np.ndarray, block: Block) -> np.ndarray:
    """What is written of an array, and the margin around it."""
    return values if values.shape[1:] == block.seen.shape else within(values, block.tile.read, block.seen)


@dataclass(frozen=True)
class Made:
    """What is written of a tile: a window of the results, (bands, rows, cols) of each, and (rows, cols) bool."""

    window: Window
    values: list[np.ndarray]
    valid: np.ndarray


class Run:
    """One run: opened inputs, operators and sinks; closed and cleaned up whatever happens.

    Attributes
    ----------
    plan : Plan
    operators : list of Operator
    encoder : Encoder
    align : int
        Read windows start at multiples of it.
    """

    def __init__(self, plan: Plan, monitor: Monitor, unwished: Sequence[str] = ()) -> None:
        self._unwished = unwished  # parameters of rasters that are made for others only
        self.plan, self.job, self.card, self.monitor = plan, plan.job, plan.card, monitor
        self.findings: list[Finding] = []
        self._tell(plan.findings)
        self.sinks: list[RasterSink] = []
        self._reports: list[PendingFile] = []
        self.operators: list[Operator] = []
        self.layers = {spec.name: plan.open(spec) for spec in plan.raster_specs}
        try:
            chain = plan.task.build(plan, dict(self.layers))
        except BaseException:
            self.close()
            raise
        self.layers.update(chain.layers)
        self.operators, self.encoder, self.scales = list(chain.operators), chain.encoder, chain.scales
        self._said: set[str] = set()
        self._say_fallback()
        self._tell([one for one in chain.findings if one not in self.findings])  # some tasks repeat their check's
        self.reader = TileReader(plan, self.layers, chain)
        own = (*(spec.ratio for spec in self.reader.specs), *(one.align for one in self.operators))
        self.align = math.lcm(self.card.multiple_of, chain.align, *own)
        self.tiles = self._tiles()
        self.computing_seconds = self.survey_seconds = 0.0
        self._progress = 0.0

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give handles back and remove whatever has no name yet; harmless when repeated."""
        with uninterrupted():
            for sink in self.sinks:
                sink.abort()
            for report in self._reports:
                report.discard()
            for item in (*self.layers.values(), *self.operators):
                item.close()

    def _tell(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self.findings.append(finding)
            (self.monitor.warning if finding.severity == "warning" else self.monitor.info)(finding.sentence)

    def _say_fallback(self) -> None:
        """Warn, once, that something could not be done as wished; it may come up in mid-run, too."""
        for one in self.operators:
            if one.fallback and one.fallback not in self._said:
                self._said.add(one.fallback)
                self.monitor.warning(one.fallback)

    def halo(self, upto: Optional[int] = None) -> int:
        """Pixels to read around what is wanted, so that the operators (the first `upto` of them) see what they need."""
        made, given = self.encoder.margin, self.encoder.margin
        for one in reversed(self.operators[:upto]):
            given, made = max(given, made + one.sees), made + one.widens
        return max(given, made)

    def _tiles(self) -> TilePlan:
        halo, bands = self.halo(), sum(len(layer.source.bands) for layer in self.layers.values())
        memory = self.job.memory_mb * 2**20
        if not self.job.method:  # the card of a network may say anything
            require_margin_fits(memory, self.encoder.bytes_per_pixel(bands), halo, self.align)
        size = self.job.tile_size or self.encoder.tile_size(memory, bands, halo)
        size = size or tile_size_for(memory, self.encoder.bytes_per_pixel(bands), halo)
        return plan_tiles(self.plan.extent, size, halo, self.align)

    def execute(self) -> None:
        """All tiles, and complete rasters that have no name yet; on an error or a cancel nothing is left."""
        if not self.encoder.late:
            self.open_sinks()
        self.learn()
        if self.encoder.late:
            self.open_sinks()
        for one in self.operators:
            if one.stage:
                self.monitor.info(f"{one.stage} ...")
        stages = OverlappingStages((self.read, self._compute, self._write))

        def watch() -> None:
            self._watch(self._progress + (1 - self._progress) * stages.done / len(self.tiles))

        stages.run(self.tiles, watch, self._terminate)
        watch()
        self._tell(self.encoder.findings())
        sources = [layer.source for layer in self.layers.values()]
        self._tell([*radiometry.rounded(sources), *unforeseen(sources)])
        self.finish()
        self.monitor.progress(1.0)

    def learn(self) -> None:
        """What operators want to know of the whole domain, whatever the extent; what they learned may widen tiles."""
        for place, one in enumerate(self.operators):
            self._learn(place, one)
        self.tiles = self._tiles()
        self.reader.begin()

    def made(self, tile: Tile) -> Made:
        """One tile, from the files to what is written of it; for those who do tiles elsewhere, after `learn`."""
        return self._stored(self._compute(self.read(tile)))

    def put(self, made: Made) -> None:
        """Write a tile into all results, which are open."""
        for sink, values in zip(self.sinks, made.values):
            sink.write(made.window, values, made.valid)
            sink.release_blocks()

    def finish(self) -> None:
        """Complete all rasters, which have no names yet."""
        for sink in self.sinks:
            sink.finish(lambda _: self._watch(1.0))

    def open_sinks(self) -> None:
        """Begin the rasters that are to be written."""
        job, names = self.job, {path: name for name, path in self.job.outputs.items()}
        lost = [header.role for header in self.plan.headers.values() if header.rpc and not self.plan.rpc]
        found = f"{' and '.join(lost)} has rational polynomial coefficients (RPC), which the result does not get"
        self._tell([Finding("rpc", "warning", lost[0], found, cure="orthorectify it first")] if lost else [])
        for path, profile in self.encoder.targets:
            form = ("", ()) if names[path] in self._unwished else (job.output_format, job.creation_options)
            how = path, replace(profile, metadata={**profile.metadata, **self.plan.rpc}), *form, names[path]
            loss = try_format(*how)
            self._tell([loss] if loss else [])
            self.sinks.append(RasterSink(*how))

    def draw(self, result: Result) -> Result:
        """The vector layers, which get their names with the rasters; the result with what the task says of them."""
        for name, path in self.job.drawn.items():
            self._reports.append(PendingFile(path, name))
        files = {one.parameter: one.file for one in self._reports}
        drawn = self.job.task.draw(result, files, lambda _: self._watch(1.0))
        return replace(result, drawn=drawn)

    def add_report(self, text: str) -> None:
        """A page about the run, which gets its name with the rasters."""
        self._reports.append(pending_text(self.job.report, text, "REPORT"))

    def commit(self) -> None:
        """Give all results their names, or none of them."""
        commit_all(self.sinks, others=self._reports)

    def _learn(self, place: int, one: Operator) -> None:
        """Let an operator learn of the whole domain, whatever the extent; that has its share of the progress."""
        pupil = one.survey(self, place)
        if pupil is None:
            return
        stage = getattr(pupil, "stage", "")
        if stage and pupil.windows:
            self.monitor.info(f"{stage} ...")
        if pupil.windows:
            started, extent, before = time.perf_counter(), self.plan.extent, self._progress
            cost = pupil.COST * sum(window.width * window.height for window in pupil.windows)
            share = (1 - before) * cost / (cost + extent.width * extent.height)
            stages, count = OverlappingStages((pupil.read_sample, pupil.add_sample)), len(pupil.windows)
            stages.run(pupil.windows, lambda: self._watch(before + share * stages.done / count), self._terminate)
            pupil.solve()
            self._progress = before + share
            self.survey_seconds += time.perf_counter() - started
        self._tell(one.learned(self))

    def _terminate(self) -> None:
        for one in self.operators:
            one.terminate()

    def _watch(self, progress: float) -> None:
        self.monitor.progress(progress)
        self._say_fallback()
        self.monitor.raise_when_cancelled()

    def read(self, tile: Tile) -> Block:
        """See `TileReader`."""
        return self.reader.read(tile)

    def _compute(self, block: Block) -> Block:
        if block.arrays is None:
            return block
        started = time.perf_counter()
        give_back()
        for one in self.operators:
            one.apply(block)
        # The halo goes at once: with a wide one, most of what would wait.
        made = {spec.name: seen_of(block.arrays[spec.name][0], block)
                for spec in self.card.outputs if spec.name in block.arrays}  # fmt: skip
        block.arrays = {name: np.ascontiguousarray(values) for name, values in made.items()}
        self.computing_seconds += time.perf_counter() - started
        return block

    def _write(self, block: Block) -> None:
        self.put(self._stored(block))

    def _stored(self, block: Block) -> Made:
        tile, extent = block.tile, self.plan.extent
        where = tile.write.shifted(-extent.col_off, -extent.row_off)
        valid = within(block.everywhere, tile.read, block.seen)
        stored = self.encoder.stored(block.arrays or {}, valid, block.kept)
        return Made(where, stored, self.encoder.written(within(valid, block.seen, tile.write), stored))

    def result(self, seconds: float, checking_seconds: float) -> Result:
        """What the run did."""
        extent, profile = self.tiles.extent, self.encoder.targets[0][1]
        provider = next((one.provider for one in self.operators if one.provider), "")
        return Result(
            self.job.output, tuple(self.findings), provider or "NumPy", len(self.tiles), self.tiles.size,
            extent.width * extent.height, seconds, checking_seconds, self.computing_seconds, self.survey_seconds,
            {role: one.moved for role, one in self.plan.geometry.items()}, profile.classes, self.plan.domain,
            tuple(band.description for band in profile.bands), self.encoder.summary(),
            {name: path for name, path in self.job.outputs.items()
             if path != self.job.output and name not in self._unwished},
            {sink.pending.parameter: str(sink.pending.file) for sink in self.sinks}, self.plan,
            numbers={name: found for one in self.operators for name, found in one.numbers.items()},
        )  # fmt: skip
