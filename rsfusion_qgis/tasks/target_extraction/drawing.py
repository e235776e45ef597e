"""POLYGONS: buildings with regular outlines, trees and roads as a vector layer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable

from ...core.engine.job import Result
from ...core.rasters.polygons import Drawn, Shapes, draw
from .operators import drawn_classes
from .roles import BUILDING, CLASSES

POLYGONS, OUTPUT, CONFIDENCE = "POLYGONS", "OUTPUT", "CONFIDENCE"
BUILDINGS = CLASSES[BUILDING].code


def draw_polygons(result: Result, files: Mapping[str, Path], watch: Callable[[float], None]) -> Drawn:
    """See `contract.Task`."""
    plan, options = result.plan, result.plan.job.options
    regular = (BUILDINGS,) if options.regular else ()
    shapes = Shapes(options.simplify, options.minimum_area, options.minimum_hole, regular, options.rectangularity)
    grid = plan.domain.crop(plan.extent)
    return draw(result.made[OUTPUT], result.made[CONFIDENCE], grid, drawn_classes(plan), shapes, files[POLYGONS], watch)


def values(result: Result) -> dict[str, Any]:
    """The further results: how many polygons and buildings there are, -1 where none were wished."""
    drawn = result.drawn
    return {
        "POLYGON_COUNT": -1 if drawn is None else sum(drawn.counts.values()),
        "BUILDING_COUNT": -1 if drawn is None else drawn.counts.get(BUILDINGS, 0),
    }
