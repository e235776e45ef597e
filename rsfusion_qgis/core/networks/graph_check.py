"""Does the graph of an ONNX file have the inputs and outputs that its card promises?

Shapes are (1, bands, rows, cols), or (1,) for the ratio; an axis is a number where fixed, else a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..basics.errors import ModelError
from .card import InputSpec, ModelCard, OutputSpec

FLOAT = "tensor(float)"
ONNX_DOMAINS = ("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc")


@dataclass(frozen=True)
class GraphTensor:
    """One input or output as ONNX Runtime reports it: name, type as "tensor(float)", axes."""

    name: str
    type: str
    shape: tuple[int | str | None, ...]


def tensors(arguments: Sequence[Any]) -> tuple[GraphTensor, ...]:
    """Return what ONNX Runtime's get_inputs() or get_outputs() say."""
    return tuple(GraphTensor(one.name, one.type, tuple(one.shape)) for one in arguments)


def require_known_operators(name: str, domains: Sequence[str]) -> None:
    """Refuse operators that only a library of the model's own would know; raises ModelError."""
    foreign = sorted(set(domains) - set(ONNX_DOMAINS))
    if foreign:
        raise ModelError(
            f"The model '{name}' uses operators of '{foreign[0]}', but only those of ONNX and ONNX Runtime are run; "
            "export it without custom operators."
        )


def require_match(
    name: str, card: ModelCard, inputs: Sequence[GraphTensor], outputs: Sequence[GraphTensor]
) -> None:
    """Refuse a graph whose names, types, ranks or channels differ from the card; raises ModelError."""
    given, promised = {one.name for one in inputs}, {spec.name for spec in card.inputs}
    if given != promised:
        _refuse(name, f"the inputs {_names(given)}", f"its card names {_names(promised)}")
    made, promised = {one.name for one in outputs}, {spec.name for spec in card.outputs}
    if not promised <= made:
        _refuse(name, f"the outputs {_names(made)}", f"its card names {_names(promised)}")
    for tensor in inputs:
        _check_input(name, tensor, next(spec for spec in card.inputs if spec.name == tensor.name))
    for tensor in outputs:
        for spec in card.outputs:
            if spec.name == tensor.name:
                _check_output(name, tensor, spec, card)


def output_channels(spec: OutputSpec, card: ModelCard) -> int | None:
    """Return the channels that the card promises for an output, None = as many as its `like` was fed."""
    if spec.bands is not None:
        return len(spec.bands)
    if spec.classes is not None:
        return len(spec.classes)
    like = card.input(spec.like or "")
    return len(like.bands) if like is not None and like.bands is not None else None


def _check_input(name: str, tensor: GraphTensor, spec: InputSpec) -> None:
    _check_float(name, "input", tensor)
    if not spec.is_raster:
        if len(tensor.shape) != 1 or (isinstance(tensor.shape[0], int) and tensor.shape[0] != 1):
            _refuse(name, f"an input {_shaped(tensor)}", "the ratio is a tensor of the shape (1,)")
        return
    _check_raster(name, "input", tensor, len(spec.bands) if spec.bands is not None else None)


def _check_output(name: str, tensor: GraphTensor, spec: OutputSpec, card: ModelCard) -> None:
    _check_float(name, "output", tensor)
    if tensor.shape:  # exporters may leave an output's shape open
        _check_raster(name, "output", tensor, output_channels(spec, card), spec.classes is not None)


def _check_float(name: str, what: str, tensor: GraphTensor) -> None:
    if tensor.type != FLOAT:
        _refuse(name, f"the {what} '{tensor.name}' of {tensor.type}", f"{FLOAT} (float32) is expected")


def _check_raster(
    name: str, what: str, tensor: GraphTensor, bands: int | None, classes: bool = False
) -> None:
    shown = f"an {what} {_shaped(tensor)}"
    if len(tensor.shape) != 4:
        _refuse(name, f"{shown} of {len(tensor.shape)} axes", "four are expected, (1, bands, rows, cols)")
    batch, channels, rows, cols = tensor.shape
    if isinstance(batch, int) and batch != 1:
        _refuse(name, f"{shown} of {batch} images", "one image at a time is expected")
    if what == "input" and (isinstance(rows, int) or isinstance(cols, int)):
        cure = "export it with free rows and cols"
        _refuse(name, f"{shown} of a fixed size", "tiles of any size must fit", cure)
    if isinstance(channels, int) and bands is not None and channels != bands:
        noun = "classes" if classes else "bands"
        _refuse(name, f"{shown} of {channels} channels", f"its card names {bands} {noun}")
    if isinstance(channels, int) and bands is None and what == "input":
        _refuse(name, f"{shown} of {channels} channels", "its card says any number of bands")


def _shaped(tensor: GraphTensor) -> str:
    return f"'{tensor.name}' ({', '.join('?' if axis is None else str(axis) for axis in tensor.shape)})"


def _names(names: set[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names)) or "none"


def _refuse(name: str, found: str, expected: str, cure: str = "correct the card or export it again") -> None:
    raise ModelError(f"The model '{name}' has {found}, but {expected}; {cure}.")
