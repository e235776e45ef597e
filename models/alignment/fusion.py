"""End to end: what a shift between pan and MS costs the fused image, and how much of it policy "correct" brings back.

Wald's protocol on real pairs: pan and MS are first brought onto each other (as in the pansharpening benchmark), then
reduced by their ratio; the original MS is the reference. Once the reduced MS nests in the reduced pan, once it is
sampled elsewhere, by the same shift as if the pan had been moved the other way: so the reference, on the pan's grid,
stays what it is and nothing is interpolated. Fused from files by the engine with the network of the zoo.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from models.common.rasters import ORIGIN, frame_of, open_raster, read_values
from models.pansharpening.benchmark.ours import zoo_networks
from models.pansharpening.benchmark.pairs import MAIN, Pair, find_pairs
from models.pansharpening.benchmark.wald import Reduced, inner, reduce_pair
from models.pansharpening.pair_files import write_pair
from models.pansharpening.shift import measure_shift
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images import ERGAS
from rsfusion_qgis.core.operators.consistency import OFF
from rsfusion_qgis.core.sensors.catalogue import GENERIC
from rsfusion_qgis.tasks.pansharpening.options import NetworkOptions
from rsfusion_qgis.tasks.pansharpening.task import TASK

SHIFT = (1.3, -0.7)
"""Of the pan against the MS, (cols, rows), pan pixels."""
LEAST_MS_PX = 160
"""Smaller MS images, reduced by their ratio, leave too little to be measured."""


@dataclass(frozen=True)
class Fused:
    """ERGAS of one pair; NaN where the run failed."""

    pair: str
    aligned: float
    """Without the shift, nothing corrected."""
    warned: float
    """Shifted, policy "warn"."""
    corrected: float
    """Shifted, policy "correct"."""
    trouble: str = ""

    @property
    def brought_back(self) -> float:
        """Share of the loss that "correct" brings back."""
        return (self.warned - self.corrected) / (self.warned - self.aligned)


def fuse_shifted(data: Path, most: int | None = None) -> list[Fused]:
    """Every pair that is large enough and not reduced by its source, or the first `most` of them."""
    networks = zoo_networks()
    if not networks or not (data / "pan_ms").is_dir():
        return []
    pairs = [p for p in find_pairs(data) if p.group == MAIN and not p.reduced_by_source and _large(p)]
    return [_fused(pair, networks[0]) for pair in pairs[:most]]


def _large(pair: Pair) -> bool:
    return min(pair.ms.shape[1:]) >= LEAST_MS_PX


def _fused(pair: Pair, network: Path) -> Fused:
    blank = Fused(pair.name, math.nan, math.nan, math.nan)
    own = measure_shift(pair.ms, pair.pan, pair.ratio, pair.gains)
    aligned = reduce_pair(pair.ms, pair.pan, pair.ratio, pair.gains, pair.sensor.pan_gain, own)
    try:
        return replace(
            blank,
            aligned=_ergas(aligned, pair.ratio, network, "warn"),
            warned=_ergas(shifted(aligned, pair.ratio, pair.gains), pair.ratio, network, "warn"),
            corrected=_ergas(shifted(aligned, pair.ratio, pair.gains), pair.ratio, network, "correct"),
        )
    except RsFusionError as error:
        return replace(blank, trouble=str(error))


def shifted(pair: Reduced, ratio: int, gains: Sequence[float]) -> Reduced:
    """The pair with its MS sampled so that the pan seems moved by `SHIFT`."""
    where = (-SHIFT[1], -SHIFT[0])
    return replace(pair, ms=degrade(pair.reference, ratio, gains, [where] * len(gains)))


def _ergas(pair: Reduced, ratio: int, network: Path, policy: str) -> float:
    with tempfile.TemporaryDirectory(prefix="rsfusion_registration_") as name:
        pan, ms = write_pair(Path(name), pair.ms, pair.pan, ratio)
        output = Path(name) / "fused.tif"
        inputs, options = {"pan": str(pan), "ms": str(ms)}, NetworkOptions(GENERIC, consistency=OFF)
        run(Job(TASK, inputs, str(output), model=str(network), options=options, policy=policy, device="cpu"))
        fused = inner(_on_canvas(output, pair.reference.shape))
    if not np.isfinite(fused).all():
        raise RsFusionError(f"Under '{policy}' the result leaves more of the image out than the border of the metric.")
    return float(ERGAS.compute(fused=fused, reference=inner(pair.reference), ratio=ratio))


def _on_canvas(path: Path, shape: tuple[int, ...]) -> np.ndarray:
    """The result where it lies on the reference; NaN where it has nothing: a moved MS leaves a border out."""
    dataset, canvas = open_raster(path), np.full(shape, np.nan)
    values, corner = read_values(dataset), frame_of(dataset).geotransform
    col, row = round(corner[0] - ORIGIN[0]), round(ORIGIN[1] - corner[3])
    canvas[:, row : row + values.shape[1], col : col + values.shape[2]] = values
    return canvas
