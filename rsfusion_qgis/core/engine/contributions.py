"""What did each raster give? One run of a network in which every tile is computed for several sets of its rasters.

A raster that is left out is replaced by what the network's card says stands for an absent one. What works on the
network's answer afterwards, such as back-projection, takes no part. Arrays are (bands, rows, cols), in what is told
(sets, measures, rows, cols); better is more.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..basics.monitor import Monitor
from ..basics.stages import OverlappingStages
from ..grid.tile_arrays import within
from ..grid.tiles import Tile
from ..measures.classes.probabilities import probabilities
from ..measures.shapley import Design, design
from ..networks.card_fields import InputSpec
from ..rasters.background import in_background
from ..rasters.samples.samples import SampleSource
from ..rasters.sink import OutputProfile, RasterSink, commit_all
from ..rasters.source import BandInfo
from .chain import Block
from .contribution_judges import Judge, judge_of
from .job import Job
from .output_profile import DOMAIN, history
from .plan import Plan, plan_job
from .register import register_inputs
from .run import Run, seen_of


@dataclass(frozen=True)
class Contributions:
    """What was found.

    Attributes
    ----------
    roles : tuple of str
        The user's names of the rasters.
    measures : tuple of (name, what it says), the first is that of the map.
    results : ndarray
        (sets, measures): mean over the pixels.
    design : Design
    optional : tuple of bool
        For each raster, whether the network was trained to do without.
    pixels, runs : int
        Pixels that took part; times that the network was run on each tile.
    against_truth : bool
    findings : sequence of Finding
    plan : Plan
    seconds : float
    """

    roles: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]
    results: np.ndarray
    design: Design
    optional: tuple[bool, ...]
    pixels: int
    runs: int
    against_truth: bool
    findings: tuple[Finding, ...]
    plan: Plan
    seconds: float

    @property
    def values(self) -> np.ndarray:
        """(roles, measures) Shapley values; they add up to `total`."""
        return self.design.weights @ self.results

    @property
    def total(self) -> np.ndarray:
        """(measures,): with all rasters less with none."""
        return self.results[0] - self.results[1]

    @property
    def shares(self) -> np.ndarray:
        """(roles, measures) of the credit: the value over the sum of all values without their signs."""
        sizes = np.abs(self.values).sum(axis=0)
        return self.values / np.where(sizes > 0, sizes, 1.0)

    @property
    def left_out(self) -> np.ndarray:
        """(roles, measures): what is lost where one raster alone is left out."""
        return np.array([self.results[0] - self.results[self.design.without(one)] for one in range(len(self.roles))])

    @property
    def alone(self) -> np.ndarray:
        """(roles, measures): what one raster alone gives beyond none; NaN where that was not tried."""
        places = [self.design.alone(one) for one in range(len(self.roles))]
        nothing = np.full(len(self.measures), np.nan)
        return np.array([nothing if at is None else self.results[at] - self.results[1] for at in places])


def contributions(
    job: Job, monitor: Monitor, truth: str = "", samples: Optional[SampleSource] = None, page: Any = None
) -> Contributions:
    """Measure what each raster of a job gives, and write the map (OUTPUT) and the texts where they are wished.

    Parameters
    ----------
    job : of a network; OUTPUT, where named, gets the map: one band for each raster, what it gave at each pixel.
    truth : a raster of what the network estimates; "" = none.
    samples : classes that are known, for a network that gives classes.
    page : (Contributions) -> texts to write with the map, `PendingFile`s.

    Raises
    ------
    RsFusionError
        One sentence; nothing is written then.
    """
    return in_background(lambda relay: _contributions(job, relay, truth, samples, page), monitor)


def players(plan: Plan) -> tuple[InputSpec, ...]:
    """The card's inputs that may be left out: rasters that were given, without those that are masks or codes.

    Raises
    ------
    InputError
        There are fewer than two.
    """
    task = plan.task
    found = tuple(s for s in plan.raster_specs if not (task.role(s.role).codes or task.role(s.role).derived))
    if len(found) < 2:
        names = ", ".join(task.parameter(spec.role) for spec in found) or "none"
        raise InputError(
            f"Only {names} is given of the rasters that MODEL '{plan.card.name}' takes; expected two or more, since "
            "their contributions are compared."
        )
    return found


def _contributions(
    job: Job, monitor: Monitor, truth: str, samples: Optional[SampleSource], page: Any
) -> Contributions:
    started = time.perf_counter()
    plan = plan_job(job)
    job.task.check(plan)
    players(plan)
    if job.task.registers:
        plan = register_inputs(plan, lambda _: monitor.raise_when_cancelled())
    with Contest(plan, monitor, truth, samples) as contest:
        contest.execute()
        found = replace(contest.found(), seconds=time.perf_counter() - started)
        texts = page(found) if page is not None else ()
        try:
            commit_all(contest.sinks, others=texts)
        finally:
            for text in texts:
                text.discard()
    return found


class Contest(Run):
    """A run whose network is asked once for each set of rasters."""

    def __init__(self, plan: Plan, monitor: Monitor, truth: str, samples: Optional[SampleSource]) -> None:
        self.judge: Optional[Judge] = None
        super().__init__(plan, monitor)
        try:
            self.players = players(plan)
            self.design = design(len(self.players))
            last = max((n for n, one in enumerate(self.operators) if _is_network(one, plan)), default=-1)
            if last < 0:
                raise InputError(f"MODEL '{plan.card.name}' is no network; expected one, so choose another MODEL.")
            for one in self.operators[last + 1 :]:
                one.close()
            self.operators = self.operators[: last + 1]
            self.tiles = self._tiles()
            self.judge = judge_of(plan, truth, samples, monitor)
        except BaseException:
            self.close()
            raise
        self.sums, self.pixels, self.runs = np.zeros((len(self.design.sets), len(self.judge.measures))), 0, 0

    def close(self) -> None:
        """See `Run`."""
        super().close()
        if self.judge is not None:
            self.judge.close()

    def open_sinks(self) -> None:
        """The map, where it is wished."""
        job = self.job
        if not job.output:
            return
        names = [self.plan.task.parameter(spec.role) for spec in self.players]
        bands = tuple(BandInfo(n, "Float32", f"{name}: {self.judge.measures[0][0]}") for n, name in enumerate(names, 1))
        metadata = {DOMAIN: history(self.plan)}
        grid = self.plan.domain.crop(self.plan.extent)
        profile = OutputProfile(grid, bands, "Float32", float("nan"), "none", metadata)
        self.sinks.append(RasterSink(job.output, profile, job.output_format, job.creation_options))

    def execute(self) -> None:
        """All tiles; see `Run`."""
        self.open_sinks()
        self.learn()
        stages = OverlappingStages((self.read, self._contend, self._put))

        def watch() -> None:
            self._watch(self._progress + (1 - self._progress) * stages.done / len(self.tiles))

        stages.run(self.tiles, watch, self._terminate)
        self.finish()
        if not self.pixels:
            raise InputError(
                "No pixel can be compared: leaving out rasters changes none, or the reference covers none; check that "
                "the rasters show what the network works on, such as clouds, and that all show one area."
            )
        self.monitor.progress(1.0)

    def found(self) -> Contributions:
        """What was found, when all tiles are done."""
        return Contributions(
            tuple(self.plan.task.parameter(spec.role) for spec in self.players), self.judge.measures,
            self.sums / self.pixels, self.design, tuple(not spec.required for spec in self.players), self.pixels,
            len(self.design.sets), self.judge.knows_truth, tuple(self.findings), self.plan, 0.0,
        )  # fmt: skip

    def _contend(self, block: Block) -> tuple[Tile, Optional[np.ndarray]]:
        """Return the tile and what each set of rasters scores there, (sets, measures, rows, cols), NaN = no part."""
        if block.arrays is None:
            return block.tile, None
        *before, network = self.operators
        for one in before:
            one.apply(block)
        given, scores, first = block.arrays, [], None
        for chosen in self.design.sets:
            arrays = dict(given)
            for player, spec in enumerate(self.players):
                if not chosen >> player & 1:
                    arrays[spec.name] = np.full_like(given[spec.name], spec.stand_in)
            part = replace(block, arrays=arrays)
            network.apply(part)
            answer, valid = self._answer(part)
            first = answer if first is None else first
            scores.append(self.judge.scores(answer, first, block.tile.write))
        found = np.stack(scores)
        found[:, :, ~valid | ~np.isfinite(found).all(axis=(0, 1))] = np.nan
        if self.judge.changed_only:
            same = (found[:, :1] == found[:1, :1]).all(axis=(0, 1))
            found[:, :, same] = np.nan
        return block.tile, found

    def _answer(self, block: Block) -> tuple[np.ndarray, np.ndarray]:
        """What the network says of a tile, and where it counts."""
        tile, output = block.tile, self.card.outputs[0]
        made = {spec.name: np.ascontiguousarray(seen_of(block.arrays[spec.name][0], block))
                for spec in self.card.outputs}  # fmt: skip
        if output.classes is not None:
            valid = within(block.everywhere, tile.read, tile.write).all(axis=0)
            return probabilities(within(made[output.name], block.seen, tile.write), output.scores), valid
        stored = self._stored(replace(block, arrays=made))
        return stored.values[0].astype(np.float32), stored.valid

    def _put(self, item: tuple[Tile, Optional[np.ndarray]]) -> None:
        tile, found = item
        counted = None if found is None else np.isfinite(found[0, 0])
        if counted is not None:
            self.sums += found[:, :, counted].sum(axis=-1, dtype=np.float64)
            self.pixels += int(counted.sum())
        extent = self.plan.extent
        for sink in self.sinks:
            if counted is None:
                counted = np.zeros(tile.write.shape, bool)
                found = np.zeros((len(self.design.sets), 1, *tile.write.shape), np.float32)
            shown = np.einsum("ps,src->prc", self.design.weights, found[:, 0])
            where = tile.write.shifted(-extent.col_off, -extent.row_off)
            sink.write(where, np.where(counted, shown, np.nan).astype(np.float32), counted)
            sink.release_blocks()


def _is_network(operator: Any, plan: Plan) -> bool:
    """Whether an operator is what runs the card's file: it gives what the card promises."""
    return bool(operator.provider) and bool(plan.job.model)
