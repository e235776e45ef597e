"""What a fusion writes where the network's output is an image like one of its inputs: units, data type, nodata."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..engine.output_profile import output_profile
from ..engine.plan import Preparation
from ..networks.card import OutputSpec
from ..rasters import radiometry
from ..rasters.aligned_input import Scale
from ..rasters.sink import OutputProfile
from ..rasters.source import numpy_type


class ImageResult:
    """One raster, in the units of the input that it resembles.

    Parameters
    ----------
    preparation : Preparation
    output : OutputSpec
        The network's.
    scale : Scale
        Of that input.

    Attributes
    ----------
    targets : tuple of (path, OutputProfile)
        The rasters to write.
    margin : int
        Pixels around a written part that `stored` wants to see.
    wants : tuple of str
        Roles whose stored values it wants to see.
    """

    margin = 0
    wants: tuple[str, ...] = ()

    def __init__(self, preparation: Preparation, output: OutputSpec, scale: Scale) -> None:
        self._name, self._scale, self.profile = output.name, scale, output_profile(preparation)
        self.targets: tuple[tuple[str, OutputProfile], ...] = ((preparation.job.output, self.profile),)

    def bytes_per_pixel(self, bands: int) -> float:
        """What inference needs, measured with the networks of the zoo; `bands`: of all inputs."""
        return 300.0 + 120.0 * bands

    def needs_network(self, kept: Mapping[str, np.ndarray]) -> bool:
        """Every tile with a valid pixel is fused."""
        return True

    def stored(
        self, outputs: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """The values to write, for each target.

        Parameters
        ----------
        outputs : mapping
            The network's by name, (bands, rows, cols) float32 each; empty where nothing is valid.
        valid : ndarray
            (bands, rows, cols) bool.
        kept : mapping
            Role -> (bands, rows, cols) float32 as stored, of `wants`.
        """
        fused = np.zeros(valid.shape, np.float32)
        if outputs:
            fused = radiometry.from_network(outputs[self._name], self._scale.offset, self._scale.scale)
        dtype = numpy_type(self.profile.data_type)
        return [radiometry.to_stored(fused, valid, dtype, self.profile.nodata)]
