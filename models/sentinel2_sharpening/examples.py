"""What the network learns from: scenes with their 20 m bands as they were recorded, degraded by Wald's protocol.

Arrays are (bands, rows, cols), reflectance x 10000 until they are scaled by each band's 0.5th percentile and deviation,
as the engine scales. A degraded scene differs in blur, noise and shift from draw to draw; what the regression makes of
it is computed once, as the network corrects that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.common.rasters import open_raster, read_values
from models.sentinel2_sharpening.regression import regressed
from rsfusion_qgis.core.grid.degradation import apply_taps, degrade, gaussian_taps, mtf_sigma
from rsfusion_qgis.core.rasters.radiometry import sample_scaling
from rsfusion_qgis.core.sensors.sentinel2 import BANDS_M, L1C_BANDS, L2A_BANDS, MTF_GAINS

SPLIT = json.loads((Path(__file__).parent / "split.json").read_text(encoding="utf-8"))
FINE_GAINS, COARSE_GAINS = (tuple(MTF_GAINS[name] for name in BANDS_M[metres]) for metres in (10, 20))
RATIO = 2
BLURS, LARGEST_NOISE, LARGEST_FINE_NOISE, LARGEST_SHIFT_PX = (0.7, 1.4), 0.05, 0.01, 0.3
PLAIN_SHARE = 0.5
"""Of the draws: blur, noise and shift as they are, all but a little."""


@dataclass(frozen=True)
class Truth:
    """A scene: `fine` (4, 2 rows, 2 cols) and `coarse` (6, rows, cols), recorded or made coarser."""

    name: str
    fine: np.ndarray
    coarse: np.ndarray


@dataclass(frozen=True)
class Trouble:
    """How a scene is degraded: `blur` times the sensor's, white noise of the coarse and the fine bands as shares of
    their means, shift of the coarse bands (rows, cols) in reduced fine pixels."""

    blur: float = 1.0
    noise: float = 0.0
    fine_noise: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Example:
    """A degraded scene, scaled, float32: see `regression.Regressed`.

    Attributes
    ----------
    fine, coarse, sharp, target : ndarray
        (bands, rows, cols), on the reduced fine pixels.
    strength : ndarray
        (6, rows / 2, cols / 2).
    level : ndarray
        (6,): deviation over mean of the coarse bands, which turns an error into its share of the mean.
    """

    fine: np.ndarray
    coarse: np.ndarray
    sharp: np.ndarray
    target: np.ndarray
    strength: np.ndarray
    level: np.ndarray


def read_truths(data: Path, part: str) -> list[Truth]:
    """The scenes of a part of the split, "training" or "held", from folders `s2_multires`, `s1s2_landcover` and
    `s1s2_cloud` below the data folder."""
    begins = tuple(SPLIT[part])
    found = []
    for folder in sorted((data / "s2_multires").iterdir()):
        if folder.name.startswith(begins):
            fine, coarse = (read_values(open_raster(folder / f"s2_{m}m.tif")) for m in (10, 20))
            found.append(_cut(Truth(folder.name, fine, coarse)))
    for path in sorted((data / "s1s2_landcover").glob("*_s2.tif")):
        if path.name.startswith(begins):
            found.append(_unrepeated(path.stem, read_values(open_raster(path))))
    for path in sorted((data / "s1s2_cloud").glob("*_s2_clear.tif")):
        if path.name.startswith(begins):
            found.append(_octave_coarser(path.stem, read_values(open_raster(path))))
    return found


def _cut(truth: Truth) -> Truth:
    """The scene cut to coarse pixels that degrade to whole ones, and the fine bands above them."""
    rows, cols = (size // 2 * 2 for size in truth.coarse.shape[1:])
    return Truth(truth.name, truth.fine[:, : 2 * rows, : 2 * cols], truth.coarse[:, :rows, :cols])


def _unrepeated(name: str, stack: np.ndarray) -> Truth:
    """A stack of all bands at 10 m whose 20 m bands are repeated."""
    fine, coarse = (stack[[L2A_BANDS.index(band) for band in BANDS_M[metres]]] for metres in (10, 20))
    return _cut(Truth(name, fine, coarse[:, ::2, ::2]))


def _octave_coarser(name: str, stack: np.ndarray) -> Truth:
    """A stack of 13 bands at 10 m whose 20 m bands were interpolated: fine bands at 20 m, coarse ones at 40 m."""
    fine, coarse = (stack[[L1C_BANDS.index(band) for band in BANDS_M[metres]]] for metres in (10, 20))
    native = coarse.reshape(len(coarse), coarse.shape[1] // 2, 2, coarse.shape[2] // 2, 2).mean((2, 4))
    return _cut(Truth(name, degrade(fine, RATIO, FINE_GAINS), degrade(native, RATIO, COARSE_GAINS)))


def drawn(rng: np.random.Generator) -> Trouble:
    """Trouble at random."""
    if rng.random() < PLAIN_SHARE:
        return Trouble(rng.uniform(0.95, 1.05), 0.0, 0.0, tuple(rng.uniform(-0.05, 0.05, 2)))
    noise = rng.choice([0.0, 1.0]) * rng.uniform(0, LARGEST_NOISE)
    shift = tuple(rng.uniform(-LARGEST_SHIFT_PX, LARGEST_SHIFT_PX, 2) * rng.integers(0, 2))
    return Trouble(float(np.exp(rng.uniform(*np.log(BLURS)))), noise, rng.uniform(0, LARGEST_FINE_NOISE), shift)


def degraded(truth: Truth, trouble: Trouble, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Fine and coarse bands of Wald's pair: (4, rows, cols) and (6, rows / 2, cols / 2)."""
    fine = degrade(truth.fine, RATIO, FINE_GAINS)
    coarse = np.stack([_blurred(band, gain, trouble) for band, gain in zip(truth.coarse, COARSE_GAINS)])
    return _noisy(fine, trouble.fine_noise, rng), _noisy(coarse, trouble.noise, rng)


def _blurred(band: np.ndarray, gain: float, trouble: Trouble) -> np.ndarray:
    sigma = trouble.blur * mtf_sigma(gain, RATIO)
    for axis in (0, 1):
        band = apply_taps(band, *gaussian_taps(band.shape[axis], RATIO, sigma, trouble.shift[axis]), axis)
    return band


def _noisy(bands: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    return bands + share * bands.mean((1, 2), keepdims=True) * rng.standard_normal(bands.shape) if share else bands


def example(truth: Truth, trouble: Trouble, rng: np.random.Generator) -> Example:
    """A degraded scene and its regression."""
    fine, coarse = degraded(truth, trouble, rng)
    found = regressed(fine, coarse, COARSE_GAINS, RATIO)
    fine_scale, coarse_scale = scale_of(fine), scale_of(coarse)
    planes = (found.coarse, found.sharp, truth.coarse)
    coarse_part, sharp, target = (scaled(values, *coarse_scale) for values in planes)
    level = (coarse_scale[1] / coarse.mean((1, 2))).astype(np.float32)
    return Example(scaled(fine, *fine_scale), coarse_part, sharp, target, found.strength.astype(np.float32), level)


def scale_of(bands: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Offset and deviation of each band, as the engine finds them."""
    flat = bands.reshape(len(bands), -1)
    return sample_scaling(flat, np.ones(flat.shape, bool))


def scaled(bands: np.ndarray, offset: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """(bands - offset) / deviation, float32."""
    return ((bands - offset[:, None, None]) / deviation[:, None, None]).astype(np.float32)


def pool(truths: Sequence[Truth], draws: int, seed: int) -> list[Example]:
    """Every scene degraded so many times."""
    rng = np.random.default_rng(seed)
    return [example(truth, drawn(rng), rng) for truth in truths for _ in range(draws)]
