"""The methods that Wald's protocol compares on a user's own pair: the classical ones, and a network."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Callable

from ...core.assessment.images.assess import BASELINE, Method
from ...core.assessment.images.job import AssessmentJob
from ...core.engine.job import Job
from ...core.engine.run import Monitor, run
from ...core.operators.consistency import AUTO
from ...core.operators.sharpening import METHODS
from .options import MethodOptions, NetworkOptions
from .task import TASK

Watch = Callable[[float], None]


def network_method(job: AssessmentJob, model: str, device: str, threads: int) -> Method:
    """The network of an ONNX file, by the engine as in any fusion with the sensor of the assessment."""
    pan_gain = job.fine_gains[0] if job.fine_gains else 0.0
    options = NetworkOptions(job.sensor, job.gains, pan_gain, AUTO)
    fused_by = Job(TASK, {}, model=model, device=device, threads=threads, options=options)
    return Method(Path(model).stem, partial(_fuse, fused_by))


def classical_methods(job: AssessmentJob) -> list[Method]:
    """Every classical method but plain interpolation, with the sensor of the assessment."""
    options = MethodOptions(job.sensor, job.gains)
    chosen = [method for method in METHODS if method.label != BASELINE]
    return [Method(one.label, partial(_fuse, Job(TASK, {}, method=one.id, options=options))) for one in chosen]


class _Watched(Monitor):
    """Passes progress on; the exception of the watch ends the run."""

    def __init__(self, watch: Watch) -> None:
        self.progress = watch  # type: ignore[method-assign]


def _fuse(job: Job, pan: str, ms: str, output: str, watch: Watch) -> None:
    run(replace(job, inputs={"pan": pan, "ms": ms}, output=output), _Watched(watch))
