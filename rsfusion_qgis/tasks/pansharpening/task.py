"""Pansharpening: a multispectral image at the resolution of a panchromatic one."""

from __future__ import annotations

from ...core.engine.task_spec import RoleSpec, TaskSpec

PANSHARPENING = TaskSpec(
    id="pansharpen",
    card_task="pansharpening",
    label="Pansharpen",
    help=(
        "Fuses a panchromatic (PAN) and a multispectral (MS) raster into a multispectral one at the resolution of "
        "PAN, with a neural network. Any sensor, any number of bands, 8 or 16 bit or float, pixel size ratios from "
        "1.5 to 8. SENSOR says how blurred PAN and MS are: by it PAN is made as sharp as MS would be at its pixel "
        "size, and the result consistent with MS (CONSISTENCY). Where the two do not lie on each other, PAN is read "
        "where MS shows the same, or the run warns, corrects or stops, as COREGISTRATION says. The result keeps the "
        "data type, band names, wavelengths, scale and offset of MS."
    ),
    tags=(
        "pansharpening",
        "pan-sharpening",
        "fusion",
        "panchromatic",
        "multispectral",
        "sharpen",
        "super-resolution",
        "onnx",
    ),
    roles=(
        RoleSpec(
            "pan", "Panchromatic raster", "One band, the finer pixels. Its grid is the grid of the result.", bands=1
        ),
        RoleSpec("ms", "Multispectral raster", "One or more bands, the coarser pixels."),
    ),
    reference_role="pan",
    like_role="ms",
)
