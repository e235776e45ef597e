"""Does the graph of an ONNX file have the inputs and outputs that its card promises?

Shapes are those of each tensor's layout, see `tensor_form`; an axis is a number where fixed, else a name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..basics.errors import ModelError
from .card import ModelCard
from .card_fields import InputSpec, OutputSpec
from .tensor_form import GAINS_ROLE, NCHW, RATIO_ROLE, TensorForm

TYPES = {
    "tensor(float)": "float32", "tensor(float16)": "float16", "tensor(double)": "float64", "tensor(uint8)": "uint8",
    "tensor(int8)": "int8", "tensor(uint16)": "uint16", "tensor(int16)": "int16", "tensor(int32)": "int32",
    "tensor(int64)": "int64",
}  # fmt: skip
"""ONNX Runtime's words for the types that a card may name."""
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
    given, promised = {one.name for one in inputs}, {spec.graph_name for spec in card.inputs}
    if given != promised:
        _refuse(name, f"the inputs {_names(given)}", f"its card names {_names(promised)}")
    made, promised = {one.name for one in outputs}, {spec.name for spec in card.outputs}
    if not promised <= made:
        _refuse(name, f"the outputs {_names(made)}", f"its card names {_names(promised)}")
    for tensor in inputs:
        _check_input(name, tensor, [spec for spec in card.inputs if spec.graph_name == tensor.name])
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


def _check_input(name: str, tensor: GraphTensor, group: Sequence[InputSpec]) -> None:
    first = next((spec for spec in group if spec.is_raster), group[0])
    _check_type(name, "input", tensor, first.tensor)
    if not first.is_raster:
        _check_numbers(name, tensor, group)
        return
    known = [spec.channels if spec.is_raster else _count(spec) for spec in group]
    channels = None if None in known else sum(one or 0 for one in known)
    _check_axes(name, "input", tensor, first.tensor, channels, _of_bands(group, known))


def _count(spec: InputSpec) -> int | None:
    """How many numbers an input without a raster has; None = as many as its raster has bands."""
    if spec.role == GAINS_ROLE:
        return None
    return len(spec.value) or (2 if spec.date_form == "sin_cos" and spec.date_of else 1)


def _of_bands(group: Sequence[InputSpec], known: Sequence[int | None]) -> str:
    """What the card gives a tensor, in words."""
    if len(group) == 1:
        return f"{known[0]} {'components' if group[0].components else 'bands'}"
    return " and ".join(f"{count or 'any number'} of '{spec.name}'" for spec, count in zip(group, known))


def _check_numbers(name: str, tensor: GraphTensor, group: Sequence[InputSpec]) -> None:
    counts = [_count(spec) for spec in group]
    fixed = [size for size in tensor.shape if isinstance(size, int)]
    if group[0].role == RATIO_ROLE and len(group) == 1:
        if any(size != 1 for size in fixed):
            _refuse(name, f"an input {_shaped(tensor)}", "the ratio is a tensor of the shape (1,)")
        return
    if None not in counts and len(fixed) == len(tensor.shape) and math.prod(fixed) != sum(one or 0 for one in counts):
        _refuse(name, f"an input {_shaped(tensor)}", f"its card gives it {sum(one or 0 for one in counts)} numbers")


def _check_output(name: str, tensor: GraphTensor, spec: OutputSpec, card: ModelCard) -> None:
    _check_type(name, "output", tensor, spec.tensor)
    if not tensor.shape:  # exporters may leave an output's shape open
        return
    bands, classes = output_channels(spec, card), spec.classes
    place = spec.tensor.layout.find("C")
    single = len(tensor.shape) > place >= 0 and tensor.shape[place] == 1
    if classes and single and (spec.scores == "labels" or len(classes) == 2):
        bands = 1
    if place < 0:
        bands = None
        if spec.scores != "labels" and classes and len(classes) != 2:
            _refuse(name, f"an output {_shaped(tensor)} without channels", f"its card names {len(classes)} classes")
    _check_axes(name, "output", tensor, spec.tensor, bands, f"{bands} {'classes' if classes else 'bands'}")


def _check_type(name: str, what: str, tensor: GraphTensor, form: TensorForm) -> None:
    if TYPES.get(tensor.type) == form.dtype:
        return
    wanted = next(word for word, dtype in TYPES.items() if dtype == form.dtype)
    told = f"{wanted} ({form.dtype}) is expected"
    cure = f"write {TYPES[tensor.type]} into 'dtype' of its tensor in the card" if tensor.type in TYPES else ""
    _refuse(name, f"the {what} '{tensor.name}' of {tensor.type}", told, cure or "export it again with another type")


def _check_axes(
    name: str, what: str, tensor: GraphTensor, form: TensorForm, channels: int | None, of_bands: str
) -> None:
    shown = f"an {what} {_shaped(tensor)}"
    if len(tensor.shape) != len(form.layout):
        wanted = "four are expected, (1, bands, rows, cols)" if form.layout == NCHW else f"its layout is {form.layout}"
        _refuse(name, f"{shown} of {len(tensor.shape)} axes", wanted)
    for size, letter in zip(tensor.shape, form.layout):
        if not isinstance(size, int):
            continue
        if letter == "1" and size != 1:
            _refuse(name, shown, f"its layout is {form.layout}, in which 1 is an axis of length one",
                    "correct the layout in the card")  # fmt: skip
        if letter == "C" and channels is not None and size != channels:
            _refuse(name, f"{shown} of {size} channels", f"its card names {of_bands}")
        if letter == "C" and channels is None and what == "input" and size > 0:
            _refuse(name, f"{shown} of {size} channels", "its card says any number of bands")


def _shaped(tensor: GraphTensor) -> str:
    return f"'{tensor.name}' ({', '.join('?' if axis is None else str(axis) for axis in tensor.shape)})"


def _names(names: set[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names)) or "none"


def _refuse(name: str, found: str, expected: str, cure: str = "correct the card or export it again") -> None:
    raise ModelError(f"The model '{name}' has {found}, but {expected}; {cure}.")
