"""Write a network for one scene as an ordinary ONNX file with a card."""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.common.export import export_checkpoint
from models.hyperspectral_sharpening.adaptation.data import Material
from models.hyperspectral_sharpening.adaptation.fitting import Fitted
from rsfusion_qgis.core.networks.card import usable_name
from rsfusion_qgis.core.rasters.band_info import BandInfo

SPAN = 1.1
"""By this factor the ratio of pixel sizes may differ from that of the scene."""


def write_network(fitted: Fitted, material: Material, job: dict[str, Any]) -> None:
    """Write the job's output."""
    network, output = fitted.network, Path(job["output"])
    state = {"architecture": network.slug, "config": network.config, "state": network.state_dict(), "training": {}}
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        checkpoint, made = Path(folder) / "checkpoint.pt", Path(folder) / output.name
        torch.save(state, checkpoint)
        with redirect_stdout(sys.stderr):  # what the export says is not for the one who reads lines of JSON
            export_checkpoint(checkpoint, made, _fields(fitted, material, job))
        shutil.copyfile(made, output)


def _fields(fitted: Fitted, material: Material, job: dict[str, Any]) -> dict[str, Any]:
    names = f"{Path(job['hs']).name} and {Path(job['guide']).name}"
    inputs = [_input("hs", material.bands, material.offset, material.scale),
              _input("guide", material.guide_bands, material.guide_offset, material.guide_scale)]  # fmt: skip
    errors = {"held-out error before, %": fitted.before, "held-out error after, %": fitted.after}
    return {
        "name": usable_name(job["name"], "scene network"),
        "description": (
            f"Trained on {names} alone, {fitted.steps} steps, seed {job['seed']}. It fits this pair, and others of "
            "the same sensors, season and kind of ground at best. Errors: one scale coarser, on blocks held out, in "
            "% of each band's mean."
        ),
        "inputs": inputs,
        "ratio_range": [material.ratio / SPAN, material.ratio * SPAN],
        "training_data": [names],
        "quality": {name: round(value, 4) for name, value in errors.items() if math.isfinite(value)},
    }


def _input(name: str, bands: Sequence[BandInfo], offset: np.ndarray, scale: np.ndarray) -> dict[str, Any]:
    scaling: dict[str, Any] = {"kind": "bands", "offsets": offset.tolist(), "scales": scale.tolist()}
    if len(bands) == 1:
        scaling = {"kind": "linear", "offset": float(offset[0]), "scale": float(scale[0])}
    told = [{"name": f"{name} {place}", "wavelength_um": band.wavelength_um}
            for place, band in enumerate(bands, start=1)]  # fmt: skip
    return {"name": name, "role": name, "bands": told, "scaling": scaling}
