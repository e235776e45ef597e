"""A small raster written as a result will be, and read back, before anything is computed: does it come back the same?

So each format and each creation option is judged by what it does, and no list of formats has to be kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Optional

import numpy as np
from osgeo import gdal

from ..basics.errors import InputError, OutputError
from ..basics.findings import Finding
from ..grid.grid import Grid
from .formats import driver_for, option_value
from .gdal_calls import gdal_failures
from .sink import OutputProfile, RasterSink
from .source import RasterSource, numpy_type

_SIDE = 64  # pixels; the upper half is noise, the lower half a ramp over the range of the data type
_LARGEST_FLOAT = 1e4
_RANGE_LOST = 0.05  # of the range of the data type; more is no noise of a compression
_ALWAYS_EXACT = ("GTiff", "COG")


def try_format(
    path: str, profile: OutputProfile, output_format: str = "", options: Sequence[str] = (), parameter: str = "OUTPUT"
) -> Optional[Finding]:
    """A warning where the format keeps the values with a loss that was asked for, else None.

    Parameters
    ----------
    path, profile, output_format, options, parameter
        As of `sink.RasterSink`; the grid's size does not matter.

    Raises
    ------
    OutputError
        The format changes the bands, the data type, nodata, the place or, unasked, the values.
    """
    driver = driver_for(path, output_format, parameter)
    if driver in _ALWAYS_EXACT and not options:
        return None
    values = _values(profile, options)
    try:
        with tempfile.TemporaryDirectory(prefix="rsfusion-") as folder:
            fault, back = _there_and_back(Path(folder) / Path(path).name, profile, output_format, options, values)
    except OutputError as error:
        fault, back = f"GDAL says: {str(error).partition('cannot be written (')[2].partition('; ')[0] or error}", values
    if fault:
        raise _refused(parameter, driver, profile, fault)
    return _judged(parameter, driver, profile, bool(options), values, back)


def _there_and_back(
    path: Path, profile: OutputProfile, output_format: str, options: Sequence[str], values: np.ndarray
) -> tuple[str, np.ndarray]:
    """What has changed beside the values ("" = nothing), and the values that come back."""
    small = replace(profile, grid=Grid(profile.grid.crs_wkt, profile.grid.geotransform, _SIDE, _SIDE))
    sink = RasterSink(str(path), small, output_format, tuple(options))
    try:
        sink.write(small.grid.window, values, np.ones((_SIDE, _SIDE), bool))
        sink.finish()
        try:
            source = RasterSource(str(sink.pending.file), "OUTPUT", palette=True)
        except InputError as error:
            return str(error).rstrip("."), values
        with source:
            fault = _changed(small, source)
            return fault, values if fault else _pixels(source, values)
    finally:
        sink.abort()


def _changed(profile: OutputProfile, source: RasterSource) -> str:
    had, has = len(profile.bands), len(source.bands)
    if had != has:
        why = "; the last one is taken for transparency" if source.mask_kind == "alpha" else ""
        return f"of {had} bands {has} come back{why}"
    types = {band.data_type for band in source.bands}
    if types != {profile.data_type}:
        return f"the data type becomes {', '.join(sorted(types))}"
    if profile.nodata is not None and not _same_nodata(profile.nodata, source.bands[0].nodata):
        return f"the nodata value {profile.nodata:g} is not kept"
    if profile.grid.is_georeferenced:
        corners = (source.grid.to_pixel(*corner) for corner in profile.grid.corners())
        wanted = ((0, 0), (_SIDE, 0), (_SIDE, _SIDE), (0, _SIDE))
        if not np.allclose(list(corners), wanted, rtol=0, atol=0.01):
            return "it cannot say where the raster lies"
    return ""


def _same_nodata(had: float, has: Optional[float]) -> bool:
    return has is not None and (had == has or (np.isnan(had) and np.isnan(has)) or bool(np.isclose(had, has)))


def _pixels(source: RasterSource, like: np.ndarray) -> np.ndarray:
    back = np.empty_like(like)
    with gdal_failures():
        source.dataset.ReadRaster(
            0, 0, _SIDE, _SIDE, buf_type=gdal.GetDataTypeByName(source.bands[0].data_type),
            band_list=[band.index for band in source.bands], buf_obj=memoryview(back).cast("B"),
        )  # fmt: skip
    return back


def _values(profile: OutputProfile, options: Sequence[str]) -> np.ndarray:
    """(bands, rows, cols): noise over a ramp, both from end to end of what the data type holds."""
    dtype, bits = numpy_type(profile.data_type), option_value(options, "NBITS")
    low, high = -_LARGEST_FLOAT, _LARGEST_FLOAT
    if dtype.kind in "iu":
        low, high = float(np.iinfo(dtype).min), float(np.iinfo(dtype).max)
        high = min(high, 2.0 ** int(bits) - 1) if bits.isdecimal() else high
    noise = np.random.default_rng(0).uniform(low, high, (len(profile.bands), _SIDE // 2, _SIDE))
    ramp = np.broadcast_to(np.linspace(low, high, _SIDE), noise.shape)
    return np.concatenate([noise, ramp], axis=1).astype(dtype)


def _judged(
    parameter: str, driver: str, profile: OutputProfile, asked: bool, values: np.ndarray, back: np.ndarray
) -> Optional[Finding]:
    off = np.abs(values.astype(np.float64) - back.astype(np.float64))
    if not off.any():
        return None
    span, ramp = np.ptp(values.astype(np.float64)), off[:, _SIDE // 2 :]
    if not ramp.max() <= _RANGE_LOST * span:
        raise _refused(parameter, driver, profile, f"values come back wrong by up to {ramp.max():g}")
    if profile.classes or not (asked or profile.data_type == "Byte"):
        raise _refused(parameter, driver, profile, f"values come back changed by up to {off.max():g}")
    cure = "choose GTiff, or another format or other creation options without loss, to keep them"
    found = f"{parameter} is written with loss: the format {driver} changes values, in a trial by up to {off.max():g}"
    return Finding("format", "warning", parameter, found, float(off.max()), 0.0, "", cure)


def _refused(parameter: str, driver: str, profile: OutputProfile, fault: str) -> OutputError:
    count = len(profile.bands)
    return OutputError(
        f"{parameter}: the format {driver} cannot hold {count} band{'s' * (count > 1)} of {profile.data_type} as they "
        f"are ({fault}); choose GTiff (.tif), which can."
    )
