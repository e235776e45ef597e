"""Data to try a network on that fits no other task: an image, a tiny network that computes NDVI, its card, the truth.

The network is written byte by byte in protobuf's wire format (https://protobuf.dev/programming-guides/encoding), with
the field numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, since QGIS has no package that writes ONNX.
"""

from __future__ import annotations

import json
from typing import Union

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade

PIXEL_M = 10.0
BANDS_UM = {"blue": 0.49, "green": 0.56, "red": 0.66, "nir": 0.83}
WEIGHTS = {"difference": (-1.0, 1.0), "sum": (1.0, 1.0)}
"""Of red and near infrared; NDVI is the one over the other."""
FLOAT, IR_VERSION, OPSET = 1, 8, 17
CARD = {
    "task": "network_run", "halo": 0,
    "inputs": [{"name": "x", "role": "raster1", "bands": ["red", "nir"]}],
    "outputs": [{"name": "y", "bands": ["ndvi"]}],
}  # fmt: skip


def draw(sheet: Sheet) -> None:
    """An image, and a network of two convolutions and a division."""
    land = sheet.land(PIXEL_M / 2, 2 * sheet.size)
    seen = degrade(land.reflectance(tuple(BANDS_UM.values())), 2, (0.3,) * len(BANDS_UM))
    sheet.image("raster1.tif", seen, PIXEL_M, tuple(BANDS_UM), 0.0, wavelengths_um=tuple(BANDS_UM.values()))
    red, near = seen[2], seen[3]
    sheet.raster("truth.tif", ((near - red) / (near + red))[None], PIXEL_M, ("ndvi",))
    sheet.binary("ndvi.onnx", network())
    sheet.text("ndvi.json", json.dumps(CARD, indent=1) + "\n")


def network() -> bytes:
    """The ONNX file."""
    nodes = [_node("Conv", ("x", name), f"{name}_of_x") for name in WEIGHTS]
    nodes.append(_node("Div", [f"{name}_of_x" for name in WEIGHTS], "y"))
    tensors = [_tensor(name, values) for name, values in WEIGHTS.items()]
    shapes = _field(11, _value("x", (1, 2, "rows", "cols"))) + _field(12, _value("y", (1, 1, "rows", "cols")))
    nodes_first = b"".join(_field(1, one) for one in nodes) + _field(2, b"ndvi")
    graph = nodes_first + b"".join(_field(5, one) for one in tensors) + shapes
    return _field(1, IR_VERSION) + _field(7, graph) + _field(8, _field(1, b"") + _field(2, OPSET))


def _node(kind: str, inputs: tuple[str, ...] | list[str], output: str) -> bytes:
    taken = b"".join(_field(1, name.encode()) for name in inputs)
    return taken + _field(2, output.encode()) + _field(4, kind.encode())


def _tensor(name: str, values: tuple[float, ...]) -> bytes:
    shape = b"".join(_field(1, size) for size in (1, len(values), 1, 1))
    return shape + _field(2, FLOAT) + _field(8, name.encode()) + _field(9, np.array(values, "<f4").tobytes())


def _value(name: str, shape: tuple[Union[int, str], ...]) -> bytes:
    sides = (_field(1, one) if isinstance(one, int) else _field(2, one.encode()) for one in shape)
    kind = _field(1, _field(1, FLOAT) + _field(2, b"".join(_field(1, side) for side in sides)))
    return _field(1, name.encode()) + _field(2, kind)


def _field(number: int, value: Union[int, bytes]) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    more, last = [], value
    while last > 127:
        more.append(last & 127 | 128)
        last >>= 7
    return bytes([*more, last])


EXAMPLE = Example(
    "A network of your own",
    {"RASTER1": ("raster1.tif",), "MODEL_FILE": ("ndvi.onnx",), "CARD": ("ndvi.json",), TRUTH: ("truth.tif",)},
    200, draw,
)  # fmt: skip
