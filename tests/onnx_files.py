"""Builds tiny ONNX files for the tests, good ones and broken ones.

The good network is pansharpening by a constant share of the pan's detail:
    fused = ms + (pan - blurred pan) * weight, blur = mean of 3 x 3 pixels; halo 1.
Tensors are (1, bands, rows, cols), float32.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.networks.card import CARD_KEY, ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import card_to_text
from rsfusion_qgis.core.rasters.scaling import Scaling

FREE = ("bands", "rows", "cols")
HALO = 1
WEIGHT = 0.5


def card(**changes: Any) -> ModelCard:
    """Return the card of the good network, with some fields changed."""
    dataset = Scaling("dataset")
    fields: dict[str, Any] = {
        "name": "detail",
        "task": "pansharpening",
        "inputs": (
            InputSpec("ms", "ms", scaling=dataset),
            InputSpec("pan", "pan", (Band("pan"),), scaling=dataset),
            InputSpec("ratio", "ratio"),
        ),
        "outputs": (OutputSpec("fused", "ms"),),
        "halo": HALO,
    }
    return ModelCard(**{**fields, **changes})


def build(
    ms: Sequence[int | str] = (1, *FREE),
    pan: Sequence[int | str] = (1, 1, "rows", "cols"),
    names: tuple[str, str, str] = ("ms", "pan", "fused"),
    with_ratio: bool = True,
    tail: Sequence[onnx.NodeProto] = (),
    weight: float = WEIGHT,
) -> onnx.ModelProto:
    """Return the good network; `tail` turns the tensor "sharp" into the output, `names` are its tensors."""
    ms_name, pan_name, fused = names
    nodes = [
        helper.make_node("Pad", [pan_name, "pads"], ["padded"], mode="edge"),
        helper.make_node("AveragePool", ["padded"], ["blurred"], kernel_shape=[3, 3], strides=[1, 1]),
        helper.make_node("Sub", [pan_name, "blurred"], ["detail"]),
        helper.make_node("Mul", ["detail", "weight"], ["share"]),
        helper.make_node("Add", [ms_name, "share"], ["sharp"]),
        *(tail or [helper.make_node("Identity", ["sharp"], [fused])]),
    ]
    inputs = [_tensor(ms_name, ms), _tensor(pan_name, pan)]
    if with_ratio:
        # The ratio takes part in the graph without changing the result, as an exporter would keep it.
        nodes[3:4] = [
            helper.make_node("Mul", ["ratio", "nought"], ["nothing"]),
            helper.make_node("Add", ["weight", "nothing"], ["rated"]),
            helper.make_node("Mul", ["detail", "rated"], ["share"]),
        ]
        inputs.append(_tensor("ratio", (1,)))
    weights = [
        numpy_helper.from_array(np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64), "pads"),
        numpy_helper.from_array(np.array([weight], np.float32), "weight"),
        numpy_helper.from_array(np.array([0], np.float32), "nought"),
    ]
    graph = helper.make_graph(nodes, "detail", inputs, [_tensor(fused, ms)], initializer=weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def save(path: Path, model: onnx.ModelProto | None = None, text: str | None = None, **changes: Any) -> Path:
    """Write a network with a card inside (the good one of `card(**changes)`, or any text) and return the path."""
    model = model or build()
    entry = model.metadata_props.add()
    entry.key, entry.value = CARD_KEY, card_to_text(card(**changes)) if text is None else text
    path.write_bytes(model.SerializeToString())
    return path


def save_bare(path: Path, model: onnx.ModelProto | None = None) -> Path:
    """Write a network without any card."""
    path.write_bytes((model or build()).SerializeToString())
    return path


def nan_model() -> onnx.ModelProto:
    """Return a network whose output is NaN everywhere: 0 / 0."""
    tail = [
        helper.make_node("Sub", ["sharp", "sharp"], ["zero"]),
        helper.make_node("Div", ["zero", "zero"], ["fused"]),
    ]
    return build(tail=tail)


def cropped_model() -> onnx.ModelProto:
    """Return a network whose output is smaller than its input, against the card."""
    tail = [helper.make_node("AveragePool", ["sharp"], ["fused"], kernel_shape=[3, 3])]
    model = build(tail=tail)
    for axis in model.graph.output[0].type.tensor_type.shape.dim[2:]:
        axis.dim_param = "fewer_" + axis.dim_param
    return model


def custom_operator_model() -> onnx.ModelProto:
    """Return a network with an operator that only some library of its own would have."""
    model = build(tail=[helper.make_node("Sharpen", ["sharp"], ["fused"], domain="org.example.sharp")])
    model.opset_import.append(helper.make_opsetid("org.example.sharp", 1))
    return model


def external_model(location: str, in_branch: bool = False) -> onnx.ModelProto:
    """Return a network whose weight lies in another file; `in_branch` hides it in a subgraph's constant."""
    outside = TensorProto(name="weight", data_type=TensorProto.FLOAT, dims=[1])
    outside.data_location = TensorProto.EXTERNAL
    entry = outside.external_data.add()
    entry.key, entry.value = "location", location
    model = build()
    if not in_branch:
        kept = [tensor for tensor in model.graph.initializer if tensor.name != "weight"]
        del model.graph.initializer[:]
        model.graph.initializer.extend([*kept, outside])
        return model
    constant = helper.make_node("Constant", [], ["hidden"], value=outside)
    branch = helper.make_graph([constant], "branch", [], [helper.make_tensor_value_info("hidden", 1, [1])])
    always = numpy_helper.from_array(np.array(True), "always")
    model.graph.initializer.append(always)
    model.graph.node.append(
        helper.make_node("If", ["always"], ["unused"], then_branch=branch, else_branch=branch)
    )
    return model


def even_rows_model() -> onnx.ModelProto:
    """Return a network that takes an even number of rows only."""
    model = build(
        tail=[
            helper.make_node("Shape", ["sharp"], ["size"]),
            helper.make_node("Reshape", ["sharp", "pairs"], ["folded"]),
            helper.make_node("Reshape", ["folded", "size"], ["fused"]),
        ]
    )
    pairs = np.array([1, 0, -1, 2, 7], np.int64)
    model.graph.initializer.append(numpy_helper.from_array(pairs, "pairs"))
    return model


def slow_model(repeats: int) -> onnx.ModelProto:
    """Return a network that smooths its result `repeats` times, so that a run lasts."""
    tail = []
    for n in range(repeats):
        source, target = ("sharp" if n == 0 else f"s{n}"), ("fused" if n == repeats - 1 else f"s{n + 1}")
        tail.append(
            helper.make_node("AveragePool", [source], [target], kernel_shape=[5, 5], pads=[2, 2, 2, 2])
        )
    return build(tail=tail)


def _tensor(name: str, shape: Sequence[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


def pointwise_model(rank: int = 4, double: bool = False) -> onnx.ModelProto:
    """Return fused = ms + pan * ratio, with inputs of another rank or of float64."""
    kind = TensorProto.DOUBLE if double else TensorProto.FLOAT
    axes = [1, "bands", "rows", "cols"][4 - rank :]
    nodes = [
        helper.make_node("Mul", ["pan", "ratio"], ["scaled"]),
        helper.make_node("Add", ["ms", "scaled"], ["fused"]),
    ]
    ms, pan, fused = (helper.make_tensor_value_info(name, kind, axes) for name in ("ms", "pan", "fused"))
    ratio = helper.make_tensor_value_info("ratio", kind, [1])
    graph = helper.make_graph(nodes, "pointwise", [ms, pan, ratio], [fused])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
