"""A raster together with where each of its bands is valid, so that a hole in one raster is none in the others."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...core.engine.chain import Layer
from ...core.grid.grid import Window


class WithValidity:
    """A layer that gives its bands, and after them as many planes of 1 = valid and 0; all of it counts as valid."""

    def __init__(self, layer: Layer) -> None:
        self._layer, self.source = layer, layer.source

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """(2 bands, rows, cols) float32, and True everywhere, see `Layer`."""
        values, valid = self._layer.read(window)
        return with_validity(values, valid), np.ones((1, *window.shape), bool)

    @property
    def is_wide(self) -> bool:
        """Whether float32 does not hold the bands."""
        return getattr(self._layer, "is_wide", False)

    def read_exactly(self, window: Window) -> np.ndarray:
        """As `read`, with the bands as they are stored where float32 does not hold them."""
        _, valid = self._layer.read(window)
        exact: Any = self._layer
        return with_validity(exact.read_exactly(window), valid)

    def close(self) -> None:
        """See `Layer`."""
        self._layer.close()


def with_validity(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """(2 bands, rows, cols) of the type of the values."""
    return np.concatenate([values, np.broadcast_to(valid, values.shape).astype(values.dtype)])


def split(planes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values (bands, rows, cols) and validity, bool, of planes of `with_validity`."""
    bands = len(planes) // 2
    return planes[:bands], planes[bands:] > 0.5
