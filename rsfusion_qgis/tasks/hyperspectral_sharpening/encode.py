"""What a sharpening of a hyperspectral image writes: all its bands, in its units, on the pixels of the guide."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Optional

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.chain import Encoder
from ...core.engine.output_profile import output_profile
from ...core.engine.plan import Plan
from ...core.grid.tiles import SMALLEST
from ...core.rasters import radiometry
from ...core.rasters.band_info import BandInfo
from ...core.rasters.source import numpy_type
from ...core.rasters.spectral import natural_by_wavelength
from .coarse import FUSED, HS, all_bands
from .scene import Scene

COLOURS = (3, 4, 5)
"""GDAL's codes of red, green and blue."""
LARGEST_PX = 2048
BYTES_PER_VALUE = 30.0
"""Of a band at a pixel that is written, on its way through the stages; measured."""


def in_natural_colour(bands: Sequence[BandInfo]) -> tuple[BandInfo, ...]:
    """The bands, of which those nearest to red, green and blue say so, unless some say already which they are."""
    places = None if any(one.color_interpretation in COLOURS for one in bands) else natural_by_wavelength(bands)
    found = list(bands)
    for place, colour in zip(places or (), COLOURS):
        found[place] = replace(bands[place], color_interpretation=colour)
    return tuple(found)


class HyperspectralEncoder(Encoder):
    """One raster of all bands.

    Parameters
    ----------
    plan : Plan
    scene : Scene
    planes : int
        How many planes the method keeps of every pixel that it reads.
    method : what fuses, for the report.
    """

    def __init__(self, plan: Plan, scene: Scene, planes: int, method: Any) -> None:
        self._scene, self._planes, self._method = scene, planes, method
        bands, profile = all_bands(plan).bands, output_profile(plan, HS)
        self.profile = replace(profile, bands=in_natural_colour(bands))
        self._storing = radiometry.Storing(numpy_type(profile.data_type), profile.nodata)
        self.targets = ((plan.job.output, self.profile),)

    def tile_size(self, memory: int, bands: int, halo: int) -> Optional[int]:
        """See `Encoder`: all bands are held of what is written, few planes of what is read around it."""
        around, inside = 8.0 * self._planes, BYTES_PER_VALUE * len(self.profile.bands)
        # (s + 2 halo)^2 around + s^2 inside <= memory
        total = around + inside
        rest = max(memory - 4 * halo**2 * around, 0.0)
        side = (-4 * halo * around + math.sqrt((4 * halo * around) ** 2 + 4 * total * rest)) / (2 * total)
        return int(max(SMALLEST, min(LARGEST_PX, side)))

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`; a band without a value at a pixel of the image is NaN there."""
        there = valid.all(axis=0)
        image = arrays.get(FUSED)
        if image is None:
            image = np.zeros((len(self.profile.bands), *there.shape), np.float32)
        return [self._storing(image, there)]

    def findings(self) -> Sequence[Finding]:
        """See `Encoder`."""
        return self._storing.findings()

    def summary(self) -> Any:
        """(Scene, method)."""
        return self._scene, self._method
