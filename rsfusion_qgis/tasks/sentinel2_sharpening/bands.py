"""Which band of a raster is which of Sentinel-2's, and the rasters that a product or a stack of all bands implies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.job import Job
from ...core.rasters.band_stack import coarser_part
from ...core.rasters.source import BandInfo, RasterSource
from ...core.sensors.sentinel2 import BANDS_M, MTF_GAINS, band_name, find_bands

FINE, COARSE = "b10", ("b20", "b60")
"""The roles."""
METRES = {"b10": 10, "b20": 20, "b60": 60}
_PRODUCTS = ("SENTINEL2_L1C:", "SENTINEL2_L2A:")


@dataclass(frozen=True)
class RoleBands:
    """The bands of one raster that belong to its role.

    Attributes
    ----------
    places : tuple of int
        Among the raster's bands, from 0.
    names : tuple of str
        Sentinel-2's names of them, in the same order.
    said : tuple of Finding
    """

    places: tuple[int, ...]
    names: tuple[str, ...]
    said: tuple[Finding, ...] = ()

    @property
    def gains(self) -> tuple[float, ...]:
        """MTF gain of each band at Nyquist."""
        return tuple(MTF_GAINS[name] for name in self.names)


def role_bands(bands: Sequence[BandInfo], role: str, parameter: str) -> RoleBands:
    """The bands of a raster that belong to its role, by their names or wavelengths, or by their order.

    Raises
    ------
    InputError
        None of them does, or nothing says which band is which.
    """
    native = BANDS_M[METRES[role]]
    try:
        found = dict(find_bands(bands, parameter).places)
    except InputError:
        if len(bands) not in (len(native), 2 if role == "b60" else 0) or any(band.description for band in bands):
            raise
        words = f"{parameter}: the file does not say which band is which, so its {len(bands)} bands are taken for "
        said = Finding("bands", "warning", parameter, words + ", ".join(native[: len(bands)]))
        return RoleBands(tuple(range(len(bands))), native[: len(bands)], (said,))
    names = tuple(name for name in native if name in found)
    if not names:
        raise InputError(
            f"{parameter} holds {', '.join(found)}; expected bands of {METRES[role]} m, some of {', '.join(native)}, "
            "so name another raster."
        )
    return RoleBands(tuple(found[name] for name in names), names)


def complete(job: Job) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """See `contract.Task`."""
    return completed(job.inputs), ()


def completed(inputs: dict[str, str]) -> dict[str, str]:
    """The rasters of all roles where one part of a product, or one stack of all bands, is given alone.

    A name of GDAL's such as SENTINEL2_L2A:...:10m:EPSG_32632 stands for the product's other parts, too. A raster of
    10 m pixels that holds coarser bands as well is taken apart: these are averaged back to their own pixels.
    """
    alone = inputs.get(FINE, "")
    if not alone or any(inputs.get(role) for role in COARSE):
        return inputs
    if alone.startswith(_PRODUCTS) and ":10m:" in alone:
        return {**inputs, **{role: alone.replace(":10m:", f":{METRES[role]}m:") for role in COARSE}}
    with RasterSource(alone, FINE.upper()) as source:
        names = [band_name(band.description) for band in source.bands]
        grid, whole = source.grid, source.readable
    parts = {role: [place for place, name in enumerate(names) if name in BANDS_M[METRES[role]]] for role in METRES}
    if not parts[FINE] or not (parts["b20"] or parts["b60"]):
        return inputs
    made = {FINE: coarser_part(whole, parts[FINE], 1, grid)}
    made.update({role: coarser_part(whole, parts[role], METRES[role] // 10, grid) for role in COARSE if parts[role]})
    return {**inputs, **made}
