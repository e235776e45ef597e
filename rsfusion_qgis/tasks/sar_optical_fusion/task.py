"""An optical image with detail of a SAR image, pixel by pixel."""

from __future__ import annotations

from ...core.engine.contract import Face, Role, Task, Text
from . import operators
from .detail import METHODS, OPTICAL, SAR
from .options import DetailOptions
from .words import WORDS

_FUSE = Text(
    "fusesaroptical",
    "SAR detail in an optical image",
    "Puts detail of a SAR image into all bands of an optical one, as far as both agree around a pixel. SAR is read in "
    "decibels, its speckle is filtered, and both images are taken apart into scales, by wavelets (atrous) or by means "
    "(highpass). The slope between both is measured band by band in a window around each pixel, at a scale that both "
    "hold, and SAR's finer detail is added with it, times the share that SAR explains there. Where SAR has no data, "
    "or has nothing to do with the optical image, OPTICAL stays as it is.\n\n"
    "The result has the bands, the units and the data type of OPTICAL, and the grid of the finer raster. It is made "
    "for the eye. Reflectance hardly becomes truer by it, so take OPTICAL itself for indices and spectra, and for "
    "maps of classes give both rasters to rsfusion:trainsegmenter or rsfusion:trainclassifier. The guide has the "
    "figures.",
    ("sar", "optical", "sentinel-1", "sentinel-2", "detail", "pixel level", "fusion", "à trous", "wavelet",
     "high-pass", "despeckling", "radar"),
)  # fmt: skip

TASK = Task(
    id="sar_optical_fusion",
    card_task="",
    mlm_task="",
    words=WORDS,
    group="Sharpen",
    roles=(
        Role(OPTICAL, "Optical raster", "Any bands. The result has them all."),
        Role(SAR, "SAR raster", "Backscatter in decibels, power or amplitude; several bands are averaged in "
             "decibels."),
    ),
    grid="",
    like=OPTICAL,
    faces=(
        Face(
            _FUSE,
            DetailOptions,
            networks=False,
            methods=METHODS,
            methods_help="atrous: wavelets, scale by scale. highpass: the difference from the mean of a square.",
            output="Optical image with SAR detail",
        ),
    ),
    build=operators.build,
    method_card=operators.method_card,
    check=operators.check,
)
