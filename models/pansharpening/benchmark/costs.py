"""What every method of the benchmark costs, from file to file: time, memory, and its share of what the CPU could do.

All fuse one generated pair (4 bands, 11 bit), every run in a process of its own on as many cores as are wanted. The
methods take turns, round by round, and the convolution peak is measured between the rounds, so that a slow spell of the
machine hits them all. The classical methods are those of the plugin, `core.operators.sharpening`, run by the engine as
the networks are.
"""

from __future__ import annotations

import math
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Callable, Optional

from models.common.convolution_peak import convolution_peak
from models.common.own_process import Measured, measure
from models.common.rasters import open_raster
from models.engine.run_alone import run_alone
from models.pansharpening import classical
from models.pansharpening.benchmark.contender import CLASSICAL, OURS, PEER
from models.pansharpening.benchmark.ours import kind_of
from models.pansharpening.benchmark.peers import TIMEOUT_S, Command, uint16_commands
from models.pansharpening.generated_pair import BANDS_UM, pair, write_base
from rsfusion_qgis.core.basics.errors import DeviceError, RsFusionError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.operators.consistency import AUTO, OFF
from rsfusion_qgis.core.operators.sharpening import METHODS
from rsfusion_qgis.core.sensors.catalogue import GENERIC, UNKNOWN
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions, NetworkOptions
from rsfusion_qgis.tasks.pansharpening.task import TASK

PAN_PX, THREADS, ROUNDS = (2048,), (1, 2), 3
"""Sides of the pan, numbers of cores, and how often each method runs, unless told otherwise."""
UNIT, AIM = "MTF-GLP-FS", 4.0
"""A network of ours shall take at most so many times as long as this method of the plugin."""
PX_PER_S = 100_000
"""A program that is slower than this on a large pair is ended."""


@dataclass(frozen=True)
class Candidate:
    """A method whose cost is to be measured."""

    name: str
    kind: str
    """As `Contender.kind`."""
    run: Callable[[dict[str, str], Path, int], Measured]
    """From the paths of `pan` and `ms`, that of the result, which it writes, and the number of cores."""
    flop_per_px: float = math.nan
    """Floating-point operations per output pixel, from the card; NaN = not known."""


@dataclass(frozen=True)
class Cost:
    """What one method took."""

    method: str
    kind: str
    pixels: int
    """Of the result, which are those of the pan."""
    round_seconds: tuple[float, ...]
    """Of the whole process of each run; () when the method failed."""
    round_processor_seconds: tuple[float, ...]
    """The same in time of the processor."""
    peak_mib: float
    """Peak resident memory, MiB, the largest of all runs; NaN when the method failed."""
    flop_per_px: float
    trouble: str = ""
    """Why it failed; `""` when it did not."""

    @property
    def seconds(self) -> float:
        """Median of the runs."""
        return statistics.median(self.round_seconds) if self.round_seconds else math.nan

    @property
    def mpx_per_s(self) -> float:
        """Million output pixels per second."""
        return self.pixels / self.seconds / 1e6

    @property
    def gflop_per_s(self) -> float:
        """What the card says an output pixel takes, times output pixels per second."""
        return self.flop_per_px * self.mpx_per_s / 1e3


@dataclass(frozen=True)
class Costs:
    """The costs of all methods of a run of the benchmark."""

    rows: tuple[Cost, ...]
    peak_gflop_per_s: float
    """The convolution peak, the best of all times that it was measured; NaN without ONNX Runtime."""
    pan_px: int
    rounds: int
    threads: int
    """Of the convolution peak; every run had as many cores."""

    def share_of_peak(self, cost: Cost) -> float:
        """`gflop_per_s` over the convolution peak."""
        return cost.gflop_per_s / self.peak_gflop_per_s

    def over_unit(self, cost: Cost) -> float:
        """Seconds over those of `UNIT` in the same round, the median; NaN where either failed."""
        unit = self._unit()
        return _median_ratio(cost.round_seconds, unit.round_seconds) if unit else math.nan

    def over_unit_by_processor(self, cost: Cost) -> float:
        """The same by time of the processor, to which it does not matter what else the machine does."""
        unit = self._unit()
        return _median_ratio(cost.round_processor_seconds, unit.round_processor_seconds) if unit else math.nan

    def _unit(self) -> Optional[Cost]:
        return next((row for row in self.rows if row.method == UNIT), None)


def _median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    ratios = [mine / other for mine, other in zip(ours, theirs)]
    return statistics.median(ratios) if ratios else math.nan


def candidates(networks: Iterable[Path]) -> list[Candidate]:
    """The engine's classical methods, the peers that are installed, and these ONNX files; order of the tables."""
    ids = {method.label: method.id for method in METHODS}
    found = [Candidate(name, CLASSICAL, partial(_by_engine, method=ids[name])) for name, _ in classical.METHODS]
    found += [Candidate(name, PEER, partial(_by_program, command)) for name, command in uint16_commands().items()]
    for path in networks:
        card = read_card(path)
        flop = dict(card.flop_per_pixel).get(len(BANDS_UM), math.nan)
        kind = kind_of(path)
        gains = UNKNOWN.ms_gains if kind == OURS else ()
        found.append(Candidate(card.name, kind, partial(_by_engine, model=str(path), gains=gains), flop))
    return found


def measure_costs(chosen: Sequence[Candidate], rounds: int, pan_px: int, threads: int) -> Costs:
    """Run every method once a round; one that fails is told in its row and takes part no more.

    Parameters
    ----------
    chosen
        Methods, in the order of the rows.
    rounds
        How many times, at least 1.
    pan_px
        Side of the pan, a multiple of the ratio 4.
    threads
        Number of cores of every run, at least 1.
    """
    runs: list[list[Measured]] = [[] for _ in chosen]
    troubles = [""] * len(chosen)
    with tempfile.TemporaryDirectory(prefix="rsfusion_costs_") as name:
        write_base(Path(name))
        inputs, peaks = pair(Path(name), pan_px), [_peak(threads)]
        for number in range(1, rounds + 1):
            print(f"costs, pan {pan_px}, {threads} thread(s): round {number} of {rounds}", file=sys.stderr)
            for at, candidate in enumerate(chosen):
                if troubles[at]:
                    continue
                try:
                    runs[at].append(_run(candidate, inputs, pan_px, threads, Path(name)))
                except (RsFusionError, subprocess.SubprocessError) as error:
                    troubles[at] = str(error)
            peaks.append(_peak(threads))
    rows = tuple(_cost(*row, pan_px**2) for row in zip(chosen, runs, troubles))
    return Costs(rows, max(peaks), pan_px, rounds, threads)


def _cost(candidate: Candidate, runs: Sequence[Measured], trouble: str, pixels: int) -> Cost:
    runs = () if trouble else runs
    seconds = tuple(run.seconds for run in runs)
    processor = tuple(run.processor_seconds for run in runs)
    peak = max((run.peak_mib for run in runs), default=math.nan)
    return Cost(candidate.name, candidate.kind, pixels, seconds, processor, peak, candidate.flop_per_px, trouble)


def _run(candidate: Candidate, inputs: dict[str, str], pan_px: int, threads: int, folder: Path) -> Measured:
    """One run, in a folder that goes with whatever else the method leaves there."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        output = Path(name) / "fused.tif"
        measured = candidate.run(inputs, output, threads)
        fused = open_raster(output)
        found = (fused.RasterCount, fused.RasterYSize, fused.RasterXSize)
    if found != (len(BANDS_UM), pan_px, pan_px):
        raise RsFusionError(f"It wrote {found} for {len(BANDS_UM)} bands and a pan of {pan_px} x {pan_px}.")
    return measured


def _by_engine(
    inputs: dict[str, str], output: Path, cores: int, *, model: str = "", method: str = "", gains: Sequence[float] = ()
) -> Measured:
    """The whole process, as it is measured of other programs."""
    found = run_alone(engine_job(inputs, output, model=model, method=method, gains=gains), cores)
    return Measured(found.process_seconds, found.processor_seconds, found.peak_mib, found.output)


def engine_job(
    inputs: dict[str, str], output: Path, *, model: str = "", method: str = "", gains: Sequence[float] = ()
) -> Job:
    """What the engine is asked for.

    Parameters
    ----------
    inputs
        Paths of `pan` and `ms`.
    model, method
        Path of an ONNX file, or the id of a classical method of the engine; the other stays empty.
    gains
        MTF gains of MS, with which the result is made consistent; () = it is not.
    """
    kind = MethodOptions if method else NetworkOptions
    options = kind(GENERIC, tuple(gains), consistency=AUTO if gains else OFF)
    return Job(TASK, inputs, str(output), model=model, method=method, options=options, device="cpu")


def _by_program(command: Command, inputs: dict[str, str], output: Path, cores: int) -> Measured:
    pan = open_raster(Path(inputs["pan"]))
    timeout_s = max(TIMEOUT_S, pan.RasterXSize * pan.RasterYSize / PX_PER_S)
    return measure(command(Path(inputs["pan"]), Path(inputs["ms"]), output), timeout_s, cores)


def _peak(threads: int) -> float:
    """NaN where ONNX Runtime is missing, which the rows of the networks tell."""
    try:
        return convolution_peak(threads)
    except DeviceError:
        return math.nan
