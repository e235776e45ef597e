"""Share of sealed ground in a real city from HS of 30 m and MS of 3.6 m, by the training that QGIS runs.

    python -m models.regression.sealed_ground --data <folder> [--methods krr forest plsr]

Berlin-Urban-Gradient 2009 (Okujeni, van der Linden, Hostert 2016, GFZ Data Services): the truth is the share of roofs
and pavement among mapped pixels of 3.6 m, for pixels of HS of which nine tenths are mapped.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common.rasters import open_raster
from models.regression.fitting import METHODS
from models.regression.train import work

FOLDER = "hs/berlin_urban_gradient"
SEALED, LEAST_MAPPED, NODATA = (1, 2), 0.9, -1.0
SETS = {"HS": ("hs",), "MS": ("ms",), "HS + MS": ("hs", "ms")}
"""MS alone is brought to the pixels of HS first, which the training does itself where both are given."""


def write_truth(folder: Path, target: Path) -> str:
    """Write the share of sealed ground on the grid of HS."""
    codes, hs = open_raster(folder / "landcover_3m6.tif"), open_raster(folder / "hs_30m.tif")
    values = codes.ReadAsArray()
    mapped, sealed = (_averaged(codes, one, hs) for one in (values > 0, np.isin(values, SEALED)))
    share = np.where(mapped >= LEAST_MAPPED, sealed / np.maximum(mapped, 1e-6), NODATA).astype(np.float32)
    made = gdal.GetDriverByName("GTiff").Create(str(target), hs.RasterXSize, hs.RasterYSize, 1, gdal.GDT_Float32)
    made.SetGeoTransform(hs.GetGeoTransform())
    made.SetProjection(hs.GetProjection())
    band = made.GetRasterBand(1)
    band.WriteArray(share)
    band.SetNoDataValue(NODATA)
    band.SetDescription("sealed share")
    made.FlushCache()
    return str(target)


def _coarse_ms(files: dict[str, str], target: Path) -> str:
    hs = open_raster(Path(files["hs"]))
    x, step, _, y, _, _ = hs.GetGeoTransform()
    bounds = x, y - step * hs.RasterYSize, x + step * hs.RasterXSize, y
    made = gdal.Warp(str(target), files["ms"], outputBounds=bounds, width=hs.RasterXSize, height=hs.RasterYSize,
                     resampleAlg="average")  # fmt: skip
    made.FlushCache()
    return str(target)


def _averaged(fine: gdal.Dataset, values: np.ndarray, coarse: gdal.Dataset) -> np.ndarray:
    memory = gdal.GetDriverByName("MEM").Create("", fine.RasterXSize, fine.RasterYSize, 1, gdal.GDT_Float32)
    memory.SetGeoTransform(fine.GetGeoTransform())
    memory.SetProjection(fine.GetProjection())
    memory.GetRasterBand(1).WriteArray(values.astype(np.float32))
    x, step, _, y, _, _ = coarse.GetGeoTransform()
    bounds = x, y - step * coarse.RasterYSize, x + step * coarse.RasterXSize, y
    return gdal.Warp("", memory, format="MEM", outputBounds=bounds, width=coarse.RasterXSize,
                     height=coarse.RasterYSize, resampleAlg="average").ReadAsArray()  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--methods", nargs="*", choices=METHODS, default=["krr", "forest", "plsr"])
    parser.add_argument("--sets", nargs="*", choices=list(SETS), default=list(SETS))
    given = parser.parse_args(arguments)
    source = given.data / FOLDER
    files = {"hs": str(source / "hs_30m.tif"), "ms": str(source / "ms_3m6.tif")}
    print("| method, rasters | R² | RMSE | bias | within 90 % interval | its width | pixels |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        truth = write_truth(source, Path(folder) / "sealed.tif")
        coarse = {**files, "ms": _coarse_ms(files, Path(folder) / "ms.tif")}
        for method in given.methods:
            for name, roles in ((one, SETS[one]) for one in given.sets):
                given_files = files if len(roles) > 1 else coarse
                job = {
                    "inputs": {role: given_files[role] for role in roles}, "policy": "warn", "grid": "",
                    "samples": {"path": truth, "field": "", "layer": "", "parameter": "VALUES", "label": ""},
                    "architecture": method, "minutes": 6.0, "coverage": 0.9, "absent": "any", "folds": 5, "block": 0.0,
                    "seed": 1, "threads": 1, "output": str(Path(folder) / "net.onnx"), "name": "sealed",
                }  # fmt: skip
                with contextlib.redirect_stdout(io.StringIO()):
                    one = work(job)
                if method == given.methods[0] and name == given.sets[0]:
                    print(f"| mean of the other folds | 0 | {one['RMSE_OF_MEAN']:.3f} | | | | |")
                print(f"| {method}, {name} | {one['R2']:.3f} | {one['RMSE']:.3f} | {one['BIAS']:+.3f} | "
                      f"{100 * one['COVERAGE_FOUND']:.1f} % | {one['WIDTH']:.2f} | {one['SAMPLE_PIXELS']} |",
                      flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
