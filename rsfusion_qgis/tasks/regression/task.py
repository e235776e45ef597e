"""A number for every pixel, such as biomass or canopy height, from any number of rasters of different kinds."""

from __future__ import annotations

from ...core.engine.contract import Face, Output, Task, Text
from . import operators
from .encode import INTERVAL
from .report import number_parts, number_values
from .roles import ROLES
from .training import TRAINING
from .words import WORDS

_REGRESS = Text(
    "regress",
    "Estimate a number",
    "Estimates a number for every pixel, such as biomass, canopy height or the share of sealed ground, with what "
    "rsfusion:trainregressor made (or a network of your own), from the rasters that it was trained on: hyperspectral "
    "(HS), LiDAR, multispectral (MS), SAR, points of interest, or several of them. The result lies on the grid of the "
    "raster on whose grid it was trained; the others are brought onto it. Where a raster that it can do without has no "
    "data, or is not given at all, the others decide, and the interval becomes wider.\n\n"
    "OUTPUT is the estimate. INTERVAL has two bands, between which the truth lies as often as was asked for in the "
    "training, as long as the scene is like that of the training.",
    ("regression", "biomass", "canopy height", "impervious", "fraction", "hyperspectral", "lidar", "fusion",
     "uncertainty", "interval", "onnx"),
)  # fmt: skip

TASK = Task(
    id="regression",
    card_task="regression",
    mlm_task="regression",
    group="Classify",
    words=WORDS,
    roles=ROLES,
    grid="",
    like="",
    faces=(
        Face(
            _REGRESS,
            outputs=(
                Output(INTERVAL, "Interval", "Two bands: the low and the high end, between which the truth lies with "
                       "the probability that was asked for in the training."),
            ),
            output="Estimate",
            report="What was found about the rasters, how the number was estimated, and how it is spread, as a page "
                   "for the browser.",
            typed=False,
            trained_by_users=True,
            results={"MEAN": "Mean of the estimate", "LOWEST": "Lowest estimate", "HIGHEST": "Highest estimate"},
            numbers=("MEAN", "LOWEST", "HIGHEST"),
        ),
    ),
    build=operators.build,
    report=number_parts,
    values=number_values,
    trainings=(TRAINING,),
)  # fmt: skip
