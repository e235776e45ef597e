"""The zones with their class and its probability, as a vector file with the fields that the layer had."""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal, ogr

from ...core.basics.errors import InputError, OutputError
from ...core.rasters.gdal_calls import GdalFailure, close, gdal_failures
from ...core.rasters.points import LAYER
from .forest import Classified
from .reading import Zones

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}
PREDICTED, PROBABILITY, ROLE = "predicted", "probability", "checked"


def require_driver(path: str, parameter: str) -> str:
    """Return GDAL's driver for a file's ending; raises InputError where there is none."""
    ending = Path(path).suffix.lower()
    if ending not in DRIVERS:
        raise InputError(f"{parameter}: '{path}' ends in '{ending}'; expected one of {', '.join(DRIVERS)}.")
    return DRIVERS[ending]


def write_zones(source: str, path: Path, driver: str, zones: Zones, found: Classified, parameter: str) -> None:
    """Copy the zones of a layer and add the fields `predicted`, `probability` and `checked`.

    `checked` is 1 where the class was known, so that `predicted` comes from forests that had not seen the zone.

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
                _copy(layer, made, zones, found)
            finally:
                layer = None
                close(made)
                close(given)
    except GdalFailure as error:
        raise OutputError(f"{parameter}: '{path.name}' cannot be written ({error}); choose another format.") from None


def _copy(layer: ogr.Layer, made: gdal.Dataset, zones: Zones, found: Classified) -> None:
    out = made.CreateLayer("zones", layer.GetSpatialRef(), ogr.wkbUnknown if made.GetDriver().ShortName != (
        "ESRI Shapefile") else ogr.wkbPolygon)  # fmt: skip
    definition = layer.GetLayerDefn()
    kept = [definition.GetFieldDefn(n) for n in range(definition.GetFieldCount())]
    kept = [field for field in kept if field.GetName().lower() != "fid"]
    for field in kept:
        out.CreateField(field)
    own = {name: _free(name, [field.GetName() for field in kept]) for name in (PREDICTED, PROBABILITY, ROLE)}
    for name, kind in ((PREDICTED, ogr.OFTString), (PROBABILITY, ogr.OFTReal), (ROLE, ogr.OFTInteger)):
        out.CreateField(ogr.FieldDefn(own[name], kind))
    place_of = {int(number): place for place, number in enumerate(zones.numbers)}
    layer.ResetReading()
    for number, feature in enumerate(layer, start=1):
        place = place_of.get(number)
        if place is None:
            continue
        copy = ogr.Feature(out.GetLayerDefn())
        for field in kept:
            index = feature.GetFieldIndex(field.GetName())
            if feature.IsFieldSetAndNotNull(index):
                copy.SetField(field.GetName(), feature.GetField(index))
        copy.SetField(own[PREDICTED], zones.classes[found.places[place]])
        copy.SetField(own[PROBABILITY], float(found.chances[place]))
        copy.SetField(own[ROLE], int(zones.known[place] >= 0))
        copy.SetGeometry(feature.GetGeometryRef())
        out.CreateFeature(copy)


def _free(name: str, taken: list[str]) -> str:
    while name.lower() in (one.lower() for one in taken):
        name += "_2"
    return name
