"""What the networks make of triplets that they have not seen, as a picture: one row for each triplet.

The middle of each, from left to right: the cloudy image, Sentinel-1 VV, the result, the clear image of another
day, sigma. Colours are the reflectance of B4, B3 and B2; each row is stretched as the clear image wants it. Axis order
(bands, rows, cols).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.cloud_removal.held_out import WITH_SAR, Seen
from models.cloud_removal.prediction import composed
from models.cloud_removal.scenes import BANDS
from rsfusion_qgis.core.reports.png import encode_png

COLOURS = tuple(BANDS.index(name) for name in ("B4", "B3", "B2"))
GAP_PX, WHITE = 6, 255
VV_DB, LARGEST_SIGMA = (-20.0, -2.0), 0.12
STRETCH = (1, 99)
SHOWN_PX = 176


def write_picture(seen: Sequence[Seen], path: Path) -> None:
    """Write the PNG file; every triplet of the same size."""
    rows = [_row(one) for one in seen]
    gap = np.full((GAP_PX, rows[0].shape[1], 3), WHITE, np.uint8)
    parts = [part for row in rows for part in (row, gap)][:-1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_png(np.concatenate(parts)))


def _row(seen: Seen) -> np.ndarray:
    clear, sigma = seen.triplet.clear[list(COLOURS)], seen.estimates[WITH_SAR][1]
    low, high = (np.percentile(clear, share, axis=(1, 2), keepdims=True) for share in STRETCH)
    doubt = np.where(seen.mask, sigma.mean(0), 0.0)
    made = composed(seen.triplet.cloudy, seen.taught(), seen.mask)
    pictures = [
        _coloured(seen.triplet.cloudy[list(COLOURS)], low, high), _grey(seen.triplet.sar[0], *VV_DB),
        _coloured(made[list(COLOURS)], low, high), _coloured(clear, low, high),
        _grey(doubt, 0.0, LARGEST_SIGMA),
    ]  # fmt: skip
    top, left = (max(0, (side - SHOWN_PX) // 2) for side in pictures[0].shape[:2])
    shown = [picture[top:top + SHOWN_PX, left:left + SHOWN_PX] for picture in pictures]
    gap = np.full((len(shown[0]), GAP_PX, 3), WHITE, np.uint8)
    return np.concatenate([part for picture in shown for part in (picture, gap)][:-1], axis=1)


def _coloured(image: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    scaled = (image - low) / np.maximum(high - low, 1e-3)
    return (255 * scaled.clip(0, 1)).round().astype(np.uint8).transpose(1, 2, 0)


def _grey(image: np.ndarray, low: float, high: float) -> np.ndarray:
    scaled = ((image - low) / (high - low)).clip(0, 1)
    return np.repeat((255 * scaled).round().astype(np.uint8)[..., None], 3, axis=2)
