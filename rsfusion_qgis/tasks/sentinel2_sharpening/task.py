"""Sentinel-2 sharpening: the bands of 20 m and 60 m on the pixels of the 10 m bands."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.contract import Face, Role, Task, Text
from ...core.engine.options import option
from . import operators, report
from .bands import complete
from .operators import METHODS, NOISES
from .words import WORDS


@dataclass(frozen=True)
class SharpeningOptions:
    """`noise`: "measured" = noise that is found in the coarse bands is left out, "none" = they are taken as exact."""

    noise: str = option(
        NOISES[0], "Noise of the coarse bands",
        "measured: what neighbouring pixels and other bands do not share is taken for noise and left out. none: seen "
        "at 20 m or 60 m again, the result gives back the recorded bands, their noise included.",
        choices=NOISES, advanced=True,
    )  # fmt: skip


_SHARPEN = Text(
    "sharpensentinel2",
    "Sharpen Sentinel-2",
    "Brings the bands of 20 m (B5, B6, B7, B8A, B11, B12) and of 60 m (B1, B9) of a Sentinel-2 image to 10 m, with the "
    "detail of the bands of 10 m (B2, B3, B4, B8). It needs no network and no ONNX Runtime.\n\n"
    "regression learns on the whole scene, and around every pixel, what the 10 m bands tell of a coarse band, adds "
    "their detail by these coefficients, and then makes the result consistent with the recorded band, whose blur (MTF) "
    "is known. cubic is plain interpolation, for comparison.\n\n"
    "B10 alone is enough where it is a part of a product as GDAL names it (SENTINEL2_L2A:...:10m:EPSG_32632), or a "
    "stack of all bands at 10 m with their names. Bands are told by their names or wavelengths, or by their order.\n\n"
    "Grids of 10, 20 and 60 m that look nested may start 10 or 50 m apart after a crop. Positions are followed, and "
    "the shift between the images is measured. The result has the bands in the order B5 to B12, B1, B9, in the stored "
    "units of the input.",
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
        Role("b10", "Bands of 10 m", "B2, B3, B4 and B8, or some of them. Their grid is the grid of the result."),
        Role("b20", "Bands of 20 m", "B5, B6, B7, B8A, B11 and B12, or some of them.", required=False),
        Role("b60", "Bands of 60 m", "B1 and B9, or one of them.", required=False),
    ),
    grid="b10",
    like="",
    faces=(
        Face(
            _SHARPEN, SharpeningOptions, networks=False, methods=METHODS,
            methods_help="regression: detail by what the scene itself teaches. cubic: interpolation only.",
            output="Sharpened bands", typed=False,
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
