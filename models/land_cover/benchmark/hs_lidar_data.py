"""The data of the HS-LiDAR benchmark: forest plots as labelled scenes with their folds, and lists of pixels.

Axis order: (bands, rows, cols). HS reflectance 0..1 (stored x 10000 for the plots), LiDAR as stored.

    python -m models.land_cover.benchmark.hs_lidar_data --data FOLDER

This makes `hs_lidar_folds.json` anew, from labels only.

Plots whose corners lie less than `NEAR_M` apart are one group, and a group is in one fold. The folds were made once,
before any method had seen the data, and have not been changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage
from scipy.cluster.hierarchy import fcluster, linkage

from models.common.rasters import open_raster, read_values
from models.land_cover.samples.balance import fold_groups
from models.land_cover.samples.scenes import NO_REGION, UNLABELLED, LabelledScene
from rsfusion_qgis.core.basics.errors import InputError

PLOTS, HOUSTON = "hs_lidar/idtrees_neon", "hs_lidar/houston2013_train_pixels"
FOLDS, SEED, NEAR_M = 5, 0, 60.0
FOLDS_FILE = Path(__file__).with_name("hs_lidar_folds.json")
REFLECTANCE, NODATA = 1e-4, -9000.0
CHM, INTENSITY, DENSITY = 0, 1, 2


@dataclass(frozen=True)
class Plot:
    """One forest plot."""

    name: str
    scene: LabelledScene
    """Roles `hs` and `lidar`; a region is a connected patch of one class."""
    corner_m: tuple[float, float]
    """Upper left corner in its UTM zone."""


def read_plots(data: Path) -> tuple[list[Plot], tuple[str, ...]]:
    """Read the plots that hold labels, by name, and the names of the classes.

    Raises
    ------
    InputError
        The folder has no such data.
    """
    folder = Path(data) / PLOTS
    if not (folder / "classes_group.json").is_file():
        raise InputError(f"--data: '{data}' has no {PLOTS}; give the folder that holds it.")
    names = json.loads((folder / "classes_group.json").read_text(encoding="utf-8"))
    classes = tuple(names[str(code)] for code in range(1, len(names)))
    plots, used = [], 0
    for path in sorted(folder.glob("*_group_1m.tif")):
        plot = _read_plot(path, used)
        if plot.scene.regions.any():
            plots.append(plot)
            used = int(plot.scene.regions.max())
    return plots, classes


def read_pixels(data: Path) -> tuple[dict[str, np.ndarray], np.ndarray, tuple[str, ...]]:
    """Read the Houston training pixels: role -> (bands, pixels) float32, labels (pixels,) from 0, names of classes."""
    folder = Path(data) / HOUSTON
    if not folder.is_dir():
        raise InputError(f"--data: '{data}' has no {HOUSTON}; give the folder that holds it.")
    names = json.loads((folder / "info.json").read_text(encoding="utf-8"))["classes"]
    paths = {"hs": "hs_pixels.tif", "lidar": "lidar_pixels.tif", "labels": "label_pixels.tif"}
    read = {role: read_values(open_raster(folder / name))[:, 0] for role, name in paths.items()}
    inputs = {role: read[role].astype(np.float32) for role in ("hs", "lidar")}
    return inputs, read["labels"][0].astype(int) - 1, tuple(names[str(code)] for code in range(1, len(names)))


def read_folds() -> dict[str, int]:
    """Plot -> fold, as committed."""
    return json.loads(FOLDS_FILE.read_text(encoding="utf-8"))["folds"]


def make_folds(plots: Sequence[Plot], classes: int) -> dict[str, int]:
    """Plot -> fold, stratified by the pixels of each class."""
    group = near_groups([plot.corner_m for plot in plots], NEAR_M)
    counts = np.zeros((group.max() + 1, classes), np.int64)
    for plot, number in zip(plots, group):
        labels = plot.scene.labels
        counts[number] += np.bincount(labels[labels != UNLABELLED], minlength=classes)
    return {plot.name: int(fold) for plot, fold in zip(plots, fold_groups(counts, FOLDS, SEED)[group])}


def near_groups(corners_m: Sequence[tuple[float, float]], near_m: float) -> np.ndarray:
    """Group 0.. of every place; places that a chain of steps below `near_m` joins are one group."""
    tree = linkage(np.asarray(corners_m, float), "single")
    return np.unique(fcluster(tree, near_m, "distance"), return_inverse=True)[1]


def _read_plot(labels_path: Path, first_region: int) -> Plot:
    name = labels_path.name.replace("_group_1m.tif", "")
    dataset = open_raster(labels_path.with_name(f"{name}_hs_1m.tif"))
    transform = dataset.GetGeoTransform()
    hs = (read_values(dataset) * REFLECTANCE).astype(np.float32)
    lidar = read_values(open_raster(labels_path.with_name(f"{name}_lidar_1m.tif"))).astype(np.float32)
    labels = (read_values(open_raster(labels_path))[0] - 1).astype(np.int16)
    intensity_there = lidar[INTENSITY] > NODATA
    lidar[INTENSITY] = filled(lidar[INTENSITY], intensity_there)
    valid = {"hs": np.ones(labels.shape, bool), "lidar": np.all(lidar > NODATA, axis=0)}
    regions = patches(labels, first_region)
    return Plot(name, LabelledScene({"hs": hs, "lidar": lidar}, valid, labels, regions, name), transform[0:4:3])


def filled(values: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Holes of a raster (rows, cols) filled with the nearest value that is there; as it is where none is."""
    if there.all() or not there.any():
        return values
    _, nearest = ndimage.distance_transform_edt(~there, return_indices=True)
    return values[tuple(nearest)]


def patches(labels: np.ndarray, first: int = 0) -> np.ndarray:
    """Regions (rows, cols) int32 from first + 1 on: connected patches of one class, touching corners included."""
    regions = np.full(labels.shape, NO_REGION, np.int32)
    for label in np.unique(labels[labels != UNLABELLED]):
        found, count = ndimage.label(labels == label, np.ones((3, 3)))
        regions[found > 0] = found[found > 0] + first
        first += count
    return regions


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the committed folds anew.")
    parser.add_argument("--data", type=Path, required=True)
    plots, classes = read_plots(parser.parse_args(arguments).data)
    text = {
        "about": "fold of every forest plot that holds labels; made from labels only",
        "seed": SEED, "near_m": NEAR_M, "folds": make_folds(plots, len(classes)),
    }
    FOLDS_FILE.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
