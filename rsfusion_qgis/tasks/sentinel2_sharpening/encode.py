"""What a sharpening writes: all bands in one raster, on the fine pixels, in stored units, the fine ones untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.chain import Encoder
from ...core.engine.output_profile import holds, output_profile
from ...core.engine.plan import Plan
from ...core.rasters import radiometry
from ...core.rasters.band_info import BLUE, GDAL_TYPES, GREEN, NO_COLOUR, RED, BandInfo, numpy_type
from ...core.sensors.sentinel2 import L1C_BANDS, WAVELENGTHS_NM
from .bands import FINE, RoleBands, is_wanted
from .planes import split

COLOURS = {"B4": RED, "B3": GREEN, "B2": BLUE}


def output_name(role: str) -> str:
    """Name of the array that holds a role's sharpened bands and where they are valid, see `planes`."""
    return f"fine_{role}"


class BandsEncoder(Encoder):
    """One raster of the wanted bands of all roles, in Sentinel-2's order.

    Parameters
    ----------
    plan : Plan
    bands : by role, which of its bands belong to it.
    operators : what made the coarse ones; each has `role`, `bands` and `model` for the report.
    """

    wants = (FINE,)

    def __init__(self, plan: Plan, bands: Mapping[str, RoleBands], operators: Sequence[Any]) -> None:
        self._operators, wanted = operators, plan.job.options.bands
        found = {name: (role, place, where) for role, one in bands.items()
                 for place, (name, where) in enumerate(zip(one.names, one.places))}  # fmt: skip
        names = [name for name in L1C_BANDS if name in found and is_wanted(name, wanted)]
        self._sources = [found[name][:2] for name in names]
        infos = [described(plan.headers[found[name][0]].bands[found[name][2]], name) for name in names]
        self._sizes = {role: len(one.places) for role, one in bands.items()}
        profile = output_profile(plan, FINE)
        data_type = common_type(infos)
        kind, nodata = numpy_type(data_type), profile.nodata
        if nodata is not None and not holds(kind, nodata):
            nodata = float("nan") if kind.kind == "f" else 0.0
        self.profile = replace(
            profile, bands=tuple(replace(one, index=n, data_type=data_type) for n, one in enumerate(infos, start=1)),
            data_type=data_type, nodata=nodata,
        )  # fmt: skip
        self._storing, self._untouched = (radiometry.Storing(kind, value) for value in (nodata, None))
        self._fill = kind.type(0 if nodata is None else nodata)
        self._there = np.zeros((0, 0), bool)
        self.targets = ((plan.job.output, self.profile),)

    def bytes_per_pixel(self, bands: int) -> float:
        """See `Encoder`."""
        return 240.0 + 36.0 * bands

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`; values of the fine bands are those of the file, also where they equal nodata."""
        made = {role: split(arrays[output_name(role)]) for role in self._sizes if role != FINE}
        made[FINE] = split(kept[FINE])
        values, there = [], []
        for role, place in self._sources:
            bands, known = (part[place][None] for part in made[role])
            one = (self._untouched if role == FINE else self._storing)(bands, known)
            if role == FINE:
                one[~known] = self._fill
            values.append(one)
            there.append(known[0])
        self._there = np.logical_and.reduce(there)
        return [np.concatenate(values)]

    def written(self, valid: np.ndarray, stored: Sequence[np.ndarray]) -> np.ndarray:
        """See `Encoder`: where all bands are valid, for a mask of them all."""
        return self._there

    def findings(self) -> Sequence[Finding]:
        """See `Encoder`."""
        return self._storing.findings()

    def summary(self) -> Any:
        """(role, band names, Model or None) of each coarse raster."""
        return tuple((one.role, one.bands.names, one.model) for one in self._operators)


def described(info: BandInfo, name: str) -> BandInfo:
    """A band with Sentinel-2's name, its wavelength where the file has none, and its colour."""
    metadata = info.metadata
    if info.wavelength_um is None:
        own = {**metadata.get("IMAGERY", {}), "CENTRAL_WAVELENGTH_UM": f"{WAVELENGTHS_NM[name] / 1000:g}"}
        metadata = {**metadata, "IMAGERY": own}
    colour = COLOURS.get(name, NO_COLOUR)
    return replace(info, description=name, metadata=metadata, color_interpretation=colour)


def common_type(infos: Sequence[BandInfo]) -> str:
    """GDAL's name of the type that holds the values of all bands."""
    wanted = np.result_type(*(numpy_type(info.data_type) for info in infos))
    return next((name for name in GDAL_TYPES if numpy_type(name) == wanted), "Float64")
