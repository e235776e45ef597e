"""From QGIS layers to what the engine opens: the name of a GDAL data set."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..core.basics.errors import InputError
from ..core.grid.crs import horizontal

_PRODUCTS = (".zip", ".xml")
_NAME_OF_GDAL = re.compile(r"/vsi[a-z0-9]+[/_?]|vrt://|[A-Z][A-Z0-9_]+:(?!//)", re.ASCII)
"""How names begin that are GDAL's own and no files: /vsizip/..., NETCDF:..., SENTINEL2_L2A:..., PG:..., vrt://..."""
_REASONS = {
    "wms": "a web service (WMS, WMTS, XYZ) gives pictures for the screen, not measured values",
    "arcgismapserver": "a web service gives pictures for the screen, not measured values",
    "wcs": "QGIS asks a web service for its values piece by piece",
    "postgresraster": "QGIS reads it from a PostGIS database itself; GDAL does by a name such as PG:dbname=... "
    "schema=... table=... mode=2",
    "virtualraster": "QGIS computes it while it is drawn",
    "ogr": "it is a vector layer",
}
"""Why layers of other providers are no rasters that GDAL reads."""


def gdal_source(parameter: str, layer: QgsRasterLayer | None, value: object) -> str:
    """Return the name under which GDAL opens the data of a layer.

    Parameters
    ----------
    parameter : the user's name for the input, for messages.
    layer : the layer that QGIS found for it, None where it found none.
    value : what the user gave.

    Raises
    ------
    InputError : no such layer, a broken one, or one that is not read through GDAL.
    """
    if layer is None or not layer.isValid():
        parts = parts_of(value)
        if parts:
            raise InputError(
                f"{parameter} is '{value}', which holds {len(parts)} rasters; give one of them, such as {parts[0]}."
            )
        raise InputError(
            f"{parameter} is '{value}', which QGIS cannot open as a raster layer; give an existing raster file."
        )
    if layer.providerType() != "gdal":
        kind = layer.providerType()
        why = f" ({_REASONS[kind]})" if kind in _REASONS else ""
        raise InputError(
            f"{parameter} is the layer '{layer.name() or value}' of the kind '{kind}'{why}, but only rasters that GDAL "
            "reads can be used; export the layer to a GeoTIFF first."
        )
    parts = QgsProviderRegistry.instance().decodeUri("gdal", layer.source())
    if parts.get("openOptions"):
        raise InputError(
            f"{parameter} is opened with the options {list(parts['openOptions'])}, which the engine cannot pass "
            "on; export the layer to a GeoTIFF first."
        )
    return str(layer.source())


def is_name_of_gdal(value: object) -> bool:
    """Return whether a text is a name that only GDAL knows: NETCDF:"file.nc":variable, /vsizip/a.zip/b.tif."""
    return isinstance(value, str) and _NAME_OF_GDAL.match(value) is not None


def layer_of(value: object, context: QgsProcessingContext) -> QgsRasterLayer | None:
    """Return the raster layer that is given itself, or by its name, its id or its source, also one of GDAL's own."""
    if isinstance(value, QgsRasterLayer):
        return value
    kind = QgsProcessingUtils.LayerHint.Raster
    layer = QgsProcessingUtils.mapLayerFromString(str(value), context, True, kind)
    return layer if isinstance(layer, QgsRasterLayer) else opened_by_gdal(value)


def opened_by_gdal(value: object) -> QgsRasterLayer | None:
    """Return a layer of a name that only GDAL knows, which Processing opens none of; None for all others."""
    if not is_name_of_gdal(value):
        return None
    layer = QgsRasterLayer(str(value), Path(str(value).replace('"', "").replace(":", "/")).stem, "gdal")
    return layer if layer.isValid() else None


def raster_layer(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> QgsRasterLayer | None:
    """Return the layer that was given for a parameter; None for none, and for what cannot be opened."""
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    return layer if layer is not None else opened_by_gdal(parameters.get(name))


def parts_of(value: object) -> list[str]:
    """Return GDAL's names of the rasters in a file that is none itself, such as the variables of a NetCDF."""
    if not isinstance(value, str) or not value:
        return []
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        dataset = gdal.OpenEx(value, gdal.OF_RASTER)
        return [name for name, _ in dataset.GetSubDatasets()] if dataset is not None else []
    except RuntimeError:  # GDAL with exceptions switched on
        return []
    finally:
        gdal.PopErrorHandler()


def product_source(value: object) -> str:
    """Return the absolute path of a folder, an archive or a metadata file, of which no layer is made; "" for others."""
    try:
        path = Path(str(value)) if isinstance(value, (str, os.PathLike)) else None
        taken = path is not None and (path.is_dir() or (path.is_file() and path.suffix.lower() in _PRODUCTS))
    except (OSError, ValueError):
        return ""
    return str(path.absolute()) if taken else ""


def absolute_source(source: str) -> str:
    """Return a source by which another process finds the same data, wherever it works; of GDAL's own names, each file.

    A child of the plugin begins in an empty folder of its own.
    """

    def absolute(name: str) -> str:
        # os.path's, since pathlib's raise for what no file can be called.
        return os.path.abspath(name) if os.path.exists(name) else name  # noqa: PTH100, PTH110

    whole = absolute(source)
    return whole if whole != source else re.sub(r'[^:"|?]+', lambda part: absolute(part[0]), source)


def wkt_of(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS as text; the older WKT, which QGIS gives unasked, has no words for some of three axes."""
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))


def place_of(layer: QgsRasterLayer | None) -> QgsCoordinateReferenceSystem:
    """Return the CRS in which the engine counts the pixels of a layer, see `crs.horizontal`; invalid without one."""
    crs = QgsCoordinateReferenceSystem() if layer is None else layer.crs()
    if not crs.isValid():
        return crs
    wkt = wkt_of(crs)
    part = horizontal(wkt)
    return crs if part == wkt else QgsCoordinateReferenceSystem.fromWkt(part)


def place_of_file(source: str) -> QgsCoordinateReferenceSystem:
    """Return the same for a raster that is no layer; invalid where GDAL opens none."""
    layer = QgsRasterLayer(source) if source else None
    return place_of(layer if layer is not None and layer.isValid() else None)


def source_as_placed(layer: QgsRasterLayer, source: str) -> str:
    """Return the source, or, where the user gave the layer another CRS than its file has, a VRT with that one.

    The VRT lies in Processing's temporary folder and refers to the source.
    """
    given = layer.crs()
    if not given.isValid() or given == layer.dataProvider().crs():
        return source
    path = str(QgsProcessingUtils.generateTempFilename("placed.vrt"))
    try:
        placed = gdal.Translate(path, source, format="VRT", outputSRS=wkt_of(given))
    except RuntimeError:  # GDAL with exceptions switched on; the engine says what is wrong with the source
        placed = None
    if placed is None:
        return source
    placed.FlushCache()
    return path


def vector_source(parameter: str, layer: QgsVectorLayer | None, value: object, context: QgsProcessingContext) -> str:
    """Return the file under which OGR opens a vector layer, "" where none is given.

    A layer that is no file as it is (in memory, in a data base, filtered, moved to another CRS) is written to a
    temporary GeoPackage.

    Raises
    ------
    InputError : no such layer, or it cannot be written.
    """
    if isinstance(value, str) and value and os.path.exists(value.split("|")[0]):  # noqa: PTH110
        return absolute_source(value)
    if layer is None or not layer.isValid():
        if value in (None, ""):
            return ""
        raise InputError(f"{parameter} is '{value}', which QGIS cannot open as a vector layer; give an existing one.")
    file = vector_file(layer)
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    plain = layer.providerType() == "ogr" and not layer.subsetString() and not layer.isEditable()
    if plain and file and layer.crs() == layer.dataProvider().crs():
        return f"{file}|layername={parts['layerName']}" if parts.get("layerName") else file
    path = str(QgsProcessingUtils.generateTempFilename("points.gpkg"))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName, options.layerOptions = "GPKG", "points", ["FID=rsfusion_fid"]
    written = QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, context.transformContext(), options)
    if written[0] != QgsVectorFileWriter.WriterError.NoError:
        raise InputError(
            f"{parameter} cannot be written to a temporary file ({written[1]}); export the layer to a GeoPackage first."
        )
    return path


def vector_file(layer: QgsVectorLayer | None) -> str:
    """Return the file behind a vector layer, "" where there is none: a layer in memory, or in a data base."""
    if layer is None:
        return ""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return str(parts.get("path") or "")
