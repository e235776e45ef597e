"""Write an adapted network as an ordinary ONNX file, with a card that says where it comes from."""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

import torch
from torch import nn

from models.common.export import export_checkpoint
from models.pansharpening.networks import specs
from rsfusion_qgis.core.networks.card import ModelCard, usable_name
from rsfusion_qgis.core.networks.onnx_file import file_sha256

Measured = dict[str, tuple[float, float]]


def write_adapted(network: nn.Module, parent: ModelCard, job: dict, measured: Measured, steps: int) -> None:
    """Write the job's output.

    Parameters
    ----------
    parent : card of the network that it began with.
    job : see `adaptation`.
    measured : name -> (before, after) on held-out blocks; NaN = not measured.
    """
    output = Path(job["output"])
    fields = {name: value for name, value in _fields(parent, job, measured, steps).items() if value}
    fields["inputs"] = specs(network)["inputs"]  # whether pan comes matched is what the weights expect, not the layers
    state = {"architecture": network.slug, "config": network.config, "state": network.state_dict(), "training": {}}
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        checkpoint, made = Path(folder) / "checkpoint.pt", Path(folder) / output.name
        torch.save(state, checkpoint)
        with redirect_stdout(sys.stderr):  # what the export says is not for the one who reads lines of JSON
            export_checkpoint(checkpoint, made, fields)
        shutil.copyfile(made, output)


def _fields(parent: ModelCard, job: dict, measured: Measured, steps: int) -> dict[str, object]:
    """What the card says beside what follows from the network; names of files, not where they lie."""
    names = f"{Path(job['pan']).name} and {Path(job['ms']).name}"
    return {
        "name": usable_name(job["name"], "adapted"),
        "description": (
            f"{parent.name} (SHA-256 {file_sha256(job['model'])}) adapted to {names} in {job['minutes']:g} minutes, "
            f"{steps} steps, seed {job['seed']}. Quality: on blocks of that pair which were held out."
        ),
        "license": parent.license,
        "training_terms": parent.training_terms,
        "ratio_range": list(parent.ratio_range),
        "training_data": [*parent.training_data, f"adapted to {names}"],
        "max_shift_px": parent.max_shift_px,
        "quality": {f"{name} {when}, held-out blocks": round(value, 5)
                    for name, pair in measured.items() for when, value in zip(("before", "after"), pair)
                    if math.isfinite(value)},
    }  # fmt: skip
