"""A generated landscape of which everything is known: a town, fields, a wood, a river, and how sensors see them.

One landscape gives all kinds of images: reflectance at any wavelengths and on any day, backscatter, heights. Arrays are
(rows, cols) or (bands, rows, cols), the first row in the north. The same seed gives the same landscape. Where pixels
are larger than `SMALL_M`, everything on the ground is larger in proportion, so that it can still be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .materials import MATERIALS, spectra

COVERS = ("building", "field", "grass", "road", "tree", "water")
"""By the alphabet, as the codes of classes that are learned from samples."""
BUILDING, FIELD, GRASS, ROAD, TREE, WATER = range(len(COVERS))
COLOURS = ("#c0392b", "#e3c268", "#9bc46b", "#555555", "#2e7d32", "#1f61be")
"""Of the covers, for maps."""
CROPS = ("crop", "crop", "crop", "dry_grass", "dark_soil")
ROOFS = ("red_tile", "red_tile", "brown_roof", "dark_roof", "asphalt", "asphalt", "concrete", "metal_roof")
SMALL_M = 1.5
TOWN, TOWN_REACH, ONLY_TOWN = (0.40, 0.34), 0.33, 0.5
"""Middle and reach of the town, shares of the side."""
RIVER, RIVER_WIDTH = 0.80, 0.055
WOODED = 0.82
"""Quantile of a noise above which the land is a wood."""
BLOCK_M, STREET_M, PLOT_M, ROAD_M, CROWN_M, FIELD_M = (76.0, 56.0), 9.0, (22.6, 23.6), 11.0, 7.0, (58.0, 92.0)
SUN = (0.35, -0.45)
"""Where shadows fall: rows and columns, metres for each metre of height."""
SHADE, RED_UM = 0.32, 0.65
SUMMER = 190
DECIBELS = (-4.0, -12.0, -13.5, -17.0, -8.5, -21.0)
"""VV of the covers; `CROSS` is taken off for VH."""
CROSS = (6.5, 7.5, 7.0, 8.5, 5.0, 9.0)
LOOKS = 4.4


def fractal_noise(rows: int, cols: int, rng: np.random.Generator, exponent: float = 1.0,
                  largest_px: float = 0.0) -> np.ndarray:
    """Noise whose amplitude spectrum falls as frequency**-exponent, (rows, cols) float32, mean 0, deviation 1.

    `largest_px` is the longest wavelength kept, in pixels; 0 keeps all.
    """
    radius = np.hypot(np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(cols)[None])
    floor = 1 / max(rows, cols) if largest_px == 0 else 1 / largest_px
    weight = np.where(radius < floor, 0.0 if largest_px else floor**-exponent, np.maximum(radius, floor) ** -exponent)
    weight[0, 0] = 0
    spectrum_of_noise = np.fft.rfft2(rng.standard_normal((rows, cols), dtype=np.float32)) * weight
    noise = np.fft.irfft2(spectrum_of_noise, s=(rows, cols))
    return (noise / max(float(noise.std()), 1e-9)).astype(np.float32)


@dataclass(frozen=True)
class Landscape:
    """What is where.

    Attributes
    ----------
    covers : ndarray
        (rows, cols) uint8, index into `COVERS`.
    height, ground : ndarray
        (rows, cols) float32, metres: what stands on the ground, and the ground itself.
    pixel_m : float
    things : ndarray
        (rows, cols) int: which field, roof or crown a pixel belongs to.
    materials : tuple of str
        Of the things.
    drawn, phase : ndarray
        (things, 3) the look of each, see `materials.spectra`; (things,) 0 to 1, when a field is green, -1 = no field.
    thin, light, dark : ndarray
        (rows, cols): share of soil between plants; how the sun lights a pixel; whether it lies in shadow.
    """

    covers: np.ndarray
    height: np.ndarray
    ground: np.ndarray
    pixel_m: float
    things: np.ndarray
    materials: tuple[str, ...]
    drawn: np.ndarray
    phase: np.ndarray
    thin: np.ndarray
    light: np.ndarray
    dark: np.ndarray

    def reflectance(self, wavelengths_um: Sequence[float], day: int = SUMMER, flood: np.ndarray | None = None
                    ) -> np.ndarray:
        """(bands, rows, cols) float32, 0 to 1, without blur and noise; `flood` (rows, cols) bool is under water."""
        centres, look = np.asarray(wavelengths_um, np.float64), np.zeros((2, 3))
        bare, water = spectra(("soil", "murky_water"), centres, look)
        table, green = spectra(self.materials, centres, self.drawn), self._green(day)[:, None]
        table = (table * green + bare * np.exp(self.drawn[:, :1]) * (1 - green)).astype(np.float32)
        made = np.empty((len(centres), *self.covers.shape), np.float32)
        for band, centre in enumerate(centres):
            plain = table[:, band][self.things]
            plain = plain * (1 - self.thin) + bare[band] * self.thin
            sky = SHADE * (centre / RED_UM) ** -0.8
            made[band] = plain * self.light * np.where(self.dark, sky, 1.0)
            if flood is not None:
                made[band][flood] = water[band]
        return made

    def _green(self, day: int) -> np.ndarray:
        """(things,) 0 to 1: how far the plants of a field cover it."""
        season = 2 * np.pi * ((day - SUMMER) / 365 - (self.phase - 0.5) * 0.6)
        return np.where(self.phase < 0, 1.0, np.clip(0.5 + 0.9 * np.cos(season), 0, 1))

    def bare(self, day: int = SUMMER) -> np.ndarray:
        """(rows, cols), 0 to 1: share of soil in what is seen."""
        soil = np.array(["soil" in name for name in self.materials])
        covered = (np.where(soil, 0.0, self._green(day)))[self.things] * (1 - self.thin)
        return np.where(np.isin(self.covers, (FIELD, GRASS)), 1 - covered, 0.0)

    def backscatter(self, rng: np.random.Generator, looks: float = LOOKS, flood: np.ndarray | None = None
                    ) -> np.ndarray:
        """VV and VH in decibels with speckle, (2, rows, cols) float32."""
        level = np.array(DECIBELS)[self.covers] + (14 * self.drawn[:, 0])[self.things]
        vv = np.where(self.covers == BUILDING, level + 3 * (self.light - 1), level)
        both = np.stack([vv, vv - np.array(CROSS)[self.covers]])
        if flood is not None:
            both[:, flood] = np.array([[DECIBELS[WATER]], [DECIBELS[WATER] - CROSS[WATER]]])
        return (both + 10 * np.log10(rng.gamma(looks, 1 / looks, both.shape))).astype(np.float32)

    def low_land(self, share: float) -> np.ndarray:
        """The lowest land beside the river, so large a share of the scene: (rows, cols) bool; roofs stay dry."""
        dry = self.covers != WATER
        return dry & (self.covers != BUILDING) & (self.ground <= np.quantile(self.ground[dry], share))


def landscape(size: int, pixel_m: float, seed: int, town: float = TOWN_REACH) -> Landscape:
    """A landscape of `size` x `size` pixels.

    Parameters
    ----------
    town : how far the town reaches, as a share of the side; from `ONLY_TOWN` on there is no river.
    """
    return _Painter(size, pixel_m, seed).landscape(town)


class _Painter:
    """Paints one thing over the other."""

    def __init__(self, size: int, pixel_m: float, seed: int) -> None:
        self.rng, self.size, self.pixel_m = np.random.default_rng(seed), size, pixel_m
        self.unit = pixel_m / max(1.0, pixel_m / SMALL_M)
        self.side = size * self.unit
        self.down, self.across = (np.mgrid[:size, :size] + 0.5) * self.unit
        self.covers = np.full((size, size), FIELD, np.uint8)
        self.materials = np.zeros((size, size), np.uint8)
        self.things = np.zeros((size, size), np.int64)
        self.height = np.zeros((size, size))
        self.light = np.ones((size, size))

    def landscape(self, town: float) -> Landscape:
        """Everything painted."""
        angle, built = self.rng.uniform(0, np.pi / 2), self._town(town)
        self._fields(angle + 0.5)
        self._wood(~built)
        self._streets_and_houses(built, angle)
        self._road(angle)
        ground = self._river(town < ONLY_TOWN)
        return self._finished(ground)

    def noise(self, exponent: float) -> np.ndarray:
        """See `fractal_noise`."""
        return fractal_noise(self.size, self.size, self.rng, exponent)

    def paint(self, where: np.ndarray, cover: int, material: np.ndarray | str, things: np.ndarray | int,
              height: np.ndarray | float = 0.0) -> None:
        """Put something on the ground; materials by name or number, `things` count from 0 in each call."""
        material = MATERIALS.index(material) if isinstance(material, str) else material
        first = int(self.things.max()) + 1
        self.covers[where] = cover
        for target, values in ((self.materials, material), (self.things, things + first), (self.height, height)):
            target[where] = np.broadcast_to(values, where.shape)[where]

    def lattice(self, angle: float, pitch: tuple[float, float], count: int) -> tuple[np.ndarray, ...]:
        """Cells of a turned lattice: where a pixel lies in its cell, the cell's number, and `count` draws of it."""
        u = self.across * np.cos(angle) + self.down * np.sin(angle)
        v = self.down * np.cos(angle) - self.across * np.sin(angle)
        row, col = np.floor(u / pitch[0]).astype(int), np.floor(v / pitch[1]).astype(int)
        row, col = row - row.min(), col - col.min()
        drawn = self.rng.uniform(size=(row.max() + 1, col.max() + 1, count))
        number = row * (col.max() + 1) + col
        return u % pitch[0], v % pitch[1], number, np.moveaxis(drawn[row, col], -1, 0)

    def _town(self, reach: float) -> np.ndarray:
        away = np.hypot(self.down - TOWN[0] * self.side, self.across - TOWN[1] * self.side) / self.side
        return away + 0.035 * self.noise(1.8) < reach

    def _fields(self, angle: float) -> None:
        _, _, number, (kind, *_) = self.lattice(angle, FIELD_M, 1)
        crops = _numbers(CROPS)[(kind * len(CROPS)).astype(int)]
        self.paint(np.ones(number.shape, bool), FIELD, crops, number)

    def _wood(self, free: np.ndarray) -> None:
        patches = self.noise(2.0)
        self._crowns(free & (patches > np.quantile(patches[free], WOODED)), 1.0, (11.0, 19.0))

    def _crowns(self, where: np.ndarray, share: float, tall_m: tuple[float, float]) -> None:
        """Trees on a jittered lattice; where no crown is left out, there are bushes between them."""
        u, v, number, drawn = self.lattice(0.3, (CROWN_M, CROWN_M), 5)
        at = CROWN_M * (0.35 + 0.3 * drawn[:2])
        away = np.hypot(u - at[0], v - at[1]) / (CROWN_M * (0.36 + 0.2 * drawn[2]))
        crown = where & (away < 1) & (drawn[3] < share)
        tall = tall_m[0] + (tall_m[1] - tall_m[0]) * drawn[4]
        if share >= 1:
            self.paint(where & ~crown, TREE, "conifer", 0, 0.3 * tall_m[0])
        kinds = _numbers(("tree", "conifer"))[(drawn[2] > 0.6).astype(int)]
        self.paint(crown, TREE, kinds, number, tall * (1 - 0.45 * away**2))
        lit = 1 + 0.3 * ((u - at[0]) * 0.8 - (v - at[1]) * 0.5) / CROWN_M * 2
        self.light[crown] = np.clip(lit, 0.6, 1.4)[crown]

    def _streets_and_houses(self, town: np.ndarray, angle: float) -> None:
        u, v, block, (green, *_) = self.lattice(angle, BLOCK_M, 1)
        street = np.minimum(u, v) < STREET_M
        park = town & ~street & (green > 0.85)
        self.paint(town & ~street, GRASS, "lawn", block)
        self._crowns(town & ~street & ~park, 0.10, (5.0, 10.0))
        self._crowns(park, 0.75, (8.0, 14.0))
        inner = tuple((side - STREET_M) % pitch for side, pitch in ((u, PLOT_M[0]), (v, PLOT_M[1])))
        plot = tuple(((side - STREET_M) // pitch).astype(int) for side, pitch in ((u, PLOT_M[0]), (v, PLOT_M[1])))
        number = block * 16 + np.clip(plot[0], 0, 3) * 4 + np.clip(plot[1], 0, 3)
        drawn = self.rng.uniform(size=(int(number.max()) + 1, 6))[number]
        off = [side - pitch / 2 for side, pitch in zip(inner, PLOT_M)]
        half = [pitch * (0.25 + 0.14 * drawn[..., axis]) for axis, pitch in enumerate(PLOT_M)]
        house = town & ~street & ~park & (drawn[..., 2] < 0.85)
        house &= (np.abs(off[0]) < half[0]) & (np.abs(off[1]) < half[1])
        roofs = _numbers(ROOFS)[(drawn[..., 3] * len(ROOFS)).astype(int)]
        gabled = drawn[..., 4] < 0.6
        tall = 4 + 7 * drawn[..., 5] + np.where(gabled, 0.5 * (half[1] - np.abs(off[1])), 0)
        self.paint(house, BUILDING, roofs, number, tall)
        self.light[house] = np.where(gabled, 1 + 0.22 * np.sign(off[1]), 1.0)[house]
        self.paint(town & street, ROAD, "asphalt", 0)
        self.light[town & street] = 1.0

    def _road(self, angle: float) -> None:
        along = (self.down - TOWN[0] * self.side) * np.cos(angle) - (self.across - TOWN[1] * self.side) * np.sin(angle)
        where = np.abs(along + 0.02 * self.side * np.sin(self.across * 9 / self.side)) < ROAD_M / 2
        self.paint(where & (self.covers != BUILDING), ROAD, "fresh_asphalt", 0)
        self.light[where & (self.covers == ROAD)] = 1.0

    def _river(self, there: bool) -> np.ndarray:
        """Paints it where it is there, and returns how high the ground lies."""
        turn = 2 * np.pi * (1.3 * self.down / self.side + self.rng.uniform())
        away = np.abs(self.across - self.side * (RIVER + 0.05 * np.sin(turn)))
        water = (away < RIVER_WIDTH * self.side / 2) & there
        self.paint(water, WATER, "murky_water", 0)
        self.light[water] = 1.0
        rise = 60.0 * (away / self.side) ** 1.3 + 1.6 * self.noise(2.2)
        return np.where(water, 0.0, np.maximum(rise + 3.0, 0.5)) + 312.0

    def _finished(self, ground: np.ndarray) -> Landscape:
        _, first, things = np.unique(self.things, return_index=True, return_inverse=True)
        materials, covers = self.materials.ravel()[first], self.covers.ravel()[first]
        drawn = self.rng.normal(0, (0.12, 0.06, 0.06), (len(first), 3)) * np.where(covers == WATER, 0.2, 1.0)[:, None]
        phase = np.where(covers == FIELD, self.rng.uniform(size=len(first)), -1.0)
        plants = np.isin(self.covers, (FIELD, GRASS))
        thin = np.where(plants, np.clip(0.12 + 0.10 * self.noise(1.2), 0, 0.5), 0.0)
        grain = 1 + np.where(self.covers == WATER, 0.01, 0.06) * self.noise(0.6)
        return Landscape(
            self.covers, self.height.astype(np.float32), ground.astype(np.float32), self.pixel_m,
            things.reshape(self.covers.shape), tuple(MATERIALS[one] for one in materials), drawn, phase,
            thin.astype(np.float32), (self.light * grain).astype(np.float32), shadows(self.height, self.pixel_m),
        )  # fmt: skip


def _numbers(materials: Sequence[str]) -> np.ndarray:
    return np.array([MATERIALS.index(name) for name in materials], np.uint8)


def shadows(height: np.ndarray, pixel_m: float) -> np.ndarray:
    """Where something higher stands between a pixel and the sun, (rows, cols) bool."""
    dark = np.zeros(height.shape, bool)
    for step in range(1, int(float(height.max()) / pixel_m) + 1):
        drop = step * pixel_m
        row, col = round(SUN[0] * step), round(SUN[1] * step)
        moved = np.roll(height, (row, col), (0, 1)) - drop > height
        moved[:row], moved[:, len(moved) + col :] = False, False
        dark |= moved
    return dark
