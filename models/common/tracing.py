"""A torch network as a bare ONNX graph, without a card. Tensors float32, rasters (1, bands, rows, cols)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence

import onnx
import torch
from torch import Tensor, nn

OPSET = 17  # IR 8: ONNX Runtime 1.15 and later
SIZES = {2: "rows", 3: "cols"}
"""Axes of a raster that are free."""


def traced(
    network: nn.Module, example: Sequence[Tensor], inputs: Sequence[str], outputs: Sequence[str],
    free: Mapping[str, Mapping[int, str]] | None = None, opsets: Mapping[str, int] | None = None,
) -> onnx.ModelProto:  # fmt: skip
    """The graph.

    Parameters
    ----------
    example : tensors as `network` takes them.
    inputs, outputs : their names.
    free : name -> number of an axis -> its name in the file; None = rows and columns of all of them.
    opsets : domain -> version of further operators; None = ONNX's own only.
    """
    made = io.BytesIO()
    with warnings.catch_warnings():
        # This exporter is the old one on purpose (see OPSET), and it warns about every number that it fixes:
        # whether one of them matters, the comparison with torch tells.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network, tuple(example), made, dynamo=False, opset_version=OPSET, input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=dict(free) if free is not None else dict.fromkeys((*inputs, *outputs), SIZES),
            custom_opsets=dict(opsets) if opsets else None,
        )  # fmt: skip
    model = onnx.load_from_string(made.getvalue())
    _forget_places(model)
    onnx.checker.check_model(model)
    return model


def _forget_places(model: onnx.ModelProto) -> None:
    """Remove the notes on lines of source code, which name folders of the machine that exported."""
    model.doc_string = model.graph.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
