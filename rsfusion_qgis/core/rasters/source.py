"""Windowed reading of rasters with GDAL: values as float32 and a valid mask, axis order (bands, rows, cols).

Only ReadRaster is used, never ReadAsArray: the latter dies where numpy 2 meets a GDAL built for numpy 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

import numpy as np
from osgeo import gdal

from ..basics.errors import InputError
from ..grid.grid import IDENTITY, Grid, Window
from .gdal_calls import GdalFailure, gdal_failures

_NUMPY_OF_GDAL = {
    "Byte": "uint8", "Int8": "int8", "UInt16": "uint16", "Int16": "int16", "UInt32": "uint32", "Int32": "int32",
    "Float32": "float32", "Float64": "float64",
}  # fmt: skip
GDAL_TYPES = tuple(_NUMPY_OF_GDAL)


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


class RasterSource:
    """A raster opened for reading. A dataset handle belongs to one thread: open one per thread.

    Parameters
    ----------
    path : str
        Anything that GDAL opens: a file, a subdataset, a VRT's text.
    role : str
        The user's parameter ("PAN"), for messages.
    dataset : gdal.Dataset, optional
        The raster when it is open already; `path` then serves for messages.
    palette : bool
        Whether bands of palette indices are taken too: their values are then codes of classes.

    Attributes
    ----------
    grid : Grid
    bands : tuple of BandInfo
        Bands of data; an alpha band is not among them, it makes the valid mask.
    mask_kind : str
        "none", "nodata", "alpha" or "mask": how the raster marks invalid pixels.
    metadata : dict
        domain -> {key: value} of the dataset.
    rpc : dict
        Rational polynomial coefficients that place its pixels, as GDAL names them; {} where there are none.

    Raises
    ------
    InputError
        The raster cannot be opened, has complex values or only ground control points.
    """

    def __init__(
        self, path: str, role: str, dataset: Optional[gdal.Dataset] = None, palette: bool = False
    ) -> None:
        self.path, self.role, self.palette = path, role, palette
        self.dataset = dataset if dataset is not None else self._open()
        bands = [self.dataset.GetRasterBand(i + 1) for i in range(self.dataset.RasterCount)]
        alpha = [b.GetBand() for b in bands if b.GetColorInterpretation() == gdal.GCI_AlphaBand]
        data = [b for b in bands if b.GetBand() not in alpha]
        if not data:
            raise InputError(f"{role}: '{path}' has no band of data; choose a raster with at least one.")
        self._alpha = alpha[0] if alpha else None
        self.bands = tuple(self._band_info(b) for b in data)
        self.mask_kind = self._mask_kind(data[0])
        self.metadata = _metadata(self.dataset, ("", "ENVI", "IMAGERY"))
        self.rpc: dict[str, str] = dict(self.dataset.GetMetadata_Dict("RPC") or {})
        self.grid = self._grid()

    def _open(self) -> gdal.Dataset:
        try:
            with gdal_failures():
                dataset = gdal.OpenEx(self.path, gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
        except GdalFailure as error:
            raise InputError(
                f"{self.role}: '{self.path}' cannot be opened as a raster ({error}); choose one that GDAL reads."
            ) from None
        if dataset is None or dataset.RasterCount == 0:
            raise InputError(f"{self.role}: '{self.path}' holds no raster band; name one of its subdatasets.")
        return dataset

    def _grid(self) -> Grid:
        geotransform = self.dataset.GetGeoTransform(can_return_null=True)
        if geotransform is None and self.dataset.GetGCPCount() > 0:
            raise InputError(
                f"{self.role}: '{self.path}' is placed by ground control points only; "
                "warp it onto a regular grid first (gdalwarp, or Raster > Projections > Warp)."
            )
        size = (self.dataset.RasterXSize, self.dataset.RasterYSize)
        return Grid(self.dataset.GetProjection(), tuple(geotransform or IDENTITY), *size)

    def _band_info(self, band: gdal.Band) -> BandInfo:
        data_type = gdal.GetDataTypeName(band.DataType)
        if data_type not in GDAL_TYPES:
            cure = "compute the amplitude or intensity first" if data_type.startswith("C") else "convert it first"
            raise InputError(
                f"{self.role}: band {band.GetBand()} of '{self.path}' holds {data_type} values; expected one of "
                f"{', '.join(GDAL_TYPES)}, so {cure}."
            )
        if band.GetColorTable() is not None and not self.palette:
            raise InputError(
                f"{self.role}: band {band.GetBand()} of '{self.path}' holds palette indices; expected measured "
                "values, so choose the unclassified image or expand the palette to RGB first."
            )
        metadata = _metadata(band, ("", "IMAGERY"))
        return BandInfo(
            band.GetBand(), data_type, band.GetDescription(), band.GetUnitType(), band.GetNoDataValue(),
            band.GetScale(), band.GetOffset(), band.GetColorInterpretation(), metadata, _wavelength(metadata),
        )  # fmt: skip

    def _mask_kind(self, band: gdal.Band) -> str:
        flags = band.GetMaskFlags()
        if self._alpha:
            return "alpha"
        if any(b.nodata is not None for b in self.bands):
            return "nodata"
        return "none" if flags & gdal.GMF_ALL_VALID else "mask"

    @property
    def may_be_invalid(self) -> bool:
        """Whether some pixel may be invalid: a mask, a nodata value, or floating point (NaN)."""
        return self.mask_kind != "none" or any(b.data_type.startswith("Float") for b in self.bands)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values of all data bands in a window inside the raster.

        Returns
        -------
        values : ndarray
            (bands, rows, cols) float32 in stored units; invalid pixels hold whatever was stored.
        valid : ndarray
            (bands, rows, cols) bool.

        Raises
        ------
        InputError
            The file is damaged.
        """
        shape = (len(self.bands), *window.shape)
        values, masks = np.empty(shape, np.float32), np.full(shape, 255, np.uint8)
        where = (window.col_off, window.row_off, window.width, window.height)
        try:
            with gdal_failures():
                indices = [b.index for b in self.bands]
                self.dataset.ReadRaster(
                    *where, buf_type=gdal.GDT_Float32, band_list=indices, buf_obj=memoryview(values).cast("B")
                )
                self._read_masks(where, masks)
        except GdalFailure as error:
            raise InputError(
                f"{self.role}: '{self.path}' cannot be read at column {where[0]}, row {where[1]} ({error}); "
                "the file is truncated or damaged, so fetch or export it again."
            ) from None
        valid = masks > 0
        if any(b.data_type.startswith("Float") for b in self.bands):
            valid &= np.isfinite(values)
        return values, valid

    def _read_masks(self, where: tuple[int, int, int, int], masks: np.ndarray) -> None:
        """Zero where a band's nodata value, the mask or the alpha band says so; masks hold 255 on entry."""
        for mask, info in zip(masks, self.bands):
            band = self.dataset.GetRasterBand(info.index)
            # GDAL takes an alpha band for the mask of some band counts only, so it is read apart below.
            if not band.GetMaskFlags() & (gdal.GMF_ALL_VALID | gdal.GMF_ALPHA):
                band.GetMaskBand().ReadRaster(*where, buf_type=gdal.GDT_Byte, buf_obj=memoryview(mask).cast("B"))
        if self._alpha:
            alpha = np.empty(masks.shape[1:], np.uint8)
            band = self.dataset.GetRasterBand(self._alpha)
            band.ReadRaster(*where, buf_type=gdal.GDT_Byte, buf_obj=memoryview(alpha).cast("B"))
            masks[:, alpha == 0] = 0

    def select(self, positions: tuple[int, ...]) -> None:
        """Read these bands from now on, in this order; places among `bands`, from 0."""
        self.bands = tuple(self.bands[place] for place in positions)

    def release_blocks(self) -> None:
        """Drop the blocks that GDAL keeps, so that memory does not grow with the raster."""
        self.dataset.FlushCache()

    def close(self) -> None:
        self.dataset = None

    def __enter__(self) -> RasterSource:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def warped_source(source: RasterSource, grid: Grid, kernel: str) -> RasterSource:
    """The raster reprojected onto a grid, block by block as it is read (a warped VRT in memory).

    Positions are exact (no approximated transformer), so values do not depend on the windows read. An alpha
    band marks what lies outside the source.
    """
    x0, a, b, y0, d, e = grid.geotransform
    if b or d or a <= 0 or e >= 0:
        raise InputError(
            f"{source.role} must be warped onto the other raster's grid, which is rotated or not north-up; "
            "warp that one onto a north-up grid first."
        )
    try:
        with gdal_failures():
            options = gdal.WarpOptions(
                format="VRT", srcSRS=source.grid.crs_wkt or None, dstSRS=grid.crs_wkt or None,
                outputBounds=(x0, y0 + e * grid.height, x0 + a * grid.width, y0),
                width=grid.width, height=grid.height, resampleAlg=kernel, errorThreshold=0, dstAlpha=True,
                warpOptions=["UNIFIED_SRC_NODATA=NO"],
            )  # fmt: skip
            dataset = gdal.Warp("", source.dataset, options=options)
    except GdalFailure as error:
        raise InputError(
            f"{source.role}: '{source.path}' cannot be warped onto the other raster's grid ({error}); "
            "reproject it first."
        ) from None
    return RasterSource(source.path, source.role, dataset, source.palette)


def shifted_rpc(rpc: dict[str, str], cols: float, rows: float) -> dict[str, str]:
    """The coefficients of a part of a raster that begins so many pixels right of, and below, its first one."""
    moved = {"SAMP_OFF": cols, "LINE_OFF": rows}
    return {key: f"{float(value) - moved[key]:.15g}" if moved.get(key) else value for key, value in rpc.items()}


def _metadata(item: gdal.MajorObject, domains: tuple[str, ...]) -> dict[str, dict[str, str]]:
    kept = {}
    for domain in domains:
        entries = item.GetMetadata_Dict(domain) or {}
        entries = {k: v for k, v in entries.items() if not k.startswith("STATISTICS_") and k != "AREA_OR_POINT"}
        if entries:
            kept[domain] = entries
    return kept


def _wavelength(metadata: dict[str, dict[str, str]]) -> Optional[float]:
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
