"""Clouds and their shadows put onto clear images, with the true mask.

Axis order (bands, rows, cols), reflectance of the 12 bands. A cloud is a field of optical thickness with a fractal
surface. A pixel under thickness t keeps the share exp(-t w) of its light, w falling with the wavelength for thin
clouds of small particles and flat for thick ones, and gains the rest from the cloud's own spectrum: white in the
visible, less in the short-wave infrared (ice absorbs more than droplets do), least in B9, where water vapour above a
low cloud absorbs. Its shadow lies displaced by height and sun, and takes the direct light only: the sky still lights
the ground, in the blue more than in the infrared, and the air in between shines as before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import fft, ndimage

from models.cloud_removal.scenes import BANDS
from rsfusion_qgis.core.sensors.sentinel2 import WAVELENGTHS_NM

WAVELENGTHS = np.array([WAVELENGTHS_NM[name] for name in BANDS], np.float32)
SEEN_THICKNESS, SEEN_SHADOW = 0.06, 0.15
"""A pixel is masked where a cloud takes, or a shadow darkens, at least this share."""
PIXEL_M = 10.0
_B9, _SWIR = BANDS.index("B9"), [BANDS.index("B11"), BANDS.index("B12")]


@dataclass(frozen=True)
class Clouded:
    """What became of an image: cloudy (bands, rows, cols); mask (rows, cols) bool, cloud or shadow."""

    cloudy: np.ndarray
    mask: np.ndarray


@dataclass(frozen=True)
class Weather:
    """One kind of cloud cover.

    cover: share of the image under cloud, 0..1. size_px: of the largest structures. roughness: falling of the spectrum,
    the larger the smoother. thickness: optical, in the middle of a cloud. edge: how fast it grows from the edge.
    wavelength_power: of the attenuation, 0 = grey, 1.5 = thin haze. height_m: of the cloud above ground, 0 = no shadow.
    """

    cover: float
    size_px: float
    roughness: float
    thickness: float
    edge: float
    wavelength_power: float
    height_m: float


def drawn_weather(rng: np.random.Generator) -> Weather:
    """Cumulus, broken or closed cloud, thin cirrus, or haze everywhere."""
    kind = rng.choice(["cumulus", "thick", "cirrus", "haze"], p=[0.33, 0.27, 0.25, 0.15])
    if kind == "cumulus":
        return Weather(rng.uniform(0.1, 0.6), rng.uniform(40, 120), rng.uniform(3.2, 3.9), rng.uniform(1, 5),
                       rng.uniform(0.8, 2), rng.uniform(0, 0.3), rng.uniform(300, 2500))
    if kind == "thick":
        return Weather(rng.uniform(0.4, 0.98), rng.uniform(80, 300), rng.uniform(3.2, 4.0), rng.uniform(1.5, 7),
                       rng.uniform(0.8, 2.5), rng.uniform(0, 0.2), rng.uniform(500, 4000))
    if kind == "cirrus":
        return Weather(rng.uniform(0.4, 1), rng.uniform(80, 300), rng.uniform(3.2, 4.2), rng.uniform(0.15, 1.2),
                       rng.uniform(0.3, 1), rng.uniform(0.2, 1.2), 0.0)
    return Weather(1.0, rng.uniform(150, 400), rng.uniform(3.6, 4.6), rng.uniform(0.1, 0.6), 0.5,
                   rng.uniform(0.6, 1.6), 0.0)


def put_clouds(clear: np.ndarray, rng: np.random.Generator, weather: Weather | None = None) -> Clouded:
    """Cloud an image over; what is drawn at random comes from `rng`."""
    weather = weather or drawn_weather(rng)
    thickness = _thickness(clear.shape[1:], weather, rng)
    shaded, shadow = _shaded(clear, thickness, weather, rng)
    blue = WAVELENGTHS[1]
    weight = (WAVELENGTHS / blue) ** -weather.wavelength_power
    passing = np.exp(-thickness[None] * weight[:, None, None])
    cloudy = shaded * passing + _cloud_light(clear.shape[1:], weather, rng) * (1 - passing)
    mask = (1 - np.exp(-thickness) > SEEN_THICKNESS) | (shadow > SEEN_SHADOW)
    return Clouded(cloudy.astype(np.float32), mask)


def fractal(shape: tuple[int, int], size_px: float, roughness: float, rng: np.random.Generator) -> np.ndarray:
    """Noise of mean 0 and deviation 1 whose power falls as frequency^-roughness below structures of `size_px`."""
    rows, cols = (2 * side for side in shape)  # twice the size, since such noise is periodic
    frequency = np.hypot(np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(cols)[None])
    spectrum = fft.rfft2(rng.standard_normal((rows, cols), np.float32))
    power = (frequency**2 + size_px**-2.0) ** (-roughness / 4)
    noise = fft.irfft2(spectrum * power.astype(np.float32), (rows, cols))
    noise = noise[:shape[0], :shape[1]]
    return (noise - noise.mean()) / max(float(noise.std()), 1e-9)


def _thickness(shape: tuple[int, int], weather: Weather, rng: np.random.Generator) -> np.ndarray:
    """Optical thickness (rows, cols), 0 where there is no cloud."""
    noise = fractal(shape, weather.size_px, weather.roughness, rng)
    edge = float(np.quantile(noise, 1 - weather.cover)) if weather.cover < 1 else float(noise.min()) - 0.3
    return weather.thickness * np.maximum(noise - edge, 0) ** weather.edge


def _cloud_light(shape: tuple[int, int], weather: Weather, rng: np.random.Generator) -> np.ndarray:
    """Reflectance of an opaque cloud, (bands, rows, cols)."""
    white = rng.uniform(0.45, 0.95) * (1 + rng.uniform(-0.15, 0.25) * (WAVELENGTHS - 490) / 400).clip(0.7, 1.4)
    white[_B9] *= rng.uniform(0.1, 0.6)
    white[_SWIR] *= rng.uniform(0.3, 0.9) * np.array([1.0, rng.uniform(0.6, 1.0)])
    relief = 1 + rng.uniform(0.02, 0.15) * fractal(shape, weather.size_px / 2, 3.0, rng)
    return white.astype(np.float32)[:, None, None] * relief.clip(0.5, 1.5)


def _shaded(clear: np.ndarray, thickness: np.ndarray, weather: Weather,
            rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The ground in the shadow of the clouds, and how much of the direct light is missing, (rows, cols) 0..1."""
    if not weather.height_m:
        return clear, np.zeros_like(thickness)
    length = weather.height_m * np.tan(np.radians(rng.uniform(20, 65))) / PIXEL_M
    towards = rng.uniform(0, 2 * np.pi)
    moved = ndimage.shift(thickness, (length * np.sin(towards), length * np.cos(towards)), order=1, mode="mirror")
    shadow = ndimage.gaussian_filter(1 - np.exp(-moved), 1.0)
    sky = rng.uniform(0.15, 0.45) * (WAVELENGTHS / WAVELENGTHS[1]) ** -rng.uniform(0.8, 1.8)
    air = rng.uniform(0.4, 0.9) * np.quantile(clear.reshape(len(clear), -1), 0.01, axis=1)
    air = np.maximum(air, 0)[:, None, None] * (WAVELENGTHS < 900)[:, None, None]
    kept = 1 - shadow[None] * (1 - sky[:, None, None])
    return air + (clear - air) * kept, shadow
