"""What a fusion writes where the network's output is an image like one of its inputs: units, data type, nodata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..basics.findings import Finding
from ..engine.chain import Encoder
from ..engine.output_profile import output_profile
from ..engine.plan import Plan
from ..networks.card_fields import OutputSpec
from ..rasters import radiometry
from ..rasters.aligned_input import Scale
from ..rasters.sink import OutputProfile
from ..rasters.source import numpy_type


class ImageEncoder(Encoder):
    """One raster, in the units of the input that it resembles.

    Parameters
    ----------
    plan : Plan
    output : OutputSpec
        The network's.
    scale : Scale
        Of that input.
    """

    def __init__(self, plan: Plan, output: OutputSpec, scale: Scale) -> None:
        self._name, self._scale, self.profile = output.name, scale, output_profile(plan)
        self._storing = radiometry.Storing(numpy_type(self.profile.data_type), self.profile.nodata)
        self.targets: tuple[tuple[str, OutputProfile], ...] = ((plan.job.output, self.profile),)

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        fused = np.zeros(valid.shape, np.float32)
        if arrays:
            fused = radiometry.from_network(arrays[self._name], self._scale.offset, self._scale.scale)
        return [self._storing(fused, valid)]

    def findings(self) -> Sequence[Finding]:
        """See `Encoder`."""
        return self._storing.findings()
