"""The methods that Wald's protocol compares on a user's own pair: the classical ones, and a network."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Callable

from ...core.assessment.images.assess import BASELINE, Method
from ...core.assessment.images.job import AssessmentJob
from ...core.engine.run import FusionJob, ImageWishes, Monitor, run
from ...core.operators.back_projection import AUTO
from ...core.operators.sharpening import METHODS, MethodChoice

Watch = Callable[[float], None]
_JOB = FusionJob("pansharpen", {}, "", "", policy="warn")


def network_method(job: AssessmentJob, model: str, device: str, threads: int) -> Method:
    """The network of an ONNX file, by the engine as in any fusion with the sensor of the assessment."""
    pan_gain = job.fine_gains[0] if job.fine_gains else 0.0
    wishes = ImageWishes(AUTO, job.sensor, job.gains, pan_gain)
    return Method(
        Path(model).stem, partial(_fuse, replace(_JOB, model=model, device=device, threads=threads, image=wishes))
    )


def classical_methods(job: AssessmentJob) -> list[Method]:
    """Every classical method but plain interpolation, with the sensor of the assessment."""
    choices = [(method.label, MethodChoice(method.id, job.sensor, job.gains)) for method in METHODS]
    return [
        Method(label, partial(_fuse, replace(_JOB, classical=choice))) for label, choice in choices if label != BASELINE
    ]


class _Watched(Monitor):
    """Passes progress on; the exception of the watch ends the run."""

    def __init__(self, watch: Watch) -> None:
        self.progress = watch  # type: ignore[method-assign]


def _fuse(job: FusionJob, pan: str, ms: str, output: str, watch: Watch) -> None:
    run(replace(job, inputs={"pan": pan, "ms": ms}, output=output), _Watched(watch))
