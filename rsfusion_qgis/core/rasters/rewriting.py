"""Virtual rasters made files: copied as they are, or warped and written tile by tile.

Memory is bounded by GDAL's cache and by one tile, whatever the size; every step tells a watcher, which may stop it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Callable, Optional

import numpy as np
from osgeo import gdal

from ..basics.errors import InputError, OutputError
from ..basics.pending_file import move_all
from ..grid.grid import Window
from .formats import check_options, copy_options, driver_for, gtiff_options
from .gdal_calls import GdalFailure, close, copied, gdal_failures
from .pending_output import PendingRaster
from .radiometry import require_nodata
from .sink import OutputProfile, RasterSink
from .source import BandInfo, RasterSource, numpy_type

_TILE_BYTES, _LARGEST_TILE = 2**23, 512

Watch = Callable[[float], None]


def write_copy(
    source: str, output: str, output_format: str, creation_options: tuple[str, ...], watch: Optional[Watch] = None
) -> None:
    """Copy a raster with its pixels, masks and everything that it says of itself into a file.

    Raises
    ------
    OutputError
        It cannot be written, or the format cannot hold the pixels or their nodata values as they are.
    """
    driver = driver_for(output, output_format)
    check_options(driver, creation_options)
    pending = PendingRaster(output)
    try:
        pending.guard(_copy, source, str(pending.file), driver, creation_options, watch)
        pending.guard(pending.check_room)
        move_all([pending])
    finally:
        pending.discard()


def _copy(source: str, path: str, driver: str, wanted: tuple[str, ...], watch: Optional[Watch]) -> None:
    dataset = gdal.OpenEx(source, gdal.OF_RASTER)
    options = _options(dataset, driver, wanted)
    try:
        with _internal_masks():
            if driver == "GTiff":
                copied(_without_pixels(dataset), path, driver, [*options, "SPARSE_OK=YES"])
            else:
                copied(dataset, path, driver, options, watch)
        _require_same(dataset, path, driver)
        if driver == "GTiff":
            _fill(dataset, path, watch)
    finally:
        del dataset  # an error that is kept would keep it open


@contextmanager
def _internal_masks() -> Iterator[None]:
    key = "GDAL_TIFF_INTERNAL_MASK"
    before = gdal.GetThreadLocalConfigOption(key)
    gdal.SetThreadLocalConfigOption(key, "YES")
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption(key, before)


def _without_pixels(dataset: gdal.Dataset) -> gdal.Dataset:
    """Everything of a raster but its values.

    GDAL's own copy of a GeoTIFF keeps hundreds of MB of it in memory and compresses them at the end, when nobody can
    stop it any more; so it gets nothing to compress, and `_fill` does the rest.
    """
    shell = gdal.GetDriverByName("VRT").CreateCopy("", dataset)
    for i in range(shell.RasterCount):
        shell.GetRasterBand(i + 1).SetMetadata([], "vrt_sources")
    return shell


def _fill(source: gdal.Dataset, path: str, watch: Optional[Watch]) -> None:
    """Write the values of all bands into a GeoTIFF that has none yet."""
    target = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_UPDATE)
    try:
        data_type = target.GetRasterBand(1).DataType
        tiles = _tiles(target)
        for number, tile in enumerate(tiles):
            if watch is not None:
                watch(number / len(tiles))
            where = (tile.col_off, tile.row_off, tile.width, tile.height)
            target.WriteRaster(*where, source.ReadRaster(*where, buf_type=data_type), buf_type=data_type)
            target.FlushCache()
        if watch is not None:
            watch(1.0)
        close(target)
    finally:
        del source, target  # as above


def _options(dataset: gdal.Dataset, driver: str, wanted: tuple[str, ...]) -> list[str]:
    if driver != "GTiff":
        return copy_options(driver, wanted)
    first, count = dataset.GetRasterBand(1), dataset.RasterCount
    colours = [dataset.GetRasterBand(i + 1).GetColorInterpretation() for i in range(count)]
    alpha = gdal.GCI_AlphaBand in colours
    options = gtiff_options(count, gdal.GetDataTypeName(first.DataType), wanted, colours, alpha)
    if alpha and not any(o.upper().startswith("ALPHA=") for o in wanted):  # a copy takes over of which kind it is
        options = [o for o in options if not o.startswith("ALPHA=")]
    if first.GetColorTable() is not None:  # the palette says what the colours are
        options = [o for o in options if not o.startswith(("PHOTOMETRIC=", "ALPHA="))]
    if first.GetMetadataItem("NBITS", "IMAGE_STRUCTURE"):  # a predictor wants whole bytes
        return [o for o in options if not o.startswith("PREDICTOR=")]
    return options


def _require_same(source: gdal.Dataset, path: str, driver: str) -> None:
    """Refuse a copy that lies elsewhere, whose bands are of another type, or that marks invalid pixels otherwise."""
    copy = gdal.OpenEx(path, gdal.OF_RASTER)
    if not np.allclose(source.GetGeoTransform(), copy.GetGeoTransform(), rtol=1e-9, atol=1e-12):
        raise OutputError(
            f"OUTPUT: the format {driver} cannot say where this raster lies (its rows may be turned); choose another "
            "FORMAT, METHOD 'shift', or set ON_REFERENCE_GRID to resample."
        )
    for i in range(1, source.RasterCount + 1):
        for what, of in (("data type", _type), ("nodata value", _nodata)):
            had, has = (of(dataset.GetRasterBand(i)) for dataset in (source, copy))
            if had != has:
                raise OutputError(
                    f"OUTPUT: the format {driver} would change the {what} of band {i} from {had} to {has}; choose "
                    "another FORMAT, or set ON_REFERENCE_GRID to resample."
                )


def _type(band: gdal.Band) -> str:
    return str(gdal.GetDataTypeName(band.DataType))


def _nodata(band: gdal.Band) -> str:
    value = band.GetNoDataValue()
    return "none" if value is None else f"{value:.9g}"


@dataclass(frozen=True)
class Marks:
    """How invalid pixels of a warped raster are told from valid ones.

    Attributes
    ----------
    source_nodata : float or None
        What to take for invalid where the bands do not say so themselves (NaN).
    alpha : bool
        The warped raster needs a further band that says so.
    nodata : float or None
        Value of invalid pixels in the result.
    mask_kind : str
        "none", "alpha" or "mask", see `OutputProfile`.
    """

    source_nodata: Optional[float]
    alpha: bool
    nodata: Optional[float]
    mask_kind: str


def marks_for(source: RasterSource, fully_covered: bool) -> Marks:
    """As the raster itself does it; NaN or 0 where it does not and parts of the target are not covered."""
    if source.mask_kind in ("alpha", "mask"):
        return Marks(None, True, None, source.mask_kind)
    fitting = [b.nodata for b in source.bands if b.nodata is not None and _fits(b)]
    if fitting:
        return Marks(source.fill.value, False, fitting[0], "none")
    if all(b.data_type.startswith("Float") for b in source.bands):
        return Marks(float("nan"), False, float("nan"), "none")
    return Marks(None, True, None if fully_covered else 0.0, "none")


def _fits(band: BandInfo) -> bool:
    try:
        require_nodata(numpy_type(band.data_type), band.nodata)
    except InputError:
        return False
    return True


def common_type(source: RasterSource) -> str:
    """GDAL's name of the smallest data type that holds the values of all bands."""
    code = gdal.GetDataTypeByName(source.bands[0].data_type)
    for band in source.bands[1:]:
        code = gdal.DataTypeUnion(code, gdal.GetDataTypeByName(band.data_type))
    return str(gdal.GetDataTypeName(code))


def write_warped(
    warped: str, role: str, profile: OutputProfile, marks: Marks, output: str, output_format: str,
    creation_options: tuple[str, ...], watch: Watch,
) -> None:  # fmt: skip
    """Compute a warped virtual raster and write it.

    Parameters
    ----------
    warped : its name; its grid is the profile's.
    role : the user's parameter, for messages.
    watch : called with the share that is done; may raise to stop.
    """
    sink = RasterSink(output, profile, output_format, creation_options)
    try:
        with RasterSource(warped, role, gdal.OpenEx(warped, gdal.OF_RASTER)) as source:
            _write_tiles(source, sink, profile, marks, watch)
        watch(1.0)
        sink.commit(watch)
    finally:
        sink.abort()


def _write_tiles(source: RasterSource, sink: RasterSink, profile: OutputProfile, marks: Marks, watch: Watch) -> None:
    tiles = _tiles(sink.dataset)
    for number, tile in enumerate(tiles):
        watch(number / len(tiles))
        sink.write(tile, *_read(source, tile, profile, marks))
        sink.release_blocks()


def _tiles(target: gdal.Dataset) -> list[Window]:
    """Windows of whole blocks that cover a file row by row, each of bounded size in memory."""
    band = target.GetRasterBand(1)
    block, per_pixel = band.GetBlockSize(), target.RasterCount * gdal.GetDataTypeSize(band.DataType) // 8
    times = [max(1, _LARGEST_TILE // side) for side in block]
    while max(times) > 1 and times[0] * block[0] * times[1] * block[1] * per_pixel > _TILE_BYTES:
        larger = times.index(max(times))
        times[larger] = (times[larger] + 1) // 2
    cols, rows = (side * count for side, count in zip(block, times))
    whole = Window(0, 0, target.RasterXSize, target.RasterYSize)
    return [
        Window(col, row, cols, rows).intersection(whole)
        for row in range(0, whole.height, rows)
        for col in range(0, whole.width, cols)
    ]


def _read(source: RasterSource, tile: Window, profile: OutputProfile, marks: Marks) -> tuple[np.ndarray, np.ndarray]:
    """Values (bands, rows, cols) in the profile's type, invalid ones as nodata, and validity (rows, cols)."""
    indices = [b.index for b in source.bands]
    values = _pixels(source, tile, profile.data_type, indices)
    if marks.alpha:
        valid = _pixels(source, tile, "Byte", [source.dataset.RasterCount]) > 0  # the last band
        valid = np.broadcast_to(valid, values.shape)
    else:
        valid = ~np.isnan(values) if np.isnan(marks.nodata) else values != values.dtype.type(marks.nodata)
    if marks.alpha and marks.nodata is not None:
        values[valid & (values == marks.nodata)] += 1  # a valid pixel never looks invalid
        values[~valid] = marks.nodata
    return values, valid.all(axis=0)


def _pixels(source: RasterSource, tile: Window, data_type: str, bands: list[int]) -> np.ndarray:
    values: Any = np.empty((len(bands), *tile.shape), numpy_type(data_type))
    where = (tile.col_off, tile.row_off, tile.width, tile.height)
    try:
        with gdal_failures():
            source.dataset.ReadRaster(
                *where, buf_type=gdal.GetDataTypeByName(data_type), band_list=bands,
                buf_obj=memoryview(values).cast("B"),
            )  # fmt: skip
    except GdalFailure as error:
        raise InputError(
            f"{source.role} cannot be read at column {where[0]}, row {where[1]} of the result ({error}); the file "
            "is truncated or damaged, so fetch or export it again."
        ) from None
    return values
