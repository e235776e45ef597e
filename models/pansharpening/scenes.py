"""Generated scenes: districts of roads, roofs, trees, cars, fields and water, with real spectral shapes.

Axis order: (bands, rows, cols). Units: reflectance 0..1, pixel size in metres, wavelengths in micrometres.
Numpy and scipy only, so that demos and tests can make rasters without torch. The same seed gives the same scene.
`pan_ms_pair` lets two sensors look at a scene: spectral response, optics' blur, sampling, noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from models.common.painting import Canvas, building, car, fractal_noise, tree
from models.common.sampling import blur_and_decimate

WORLDVIEW_UM = (0.427, 0.478, 0.546, 0.608, 0.659, 0.724, 0.833, 0.949)
FOUR_BANDS_UM = (0.48, 0.55, 0.66, 0.83)
PAN_RANGE_UM = (0.45, 0.80)

# ground covers, share of plots with a building, building half lengths in metres, trees per hectare
_DISTRICTS: dict[str, tuple[tuple[str, ...], float, tuple[float, float], float]] = {
    "residential": (("lawn", "dry_grass", "soil"), 0.8, (3.5, 8.0), 60),
    "dense": (("concrete", "asphalt", "gravel"), 0.9, (5.0, 13.0), 15),
    "industrial": (("concrete", "asphalt", "gravel", "soil"), 0.7, (8.0, 28.0), 5),
    "park": (("lawn", "tree", "dry_grass"), 0.04, (3.0, 7.0), 130),
    "forest": (("tree", "conifer", "dark_soil"), 0.0, (3.0, 4.0), 320),
    "fields": (("crop", "soil", "dry_grass", "dark_soil", "lawn"), 0.02, (4.0, 10.0), 6),
    "bare": (("sand", "soil", "gravel"), 0.15, (3.0, 9.0), 12),
}


def _voronoi(rows: int, cols: int, points: int, rng: np.random.Generator, wobble_px: float) -> np.ndarray:
    """Region number of every pixel: nearest of some random points, borders bent by noise, (rows, cols) int."""
    down, across = np.mgrid[0:rows, 0:cols].astype(np.float32)
    down += wobble_px * fractal_noise(rows, cols, rng, 2.0)
    across += wobble_px * fractal_noise(rows, cols, rng, 2.0)
    spots = rng.uniform(0, 1, (points, 2)) * (rows, cols)
    best, nearest = np.full((rows, cols), np.inf, np.float32), np.zeros((rows, cols), np.int32)
    for number, (row, col) in enumerate(spots):
        distance = (down - row) ** 2 + (across - col) ** 2
        closer = distance < best
        best[closer], nearest[closer] = distance[closer], number
    return nearest


def _ground(canvas: Canvas, region: np.ndarray, covers: tuple[str, ...]) -> None:
    """Two covers of the district mixed by noise, the mixture and the brightness varying at every scale."""
    rng, shape = canvas.rng, region.shape
    first, second = (canvas.sample(str(name)) for name in rng.choice(covers, 2))
    patches = fractal_noise(*shape, rng, rng.uniform(0.9, 1.8))
    share = 1 / (1 + np.exp(-rng.uniform(1, 6) * (patches - rng.normal(0, 0.7))))
    ground = first[:, None, None] * (1 - share) + second[:, None, None] * share
    canvas.values[:, region] = (ground * (1 + 0.08 * canvas.grain))[:, region]


def _fields(canvas: Canvas, region: np.ndarray, covers: tuple[str, ...]) -> None:
    """Parcels, each with its own crop and rows across it."""
    rng, (rows, cols) = canvas.rng, region.shape
    parcels = _voronoi(rows, cols, max(4, int(region.sum() * canvas.pixel_m**2 / 4000)), rng, 1.0)
    down, across = np.mgrid[0:rows, 0:cols].astype(np.float32)
    for number in np.unique(parcels[region]):
        mask = region & (parcels == number)
        angle, period = rng.uniform(0, np.pi), rng.uniform(1.5, 8) / canvas.pixel_m
        rows_of_plants = np.sin(2 * np.pi * (across * np.cos(angle) + down * np.sin(angle)) / period)
        plant = canvas.sample(str(rng.choice(covers)))
        soil = canvas.sample(str(rng.choice(("soil", "dark_soil", "crop"))))
        share = np.clip(rng.uniform(0, 1) + rng.uniform(0, 0.3) * rows_of_plants + 0.1 * canvas.grain, 0, 1)[mask]
        mixed = plant[:, None] * (1 - share) + soil[:, None] * share
        canvas.values[:, mask] = mixed * (1 + 0.05 * canvas.grain[mask])


def _streets(canvas: Canvas, region: np.ndarray, angle: float, block_m: tuple[float, float]) -> np.ndarray:
    """Pavement, asphalt and dashed lines on a turned lattice; returns the mask of the carriageway."""
    rng, (rows, cols) = canvas.rng, region.shape
    down, across = np.mgrid[0:rows, 0:cols].astype(np.float32) * canvas.pixel_m
    u = (across * np.cos(angle) + down * np.sin(angle)) % block_m[0]
    v = (-across * np.sin(angle) + down * np.cos(angle)) % block_m[1]
    width = rng.uniform(5, 11)
    off = np.minimum(u, v)
    canvas.fill((slice(None), slice(None)), region & (off < width + 4), canvas.sample("concrete"))
    road = region & (off > 1.5) & (off < width + 1.5)
    canvas.fill((slice(None), slice(None)), road, canvas.sample(str(rng.choice(("asphalt", "fresh_asphalt")))))
    dash = ((u + v) % 9 < 4) & (np.abs(off - 1.5 - width / 2) < max(0.12, canvas.pixel_m / 2))
    canvas.fill((slice(None), slice(None)), road & dash, canvas.sample("white_paint") * 0.7)
    return road


def _district(canvas: Canvas, region: np.ndarray, kind: str) -> None:
    rng = canvas.rng
    covers, built, half_m, trees = _DISTRICTS[kind]
    (_fields if kind == "fields" else _ground)(canvas, region, covers)
    angle, where = rng.uniform(0, np.pi / 2), np.argwhere(region)
    if built >= 0.1 and len(where):
        block_m = (rng.uniform(35, 90), rng.uniform(50, 140))
        road = _streets(canvas, region, angle, block_m)
        step = 2.3 * np.mean(half_m)
        for row, col in where[rng.integers(0, len(where), int(2 * len(where) * canvas.pixel_m**2 / step**2))]:
            size = tuple(np.exp(rng.uniform(np.log(half_m[0]), np.log(half_m[1]), 2)))
            if road[row, col] or rng.random() > built / 2:
                continue
            tall = rng.uniform(3, 9) if kind != "dense" else rng.uniform(6, 28)
            building(canvas, row, col, angle + rng.choice((0, np.pi / 2)), size, tall)
        lanes = np.argwhere(road)
        for row, col in lanes[rng.integers(0, max(len(lanes), 1), int(len(lanes) * canvas.pixel_m**2 / 120))]:
            car(canvas, row, col, angle + rng.choice((0, np.pi / 2)))
    leaves = [canvas.sample(name, 0.2) for name in ("tree", "tree", "conifer", "crop")]
    for row, col in where[rng.integers(0, max(len(where), 1), int(trees * len(where) * canvas.pixel_m**2 / 1e4))]:
        tree(canvas, row, col, rng.uniform(1.2, 5.0), leaves[rng.integers(len(leaves))] * rng.uniform(0.8, 1.2))


def _water(canvas: Canvas) -> None:
    """A river or lake over some scenes, with the shore that the noise draws."""
    rng, (rows, cols) = canvas.rng, canvas.values.shape[1:]
    height = fractal_noise(rows, cols, rng, 2.2)
    mask = height < np.quantile(height, rng.uniform(0.02, 0.2))
    water = canvas.sample(str(rng.choice(("water", "murky_water"))), 0.3)
    canvas.fill((slice(None), slice(None)), mask, water, 1 + 0.1 * ndimage.gaussian_filter(canvas.grain, 2), 0.03)


def generate_scene(rows: int, cols: int, wavelengths_um: Sequence[float] = WORLDVIEW_UM, seed: int = 0,
                   pixel_m: float = 0.5) -> np.ndarray:
    """A scene of several districts as a perfect imager of no blur would see it.

    Parameters
    ----------
    rows, cols : size in pixels; wavelengths_um : band centres, 0.40 to 2.40 micrometres.
    seed : any integer; pixel_m : pixel size in metres, 0.1 to 3.

    Returns
    -------
    (bands, rows, cols) float32 reflectance above 0.
    """
    rng = np.random.default_rng(seed)
    bearing, length = rng.uniform(0, 2 * np.pi), 1 / np.tan(np.radians(rng.uniform(28, 65)))
    canvas = Canvas(np.full((len(wavelengths_um), rows, cols), 0.2, np.float32), fractal_noise(rows, cols, rng, 0.6),
                     np.asarray(wavelengths_um, np.float32), pixel_m,
                     length * np.array([np.sin(bearing), np.cos(bearing)]), rng)
    count = max(2, int(rows * cols * pixel_m**2 / 30_000))
    regions = _voronoi(rows, cols, count, rng, 8 / pixel_m)
    odds = np.array([4, 3.5, 2.5, 1.2, 0.7, 0.8, 0.6])
    for number in range(count):
        _district(canvas, regions == number, str(rng.choice(list(_DISTRICTS), p=odds / odds.sum())))
    if rng.random() < 0.35:
        _water(canvas)
    light = 1 + 0.04 * fractal_noise(rows, cols, rng, 1.8)
    tint = 1 + 0.015 * np.stack([fractal_noise(rows, cols, rng, 1.0) for _ in range(2)])
    mix = rng.uniform(0, 1, (len(wavelengths_um), 1, 1)).astype(np.float32)
    canvas.values *= light * (mix * tint[0] + (1 - mix) * tint[1])
    return np.clip(canvas.values, 0.002, 1.2)


@dataclass(frozen=True)
class PanMs:
    """A pan and MS pair of one scene, and what they should fuse to.

    pan: (1, rows, cols). ms: (bands, rows / ratio, cols / ratio). reference: (bands, rows, cols), the MS sensor's own
    view at pan's pixel size. All float32 reflectance. The upper left corner of ms lies `ms_offset_px` pan pixels down
    and to the right of pan's; the reference lies on pan's grid.
    """

    pan: np.ndarray
    ms: np.ndarray
    reference: np.ndarray
    ratio: int
    ms_offset_px: float


def pan_ms_pair(rows: int, cols: int, ratio: int = 4, wavelengths_um: Sequence[float] = FOUR_BANDS_UM, seed: int = 0,
                pixel_m: float = 0.5, ms_gain: float = 0.3, pan_gain: float = 0.15, noise: float = 0.003,
                ms_offset_px: float = 0.0) -> PanMs:
    """Let a pan and an MS sensor look at one generated scene.

    Parameters
    ----------
    rows, cols : size of pan, multiples of the ratio. pixel_m : pan's pixel size, metres.
    ms_gain, pan_gain : gains of the optics at each sensor's own Nyquist frequency, 0..1.
    noise : standard deviation of pan's noise in reflectance; MS has half of it.
    ms_offset_px : where the MS grid starts, pan pixels (Landsat: half a pixel).
    """
    rng = np.random.default_rng([seed, 1])
    within = np.linspace(*PAN_RANGE_UM, 6)
    margin = 2 * ratio
    size = (2 * (rows + margin), 2 * (cols + margin))
    fine = generate_scene(*size, (*wavelengths_um, *within), seed, pixel_m / 2)
    bands = len(wavelengths_um)
    pan = blur_and_decimate(fine[bands:].mean(0, keepdims=True), 2, pan_gain)[:, :rows, :cols]
    reference = blur_and_decimate(fine[:bands], 2, ms_gain)[:, :rows, :cols]
    edge = 2 * ms_offset_px
    ms = blur_and_decimate(fine[:bands], 2 * ratio, ms_gain, (edge, edge))[:, : rows // ratio, : cols // ratio]
    pan = pan + noise * rng.standard_normal(pan.shape, dtype=np.float32)
    ms = ms + 0.5 * noise * rng.standard_normal(ms.shape, dtype=np.float32)
    return PanMs(pan, ms, reference, ratio, ms_offset_px)
