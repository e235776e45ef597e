"""Bands of several files on one grid as one raster: a description only, nothing is copied."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional

from osgeo import gdal

from ..basics.errors import InputError
from .gdal_calls import GdalFailure, close, gdal_failures

NEAR_PX = 1e-3
"""How far, in pixels, grids that count as one may lie apart."""


@dataclass(frozen=True)
class FileBand:
    """One band of a file, and what is said of it in place of what the file says.

    Attributes
    ----------
    path : str
        Name under which GDAL opens the file.
    number : int
        GDAL's, from 1.
    description : str
    nodata, scale, offset : float or None
        None = as the file says.
    metadata : dict
        domain -> {key: value}, on top of the file's.
    """

    path: str
    number: int
    description: str
    nodata: Optional[float] = None
    scale: Optional[float] = None
    offset: Optional[float] = None
    metadata: dict[str, dict[str, str]] = field(default_factory=dict)


def merged(bands: Sequence[FileBand], parameter: str) -> str:
    """A description of these bands as one raster; returns its name.

    Raises
    ------
    InputError
        A file cannot be opened, or they are not on one grid.
    """
    name = f"/vsimem/rsfusion_{uuid.uuid4().hex}.vrt"
    opened: dict[str, gdal.Dataset] = {}
    try:
        with gdal_failures():
            for band in bands:
                if band.path not in opened:
                    opened[band.path] = gdal.OpenEx(band.path, gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
            if all(dataset is not None for dataset in opened.values()):  # else the failure is raised at the end
                _require_one_grid(opened, parameter)
                _write(name, bands, opened)
    except GdalFailure as error:
        files = ", ".join(dict.fromkeys(band.path for band in bands))
        raise InputError(f"{parameter}: {files} cannot be read ({error}); fetch or export them again.") from None
    return name


def _require_one_grid(opened: dict[str, gdal.Dataset], parameter: str) -> None:
    (first, one), *others = opened.items()
    place = one.GetGeoTransform()
    for path, other in others:
        own = other.GetGeoTransform()
        off = max(abs(a - b) for a, b in zip(own, place)) / abs(place[1] or 1.0)
        same_size = (other.RasterXSize, other.RasterYSize) == (one.RasterXSize, one.RasterYSize)
        if not same_size or off > NEAR_PX or bool(other.GetProjection()) != bool(one.GetProjection()):
            raise InputError(
                f"{parameter}: '{path}' ({other.RasterXSize} x {other.RasterYSize} pixels of {abs(own[1]):g}) is not "
                f"on the grid of '{first}' ({one.RasterXSize} x {one.RasterYSize} pixels of {abs(place[1]):g}); "
                "expected files of one product, so leave one of them out."
            )


def _write(name: str, bands: Sequence[FileBand], opened: dict[str, gdal.Dataset]) -> None:
    first = opened[bands[0].path]
    made = gdal.GetDriverByName("VRT").Create(name, first.RasterXSize, first.RasterYSize, 0)
    made.SetProjection(first.GetProjection())
    if first.GetGeoTransform(can_return_null=True):
        made.SetGeoTransform(first.GetGeoTransform())
    made.SetMetadata(first.GetMetadata_Dict() or {})
    for place, band in enumerate(bands, start=1):
        source = opened[band.path].GetRasterBand(band.number)
        made.AddBand(source.DataType)
        target = made.GetRasterBand(place)
        target.SetDescription(band.description)
        target.SetColorInterpretation(source.GetColorInterpretation())
        for said, own, setter in (
            (band.nodata, source.GetNoDataValue(), target.SetNoDataValue),
            (band.scale, source.GetScale(), target.SetScale), (band.offset, source.GetOffset(), target.SetOffset),
        ):  # fmt: skip
            if said is not None or own is not None:
                setter(own if said is None else said)
        for domain in ("", "IMAGERY"):
            entries = {**(source.GetMetadata_Dict(domain) or {}), **band.metadata.get(domain, {})}
            if entries:
                target.SetMetadata(entries, domain)
        target.SetMetadataItem("source", _xml(band, first), "new_vrt_sources")
    made.FlushCache()
    close(made)


def _xml(band: FileBand, grid: gdal.Dataset) -> str:
    size = f'xOff="0" yOff="0" xSize="{grid.RasterXSize}" ySize="{grid.RasterYSize}"'
    path = band.path.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="0">{path}</SourceFilename><SourceBand>{band.number}</SourceBand>'
        f"<SrcRect {size}/><DstRect {size}/></SimpleSource>"
    )
