"""Data to try an unmixing on: a hyperspectral image, a finer one, a library of spectra, and the true shares."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet, samples
from ...core.grid.degradation import degrade
from ...core.sensors.landscape import BUILDING, ROAD, WATER, Landscape
from ...core.sensors.materials import spectra

BANDS, RATIO, PIXEL_M, EACH, SIDE_PX = 60, 3, 10.0, 6, 3
HS_UM = tuple(np.linspace(0.43, 2.35, BANDS))
GUIDE_UM = {"blue": 0.49, "green": 0.56, "red": 0.66, "nir": 0.83}
CLASSES = ("built", "plants", "soil", "water")
COLOURS = ("#c0392b", "#2e7d32", "#c69c6d", "#1f61be")
LIBRARY = {
    "built": ("red_tile", "brown_roof", "dark_roof", "concrete", "gravel", "metal_roof", "blue_roof", "asphalt"),
    "plants": ("crop", "lawn", "tree", "conifer", "dry_grass"),
    "soil": ("soil", "dark_soil"), "water": ("murky_water",),
}  # fmt: skip


def draw(sheet: Sheet) -> None:
    """Pixels of 30 m, most of which hold several materials."""
    side = sheet.size // RATIO * RATIO
    land = sheet.land(PIXEL_M, side)
    scene = [land.reflectance((centre,)) for centre in HS_UM]
    hs = np.concatenate([degrade(one, RATIO, (0.3,)) for one in scene])
    sheet.image("hs.tif", hs, PIXEL_M * RATIO, [f"{1000 * centre:.0f} nm" for centre in HS_UM], wavelengths_um=HS_UM)
    guide = land.reflectance(tuple(GUIDE_UM.values()))
    sheet.image("guide.tif", guide, PIXEL_M, tuple(GUIDE_UM), wavelengths_um=tuple(GUIDE_UM.values()))
    shares = _shares(land)
    sheet.raster("truth.tif", degrade(shares, RATIO, (0.3,) * len(CLASSES)), PIXEL_M * RATIO, CLASSES)
    pure = np.where(shares.max(axis=0) > 0.8, shares.argmax(axis=0), -1)
    sheet.shapes("samples.gpkg", samples(pure, EACH, SIDE_PX, PIXEL_M, sheet.rng, CLASSES))
    sheet.text("library.csv", _library())


def _shares(land: Landscape) -> np.ndarray:
    """(classes, rows, cols) of each of the fine pixels."""
    bare, built, water = land.bare(), np.isin(land.covers, (BUILDING, ROAD)), land.covers == WATER
    return np.stack([built, np.where(built | water, 0.0, 1 - bare), np.where(built | water, 0.0, bare), water]) * 1.0


def _library() -> str:
    centres = np.arange(0.4, 2.4, 0.01)
    named = [(f"{name} #{number}", material) for name, materials in LIBRARY.items()
             for number, material in enumerate(materials, start=1)]  # fmt: skip
    values = spectra([material for _, material in named], centres, np.zeros((len(named), 3)))
    lines = [",".join(["wavelength (nm)", *(name for name, _ in named)])]
    lines += [",".join(f"{one:.5f}" for one in (1000 * centre, *row)) for centre, row in zip(centres, values.T)]
    return "\n".join(lines) + "\n"


EXAMPLE = Example(
    "Unmixing",
    {"HS": ("hs.tif",), "GUIDE": ("guide.tif",), "LIBRARY": ("library.csv",), "SAMPLES": ("samples.gpkg",),
     TRUTH: ("truth.tif",)},
    240, draw,
)  # fmt: skip
