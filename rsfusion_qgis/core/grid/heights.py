"""What heights count from: the vertical part of a CRS, and the way from one to another.

Only rasters whose values are heights are looked at so; where pixels lie is another question, see `crs`. A compound CRS
(EPSG:32633+5773) names a vertical CRS; one of three axes (EPSG:4979) means heights above its ellipsoid; any other is
silent. Heights and what is added to them are in metres, upwards.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Optional

import numpy as np
from osgeo import gdal, osr

from ..basics.errors import InputError
from .crs import PLANE, horizontal, metres_per_unit, operation_between, read_crs
from .grid import Grid, Window

LARGEST_STEP_PX, LARGEST_STEP_M = 16, 250.0
"""So far apart, at most, what is added is computed; between, it is interpolated. The geoid bends by mm on that way."""
_INSTALL = "install the grid file (projsync), "
_PROBE_M, _PURE_M = 100.0, 0.01
"""So high, heights must change by the same as at 0, within so much; heights that count downwards do not."""


@dataclass(frozen=True)
class HeightReference:
    """What a CRS says of heights.

    Attributes
    ----------
    name : str
        For messages ("EGM96 height").
    unit : str
        Name of the unit of heights ("metre").
    metres : float
        Length of that unit.
    vertical : str
        The vertical CRS as PROJJSON; "" = heights above the ellipsoid of the whole.
    """

    name: str
    unit: str
    metres: float
    vertical: str = ""


@cache
def height_reference(wkt: str) -> Optional[HeightReference]:
    """What the heights of a raster in this CRS count from; None where it does not say."""
    if not wkt or read_crs(wkt).GetAxesCount() <= PLANE or read_crs(wkt).IsGeocentric():
        return None
    whole = _unbound(json.loads(read_crs(wkt).ExportToPROJJSON()))
    if whole["type"] != "CompoundCRS":
        base = whole.get("base_crs", whole)["name"]
        return HeightReference(f"heights above the ellipsoid of {base}", *_unit(whole["coordinate_system"]["axis"][-1]))
    vertical = whole["components"][-1]
    return HeightReference(
        vertical.get("name") or _unbound(vertical)["name"], *_unit(_unbound(vertical)["coordinate_system"]["axis"][0]),
        json.dumps(vertical),
    )  # fmt: skip


def _unbound(described: dict[str, Any]) -> dict[str, Any]:
    """A CRS without the way to another one that some name along with it."""
    return _unbound(described["source_crs"]) if described["type"] == "BoundCRS" else described


def _unit(axis: dict[str, Any]) -> tuple[str, float]:
    unit = axis["unit"]
    return (unit, 1.0) if isinstance(unit, str) else (str(unit["name"]), float(unit["conversion_factor"]))


def with_heights_of(wkt: str, heights_wkt: str) -> str:
    """A horizontal CRS completed by what another one says of heights, for values that are copied with it.

    As it was given where the other says nothing, or names heights above the ellipsoid of another datum, which no CRS
    can express.
    """
    told = height_reference(heights_wkt)
    if told is None or not wkt:
        return wkt
    if horizontal(heights_wkt) == wkt:
        return heights_wkt
    made = read_crs(wkt)
    if told.vertical:
        vertical, flat, made = _vertical(told), made, osr.SpatialReference()
        made.SetCompoundCS(f"{flat.GetName()} + {told.name}", flat, vertical)
    elif made.IsSameGeogCS(read_crs(horizontal(heights_wkt))):
        made.PromoteTo3D()
    return str(made.ExportToWkt())


def _vertical(told: HeightReference) -> osr.SpatialReference:
    made = osr.SpatialReference()
    made.SetFromUserInput(told.vertical)
    return made


class HeightChange:
    """What is added to heights of one CRS, in metres, so that they count from what those of another count from.

    Parameters
    ----------
    source_wkt, target_wkt : str
        Both say what heights count from; the target's horizontal part is the grid's CRS.
    grid : Grid
        Where it is computed.
    names : tuple of 2 str
        The users' parameters of the two, for messages.

    Raises
    ------
    InputError
        PROJ has no operation, or lacks its grid file, or heights of one of them count downwards.
    """

    def __init__(self, source_wkt: str, target_wkt: str, grid: Grid, names: tuple[str, str]) -> None:
        told = height_reference(source_wkt), height_reference(target_wkt)
        self.names, self.references = names, tuple(one.name for one in told if one)
        self.grid, self._units = grid, tuple(one.metres for one in told if one)
        self._operation = operation_between(read_crs(target_wkt), read_crs(source_wkt), ballpark=False)
        if self._operation is None:
            raise self._impossible("between which PROJ has no operation here or lacks its grid file", _INSTALL)
        size = metres_per_unit(grid.crs_wkt) * min(grid.pixel_size)
        self._step = max(1, min(LARGEST_STEP_PX, int(LARGEST_STEP_M / size)))
        middle = grid.to_map(grid.width / 2, grid.height / 2)
        self.typical = float(self._at([middle])[0])
        if abs(self._at([middle], _PROBE_M)[0] - self.typical) > _PURE_M:
            raise self._impossible("of which one does not count upwards")

    def _impossible(self, why: str, cure: str = "") -> InputError:
        (one, other), (ones, others) = self.names, self.references
        return InputError(
            f"{one} names {ones} and {other} {others}, {why}; {cure}convert the heights of {one} first, or assign the "
            "CRS that is right."
        )

    def _at(self, places: list[tuple[float, float]], height_m: float = 0.0) -> np.ndarray:
        """(n,) float64, what is added at map positions where the result is so high."""
        source_m, target_m = self._units
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            moved = self._operation.TransformPoints([(x, y, height_m / target_m) for x, y in places])
        except RuntimeError:
            moved = [(0.0, 0.0, np.inf)]
        finally:
            gdal.PopErrorHandler()
        added = height_m - np.array([z for _, _, z in moved]) * source_m
        if not (np.abs(added) < 1e6).all():
            raise self._impossible("between which PROJ has no operation in a part of the area", _INSTALL)
        return added

    def over(self, window: Window) -> np.ndarray:
        """(rows, cols) float64, metres, for a window of the grid; the same for every window that holds a pixel."""
        (row0, down), (col0, across) = (
            self._nodes(start, count)
            for start, count in ((window.row_off, window.height), (window.col_off, window.width))
        )
        step = self._step
        places = [self.grid.to_map((col0 + i) * step + 0.5, (row0 + k) * step + 0.5)
                  for k in range(down.shape[1]) for i in range(across.shape[1])]  # fmt: skip
        return down @ self._at(places).reshape(down.shape[1], -1) @ across.T

    def _nodes(self, start: int, count: int) -> tuple[int, np.ndarray]:
        """The first node that pixels along an axis need, and the weights (pixels, nodes) of that one and the next."""
        pixels = np.arange(start, start + count)
        before, part = pixels // self._step, pixels % self._step / self._step
        first, last = int(before[0]), int(-(-pixels[-1] // self._step))
        weights = np.zeros((count, last - first + 1))
        index = np.arange(count)
        weights[index, before - first] = 1.0 - part
        weights[index, np.minimum(before - first + 1, last - first)] += part
        return first, weights


def height_change(source_wkt: str, target_wkt: str, grid: Grid, names: tuple[str, str]) -> Optional[HeightChange]:
    """How heights of one CRS become those of another on a grid; None where they are the same, or one is silent.

    Raises
    ------
    InputError
        See `HeightChange`.
    """
    told, wanted = height_reference(source_wkt), height_reference(target_wkt)
    if told is None or wanted is None or source_wkt == target_wkt:
        return None
    if told.vertical and wanted.vertical and _vertical(told).IsSame(_vertical(wanted)):
        return None
    return HeightChange(source_wkt, target_wkt, grid, names)
