"""Windowed reading of rasters with GDAL: values as float32 and a valid mask, axis order (bands, rows, cols).

Only ReadRaster is used, never ReadAsArray: the latter dies where numpy 2 meets a GDAL built for numpy 1.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Optional

import numpy as np
from osgeo import gdal

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..grid.crs import horizontal
from ..grid.grid import IDENTITY, Grid, Window
from ..grid.heights import height_reference
from .band_info import GDAL_TYPES, WIDE_TYPES, BandInfo, metadata_of, numpy_type, wavelength_of
from .cube_axes import wrong_axis
from .fill import CODES, HUGE, IMAGE, NONE, fill_of
from .gdal_calls import GdalFailure, gdal_failures
from .signed_bytes import readable
from .told_beside import told_beside


class RasterSource:
    """A raster opened for reading. A dataset handle belongs to one thread: open one per thread.

    Parameters
    ----------
    path : str
        Anything that GDAL opens: a file, a subdataset, a VRT's text.
    role : str
        The user's parameter ("PAN"), for messages.
    dataset : gdal.Dataset, optional
        The raster when it is open already; `path` then serves for messages, and no fill is looked for.
    kind : str
        What its values are, see `fill`: IMAGE, HEIGHTS, or CODES, of which bands of palette indices are taken too.

    Attributes
    ----------
    readable : str
        The name under which GDAL gives the true values: `path`, or a virtual raster where they are signed bytes.
    crs_wkt : str
        The CRS that the raster names, with what it says of heights; "" where it has none.
    grid : Grid
        Where its pixels lie: in the horizontal part of that CRS.
    bands : tuple of BandInfo
        Bands of data; an alpha band is not among them, it makes the valid mask.
    mask_kind : str
        "none", "nodata", "alpha" or "mask": how the raster marks invalid pixels.
    fill : Fill
        What marks no data beside that, undeclared; where there is some, the bands' nodata values say so, too.
    unforeseen : int
        Values that were fill though a look at the whole raster had shown none, of what was read so far.
    metadata : dict
        domain -> {key: value} of the dataset.
    largest : float
        The largest magnitude of a valid value of the `WIDE_TYPES` that was read so far.
    rpc : dict
        Rational polynomial coefficients that place its pixels, as GDAL names them; {} where there are none.

    Raises
    ------
    InputError
        The raster cannot be opened, has complex values or only ground control points.
    """

    def __init__(
        self, path: str, role: str, dataset: Optional[gdal.Dataset] = None, kind: str = IMAGE
    ) -> None:
        self.path, self.role, self.kind, self.readable = path, role, kind, path
        self.largest, self.unforeseen, self._flips, self.fill = 0.0, 0, (False, False), NONE
        self._opened = dataset is None
        self.dataset = self._open() if dataset is None else dataset
        self.crs_wkt: str = self.dataset.GetProjection()
        bands = [self.dataset.GetRasterBand(i + 1) for i in range(self.dataset.RasterCount)]
        alpha = [b.GetBand() for b in bands if b.GetColorInterpretation() == gdal.GCI_AlphaBand]
        data = [b for b in bands if b.GetBand() not in alpha]
        if not data:
            raise InputError(f"{role}: '{path}' has no band of data; choose a raster with at least one.")
        self._alpha = alpha[0] if alpha else None
        self._beside = told_beside(path, len(data))
        self.bands = tuple(self._band_info(b) for b in data)
        self.mask_kind = self._mask_kind(data[0])
        self.metadata = metadata_of(self.dataset, ("", "ENVI", "IMAGERY"))
        self.rpc: dict[str, str] = dict(self.dataset.GetMetadata_Dict("RPC") or {})
        self.grid = self._grid()
        if dataset is None:
            self._look_for_fill()

    def _open(self) -> gdal.Dataset:
        try:
            with gdal_failures():
                dataset = gdal.OpenEx(self.path, gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
                self.readable = self.path if dataset is None else readable(self.path, dataset)
                if self.readable != self.path:
                    dataset = gdal.OpenEx(self.readable, gdal.OF_RASTER)
        except GdalFailure as error:
            raise InputError(
                f"{self.role}: '{self.path}' cannot be opened as a raster ({error}); choose one that GDAL reads."
            ) from None
        if dataset is None or dataset.RasterCount == 0:
            raise InputError(f"{self.role}: '{self.path}' holds no raster band; name one of its subdatasets.")
        if (axis := wrong_axis(self.path, dataset)) is not None:
            raise InputError(
                f"{self.role}: '{self.path}' has its spectrum where GDAL expects {axis}; expected a raster with one "
                "band for each wavelength, so import the product first, for example with the EnMAP-Box."
            )
        return dataset

    def _grid(self) -> Grid:
        geotransform = self.dataset.GetGeoTransform(can_return_null=True)
        if geotransform is None and self.dataset.GetGCPCount() > 0:
            raise InputError(
                f"{self.role}: '{self.path}' is placed by ground control points only; "
                "warp it onto a regular grid first (gdalwarp, or Raster > Projections > Warp)."
            )
        size = (self.dataset.RasterXSize, self.dataset.RasterYSize)
        return Grid(horizontal(self.crs_wkt), tuple(geotransform or IDENTITY), *size)

    def _band_info(self, band: gdal.Band) -> BandInfo:
        data_type = gdal.GetDataTypeName(band.DataType)
        if data_type not in GDAL_TYPES:
            cure = "compute the amplitude or intensity first" if data_type.startswith("C") else "convert it first"
            raise InputError(
                f"{self.role}: band {band.GetBand()} of '{self.path}' holds {data_type} values; expected one of "
                f"{', '.join(GDAL_TYPES)}, so {cure}."
            )
        if band.GetColorTable() is not None and self.kind != CODES:
            raise InputError(
                f"{self.role}: band {band.GetBand()} of '{self.path}' holds palette indices; expected measured "
                "values, so choose the unclassified image or expand the palette to RGB first."
            )
        metadata = metadata_of(band, ("", "IMAGERY"))
        if band.GetBand() in self._beside and wavelength_of(metadata) is None:
            metadata[""] = {**metadata.get("", {}), **self._beside[band.GetBand()]}
        told, unit = height_reference(self.crs_wkt), band.GetUnitType()
        if told is not None and unit == told.unit:  # GDAL's GeoTIFFs say so of every band, though it is no height
            unit = ""
        return BandInfo(
            band.GetBand(), data_type, band.GetDescription(), unit, band.GetNoDataValue(),
            band.GetScale(), band.GetOffset(), band.GetColorInterpretation(), metadata, wavelength_of(metadata),
        )  # fmt: skip

    def _look_for_fill(self) -> None:
        found = self.fill = fill_of(self, self.kind)
        self.largest = 0.0
        if found.value is not None:
            nodata = found.value
            self.bands = tuple(replace(b, nodata=nodata) if b.nodata is None else b for b in self.bands)
            self.mask_kind = "nodata" if self.mask_kind == "none" else self.mask_kind

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What to say of the raster as it is stored."""
        found = self.fill.finding(self.role)
        return () if found is None else (found,)

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
            (bands, rows, cols) float32 in stored units; invalid pixels hold whatever was stored, 0 where that is huge.
        valid : ndarray
            (bands, rows, cols) bool.

        Raises
        ------
        InputError
            The file is damaged.
        """
        values = self._read_values(window, "Float32")
        masks = np.full(values.shape, 255, np.uint8)
        self._guarded(window, lambda where: self._read_masks(where, masks))
        valid = self._turned(masks) > 0
        any_float = any(b.data_type.startswith("Float") for b in self.bands)
        if any_float:
            valid &= np.isfinite(values)
        self._leave_out_fill(values, valid)
        if any_float and not valid.all():
            values[~valid & (np.abs(values) >= HUGE)] = 0  # nothing overflows that is computed of all pixels
        for place, band in enumerate(self.bands):
            if band.data_type in WIDE_TYPES:
                there = np.abs(values[place], where=valid[place], out=np.zeros(window.shape, np.float32))
                self.largest = max(self.largest, float(there.max(initial=0.0)))
        return values, valid

    def _leave_out_fill(self, values: np.ndarray, valid: np.ndarray) -> None:
        found = self.fill.found_in(values, tuple(band.index for band in self.bands))
        if found is not None:
            if self.fill.value is None:
                self.unforeseen += int((valid & found).sum())
            valid &= ~found

    @property
    def is_wide(self) -> bool:
        """Whether some band is of a type that float32 does not hold exactly."""
        return any(band.data_type in WIDE_TYPES for band in self.bands)

    def read_exactly(self, window: Window) -> np.ndarray:
        """(bands, rows, cols) float64 in stored units, bit by bit as stored; raises InputError as `read`."""
        return self._read_values(window, "Float64")

    def count_like(self, grid: Grid) -> None:
        """Give rows and columns from now on in the order of a grid; that of the raster itself is not changed."""
        self._flips = self.grid.flips_to(grid)

    def _turned(self, values: np.ndarray) -> np.ndarray:
        """(bands, rows, cols) as stored, in the order that was asked for."""
        cols, rows = self._flips
        return np.ascontiguousarray(values[:, :: -1 if rows else 1, :: -1 if cols else 1])

    def _read_values(self, window: Window, data_type: str) -> np.ndarray:
        values = np.empty((len(self.bands), *window.shape), numpy_type(data_type))
        indices, buffer = [b.index for b in self.bands], memoryview(values).cast("B")
        kind = gdal.GetDataTypeByName(data_type)
        self._guarded(
            window,
            lambda where: self.dataset.ReadRaster(*where, buf_type=kind, band_list=indices, buf_obj=buffer),
        )
        return self._turned(values)

    def _guarded(self, window: Window, action: Callable[[tuple[int, int, int, int]], object]) -> None:
        """Do something with (first column, first row, columns, rows) of a window as they lie in the file."""
        cols, rows = self._flips
        width, height = self.dataset.RasterXSize, self.dataset.RasterYSize
        where = (
            width - window.col_end if cols else window.col_off, height - window.row_end if rows else window.row_off,
            window.width, window.height,
        )  # fmt: skip
        try:
            with gdal_failures():
                action(where)
        except GdalFailure as error:
            raise InputError(
                f"{self.role}: '{self.path}' cannot be read at column {where[0]}, row {where[1]} ({error}); "
                "the file is truncated or damaged, so fetch or export it again."
            ) from None

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
        """Drop the blocks that GDAL keeps, so that memory does not grow with the raster.

        Those of the files behind a virtual raster go only when it is closed, so it is opened anew.
        """
        self.dataset.FlushCache()
        if self._opened and self.dataset.GetDriver().ShortName == "VRT":
            self.dataset = None
            self.dataset = self._open()

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
    require_one_nodata(source)
    fill = source.fill
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
                srcNodata=None if fill.value is None else repr(fill.value),
                warpOptions=[f"UNIFIED_SRC_NODATA={'YES' if fill.collar else 'NO'}"],
            )  # fmt: skip
            dataset = gdal.Warp("", source.dataset, options=options)
    except GdalFailure as error:
        raise InputError(
            f"{source.role}: '{source.path}' cannot be warped onto the other raster's grid ({error}); "
            "reproject it first."
        ) from None
    return RasterSource(source.path, source.role, dataset, source.kind)


def require_one_nodata(source: RasterSource) -> None:
    """GDAL leaves out one value of a raster that is warped, and no second one."""
    fill = source.fill.value
    declared = [band.nodata for band in source.bands if band.nodata is not None and band.nodata != fill]
    if fill is not None and declared:
        raise InputError(
            f"{source.role} declares {declared[0]:.9g} as no data and holds {fill:.9g} as a second fill, while it must "
            f"be warped; expected one, so replace {fill:.9g} by {declared[0]:.9g} first (Raster > Raster Calculator)."
        )
