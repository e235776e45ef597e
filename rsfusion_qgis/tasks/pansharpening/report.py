"""What the report of a pansharpening says: how it was fused, and how good the result is beside interpolation."""

from __future__ import annotations

from typing import Callable

from ...core.assessment.images.job import FULL_RESOLUTION, NO_REFERENCE, AssessmentJob
from ...core.assessment.images.quality_rasters import RasterName
from ...core.assessment.images.result_quality import quality_parts
from ...core.engine.job import Job, Result
from .options import sensor_of, told_sensor
from .roles import raster_names


def rows(job: Job) -> list[tuple[str, str]]:
    """What the result depends on: the views of a network, or the blur that a method was told."""
    options = job.options
    if not job.method:
        return [("VIEWS", str(options.views))] if options.views > 1 else []
    if options.gains:
        return [("GAINS", ", ".join(f"{gain:g}" for gain in options.gains))]
    return [("SENSOR", told_sensor(options.sensor, job.inputs))]


def quality(result: Result, watch: Callable[[float], None] | None = None) -> list[str]:
    """How good the result is, without a reference; markup."""
    job, sensor = result.plan.job, sensor_of(result.plan)
    gains = (sensor.pan_gain,) if sensor.pan_gain else ()
    measured = AssessmentJob(
        FULL_RESOLUTION, RasterName(result.output, "FUSED"), NO_REFERENCE, *raster_names(job.inputs), sensor.sensor,
        sensor.gains, gains, moved=result.moved.get("ms", (0.0, 0.0)),
    )  # fmt: skip
    return quality_parts(measured, result.pixels, watch)
