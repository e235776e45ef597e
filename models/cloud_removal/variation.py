"""Variations of examples that keep what is true: radiometry, SAR level and speckle, turns, and another day.

Axis order (bands, rows, cols); reflectance, decibels; MISSING stays MISSING.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import ndimage

from models.cloud_removal.clouds import WAVELENGTHS, fractal
from models.cloud_removal.networks import MISSING

_PLACE = np.log(WAVELENGTHS / WAVELENGTHS.min()) / np.log(WAVELENGTHS.max() / WAVELENGTHS.min())
"""Of the bands in the spectrum, 0..1."""


def varied_radiometry(images: Sequence[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    """The images under one change of illumination and ground: a gain that is smooth over the spectrum."""
    gain = _gains(rng, 0.12, 0.10, 0.03)[:, None, None]
    shift = np.float32(rng.normal(0, 0.004))
    return [np.where(image > MISSING / 2, image * gain + shift, image).astype(np.float32) for image in images]


def varied_sar(sar: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another level of backscatter, more speckle, or less."""
    there = sar > MISSING / 2
    changed = sar + (rng.normal(0, 0.8) + rng.normal(0, 0.4, (len(sar), 1, 1))).astype(np.float32)
    chance = rng.random()
    if chance < 0.3:
        changed = changed + rng.normal(0, rng.uniform(0.3, 1.2), sar.shape).astype(np.float32)
    elif chance < 0.6 and there.all():
        side = int(rng.choice([3, 5]))
        changed = ndimage.uniform_filter(changed, (0, side, side), mode="nearest")
    return np.where(there, changed, sar)


def turned(images: Sequence[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    """All images mirrored or turned alike."""
    quarters, mirrored = int(rng.integers(4)), rng.random() < 0.5
    made = [np.rot90(image, quarters, (1, 2)) for image in images]
    return [np.ascontiguousarray(image[:, :, ::-1] if mirrored else image) for image in made]


def another_day(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The image as it might look in another season: each kind of ground, and some fields, change by themselves."""
    kinds = rng.normal(0, 1, len(image)).astype(np.float32) / image.std(axis=(1, 2)).clip(1e-3)
    score = np.tensordot(kinds, image, 1)
    limits = np.quantile(score, np.sort(rng.uniform(0.1, 0.9, 2)))
    strength = rng.uniform(0.02, 0.25)
    made = np.zeros_like(image)
    for place in range(3):
        inside = np.digitize(score, limits) == place
        made += np.where(inside, image * _gains(rng, strength, strength, 0.03)[:, None, None], 0)
    if rng.random() < 0.5:
        field = fractal(image.shape[1:], rng.uniform(15, 60), 3.5, rng) > rng.uniform(0.5, 1.5)
        made = np.where(field, made * _gains(rng, 0.3, 0.3, 0.05)[:, None, None], made)
    return (made + rng.normal(0, 0.004, image.shape)).astype(np.float32)


def _gains(rng: np.random.Generator, whole: float, sloping: float, each: float) -> np.ndarray:
    """A factor for each band: one for all, falling or bending over the spectrum, and a little of its own."""
    bend = rng.normal(0, sloping) * np.cos(np.pi * _PLACE) + rng.normal(0, sloping / 2) * np.cos(2 * np.pi * _PLACE)
    exponent = rng.normal(0, whole) + bend + rng.normal(0, each, len(_PLACE))
    return np.exp(exponent.clip(-0.7, 0.7)).astype(np.float32)
