"""Show on one pair what rsfusion:pansharpen does, through the real qgis_process.

    python -m models.pansharpening.demo                              on a generated scene, whose truth is known
    python -m models.pansharpening.demo --pan pan.tif --ms ms.tif    on your own rasters

Prints where the result is, a picture (pan, interpolated MS, result), and quality numbers beside those of
plain cubic interpolation. Your own rasters have no truth at the pan's resolution; there the numbers follow
Wald's protocol: both rasters are degraded by their ratio, fused, and compared with the original MS.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common import rasters
from models.pansharpening.benchmark.wald import inner, reduce_pair
from models.pansharpening.demo.picture import display_bands, write_comparison
from models.pansharpening.demo.scene import RATIO, write_demo_pair
from rsfusion_qgis.core.measures.images import ERGAS, Q2N, SAM

ROOT = Path(__file__).resolve().parents[3]
OUT = ROOT / "build" / "demo"
PICTURE_PX, ZOOM = 320, 2
# The part of the user's rasters on which the numbers are computed, in MS pixels.
WALD_MS_PX = 512
MS_GAIN, PAN_GAIN = 0.30, 0.15
UNSEEN = (
    "The network has not seen this scene in training, but other generated ones, so expect less on real images:\n"
    "make demo PAN=… MS=… measures it on yours."
)
READING = "ERGAS, SAM: less is better; Q2n: more, at most 1"


def fuse(pan: Path, ms: Path, output: Path, model: str, **options: object) -> dict[str, object]:
    """Run rsfusion:pansharpen through qgis_process and return its results; exits with its code on failure."""
    values = {"PAN": pan, "MS": ms, "OUTPUT": output, **({"MODEL": model} if model else {}), **options}
    command = [ROOT / ".ci" / "qgis_process", "--json", "run", "rsfusion:pansharpen", "--"]
    command += [f"{name}={value}" for name, value in values.items()]
    environment = {**os.environ, "RSFUSION_PREPARED": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip().splitlines()[-1].strip() if done.stderr.strip() else "", file=sys.stderr)
        raise SystemExit(done.returncode)
    return dict(json.loads(done.stdout)["results"])


def quality(fused: np.ndarray, reference: np.ndarray, ratio: int) -> dict[str, float]:
    """Return ERGAS, SAM and Q2n of an image against its reference, inside a border."""
    known = {"fused": inner(fused), "reference": inner(reference), "ratio": ratio}
    return {metric.label: metric.compute(**known) for metric in (ERGAS, SAM, Q2N)}


def quality_of_generated(ms: Path, reference: Path, fused: Path) -> dict[str, dict[str, float]]:
    """Return the numbers on the generated scene, against what the sensor would have delivered."""
    truth, cubic = (rasters.on_grid_of(path, fused) for path in (reference, ms))
    return {
        "cubic interpolation": quality(cubic, truth, RATIO),
        "rsfusion:pansharpen": quality(rasters.read_all(fused), truth, RATIO),
    }


def quality_by_wald(pan: Path, ms: Path, folder: Path, model: str) -> tuple[int, dict[str, dict[str, float]]]:
    """Return the ratio and the numbers after degrading both rasters by it: the MS itself is the reference."""
    ratio, sharp, colour = nested_part(pan, ms)
    reduced = reduce_pair(colour, sharp, ratio, [MS_GAIN] * len(colour), PAN_GAIN)
    frame, coarse = rasters.Frame.square((500000.0, 5000000.0), 1.0), rasters.Frame.square((500000.0, 5000000.0), ratio)
    pan_path = rasters.write_raster(folder / "wald_pan.tif", reduced.pan, frame, data_type="Float32")
    ms_path = rasters.write_raster(folder / "wald_ms.tif", reduced.ms, coarse, data_type="Float32")
    fused = folder / "wald_fused.tif"
    fuse(pan_path, ms_path, fused, model)
    return ratio, {
        "cubic interpolation": quality(rasters.on_grid_of(ms_path, fused), reduced.reference, ratio),
        "rsfusion:pansharpen": quality(rasters.read_all(fused), reduced.reference, ratio),
    }


def nested_part(pan: Path, ms: Path) -> tuple[int, np.ndarray, np.ndarray]:
    """Return the whole ratio nearest to the true one, and the middle part of pan and MS, MS nested on the pan.

    An MS that does not nest is brought onto the nested grid by cubic interpolation first.
    """
    pan_data, ms_data = rasters.open_raster(pan), rasters.open_raster(ms)
    frame, ms_frame = rasters.frame_of(pan_data), rasters.frame_of(ms_data)
    ratio = max(2, round(abs(ms_frame.geotransform[1] / frame.geotransform[1])))
    size = min(WALD_MS_PX, pan_data.RasterXSize // ratio, pan_data.RasterYSize // ratio) // ratio * ratio
    col, row = (pan_data.RasterXSize - size * ratio) // 2, (pan_data.RasterYSize - size * ratio) // 2
    part = frame.moved(col, row)
    x, xc, xr, y, yc, yr = part.geotransform
    nested = rasters.Frame(part.crs_wkt, (x, xc * ratio, xr * ratio, y, yc * ratio, yr * ratio))
    return (
        ratio,
        rasters.read_window(pan_data, col, row, size * ratio, size * ratio),
        rasters.on_grid(ms, nested, size, size),
    )


def located(path: Path, cols: int, rows: int, folder: Path) -> Path:
    """Return the raster itself, or, where it has no georeferencing, a VRT that spans `cols` x `rows` metres."""
    dataset = rasters.open_raster(path)
    if dataset.GetGeoTransform(can_return_null=True) is not None:
        return path
    vrt = folder / f"{path.stem}_located.vrt"
    corners = [0.0, float(rows), float(cols), 0.0]
    gdal.Translate(str(vrt), dataset, format="VRT", outputSRS=f"EPSG:{rasters.UTM}", outputBounds=corners).FlushCache()
    return vrt


def draw(pan: Path, ms: Path, fused: Path, picture: Path) -> None:
    """Write the picture of the middle of the result."""
    data = rasters.open_raster(fused)
    size = min(PICTURE_PX, data.RasterXSize, data.RasterYSize)
    col, row = (data.RasterXSize - size) // 2, (data.RasterYSize - size) // 2
    frame = rasters.frame_of(data).moved(col, row)
    shown = list(display_bands(rasters.open_raster(ms)))
    sharp, colour = (rasters.on_grid(path, frame, size, size) for path in (pan, ms))
    result = rasters.read_window(data, col, row, size, size)
    write_comparison(picture, sharp[:1], colour[shown], result[shown], ZOOM)


def table(rows: dict[str, dict[str, float]]) -> str:
    """Return the numbers as text, one method per line."""
    labels = list(next(iter(rows.values())))
    head = f"{'':22}" + "".join(f"{label:>10}" for label in labels)
    lines = [f"{name:22}" + "".join(f"{values[label]:10.3f}" for label in labels) for name, values in rows.items()]
    return "\n".join([head, *lines])


def main() -> None:
    """Run the demo; the exit code is 0, or qgis_process's own where it failed."""
    parser = argparse.ArgumentParser(description="What rsfusion:pansharpen does, on one pair.")
    parser.add_argument("--pan", type=Path, help="panchromatic raster")
    parser.add_argument("--ms", type=Path, help="multispectral raster")
    parser.add_argument("--model", default="", help="a network's name or .onnx file; default: the shipped one")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the results")
    parser.add_argument("--size", type=int, default=768, help="edge of the generated pan in pixels")
    parser.add_argument("--seed", type=int, default=7001, help="another number, another generated scene")
    asked = parser.parse_args()
    if bool(asked.pan) != bool(asked.ms):
        parser.error("--pan and --ms belong together; give both, or none for a generated scene.")
    asked.out.mkdir(parents=True, exist_ok=True)
    output, picture = asked.out / "fused.tif", asked.out / "before_after.png"
    reference = None
    pan, ms = asked.pan, asked.ms
    if pan is None:
        pair = write_demo_pair(asked.out, asked.size, asked.seed)
        pan, ms, reference = pair.pan, pair.ms, pair.reference
    print(f"PAN  {pan}\nMS   {ms}")
    started = time.perf_counter()
    results = fuse(pan, ms, output, asked.model)
    print("\n".join(f"     {line}" for line in str(results["FINDINGS"]).splitlines()))
    print(
        f"fused in {time.perf_counter() - started:.1f} s with QGIS's start, {float(results['SECONDS']):.2f} s without"
    )
    size = rasters.open_raster(pan)
    pan, ms, fused = (located(path, size.RasterXSize, size.RasterYSize, asked.out) for path in (pan, ms, output))
    draw(pan, ms, fused, picture)
    if reference is not None:
        numbers = quality_of_generated(ms, reference, output)
        print(f"\nAgainst what the MS sensor would deliver with the pan's pixels ({READING}):")
    else:
        ratio, numbers = quality_by_wald(pan, ms, asked.out, asked.model)
        print(f"\nWald's protocol, both rasters degraded by {ratio} ({READING}):")
    print(table(numbers))
    if reference is not None:
        print(UNSEEN)
    print(f"\nresult                              {output}\npicture: pan, interpolated MS, fused {picture}")
