"""From a plan to points on its grid: what is read, what is left out, and which bands are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.job import Job
from ...core.engine.method_card import MethodCard
from ...core.engine.plan import Plan
from ...core.grid.crs import crs_name, is_geographic, metres_per_unit
from ...core.networks.card_fields import Band, InputSpec, OutputSpec
from ...core.rasters.osm_categories import OSM_RULES
from ...core.rasters.point_values import read_point_values
from ...core.rasters.points import PointTable, is_osm, parse_rules, read_points
from ...core.rasters.source import BandInfo
from .options import DensityOptions

GRID, MADE, POINTS = "grid", "densities", "POINTS"
ALL_FIELDS = "*"
_UNIT = "points per km2"


@dataclass(frozen=True)
class OnGrid:
    """Points of each category, in metres on the grid.

    Attributes
    ----------
    categories : tuple of str
    places, weights : per category (n, 2) and (n,) float64.
    size : (width, height) of the grid.
    step : (width, height) of a pixel.
    findings : what was left out.
    values : of local means, (n,) float64 for each field, which then stand for the categories; () = densities are made.
    """

    categories: tuple[str, ...]
    places: tuple[np.ndarray, ...]
    weights: tuple[np.ndarray, ...]
    size: tuple[float, float]
    step: tuple[float, float]
    findings: tuple[Finding, ...]
    values: tuple[np.ndarray, ...] = ()


def method_card(job: Job) -> MethodCard:
    """Only the grid of the raster is looked at; raises InputError for options that cannot be used."""
    if not job.options.points:
        raise InputError("POINTS is missing; name a layer of points.")
    rules_of(job.options)
    clashing = [name for name in ("category_field", "tags", "weight_field") if getattr(job.options, name)]
    clashing += ["distances"] if job.options.distances else []
    if job.options.value_fields and clashing:
        raise InputError(
            f"VALUE_FIELDS and {clashing[0].upper()} are given; expected one of them, since local means have no "
            "categories, weights or distances."
        )
    return MethodCard("density of points", (InputSpec(GRID, GRID),), (OutputSpec(MADE, bands=(Band(MADE),)),))


def rules_of(options: DensityOptions) -> Optional[dict[str, dict[str, frozenset[str]]]]:
    """The rules that make categories, None where there are none; raises InputError."""
    if options.tags:
        return parse_rules(options.tags, "TAGS")
    return parse_rules(OSM_RULES, "TAGS") if is_osm(options.points) and not options.category_field else None


def require_metres(plan: Plan) -> tuple[float, float]:
    """Width and height of a pixel in metres; raises InputError where lengths mean nothing."""
    grid, name = plan.domain, plan.task.parameter(GRID)
    if not grid.crs_wkt or is_geographic(grid.crs_wkt):
        raise InputError(
            f"{name} has {crs_name(grid.crs_wkt)}; expected a projected CRS, since BANDWIDTH is in metres, so "
            "reproject it first (Raster > Projections > Warp)."
        )
    metres = metres_per_unit(grid.crs_wkt)
    width, height = grid.pixel_size
    return width * metres, height * metres


def on_grid(plan: Plan, watch: Callable[[float], None]) -> OnGrid:
    """Read the points; raises InputError."""
    options = plan.job.options
    if options.value_fields:
        return _with_values(plan, watch)
    table = _table(options.points, plan.domain.crs_wkt, options.category_field, options.tags, options.weight_field,
                   watch)  # fmt: skip
    step, domain = require_metres(plan), plan.domain
    size = domain.width * step[0], domain.height * step[1]
    pixels = np.array([domain.to_pixel(x, y) for x, y in table.places]).reshape(-1, 2)
    places = pixels * step
    there = np.ones(len(places), bool)
    if options.edges:
        there = (places >= 0).all(axis=1) & (places <= size).all(axis=1)
    if not there.any():
        raise InputError(
            f"POINTS has no point with a category on {plan.task.parameter(GRID)}; check its CRS, and that both show "
            "one area."
        )
    kept = [there & (table.codes == code) for code in range(len(table.categories))]
    named = [code for code, one in enumerate(kept) if one.any()]
    return OnGrid(
        tuple(table.categories[code] for code in named), tuple(places[kept[code]] for code in named),
        tuple(table.weights[kept[code]] for code in named), size, step, _said(table, there, kept),
    )  # fmt: skip


def _with_values(plan: Plan, watch: Callable[[float], None]) -> OnGrid:
    """Points with numbers; each field has those of its points that are known."""
    options, domain, step = plan.job.options, plan.domain, require_metres(plan)
    names = tuple(filter(None, (one.strip() for one in options.value_fields.split(","))))
    names = () if names == (ALL_FIELDS,) else names
    found = read_point_values(options.points, POINTS, domain.crs_wkt, names, "VALUE_FIELDS", watch)
    size = domain.width * step[0], domain.height * step[1]
    places = np.array([domain.to_pixel(x, y) for x, y in found.places]).reshape(-1, 2) * step
    known = [np.isfinite(column) for column in found.values.T]
    said = [Finding("points", "info", POINTS, f"{len(places)} points have numbers")]
    said += [Finding("points", "warning", POINTS, text.rstrip(".")) for text in found.warnings]
    return OnGrid(
        found.names, tuple(places[one] for one in known), tuple(np.ones(int(one.sum())) for one in known), size, step,
        tuple(said), tuple(column[one] for column, one in zip(found.values.T, known)),
    )  # fmt: skip


def _table(
    points: str, crs_wkt: str, category: str, tags: str, weight: str, watch: Callable[[float], None]
) -> PointTable:
    options = DensityOptions(points=points, category_field=category, tags=tags)
    return read_points(points, POINTS, crs_wkt, category, rules_of(options), weight, watch)


def _said(table: PointTable, there: np.ndarray, kept: list[np.ndarray]) -> tuple[Finding, ...]:
    counts = ", ".join(f"{name} {int(one.sum())}" for name, one in zip(table.categories, kept))
    said = [Finding("points", "info", POINTS, f"{int(there.sum())} points count: {counts}")]
    for words, number in sorted(table.left_out.items()):
        said.append(Finding("points", "info", POINTS, f"{number} features {words} were left out"))
    if not there.all():
        said.append(Finding("points", "info", POINTS, f"{int((~there).sum())} points beyond the raster were left out"))
    said += [Finding("points", "warning", POINTS, text.rstrip(".")) for text in table.warnings]
    return tuple(said)


def bands_of(found: OnGrid, options: DensityOptions) -> tuple[BandInfo, ...]:
    """The bands of the result: densities, then distances where they are wished; or local means."""
    if found.values:
        return tuple(BandInfo(n, "Float32", f"mean of {name}") for n, name in enumerate(found.categories, start=1))
    unit = f"{options.weight_field}/km2" if options.weight_field else _UNIT
    names = [(name, unit) for name in found.categories]
    names += [(f"distance to {name}", "m") for name in found.categories] if options.distances else []
    return tuple(BandInfo(number, "Float32", name, unit=unit) for number, (name, unit) in enumerate(names, start=1))
