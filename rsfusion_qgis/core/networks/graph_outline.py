"""The outline of an ONNX graph, read from the file without opening it: its operators, and how many weights it has.

Only the graph itself is looked at, not what lies in the branches of an If or the body of a Loop. Field numbers are
those of onnx.proto.

Source: https://github.com/onnx/onnx (onnx/onnx.proto)
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from .onnx_file import opened
from .onnx_wire import Wire

_GRAPH, _NODE, _INITIALIZER = 7, 1, 5
_INPUT, _OUTPUT, _TYPE, _ATTRIBUTE = 1, 2, 4, 5
_NAME, _INTEGER, _TEXT, _TENSOR, _SUBGRAPHS = 1, 3, 4, 5, (6, 11)
_DIMS, _KIND, _TENSOR_NAME = 1, 2, 8
_FLOATS = (1, 10, 11, 16)  # float32, float16, float64, bfloat16


@dataclass(frozen=True)
class Node:
    """One operator.

    kind: its name in ONNX, such as "Conv".
    inputs, outputs: names of tensors; "" = left out.
    integers, texts: its attributes that are one whole number or one text.
    has_graphs: whether further operators lie in it.
    """

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    integers: dict[str, int]
    texts: dict[str, str]
    has_graphs: bool = False


@dataclass(frozen=True)
class GraphOutline:
    """What a graph consists of.

    shapes: name of a constant tensor -> its axes.
    weights: floating-point numbers in all constant tensors.
    """

    nodes: tuple[Node, ...]
    shapes: dict[str, tuple[int, ...]]
    weights: int


def outline(path: str | Path) -> GraphOutline:
    """Return the outline of the graph in an ONNX file; raises ModelError where it is none, or damaged."""
    nodes: list[Node] = []
    shapes: dict[str, tuple[int, ...]] = {}
    weights = 0
    with opened(Path(path)) as wire:
        for number, start, end in wire.fields():
            for inner, first, last in wire.fields("graph", start, end) if number == _GRAPH else ():
                if inner == _NODE:
                    node, constant = _node(wire, first, last)
                    nodes.append(node)
                    weights += constant
                elif inner == _INITIALIZER:
                    name, shape, floating = _tensor(wire, first, last)
                    shapes[name] = shape
                    weights += floating * math.prod(shape)
    return GraphOutline(tuple(nodes), shapes, weights)


def _node(wire: Wire, start: int, end: int) -> tuple[Node, int]:
    """Return the operator, and the floating-point numbers in its own constants."""
    inputs: list[str] = []
    outputs: list[str] = []
    kind, weights, has_graphs = "", 0, False
    integers: dict[str, int] = {}
    texts: dict[str, str] = {}
    for number, first, last in wire.fields("node", start, end):
        if number == _INPUT:
            inputs.append(wire.text(first, last))
        elif number == _OUTPUT:
            outputs.append(wire.text(first, last))
        elif number == _TYPE:
            kind = wire.text(first, last)
        elif number == _ATTRIBUTE:
            name = ""
            for part, one, other in sorted(wire.fields("attribute", first, last)):
                if part == _NAME:
                    name = wire.text(one, other)
                elif part == _INTEGER:
                    integers[name] = wire.integers(one, other)[0]
                elif part == _TEXT:
                    texts[name] = wire.text(one, other)
                elif part == _TENSOR:
                    _, shape, floating = _tensor(wire, one, other)
                    weights += floating * math.prod(shape)
                has_graphs = has_graphs or part in _SUBGRAPHS
    return Node(kind, tuple(inputs), tuple(outputs), integers, texts, has_graphs), weights


def _tensor(wire: Wire, start: int, end: int) -> tuple[str, tuple[int, ...], bool]:
    """Return (name, axes, whether it holds floating-point numbers)."""
    name, shape, floating = "", [], False
    for number, first, last in wire.fields("tensor", start, end):
        if number == _DIMS:
            shape += wire.integers(first, last)
        elif number == _KIND:
            floating = wire.integers(first, last)[0] in _FLOATS
        elif number == _TENSOR_NAME:
            name = wire.text(first, last)
    return name, tuple(shape), floating
