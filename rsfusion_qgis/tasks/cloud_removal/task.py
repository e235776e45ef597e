"""Cloud removal: a cloudy optical image becomes a clear one, with radar and an earlier acquisition where there are."""

from __future__ import annotations

from ...core.engine.contract import Face, Output, Role, Task, Text
from . import card, operators, report
from .card import AUTO, METHODS
from .options import CloudOptions
from .words import LAYER_NAMES, WORDS

_REMOVE = Text(
    "removeclouds",
    "Remove clouds",
    "Replaces clouds and their shadows in an optical image (OPTICAL): Sentinel-2, Landsat or another sensor. Give "
    "clear images of earlier or later dates (CLEARREFERENCE), a Sentinel-1 image of about the same time (SAR), or "
    "both. METHOD says how. With auto the ways are compared under simulated clouds on the scene's own clear pixels, "
    "and the best one is used. Pixels that are not under the mask stay exactly as they are. At its edge both are "
    "blended over a few pixels.\n\n"
    "CLOUDMASK says where the clouds are. Sentinel-2's SCL and QA60, s2cloudless, Fmask and Landsat's QA_PIXEL are "
    "known. For other masks CLOUD_VALUES says which values mean cloud. Without a mask, clouds and shadows are found "
    "in OPTICAL itself if it is a Sentinel-2 image.\n\n"
    "All bands that come in come out. For Sentinel-2, bands are told by their descriptions or wavelengths, or by their "
    "order. Scale and offset come from the metadata, or from the values. SAR may be in decibels, linear power or "
    "amplitude. The log and the report say what was used. UNCERTAINTY is the standard deviation of the error, band by "
    "band, 0 where nothing was replaced.",
    ("cloud removal", "clouds", "cloud mask", "shadow", "sentinel-2", "sentinel-1", "landsat", "sar", "fusion",
     "gap filling", "nspi", "inpainting", "onnx"),
)  # fmt: skip
_MORE = (
    "Where the bands of a product come in several rasters. They are interpolated onto the finest grid, on which the "
    "result has all bands."
)
_METHODS_HELP = (
    "auto: the best one for what is given. network: MODEL, for Sentinel-2. forest: learns from the scene's clear "
    "pixels what SAR says. reference: CLEARREFERENCE matched to OPTICAL by local regression and a forest, joined "
    "without a seam. mean: the mean of the clear pixels around, for comparison. Only auto and network use MODEL."
)

TASK = Task(
    id="cloud_removal",
    card_task="cloud_removal",
    mlm_task="generative",
    group="Remove clouds",
    words=WORDS,
    layer_names=LAYER_NAMES,
    roles=(
        Role("optical", "Optical raster", "Sentinel-2 (Level-1C or Level-2A), Landsat or another sensor; all bands on "
             "one grid."),
        Role("optical_20m", "Further optical bands of 20 m", _MORE, required=False, joins="optical"),
        Role("optical_60m", "Further optical bands of 60 m", _MORE, required=False, joins="optical"),
        Role("sar", "SAR raster (Sentinel-1)", "VV and VH, of about the same time.", required=False,
             instrument="sentinel1"),
        Role("clear", "Clear images of other dates", "One or several, earlier or later, of any sensor with similar "
             "bands. Clouds in Sentinel-2 images are found and left out.", required=False,
             called="CLEARREFERENCE", series=True),
        Role("cloudmask", "Cloud mask", "One band: SCL, QA60, s2cloudless, Fmask, QA_PIXEL, or a mask of which "
             "CLOUD_VALUES says what means cloud. Without it clouds and shadows are found in OPTICAL.", bands=1,
             required=False, derived=True, codes=True),
    ),
    grid="optical",
    like="optical",
    faces=(
        Face(
            _REMOVE,
            CloudOptions,
            methods=METHODS,
            methods_help=_METHODS_HELP,
            assisted=(AUTO,),
            outputs=(
                Output("UNCERTAINTY", "Uncertainty", "Standard deviation of the error, reflectance, band by band; 0 "
                       "where nothing was replaced."),
                Output("MASK", "Clouds and shadows", "The mask that was used: 1 = clear, 2 = cloud, or any that is to "
                       "be replaced in a mask of your own, 3 = thin cloud, 4 = shadow, 5 = uncertain."),
            ),
            output="Image without clouds",
            report="Pictures before and after, mask and uncertainty, what was learned from how many pixels, how well "
                   "each way does under simulated clouds, and what was found about the rasters, as a page for the "
                   "browser.",
            typed=False,
            memory_mb=1536,
        ),
    ),
    build=operators.build,
    method_card=card.method_card,
    network_card=card.network_card,
    check=operators.check,
    report=report.parts,
)  # fmt: skip
