"""Data to try a sharpening on: a hyperspectral image, a finer multispectral one, and the truth."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade

BANDS, RATIO, PIXEL_M, GAIN = 60, 3, 10.0, 0.3
HS_UM = tuple(np.linspace(0.43, 2.35, BANDS))
GUIDE_UM = {"blue": 0.49, "green": 0.56, "red": 0.66, "nir": 0.83}


def draw(sheet: Sheet) -> None:
    """The scene is drawn twice as fine as GUIDE; band by band, so that memory stays small."""
    side = sheet.size // RATIO * RATIO
    land = sheet.land(PIXEL_M / 2, 2 * side)
    scene = [land.reflectance((centre,)) for centre in HS_UM]
    hs, truth = (np.concatenate([degrade(one, ratio, (GAIN,)) for one in scene]) for ratio in (2 * RATIO, 2))
    guide = degrade(land.reflectance(tuple(GUIDE_UM.values())), 2, (GAIN,) * len(GUIDE_UM))
    told = [f"{1000 * centre:.0f} nm" for centre in HS_UM]
    sheet.image("hs.tif", hs, PIXEL_M * RATIO, told, noise=0.003, wavelengths_um=HS_UM)
    sheet.image("guide.tif", guide, PIXEL_M, tuple(GUIDE_UM), wavelengths_um=tuple(GUIDE_UM.values()))
    sheet.image("truth.tif", truth, PIXEL_M, told, noise=0.0, wavelengths_um=HS_UM)


EXAMPLE = Example(
    "Hyperspectral sharpening", {"HS": ("hs.tif",), "GUIDE": ("guide.tif",), TRUTH: ("truth.tif",)}, 240, draw
)
