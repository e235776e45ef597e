"""Where the truth about buildings, trees and roads comes from: drawn on an image, or a generated city.

Axis order (bands, rows, cols); a pixel of the city is 1 m.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal, ogr

from models.common.rasters import ORIGIN, Frame, write_raster
from models.land_cover.generated_city import CLASSES, city
from rsfusion_qgis.core.basics.errors import InputError

DRAWN = Path(__file__).with_name("lake_shore_roads.geojson")
"""Roads, parking and drives of the lake shore, its railway, and what cannot be told, drawn on RGB at 0.5 m."""
NOTHING, ROAD, RAILWAY, DOUBTFUL = range(4)
BURNT = {"road": ROAD, "other": NOTHING, "rail": RAILWAY, "doubtful": DOUBTFUL}
"""In this order; later ones lie above."""
RETURNS = dict(zip(CLASSES, (30.0, 30.0, 100.0, 90.0, 4.0, 64.0)))
"""Intensity of what a city is made of; speckle is a tenth of it."""
SEEN_UM = {"red": 0.66, "green": 0.56, "blue": 0.47, "nir": 0.84}
_BANDS, _FIRST_UM, _LAST_UM = 60, 0.42, 2.38


def drawn_roads(like: str) -> np.ndarray:
    """(rows, cols) of NOTHING, ROAD, RAILWAY and DOUBTFUL on the grid of a raster; raises InputError elsewhere."""
    source, drawn = gdal.Open(like), ogr.Open(str(DRAWN))
    made = gdal.GetDriverByName("MEM").Create("", source.RasterXSize, source.RasterYSize, 1, gdal.GDT_Byte)
    made.SetGeoTransform(source.GetGeoTransform())
    made.SetProjection(source.GetProjection())
    layer = drawn.GetLayer(0)
    for name, code in BURNT.items():
        layer.SetAttributeFilter(f"class = '{name}'")
        gdal.RasterizeLayer(made, [1], layer, burn_values=[code])
    found = made.ReadAsArray()
    if not (found == ROAD).any():
        raise InputError(f"--town: '{like}' does not lie where {DRAWN.name} was drawn; name the lake shore's folder.")
    return found


def write_city(folder: Path, seed: int, side: int = 200) -> tuple[dict[str, str], np.ndarray]:
    """Files by what they hold ("lidar": height and intensity; "rgb"; "rgbn"), and the truth as places of CLASSES."""
    found, frame = city(seed, side, side, _BANDS), Frame.square(ORIGIN, 1.0)
    draw = np.random.default_rng(seed)
    intensity = np.array([RETURNS[name] for name in CLASSES])[found.truth]
    intensity = intensity * (1 + 0.1 * draw.standard_normal(found.truth.shape))
    wavelengths = np.linspace(_FIRST_UM, _LAST_UM, _BANDS)
    bands = [int(np.abs(wavelengths - one).argmin()) for one in SEEN_UM.values()]
    optical, names = np.clip(np.rint(found.hs[bands] * 10_000), 0, None), tuple(SEEN_UM)
    lidar = np.concatenate([found.lidar, intensity[None]])
    return {
        "lidar": str(write_raster(folder / "lidar.tif", lidar, frame, ("height", "intensity"), "Float32")),
        "rgb": str(write_raster(folder / "rgb.tif", optical[:3], frame, names[:3], "Int16")),
        "rgbn": str(write_raster(folder / "rgbn.tif", optical, frame, names, "Int16")),
    }, found.truth
