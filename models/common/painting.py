"""Painting objects into a scene: turned rectangles, roofs, trees and cars with their shadows, and natural texture.

Axis order: (bands, rows, cols). Units: reflectance 0..1, sizes in metres where the name ends in `_m`, else pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rsfusion_qgis.core.sensors.landscape import fractal_noise as fractal_noise
from rsfusion_qgis.core.sensors.materials import paint_spectrum, spectrum

_ROOFS = (
    "red_tile", "red_tile", "brown_roof", "dark_roof", "dark_roof", "concrete", "concrete", "bright_roof", "metal_roof",
    "gravel", "blue_roof",
)


@dataclass
class Canvas:
    """A scene while it is painted: values (bands, rows, cols), the sun, and a random generator."""

    values: np.ndarray
    grain: np.ndarray
    wavelengths_um: np.ndarray
    pixel_m: float
    sun: np.ndarray
    rng: np.random.Generator

    def sample(self, material: str, spread: float = 0.15) -> np.ndarray:
        return spectrum(material, self.wavelengths_um, self.rng, spread)

    def box(self, row: float, col: float, reach: float) -> tuple[slice, slice, np.ndarray, np.ndarray]:
        """Window around a point (pixels) and the offsets of its pixels from the point, rows then columns."""
        rows, cols = self.values.shape[1:]
        top, left = max(int(row - reach), 0), max(int(col - reach), 0)
        bottom, right = min(int(row + reach) + 2, rows), min(int(col + reach) + 2, cols)
        down, across = np.mgrid[top:max(bottom, top), left:max(right, left)].astype(np.float32)
        return slice(top, max(bottom, top)), slice(left, max(right, left)), down - row, across - col

    def fill(self, window: tuple[slice, slice], mask: np.ndarray, colour: np.ndarray, shade: np.ndarray | float = 1.0,
             texture: float = 0.06) -> None:
        part = self.values[:, window[0], window[1]]
        level = shade * (1 + texture * self.grain[window])
        part[:] = np.where(mask, colour[:, None, None] * level, part)

    def shadow(self, window: tuple[slice, slice], mask: np.ndarray) -> None:
        """Only blue-ish skylight is left where the mask says so; a second shadow darkens no further."""
        sky = np.clip(0.16 + 0.14 * (0.45 / self.wavelengths_um) ** 2, 0, 0.6).astype(np.float32)
        part = self.values[:, window[0], window[1]]
        part[:] = np.where(mask, np.minimum(part, np.maximum(part * sky[:, None, None], 0.012)), part)


def _rectangle(
    down: np.ndarray, across: np.ndarray, angle: float, half: tuple[float, float]
) -> tuple[np.ndarray, ...]:
    """Mask of a turned rectangle of half lengths (pixels) and the two coordinates along its sides."""
    u = across * np.cos(angle) + down * np.sin(angle)
    v = -across * np.sin(angle) + down * np.cos(angle)
    return (np.abs(u) <= half[0]) & (np.abs(v) <= half[1]), u, v


def building(
    canvas: Canvas, row: float, col: float, angle: float, half_m: tuple[float, float], tall_m: float
) -> None:
    """Shadow, then a roof: flat with boxes on it, or two pitches that the sun lights unequally; sometimes L-shaped."""
    rng = canvas.rng
    half = (half_m[0] / canvas.pixel_m, half_m[1] / canvas.pixel_m)
    reach = np.hypot(*half)
    drop = canvas.sun * tall_m / canvas.pixel_m
    wing = rng.random() < 0.3
    top, left, down, across = canvas.box(row + drop[0] / 2, col + drop[1] / 2, reach + np.hypot(*drop) / 2 + 2)
    if down.size == 0:
        return
    down, across = down + drop[0] / 2, across + drop[1] / 2

    def outline(shift: float) -> tuple[np.ndarray, ...]:
        mask, u, v = _rectangle(down - shift * drop[0], across - shift * drop[1], angle, half)
        return (mask & ~((u > 0.1 * half[0]) & (v > 0.1 * half[1])) if wing else mask), u, v

    steps = max(2, int(np.hypot(*drop) / max(0.7 * min(half), 1)) + 1)
    canvas.shadow((top, left), np.any([outline(s)[0] for s in np.linspace(0, 1, steps + 1)], axis=0))
    mask, u, v = outline(0.0)
    painted = rng.random() < 0.12
    colour = paint_spectrum(canvas.wavelengths_um, rng) if painted else canvas.sample(str(rng.choice(_ROOFS)))
    shade: np.ndarray | float = 1.0
    pitched = max(half_m) < 12 and rng.random() < 0.6
    if pitched:
        tilt = rng.uniform(0.08, 0.4) * np.cos(angle + np.arctan2(canvas.sun[0], canvas.sun[1]))
        shade = np.where(v > 0, 1 + tilt, 1 - tilt).astype(np.float32)
    canvas.fill((top, left), mask, colour, shade, rng.uniform(0.02, 0.12))
    if not pitched:
        parapet = mask & ((np.abs(u) > half[0] - 0.6 / canvas.pixel_m) | (np.abs(v) > half[1] - 0.6 / canvas.pixel_m))
        canvas.fill((top, left), parapet, colour * rng.uniform(0.7, 1.4))
        for _ in range(rng.integers(0, 2 + int(half_m[0] * half_m[1] / 40))):
            at = rng.uniform(-0.8, 0.8, 2) * half
            inner = (np.abs(u - at[0]) < rng.uniform(0.5, 2.5) / canvas.pixel_m) & (
                np.abs(v - at[1]) < rng.uniform(0.5, 2.5) / canvas.pixel_m)
            canvas.fill((top, left), inner & mask, canvas.sample(str(rng.choice(_ROOFS)), 0.3))


def tree(canvas: Canvas, row: float, col: float, radius_m: float, colour: np.ndarray) -> None:
    """A crown lit from the sun's side and its shadow."""
    radius = radius_m / canvas.pixel_m
    drop = canvas.sun * radius_m * 1.2 / canvas.pixel_m
    top, left, down, across = canvas.box(row, col, radius + np.hypot(*drop) + 1)
    if down.size == 0:
        return
    canvas.shadow((top, left), np.hypot(down - drop[0], across - drop[1]) < 0.9 * radius)
    bumpy = radius * (1 + 0.12 * canvas.grain[top, left])
    distance = np.hypot(down, across)
    lit = 1 - 0.45 * (down * canvas.sun[0] + across * canvas.sun[1]) / (max(radius, 0.5) * np.hypot(*canvas.sun))
    canvas.fill((top, left), distance < bumpy, colour, np.clip(lit, 0.3, 1.6), 0.22)


def car(canvas: Canvas, row: float, col: float, angle: float) -> None:
    """A small box of random colour and its shadow."""
    top, left, down, across = canvas.box(row, col, 4 / canvas.pixel_m)
    if down.size:
        drop = canvas.sun * 1.2 / canvas.pixel_m
        half = (canvas.rng.uniform(1.8, 2.6) / canvas.pixel_m, canvas.rng.uniform(0.8, 1.0) / canvas.pixel_m)
        canvas.shadow((top, left), _rectangle(down - drop[0], across - drop[1], angle, half)[0])
        colour = paint_spectrum(canvas.wavelengths_um, canvas.rng)
        canvas.fill((top, left), _rectangle(down, across, angle, half)[0], colour)
