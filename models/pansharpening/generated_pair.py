"""The pair of rasters on which engine and methods are measured: 4 bands, 11 bit, as large as wanted.

Large rasters are VRTs that repeat one generated scene, so no disk is filled with inputs.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common import rasters
from models.pansharpening.pair_files import write_pair
from models.pansharpening.scenes import generate_scene

RATIO, BASE, BANDS_UM = 4, 1024, (0.48, 0.56, 0.66, 0.83)


def write_base(folder: Path) -> None:
    """A generated pan of `BASE`² pixels and its 4-band MS, 11 bit, without noise (compression is not the point)."""
    scene = generate_scene(BASE, BASE, BANDS_UM, seed=7) * 2000.0
    ms = scene.reshape(len(BANDS_UM), BASE // RATIO, RATIO, BASE // RATIO, RATIO).mean(axis=(2, 4))
    pan = scene.mean(axis=0, keepdims=True)
    write_pair(folder, np.clip(ms, 0, 2047), np.clip(pan, 0, 2047), RATIO, "UInt16")


def repeat(base: str, path: Path, size: int, pixel: float) -> str:
    """A VRT of `size`² pixels that shows the base raster again and again."""
    source = gdal.Open(base)
    bands, step = source.RasterCount, source.RasterXSize
    dataset = gdal.GetDriverByName("VRT").Create(str(path), size, size, bands, gdal.GDT_UInt16)
    frame = rasters.Frame.square(rasters.ORIGIN, pixel)
    dataset.SetProjection(frame.crs_wkt)
    dataset.SetGeoTransform(frame.geotransform)
    for band in range(1, bands + 1):
        for top in range(0, size, step):
            for left in range(0, size, step):
                width, height = min(step, size - left), min(step, size - top)
                xml = (
                    f"<SimpleSource><SourceFilename relativeToVRT='1'>{Path(base).name}</SourceFilename>"
                    f"<SourceBand>{band}</SourceBand><SrcRect xOff='0' yOff='0' xSize='{width}' ySize='{height}'/>"
                    f"<DstRect xOff='{left}' yOff='{top}' xSize='{width}' ySize='{height}'/></SimpleSource>"
                )
                dataset.GetRasterBand(band).SetMetadataItem("source", xml, "new_vrt_sources")
    return str(path)


def pair(folder: Path, size: int) -> dict[str, str]:
    """Paths of a pan of `size`² pixels and its MS."""
    base_pan, base_ms = folder / "pan.tif", folder / "ms.tif"
    return {
        "pan": repeat(str(base_pan), folder / f"pan_{size}.vrt", size, 1.0),
        "ms": repeat(str(base_ms), folder / f"ms_{size}.vrt", size // RATIO, float(RATIO)),
    }
