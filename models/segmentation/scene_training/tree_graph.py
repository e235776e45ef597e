"""Trees as nodes of an ONNX graph, after the part that makes features of pixels."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

from models.segmentation.scene_training.trees import Tree, TreeNetwork

TREES = "ai.onnx.ml"


def with_trees(model: onnx.ModelProto, network: TreeNetwork, features: str, heat: str, scores: str) -> onnx.ModelProto:
    """A graph with the outputs `features` (1, features, rows, cols) and `heat` (1, 1, rows, cols), and trees after it.

    Its only output is then `scores` (1, classes, rows, cols): the logits over `heat`.
    """
    graph, classes = model.graph, len(network.base)
    numbers = {
        "t_flat": np.array([-1, 0], np.int64), "t_zero": np.array([0], np.int64), "t_two": np.array([2], np.int64),
        "t_four": np.array([4], np.int64), "t_front": np.array([1, classes], np.int64),
        "t_least": np.array(1e-4, np.float32),
    }  # fmt: skip
    numbers["t_flat"][1] = sum(network.features.bands) * 4
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in numbers.items())
    raw = "t_sum"
    nodes = [
        helper.make_node("Transpose", [features], ["t_last"], perm=[0, 2, 3, 1]),
        helper.make_node("Reshape", ["t_last", "t_flat"], ["t_rows"]),
        helper.make_node("TreeEnsembleRegressor", ["t_rows"], [raw], domain=TREES, **_attributes(network)),
        helper.make_node("Transpose", [raw], ["t_classes"], perm=[1, 0]),
        helper.make_node("Shape", [features], ["t_shape"]),
        helper.make_node("Slice", ["t_shape", "t_two", "t_four", "t_zero"], ["t_size"]),
        helper.make_node("Concat", ["t_front", "t_size"], ["t_wanted"], axis=0),
        helper.make_node("Reshape", ["t_classes", "t_wanted"], ["t_map"]),
    ]
    logits = "t_map"
    if network.forest:
        nodes += [helper.make_node("Max", ["t_map", "t_least"], ["t_share"]),
                  helper.make_node("Log", ["t_share"], ["t_log"])]  # fmt: skip
        logits = "t_log"
    nodes.append(helper.make_node("Div", [logits, heat], [scores]))
    graph.node.extend(nodes)
    del graph.output[:]
    shape = (1, classes, "rows", "cols")
    graph.output.append(helper.make_tensor_value_info(scores, onnx.TensorProto.FLOAT, shape))
    model.opset_import.append(helper.make_opsetid(TREES, 3))
    onnx.checker.check_model(model)
    return model


def _attributes(network: TreeNetwork) -> dict[str, object]:
    """Of the node: every node of every tree in a row."""
    trees: list[Tree] = network.trees
    sizes = [len(one.feature) for one in trees]
    modes = ["LEAF" if left < 0 else "BRANCH_LEQ" for one in trees for left in one.left]
    leaves = [(number, node) for number, one in enumerate(trees) for node in np.flatnonzero(one.left < 0)]
    classes = len(network.base)

    def joined(name: str, low: float | None = None) -> list:
        values = np.concatenate([getattr(one, name) for one in trees])
        return (values if low is None else np.maximum(values, low)).tolist()

    return {
        "n_targets": classes, "aggregate_function": "SUM", "base_values": [float(one) for one in network.base],
        "nodes_treeids": [number for number, size in enumerate(sizes) for _ in range(size)],
        "nodes_nodeids": [node for size in sizes for node in range(size)],
        "nodes_featureids": joined("feature"), "nodes_values": joined("threshold"), "nodes_modes": modes,
        "nodes_truenodeids": joined("left", 0), "nodes_falsenodeids": joined("right", 0),
        "target_treeids": [number for number, _ in leaves for _ in range(classes)],
        "target_nodeids": [int(node) for _, node in leaves for _ in range(classes)],
        "target_ids": [one for _ in leaves for one in range(classes)],
        "target_weights": [float(w) for number, node in leaves for w in trees[number].values[node]],
    }  # fmt: skip
