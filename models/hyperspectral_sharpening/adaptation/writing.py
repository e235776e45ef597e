"""Write a network for one scene as an ordinary ONNX file with a card."""

from __future__ import annotations

import math
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.common.export import put_card
from models.common.parity import require_same
from models.common.tracing import SIZES, traced
from models.hyperspectral_sharpening.adaptation.data import Material
from models.hyperspectral_sharpening.adaptation.fitting import Fitted
from rsfusion_qgis.core.networks.card import ModelCard, usable_name
from rsfusion_qgis.core.networks.card_files import card_from_document
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.tasks.hyperspectral_sharpening.scene_network import seen_twice
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK

SPAN = 1.1
"""By this factor the ratio of pixel sizes may differ from that of the scene."""
TOLERANCE = 1e-3
"""Of a standard deviation: how far ONNX Runtime may differ from torch."""
NAMES = ["hs", "guide"]


def write_network(fitted: Fitted, material: Material, job: dict[str, Any]) -> None:
    """Write the job's output; raises ModelError where the file differs from torch."""
    network, output = fitted.network.eval(), Path(job["output"])
    card = card_from_document(_fields(fitted, material, job))
    counts = len(material.bands), 2 * len(material.guide_bands)
    example = tuple(torch.randn(1, count, 24, 32) for count in counts)
    free = dict.fromkeys((*NAMES, "fused"), SIZES) | {"guide": {1: "bands", **SIZES}}
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        bare, made = Path(folder) / "bare.onnx", Path(folder) / output.name
        bare.write_bytes(traced(network, example, NAMES, ["fused"], free).SerializeToString())
        _require_same(fitted, card, bare, counts)
        with redirect_stdout(sys.stderr):  # stdout is for whoever reads lines of JSON
            put_card(bare, card, made)
        output.write_bytes(made.read_bytes())


def _require_same(fitted: Fitted, card: ModelCard, path: Path, counts: tuple[int, int]) -> None:
    """Compare the file with torch on another size, and a part with the whole."""
    network = fitted.network
    with torch.random.fork_rng(devices=[]), InferenceSession(path, card, device="cpu", threads=1) as session:
        torch.manual_seed(1)
        feeds = {name: torch.randn(1, count, 29, 33).numpy() for name, count in zip(NAMES, counts)}
        feeds["guide"] = feeds["guide"] * network.guide_scale.numpy() + network.guide_offset.numpy()
        require_same(network, session, feeds, (5, 7), TOLERANCE, "report this")


def _fields(fitted: Fitted, material: Material, job: dict[str, Any]) -> dict[str, Any]:
    network = fitted.network
    names = f"{Path(job['hs']).name} and {Path(job['guide']).name}"
    image = _scaling(material.offset, material.scale)
    bands = [{"name": f"band {place}", "wavelength_um": band.wavelength_um}
             for place, band in enumerate(material.bands, start=1)]  # fmt: skip
    errors = {"held-out error before, %": fitted.before, "held-out error after, %": fitted.after}
    return {
        "name": usable_name(job["name"], "scene network"),
        "task": TASK.card_task,
        "description": (
            f"Trained on {names} alone, {fitted.steps} steps, seed {job['seed']}. It fits this pair, and others of "
            "the same sensors, season and kind of ground at best. Errors: one scale coarser, on blocks held out, in "
            f"% of each band's mean. {seen_twice(len(material.guide_bands))}"
        ),
        "inputs": [{"name": "hs", "role": "hs", "bands": bands, "scaling": image},
                   {"name": "guide", "role": "guide"}],
        "outputs": [{"name": "fused", "like": "hs"}],
        "halo": network.halo,
        "architecture": network.slug,
        "total_parameters": sum(weight.numel() for weight in network.parameters()),
        "ratio_range": [material.ratio / SPAN, material.ratio * SPAN],
        "training_data": [names],
        "quality": {name: round(value, 4) for name, value in errors.items() if math.isfinite(value)},
    }  # fmt: skip


def _scaling(offset: np.ndarray, scale: np.ndarray) -> dict[str, Any]:
    if len(offset) == 1:
        return {"kind": "linear", "offset": float(offset[0]), "scale": float(scale[0])}
    return {"kind": "bands", "offsets": offset.tolist(), "scales": scale.tolist()}
