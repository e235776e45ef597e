"""The demo's picture: pan, interpolated MS and result side by side. Axis order `(bands, rows, cols)`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

GAP_PX = 8
PERCENTILES = (2.0, 98.0)


def display_bands(dataset: gdal.Dataset) -> tuple[int, int, int]:
    """Return the bands (from 0) to show as red, green and blue."""
    kinds = [dataset.GetRasterBand(i + 1).GetColorInterpretation() for i in range(dataset.RasterCount)]
    wanted = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)
    if all(kind in kinds for kind in wanted):
        return tuple(kinds.index(kind) for kind in wanted)  # type: ignore[return-value]
    if len(kinds) >= 8:
        return (4, 2, 1)
    return (2, 1, 0) if len(kinds) >= 3 else (0, 0, 0)


def write_comparison(path: Path, pan: np.ndarray, ms: np.ndarray, fused: np.ndarray, zoom: int) -> None:
    """Write a PNG: pan, interpolated MS and result side by side, MS and result with one common stretch.

    All are `(1 or 3, rows, cols)` of the same place.
    """
    low, high = np.percentile(ms, PERCENTILES, axis=(1, 2), keepdims=True)
    grey = np.percentile(pan, PERCENTILES)
    panels = [_to_bytes(np.repeat(pan, 3, axis=0), *grey), _to_bytes(ms, low, high), _to_bytes(fused, low, high)]
    gap = np.full((3, pan.shape[1], GAP_PX // zoom), 255, np.uint8)
    picture = np.concatenate([panels[0], gap, panels[1], gap, panels[2]], axis=2)
    picture = np.ascontiguousarray(picture.repeat(zoom, axis=1).repeat(zoom, axis=2))
    _, rows, cols = picture.shape
    memory = gdal.GetDriverByName("MEM").Create("", cols, rows, 3, gdal.GDT_Byte)
    memory.WriteRaster(0, 0, cols, rows, picture.tobytes())
    gdal.GetDriverByName("PNG").CreateCopy(str(path), memory).FlushCache()
    Path(f"{path}.aux.xml").unlink(missing_ok=True)


def _to_bytes(values: np.ndarray, low: np.ndarray | float, high: np.ndarray | float) -> np.ndarray:
    span = np.maximum(np.subtract(high, low), 1e-9)
    return np.clip(np.rint((values - low) / span * 255), 0, 255).astype(np.uint8)
