"""The assessment of a class raster as a page for the browser and as a table of numbers."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

from ...measures.classes.confusion import OVERALL, PER_CLASS
from ...measures.classes.intervals import MOST_REGIONS, REPLICATES
from ...reports import page as html_page
from ...reports.charts import bar_chart
from .accuracy_report import NOTHING, accuracy_parts, accuracy_sentence, boundary_parts, percent
from .map_assessment import MapAssessment

_AREAS = (
    "The map counts its own errors as area. Estimated: the map's areas corrected by the errors that the reference "
    "shows, with 95 % intervals (stratified estimator; Olofsson et al. 2014, doi:10.1016/j.rse.2014.02.015). This "
    "holds where the reference was drawn at random within each class of the map; polygons that were drawn where a "
    "class is easy to see make the numbers look better than they are."
)


def map_page(title: str, found: MapAssessment) -> str:
    """The whole page."""
    colours = tuple(item.colour for item in found.classes)
    return html_page.page(
        title,
        html_page.note(verdict(found)),
        *([html_page.note(text, "unknown") for text in found.warnings]),
        *accuracy_parts(found.matrix, found.intervals, colours),
        *boundary_parts(found.boundary, found.matrix.names),
        html_page.heading("Area of the classes"),
        *_areas(found),
        html_page.heading("How it was measured"),
        html_page.table(setting_rows(found)),
    )


def verdict(found: MapAssessment) -> str:
    """What share of the map is right, in words."""
    return accuracy_sentence(found.matrix, found.intervals, "The map")


def _areas(found: MapAssessment) -> list[str]:
    areas, names = found.areas, [item.name for item in found.area_classes]
    header = ("class", "map", "estimated", "± 95 %", *(("map, ha", "estimated, ha", "± ha") if found.hectares else ()))
    rows = []
    for i, item in enumerate(found.area_classes):
        values = areas.mapped[i], areas.estimated[i], areas.margin[i]
        hectares = [_hectares(found.hectares * value, found.hectares) for value in values] if found.hectares else []
        cells = [(text, "") for text in (*map(percent, values), *hectares)]
        rows.append((item.name, item.colour, cells))
    series = {"map": 100 * areas.mapped, "estimated": 100 * areas.estimated}
    parts = [html_page.shaded_table(header, rows), html_page.paragraph(_AREAS)]
    if areas.covered < 1.0 - 1e-9:
        parts.insert(1, html_page.paragraph(
            f"The estimates speak for the {percent(areas.covered)} of the map in classes that samples fell into."
        ))  # fmt: skip
    return [
        html_page.figure(bar_chart(_short(names), series, "%"), "Share of each class, in percent of the map."),
        *parts,
    ]


def _short(names: list[str]) -> list[str]:
    """Names that stand below bars without touching each other."""
    return [name if len(name) <= 8 else f"{name[:7]}…" for name in names]


def _hectares(value: float, total: float) -> str:
    """As many decimals for all classes, fewer the larger the map is."""
    decimals = 0 if total >= 10_000 else 1 if total >= 100 else 3
    return NOTHING if math.isnan(value) else f"{value:,.{decimals}f}".replace(",", "\u2009")


def setting_rows(found: MapAssessment) -> list[tuple[str, str]]:
    """What the numbers depend on."""
    source, job = found.job.reference, found.job
    rows = [
        ("Map", Path(job.path).name),
        ("Reference", (source.label or Path(source.path).name) + (f", field {source.field}" if source.field else "")),
        ("Reference pixels", str(found.matrix.total)),
        ("Reference pixels where the map has no class", str(found.unmapped)),
        ("Regions", f"{found.regions} polygons, points or connected patches"),
        ("Pixels of the map with a class", str(found.map_pixels)),
        ("Intervals", f"95 %, from {REPLICATES} draws of whole regions with replacement: neighbouring pixels of one "
                      "region are not taken for independent"),
        ("Means over classes", "AA: classes with reference pixels; F1 and IoU: classes that the reference or the map "
                               "has at a reference pixel"),
    ]  # fmt: skip
    if found.regions > MOST_REGIONS:
        rows.append(("Groups", f"regions were drawn in {MOST_REGIONS} random groups"))
    return rows


def map_csv(found: MapAssessment) -> str:
    """Three tables, separated by empty lines: the matrix, the measures, the areas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for number, rows in enumerate((_matrix_rows(found), _measure_rows(found), _area_rows(found))):
        writer.writerows([[]] * (number > 0))
        writer.writerows(rows)
    return stream.getvalue()


def _matrix_rows(found: MapAssessment) -> list[list[Any]]:
    matrix = found.matrix
    rows = [["reference (rows) \\ map (columns)", *matrix.names, "sum"]]
    rows += [[name, *counts, sum(counts)] for name, counts in zip(matrix.names, matrix.counts.tolist())]
    return [*rows, ["sum", *matrix.predicted.tolist(), matrix.total]]


def _measure_rows(found: MapAssessment) -> list[list[Any]]:
    overall, per_class = found.matrix.overall(), found.matrix.per_class()
    rows: list[list[Any]] = [["measure", "class", "value", "low", "high"]]
    rows += [[name, "all", *_numbers(overall[name], *found.intervals.overall[name])] for name in OVERALL]
    for name in PER_CLASS:
        for i, label in enumerate(found.matrix.names):
            rows.append([name, label, *_numbers(per_class[name][i], *found.intervals.per_class[name][i])])
    if found.boundary is not None:
        rows.append(["boundary_f1", "all", *_numbers(found.boundary_mean), "", ""])
        pairs = zip(found.matrix.names, found.boundary)
        rows += [["boundary_f1", label, *_numbers(value), "", ""] for label, value in pairs]
    return rows


def _area_rows(found: MapAssessment) -> list[list[Any]]:
    areas, scale = found.areas, found.hectares
    header = ["area", "map_share", "estimated_share", "standard_error"]
    rows: list[list[Any]] = [[*header, *(("map_ha", "estimated_ha", "standard_error_ha") if scale else ())]]
    for i, item in enumerate(found.area_classes):
        values = areas.mapped[i], areas.estimated[i], areas.error[i]
        rows.append([item.name, *_numbers(*values), *(_numbers(*(scale * v for v in values)) if scale else ())])
    return rows


def _numbers(*values: float) -> list[str]:
    """All digits; empty where there is nothing."""
    return ["" if math.isnan(value) else repr(float(value)) for value in values]
