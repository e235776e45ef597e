"""A raster whose content is moved, turned, stretched and sheared on its own pixels, block by block as it is read.

A *turn* is written as a geotransform, in the raster's own pixels as they are stored: what lies at (col, row) belongs at
(x0 + a col + b row, y0 + d col + e row). So its grid stays as it is, and nothing else need know of it; pixels that come
from outside have no data.
"""

from __future__ import annotations

from osgeo import gdal

from ..basics.errors import InputError
from ..grid.grid import IDENTITY
from .gdal_calls import GdalFailure, gdal_failures
from .source import RasterSource, require_one_nodata

Turn = tuple[float, ...]
"""Six numbers as above; () = everything stays where it is."""
KERNEL = "cubic"
_PLACES = ("RPC", "GEOLOCATION")


def turned_source(source: RasterSource, turn: Turn) -> RasterSource:
    """The raster with its content turned (a warped VRT in memory), in the same pixels; values are float32 or wider.

    Positions are exact (no approximated transformer), so values do not depend on the windows read. An alpha band marks
    what lies outside the source.
    """
    require_one_nodata(source)
    x0, a, b, y0, d, e = turn
    grid, fill = source.grid, source.fill.value
    narrow = all(band.data_type in ("Byte", "Int8", "UInt16", "Int16", "Float32") for band in source.bands)
    try:
        with gdal_failures():
            placed = gdal.GetDriverByName("VRT").CreateCopy("", source.dataset, strict=0)
            placed.SetProjection("")
            placed.SetGeoTransform((x0, a, b, -y0, -d, -e))  # columns to the right, rows downwards
            for domain in _PLACES:
                placed.SetMetadata({}, domain)
            options = gdal.WarpOptions(
                format="VRT", outputBounds=(0.0, -float(grid.height), float(grid.width), 0.0), width=grid.width,
                height=grid.height, resampleAlg=KERNEL, errorThreshold=0, dstAlpha=True,
                outputType=gdal.GDT_Float32 if narrow else gdal.GDT_Float64,
                srcNodata=None if fill is None else repr(fill),
                warpOptions=[f"UNIFIED_SRC_NODATA={'YES' if source.fill.collar else 'NO'}"],
            )  # fmt: skip
            dataset = gdal.Warp("", placed, options=options)
            dataset.SetProjection(source.crs_wkt)
            dataset.SetGeoTransform(source.dataset.GetGeoTransform(can_return_null=True) or IDENTITY)
    except GdalFailure as error:
        raise InputError(
            f"{source.role}: '{source.path}' cannot be turned as measured ({error}); correct it with "
            "rsfusion:coregister first."
        ) from None
    return RasterSource(source.path, source.role, dataset, source.kind)
