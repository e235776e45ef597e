"""Canopy height of forest plots from HS and RGB, with LiDAR as the truth.

    python -m models.regression.benchmark --data <folder> [--methods forest krr ...] [--picture heights.png]

The plots are those of IDTReeS 2020 (NEON; 35 in Virginia, 28 in Florida): HS of 369 bands at 1 m, RGB at 0.1 m brought
to 1 m by averaging (and as the deviation within 1 m), canopy height at 1 m. Plots nearer than 60 m are one block; five
folds of blocks, of which each has its share of low and high canopies. Every row is measured on the plots that were left
out. `mean` is the mean height of the other folds' plots; `mean of the site` that of their plots of the same site.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from models.common.rasters import open_raster, read_values
from models.land_cover.benchmark.hs_lidar_data import CHM, NEAR_M, NODATA, PLOTS, REFLECTANCE, near_groups
from models.land_cover.samples.balance import fold_groups
from models.land_cover.samples.scenes import Chip, LabelledScene
from models.regression.fitting import ALL_THERE, METHODS, Recipe, Validated, halo_of, validate
from models.regression.intervals import measured
from models.regression.material import bins_of, number_chips, number_scene, targets_of
from rsfusion_qgis.core.basics.errors import InputError

FOLDS, SEED, COVERAGE = 5, 0, 0.9
MINUTES = 30.0
"""Of a fit at most; the number of steps ends it before."""
FINER = 10
"""Pixels of RGB along one of HS."""
SETS = (("hs",), ("ms",), ("hs", "ms"))
NAMES = {"hs": "HS", "ms": "RGB"}


@dataclass(frozen=True)
class Plot:
    """A plot: its scene with the heights, its site, and where its upper left corner lies."""

    name: str
    scene: LabelledScene
    corner_m: tuple[float, float]

    @property
    def site(self) -> str:
        """Virginia or Florida, by the first letters of the name."""
        return self.name.split("_")[0]


def read_plots(data: Path) -> list[Plot]:
    """All plots, by name.

    Raises
    ------
    InputError
        The folder has no such data.
    """
    folder = data / PLOTS
    if not folder.is_dir():
        raise InputError(f"--data: '{data}' has no {PLOTS}; give the folder that holds it.")
    return [_plot(path, number) for number, path in enumerate(sorted(folder.glob("*_lidar_1m.tif")))]


def _plot(path: Path, number: int) -> Plot:
    name = path.name.replace("_lidar_1m.tif", "")
    heights = read_values(open_raster(path)).astype(np.float32)[CHM]
    dataset = open_raster(path.with_name(f"{name}_hs_1m.tif"))
    hs = (read_values(dataset) * REFLECTANCE).astype(np.float32)
    rgb = read_values(open_raster(path.with_name(f"{name}_rgb_10cm.tif"))).astype(np.float32)
    rows, cols = heights.shape
    fine = rgb[:, : rows * FINER, : cols * FINER].reshape(len(rgb), rows, FINER, cols, FINER)
    ms = np.concatenate([fine.mean((2, 4)), fine.std((2, 4))])
    known = heights > NODATA
    there = np.ones(heights.shape, bool)
    regions = np.where(known, number + 1, 0).astype(np.int32)
    scene = number_scene({"hs": hs, "ms": ms}, {"hs": there, "ms": there}, heights, regions, known, name)
    transform = dataset.GetGeoTransform()
    return Plot(name, scene, (transform[0], transform[3]))


def folds_of(plots: Sequence[Plot]) -> dict[int, int]:
    """Fold of each plot, whose regions are the plots."""
    group = near_groups([plot.corner_m for plot in plots], NEAR_M)
    heights = [plot.scene.inputs["target"][0][plot.scene.labels >= 0] for plot in plots]
    bins = bins_of(np.concatenate(heights))
    held = np.zeros((group.max() + 1, len(bins.centres)), np.int64)
    for number, values in zip(group, heights):
        held[number] += np.bincount(bins.of(values), minlength=held.shape[1])
    fold = fold_groups(held, FOLDS, SEED)[group]
    return {number + 1: int(one) for number, one in enumerate(fold)}


def chips_of(plots: Sequence[Plot], roles: Sequence[str], method: str) -> list[Chip]:
    """Chips of all plots with these rasters, and with as much around as the method sees."""
    bands = {role: len(plots[0].scene.inputs[role]) for role in roles}
    halo = halo_of(method, bands)
    chips = [chip for number, plot in enumerate(plots) for chip in number_chips(plot.scene, halo, number)]
    return [replace(chip, inputs={role: chip.inputs[role] for role in roles},
                    valid={role: chip.valid[role] for role in roles}) for chip in chips]  # fmt: skip


def row(name: str, found: Validated, role: str, seconds: float) -> str:
    """A row of the table, the means of plots beside those of pixels."""
    one = measured(found, role, COVERAGE)
    return (f"| {name} | {one.r2:.3f} | {one.rmse:.2f} | {one.bias:+.2f} | {100 * one.coverage:.1f} % | "
            f"{one.width:.1f} | {seconds:.0f} |")  # fmt: skip


def site_means(plots: Sequence[Plot], fold_of: dict[int, int]) -> float:
    """RMSE of the mean height of the same site's plots in the other folds."""
    errors = []
    heights = {number + 1: plot.scene.inputs["target"][0][plot.scene.labels >= 0] for number, plot in enumerate(plots)}
    for number, values in heights.items():
        others = [heights[one] for one, plot in enumerate(plots, start=1)
                  if fold_of[one] != fold_of[number] and plot.site == plots[number - 1].site]  # fmt: skip
        errors.append(values - np.concatenate(others).mean())
    return float(np.sqrt((np.concatenate(errors) ** 2).mean()))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--methods", nargs="*", choices=METHODS, default=list(METHODS))
    parser.add_argument("--steps", type=int, default=200, help="of one fit of a network, at most")
    parser.add_argument("--both-only", action="store_true", help="leave out the rows of one raster alone")
    parser.add_argument("--all-needed", action="store_true", help="train for rasters that are never absent")
    parser.add_argument("--save", type=Path, help="JSON file for the estimates of the last row")
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    plots = read_plots(given.data)
    fold_of = folds_of(plots)
    values = targets_of(chips_of(plots, ("ms",), METHODS[0]))
    print(f"{len(plots)} plots, {len(values)} pixels, mean {np.mean(values):.1f} m, deviation {np.std(values):.2f} m")
    print("\n| method, rasters | R² | RMSE (m) | bias (m) | within 90 % interval | its width (m) | seconds |")
    print("|---|---|---|---|---|---|---|", flush=True)
    plain = False
    for method in given.methods:
        for roles in (SETS[-1:] if given.both_only else SETS):
            began = time.process_time()
            optional = roles if len(roles) > 1 and not given.all_needed else ()
            recipe = Recipe(method, MINUTES, optional, SEED + 1, 1, given.steps)
            found = validate(chips_of(plots, roles, method), fold_of, recipe)
            taken = time.process_time() - began
            if not plain:
                plain = True
                mean = measured(found, ALL_THERE, COVERAGE)
                print(f"| mean | 0 | {mean.rmse_of_mean:.2f} | | | | |")
                print(f"| mean of the site | | {site_means(plots, fold_of):.2f} | | | | |")
            name = f"{method}, {' + '.join(NAMES[role] for role in roles)}"
            print(row(name, found, ALL_THERE, taken), flush=True)
            for absent in found.estimates:
                if absent:
                    print(row(f"{name}, trained with both, {NAMES[absent]} absent", found, absent, 0), flush=True)
    if given.save:
        told = {"truth": found.truth.tolist(), "estimate": found.estimates[ALL_THERE].tolist()}
        given.save.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
