"""Segmentation of SAR and optical images: what is where, as classes and as polygons. Shipped: flood water."""

from __future__ import annotations

from ...core.engine.contract import NETWORK, Face, Output, Task, Text
from ...core.operators.class_rasters import CONFIDENCE, PROBABILITIES
from . import class_change, drawing, operators, report
from .methods import METHODS, method_card
from .options import SegmentOptions
from .roles import ROLES
from .training import TRAINING
from .words import WORDS

_SEGMENT = Text(
    "segment",
    "Segment SAR and optical images (flood water, own classes)",
    "Gives every pixel a class from a SAR image, an optical image, or both, and draws the classes as polygons. The "
    "shipped network finds flood water from Sentinel-1 and Sentinel-2. Each sensor decides alone, and the calibrated "
    "decisions are added: where one sensor is not given, or has no data, the other one decides.\n\n"
    "Give an image from before the flood (OPTICAL_BEFORE, SAR_BEFORE) where you have one. Then OUTPUT holds the water "
    "that was not there before. Without one it holds all water. The date before and the date after may be stretched or "
    "scaled in different ways, since each raster is scaled by itself.\n\n"
    "Classes of your own come from a network that rsfusion:trainsegmenter made (MODEL_FILE). It takes the rasters that "
    "it was trained with, DEM and LIDAR among them.\n\n"
    "OUTPUT lies on the grid of SAR where it is given, else on that of OPTICAL. METHOD offers simple thresholds, too: "
    "otsu for SAR, ndwi and mndwi for OPTICAL. They show what a network must beat.\n\n"
    "With images of both dates METHOD also maps what has changed, with its probability (band 2 of PROBABILITIES): "
    "class_change, irmad and logratio. The sensors of both dates may differ.",
    (
        "flood",
        "water",
        "segmentation",
        "semantic segmentation",
        "sentinel-1",
        "sentinel-2",
        "radar",
        "change",
        "change detection",
        "ir-mad",
        "log-ratio",
        "otsu",
        "ndwi",
        "mndwi",
        "polygons",
        "fusion",
    ),
)

TASK = Task(
    id="segmentation",
    card_task="segmentation",
    mlm_task="semantic-segmentation",
    group="Segment",
    words=WORDS,
    roles=ROLES,
    grid="",
    like="",
    faces=(
        Face(
            _SEGMENT,
            SegmentOptions,
            methods=(NETWORK, *METHODS),
            methods_help="network: the one that MODEL names. otsu: SAR below Otsu's threshold. ndwi: green brighter "
                         "than NIR. mndwi: green brighter than SWIR. The probabilities of these three are not "
                         "calibrated. The others map change between both dates, whatever the sensors: class_change "
                         "asks the network of MODEL about each date, irmad compares all bands, logratio two SAR "
                         "images.",
            assisted=(class_change.METHOD,),
            outputs=(CONFIDENCE, PROBABILITIES),
            layers=(
                Output(drawing.POLYGONS, "Polygons", "The classes as polygons, in a GeoPackage or another format by "
                       "the file's ending (.gpkg, .geojson, .fgb, .shp). Each one has its class, its area in square "
                       "metres (area_m2) and the mean probability of its class inside it (mean_prob)."),
            ),
            output="Classes",
            report="What was found about the rasters, how much area each class covers, and what the network costs, as "
                   "a page for the browser.",
            typed=False,
            results={"POLYGON_COUNT": "Number of polygons (-1: not drawn)"},
            numbers=("POLYGON_COUNT",),
        ),
    ),
    build=operators.build,
    method_card=method_card,
    check=operators.check,
    report=report.parts,
    values=drawing.values,
    draw=drawing.draw_polygons,
    draws_from=(drawing.CONFIDENCE,),
    trainings=(TRAINING,),
)  # fmt: skip
