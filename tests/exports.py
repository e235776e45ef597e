"""Small graphs that look like what people export, made with onnx.helper; weights are drawn from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.networks.card import CARD_KEY, ModelCard
from rsfusion_qgis.core.networks.card_files import card_to_text

FREE = (1, None, "rows", "cols")


def save_card(path: Path, model: onnx.ModelProto, card: ModelCard) -> Path:
    """Write a network with its card inside."""
    entry = model.metadata_props.add()
    entry.key, entry.value = CARD_KEY, card_to_text(card)
    path.write_bytes(model.SerializeToString())
    return path


def model_of(
    nodes: Sequence[Any], inputs: dict[str, Sequence[Any]], outputs: dict[str, Sequence[Any]], weights: dict[str, Any],
    types: dict[str, int] | None = None,
) -> onnx.ModelProto:  # fmt: skip
    """A graph of nodes; axes of inputs and outputs by name, numbers where fixed."""
    types = types or {}

    def tensors(named: dict[str, Sequence[Any]]) -> list[Any]:
        return [helper.make_tensor_value_info(name, types.get(name, TensorProto.FLOAT), list(axes))
                for name, axes in named.items()]  # fmt: skip

    constants = [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()]
    graph = helper.make_graph(list(nodes), "small", tensors(inputs), tensors(outputs), initializer=constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def drawn(*shape: int, seed: int = 0) -> np.ndarray:
    """Weights of about 1 over the root of what they sum."""
    values = np.random.default_rng(seed).normal(size=shape) / np.sqrt(max(1, np.prod(shape[1:])))
    return values.astype(np.float32)


def convolution(bands_in: int, bands_out: int, side: int = 3, padded: bool = True) -> onnx.ModelProto:
    """One convolution from "x" to "y"."""
    pads = [side // 2] * 4 if padded else [0] * 4
    nodes = [helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[side, side], pads=pads)]
    rows, cols = ("rows", "cols") if padded else ("fewer_rows", "fewer_cols")
    return model_of(nodes, {"x": (1, bands_in, "rows", "cols")}, {"y": (1, bands_out, rows, cols)},
                    {"w": drawn(bands_out, bands_in, side, side)})  # fmt: skip


def joined_shares(bands_in: int, shares: int) -> onnx.ModelProto:
    """A convolution of 3 x 3 and a softmax over the channels."""
    nodes = [helper.make_node("Conv", ["x", "w"], ["z"], kernel_shape=[3, 3], pads=[1] * 4),
             helper.make_node("Softmax", ["z"], ["y"], axis=1)]  # fmt: skip
    return model_of(nodes, {"x": (1, bands_in, "rows", "cols")}, {"y": (1, shares, "rows", "cols")},
                    {"w": drawn(shares, bands_in, 3, 3) / 300})  # fmt: skip
