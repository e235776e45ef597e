"""Memory and time of a whole tile: a generated product of any size, a SAFE folder of GeoTIFFs, is sharpened.

    python -m models.sentinel2_sharpening.whole_tile FOLDER --side 10980

The scene is a field of patches and texture that is repeated, seen by each band with other shares; it says nothing of
quality. The product stays in FOLDER, and is taken where it is there.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common.rasters import Frame
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.sensors.sentinel2 import BANDS_M, MTF_GAINS
from rsfusion_qgis.tasks.sentinel2_sharpening.task import TASK

TILE_PX = 10980
BLOCK_PX = 1200
"""Side of the field that is repeated, pixels of 10 m: a multiple of 6."""
NAME = "S2A_MSIL2A_20220705T101559_N0400_R065_T33UUB_20220705T161500.SAFE"
METADATA = (
    "<PROCESSING_BASELINE>04.00</PROCESSING_BASELINE><BOA_QUANTIFICATION_VALUE>10000</BOA_QUANTIFICATION_VALUE>"
    + "".join(f'<BOA_ADD_OFFSET band_id="{number}">-1000</BOA_ADD_OFFSET>' for number in range(13))
)
"""The parts of a product's metadata that are read."""


def write_product(folder: Path, side_px: int = TILE_PX) -> Path:
    """Write the product and return its folder.

    Parameters
    ----------
    side_px : pixels of 10 m along a side, a multiple of 6.
    """
    safe = folder / NAME
    images = safe / "GRANULE" / "L2A_T33UUB_A036741_20220705T101559" / "IMG_DATA"
    random = np.random.default_rng(1)
    patches = random.uniform(-400, 400, (4, BLOCK_PX // 10, BLOCK_PX // 10)).repeat(10, axis=1).repeat(10, axis=2)
    fields = 3000 + patches + random.normal(0, 60, patches.shape)
    for metres, names in BANDS_M.items():
        (images / f"R{metres}m").mkdir(parents=True, exist_ok=True)
        for name in (one for one in names if one != "B10"):
            band = np.tensordot(random.dirichlet(np.ones(4)), fields, 1)[None]
            if metres > 10:
                band = degrade(band, metres // 10, [MTF_GAINS[name]])
            code = f"B{name[1:]:0>2}"
            _write(images / f"R{metres}m" / f"T33UUB_20220705T101559_{code}_{metres}m.tif", band[0], metres, side_px)
    (safe / "MTD_MSIL2A.xml").write_text(f"<Level-2A_User_Product>{METADATA}</Level-2A_User_Product>", "utf-8")
    return safe


def _write(path: Path, block: np.ndarray, metres: int, side_px: int) -> None:
    size, frame = side_px * 10 // metres, Frame.square((600000.0, 5000040.0), metres)
    options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), size, size, 1, gdal.GDT_UInt16, options)
    raster.SetProjection(frame.crs_wkt)
    raster.SetGeoTransform(frame.geotransform)
    whole = np.tile(np.round(block).astype(np.uint16), (1, -(-size // block.shape[1])))[:, :size]
    for row in range(0, size, len(block)):
        rows = min(len(block), size - row)
        raster.WriteRaster(0, row, size, rows, np.ascontiguousarray(whole[:rows]).tobytes(), buf_type=gdal.GDT_UInt16)
    raster.FlushCache()


def main() -> None:
    """Sharpen the product with the defaults, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--side", type=int, default=TILE_PX, help="pixels of 10 m, a multiple of 6")
    wanted = parser.parse_args()
    folder = wanted.folder / str(wanted.side)
    if not (folder / NAME / "MTD_MSIL2A.xml").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_product(folder, wanted.side)
    started, face = time.process_time(), TASK.faces[0]
    done = run(Job(TASK, {"product": str(folder / NAME)}, output=str(folder / "sharp.tif"), method=face.methods[0],
                   memory_mb=face.memory_mb))  # fmt: skip
    seconds, peak = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    share = seconds / (wanted.side**2 / 1e6)
    print(f"{wanted.side} x {wanted.side} pixels, {len(done.bands)} bands, tiles of {done.tile_size}: at most "
          f"{peak:.0f} MiB, {seconds:.0f} s of processor time, {share:.2f} s per million pixels")  # fmt: skip


if __name__ == "__main__":
    main()
