"""From QGIS layers to what the engine opens: the name of a GDAL data set."""

from __future__ import annotations

from qgis.core import QgsProviderRegistry, QgsRasterLayer

from ..core.errors import InputError


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
        raise InputError(
            f"{parameter} is '{value}', which QGIS cannot open as a raster layer; give an existing raster file."
        )
    if layer.providerType() != "gdal":
        raise InputError(
            f"{parameter} is the layer '{layer.name()}' of the kind '{layer.providerType()}', but only rasters "
            "that GDAL reads can be used; export the layer to a GeoTIFF first."
        )
    parts = QgsProviderRegistry.instance().decodeUri("gdal", layer.source())
    if parts.get("openOptions"):
        raise InputError(
            f"{parameter} is opened with the options {list(parts['openOptions'])}, which the engine cannot pass "
            "on; export the layer to a GeoTIFF first."
        )
    return str(layer.source())
