"""Hyperspectral sharpening: all bands of a hyperspectral image on the pixels of a finer pan or multispectral one."""

from __future__ import annotations

from ...core.engine.contract import COARSE, FINE, Face, Role, Task, Text
from . import operators, report
from .operators import METHODS
from .options import HyperspectralOptions
from .words import WORDS

_SHARPEN = Text(
    "sharpenhyperspectral",
    "Sharpen hyperspectral",
    "Brings all bands of a hyperspectral image (HS) to the pixels of a finer panchromatic or multispectral image "
    "(GUIDE). Everything is learned on the scene itself, so it needs no network and no ONNX Runtime.\n\n"
    "hp1 takes the principal components of HS, learns on the whole scene and around every pixel what GUIDE tells of "
    "each, measures its noise, adds the detail, and makes the result consistent with HS. gsa (Gram-Schmidt adaptive) "
    "and glp (generalised Laplacian pyramid with back-projection) are known methods, for comparison.\n\n"
    "HS and GUIDE should show the same ground on near dates. A shift between them costs more than the choice of "
    "method, so it is measured and undone, as COREGISTRATION says.\n\n"
    "Bands of water vapour or of much noise are interpolated: those that the metadata mark as bad, those of BAD_BANDS, "
    "and those that are found to be mostly noise. The result has the bands of HS in their order, with their "
    "wavelengths, in the stored units of HS.",
    ("hyperspectral", "sharpen", "pansharpening", "hypersharpening", "fusion", "enmap", "prisma", "emit", "desis",
     "hyperion", "imaging spectroscopy", "resolution", "downscaling"),
)  # fmt: skip

TASK = Task(
    id="hyperspectral_sharpening",
    card_task="hyperspectral_sharpening",
    mlm_task="super-resolution",
    group="Sharpen",
    words=WORDS,
    roles=(
        Role("hs", "Hyperspectral raster", "Any number of bands, the coarser pixels.", tag=COARSE),
        Role("guide", "Panchromatic or multispectral raster",
             "1 to 24 bands, the finer pixels. Its grid is the grid of the result.", tag=FINE),
    ),
    grid="guide",
    like="hs",
    faces=(
        Face(
            _SHARPEN, HyperspectralOptions, networks=False, methods=METHODS,
            methods_help="hp1: components of the image, learned on the scene. gsa, glp: known methods, for comparison.",
            output="Sharpened bands", typed=True, policy="correct",
            alignment="correct: the shift between HS and GUIDE is measured and undone, where it is sure. warn: it is "
                      "measured and told. fail: the run stops where the shift is more than half a pixel of GUIDE.",
            report="What was found about the rasters, which bands each band of GUIDE is made of, and spectra before "
                   "and after, as a page for the browser.",
        ),
    ),
    build=operators.build,
    method_card=operators.method_card,
    findings=operators.findings,
    check=operators.check,
    rows=report.rows,
    report=report.parts,
)  # fmt: skip
