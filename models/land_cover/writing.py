"""A trained classifier as an ordinary ONNX file with its card, compared with torch before it is written.

Tensors: inputs (1, bands, rows, cols) float32, standardised by the engine with the numbers in the card; `scores`
(1, classes, rows, cols), logits divided by their temperatures, so that their softmax are calibrated probabilities.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch

from models.common.export import OPSET, forget_places, put_card
from models.land_cover.calibration import Calibrated
from models.land_cover.fitting import Fitted
from models.land_cover.networks import MISSING
from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.networks.card import InputSpec, ModelCard, OutputSpec
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.class_table import colour_of
from rsfusion_qgis.core.rasters.scaling import band_scaling

SCORES = "scores"
TOLERANCE = 1e-3
"""Of a logit: how far ONNX Runtime may differ from torch."""
SPAN = 2.0
"""Pixel sizes may differ from those of the training by this factor."""


def write_classifier(fitted: Fitted, draft: ModelCard, output: Path, facts: Mapping[str, object],
                     classes: Sequence[ClassSpec], ratios: Mapping[str, float]) -> ModelCard:
    """Write the network.

    Parameters
    ----------
    draft : the card with which the training read its rasters.
    facts : further fields of `ModelCard`: name, description, quality, ...
    classes : in the order of the network's channels.
    ratios : role -> pixel size over that of the first raster, as trained.

    Raises
    ------
    ModelError
        The exported network differs from torch or reaches past its halo.
    """
    network = Calibrated(fitted.network, fitted.roles, fitted.temperatures).eval()
    card = _card(fitted, draft, facts, classes, ratios)
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        bare, made = Path(folder) / "bare.onnx", Path(folder) / output.name
        _export(network, fitted, bare)
        _require_same(network, card, bare)
        printed, sys.stdout = sys.stdout, sys.stderr  # stdout is for whoever reads lines of JSON
        try:
            card = put_card(bare, card, made)
        finally:
            sys.stdout = printed
        output.write_bytes(made.read_bytes())
    return card


def coloured(classes: Sequence[ClassSpec]) -> tuple[ClassSpec, ...]:
    """The classes, each with a colour, so that every raster made with the network looks alike."""
    return tuple(replace(one, colour=colour_of(one, place)) for place, one in enumerate(classes))


def _card(fitted: Fitted, draft: ModelCard, facts: Mapping[str, object], classes: Sequence[ClassSpec],
          ratios: Mapping[str, float]) -> ModelCard:
    inputs = tuple(_input(draft.input(role), fitted) for role in fitted.roles)
    least, most = min(ratios.values(), default=1.0) / SPAN, max(ratios.values(), default=1.0) * SPAN
    return replace(
        draft, inputs=inputs, outputs=(OutputSpec(SCORES, classes=tuple(classes)),), halo=fitted.network.halo,
        multiple_of=fitted.network.multiple_of, ratio_range=(least, most), architecture=fitted.settings.architecture,
        total_parameters=sum(weight.numel() for weight in fitted.network.parameters()), **facts,
    )  # fmt: skip


def _input(spec: InputSpec, fitted: Fitted) -> InputSpec:
    numbers = fitted.statistics.mean[spec.role], fitted.statistics.deviation[spec.role]
    offsets, scales = (tuple(float(value) for value in one) for one in numbers)
    optional = spec.role in fitted.optional
    scaling = band_scaling(offsets, scales)
    return replace(spec, scaling=scaling, required=not optional, stand_in=MISSING if optional else 0.0)


def _example(fitted: Fitted, rows: int, cols: int) -> tuple[torch.Tensor, ...]:
    """Inputs at random, in which every raster that may be absent has a hole."""
    made = []
    for role in fitted.roles:
        image = torch.randn(1, len(fitted.statistics.mean[role]), rows, cols)
        if role in fitted.optional:
            image[:, :, : rows // 3] = MISSING
        made.append(image)
    return tuple(made)


def _export(network: Calibrated, fitted: Fitted, path: Path) -> None:
    sizes = {2: "rows", 3: "cols"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # see models.common.export: the comparison with torch tells what matters
        torch.onnx.export(
            network, _example(fitted, 24, 32), str(path), dynamo=False, opset_version=OPSET,
            input_names=list(fitted.roles), output_names=[SCORES],
            dynamic_axes=dict.fromkeys((*fitted.roles, SCORES), sizes),
        )  # fmt: skip
    model = onnx.load(str(path))
    forget_places(model)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def _require_same(network: Calibrated, card: ModelCard, path: Path) -> None:
    """Compare the file with torch on another size, and a part of an image with the whole; raises ModelError."""
    halo = card.halo
    with torch.random.fork_rng(devices=[]), InferenceSession(path, card, device="cpu", threads=1) as session:
        torch.manual_seed(1)
        whole = {spec.name: torch.randn(1, len(spec.bands), 3 * halo + 17, 3 * halo + 21) for spec in card.inputs}
        with torch.no_grad():
            expected = network(*whole.values()).numpy()
        found = session.run({name: values.numpy() for name, values in whole.items()})[SCORES]
        part = session.run({name: np.ascontiguousarray(values.numpy()[:, :, 5:, 7:])
                            for name, values in whole.items()})[SCORES]  # fmt: skip
    inside = np.s_[:, :, halo:, halo:]
    differences = {
        "torch": np.abs(found - expected).max(),
        "itself across tiles": np.abs(part[inside] - found[:, :, 5:, 7:][inside]).max(),
    }
    for what, difference in differences.items():
        if not difference <= TOLERANCE:
            raise ModelError(
                f"The exported network differs from {what} by {difference:.1e}, but at most {TOLERANCE:g} is expected; "
                "choose another ARCHITECTURE, and report this."
            )
