"""Unmixing: what share of each pixel of a hyperspectral raster belongs to which material."""

from __future__ import annotations

from ...core.engine.contract import Face, Output, Role, Task, Text
from . import operators, placing, report
from .extracting import EXTRACTION
from .methods import METHODS
from .options import UnmixOptions
from .words import LAYER_NAMES, WORDS

_UNMIX = Text(
    "unmix",
    "Unmix spectra",
    "Tells what share of every pixel belongs to which material, from a hyperspectral (HS) or multispectral raster. It "
    "needs no network and no ONNX Runtime.\n\n"
    "Endmembers, the spectra of the materials, come from LIBRARY (a file of spectra), from samples (SAMPLES with "
    "CLASS_FIELD, or LABELS), or else from HS itself: its purest pixels are looked for (VCA and N-FINDR), COUNT of "
    "them "
    "or as many as noise and signal tell.\n\n"
    "METHOD: fcls: least squares with shares that are not negative and sum to one. sclsu: the same, while a pixel may "
    "be "
    "darker or brighter than the endmembers. sparse: few spectra of a large library in each pixel. bundles: several "
    "spectra for each class. synthetic: a regression that learns from pixels whose shares the samples tell, or from "
    "random mixtures of the spectra.\n\n"
    "GUIDE is a finer raster of the same area, such as an aerial image or LiDAR heights. It tells how each class looks "
    "there, and draws the shares to what its pixels say.\n\n"
    "OUTPUT has one band for each class, 0 to 1; the bands of a pixel sum to 1. CLASSES has the class of the largest "
    "share with names and colours, ERROR how far the mixture is from the pixel, SHADE how much darker the pixel is "
    "than "
    "the mixture. Stored values may be scaled: a library in reflectance fits HS in reflectance x 10000.",
    ("unmixing", "spectral unmixing", "abundance", "endmember", "fraction", "hyperspectral", "fcls", "nnls", "sclsu",
     "sparse", "mesma", "subpixel", "spectral library", "synthetic mixing", "mixture", "lidar", "fusion"),
)  # fmt: skip

TASK = Task(
    id="unmixing",
    card_task="",
    mlm_task="",
    group="Unmix",
    words=WORDS,
    layer_names=LAYER_NAMES,
    roles=(
        Role("hs", "Hyperspectral raster", "The raster that is unmixed, two or more bands. The result has its pixels."),
        Role("guide", "Guide: a finer raster", "A raster with finer (or equal) pixels of the same area, any bands, "
                                               "such "
             "as a multispectral image or heights above ground.", required=False),
    ),
    grid="hs",
    like="",
    faces=(
        Face(
            _UNMIX, UnmixOptions, networks=False, methods=METHODS,
            methods_help="fcls: one spectrum per class, shares sum to one. sclsu: brightness is free. sparse: few "
                         "spectra "
                         "of a large library. bundles: several spectra per class. synthetic: a regression.",
            outputs=(
                Output("CLASSES", "Class of the largest share", "Class codes with names and colours."),
                Output("ERROR", "Reconstruction error", "Root mean square over the bands of the difference between the "
                       "pixel and its mixture, in the unit of HS."),
                Output("SHADE", "Shade", "1 minus the brightness of the pixel against its mixture: 0 = as bright, 1 = "
                       "black, below 0 = brighter."),
            ),
            output="Shares of the classes",
            report="What was found about the rasters, the spectra of the endmembers, and the mean share of each "
                   "class, as "
                   "a page for the browser.",
            typed=False,
            samples=True,
            rare=("LABELS", "GUIDE_WEIGHT", "COREGISTRATION", "EXTENT"),
            whole="all of HS",
        ),
    ),
    build=operators.build,
    method_card=operators.method_card,
    findings=placing.findings,
    check=operators.check,
    rows=report.rows,
    report=report.parts,
    derivings=(EXTRACTION,),
)  # fmt: skip
