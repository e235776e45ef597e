"""Rasters that exist as a description only: another place for the same pixels, or the same pixels warped.

They lie in GDAL's memory under names that anything opens; nothing is read before they are.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Callable, Optional

from osgeo import gdal

from ..basics.errors import InputError
from ..grid.grid import Grid
from .gdal_calls import UNTOLD, GdalFailure, copy_metadata, gdal_failures

KERNELS = ("cubic", "bilinear", "nearest")
LARGEST_ERROR_PX = 0.01
"""How far a spline's positions may be off because not every pixel's is computed; all others are exact."""
OUTDATED = ("RPC", "GEOLOCATION")
"""Metadata domains that say where pixels lie, which is no longer true after a correction."""

Point = tuple[float, float, float, float]


@dataclass(frozen=True)
class Warp:
    """How a raster is brought onto another grid.

    Attributes
    ----------
    target : Grid
    bounds : tuple of 4 floats
        (xmin, ymin, xmax, ymax) of the target in the plane of the source's positions, or in its own CRS where
        `target_crs` is given.
    kernel : str
        One of `KERNELS`.
    target_crs : str
        WKT where the source is in another CRS, else "".
    order : int
        Of the polynomial through control points; 0 = no polynomial.
    spline : bool
        A thin plate spline through control points.
    source_nodata, target_nodata : float or None
        None = what the bands say.
    alpha : bool
        A further band marks what has a value.
    """

    target: Grid
    bounds: tuple[float, float, float, float]
    kernel: str
    target_crs: str = ""
    order: int = 0
    spline: bool = False
    source_nodata: Optional[float] = None
    target_nodata: Optional[float] = None
    alpha: bool = False


class Scratch:
    """A folder of virtual rasters, a context manager; they are gone after it."""

    def __init__(self) -> None:
        self.folder = f"/vsimem/rsfusion-{uuid.uuid4().hex}"
        self._count = 0

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_: object) -> None:
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            gdal.RmdirRecursive(self.folder)
        except RuntimeError:  # with exceptions on: there was nothing in it
            pass
        finally:
            gdal.PopErrorHandler()

    def placed(
        self, source: str, geotransform: tuple[float, ...], crs_wkt: str, rpc: Optional[dict[str, str]] = None
    ) -> str:
        """The raster with another georeferencing and everything else as it is; `rpc` belong to its new place."""

        def make(name: str) -> None:
            original = gdal.OpenEx(source, gdal.OF_RASTER)
            copy = gdal.GetDriverByName("VRT").CreateCopy(name, original, strict=0)
            copy.SetProjection(crs_wkt)
            copy.SetGeoTransform(geotransform)
            copy_metadata(original, copy, (*UNTOLD, *OUTDATED))
            for domain in OUTDATED:
                copy.SetMetadata({}, domain)
            if rpc:
                copy.SetMetadata(rpc, "RPC")
            copy.FlushCache()

        return self._make(source, make)

    def pinned(self, source: str, points: list[Point], crs_wkt: str) -> str:
        """The raster placed by control points (col, row, x, y)."""

        def make(name: str) -> None:
            pins = [gdal.GCP(x, y, 0.0, col, row) for col, row, x, y in points]
            gdal.Translate(name, source, format="VRT", GCPs=pins, outputSRS=crs_wkt or None).FlushCache()

        return self._make(source, make)

    def warped(self, source: str, warp: Warp) -> str:
        """A placed or pinned raster brought onto a grid."""

        def make(name: str) -> None:
            made = gdal.Warp(name, source, options=_warp_options(warp))
            made.SetProjection(warp.target.crs_wkt)
            made.SetGeoTransform(warp.target.geotransform)
            made.FlushCache()

        return self._make(source, make)

    def _make(self, source: str, make: Callable[[str], None]) -> str:
        self._count += 1
        name = f"{self.folder}/{self._count}.vrt"
        try:
            with gdal_failures():
                make(name)
        except GdalFailure as error:
            raise InputError(f"'{source}' cannot be placed anew ({error}); export it to a GeoTIFF first.") from None
        return name


def _warp_options(warp: Warp) -> Any:
    placing: dict[str, Any] = {"tps": warp.spline, "errorThreshold": LARGEST_ERROR_PX if warp.spline else 0.0}
    if warp.order:
        placing["polynomialOrder"] = warp.order
    if warp.target_crs:
        placing["dstSRS"] = warp.target_crs
    return gdal.WarpOptions(
        format="VRT", outputBounds=warp.bounds, width=warp.target.width, height=warp.target.height,
        resampleAlg=warp.kernel, dstAlpha=warp.alpha, warpOptions=["UNIFIED_SRC_NODATA=NO"],
        srcNodata=_text(warp.source_nodata), dstNodata=_text(warp.target_nodata), **placing,
    )  # fmt: skip


def _text(value: Optional[float]) -> Optional[str]:
    return None if value is None else repr(value)
