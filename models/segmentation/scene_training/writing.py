"""A trained segmenter as an ONNX file with its card, compared with torch before it is written.

Inputs (1, bands, rows, cols) float32 as `rsfusion:segment` scales them by scene, `MISSING` where absent; each band is
standardised inside the network. `scores` (1, classes, rows, cols): logits over their temperatures.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from models.common.export import put_card
from models.common.parity import flop_per_pixel, require_same
from models.common.tracing import traced
from models.land_cover.calibration import Calibrated
from models.land_cover.fitting import Fitted
from models.land_cover.networks import MISSING
from models.land_cover.writing import SCORES, SPAN, TOLERANCE
from models.segmentation.scene_training.tree_graph import with_trees
from models.segmentation.scene_training.trees import TreeNetwork
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import OutputSpec
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.rasters.class_spec import ClassSpec

FEATURES, HEAT = "features", "heat"


class Standardised(nn.Module):
    """The calibrated network on values as the engine gives them."""

    def __init__(self, fitted: Fitted) -> None:
        super().__init__()
        self.network = Calibrated(fitted.network, fitted.roles, fitted.temperatures)
        self.mean = [torch.from_numpy(fitted.statistics.mean[role]).reshape(1, -1, 1, 1) for role in fitted.roles]
        self.deviation = [torch.from_numpy(fitted.statistics.deviation[role]).reshape(1, -1, 1, 1)
                          for role in fitted.roles]  # fmt: skip

    def forward(self, *inputs: Tensor) -> Tensor:
        """Logits (N, classes, H, W)."""
        return self.network(*self.scaled(inputs))

    def scaled(self, inputs: Sequence[Tensor]) -> list[Tensor]:
        """Standardised, `MISSING` where absent."""
        made = []
        for image, mean, deviation in zip(inputs, self.mean, self.deviation):
            there = image[:, :1] > MISSING / 2
            made.append(torch.where(there, (image - mean) / deviation, torch.full_like(image, MISSING)))
        return made


class Seen(nn.Module):
    """What trees need: the features of pixels, and the temperature of each."""

    def __init__(self, whole: Standardised) -> None:
        super().__init__()
        self.whole = whole

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        scaled, calibrated = self.whole.scaled(inputs), self.whole.network
        return calibrated.network.features(*scaled), calibrated.heat(scaled)


def write_segmenter(fitted: Fitted, draft: ModelCard, output: Path, facts: Mapping[str, object],
                    classes: Sequence[ClassSpec], ratios: Mapping[str, float]) -> ModelCard:
    """Write the network; arguments as of `models.land_cover.writing.write_classifier`.

    Raises
    ------
    ModelError
        The exported network differs from torch or reaches past its halo.
    """
    network = Standardised(fitted).eval()
    card = _card(fitted, network, draft, facts, classes, ratios)
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        bare, made = Path(folder) / "bare.onnx", Path(folder) / output.name
        bare.write_bytes(_graph(fitted, network, _example(draft, 24, 32, 1)).SerializeToString())
        side = 3 * card.halo
        tensors = _example(draft, -(-side // 4) * 4 + 16, -(-side // 4) * 4 + 20, 2)
        with InferenceSession(bare, card, device="cpu", threads=1) as session:
            whole = {spec.name: one.numpy() for spec, one in zip(card.inputs, tensors)}
            corner = (card.multiple_of * 2, card.multiple_of * 3)
            require_same(network, session, whole, corner, TOLERANCE, "choose another METHOD, and report this")
        with redirect_stdout(sys.stderr):
            card = put_card(bare, card, made)
        output.write_bytes(made.read_bytes())
    return card


def _graph(fitted: Fitted, network: Standardised, tensors: tuple[Tensor, ...]) -> onnx.ModelProto:
    if not isinstance(fitted.network, TreeNetwork):
        return traced(network, tensors, fitted.roles, [SCORES])
    model = traced(Seen(network).eval(), tensors, fitted.roles, [FEATURES, HEAT])
    return with_trees(model, fitted.network, FEATURES, HEAT, SCORES)


def _card(fitted: Fitted, network: Standardised, draft: ModelCard, facts: Mapping[str, object],
          classes: Sequence[ClassSpec], ratios: Mapping[str, float]) -> ModelCard:
    inputs = tuple(replace(draft.input(role), required=role not in fitted.optional,
                           stand_in=MISSING if role in fitted.optional else 0.0) for role in fitted.roles)  # fmt: skip
    trees = isinstance(fitted.network, TreeNetwork)
    weights = fitted.network.nodes if trees else sum(weight.numel() for weight in fitted.network.parameters())
    bands = sum(len(spec.bands) for spec in inputs)
    flop = () if trees else ((bands, float(flop_per_pixel(network, draft, 0, 64))),)
    return replace(
        draft, inputs=inputs, outputs=(OutputSpec(SCORES, classes=tuple(classes)),), halo=fitted.network.halo,
        multiple_of=fitted.network.multiple_of, architecture=fitted.network.slug, total_parameters=int(weights),
        ratio_range=(min(ratios.values(), default=1.0) / SPAN, max(ratios.values(), default=1.0) * SPAN),
        flop_per_pixel=flop, **facts,
    )  # fmt: skip


def _example(draft: ModelCard, rows: int, cols: int, seed: int) -> tuple[Tensor, ...]:
    """Inputs at random, each with a hole."""
    draw = torch.Generator().manual_seed(seed)
    made = []
    for place, spec in enumerate(draft.inputs):
        image = torch.randn(1, len(spec.bands), rows, cols, generator=draw)
        if not spec.required:
            image[:, :, place : place + rows // 3] = MISSING
        made.append(image)
    return tuple(made)
