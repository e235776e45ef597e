"""What a sharpening writes: all coarse bands in one raster, on the fine pixels, in their stored units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.chain import Encoder
from ...core.engine.output_profile import output_profile
from ...core.engine.plan import Plan
from ...core.rasters import radiometry
from ...core.rasters.source import numpy_type
from .bands import RoleBands


def output_name(role: str) -> str:
    """Name of the array that holds a role's sharpened bands."""
    return f"fine_{role}"


class BandsEncoder(Encoder):
    """One raster of the bands of all coarse roles.

    Parameters
    ----------
    plan : Plan
    roles : in the order of the bands.
    bands : by role, which of its bands are written and what they are called.
    operators : what made them; each has `role`, `bands` and `model` for the report.
    """

    def __init__(
        self, plan: Plan, roles: Sequence[str], bands: Mapping[str, RoleBands], operators: Sequence[Any]
    ) -> None:
        self._roles, self._operators = tuple(roles), operators
        written = [
            replace(plan.headers[role].bands[place], description=name)
            for role in roles for place, name in zip(bands[role].places, bands[role].names)
        ]  # fmt: skip
        profile = output_profile(plan, roles[0])
        types = {band.data_type for band in written}
        data_type = profile.data_type if len(types) == 1 else "Float32"
        nodata = profile.nodata if data_type == profile.data_type or profile.nodata is None else float("nan")
        self._bands = {role: len(bands[role].places) for role in roles}
        self.profile = replace(
            profile, bands=tuple(replace(one, index=n, data_type=data_type) for n, one in enumerate(written, start=1)),
            data_type=data_type, nodata=nodata,
        )  # fmt: skip
        self._storing = radiometry.Storing(numpy_type(self.profile.data_type), self.profile.nodata)
        self.targets = ((plan.job.output, self.profile),)

    def bytes_per_pixel(self, bands: int) -> float:
        """See `Encoder`."""
        return 400.0 + 80.0 * bands

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        there = valid.all(axis=0)
        parts = [arrays.get(output_name(role), np.zeros((self._bands[role], *there.shape), np.float32))
                 for role in self._roles]  # fmt: skip
        image = np.concatenate(parts)
        every = np.broadcast_to(there, image.shape)
        return [self._storing(image, every)]

    def findings(self) -> Sequence[Finding]:
        """See `Encoder`."""
        return self._storing.findings()

    def summary(self) -> Any:
        """(role, band names, Model or None) of each coarse raster."""
        return tuple((one.role, one.bands.names, one.model) for one in self._operators)
