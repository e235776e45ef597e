"""Chips beside their labels and maps, for looking: before and after of both sensors, label, probability, map."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from models.segmentation.chips import Chip
from models.segmentation.networks.base import MISSING
from models.segmentation.samples import STEP, Pixels
from models.segmentation.scores import GROUPS
from rsfusion_qgis.core.reports.png import encode_png

PER_GROUP = 2


def write_picture(
    path: Path, chips: Mapping[str, Chip], pixels: Mapping[str, Pixels], logits: Mapping[str, np.ndarray]
) -> None:
    """Two chips of each group of events, one below the other; `logits` of the pixels of a chip."""
    rows = []
    for group in GROUPS:
        names = sorted(name for name, one in pixels.items() if one.group == group)
        for name in names[:: max(1, len(names) // PER_GROUP)][:PER_GROUP]:
            rows.append(_row(chips[name], pixels[name], logits[name]))
    path.write_bytes(encode_png(np.concatenate(rows)))


def _row(chip: Chip, one: Pixels, logit: np.ndarray) -> np.ndarray:
    cut = np.s_[STEP // 2 :: STEP, STEP // 2 :: STEP]
    chance = 1 / (1 + np.exp(-logit.reshape(one.shape)))
    parts = [_grey(chip.images[role][0][cut], -2.5, 2.5) for role in ("sar_before", "sar")]
    parts += [np.stack([_scaled(band[cut], 0, 2.0) for band in chip.images[role]], -1)
              for role in ("optical_before", "optical")]  # fmt: skip
    parts += [_grey(one.water.reshape(one.shape), 0, 1), _grey(chance, 0, 1), _grey(chance > 0.5, 0, 1)]
    return np.repeat(np.repeat(np.concatenate(parts, axis=1), 2, 0), 2, 1)


def _grey(image: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.repeat(_scaled(image, low, high)[..., None], 3, axis=-1)


def _scaled(image: np.ndarray, low: float, high: float) -> np.ndarray:
    image = np.where(image > MISSING / 2, image, low).astype(np.float64)
    return (255 * np.clip((image - low) / (high - low), 0, 1)).astype(np.uint8)
