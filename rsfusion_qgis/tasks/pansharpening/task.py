"""Pansharpening: a multispectral image at the resolution of a panchromatic one."""

from __future__ import annotations

from ...core.alignment.shift_finding import WORTH_CORRECTING_PX
from ...core.engine.contract import Face, Task, Text
from ...core.operators.sharpening import METHODS
from . import native, operators, report
from .assessing import ASSESSMENT
from .options import MethodOptions, NetworkOptions
from .roles import ROLES
from .training import TRAINING
from .words import LAYER_NAMES, WORDS

_BY_NETWORK = Text(
    "pansharpen",
    "Pansharpen",
    "Fuses a panchromatic (PAN) and a multispectral (MS) raster into a multispectral one at the resolution of "
    "PAN, with a neural network. It takes any sensor, any number of bands, 8 or 16 bit or float values, and "
    "pixel size ratios from 1.5 to 8.\n\n"
    "DETAIL says how sharp the colours become: clean, balanced or strong. SENSOR says how blurred MS is; with that, "
    "the result is made consistent with MS. The result lies on the pixels of PAN. Where the "
    "two are not aligned, MS is moved onto PAN, or the run warns or stops, as COREGISTRATION says.\n\n"
    "The result keeps the data type, band names, wavelengths, scale and offset of MS.",
    (
        "pansharpening",
        "pan-sharpening",
        "fusion",
        "panchromatic",
        "multispectral",
        "sharpen",
        "super-resolution",
        "onnx",
    ),
)
_BY_METHOD = Text(
    "classicalpansharpen",
    "Pansharpen (classical methods)",
    (
        "Fuses a panchromatic (PAN) and a multispectral (MS) raster into a multispectral one at the resolution of "
        "PAN, by a classical method. It needs no network and no ONNX Runtime.\n\n"
        "METHOD is one of: mtf_glp_fs (the detail that each band's own blur hides in PAN, the best of them on most "
        "scenes), gsa (component substitution: PAN takes the place of an intensity made of the bands; bears small "
        "shifts between the rasters), bt_h (Brovey with haze correction: keeps the ratios between the bands), exp "
        "(plain interpolation, for comparison). SENSOR or GAINS say how blurred MS is.\n\n"
        "Any number of bands, 8 or 16 bit or float, pixel size ratios from 1.5 to 8. Statistics come from the whole "
        "area that the rasters share, whatever the extent and the tiles (above 33 million pixels: from blocks spread "
        "over it). The result lies on the pixels of PAN. Where the two are not aligned, MS is moved onto PAN, or the "
        "run warns or stops, as COREGISTRATION says. The result keeps the data type, band names, wavelengths, scale "
        "and offset of MS."
    ),
    (
        "pansharpening", "pan-sharpening", "fusion", "panchromatic", "multispectral", "sharpen", "gram-schmidt",
        "gsa", "brovey", "mtf-glp", "laplacian pyramid", "component substitution", "interpolation",
    ),
)
_REPORT = (
    "What was found about the rasters, how they were fused, and how good the result is beside plain interpolation, as "
    "a page for the browser."
)
_POLICY = "correct"
_ALIGNMENT = (
    "The headers are compared, and the shift between the images is measured. correct: MS is moved by the measured "
    "shift, so that it lies on PAN, and a rotated grid is warped. PAN stays as it is. If the shift cannot be measured "
    "with confidence, MS stays where it is. warn: both stay where their georeferencing says, and the run warns of a "
    "shift. fail: the run stops unless the grids nest and the images are as well aligned as the fusion needs."
)
_METHOD_HELP = (
    "mtf_glp_fs: detail by each band's blur. gsa: Gram-Schmidt adaptive. bt_h: Brovey with haze correction. exp: "
    "interpolation only."
)

TASK = Task(
    id="pansharpening",
    undoes_from=WORTH_CORRECTING_PX,
    card_task="pansharpening",
    # The extension has no word for pansharpening: finer pixels from coarser ones is its nearest.
    mlm_task="super-resolution",
    group="Sharpen",
    words=WORDS,
    layer_names=LAYER_NAMES,
    roles=ROLES,
    grid="pan",
    like="ms",
    faces=(
        Face(_BY_NETWORK, NetworkOptions, report=_REPORT, policy=_POLICY, alignment=_ALIGNMENT),
        Face(
            _BY_METHOD, MethodOptions, networks=False, methods=tuple(method.id for method in METHODS),
            methods_help=_METHOD_HELP, report=_REPORT, policy=_POLICY, alignment=_ALIGNMENT,
        ),
    ),
    build=operators.build,
    method_card=operators.method_card,
    complete=native.complete,
    check=operators.check,
    history=operators.history,
    rows=report.rows,
    report=report.quality,
    derives_ratio=True,
    gains=operators.gains,
    trainings=(TRAINING,),
    assessments=(ASSESSMENT,),
)  # fmt: skip
