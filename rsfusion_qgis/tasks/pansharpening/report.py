"""What the report of a pansharpening says: how good the result is, and by what it was fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...core.assessment.images.job import FULL_RESOLUTION, AssessmentJob
from ...core.assessment.images.quality_rasters import RasterName
from ...core.assessment.images.result_quality import quality_parts
from ...core.engine.job import Job, Result
from ...core.operators.consistency import GAINS
from .options import sensor_of, told_sensor
from .roles import raster_names


def rows(job: Job) -> list[tuple[str, str]]:
    """Rows of the report about the run."""
    options = job.options
    if not job.method:
        return [("VIEWS", str(options.views))] if options.views > 1 else []
    if options.gains:
        return [("GAINS", ", ".join(f"{gain:g}" for gain in options.gains))]
    return [("SENSOR", told_sensor(options.sensor, job.inputs))]


def quality(result: Result, watch: Any) -> Sequence[str]:
    """How good the result is, without a reference, beside plain interpolation, by the gains of the run; markup."""
    plan = result.plan
    job, sensor = plan.job, sensor_of(plan)
    fine, coarse = raster_names(job.inputs)
    coarse = replace(coarse, turned=plan.geometry[job.task.like].turned)
    fine_gains = (sensor.pan_gain,) if sensor.pan_gain else ()
    measured = AssessmentJob(
        FULL_RESOLUTION, RasterName(result.made["OUTPUT"], "FUSED"), fine=fine, coarse=coarse, sensor=sensor.sensor,
        gains=result.numbers.get(GAINS, sensor.gains), fine_gains=fine_gains,
        moved=result.moved.get(job.task.like, (0.0, 0.0)),
    )  # fmt: skip
    return quality_parts(measured, result.pixels, watch)
