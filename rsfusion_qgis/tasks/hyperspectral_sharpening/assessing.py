"""The ways to sharpen that Wald's protocol compares on a pair of hyperspectral image and guide."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Callable

from ...core.assessment.images.assess import Method
from ...core.assessment.images.job import AssessmentJob
from ...core.basics.monitor import Monitor
from ...core.engine.contract import Comparing, Task
from ...core.engine.job import Job
from ...core.engine.run import run
from .operators import METHODS
from .options import GAIN, LEAST_GAIN, MOST_GAIN, HyperspectralOptions

FEW_BANDS = 16
"""An image of more bands than these is hyperspectral."""
Watch = Callable[[float], None]


def suits(fine: int, coarse: int) -> bool:
    """Several bands as the guide, or very many that are sharpened."""
    return fine > 1 or coarse > FEW_BANDS


def methods(task: Task, job: AssessmentJob, model: str, device: str, threads: int) -> list[Method]:
    """All methods, the default last, with the gain of the assessment: one for all bands."""
    gain = sum(job.gains) / len(job.gains) if job.gains else GAIN
    options = HyperspectralOptions(hs_gain=min(max(gain, LEAST_GAIN), MOST_GAIN))
    fused = Job(task, {}, options=options, policy="warn")
    return [Method(method, partial(_fuse, replace(fused, method=method))) for method in (*METHODS[1:], METHODS[0])]


class _Watched(Monitor):
    """Passes progress on; the exception of the watch ends the run."""

    def __init__(self, watch: Watch) -> None:
        self.progress = watch  # type: ignore[method-assign]


def _fuse(job: Job, guide: str, hs: str, output: str, watch: Watch) -> None:
    run(replace(job, inputs={"hs": hs, "guide": guide}, output=output), _Watched(watch))


COMPARED = Comparing(suits, methods, "methods for hyperspectral images, for a guide of any number of bands")
