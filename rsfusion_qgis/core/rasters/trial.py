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
from .fill import CODES
from .formats import driver_for, option_value
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
    """What has changed beside the values ("" = nothing), and the values that come back, float64."""
    small = replace(profile, grid=Grid(profile.grid.crs_wkt, profile.grid.geotransform, _SIDE, _SIDE))
    sink = RasterSink(str(path), small, output_format, tuple(options))
    try:
        sink.write(small.grid.window, values, np.ones((_SIDE, _SIDE), bool))
        sink.finish()
        parts = [RasterSource(name, "OUTPUT", kind=CODES) for name in _parts(str(sink.pending.file))]
        try:
            return _changed(small, parts), np.concatenate([one.read_exactly(small.grid.window) for one in parts])
        finally:
            for one in parts:
                one.close()
    except InputError as error:
        return f"GDAL says: {str(error).rstrip('.')}", values
    finally:
        sink.abort()


def _parts(path: str) -> list[str]:
    """The file, or its parts where its format keeps every band for itself."""
    dataset = gdal.OpenEx(path, gdal.OF_RASTER)
    if dataset is None or dataset.RasterCount:
        return [path]
    return [name for name, _ in dataset.GetSubDatasets()]


def _changed(profile: OutputProfile, parts: Sequence[RasterSource]) -> str:
    bands = [band for one in parts for band in one.bands]
    had, has, first = len(profile.bands), len(bands), parts[0]
    if had != has:
        why = "; the last one is taken for transparency" if first.mask_kind == "alpha" else ""
        return f"of {had} bands {has} come back{why}"
    if profile.nodata is not None and not _same_nodata(profile.nodata, bands[0].nodata):
        return f"the nodata value {profile.nodata:g} is not kept"
    if profile.grid.is_georeferenced:
        corners = (first.grid.to_pixel(*corner) for corner in profile.grid.corners())
        wanted = ((0, 0), (profile.grid.width, 0), (profile.grid.width, profile.grid.height), (0, profile.grid.height))
        if not np.allclose(list(corners), wanted, rtol=0, atol=0.01):
            return "it cannot say where the raster lies"
    return ""


def _same_nodata(had: float, has: Optional[float]) -> bool:
    return has is not None and (had == has or (np.isnan(had) and np.isnan(has)) or bool(np.isclose(had, has)))


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
    if values.dtype.kind == "f":  # a format that writes digits may add some beyond those that the type has
        back = back.astype(values.dtype)
    off = np.abs(values.astype(np.float64) - back)
    if not off.any():
        return None
    span, ramp = np.ptp(values.astype(np.float64)), off[:, _SIDE * 3 // 4 :]  # not beside the noise
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
