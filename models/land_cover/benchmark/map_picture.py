"""A classification as a picture: the image, the samples, the map and its confidence side by side.

    python -m models.land_cover.benchmark.map_picture --image ms.tif --bands 4 3 2 --samples labels.tif \
        --map classes.tif --confidence confidence.tif --out map.png

All rasters lie on one grid. Colours of samples and map are those of the map's colour table; where there is no sample it
is white.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common.rasters import open_raster, read_values
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.reports.checkerboard import stretched
from rsfusion_qgis.core.reports.png import encode_png

GAP_PX, WHITE = 8, 255


def picture(image: np.ndarray, samples: np.ndarray, classes: np.ndarray, confidence: np.ndarray,
            colours: np.ndarray) -> np.ndarray:  # fmt: skip
    """The four parts, (rows, cols, 3) uint8.

    Parameters
    ----------
    image : (3, rows, cols), red, green and blue. samples, classes : (rows, cols) codes, 0 = none.
    confidence : (rows, cols) 0..1. colours : (256, 3) uint8, of every code.
    """
    shown = np.stack([stretched(band, np.isfinite(band)) for band in image], axis=-1)
    grey = 255 * np.nan_to_num(confidence).clip(0, 1)
    parts = [shown, colours[samples], colours[classes], np.repeat(grey[..., None], 3, axis=2)]
    gap = np.full((image.shape[1], GAP_PX, 3), WHITE)
    return np.concatenate([one for part in parts for one in (part, gap)][:-1], axis=1).round().astype(np.uint8)


def colours_of(dataset: gdal.Dataset) -> np.ndarray:
    """Colours of the codes of a class raster, (256, 3) uint8; white for 0 and for what its table lacks."""
    table, found = dataset.GetRasterBand(1).GetColorTable(), np.full((256, 3), WHITE, np.uint8)
    for code in range(1, min(table.GetCount(), 256) if table else 0):
        found[code] = table.GetColorEntry(code)[:3]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the PNG file; 0, or 1 with one sentence on stderr."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("image", "samples", "map", "confidence", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--bands", type=int, nargs=3, default=(3, 2, 1), help="of the image: red, green, blue")
    given = parser.parse_args(arguments)
    try:
        image = read_values(open_raster(given.image))[[band - 1 for band in given.bands]]
        classes = open_raster(given.map)
        codes = [read_values(one)[0].astype(np.uint8) for one in (open_raster(given.samples), classes)]
        confidence = read_values(open_raster(given.confidence))[0]
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    given.out.write_bytes(encode_png(picture(image, *codes, confidence, colours_of(classes))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
