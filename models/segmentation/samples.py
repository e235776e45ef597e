"""The chips as pixels: what a network sees of every fourth one along both axes, with its label.

The squares around a pixel are summed by scipy here and by the network's own pooling in a run; a test holds them equal.
Axis order (features, n); the pixels of a chip lie row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from scipy import ndimage

from models.common import checkpoints
from models.segmentation.chips import UNLABELLED, Chip, read_chips
from models.segmentation.networks.base import (
    BANDS,
    DARK,
    DEVIATIONS_PX,
    LARGEST_OPTICAL,
    LARGEST_SAR,
    LEAST_VARIANCE,
    MEANS_PX,
    MISSING,
    SENSORS,
)

STEP = 4
ONE, BOTH = 1, 2
"""States of a sensor: one date, both."""


@dataclass
class Pixels:
    """The pixels of one chip.

    Attributes
    ----------
    name, group : str
    shape : (rows, cols) of the pixels.
    dates : dict
        Role -> (features, n) float32, not levelled; 0 where invalid.
    there : dict
        Role -> (n,) bool.
    water, known, always : ndarray
        (n,) bool: the label, where there is one, and where one date alone cannot be right or wrong.
    """

    name: str
    group: str
    shape: tuple[int, int]
    dates: dict[str, np.ndarray] = field(default_factory=dict)
    there: dict[str, np.ndarray] = field(default_factory=dict)
    water: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    known: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    always: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))

    def state(self, sensor: str) -> int:
        """0, ONE or BOTH: how many dates of a sensor there are."""
        return sum(role in self.dates for role in (sensor, f"{sensor}_before"))

    def judged(self, one_date: bool) -> np.ndarray:
        """(n,) bool: where a result is right or wrong; every image must be there, so that all are judged alike."""
        here = self.known & np.logical_and.reduce(list(self.there.values()))
        return here & ~self.always if one_date else here


def read_pixels(data: Path, cache: Path) -> list[Pixels]:
    """The pixels of all chips in `data`; `cache` is a file that holds them from the first time on."""
    if not cache.exists():
        every = [_plain(pixels_of(chip)) for chip in read_chips(data)]
        cache.parent.mkdir(parents=True, exist_ok=True)
        checkpoints.write(cache, {"pixels": every})
    return [_from_plain(one) for one in checkpoints.read(cache)["pixels"]]


def _plain(one: Pixels) -> dict[str, object]:
    told = asdict(one)
    for name in ("dates", "there"):
        told[name] = {role: torch.from_numpy(image) for role, image in told[name].items()}
    return {**told, **{name: torch.from_numpy(told[name]) for name in ("water", "known", "always")}}


def _from_plain(told: dict[str, object]) -> Pixels:
    arrays = {name: told[name].numpy() for name in ("water", "known", "always")}
    images = {name: {role: image.numpy() for role, image in told[name].items()} for name in ("dates", "there")}
    return Pixels(str(told["name"]), str(told["group"]), tuple(told["shape"]), **images, **arrays)


def pixels_of(chip: Chip) -> Pixels:
    """The pixels of a chip."""
    cut = np.s_[STEP // 2 :: STEP, STEP // 2 :: STEP]
    made = Pixels(chip.name, chip.group, chip.label[cut].shape)
    for role, image in chip.images.items():
        there = image.min(axis=0) > MISSING / 2
        sensor = next(one for one in SENSORS if role.startswith(one))
        made.dates[role] = around(sensor, image, there)[:, cut[0], cut[1]].reshape(-1, chip.label[cut].size)
        made.there[role] = there[cut].ravel()
    made.water, made.known = (chip.label[cut] == 1).ravel(), (chip.label[cut] != UNLABELLED).ravel()
    made.always = chip.always[cut].ravel()
    return made


def around(sensor: str, image: np.ndarray, there: np.ndarray) -> np.ndarray:
    """As `networks.base.around`: image (bands, rows, cols), there (rows, cols) -> (features, rows, cols) float32."""
    if sensor == "sar":
        values = np.clip(image, -LARGEST_SAR, LARGEST_SAR)
    else:
        values = np.log(np.clip(image, 0, LARGEST_OPTICAL) + DARK)
    weights = there.astype(np.float64)
    values = np.where(there, values, 0.0).astype(np.float64)
    means = {reach: _mean(values, weights, reach) for reach in MEANS_PX}
    spreads = [np.sqrt(np.maximum(_mean(values**2, weights, reach) - means[reach] ** 2, 0.0) + LEAST_VARIANCE)
               for reach in DEVIATIONS_PX]  # fmt: skip
    return np.concatenate([*means.values(), *spreads]).astype(np.float32)


def _mean(values: np.ndarray, weights: np.ndarray, reach: int) -> np.ndarray:
    side = 2 * reach + 1
    total = np.stack([ndimage.uniform_filter(band, side, mode="constant") for band in values])
    count = ndimage.uniform_filter(weights, side, mode="constant")
    return total / np.maximum(count, 1e-4)


def levels_of(pixels: Sequence[Pixels]) -> dict[str, list[list[float]]]:
    """Sensor -> means and deviations of the features of the date."""
    found = {}
    for sensor in SENSORS:
        seen = [one.dates[sensor][:, one.there[sensor]] for one in pixels if sensor in one.dates]
        every = np.concatenate(seen, axis=1) if seen else np.zeros((BANDS[sensor], 1))
        found[sensor] = [every.mean(axis=1).round(4).tolist(), (every.std(axis=1) + 1e-3).round(4).tolist()]
    return found
