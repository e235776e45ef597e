"""Does SAR detail make an optical image truer, or a map of classes better? Both measured where the truth is known.

    python -m models.sar_optical_fusion.benchmark --data FOLDER

FOLDER holds pairs `*_s2.tif` (12 or 13 bands of Sentinel-2) and `*_s1.tif` (decibels) on one grid of 10 m, and where
there is one `*_landcover.tif`. The bands of 10 m are averaged to coarser pixels and brought back with SAR at 10 m: by
interpolation alone (STRENGTH 0) and by each method, from file to file by the plugin's own engine. Then pixels are
classified by gradient boosting, with whole blocks held out. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.sar_optical_fusion.detail import METHODS
from rsfusion_qgis.tasks.sar_optical_fusion.options import DetailOptions
from rsfusion_qgis.tasks.sar_optical_fusion.task import TASK

RATIOS = (1, 2, 3, 6)
BLOCK_PX, FOLDS, PER_BLOCK = 32, 4, 200
_TREES = {"max_iter": 60, "max_leaf_nodes": 15, "random_state": 1}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(arguments)
    gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")
    gdal.UseExceptions()
    pairs = sorted(options.data.glob("*_s2.tif"))
    if not pairs:
        print(f"--data: '{options.data}' holds no *_s2.tif.", file=sys.stderr)
        return 1
    print(f"{len(pairs)} pairs\n\n| pixels of OPTICAL | method | RMSE, % of the mean | spectral angle, ° | correlation "
          "of detail | OA of classes | OA with SAR as further bands |\n|" + "---|" * 7)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for ratio in RATIOS:
            for name in ("interpolated", *METHODS):
                rows = [_measured(path, ratio, name, Path(folder)) for path in pairs]
                told = np.nanmean(rows, axis=0)
                cells = [f"{v:.{d}f}" if np.isfinite(v) else "—" for v, d in zip(told, (2, 2, 3, 3, 3))]
                print(f"| {10 * ratio} m | {name} | " + " | ".join(cells) + " |", flush=True)
    return 0


def _measured(path: Path, ratio: int, name: str, folder: Path) -> tuple[float, ...]:
    dataset = gdal.Open(str(path))
    image = dataset.ReadAsArray().astype(np.float64)
    places = (1, 2, 3, 7)  # B2, B3, B4, B8, with B1 first
    truth = image[list(places)]
    rows, cols = (size // 6 * 6 for size in truth.shape[1:])
    truth = truth[:, :rows, :cols]
    coarse = truth.reshape(4, rows // ratio, ratio, cols // ratio, ratio).mean(axis=(2, 4))
    x, width, _, y, _, height = dataset.GetGeoTransform()
    place = (x, width * ratio, 0.0, y, 0.0, height * ratio)
    optical = _written(folder / "optical.tif", coarse, place, dataset.GetProjection())
    radar = gdal.Open(str(path).replace("_s2.tif", "_s1.tif")).ReadAsArray()[:, :rows, :cols]
    sar = _written(folder / "sar.tif", radar, (x, width, 0.0, y, 0.0, height), dataset.GetProjection())
    method, strength = (METHODS[0], 0.0) if name == "interpolated" else (name, 1.0)
    told = DetailOptions(strength=strength, sar_unit="db")
    run(Job(TASK, {"optical": optical, "sar": sar}, str(folder / "fused.tif"), method=method, options=told))
    fused = gdal.Open(str(folder / "fused.tif")).ReadAsArray().astype(np.float64)
    labels = Path(str(path).replace("_s2.tif", "_landcover.tif"))
    accuracy = (np.nan, np.nan)
    if labels.exists():
        classes = gdal.Open(str(labels)).ReadAsArray()[:rows, :cols]
        accuracy = _accuracy(fused, classes), _accuracy(np.concatenate([fused, radar]), classes)
    return (*_quality(truth, fused), *accuracy)


def _written(path: Path, image: np.ndarray, place: tuple[float, ...], crs: str) -> str:
    made = gdal.GetDriverByName("GTiff").Create(str(path), image.shape[2], image.shape[1], len(image), gdal.GDT_Float32)
    made.SetGeoTransform(place)
    made.SetProjection(crs)
    for number, band in enumerate(image, start=1):
        made.GetRasterBand(number).WriteRaster(0, 0, image.shape[2], image.shape[1], band.astype(np.float32).tobytes())
    made.FlushCache()
    return str(path)


def _quality(truth: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    """RMSE in percent of the mean, spectral angle, and the correlation of what a mean of 3 x 3 pixels leaves."""
    error = 100 * np.sqrt(((found - truth) ** 2).mean(axis=(1, 2))) / truth.mean(axis=(1, 2))
    cosine = (truth * found).sum(0) / np.sqrt((truth**2).sum(0) * (found**2).sum(0)).clip(1e-9)
    angle = np.degrees(np.arccos(cosine.clip(-1, 1))).mean()
    pairs = [np.corrcoef(_detail(a).ravel(), _detail(b).ravel())[0, 1] for a, b in zip(truth, found)]
    return float(error.mean()), float(angle), float(np.mean(pairs))


def _detail(band: np.ndarray) -> np.ndarray:
    size = band.shape[0] - 2, band.shape[1] - 2
    around = sum(band[r : r + size[0], c : c + size[1]] for r in range(3) for c in range(3)) / 9
    return band[1:-1, 1:-1] - around


def _accuracy(image: np.ndarray, classes: np.ndarray) -> float:
    """Overall accuracy of gradient boosting on pixels, whole blocks held out in turn."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    draw = np.random.default_rng(1)
    row, col = np.mgrid[0 : classes.shape[0], 0 : classes.shape[1]] // BLOCK_PX
    block = row * (col.max() + 1) + col
    fold = draw.permutation(block.max() + 1)[block] % FOLDS
    table, right, total = image.reshape(len(image), -1).T, 0, 0
    taken = np.zeros(classes.size, bool)
    for one in range(block.max() + 1):
        own = np.flatnonzero(block.ravel() == one)
        taken[draw.permutation(own)[:PER_BLOCK]] = True
    taken &= classes.ravel() > 0
    for number in range(FOLDS):
        learned, judged = (taken & ((fold.ravel() == number) == held) for held in (False, True))
        model = HistGradientBoostingClassifier(**_TREES).fit(table[learned], classes.ravel()[learned])
        right += int((model.predict(table[judged]) == classes.ravel()[judged]).sum())
        total += int(judged.sum())
    return right / total


if __name__ == "__main__":
    sys.exit(main())
