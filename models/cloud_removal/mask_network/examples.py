"""What the network learns from: real pairs of dates, clear images, and clouds put onto other ground.

Real clouds are carried from one place to another: what a pixel's cloud adds, and what it hides, goes onto the ground of
another clear image, and so do its shadows; made clouds (`clouds.put_clouds`) go onto all. Ground is darkened and
brightened before. What is cloud and what is shadow, the mask benchmark's rule says of every such pair (`reference`), so
all examples mean the same by it. Undecided pixels are not learned from. Axis order (bands, rows, cols), reflectance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage

from models.cloud_removal.clouds import put_clouds
from models.cloud_removal.mask_benchmark.scenes import Example, reference
from models.cloud_removal.mask_network.network import ABSENT, BANDS, OPTIONAL, STEP
from models.cloud_removal.scenes import BANDS as MADE
from models.cloud_removal.split import group_of
from models.common.rasters import read_all
from rsfusion_qgis.core.sensors.clouds.scene import BOTTOM, TOP, Scene

CLEAR, THIN, CLOUD, SHADOW = range(4)
UNDECIDED = 255
THICK = 0.12
"""Rise of the visible bands from which a cloud is not thin."""
CROP_PX = 256
REAL, EMPTY, CARRIED, PUT = 2, 1, 4, 2
"""How often a pair, a clear image, a pair's clouds, and a clear image under made clouds are shown."""
LANDSAT = (("ms/landsat9_manaus/ms.tif", 2.75e-5, -0.2, 3), ("spatiotemporal/landsat8_corumba_fire/ms_20190809.tif",
           2.4e-5, -0.12, 3))  # fmt: skip
"""Clear Landsat scenes, more ground to put clouds on: path, scale, offset, how many times as often they are shown."""
_HAZE = np.array([1.3, 1.1, 0.8, 0.6, 0.2, 0.0, 0.0, 0.1, 0.1], np.float32)[:, None, None]

Bands = dict[str, np.ndarray]


@dataclass(frozen=True)
class Ground:
    """A clear image. place: group of places that it belongs to; "" = in all trainings. often: as in `LANDSAT`."""

    bands: Bands
    scene: Scene
    place: str = ""
    often: int = 1


@dataclass(frozen=True)
class Pair:
    """Two dates of one place."""

    name: str
    place: str
    cloudy: Bands
    clear: Bands
    scene: Scene


@dataclass(frozen=True)
class Sky:
    """One image to learn from: (bands, rows, cols) as the network takes it, and classes (rows, cols) uint8."""

    optical: np.ndarray
    classes: np.ndarray


def read_pairs(examples: Sequence[Example]) -> list[Pair]:
    """The pairs of the benchmark."""
    clear = {one.name: one for one in examples if one.of_pair}
    return [Pair(one.name, group_of(one.name), one.bands, clear[one.name].bands, one.scene)
            for one in examples if one.reference is not None]  # fmt: skip


def read_grounds(examples: Sequence[Example], data: Path) -> list[Ground]:
    """All clear images: those of the pairs, the benchmark's others, and Landsat's."""
    found = [Ground(one.bands, one.scene, group_of(one.name) if one.of_pair else "")
             for one in examples if one.reference is None]  # fmt: skip
    for name, scale, offset, often in LANDSAT:
        stored = read_all(Path(data) / name).astype(np.float32)
        values, empty = stored * scale + offset, (stored == 0).all(axis=0)
        values[:, empty] = np.median(values[:, ~empty], axis=1)[:, None]
        bands = dict(zip(("B2", "B3", "B4", "B8A", "B11", "B12"), np.clip(values, 0, 1.2).astype(np.float32)))
        found.append(Ground({"B1": bands["B2"] * np.float32(0.95), **bands}, Scene(BOTTOM), "", often))
    return found


def fed(bands: Bands, scene: Scene) -> np.ndarray:
    """Reflectance as the network takes it, (bands, rows, cols) float32; B8 stands for B8A where that is not there."""
    ground = scene.without_air(bands)
    if "B8A" not in ground:
        ground["B8A"] = ground["B8"]
    absent = np.full(ground["B2"].shape, ABSENT, np.float32)
    return np.stack([ground.get(name, absent) for name in BANDS])


def classes_of(cloudy: Bands, clear: Bands) -> np.ndarray:
    """(rows, cols) uint8 of a pair, UNDECIDED where its rule does not say."""
    known = reference(cloudy, clear)
    rise = sum(cloudy[name] - clear[name] for name in ("B1", "B2", "B3")) / 3
    thin = ndimage.median_filter(rise, 3) < THICK
    kinds = [known.cloud & thin, known.cloud, known.shadow, known.neither]
    return np.select(kinds, [THIN, CLOUD, SHADOW, CLEAR], UNDECIDED).astype(np.uint8)


def skies(pairs: Sequence[Pair], grounds: Sequence[Ground], draw: np.random.Generator) -> Iterator[Sky]:
    """All images to learn from; what is drawn at random comes from `draw`."""
    for pair in pairs:
        for _ in range(REAL):
            yield Sky(varied(fed(pair.cloudy, pair.scene), draw), classes_of(pair.cloudy, pair.clear))
    for ground in grounds:
        for _ in range(EMPTY * ground.often):
            values = varied(fed(cropped(ground.bands, draw), ground.scene), draw)
            yield Sky(values, np.full(values.shape[1:], CLEAR, np.uint8))
        for _ in range(PUT):
            below = lit(cropped(ground.bands, draw), ground.scene, draw)
            made = put_clouds(np.stack([below.get(name, below["B2"]) for name in MADE]), draw)
            above = {name: band for name, band in zip(MADE, made.cloudy) if name in below}
            yield Sky(varied(fed(above, ground.scene), draw), classes_of(above, below))
    top = [ground for ground in grounds if ground.scene.level == TOP]
    for pair in pairs:
        for _ in range(CARRIED):
            ground = top[draw.integers(len(top))]
            below = lit(cropped(ground.bands, draw), ground.scene, draw)
            cloudy, clear = _turned(pair, draw, below["B2"].shape)
            above = carried(cloudy, clear, below)
            yield Sky(varied(fed(above, ground.scene), draw), classes_of(above, {name: below[name] for name in above}))


def carried(cloudy: Bands, clear: Bands, below: Bands) -> Bands:
    """The clouds and shadows of a pair over other ground: what shines through a cloud is other ground, too."""
    white = {name: max(float(np.percentile(band, 99)), 0.35) for name, band in cloudy.items()}
    cover = [(cloudy[name] - clear[name]) / np.maximum(white[name] - clear[name], 0.1)
             for name in ("B1", "B2", "B3", "B4")]  # fmt: skip
    passing = 1 - np.clip(np.mean(cover, axis=0), 0, 1)
    made = {}
    for name in below.keys() & cloudy.keys():
        veiled = cloudy[name] + passing * (below[name] - clear[name])
        shaded = below[name] * cloudy[name] / np.maximum(clear[name], 0.01)
        made[name] = np.where(cloudy[name] < clear[name], shaded, veiled).astype(np.float32)
    return made


def lit(bands: Bands, scene: Scene, draw: np.random.Generator) -> Bands:
    """Ground as if it were darker or brighter, all of it and band by band; the air above stays."""
    light = float(np.exp(draw.normal(-0.2, 0.35)))
    factors = {name: light * float(np.exp(draw.normal(0, 0.08))) for name in sorted(bands)}
    return {name: ((band - scene.path(name)) * factors[name] + scene.path(name)).astype(np.float32)
            for name, band in bands.items()}  # fmt: skip


def varied(optical: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Other light, other haze, and now and then without a band that one can do without."""
    gain = np.exp(draw.normal(0, 0.10)) * np.exp(draw.normal(0, 0.03, (len(optical), 1, 1)))
    made = np.where(optical > ABSENT / 2, optical * gain + draw.normal(0, 0.004) * _HAZE, ABSENT)
    for name in OPTIONAL:
        if draw.random() < 0.25:
            made[BANDS.index(name)] = ABSENT
    return made.astype(np.float32)


def cropped(bands: Bands, draw: np.random.Generator) -> Bands:
    """A part at random, whose sides are multiples of `STEP`."""
    rows, cols = bands["B2"].shape
    row, col = (int(draw.integers(max(1, side - CROP_PX + 1))) for side in (rows, cols))
    high, wide = (min(side, CROP_PX) // STEP * STEP for side in (rows, cols))
    return {name: band[row : row + high, col : col + wide] for name, band in bands.items()}


def _turned(pair: Pair, draw: np.random.Generator, shape: tuple[int, int]) -> tuple[Bands, Bands]:
    """Both dates turned and mirrored at random, cut to a shape."""
    turns, mirrored = int(draw.integers(4)), draw.random() < 0.5

    def one(bands: Bands) -> Bands:
        return {name: np.rot90(band[:, ::-1] if mirrored else band, turns)[: shape[0], : shape[1]]
                for name, band in bands.items()}  # fmt: skip

    return one(pair.cloudy), one(pair.clear)
