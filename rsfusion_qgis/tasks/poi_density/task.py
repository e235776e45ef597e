"""Density of points of interest: one band for each category, on the grid of a raster."""

from __future__ import annotations

from ...core.engine.contract import Face, Role, Task, Text
from . import operators, preparation, report
from .options import DensityOptions

_DENSITY = Text(
    "poidensity",
    "Density of points of interest",
    "Makes a raster of how densely points lie: one band for each category, in points per square kilometre, on the "
    "pixels of GRID. Such a raster is one more input (POI) for rsfusion:trainclassifier, rsfusion:trainsegmenter and "
    "rsfusion:trainregressor, and tells how an area is used where an image only tells what covers it.\n\n"
    "POINTS is any layer of points or polygons, or OpenStreetMap data (.osm.pbf). CATEGORY_FIELD or TAGS say what "
    "belongs together. BANDWIDTH says how far a point is felt. Near the edge of the raster, the density is divided by "
    "the share of the kernel that lies on it (EDGES). DISTANCES adds bands with the distance to the nearest point. "
    "WEIGHT_FIELD lets some points count more than others.\n\n"
    "The result does not depend on the tiles. It is Float32, with NaN where GRID has no data.",
    ("poi", "points of interest", "openstreetmap", "osm", "pbf", "kernel density", "heat map", "distance", "big data",
     "urban", "function zones"),
)  # fmt: skip

TASK = Task(
    id="poi_density",
    card_task="",
    mlm_task="",
    group="Zones",
    roles=(
        Role(preparation.GRID, "Raster that gives the grid", "The result has its pixels. Its values are not used."),
    ),
    grid=preparation.GRID,
    like="",
    faces=(
        Face(
            _DENSITY,
            DensityOptions,
            networks=False,
            output="Density of points",
            policy="warn",
            report="Points of each category, and how the densities were made, as a page for the browser.",
            typed=False,
            rare=("COREGISTRATION",),
            alignment="There is one raster only, so this has no effect.",
            whole="all of GRID",
            results={"CATEGORIES": "Categories, in the order of the bands, separated by commas",
                     "POINTS_USED": "Number of points that count"},
            numbers=("POINTS_USED",),
        ),
    ),
    build=operators.build,
    method_card=preparation.method_card,
    check=operators.check,
    rows=report.rows,
    report=report.parts,
    values=report.values,
    registers=False,
)  # fmt: skip
