"""Target extraction: buildings, trees and roads from LiDAR and an optical image, as classes and as polygons."""

from __future__ import annotations

from ...core.engine.contract import Face, Output, Task, Text
from ...core.operators.class_rasters import CONFIDENCE, PROBABILITIES
from . import drawing, operators, report
from .options import TargetOptions
from .roles import LIDAR, METHOD, ROLES

_EXTRACT = Text(
    METHOD,
    "Extract buildings, trees and roads",
    "Finds buildings, trees and roads in heights above ground (LIDAR, or LIDAR with DTM), and with an optical image "
    "where there is one, by rules: a roof is high, lies on a plane and is not green; a tree is high, and green or "
    "rough; a road is low, not green, and dark in the intensity of the LiDAR. POLYGONS holds them as polygons; "
    "outlines of buildings get right angles.\n\n"
    "Nothing is learned, so nothing must be trained, and CONFIDENCE is no calibrated probability. Where you have "
    "samples, rsfusion:trainsegmenter learns these or other targets from LIDAR and OPTICAL, and rsfusion:segment draws "
    "them.\n\n"
    "Without OPTICAL trees are told from buildings by their roughness, and roads need a band of intensity.",
    (
        "building", "roof", "tree", "crown", "road", "lidar", "ndsm", "chm", "dsm", "footprint", "extraction",
        "regularised outlines", "polygons", "ndvi",
    ),
)  # fmt: skip

TASK = Task(
    id="target_extraction",
    card_task="",
    mlm_task="",
    group="Segment",
    roles=ROLES,
    grid=LIDAR,
    like="",
    faces=(
        Face(
            _EXTRACT,
            TargetOptions,
            networks=False,
            outputs=(CONFIDENCE, PROBABILITIES),
            layers=(
                Output(drawing.POLYGONS, "Polygons", "Buildings, trees and roads, in a GeoPackage or another format by "
                       "the file's ending (.gpkg, .geojson, .fgb, .shp). Each polygon has its class, its area in "
                       "square metres (area_m2) and the mean confidence inside it (mean_prob)."),
            ),
            output="Targets",
            report="How much area each class covers, and how many polygons there are, as a page for the browser.",
            typed=False,
            results={"POLYGON_COUNT": "Number of polygons (-1: not drawn)",
                     "BUILDING_COUNT": "Number of buildings (-1: not drawn)"},
            numbers=("POLYGON_COUNT", "BUILDING_COUNT"),
        ),
    ),
    build=operators.build,
    method_card=operators.method_card,
    check=operators.check,
    report=report.parts,
    values=drawing.values,
    draw=drawing.draw_polygons,
    draws_from=(drawing.CONFIDENCE,),
)  # fmt: skip
