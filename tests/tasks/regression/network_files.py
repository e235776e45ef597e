"""A tiny estimate as an ONNX file, for rasters of `tests.tasks.land_cover.classifier_files`.

value = mean of hs_1 and hs_2 over 3 x 3 pixels, and 0.4 * height where lidar is there, else -1; interval = value - 1
and value + 2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.networks.card import CARD_KEY, ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, OutputSpec
from rsfusion_qgis.core.networks.card_files import card_to_text
from tests.tasks.land_cover.classifier_files import MISSING
from tests.tasks.land_cover.classifier_files import card as classifier_card

OUTPUTS = (OutputSpec("value", bands=(Band("biomass"),)),
           OutputSpec("interval", bands=(Band("biomass, low end"), Band("biomass, high end"))))  # fmt: skip


def card(**changes: Any) -> ModelCard:
    """The card, with some fields changed."""
    inputs = classifier_card().inputs
    fields: dict[str, Any] = {"name": "tiny estimate", "task": "regression", "inputs": inputs, "outputs": OUTPUTS,
                              "halo": 1, "ratio_range": (0.1, 10.0)}  # fmt: skip
    return ModelCard(**{**fields, **changes})


def save(path: Path, **changes: Any) -> Path:
    """Write it with its card inside and return the path."""
    nodes = [
        helper.make_node("Pad", ["hs", "pads"], ["padded"], mode="edge"),
        helper.make_node("AveragePool", ["padded"], ["spectrum"], kernel_shape=[3, 3], strides=[1, 1]),
        helper.make_node("ReduceMean", ["spectrum"], ["level"], axes=[1], keepdims=1),
        helper.make_node("Greater", ["lidar", "limit"], ["there"]),
        helper.make_node("Mul", ["lidar", "weight"], ["weighed"]),
        helper.make_node("Where", ["there", "weighed", "low"], ["high"]),
        helper.make_node("Add", ["level", "high"], ["value"]),
        helper.make_node("Add", ["value", "below"], ["first"]),
        helper.make_node("Add", ["value", "above"], ["second"]),
        helper.make_node("Concat", ["first", "second"], ["interval"], axis=1),
    ]
    numbers = {"pads": np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64)}
    told = (("limit", MISSING / 2), ("weight", 0.4), ("low", -1.0), ("below", -1.0), ("above", 2.0))
    numbers |= {name: np.array([v], np.float32) for name, v in told}
    graph = helper.make_graph(
        nodes, "estimate", [_tensor("hs", 2), _tensor("lidar", 1)], [_tensor("value", 1), _tensor("interval", 2)],
        initializer=[numpy_helper.from_array(value, name) for name, value in numbers.items()],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    entry = model.metadata_props.add()
    entry.key, entry.value = CARD_KEY, card_to_text(card(**changes))
    path.write_bytes(model.SerializeToString())
    return path


def _tensor(name: str, bands: int) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, bands, "rows", "cols"))


def expected(hs: np.ndarray, height: np.ndarray | None = None) -> np.ndarray:
    """The estimate (rows, cols); heights that are NaN are absent; edges are mirrored."""
    padded = np.pad(hs / 100.0, ((0, 0), (1, 1), (1, 1)), mode="symmetric")
    rows, cols = hs.shape[1:]
    mean = np.mean([padded[:, r : r + rows, c : c + cols] for r in range(3) for c in range(3)], axis=(0, 1))
    high = np.full((rows, cols), -1.0) if height is None else np.where(np.isnan(height), -1.0, 0.4 * height)
    return mean + high
