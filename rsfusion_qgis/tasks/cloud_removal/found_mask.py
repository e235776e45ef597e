"""Clouds and shadows found in a Sentinel-2 image, as codes: by a small network, or by rules where it lacks bands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from ...core.grid.crs import metres_per_unit
from ...core.grid.grid import Grid, Window
from ...core.grid.moving import grown, opened, pixels
from ...core.rasters.aligned_input import AlignedInput
from ...core.sensors.clouds.detection import Masks, MaskSettings, detect
from ...core.sensors.clouds.scene import Scene
from ...core.sensors.reflectance import Scaling
from ...core.sensors.sun import Sun
from .codes import CLEAR, CLOUD, NO_CODE, SHADOW, THIN, UNCERTAIN
from .mask_network import MaskNetwork, codes_of, why_not
from .view import cut

USED = ("B1", "B2", "B3", "B4", "B8", "B8A", "B9", "B10", "B11", "B12")
"""Bands that are looked at, where they are there."""
DENSE = 0.9
"""Score from which a cloud is not called thin."""
DOUBTFUL = 0.25
"""Score from which a pixel beside the mask is uncertain."""


class FoundMask:
    """Codes of an image.

    Parameters
    ----------
    optical : AlignedInput
        With the bands of `names` in that order; it is closed with this.

    Attributes
    ----------
    why_rules : str
        Why rules find the clouds, and not the network; "" where the network does.
    """

    def __init__(
        self, optical: AlignedInput, names: Sequence[str], scaling: Scaling, scene: Scene, sun: Optional[Sun],
        threads: int = 1,
    ) -> None:
        self.source, self._optical, self._names = optical.source, optical, tuple(names)
        self._scaling, self._scene, self._sun, self._settings = scaling, scene, sun, MaskSettings()
        self._pixel_m = pixel_m(optical.target)
        self.why_rules = why_not(self._names, self._pixel_m)
        self._network = None if self.why_rules else MaskNetwork(threads)

    def codes(self, window: Window) -> np.ndarray:
        """(rows, cols) uint8."""
        network, near = self._network, window.grown(self._settings.reach_px(self._pixel_m))
        if network is None:
            bands, there = self._read(near)
            masks = detect(bands, self._scene, there, self._settings, self._sun, self._pixel_m)
            return cut(coded(masks, there, self._settings, self._pixel_m), near, window)
        near = _stepped(near, network.step_px)
        border = -(-network.reach_px // network.step_px) * network.step_px
        read = near.grown(border)
        bands, there = self._read(read)
        found = network.probabilities(bands, self._scene, there, border)
        bands, there = {name: cut(band, read, near) for name, band in bands.items()}, cut(there, read, near)
        codes = codes_of(found, bands, self._scene, there, self._settings, self._sun, self._pixel_m)
        return cut(codes, near, window)

    def _read(self, window: Window) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Reflectance by band, and (rows, cols) where all bands are valid."""
        values, valid = self._optical.read(window)
        return dict(zip(self._names, self._scaling.to_reflectance(values))), valid.all(axis=0)

    def terminate(self) -> None:
        """Stop what goes on, from any thread."""
        if self._network is not None:
            self._network.terminate()

    def rest(self) -> None:
        """Give the network's memory back; `codes` cannot be asked any more."""
        if self._network is not None:
            self._network.close()

    def close(self) -> None:
        """Give handles and memory back."""
        self._optical.close()
        self.rest()


def coded(masks: Masks, valid: np.ndarray, settings: MaskSettings, metres: float) -> np.ndarray:
    """Codes (rows, cols) uint8 of what `detect` gave; 0 where invalid.

    A pixel of the grown mask is cloud, thin or dense, where a cloud is as near as a shadow.
    """
    speck, grow = pixels(settings.speck_m, metres), pixels(settings.grow_m, metres)
    clouds = grown(opened(masks.cloud >= settings.cloud, speck), grow)
    dense = grown(opened(masks.cloud >= DENSE, speck), grow)
    doubtful = grown((masks.cloud >= DOUBTFUL) | (masks.shadow >= settings.shadow_from), 1)
    kinds = [~valid, masks.mask & dense, masks.mask & clouds, masks.mask, doubtful]
    return np.select(kinds, [NO_CODE, CLOUD, THIN, SHADOW, UNCERTAIN], CLEAR).astype(np.uint8)


def _stepped(window: Window, step: int) -> Window:
    """The smallest window around one whose ends are multiples of `step`."""
    row, col = window.row_off // step * step, window.col_off // step * step
    return Window(col, row, -(-window.col_end // step) * step - col, -(-window.row_end // step) * step - row)


def pixel_m(grid: Grid) -> float:
    """Side of a pixel in metres; Sentinel-2's 10 where the raster does not say."""
    if not grid.crs_wkt:
        return 10.0
    width, height = grid.pixel_size
    return float(np.sqrt(width * height)) * metres_per_unit(grid.crs_wkt)
