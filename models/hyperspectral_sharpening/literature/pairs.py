"""A scene one scale coarser, with its truth, and what everything is scored on.

Arrays are (bands, rows, cols) float64, stored units.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.common.rasters import Frame, write_raster
from models.hyperspectral_sharpening.benchmark import Scene, interpolated, sharpened
from rsfusion_qgis.core.grid.degradation import degrade, gaussian_taps, mtf_sigma
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.measures.images.sam import sam
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import GAIN
from rsfusion_qgis.tasks.hyperspectral_sharpening.response import estimate

TRAINED_SHARE = 0.6


@dataclass(frozen=True)
class Pair:
    """A scene reduced.

    Attributes
    ----------
    truth, coarse, base, guide : the scene's own image, reduced, interpolated again, and the guide.
    split : first column of the test.
    ratio : of the pixel sizes.
    """

    truth: np.ndarray
    coarse: np.ndarray
    base: np.ndarray
    guide: np.ndarray
    split: int
    ratio: int


def reduced(scene: Scene, ratio: int) -> Pair:
    """The scene one scale coarser; the split lies between two coarse pixels."""
    rows, cols = (size // ratio * ratio for size in scene.image.shape[1:])
    truth, guide = scene.image[:, :rows, :cols], scene.guide[:, :rows, :cols]
    coarse = degrade(truth, ratio, (GAIN,) * len(truth))
    split = round(TRAINED_SHARE * cols / ratio) * ratio
    return Pair(truth, coarse, interpolated(coarse, ratio), guide, split, ratio)


def level_of(mean: np.ndarray) -> np.ndarray:
    """(bands, 1, 1): size of the mean of each band, not far below that of the others."""
    return np.maximum(np.abs(mean), 0.1 * np.median(np.abs(mean)))


def scored(fused: np.ndarray, pair: Pair) -> tuple[float, float]:
    """ERGAS and SAM of the test's part, one coarse pixel along its edges left out."""
    ratio = pair.ratio
    part = np.s_[:, ratio:-ratio, pair.split + ratio : -ratio]
    return ergas(fused[part], pair.truth[part], ratio), sam(fused[part], pair.truth[part])


def by_plugin(pair: Pair, methods: Sequence[str]) -> dict[str, np.ndarray]:
    """What the plugin's methods make of the whole pair, through the engine."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, values, side in (("hs", pair.coarse, float(pair.ratio)), ("guide", pair.guide, 1.0)):
            frame = Frame("", (1000.0, side, 0.0, 1000.0, 0.0, -side))
            paths[name] = str(write_raster(Path(folder) / f"{name}.tif", values, frame, data_type="Float32"))
        return {method: sharpened(paths, method, Path(folder)) for method in methods}


def sensor(pair: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Matrices (rows, fine rows) and (cols, fine cols) by which the sensor of the image sees: known, as to hp1."""
    found = []
    for size in pair.truth.shape[1:]:
        index, weight = gaussian_taps(size, pair.ratio, mtf_sigma(GAIN, pair.ratio))
        matrix = np.zeros((len(index), size))
        np.add.at(matrix, (np.arange(len(index))[:, None], index), weight)
        found.append(matrix)
    return found[0], found[1]


def response(pair: Pair) -> tuple[np.ndarray, np.ndarray]:
    """(guide bands, bands) weights and (guide bands,) constants of the guide, as the pair alone tells them."""
    seen = degrade(pair.guide, pair.ratio, (GAIN,) * len(pair.guide))
    both = np.concatenate([pair.coarse, seen]).reshape(len(pair.coarse) + len(seen), -1)
    found = estimate(both.mean(axis=1), np.cov(both), len(pair.coarse))
    return found.weights, found.constant
