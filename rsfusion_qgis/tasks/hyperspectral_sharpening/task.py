"""Hyperspectral sharpening: all bands of a hyperspectral image on the pixels of a finer pan or multispectral one."""

from __future__ import annotations

from ...core.alignment.shift_finding import WORTH_CORRECTING_PX
from ...core.engine.contract import COARSE, FINE, Face, Role, Task, Text
from . import operators, report
from .assessing import COMPARED
from .operators import METHODS_OFFERED
from .options import HyperspectralOptions
from .training import TRAINING
from .words import LAYER_NAMES, WORDS

_SHARPEN = Text(
    "sharpenhyperspectral",
    "Sharpen hyperspectral",
    "Brings all bands of a hyperspectral image (HS) to the pixels of a finer panchromatic or multispectral image "
    "(GUIDE). Everything is learned on the scene itself.\n\n"
    "hp1 takes the principal components of HS, learns on the whole scene and around every pixel what GUIDE tells of "
    "each, measures its noise, adds the detail, and makes the result consistent with HS. gsa (Gram-Schmidt adaptive), "
    "glp (generalised Laplacian pyramid with back-projection), cnmf (coupled non-negative matrix factorisation) and "
    "hysure (components under total variation) are known methods, for comparison. network takes the file that "
    "rsfusion:adapthyperspectral has trained on your scene; only that needs ONNX Runtime.\n\n"
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
    undoes_from=WORTH_CORRECTING_PX,
    card_task="hyperspectral_sharpening",
    mlm_task="super-resolution",
    group="Sharpen",
    words=WORDS,
    layer_names=LAYER_NAMES,
    roles=(
        Role("hs", "Hyperspectral raster", "Any number of bands, the coarser pixels.", tag=COARSE),
        Role("guide", "Panchromatic or multispectral raster",
             "1 to 24 bands, the finer pixels. Its grid is the grid of the result.", tag=FINE),
    ),
    grid="guide",
    like="hs",
    faces=(
        Face(
            _SHARPEN, HyperspectralOptions, methods=METHODS_OFFERED,
            methods_help="hp1: components of the image, learned on the scene. gsa, glp, cnmf, hysure: known methods, "
                         "for comparison. network: the one that MODEL_FILE names, see rsfusion:adapthyperspectral.",
            trained_by_users=True,
            rare=("MODEL", "EXTENT"),
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
    trainings=(TRAINING,),
    compared=COMPARED,
)  # fmt: skip
