"""Generated images for measuring shifts: noise with the spectrum of land, moved exactly through its Fourier series.

Axis order (bands, rows, cols), float32.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
from scipy import ndimage

from rsfusion_qgis.core.grid.grid import Window


def texture(size: int, seed: int = 0, smooth_px: float = 1.2) -> np.ndarray:
    """(size, size), mean 0, deviation 1, the same when tiled: patches of level, edges, and finer detail."""
    rng = np.random.default_rng(seed)
    patches = ndimage.gaussian_filter(rng.standard_normal((size, size)), 6.0, mode="wrap")
    edges = np.sign(patches) + 0.5 * np.sign(np.roll(patches, (size // 3, size // 5), (0, 1)) - 0.3 * patches.std())
    fine = ndimage.gaussian_filter(rng.standard_normal((size, size)), 1.5, mode="wrap")
    image = ndimage.gaussian_filter(edges + 1.5 * fine / fine.std(), smooth_px, mode="wrap")
    return ((image - image.mean()) / image.std()).astype(np.float32)


def moved(image: np.ndarray, cols: float, rows: float) -> np.ndarray:
    """The image seen `cols` to the right and `rows` below: what must be added to its positions is (cols, rows)."""
    u, v = np.fft.fftfreq(image.shape[0])[:, None], np.fft.fftfreq(image.shape[1])[None]
    phase = np.exp(2j * np.pi * (u * rows + v * cols))
    return np.fft.ifft2(np.fft.fft2(image) * phase).real.astype(np.float32)


def turned(image: np.ndarray, degrees: float, scale: float = 1.0) -> np.ndarray:
    """The image that must be turned by `degrees` (counter-clockwise) and stretched by `scale` about its middle."""
    rows, cols = np.mgrid[: image.shape[0], : image.shape[1]] - (np.array(image.shape)[:, None, None] - 1) / 2
    angle = np.radians(degrees)
    across = scale * (np.cos(angle) * cols + np.sin(angle) * rows) + (image.shape[1] - 1) / 2
    down = scale * (np.cos(angle) * rows - np.sin(angle) * cols) + (image.shape[0] - 1) / 2
    return ndimage.map_coordinates(image, [down, across], order=5, mode="grid-wrap").astype(np.float32)


class Image:
    """An array as `residual_shift.Reader`; counts what is read."""

    def __init__(self, values: np.ndarray, valid: Optional[np.ndarray] = None) -> None:
        self.values = np.asarray(values, np.float32).reshape(-1, *values.shape[-2:])
        self.valid = np.ones(self.values.shape[1:], bool) if valid is None else valid
        self.pixels_read = 0

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)"""
        return self.values.shape[2], self.values.shape[1]

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        where = slice(window.row_off, window.row_end), slice(window.col_off, window.col_end)
        values = self.values[:, where[0], where[1]]
        assert values.shape[1:] == window.shape, "read outside the raster"
        self.pixels_read += values[0].size
        return values, np.broadcast_to(self.valid[where], values.shape)
