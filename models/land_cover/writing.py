"""A trained classifier as an ordinary ONNX file with its card, compared with torch before it is written.

Tensors: inputs (1, bands, rows, cols) float32, standardised by the engine with the numbers in the card; `scores`
(1, classes, rows, cols), logits divided by their temperatures, so that their softmax are calibrated probabilities.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import torch

from models.common.export import put_card
from models.common.parity import require_same
from models.common.tracing import traced
from models.land_cover.calibration import Calibrated
from models.land_cover.fitting import Fitted
from models.land_cover.networks import MISSING
from models.land_cover.statistics import BandStatistics
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import InputSpec, OutputSpec
from rsfusion_qgis.core.networks.learned import LearnedRange
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.rasters.band_info import BandInfo
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.class_table import colour_of
from rsfusion_qgis.core.rasters.scaling import band_scaling

SCORES = "scores"
TOLERANCE = 1e-3
"""Of a logit: how far ONNX Runtime may differ from torch."""
SPAN = 2.0
"""Pixel sizes may differ from those of the training by this factor."""


def write_classifier(fitted: Fitted, draft: ModelCard, output: Path, facts: Mapping[str, object],
                     classes: Sequence[ClassSpec], ratios: Mapping[str, float],
                     bands: Mapping[str, Sequence[BandInfo]]) -> ModelCard:
    """Write the network.

    Parameters
    ----------
    draft : the card with which the training read its rasters.
    facts : further fields of `ModelCard`: name, description, quality, ...
    classes : in the order of the network's channels.
    ratios : role -> pixel size over that of the first raster, as trained.
    bands : role -> what the bands that were learned from say of themselves.

    Raises
    ------
    ModelError
        The exported network differs from torch or reaches past its halo.
    """
    network = Calibrated(fitted.network, fitted.roles, fitted.temperatures).eval()
    card = with_ranges(_card(fitted, draft, facts, classes, ratios), fitted.statistics, bands)
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        bare, made = Path(folder) / "bare.onnx", Path(folder) / output.name
        example = example_of(fitted.roles, fitted.statistics, fitted.optional, 24, 32)
        bare.write_bytes(traced(network, example, fitted.roles, [SCORES]).SerializeToString())
        _require_same(network, card, bare)
        with redirect_stdout(sys.stderr):  # stdout is for whoever reads lines of JSON
            card = put_card(bare, card, made)
        output.write_bytes(made.read_bytes())
    return card


def coloured(classes: Sequence[ClassSpec]) -> tuple[ClassSpec, ...]:
    """The classes, each with a colour, so that every raster made with the network looks alike."""
    return tuple(replace(one, colour=colour_of(one, place)) for place, one in enumerate(classes))


def _card(fitted: Fitted, draft: ModelCard, facts: Mapping[str, object], classes: Sequence[ClassSpec],
          ratios: Mapping[str, float]) -> ModelCard:
    inputs = tuple(
        input_of(draft.input(role), fitted.statistics, role in fitted.optional) for role in fitted.roles)
    least, most = min(ratios.values(), default=1.0) / SPAN, max(ratios.values(), default=1.0) * SPAN
    return replace(
        draft, inputs=inputs, outputs=(OutputSpec(SCORES, classes=tuple(classes)),), halo=fitted.network.halo,
        multiple_of=fitted.network.multiple_of, ratio_range=(least, most), architecture=fitted.settings.architecture,
        total_parameters=sum(weight.numel() for weight in fitted.network.parameters()), **facts,
    )  # fmt: skip


def with_ranges(card: ModelCard, statistics: BandStatistics, bands: Mapping[str, Sequence[BandInfo]]) -> ModelCard:
    """The card with the stored values that each band was learned from, and the units that it stated."""
    inputs = []
    for spec in card.inputs:
        ends = zip(statistics.low[spec.role], statistics.high[spec.role], bands[spec.role])
        learned = (LearnedRange(float(low), float(high), max(band.scale or 1.0, 0.0) or 1.0, band.offset or 0.0)
                   for low, high, band in ends)  # fmt: skip
        inputs.append(replace(spec, learned=tuple(learned)))
    return replace(card, inputs=tuple(inputs))


def input_of(spec: InputSpec, statistics: BandStatistics, optional: bool) -> InputSpec:
    """The input with the numbers that standardise it."""
    numbers = statistics.mean[spec.role], statistics.deviation[spec.role]
    offsets, scales = (tuple(float(value) for value in one) for one in numbers)
    scaling = band_scaling(offsets, scales)
    return replace(spec, scaling=scaling, required=not optional, stand_in=MISSING if optional else 0.0)


def example_of(
    roles: Sequence[str], statistics: BandStatistics, optional: Sequence[str], rows: int, cols: int
) -> tuple[torch.Tensor, ...]:
    """Inputs at random, in which every raster that may be absent has a hole."""
    made = []
    for role in roles:
        image = torch.randn(1, len(statistics.mean[role]), rows, cols)
        if role in optional:
            image[:, :, : rows // 3] = MISSING
        made.append(image)
    return tuple(made)


def _require_same(network: Calibrated, card: ModelCard, path: Path) -> None:
    """Compare the file with torch on another size, and a part of an image with the whole; raises ModelError."""
    side = 3 * card.halo
    with torch.random.fork_rng(devices=[]), InferenceSession(path, card, device="cpu", threads=1) as session:
        torch.manual_seed(1)
        whole = {spec.name: torch.randn(1, len(spec.bands), side + 17, side + 21).numpy() for spec in card.inputs}
        require_same(network, session, whole, (5, 7), TOLERANCE, "choose another ARCHITECTURE, and report this")
