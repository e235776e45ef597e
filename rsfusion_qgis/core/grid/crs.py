"""Coordinate reference systems: are two the same, and how well can one be turned into the other.

Coordinates are always (x, y) = (east, north) or (longitude, latitude), whatever order the authority
prescribes, and never heights: whatever is asked here is answered for the horizontal part of a CRS, since pixels
lie where it says, and their values need not be heights. What a CRS says of heights is read by `heights`; no other
module uses osr.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, Callable, Optional

from osgeo import gdal, osr

from ..basics.errors import InputError

# Metres; the finest that PROJ still has an operation for is taken as the accuracy of the transformation.
_ACCURACY_LADDER_M = (0.001, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 25.0, 50.0, 100.0)

WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)

PLANE = 2
"""Axes of a CRS without heights."""

PointMap = Callable[[float, float], "tuple[float, float]"]
GeometryMap = Callable[[Any], bool]
"""Moves a geometry of OGR in place; False where it reaches beyond the area in which the CRS are defined."""


@dataclass(frozen=True)
class Transformation:
    """How coordinates of one CRS become those of another.

    Attributes
    ----------
    source_wkt, target_wkt : str
    ballpark : bool
        True when the datum shift is ignored because PROJ has no operation (or lacks its grid file):
        the error can reach hundreds of metres.
    forward : callable
        (x, y) in the source CRS -> (x, y) in the target CRS. Raises `InputError` outside its domain.
    geometry : callable
        The same for all vertices of a geometry at once.
    """

    source_wkt: str
    target_wkt: str
    ballpark: bool
    forward: PointMap
    geometry: GeometryMap

    @property
    def accuracy_m(self) -> Optional[float]:
        """Accuracy of the best operation that PROJ can use here, in metres; found by trials, some 0.5 s.

        0.001 or less for a pure conversion (between UTM zones of one datum, say); None when PROJ does not know it.
        """
        return None if self.ballpark else _accuracy(self.source_wkt, self.target_wkt)


def read_crs(wkt: str) -> osr.SpatialReference:
    """The CRS with all its axes, heights too; raises InputError where it cannot be read."""
    srs = osr.SpatialReference()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        understood = srs.ImportFromWkt(wkt) == 0
    except RuntimeError:
        understood = False
    finally:
        gdal.PopErrorHandler()
    if not understood:
        raise InputError("The CRS of a raster cannot be read; assign it anew in the layer's properties.")
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def _spatial_reference(wkt: str) -> osr.SpatialReference:
    """The horizontal part of a CRS."""
    srs = read_crs(wkt)
    if srs.GetAxesCount() > PLANE and not srs.IsGeocentric():
        srs.DemoteTo2D()
        if not srs.GetAuthorityCode(None):
            _name_anew(srs)
        srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def _name_anew(srs: osr.SpatialReference) -> None:
    """Give the horizontal part of a CRS of three axes its own code where there is one."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        srs.AutoIdentifyEPSG()
    except RuntimeError:
        pass  # a CRS without a code
    finally:
        gdal.PopErrorHandler()


@cache
def horizontal(wkt: str) -> str:
    """The part of a CRS that says where pixels and points lie, without what it says of heights.

    Of a compound CRS (EPSG:32633+5773) the first part (EPSG:32633), of one with ellipsoidal heights (EPSG:4979) its
    twin without them (EPSG:4326); a CRS of two axes as it was given; "" for one of heights only (EPSG:5773). GDAL
    takes the values of a raster for heights where a CRS has a vertical part, and shifts them by the geoid when it
    warps; class codes, masks and digital numbers are none. So the grid of every raster and the place of every vector
    layer has this part only, and so has the CRS of a result, unless its values are copied from a raster whose heights
    they may be (`coregister`).

    Raises
    ------
    InputError
        The text is no CRS.
    """
    axes = read_crs(wkt).GetAxesCount() if wkt else 0
    if axes > PLANE:
        return str(_spatial_reference(wkt).ExportToWkt())
    return wkt if axes == PLANE else ""


def same_crs(wkt_a: str, wkt_b: str) -> bool:
    """Whether two CRS describe the same coordinates (names, axis order and comments do not count)."""
    if wkt_a == wkt_b:
        return True
    if not wkt_a or not wkt_b:
        return False
    options = ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS"]
    return bool(_spatial_reference(wkt_a).IsSame(_spatial_reference(wkt_b), options))


def crs_name(wkt: str) -> str:
    """A short name for messages: "EPSG:32633 (WGS 84 / UTM zone 33N)", or "no CRS"."""
    if not wkt:
        return "no CRS"
    srs = _spatial_reference(wkt)
    code = srs.GetAuthorityCode(None)
    return f"{srs.GetAuthorityName(None)}:{code} ({srs.GetName()})" if code else str(srs.GetName())


def metres_per_unit(wkt: str) -> float:
    """Length of one unit of the CRS in metres; for degrees, along a meridian."""
    if not wkt:
        return 1.0
    srs = _spatial_reference(wkt)
    if srs.IsGeographic():
        return float(srs.GetAngularUnits()) * float(srs.GetSemiMajor())
    return float(srs.GetLinearUnits())


def unit_name(wkt: str) -> str:
    """Name of the unit of the coordinates, as the CRS itself gives it ("metre", "degree"); "" without a CRS."""
    if not wkt:
        return ""
    srs = _spatial_reference(wkt)
    return str(srs.GetAngularUnitsName() if srs.IsGeographic() else srs.GetLinearUnitsName())


def is_geographic(wkt: str) -> bool:
    """Whether coordinates are longitude and latitude; False without a CRS."""
    return bool(wkt) and bool(_spatial_reference(wkt).IsGeographic())


def metres_per_degree(wkt: str, latitude: float) -> tuple[float, float]:
    """Length of one unit of a geographic CRS (a degree, mostly) on its ellipsoid, (to the east, to the north).

    Parameters
    ----------
    latitude : in that unit.
    """
    srs = _spatial_reference(wkt)
    unit, major, flattening = float(srs.GetAngularUnits()), float(srs.GetSemiMajor()), float(srs.GetInvFlattening())
    squared = (2 - 1 / flattening) / flattening if flattening else 0.0  # eccentricity
    sine, cosine = math.sin(latitude * unit), math.cos(latitude * unit)
    across = major / math.sqrt(1 - squared * sine * sine)
    return across * cosine * unit, across * (1 - squared) / (1 - squared * sine * sine) * unit


def stretch(wkt: str, x: float, y: float) -> float:
    """Length on the map over length on the ground, eastwards at a position; 1 where coordinates are not projected.

    Raises
    ------
    InputError
        The position lies outside the area where the projection is defined.
    """
    srs = _spatial_reference(wkt) if wkt else None
    if srs is None or not srs.IsProjected():
        return 1.0
    base = _spatial_reference(srs.CloneGeogCS().ExportToWkt())
    forward, step = _point_map(operation_between(srs, base, ballpark=True)), 100.0
    (longitude, latitude), (farther, beside) = forward(x, y), forward(x + step, y)
    east, north = metres_per_degree(base.ExportToWkt(), latitude)
    ground = math.hypot((farther - longitude) * east, (beside - latitude) * north)
    return step * float(srs.GetLinearUnits()) / ground


def longitude_latitude(wkt: str, x: float, y: float) -> Optional[tuple[float, float]]:
    """A position in degrees on WGS 84, (east, north); None without a CRS or a way there."""
    if not wkt:
        return None
    try:
        return transformation(wkt, WGS84).forward(x, y)
    except InputError:
        return None


def transformation(source_wkt: str, target_wkt: str) -> Transformation:
    """The best operation from one CRS to another, with what PROJ says of its accuracy.

    Raises
    ------
    InputError
        There is no operation at all (a local engineering CRS, say).
    """
    source, target = _spatial_reference(source_wkt), _spatial_reference(target_wkt)
    operation = operation_between(source, target, ballpark=False)
    ballpark = operation is None
    if operation is None:
        operation = operation_between(source, target, ballpark=True)
    if operation is None:
        raise InputError(
            f"There is no transformation from {crs_name(source_wkt)} to {crs_name(target_wkt)}; "
            "reproject one of the rasters into the CRS of the other first."
        )
    return Transformation(source_wkt, target_wkt, ballpark, _point_map(operation), _geometry_map(operation))


def operation_between(
    source: osr.SpatialReference, target: osr.SpatialReference, ballpark: bool, accuracy: Optional[float] = None
) -> Optional[osr.CoordinateTransformation]:
    """The best operation that PROJ has, None where there is none; `accuracy` in metres, where it must be that good."""
    options = osr.CoordinateTransformationOptions()
    options.SetBallparkAllowed(ballpark)
    if accuracy is not None:
        options.SetDesiredAccuracy(accuracy)
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        operation = osr.CreateCoordinateTransformation(source, target, options)
    except RuntimeError:
        return None
    finally:
        gdal.PopErrorHandler()
    return operation if operation is not None and operation.this else None


@cache
def _accuracy(source_wkt: str, target_wkt: str) -> Optional[float]:
    """The finest step of the ladder that PROJ has an invertible operation for, in metres."""
    source, target = _spatial_reference(source_wkt), _spatial_reference(target_wkt)
    for step in _ACCURACY_LADDER_M:
        operation = operation_between(source, target, ballpark=False, accuracy=step)
        if operation is not None and operation_between(target, source, False, step) is not None:
            return step
    return None


def _point_map(operation: osr.CoordinateTransformation) -> PointMap:
    def forward(x: float, y: float) -> tuple[float, float]:
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            tx, ty, _ = operation.TransformPoint(float(x), float(y))
        except RuntimeError:
            tx = ty = float("inf")
        finally:
            gdal.PopErrorHandler()
        if not (abs(tx) < 1e30 and abs(ty) < 1e30):
            raise InputError(f"The position ({x:.6g}, {y:.6g}) lies outside the area where the CRS are defined.")
        return tx, ty

    return forward


def _geometry_map(operation: osr.CoordinateTransformation) -> GeometryMap:
    def move(geometry: Any) -> bool:
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            moved = geometry.Transform(operation) == 0
        except RuntimeError:
            moved = False
        finally:
            gdal.PopErrorHandler()
        return moved and all(abs(value) < 1e30 for value in geometry.GetEnvelope())

    return move
