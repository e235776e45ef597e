"""Sentinel-2 sharpening: the bands of 20 m and 60 m on the pixels of the 10 m bands."""

from __future__ import annotations

from ...core.engine.contract import Face, Role, Task, Text
from . import operators, report
from .inputs import complete
from .operators import METHODS
from .options import SharpeningOptions
from .words import WORDS

_SHARPEN = Text(
    "sharpensentinel2",
    "Sharpen Sentinel-2",
    "Brings the bands of 20 m (B5, B6, B7, B8A, B11, B12) and of 60 m (B1, B9) of a Sentinel-2 image to 10 m, with the "
    "detail of the bands of 10 m (B2, B3, B4, B8), and writes all of them into one raster. The bands of 10 m stay as "
    "they are. It needs no network and no ONNX Runtime.\n\n"
    "PRODUCT takes a product as you downloaded it: the SAFE folder, its ZIP, or MTD_MSIL2A.xml. FILES takes the files "
    "of the bands. Or give B10, B20 and B60 as rasters. Bands are told by their names or wavelengths, or by their "
    "order.\n\n"
    "regression learns on the whole scene, and around every pixel, what the 10 m bands tell of a coarse band, adds "
    "their detail by these coefficients, and then makes the result consistent with the recorded band, whose blur (MTF) "
    "is known. cubic is plain interpolation, for comparison.\n\n"
    "The result has the bands in the order B1 to B12, in the stored units of the input. The radiometric offset of "
    "products since January 2022 stays in the values, and the bands state it. A pixel without data blanks the bands "
    "that need it, and no others.",
    ("sentinel-2", "sharpen", "super-resolution", "resample", "20 m", "60 m", "10 m", "red edge", "swir", "fusion",
     "multiresolution", "downscaling", "pansharpening"),
)  # fmt: skip

TASK = Task(
    id="sentinel2_sharpening",
    card_task="sentinel2_sharpening",
    mlm_task="super-resolution",
    group="Sharpen",
    words=WORDS,
    roles=(
        Role("product", "Product", "A SAFE folder, its ZIP, or its MTD_MSIL1C.xml or MTD_MSIL2A.xml. It stands for all "
             "rasters below.", required=False, product=True),
        Role("files", "Files of the bands", "The files of single bands, or of several bands, in any order, such as "
             "those below IMG_DATA. They stand for all rasters below.", required=False, series=True),
        Role("b10", "Bands of 10 m", "B2, B3, B4 and B8, or some of them, or a stack of all bands. Their grid is the "
             "grid of the result.", required=False),
        Role("b20", "Bands of 20 m", "B5, B6, B7, B8A, B11 and B12, or some of them.", required=False),
        Role("b60", "Bands of 60 m", "B1 and B9, or one of them.", required=False, rare=True),
    ),
    grid="b10",
    like="",
    faces=(
        Face(
            _SHARPEN, SharpeningOptions, networks=False, methods=METHODS,
            methods_help="regression: detail by what the scene itself teaches. cubic: interpolation only.",
            output="Sharpened bands", typed=False, memory_mb=384,
            report="What was found about the rasters, what the fine bands tell of each coarse one, and how noisy that "
                   "is, as a page for the browser.",
        ),
    ),
    build=operators.build,
    method_card=operators.method_card,
    complete=complete,
    check=operators.check,
    rows=report.rows,
    report=report.parts,
)  # fmt: skip
