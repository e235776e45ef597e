"""POLYGONS: the classes as a vector layer, each polygon with its area and the mean confidence inside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable

from ...core.engine.job import Result
from ...core.rasters.polygons import Drawn, Shapes, draw
from .operators import drawn_classes, regular_classes

POLYGONS, OUTPUT, CONFIDENCE = "POLYGONS", "OUTPUT", "CONFIDENCE"


def draw_polygons(result: Result, files: Mapping[str, Path], watch: Callable[[float], None]) -> Drawn:
    """See `contract.Task`."""
    plan, options = result.plan, result.plan.job.options
    regular = tuple(one.code for one in regular_classes(plan))
    shapes = Shapes(options.simplify, options.minimum_area, options.minimum_hole, regular)
    grid = plan.domain.crop(plan.extent)
    return draw(result.made[OUTPUT], result.made[CONFIDENCE], grid, drawn_classes(plan), shapes, files[POLYGONS], watch)


def values(result: Result) -> dict[str, Any]:
    """The further results: how many polygons there are, -1 where none were wished."""
    return {"POLYGON_COUNT": -1 if result.drawn is None else sum(result.drawn.counts.values())}
