"""The part of `attack.py` that cancels: every algorithm, on large rasters, at many moments of its run.

The rasters of `compare` are laid beside themselves until they are large, so that a tile has its full size and takes its
full time. A run is done once to the end; then it is cancelled at shares of that time, and the seconds from the cancel
to the end of the run count; on a busy computer, on which a run waits for the others, those of the processor. What stood
under the names of the results must still stand there.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import compare
import compare_jobs
import numpy as np
from attack_runs import OLD, Bench, placed
from osgeo import gdal

LIMIT_S = 2.0
JOBS = {
    "pansharpen": ("sensor, report",), "classicalpansharpen": ("report, float", "consistent"),
    "removeclouds": ("learning", "mask found"), "lidarfeatures": ("terrain and intensity", "small tiles, COG"),
    "classify": ("trained network",), "coregister": ("polynomial", "on the reference's grid"),
    "assessfusion": ("reference", "full resolution", "wald"), "assessclassification": ("samples", "raster"),
    "predictfine": ("one pair", "two pairs", "fsdaf"), "sharpenhyperspectral": ("hp1", "glp, bad bands"),
    "unmix": ("endmembers of the scene", "labels and heights", "synthetic"), "extractendmembers": ("CSV", "ENVI"),
}  # fmt: skip
"""Of these algorithms; of the others, the first job that writes something."""


def cancels(only: str, moments: int, large: int) -> int:
    """Print a line for every job, with the slowest cancel; returns how many took longer than `LIMIT_S`.

    The moments are denser towards the beginning and the end of a run; `large` is the side of the finest raster.
    """
    failed, steps = 0, np.linspace(0, np.pi, moments)
    shares = tuple(0.99 * (1 - np.cos(steps)) / 2)
    with tempfile.TemporaryDirectory(prefix="attack_") as folder:
        bench = Bench(Path(folder))
        for algorithm in sorted(bench.interface):
            for job in _jobs(bench, algorithm):
                if only in job.name:
                    failed += _one(bench, job, shares, large)
    print(f"{failed} not stood.")
    return failed


def _jobs(bench: Bench, algorithm: str) -> list[compare_jobs.Job]:
    names = [f"{algorithm}: {name}" for name in JOBS.get(algorithm, ())]
    chosen = [job for job in compare_jobs.all_jobs() if job.name in names]
    first = bench.job(algorithm)
    return chosen or ([first] if first else [])


def _one(bench: Bench, job: compare_jobs.Job, shares: tuple[float, ...], large: int) -> int:
    given, out = bench.scratch / "in", bench.scratch / "out"
    for place in (given, out):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    _enlarge(job.parameters, given, large)
    asked = {"kind": "cancels", "algorithm": job.algorithm, "parameters": placed(job.parameters, given, out),
             "shares": shares, "folder": str(out), "old": OLD.decode(), "many": job.algorithm == "batch"}  # fmt: skip
    code, answers = bench.ask(asked)
    if code or not answers or "seconds" not in answers[0]:
        print(f"FAULT  {job.name}: ended with {code}: {str(answers)[:500]}", flush=True)
        return 1
    whole, tries = answers[0]["seconds"], answers[1:]
    busy = os.getloadavg()[0] > (os.cpu_count() or 1) + 1
    slow = [one for one in tries if one["seconds"] > LIMIT_S and (one["cpu"] > LIMIT_S or not busy)]
    wrong = [one["trouble"] for one in tries if one["trouble"]]
    slowest = max(tries, key=lambda one: one["seconds"], default={"seconds": 0.0, "share": 0.0, "cpu": 0.0})
    print(f"{'FAULT' if slow or wrong else 'stood'}  {job.name}: {whole:.1f} s; {len(tries)} cancels, the slowest took "
          f"{slowest['seconds']:.2f} s, {slowest['cpu']:.2f} s of the processor, at {slowest['share']:.0%}"
          f"{'; the computer is busy' if busy else ''}", flush=True)  # fmt: skip
    for one in slow:
        took = f"{one['seconds']:.2f} s, {one['cpu']:.2f} s of CPU"
        print(f"       at {one['share']:.0%}: {took}; {one['where']}", flush=True)
    for trouble in wrong:
        print(f"       {trouble}", flush=True)
    return int(bool(slow or wrong))


def _enlarge(parameters: dict[str, Any], folder: Path, large: int) -> None:
    """Every raster of a job so often beside itself, mirrored, that the finest is large; other files as they are."""
    files = [compare.WORK / name for value in parameters.values() for name in compare_jobs.files(value)]
    if "JOBS" in parameters:
        files += [compare.WORK / name for name in ("pan.tif", "ms.tif", "dsm.tif", "dtm.tif")]
    sides = [data.RasterXSize for data in map(gdal.Open, map(str, files)) if data is not None]
    times = max(1, round(large / max(sides, default=large)))
    for file in compare.WORK.iterdir():
        if file not in files:
            shutil.copyfile(file, folder / file.name)
    for file in files:
        data = gdal.Open(str(file)) if file.suffix == ".tif" else None
        if data is None:
            shutil.copyfile(file, folder / file.name)
            continue
        driver = gdal.GetDriverByName("GTiff")
        values = np.frombuffer(data.ReadRaster(), gdal_type(data)).reshape(data.RasterCount, data.RasterYSize, -1)
        many = np.pad(values, ((0, 0), *((0, (times - 1) * side) for side in values.shape[1:])), mode="symmetric")
        made = driver.Create(str(folder / file.name), *many.shape[:0:-1], len(many),
                             data.GetRasterBand(1).DataType, ["TILED=YES", "COMPRESS=DEFLATE"])  # fmt: skip
        made.SetGeoTransform(data.GetGeoTransform())
        made.SetProjection(data.GetProjection())
        made.SetMetadata(data.GetMetadata())
        for place in range(1, len(many) + 1):
            one, like = made.GetRasterBand(place), data.GetRasterBand(place)
            one.SetDescription(like.GetDescription())
            one.SetMetadata(like.GetMetadata())
            if like.GetNoDataValue() is not None:
                one.SetNoDataValue(like.GetNoDataValue())
            if like.GetCategoryNames():
                one.SetCategoryNames(like.GetCategoryNames())
        made.WriteRaster(0, 0, made.RasterXSize, made.RasterYSize, np.ascontiguousarray(many).tobytes())
        del made


def gdal_type(data: gdal.Dataset) -> str:
    """What numpy calls the type of the first band."""
    names = {"Byte": "u1", "UInt16": "u2", "Int16": "i2", "UInt32": "u4", "Int32": "i4", "Float32": "f4"}
    return names.get(gdal.GetDataTypeName(data.GetRasterBand(1).DataType), "f8")


if __name__ == "__main__":
    sys.exit("run attack.py")
