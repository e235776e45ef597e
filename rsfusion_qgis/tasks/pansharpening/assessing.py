"""How good a pansharpened raster is: what is asked for, and the ways to fuse that Wald's protocol compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Callable

from ...core.assessment.images.assess import BASELINE, Method
from ...core.assessment.images.job import AssessmentJob
from ...core.basics.monitor import Monitor
from ...core.engine.contract import Assessing, Task, Text
from ...core.engine.job import Job
from ...core.engine.run import run
from ...core.operators.consistency import AUTO
from ...core.operators.sharpening import METHODS
from ...core.sensors.catalogue import SensorChoice
from .options import MethodOptions, NetworkOptions, PairSensorOptions, told_sensor

Watch = Callable[[float], None]


def sensor(options: PairSensorOptions, inputs: Mapping[str, str]) -> SensorChoice:
    """The sensor, found out from the metadata where the user leaves it to them."""
    return SensorChoice(told_sensor(options.sensor, inputs), options.gains, options.pan_gain)


def methods(task: Task, job: AssessmentJob, model: str, device: str, threads: int) -> list[Method]:
    """Every classical method but plain interpolation, and a network, with the sensor of the assessment."""
    return [*classical_methods(task, job), network_method(task, job, model, device, threads)]


def network_method(task: Task, job: AssessmentJob, model: str, device: str, threads: int) -> Method:
    """The network of an ONNX file, by the engine as in any fusion."""
    pan_gain = job.fine_gains[0] if job.fine_gains else 0.0
    options = NetworkOptions(job.sensor, job.gains, pan_gain, consistency=AUTO)
    fusion = Job(task, {}, model=model, device=device, threads=threads, options=options)
    return Method(Path(model).stem, partial(_fuse, fusion))


def classical_methods(task: Task, job: AssessmentJob) -> list[Method]:
    """Every classical method but plain interpolation."""
    options = MethodOptions(job.sensor, job.gains)
    return [
        Method(method.label, partial(_fuse, Job(task, {}, method=method.id, options=options)))
        for method in METHODS if method.label != BASELINE
    ]  # fmt: skip


class _Watched(Monitor):
    """Passes progress on; the exception of the watch ends the run."""

    def __init__(self, watch: Watch) -> None:
        self.progress = watch  # type: ignore[method-assign]


def _fuse(job: Job, pan: str, ms: str, output: str, watch: Watch) -> None:
    run(replace(job, inputs={"pan": pan, "ms": ms}, output=output), _Watched(watch))


_HELP = (
    "Measures the quality of a fused raster, beside that of plain interpolation.\n\n"
    "PROTOCOL says against what. reference: FUSED against the true image. full_resolution: FUSED against the PAN and "
    "MS that it was made of, without a reference. wald: PAN and MS are made coarser by their ratio, with the sensor's "
    "blur, the chosen network fuses them, and the result is compared with the original MS: an honest estimate on your "
    "own scene, beside the classical methods. For a hyperspectral MS, or a PAN of several bands, the methods of "
    "rsfusion:sharpenhyperspectral are compared instead. abundances: FUSED are shares of classes (rsfusion:unmix), "
    "REFERENCE the true shares, with the same names of bands; endmembers may be compared, too.\n\n"
    "Results that the protocol does not measure are -1."
)
ASSESSMENT = Assessing(
    Text(
        "assessfusion",
        "Assess fusion quality",
        _HELP,
        ("quality", "assessment", "accuracy", "ergas", "sam", "q2n", "qnr", "hqnr", "ssim", "psnr", "wald"),
    ),
    PairSensorOptions,
    sensor,
    methods,
)
