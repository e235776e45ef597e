"""Generated series: fields whose reflectance changes from date to date, seen by a fine and a coarse sensor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.rasters import grid_transform, write_raster

BANDS, RATIO = 2, 8
FINE_M = 30


def fields(rows: int, cols: int, seed: int = 0) -> np.ndarray:
    """(rows, cols) int: classes of fields of about 11 x 9 pixels."""
    rng = np.random.default_rng(seed)
    classes = rng.integers(0, 5, (rows // 9 + 1, cols // 11 + 1))
    return classes.repeat(9, axis=0).repeat(11, axis=1)[:rows, :cols]


def fine_image(rows: int, cols: int, day: int, seed: int = 0) -> np.ndarray:
    """(bands, rows, cols) float64, about 500 to 4000: what the fine sensor sees on a day of the year."""
    rng = np.random.default_rng(seed + 1)
    base, pace = rng.uniform(800, 3200, (BANDS, 5)), rng.uniform(-8, 12, (BANDS, 5))
    levels = base + pace * (day - 200)
    texture = 60 * np.random.default_rng(seed + 2).standard_normal((BANDS, rows, cols))
    slope = np.linspace(0, 200, cols) * (day - 200) / 30
    return levels[:, fields(rows, cols, seed)] + texture + slope


def seen(fine: np.ndarray, ratio: int = RATIO) -> np.ndarray:
    """Means over squares of pixels, (bands, rows // ratio, cols // ratio)."""
    bands, rows, cols = fine.shape
    whole = fine[:, : rows // ratio * ratio, : cols // ratio * ratio]
    return whole.reshape(bands, rows // ratio, ratio, cols // ratio, ratio).mean(axis=(2, 4))


def coarse_image(fine: np.ndarray, noise: float = 0.0, seed: int = 0, gain: float = 1.0) -> np.ndarray:
    """What the coarse sensor sees, in units of its own: gain * value, with white noise in the fine unit."""
    image = seen(fine)
    return gain * (image + noise * np.random.default_rng(seed).standard_normal(image.shape))


def write_series(
    folder: Path, fine_days: Sequence[int], coarse_days: Sequence[int], side: int = 160, noise: float = 0.0,
    gain: float = 1.0,
) -> tuple[dict[str, str], dict[int, np.ndarray]]:  # fmt: skip
    """Rasters of 2016 by their days of the year: the inputs of a job, and what the fine sensor sees on all the days."""
    inputs, truth = {}, {}
    for role, days, pixel in (("fine", fine_days, FINE_M), ("coarse", coarse_days, FINE_M * RATIO)):
        for number, day in enumerate(days, start=1):
            truth[day] = fine_image(side, side, day)
            values = truth[day] if role == "fine" else coarse_image(truth[day], noise, day, gain)
            path = folder / f"{role}_2016{day:03d}.tif"
            name = role if number == 1 else f"{role}:{number}"
            inputs[name] = write_raster(
                path, values, grid_transform(pixel), nodata=0, dtype="Float32", descriptions=("red", "nir"),
                metadata={"ACQUISITION_DATE": f"2016{day:03d}"},
            )  # fmt: skip
    return inputs, truth
