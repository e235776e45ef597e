"""A generated city in which only height tells some classes apart: HS, LiDAR, and what is where.

Axis order: (bands, rows, cols). Units: reflectance 0..1, metres; a pixel is 1 m. The same seed gives the same city.
Streets and flat roofs are of one asphalt, lawns and trees have one spectrum, drawn from one distribution, so that no
spectral classifier can tell them apart; water and soil are their own. What a spectrometer sees is lit unevenly, in
shadow beside what is high, mixed by the optics, and noisy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from models.common.painting import fractal_noise
from models.land_cover.samples.scenes import NO_REGION, UNLABELLED, LabelledScene
from rsfusion_qgis.core.sensors.materials import spectrum

CLASSES = ("street", "roof", "lawn", "tree", "water", "soil")
STREET, ROOF, LAWN, TREE, WATER, SOIL = range(len(CLASSES))
MATERIALS = ("asphalt", "asphalt", "lawn", "lawn", "murky_water", "soil")
USES = (ROOF, TREE, ROOF, LAWN, TREE, WATER, SOIL, STREET)
"""Of blocks; buildings stand on asphalt and trees on lawn."""
BLOCK_PX, STREET_PX = 44, 10
SUN = (0.6, -0.8)
"""Where shadows fall: rows and columns per metre of height."""
SHADE = 0.35
BLUR_PX = 0.6
BOX_PX = 4


@dataclass(frozen=True)
class City:
    """What two sensors see, and the truth."""

    hs: np.ndarray
    """(bands, rows, cols) float32."""
    lidar: np.ndarray
    """(1, rows, cols) float32, height above the ground in metres."""
    truth: np.ndarray
    """(rows, cols) int16, every pixel."""


def city(seed: int, rows: int = 200, cols: int = 200, bands: int = 60) -> City:
    """Build one."""
    rng = np.random.default_rng(seed)
    truth, height, things = _built(rows, cols, rng)
    wavelengths = np.linspace(0.42, 2.38, bands)
    drawn = {}
    for thing in np.unique(things):
        label = truth[things == thing][0]
        drawn[int(thing)] = spectrum(MATERIALS[label], wavelengths, rng)
    table = np.zeros((int(things.max()) + 1, bands), np.float32)
    for thing, values in drawn.items():
        table[thing] = values
    hs = np.moveaxis(table[things], -1, 0) * (1 + 0.06 * fractal_noise(rows, cols, rng, 0.8))
    hs = hs * np.where(shadows(height), SHADE * (0.42 / wavelengths[:, None, None]) ** 0.3, 1.0)
    hs = ndimage.gaussian_filter(hs, (0, BLUR_PX, BLUR_PX))
    hs = hs + rng.normal(0, 0.006, hs.shape) + 0.01 * hs * rng.standard_normal(hs.shape)
    seen = ndimage.gaussian_filter(height, 0.4) + rng.normal(0, 0.12, height.shape)
    return City(hs.astype(np.float32), seen[None].astype(np.float32), truth)


def shadows(height: np.ndarray) -> np.ndarray:
    """Where something higher stands between a pixel and the sun, (rows, cols) bool."""
    dark = np.zeros(height.shape, bool)
    for away in range(1, int(height.max()) + 1):
        moved = ndimage.shift(height, (SUN[0] * away, SUN[1] * away), order=0, cval=0.0)
        dark |= moved - away > height
    return dark


def samples(found: City, each: int, seed: int, box_px: int = BOX_PX) -> LabelledScene:
    """The city with as many small boxes of every class as samples, none touching another class."""
    rng = np.random.default_rng(seed)
    labels = np.full(found.truth.shape, UNLABELLED, np.int16)
    regions = np.full(found.truth.shape, NO_REGION, np.int32)
    for label in range(len(CLASSES)):
        inside = ndimage.minimum_filter(found.truth == label, box_px, origin=-(box_px // 2), mode="constant")
        corners = np.argwhere(inside)
        rng.shuffle(corners)
        placed = 0
        for row, col in corners:
            window = np.s_[max(row - 3, 0) : row + box_px + 3, max(col - 3, 0) : col + box_px + 3]
            if placed < each and not regions[window].any():
                labels[row : row + box_px, col : col + box_px] = label
                regions[row : row + box_px, col : col + box_px] = 1 + label * each + placed
                placed += 1
    return scene(found, labels, regions)


def scene(found: City, labels: np.ndarray | None = None, regions: np.ndarray | None = None) -> LabelledScene:
    """The city as a labelled scene; without labels all of the truth, as one region."""
    labels = found.truth if labels is None else labels
    regions = np.ones(labels.shape, np.int32) if regions is None else regions
    everywhere = np.ones(labels.shape, bool)
    inputs = {"hs": found.hs, "lidar": found.lidar}
    return LabelledScene(inputs, dict.fromkeys(inputs, everywhere), labels, regions)


def _built(rows: int, cols: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Truth, height in metres, and number of the thing that a pixel belongs to."""
    truth, height = np.full((rows, cols), STREET, np.int16), np.zeros((rows, cols), np.float32)
    things = np.zeros((rows, cols), np.int64)
    across = -(-cols // BLOCK_PX)
    uses = rng.permutation(np.resize(USES, -(-rows // BLOCK_PX) * across))
    for number, use in enumerate(uses):
        row, col = (BLOCK_PX * k for k in divmod(number, across))
        block = np.s_[row : min(row + BLOCK_PX - STREET_PX, rows), col : min(col + BLOCK_PX - STREET_PX, cols)]
        _fill(truth[block], height[block], things[block], int(use), rng, 1 + 100 * number)
    return truth, height, things


def _fill(truth: np.ndarray, height: np.ndarray, things: np.ndarray, use: int, rng: np.random.Generator,
          first: int) -> None:
    """One block, in place: its ground, then what stands on it."""
    if truth.size == 0:
        return
    truth[:], things[:] = {ROOF: STREET, TREE: LAWN}.get(use, use), first
    for thing in range(first + 1, first + 9 if use in (ROOF, TREE) else first + 1):
        half = rng.uniform(4, 9, 2) if use == ROOF else np.full(2, rng.uniform(3, 7))
        row, col = rng.uniform(0, 1, 2) * truth.shape
        down, across = np.abs(np.mgrid[: truth.shape[0], : truth.shape[1]] - np.array([row, col]).reshape(2, 1, 1))
        if use == ROOF:
            inside, top = (down <= half[0]) & (across <= half[1]), np.full(truth.shape, rng.uniform(4, 20))
        else:
            away = np.hypot(down, across) / half[0]
            inside = away <= 1
            top = rng.uniform(5, 14) * (1 - 0.5 * away**2) + rng.normal(0, 0.6, truth.shape)
        truth[inside], things[inside], height[inside] = use, thing, np.maximum(top[inside], 1.5)
