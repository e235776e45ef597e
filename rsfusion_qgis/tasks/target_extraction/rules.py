"""Buildings, trees and roads by rules on heights, roughness and greenness. Axis order (bands, rows, cols), metres.

A roof is high, not green, and lies on a plane: of all windows that hold a pixel, the plane of one fits. A tree is high,
and green or rough. A road is low, not green, dark in the LiDAR's intensity where there is one (see `pavement`), and no
water where near infrared tells. The rules are those that the field uses, such as Rottensteiner et al. 2007, ISPRS J.
62(2), 135-149, doi:10.1016/j.isprsjprs.2007.03.001; greenness without near infrared: Woebbecke et al. 1995, Trans. ASAE
38(1), 259-269, doi:10.13031/2013.27838.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from ...core.engine.chain import Block, Operator
from ...core.grid.moving import grown, lowest, opened, pixels
from ...core.sensors.lidar.roughness import roughness
from .roles import BUILDING, CLASSES, DTM, LIDAR, MISSING, OPTICAL, ROAD, SCORES, TREE

PLANE_M = 2.0
"""How far the windows of planes reach to each side."""
EAVES_M, ROUGHEST = 2.0, 3.0
"""Around a roof: what is as high, not green, and not this many times as rough as a roof may be, belongs to it."""
STRICTER = 0.5
"""Of the largest roughness, where nothing tells plants: closed canopies are smooth, too."""
LOW_M = 0.5
"""Highest of roads."""
WET = 0.2
"""NDWI of water, from: (green - near infrared) / (green + near infrared), McFeeters 1996, IJRS 17(7), 1425-1432."""
MOST = 3.0
"""Scores are margins over spreads, cut off here."""
_HEIGHT_M, _LOW_SPREAD_M, _NDVI, _GREEN = 1.0, 0.25, 0.1, 0.03
_LEAST = 1e-6
_NO, _EAVES_SCORE = -2.0 * MOST, 0.5


@dataclass(frozen=True)
class Places:
    """Which bands are what: of LIDAR the height and the intensity, of OPTICAL red, near infrared, green and blue.

    `dark`: the intensity below which low ground is pavement; None where there is no intensity. `shades`: the stored
    value of no light of each band of OPTICAL.
    """

    height: int
    intensity: Optional[int] = None
    dark: Optional[float] = None
    red: Optional[int] = None
    infrared: Optional[int] = None
    green: Optional[int] = None
    blue: Optional[int] = None
    shades: tuple[float, ...] = ()

    @property
    def tells_plants(self) -> bool:
        """Whether the bands of OPTICAL tell plants."""
        return self.red is not None and (self.infrared is not None or None not in (self.green, self.blue))


class Rules(Operator):
    """Scores (1, classes, rows, cols) from the rules.

    Parameters
    ----------
    options : TargetOptions
    places : Places
    pixel_m : size of a pixel.
    """

    def __init__(self, options: Any, places: Places, pixel_m: float) -> None:
        self._options, self._places = options, places
        self._plane = max(1, pixels(PLANE_M, pixel_m))
        self._building, self._road = (_radius(width, pixel_m) for width in (options.building_width, options.road_width))
        self._eaves = max(1, pixels(EAVES_M, pixel_m))
        self.sees = 2 * self._plane + 2 * max(self._building, self._road) + self._eaves

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        lidar, optical = block.arrays[LIDAR][0], block.arrays[OPTICAL][0]
        block.arrays[SCORES] = self.scores(lidar, block.arrays[DTM][0][0], optical)[None].astype(np.float32)

    def scores(self, lidar: np.ndarray, ground: np.ndarray, optical: np.ndarray) -> np.ndarray:
        """(classes, rows, cols); `ground` and `optical` are MISSING where they are absent."""
        height = lidar[self._places.height].astype(np.float64)
        height = np.where(ground > MISSING / 2, height - ground, height)
        rough, plant, options = self._roughness(height), self._plant(optical), self._options
        knows = plant > -np.inf
        limit = options.roughness * np.where(knows, 1.0, STRICTER)
        roof = (limit - rough) / (limit / 2)
        building = _least((height - options.building_height) / _HEIGHT_M, roof, np.where(knows, -plant, MOST))
        tree = np.minimum((height - options.tree_height) / _HEIGHT_M, np.maximum(-roof, np.where(knows, plant, -MOST)))
        made = np.zeros((len(CLASSES), *height.shape))
        # What is high and no building by its width alone is a tree where it is rough or green, else other.
        building = self._wide(building, self._building)
        ends = (height > options.building_height) & (rough < ROUGHEST * options.roughness) & ~(plant > 0)
        ends &= grown(building > 0, self._eaves) & (building <= 0) & knows
        made[BUILDING] = np.where(ends, _EAVES_SCORE, building)
        made[TREE] = np.where(ends, -_EAVES_SCORE, np.clip(tree, -MOST, MOST))
        made[ROAD] = self._wide(self._roads(lidar, height, plant, self._water(optical)), self._road)
        return made

    def _roughness(self, height: np.ndarray) -> np.ndarray:
        """Of the plane that fits best among those whose window holds the pixel, (rows, cols)."""
        reach = self._plane
        padded = np.pad(height.astype(np.float32), reach, mode="symmetric")
        return lowest(roughness(padded, (reach, reach)), reach)

    def _plant(self, optical: np.ndarray) -> np.ndarray:
        """Margin of what is green, -inf where OPTICAL says nothing."""
        place = self._places
        if not place.tells_plants:
            return np.full(optical.shape[-2:], -np.inf)
        values = self._lit(optical)
        red = values[place.red]
        if place.infrared is not None:
            margin = (_contrast(values[place.infrared], red) - self._options.ndvi) / _NDVI
        else:
            green, blue = values[place.green], values[place.blue]
            total = np.maximum(red + green + blue, _LEAST)
            margin = ((2 * green - red - blue) / total - self._options.greenness) / _GREEN
        return np.where(_there(optical), np.clip(margin, -MOST, MOST), -np.inf)

    def _water(self, optical: np.ndarray) -> np.ndarray:
        """Margin of what is wet, -inf where OPTICAL says nothing."""
        place = self._places
        if place.infrared is None or place.green is None:
            return np.full(optical.shape[-2:], -np.inf)
        values = self._lit(optical)
        margin = (_contrast(values[place.green], values[place.infrared]) - WET) / _NDVI
        return np.where(_there(optical), margin, -np.inf)

    def _lit(self, optical: np.ndarray) -> list[np.ndarray]:
        """Bands of OPTICAL less the value of no light."""
        return [np.maximum(band - shade, 0.0) for band, shade in zip(optical.astype(np.float64), self._places.shades)]

    def _roads(self, lidar: np.ndarray, height: np.ndarray, plant: np.ndarray, water: np.ndarray) -> np.ndarray:
        place = self._places
        rules = [(LOW_M - np.abs(height)) / _LOW_SPREAD_M, -plant, -water]
        if place.intensity is not None and place.dark:
            rules.append((place.dark - lidar[place.intensity]) / (0.25 * abs(place.dark)))
        told = len(rules) > 3 or place.tells_plants
        return _least(*rules) if told else np.full(height.shape, _NO)

    @staticmethod
    def _wide(score: np.ndarray, radius: int) -> np.ndarray:
        """The score, `_NO` in parts that are narrower than the disk of that radius."""
        wanted = score > 0
        return np.where(wanted & ~opened(wanted, radius), _NO, score)


def _radius(width_m: float, pixel_m: float) -> int:
    """Of the disk whose pixels are that wide."""
    return max(0, int((width_m / pixel_m - 1) / 2 + 1e-6))


def _there(optical: np.ndarray) -> np.ndarray:
    """(rows, cols) bool: where all bands are."""
    return optical.min(axis=0) > MISSING / 2


def _contrast(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Normalised difference."""
    return (one - other) / np.maximum(one + other, _LEAST)


def _least(*margins: np.ndarray) -> np.ndarray:
    """The smallest of several margins, cut off."""
    return np.clip(np.minimum.reduce(margins), -MOST, MOST)
