"""Land cover: one class for every pixel, from any number of rasters of different kinds."""

from __future__ import annotations

from ...core.engine.contract import Face, Task, Text
from ...core.operators.class_rasters import CONFIDENCE, PROBABILITIES
from ...core.operators.class_report import class_parts
from . import heights, operators
from .options import ClassOptions
from .roles import ROLES
from .training import TRAINING
from .words import WORDS

_CLASSIFY = Text(
    "classify",
    "Classify land cover",
    "Gives every pixel a class with a network that rsfusion:trainclassifier made (or one of your own), from the "
    "rasters that it was trained on: hyperspectral (HS), LiDAR, multispectral (MS), SAR, or several of them. The "
    "result lies on the grid of the raster on whose grid the network was trained (usually HS); the others are "
    "brought onto it. Bands are matched by their wavelengths where both sides know them, else by name, else by "
    "order. Where a raster that the network can do without has no data, or is not given at all, the "
    "others decide, and the confidence tells how sure they are.\n\n"
    "OUTPUT is a raster of class codes with colours, class names and an attribute table. CONFIDENCE is the "
    "calibrated probability of the class that was chosen, PROBABILITIES those of all classes, one band each. "
    "MAJORITY replaces each class by the most frequent one around it.",
    (
        "classification",
        "land cover",
        "land use",
        "hyperspectral",
        "lidar",
        "fusion",
        "supervised",
        "semantic segmentation",
        "onnx",
    ),
)

TASK = Task(
    id="land_cover",
    card_task="classification",
    mlm_task="semantic-segmentation",
    group="Classify",
    words=WORDS,
    roles=ROLES,
    grid="",
    like="",
    faces=(
        Face(
            _CLASSIFY,
            ClassOptions,
            outputs=(CONFIDENCE, PROBABILITIES),
            output="Classes",
            report="What was found about the rasters, how they were classified, and how much of the area each class "
                   "covers, as a page for the browser.",
            typed=False,
            trained_by_users=True,
        ),
    ),
    build=operators.build,
    report=class_parts,
    findings=heights.findings,
    trainings=(TRAINING,),
)  # fmt: skip
