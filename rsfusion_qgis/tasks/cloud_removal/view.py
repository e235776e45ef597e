"""What is known of a window: standardised values, decibels, codes, and what estimates look at for each pixel.

Axis order (bands, rows, cols). Standardised: less the mean of the band over a sample of the scene, over its spread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...core.grid.grid import Window
from .scene_forest import CLEAR_REACH_PX, REACH_PX, features, reference_features

MOST_PREDICTORS = 16
"""Bands of a clear image that are looked at; of more, that many spread over all."""


def cut(values: np.ndarray, read: Window, part: Window) -> np.ndarray:
    """The part, a window inside `read`, of an array (..., rows, cols) that covers `read`."""
    row, col = part.row_off - read.row_off, part.col_off - read.col_off
    return values[..., row : row + part.height, col : col + part.width]


@dataclass(frozen=True)
class Standard:
    """(bands,) float32 mean and spread of stored values."""

    mean: np.ndarray
    spread: np.ndarray

    def of(self, stored: np.ndarray) -> np.ndarray:
        """Stored values (bands, ...) standardised, float32."""
        shape = (-1,) + (1,) * (stored.ndim - 1)
        return ((stored - self.mean.reshape(shape)) / self.spread.reshape(shape)).astype(np.float32)

    def back(self, values: np.ndarray) -> np.ndarray:
        """The inverse of `of`."""
        shape = (-1,) + (1,) * (values.ndim - 1)
        return (values * self.spread.reshape(shape) + self.mean.reshape(shape)).astype(np.float32)

    def picked(self, places: np.ndarray) -> Standard:
        """That of some bands."""
        return Standard(self.mean[places], self.spread[places])


def standard_of(layer: Any) -> Standard:
    """From a sample of an aligned raster; a band without values or without contrast has the spread 1."""
    values, valid = layer.sample()
    pairs = []
    for band, there in zip(values, valid):
        known = band[there].astype(np.float64)
        known = known[np.isfinite(known)]
        mean, spread = (known.mean(), known.std()) if known.size else (0.0, 1.0)
        pairs.append((mean, spread if spread > 1e-7 * max(1e-30, abs(mean)) and spread > 1e-30 else 1.0))
    mean, spread = np.array(pairs, np.float32).T
    return Standard(np.ascontiguousarray(mean), np.ascontiguousarray(spread))


def predictors(bands: int) -> np.ndarray:
    """Places of the bands of a clear image that are looked at."""
    return np.unique(np.linspace(0, bands - 1, min(bands, MOST_PREDICTORS)).round().astype(int))


@dataclass
class View:
    """What was read of a window of the domain.

    Attributes
    ----------
    window : Window
    optical : (bands, rows, cols) float32, standardised.
    valid, known : (rows, cols) bool: of the optical image; and what surely shows the ground.
    sar : (2, rows, cols) float32 decibels, or None.
    sar_there : (rows, cols) bool.
    clear : role -> (values standardised, there).
    """

    window: Window
    optical: np.ndarray
    valid: np.ndarray
    known: np.ndarray
    sar: Any = None
    sar_there: Any = None
    clear: Mapping[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)

    def there(self, role: str, sar: bool) -> np.ndarray:
        """Where a clear image ("" = none), and SAR where wished, have data: (rows, cols) bool."""
        found = np.ones(self.valid.shape, bool) if not role else self.clear[role][1]
        return found & self.sar_there if sar else found

    def features(self, role: str, sar: bool, part: Window) -> np.ndarray:
        """What a forest looks at in a part of the window, REACH_PX from its ends: (features, rows, cols) float32."""
        layers = []
        if role:
            wide = part.grown(CLEAR_REACH_PX)
            values, there = (cut(one, self.window, wide) for one in self.clear[role])
            layers.append(cut(reference_features(values, there), wide, part))
        if sar:
            wide = part.grown(REACH_PX)
            values, there = cut(self.sar, self.window, wide), cut(self.sar_there, self.window, wide)
            layers.append(cut(features(values, there, wide.col_off, wide.row_off), wide, part))
        else:
            rows, cols = np.mgrid[part.row_off : part.row_end, part.col_off : part.col_end].astype(np.float32)
            layers.append(np.stack([cols, rows, cols + rows, cols - rows]))
        return np.concatenate(layers)
