"""Cloud removal: a cloudy optical image becomes a clear one, with radar and an earlier acquisition where there are."""

from __future__ import annotations

from ...core.engine.contract import Face, Output, Role, Task, Text
from . import operators
from .options import CloudOptions
from .words import WORDS

_REMOVE = Text(
    "removeclouds",
    "Remove clouds",
    "Replaces clouds and their shadows in a Sentinel-2 image (OPTICAL). A network estimates what is under them "
    "from the clear pixels around, from a Sentinel-1 image of about the same time (SAR) and from an earlier "
    "clear image (CLEARREFERENCE), if you give these. A forest also learns from the scene's own clear pixels "
    "(LEARN_FROM_SCENE). Pixels that are not under the mask stay exactly as they are. At its edge both are "
    "blended over a few pixels. CLOUDMASK says where the clouds are, and CLOUD_VALUES which values mean cloud, "
    "such as 3,8,9,10 of a scene classification. Without a mask, clouds and shadows are found in OPTICAL "
    "itself.\n\n"
    "Bands are told by their descriptions or wavelengths, or by their order. Scale and offset come from the "
    "metadata, or from the values. SAR may be in decibels, linear power or amplitude. The log and the report "
    "say what was used. UNCERTAINTY is the standard deviation of the error in reflectance, band by band, 0 "
    "where nothing was replaced. It is larger where SAR is missing.",
    ("cloud removal", "clouds", "cloud mask", "shadow", "sentinel-2", "sentinel-1", "sar", "fusion", "gap filling",
     "inpainting", "onnx"),
)  # fmt: skip
_MORE = (
    "Where the bands of a product come in several rasters. They are interpolated onto the finest grid, on which the "
    "result has all bands."
)

TASK = Task(
    id="cloud_removal",
    card_task="cloud_removal",
    mlm_task="generative",
    group="Remove clouds",
    words=WORDS,
    roles=(
        Role("optical", "Optical raster (Sentinel-2)", "Level-1C or Level-2A, all bands on one grid.",
                 instrument="sentinel2"),
        Role("optical_20m", "Further optical bands of 20 m", _MORE, required=False, joins="optical"),
        Role("optical_60m", "Further optical bands of 60 m", _MORE, required=False, joins="optical"),
        Role("sar", "SAR raster (Sentinel-1)", "VV and VH, of about the same time.", required=False,
                 instrument="sentinel1"),
        Role("clear", "Earlier clear acquisition", "The same bands as OPTICAL.", required=False,
                 called="CLEARREFERENCE", instrument="sentinel2"),
        Role("cloudmask", "Cloud mask", "One band; CLOUD_VALUES says which values mean cloud. Without it clouds "
                 "and shadows are found in OPTICAL.", bands=1, required=False, derived=True, codes=True),
    ),
    grid="optical",
    like="optical",
    faces=(
        Face(
            _REMOVE,
            CloudOptions,
            outputs=(
                Output("UNCERTAINTY", "Uncertainty", "Standard deviation of the error, reflectance, band by band; 0 "
                       "where nothing was replaced."),
                Output("MASK", "Clouds and shadows", "The mask that was used: 1 = clear, 2 = cloud or shadow."),
            ),
            output="Image without clouds",
            report="What was found about the rasters, which scale, offset and units were used, what was replaced and "
                   "what was missing, as a page for the browser.",
            typed=False,
            memory_mb=1536,
        ),
    ),
    build=operators.build,
    check=operators.check,
)  # fmt: skip
