"""The demo's own pair: a generated district as a very-high-resolution satellite would deliver it.

Axis order `(bands, rows, cols)`; digital numbers of 11 bits; pixels of 0.5 m (pan) and 2 m (MS). A scene of
0.25 m pixels is seen by two sensors: each blurs it by its MTF, samples it, and adds noise. The MS grid lies
half a pan pixel off the pan grid, as it does on real satellites, and its georeferencing says so. The
reference is what the MS sensor would deliver if it had the pan's pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.common.rasters import Frame, write_raster
from models.pansharpening.scenes import generate_scene
from rsfusion_qgis.core.grid.degradation import degrade

RATIO = 4
FINE_PER_PAN = 2
PAN_PIXEL_M = 0.5
BANDS_UM = {"blue": 0.48, "green": 0.56, "red": 0.66, "near infrared": 0.83}
PAN_RESPONSE = (0.15, 0.30, 0.35, 0.20)
MS_GAINS, PAN_GAIN = (0.34, 0.32, 0.30, 0.22), 0.15
DN_PER_REFLECTANCE, MAX_DN = 2400.0, 2047.0
# Variance of the noise: the sensor's own, and that of counting photons, in digital numbers.
READ_VARIANCE, PHOTON_VARIANCE = 4.0, 0.012
CORNER = (448000.0, 5411000.0)


@dataclass(frozen=True)
class DemoPair:
    """The paths of the two inputs and, on the pan's grid, of the reference."""

    pan: Path
    ms: Path
    reference: Path


def write_demo_pair(folder: Path, pan_size: int, seed: int) -> DemoPair:
    """Generate a scene of `pan_size` x `pan_size` pan pixels and write `pan.tif`, `ms.tif` and `reference.tif`."""
    rng = np.random.default_rng(seed)
    fine = generate_scene(
        FINE_PER_PAN * pan_size, FINE_PER_PAN * pan_size, tuple(BANDS_UM.values()), seed, PAN_PIXEL_M / FINE_PER_PAN
    )
    fine = (fine * DN_PER_REFLECTANCE).astype(np.float32)
    pan = degrade(np.tensordot(PAN_RESPONSE, fine, axes=1)[None], FINE_PER_PAN, [PAN_GAIN])
    half_pan_pixel = [(FINE_PER_PAN / 2, FINE_PER_PAN / 2)] * len(BANDS_UM)
    ms = degrade(fine, FINE_PER_PAN * RATIO, MS_GAINS, half_pan_pixel)
    reference = degrade(fine, FINE_PER_PAN, MS_GAINS)
    frame = Frame.square(CORNER, PAN_PIXEL_M)
    ms_corner = (CORNER[0] + PAN_PIXEL_M / 2, CORNER[1] - PAN_PIXEL_M / 2)
    ms_frame = Frame.square(ms_corner, PAN_PIXEL_M * RATIO)
    names = tuple(BANDS_UM)
    return DemoPair(
        write_raster(folder / "pan.tif", _measured(pan, rng), frame, ("pan",)),
        write_raster(folder / "ms.tif", _measured(ms, rng), ms_frame, names),
        write_raster(folder / "reference.tif", np.clip(np.rint(reference), 0, MAX_DN), frame, names),
    )


def _measured(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Add noise and round to the digital numbers that the sensor can give."""
    noise = rng.standard_normal(values.shape) * np.sqrt(READ_VARIANCE + PHOTON_VARIANCE * np.maximum(values, 0))
    return np.clip(np.rint(values + noise), 0, MAX_DN)
