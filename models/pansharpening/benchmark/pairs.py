"""Find the pan + MS pairs of a data folder and bring each onto nested grids.

A pair is `pan.tif` and `ms.tif`, or `<name>_pan.tif` and `<name>_ms.tif`, in a folder of `<data>/pan_ms`; a
`ms_reference.tif` beside them is the MS that the fusion should give. `info.json` names the sensor.
Arrays `(bands, rows, cols)` float64. Grids without a place nest by their sizes; grids with one nest by the place,
and where they do not, the MS is warped onto whole pan pixels over the common extent (cubic).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common.rasters import open_raster, read_all, read_values
from models.pansharpening.benchmark.wald import nest
from models.pansharpening.shift import Shift, measure_shift
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.crs import horizontal
from rsfusion_qgis.core.sensors.catalogue import Sensor, find_sensor

MAIN, APART, SEEN = GROUPS = ("main", "apart", "seen")
"""Groups with tables of their own. `seen`: networks were trained on the pair or chosen by it."""
FARTHEST_OFF_PX = 0.01
"""Grids nest when no corner lies farther off than this many pan pixels."""
REDUCED_IN_ANOTHER_WAY = ("gf2_psdata3/reduced_",)
"""Pairs whose source reduced them by no known protocol (hardly blurred); they get rows and means apart."""


@dataclass(frozen=True)
class Pair:
    """One pan + MS pair on nested grids."""

    name: str
    ms: np.ndarray
    pan: np.ndarray
    ratio: int
    sensor: Sensor
    reference: np.ndarray | None = None
    """The MS that the fusion should give; None when the pair has to be reduced first."""
    group: str = MAIN
    """One of `GROUPS`; the others are left out of the means and the verdict of `main`, with means of their own."""
    reduced_by_source: bool = False
    """Whether the source has blurred and decimated the acquisition already."""
    notes: tuple[str, ...] = field(default=())
    bands: tuple[str, ...] = ()
    """What the bands of MS are called; () = nothing is said."""

    @property
    def gains(self) -> tuple[float, ...]:
        """MTF gain of each MS band."""
        return self.sensor.band_gains(len(self.ms))

    @cached_property
    def shift(self) -> Shift:
        """How far MS lies from its nominal place on the pan, as measured on them, see `shift.measure_shift`."""
        return measure_shift(self.ms, self.pan, self.ratio, self.gains)


def find_pairs(data: Path) -> Iterator[Pair]:
    """Every pair of `<data>/pan_ms`, in the order of the names.

    Raises
    ------
    InputError
        When there is none.
    """
    pans = sorted((data / "pan_ms").glob("*/*pan.tif"))
    pans = [path for path in pans if _beside(path, "ms").exists()]
    if not pans:
        raise InputError(
            f"'{data}' has no pan_ms/*/pan.tif with an ms.tif beside it; give the data folder as --data."
        )
    for path in pans:
        yield load_pair(path)


def load_pair(pan_path: Path) -> Pair:
    """Read one pair by the path of its pan and nest it."""
    stem = pan_path.name[: -len("pan.tif")].rstrip("_")
    name = f"{pan_path.parent.name}/{stem}" if stem else pan_path.parent.name
    pan, ms = open_raster(pan_path), open_raster(_beside(pan_path, "ms"))
    ratio = round(ms_ratio(ms, pan))
    notes: tuple[str, ...] = ()
    if _has_place(pan) and _has_place(ms) and not _nested(ms, pan, ratio):
        ms_values, pan_values, notes = _warp_onto(ms, pan, ratio)
    else:
        ms_values, pan_values = nest(read_values(ms), read_values(pan), ratio)
    reference = _beside(pan_path, "ms_reference")
    info = _info(pan_path.parent)
    return Pair(
        name,
        ms_values,
        pan_values,
        ratio,
        find_sensor(str(info.get("sensor", "")), len(ms_values)),
        read_all(reference) if reference.exists() else None,
        APART if name.startswith(REDUCED_IN_ANOTHER_WAY) else MAIN,
        reference.exists() or "reduced resolution" in str(info.get("kind", "")),
        notes,
        tuple(ms.GetRasterBand(number).GetDescription() for number in range(1, ms.RasterCount + 1)),
    )


def ms_ratio(ms: gdal.Dataset, pan: gdal.Dataset) -> float:
    """MS pixel over pan pixel: from the pixel sizes where both have a place, else from the numbers of columns."""
    if _has_place(ms) and _has_place(pan):
        return float(ms.GetGeoTransform()[1] / pan.GetGeoTransform()[1])
    return float(pan.RasterXSize / ms.RasterXSize)


def _beside(pan_path: Path, role: str) -> Path:
    return pan_path.with_name(pan_path.name[: -len("pan.tif")] + f"{role}.tif")


def _info(folder: Path) -> dict[str, object]:
    path = folder / "info.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _has_place(dataset: gdal.Dataset) -> bool:
    return bool(dataset.GetProjection())


def _edges(dataset: gdal.Dataset, pan: gdal.Dataset) -> tuple[float, float, float, float]:
    """Left, top, right and bottom edge of `dataset` in pan pixels."""
    x, dx, _, y, _, dy = pan.GetGeoTransform()
    left, width, _, top, _, height = dataset.GetGeoTransform()
    right, bottom = left + width * dataset.RasterXSize, top + height * dataset.RasterYSize
    return (left - x) / dx, (top - y) / dy, (right - x) / dx, (bottom - y) / dy


def _nested(ms: gdal.Dataset, pan: gdal.Dataset, ratio: int) -> bool:
    left, top, right, bottom = _edges(ms, pan)
    off = (left, top, right - left - ratio * ms.RasterXSize, bottom - top - ratio * ms.RasterYSize)
    return max(abs(value) for value in off) <= FARTHEST_OFF_PX


def _warp_onto(
    ms: gdal.Dataset, pan: gdal.Dataset, ratio: int
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Warp the MS onto whole `ratio x ratio` groups of pan pixels, over what both cover."""
    left, top, right, bottom = _edges(ms, pan)
    first_col, first_row = max(0, math.ceil(left)), max(0, math.ceil(top))
    cols = int(min(pan.RasterXSize, right) - first_col) // ratio
    rows = int(min(pan.RasterYSize, bottom) - first_row) // ratio
    x, dx, _, y, _, dy = pan.GetGeoTransform()
    west, north = x + first_col * dx, y + first_row * dy
    bounds = (west, north + rows * ratio * dy, west + cols * ratio * dx, north)
    warped = gdal.Warp(
        "",
        ms,
        format="MEM",
        outputBounds=bounds,
        width=cols,
        height=rows,
        srcSRS=horizontal(ms.GetProjection()),  # whole, GDAL would take digital numbers for heights
        dstSRS=horizontal(pan.GetProjection()),
        resampleAlg="cubic",
        outputType=gdal.GDT_Float64,
    )
    pan_values = read_values(pan)[
        :, first_row : first_row + rows * ratio, first_col : first_col + cols * ratio
    ]
    spacing = (right - left) / ms.RasterXSize
    note = (
        f"grids are no multiples (MS pixel {spacing:.3f} pan pixels, corner {top:+.2f} rows {left:+.2f} columns off): "
        f"MS warped (cubic) onto the nested ratio-{ratio} grid over the common extent first"
    )
    return read_values(warped), pan_values, (note,)
