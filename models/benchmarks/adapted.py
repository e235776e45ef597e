"""The network of the zoo adapted to each pair before it fuses, as `rsfusion:adaptpansharpening` does.

At reduced resolution the adaptation sees the reduced pair alone, which it reduces once more; the reference stays
unseen. A pair too small for that gets the network back as it is. Arrays as in `classical`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from models.benchmarks.contender import OURS, Contender
from models.benchmarks.ours import fuse_files
from models.rasters import write_pair
from rsfusion_qgis.core.consistency import AUTO
from rsfusion_qgis.core.errors import RsFusionError
from rsfusion_qgis.core.model_card import read_card
from rsfusion_qgis.core.pipeline import ImageWishes

SEED = 1


def adapted_contender(model: Path, minutes: float) -> Contender:
    """The contender; its name says how long it trains on each pair. It is left out of the coregistered test."""
    card = read_card(model)
    name = f"{card.name} adapted, {minutes:g} min"
    return Contender(name, OURS, partial(_fuse, model, minutes), ("reduced", "full"), card)


def _fuse(
    model: Path, minutes: float, ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]
) -> np.ndarray:
    with tempfile.TemporaryDirectory(prefix="rsfusion_adapted_") as name:
        folder = Path(name)
        pan_path, ms_path = write_pair(folder, ms, pan, ratio)
        tuned = folder / "adapted.onnx"
        job = {
            "pan": str(pan_path), "ms": str(ms_path), "model": str(model), "output": str(tuned), "name": "adapted",
            "sensor": "generic", "gains": list(gains), "pan_gain": 0.0, "minutes": minutes, "seed": SEED, "threads": 0,
        }  # fmt: skip
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        command = [sys.executable, "-m", "models.recipes.adaptation", str(folder / "job.json")]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RsFusionError(done.stderr.strip().splitlines()[-1])
        return fuse_files(tuned, pan_path, ms_path, folder / "fused.tif", ImageWishes(AUTO, gains=tuple(gains)))
