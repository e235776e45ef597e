"""What a fusion writes where the network's output is an image like one of its inputs: units, data type, nodata."""

from __future__ import annotations

from typing import Optional

import numpy as np

from . import radiometry
from .aligned_input import Scale
from .output_profile import output_profile
from .preparation import Preparation
from .raster_io import numpy_type
from .raster_sink import OutputProfile


class ImageResult:
    """One raster, in the units of the input that it resembles.

    Parameters
    ----------
    preparation : Preparation
    scale : Scale
        Of that input.

    Attributes
    ----------
    targets : tuple of (path, OutputProfile)
        The rasters to write.
    margin : int
        Pixels around a written part that `stored` wants to see.
    """

    margin = 0

    def __init__(self, preparation: Preparation, scale: Scale) -> None:
        self._scale, self.profile = scale, output_profile(preparation)
        self.targets: tuple[tuple[str, OutputProfile], ...] = ((preparation.job.output, self.profile),)

    def stored(self, output: Optional[np.ndarray], valid: np.ndarray) -> list[np.ndarray]:
        """The values to write, for each target.

        Parameters
        ----------
        output : ndarray or None
            (bands, rows, cols) float32, the network's; None where nothing is valid.
        valid : ndarray
            (bands, rows, cols) bool.
        """
        fused = np.zeros(valid.shape, np.float32)
        if output is not None:
            fused = radiometry.from_network(output, self._scale.offset, self._scale.scale)
        dtype = numpy_type(self.profile.data_type)
        return [radiometry.to_stored(fused, valid, dtype, self.profile.nodata)]
