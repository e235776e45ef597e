"""A generated scene as files for an assessment: fine and coarse raster, the truth, and a fused one with an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from rsfusion_qgis.core.assessment.images.job import AssessmentJob
from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName
from rsfusion_qgis.core.grid.degradation import degrade
from tests.core.alignment.checks.textures import texture
from tests.rasters import PAN_PIXEL_M, grid_transform, write_raster

RATIO, GAIN, FINE_GAIN = 4, 0.3, 0.15
SIZE = 512
PARAMETERS = {"fused": "FUSED", "reference": "REFERENCE", "fine": "PAN", "coarse": "MS"}
"""What the user calls each raster of a pansharpening."""


def write_pair(folder: Path) -> dict[str, str]:
    """PAN ("fine"), MS ("coarse") and the true image of one scene, and a fused one with a small error."""
    fine, own = texture(SIZE, seed=1), texture(SIZE, seed=2)
    truth = np.stack([500 + 60 * fine + 20 * own, 900 + 100 * fine, 700 - 40 * fine + 30 * own])
    ms = degrade(truth, RATIO, [GAIN] * 3)
    names = ("blue", "green", "red")
    fused = truth + np.random.default_rng(0).normal(0, 4, truth.shape)
    place, coarse = grid_transform(PAN_PIXEL_M), grid_transform(PAN_PIXEL_M * RATIO)
    return {
        "fine": write_raster(folder / "pan.tif", truth.mean(0, keepdims=True), place, dtype="Float32"),
        "coarse": write_raster(folder / "ms.tif", ms, coarse, dtype="Float32", descriptions=names),
        "reference": write_raster(folder / "truth.tif", truth, place, dtype="Float32", descriptions=names),
        "fused": write_raster(folder / "fused.tif", fused, place, dtype="Float32", descriptions=names),
    }


def pansharpening(protocol: str, given: dict[str, str], **more: Any) -> AssessmentJob:
    """An assessment whose rasters the user calls PAN and MS; `given` are paths by name."""
    named = {name: RasterName(given.get(name, ""), parameter) for name, parameter in PARAMETERS.items()}
    named["fine"] = RasterName(named["fine"].path, "PAN", "Panchromatic raster", 1)
    return AssessmentJob(protocol, **named, **more)
