"""A copy of a vector layer with further fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Union

from osgeo import gdal, ogr

from ..basics.errors import InputError, OutputError
from .gdal_calls import GdalFailure, close, gdal_failures
from .points import LAYER

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}
_KINDS = {str: ogr.OFTString, float: ogr.OFTReal, int: ogr.OFTInteger}
Column = Sequence[Union[str, float, int]]


def require_driver(path: str, parameter: str) -> str:
    """Return GDAL's driver for a file's ending; raises InputError where there is none."""
    ending = Path(path).suffix.lower()
    if ending not in DRIVERS:
        raise InputError(f"{parameter}: '{path}' ends in '{ending}'; expected one of {', '.join(DRIVERS)}.")
    return DRIVERS[ending]


def copy_with_columns(
    source: str, path: Path, driver: str, numbers: Sequence[int], columns: Mapping[str, Column], parameter: str
) -> None:
    """Write some features of a layer with all their fields, and further ones.

    Parameters
    ----------
    source : a file that OGR opens, with "|layername=" and a name where it has several layers.
    path : a file that does not exist.
    numbers : places of the features in the layer, from 1.
    columns : name -> a value for each of them; a name that is taken gets "_2".
    parameter : the user's, for messages.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    file, _, name = source.partition(LAYER)
    try:
        with gdal_failures():
            given = gdal.OpenEx(file, gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR)
            layer = given.GetLayerByName(name) if name else given.GetLayerByIndex(0)
            made = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
            try:
                _copy(layer, made, path.stem, {int(number): place for place, number in enumerate(numbers)}, columns)
            finally:
                layer = None
                close(made)
                close(given)
    except GdalFailure as error:
        raise OutputError(f"{parameter}: '{path.name}' cannot be written ({error}); choose another format.") from None


def _copy(layer: Any, made: Any, name: str, place_of: Mapping[int, int], columns: Mapping[str, Column]) -> None:
    shapes = made.GetDriver().ShortName == "ESRI Shapefile"
    out = made.CreateLayer(name, layer.GetSpatialRef(), ogr.wkbPolygon if shapes else ogr.wkbUnknown)
    definition = layer.GetLayerDefn()
    kept = [definition.GetFieldDefn(n) for n in range(definition.GetFieldCount())]
    kept = [field for field in kept if field.GetName().lower() != "fid"]
    for field in kept:
        out.CreateField(field)
    own = {one: _free(one, [field.GetName() for field in kept]) for one in columns}
    for one, values in columns.items():
        out.CreateField(ogr.FieldDefn(own[one], _KINDS[type(values[0])]))
    layer.ResetReading()
    for number, feature in enumerate(layer, start=1):
        if number not in place_of:
            continue
        copy = ogr.Feature(out.GetLayerDefn())
        for field in kept:
            index = feature.GetFieldIndex(field.GetName())
            if feature.IsFieldSetAndNotNull(index):
                copy.SetField(field.GetName(), feature.GetField(index))
        for one, values in columns.items():
            copy.SetField(own[one], values[place_of[number]])
        copy.SetGeometry(feature.GetGeometryRef())
        out.CreateFeature(copy)


def _free(name: str, taken: Sequence[str]) -> str:
    while name.lower() in (one.lower() for one in taken):
        name += "_2"
    return name
