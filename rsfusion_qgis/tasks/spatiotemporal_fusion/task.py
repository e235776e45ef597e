"""Spatiotemporal fusion: a fine image of a date that only the coarse sensor saw."""

from __future__ import annotations

from ...core.engine.contract import Face, Output, Role, Task, Text
from . import assessing, methods, operators, preparation, report, selection, stack
from .options import FusionOptions
from .selection import COARSE, FINE, MASK_OF
from .words import WORDS

_PREDICT = Text(
    "predictfine",
    "Predict a fine image",
    "Predicts what a fine sensor would have seen on a date that only a coarse sensor saw: spatiotemporal fusion, "
    "such as Landsat or Sentinel-2 with MODIS, VIIRS or Sentinel-3. Give fine and coarse rasters of at least one "
    "common date (FINE, COARSE), and the coarse raster of TARGET_DATE. It needs no network and no ONNX "
    "Runtime.\n\nDates come from a table (DATES), the metadata or the file names. Bands must be the same, in the "
    "same order. A NetCDF with a time dimension may be given as one raster.\n\nregression measures on each pair how "
    "the coarse sensor blurs, its slope and offset for each band, and its noise at each spatial scale. Change is "
    "then trusted as far as it is stronger than that noise, and given to the fine pixels by a local regression. If "
    "fine and coarse images of one date do not agree, or a date looks contaminated by clouds, the run warns and "
    "falls back (GUARD). starfm, estarfm, fsdaf and fitfc are the methods of the literature. meanshift and "
    "unchanged are what any method should beat.\n\nTRUST says at each pixel how far the coarse change was believed: "
    "0 = only the mean change, 1 = all of it. The result has the pixels, units and bands of the first raster of "
    "FINE.",
    ("spatiotemporal fusion", "time series", "starfm", "estarfm", "fsdaf", "fit-fc", "modis", "landsat", "sentinel-2",
     "sentinel-3", "viirs", "downscaling", "land surface temperature", "ndvi", "gap filling", "histif"),
)  # fmt: skip

TASK = Task(
    id="spatiotemporal_fusion",
    card_task="spatiotemporal_fusion",
    mlm_task="generative",
    group="Predict in time",
    words=WORDS,
    roles=(
        Role(FINE, "Fine rasters", "One for each date. The result has the grid of the first one.", series=True),
        Role(COARSE, "Coarse rasters", "One for each date, that of TARGET_DATE among them; the same bands as FINE.",
             series=True),
        Role(MASK_OF[FINE], "Masks of fine rasters", "Quality or cloud masks, one band, by date. MASK_VALUES says "
                                                     "which "
             "values are bad.", bands=1, required=False, codes=True, series=True),
        Role(MASK_OF[COARSE], "Masks of coarse rasters", "As FINE_MASK, for COARSE.", bands=1, required=False,
             codes=True, series=True),
    ),
    grid=FINE,
    like=FINE,
    faces=(
        Face(
            _PREDICT, FusionOptions, networks=False, policy="correct", methods=methods.METHODS,
            methods_help=methods.METHODS_HELP,
            outputs=(Output("TRUST", "Trust", "How far the coarse change was believed at each pixel, band by band, 0 "
                                              "to "
                            "1."),),
            output="Predicted raster",
            report="What was found about the dates, the blur, slopes and noise of the coarse sensor, and pictures "
                   "before and after, as a page for the browser.",
            results={"FALLBACK": "What was done instead where the rasters do not agree; empty = nothing"},
        ),
    ),
    build=operators.build,
    method_card=preparation.method_card,
    complete=selection.complete,
    check=preparation.check,
    history=report.history,
    rows=report.rows,
    report=report.parts,
    values=report.values,
    protocols=(assessing.PROTOCOL,),
    aligning=stack.ALIGNING,
)  # fmt: skip
