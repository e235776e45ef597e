"""One raster out of several with pixels of different sizes, as a description only: the bands of all on the finest grid.

Coarser bands are interpolated when they are read. Nothing is copied; the description refers to the files.
"""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Optional

from osgeo import gdal

from ..basics.errors import InputError
from ..grid.fit import Fit
from ..grid.grid import Grid, Placement
from .gdal_calls import GdalFailure, close, gdal_failures
from .source import BandInfo, RasterSource

KERNEL = "cubic"
MADE = "/vsimem/rsfusion_"
"""How names of descriptions begin that lie in memory."""
LARGEST_HEADER, DEEPEST = 1 << 20, 8
"""Bytes of a description in which its source is looked for, and how many lie behind each other at most."""


def stack_rasters(paths: Mapping[str, str], target: str) -> str:
    """Write the description and return its path.

    Parameters
    ----------
    paths : the user's parameter -> path or GDAL name, in the order of the bands.
    target : where the description goes, a name that ends in .vrt.

    Raises
    ------
    InputError
        A raster cannot be opened, or they are in different CRS, turned against each other, or without georeferencing.
    """
    sources = [RasterSource(path, parameter) for parameter, path in paths.items()]
    try:
        finest = min(sources, key=lambda source: source.grid.pixel_size[0] * source.grid.pixel_size[1])
        places = [_place(finest, source) for source in sources]
        try:
            with gdal_failures():
                _write(target, finest, sources, places)
        except GdalFailure as error:
            raise InputError(f"{sources[0].role}: its rasters cannot be brought together ({error}).") from None
    finally:
        for source in sources:
            source.close()
    return target


def _place(finest: RasterSource, source: RasterSource) -> Placement:
    """From the finest grid's pixels to the raster's."""
    one, other = finest.grid, source.grid
    if not (one.is_georeferenced and other.is_georeferenced) and source is not finest:
        raise InputError(
            f"{source.role} or {finest.role} is not georeferenced; expected both on one map, so georeference them, or "
            "give one raster with all bands."
        )
    fit = Fit(one, other)
    if fit.placement is None or not fit.one_frame:
        raise InputError(
            f"{source.role} is in another CRS than {finest.role}, or turned against it; expected grids of one product, "
            "so reproject one of them first."
        )
    return fit.placement


def _write(target: str, finest: RasterSource, sources: list[RasterSource], places: list[Placement]) -> None:
    grid = finest.grid
    dataset = gdal.GetDriverByName("VRT").Create(target, grid.width, grid.height, 0)
    dataset.SetProjection(grid.crs_wkt)
    dataset.SetGeoTransform(grid.geotransform)
    for domain, entries in sources[0].metadata.items():
        dataset.SetMetadata(entries, domain)
    for source, where in zip(sources, places):
        for info in source.bands:
            dataset.AddBand(gdal.GetDataTypeByName(info.data_type))
            band = dataset.GetRasterBand(dataset.RasterCount)
            _describe(band, info)
            band.SetMetadataItem("source", _xml(source, info, where), "new_vrt_sources")
    dataset.FlushCache()


def _describe(band: gdal.Band, info: BandInfo) -> None:
    band.SetDescription(info.description)
    if info.nodata is not None:
        band.SetNoDataValue(info.nodata)
    for value, setter in ((info.scale, band.SetScale), (info.offset, band.SetOffset)):
        if value is not None:
            setter(value)
    for domain, entries in info.metadata.items():
        band.SetMetadata(entries, domain)


def _xml(source: RasterSource, info: BandInfo, where: Placement) -> str:
    """GDAL's description of one source: all of it, at its true position on the finest grid."""
    left, top = -where.offset_x / where.scale_x, -where.offset_y / where.scale_y
    width, height = source.grid.width / where.scale_x, source.grid.height / where.scale_y
    nodata = "" if info.nodata is None else f"<NODATA>{info.nodata!r}</NODATA>"
    kind = "SimpleSource" if info.nodata is None else "ComplexSource"
    return (
        f'<{kind} resampling="{KERNEL}"><SourceFilename relativeToVRT="0">{_escaped(source.readable)}</SourceFilename>'
        f"<SourceBand>{info.index}</SourceBand>"
        f'<SrcRect xOff="0" yOff="0" xSize="{source.grid.width}" ySize="{source.grid.height}"/>'
        f'<DstRect xOff="{left!r}" yOff="{top!r}" xSize="{width!r}" ySize="{height!r}"/>{nodata}</{kind}>'
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def behind(name: str) -> str:
    """The raster that a description of `coarser_part` is made of, any other name as it is."""
    for _ in range(DEEPEST if name.startswith(MADE) else 0):
        file = gdal.VSIFOpenL(name, "rb")
        if file is None:
            break
        text = bytes(gdal.VSIFReadL(1, LARGEST_HEADER, file) or b"").decode("utf-8", "replace")
        gdal.VSIFCloseL(file)
        found = re.search(r"<SourceFilename([^>]*)>(.*?)</SourceFilename>", text, re.DOTALL)
        if found is None:
            break
        name = html.unescape(found[2])
        if 'relativeToVRT="1"' in found[1] and not name.startswith("/"):
            name = f"/vsimem/{name}"
        if not name.startswith(MADE):
            break
    return name


def coarser_part(
    path: str, places: Sequence[int], times: int, grid: Grid, items: Optional[Mapping[str, str]] = None
) -> str:
    """A description of some bands of a raster, averaged to pixels so many times larger; returns its name.

    Where the raster is georeferenced the larger pixels begin at multiples of their size in the map, as those of tiled
    products do. Nothing is copied.

    Parameters
    ----------
    places : the bands, from 0.
    grid : of the raster.
    items : metadata that is added to that of the raster.
    """
    skip_cols = skip_rows = 0
    if grid.is_georeferenced and times > 1:
        x, a, _, y, _, e = grid.geotransform
        skip_cols, skip_rows = (round(-start / step) % times for start, step in ((x, a), (y, e)))
    cols, rows = (grid.width - skip_cols) // times, (grid.height - skip_rows) // times
    name = f"{MADE}{uuid.uuid4().hex}.vrt"
    try:
        with gdal_failures():
            close(gdal.Translate(
                name, path, format="VRT", bandList=[place + 1 for place in places], width=cols, height=rows,
                srcWin=[skip_cols, skip_rows, cols * times, rows * times],
                resampleAlg="average" if times > 1 else "near",
                metadataOptions=[f"{key}={value}" for key, value in (items or {}).items()],
            ))  # fmt: skip
    except GdalFailure as error:
        raise InputError(f"'{path}' cannot be taken apart ({error}); give its bands as several rasters.") from None
    return name
