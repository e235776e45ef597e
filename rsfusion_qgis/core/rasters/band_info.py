"""What a band, or a raster, says of itself, and the data types that are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

import numpy as np
from osgeo import gdal

_NUMPY_OF_GDAL = {
    "Byte": "uint8", "Int8": "int8", "UInt16": "uint16", "Int16": "int16", "UInt32": "uint32", "Int32": "int32",
    "Float32": "float32", "Float64": "float64",
}  # fmt: skip
GDAL_TYPES = tuple(_NUMPY_OF_GDAL)
WIDE_TYPES = ("UInt32", "Int32", "Float64")
"""Types that float32 does not hold exactly."""
NO_COLOUR, RED, GREEN, BLUE = gdal.GCI_Undefined, gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand
"""GDAL's codes of what a band is shown as."""
LARGEST_EXACT = 2.0**24
"""Up to here float32 holds every whole number."""


def numpy_type(gdal_name: str) -> np.dtype:
    """numpy dtype of a GDAL data type's name ("UInt16" -> uint16)."""
    return np.dtype(_NUMPY_OF_GDAL[gdal_name])


@dataclass(frozen=True)
class BandInfo:
    """What a band says of itself, for carrying it over to the result.

    Attributes
    ----------
    index : int
        GDAL's number, from 1.
    data_type : str
        GDAL's name, "UInt16".
    description, unit : str
        "" where there is none.
    nodata : float or None
    scale, offset : float or None
        physical = stored * scale + offset; None where unset.
    color_interpretation : int
        GDAL's code.
    metadata : dict
        domain -> {key: value}; statistics are left out.
    wavelength_um : float or None
        Centre, micrometres.
    """

    index: int
    data_type: str
    description: str = ""
    unit: str = ""
    nodata: Optional[float] = None
    scale: Optional[float] = None
    offset: Optional[float] = None
    color_interpretation: int = 0
    metadata: dict[str, dict[str, str]] = field(default_factory=dict)
    wavelength_um: Optional[float] = None


def shifted_rpc(rpc: dict[str, str], cols: float, rows: float) -> dict[str, str]:
    """The coefficients of a part of a raster that begins so many pixels right of, and below, its first one."""
    moved = {"SAMP_OFF": cols, "LINE_OFF": rows}
    return {key: f"{float(value) - moved[key]:.15g}" if moved.get(key) else value for key, value in rpc.items()}


def metadata_of(item: gdal.MajorObject, domains: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """domain -> {key: value} of a data set or band, without what holds for the file alone."""
    kept = {}
    for domain in domains:
        entries = item.GetMetadata_Dict(domain) or {}
        entries = {k: v for k, v in entries.items() if not k.startswith("STATISTICS_") and k != "AREA_OR_POINT"}
        if entries:
            kept[domain] = entries
    return kept


def wavelength_of(metadata: dict[str, dict[str, str]]) -> Optional[float]:
    """Centre wavelength in micrometres, from GDAL's IMAGERY domain or ENVI's keys."""
    plain = {k.lower(): v for k, v in metadata.get("", {}).items()}
    imagery = metadata.get("IMAGERY", {}).get("CENTRAL_WAVELENGTH_UM")
    text = imagery or plain.get("wavelength")
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    if value is None or imagery:
        return value
    unit = plain.get("wavelength_units", plain.get("wavelength_unit", "")).lower()
    return value / 1000.0 if unit.startswith("nano") or (not unit and value > 100) else value
