"""The mutants of `attack.py`: networks and cards, each changed at random, and always the same for one seed and number.

A mutant is an ONNX file, and for some a JSON card beside it. Networks are changed as bytes and as protobuf messages,
cards as text and as JSON values.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable

import onnx
from google.protobuf.message import Message

import rsfusion_qgis.tasks  # noqa: F401  cards ask there for tasks
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.networks.card import CARD_KEY
from tests import onnx_files

INTEGERS = (0, 1, 2, 7, 64, 255, 4096, 65535, 2**24, 2**30, 2**31 - 1, 2**31, 2**40, 2**62, 2**63 - 1, -1, -2, -(2**31))
FLOATS = (0.0, -0.0, 1e-45, 1e38, -1e38, float("inf"), float("nan"), 1.0)
TEXTS = ("", "x", "a\nb", "a\0b", "../secret.bin", "/etc/passwd", "ms", "pan", "fused", "\u202e", "é" * 300, "x" * 5000)
OPERATORS = ("Identity", "Conv", "ConstantOfShape", "Expand", "Tile", "Resize", "Range", "Loop", "If", "Scan",
             "Reshape", "Pad", "Gather", "NonZero", "MatMul", "Transpose", "Slice", "OneHot", "CumSum", "TopK",
             "Einsum", "NoSuch")
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 0.5, -0.0, 10**9, 10**308, 10**309, -(10**400), 1e-320, 1.7e308, "", "x", "a\nb", "\0",
    "\ud800", "\u202eabc", "x" * 3000, "x" * 300_000, [], {}, [[]], [None], [{}], [1, 2], {"a": 1}, {"name": "x"},
    ["x"] * 5000, "NaN", "any", "dataset", "1e400", "../../etc/passwd",
)  # fmt: skip
Draw = random.Random


@lru_cache(maxsize=1)
def networks() -> tuple[bytes, ...]:
    """Networks to begin with: small ones that use what ONNX has, and those of the plugin."""
    made = [
        onnx_files.build(), onnx_files.build(with_ratio=False), onnx_files.slow_model(4), onnx_files.nan_model(),
        onnx_files.even_rows_model(), onnx_files.custom_operator_model(), onnx_files.pointwise_model(),
        onnx_files.external_model("beside.bin"), onnx_files.external_model("beside.bin", in_branch=True),
    ]  # fmt: skip
    for model in made:
        model.metadata_props.add(key=CARD_KEY, value=onnx_files.card_to_text(onnx_files.card()))
    small = [model.SerializeToString() for model in made]
    return (*small, *small, *(path.read_bytes() for path in shipped_networks()))


@lru_cache(maxsize=1)
def cards() -> tuple[str, ...]:
    """Cards to begin with, in both forms."""
    beside = [path.with_suffix(".json") for path in shipped_networks()]
    short = {"task": "pansharpening", "halo": 1, "multiple_of": 2, "max_shift_px": 0.5, "ratio_range": [2, 6],
             "description": "by hand", "training_data": ["a", "b"], "quality": {"ERGAS": 2.0}, "sha256": "",
             "flop_per_pixel": {"4": 1000}, "inputs": [
                 {"name": "ms", "role": "ms", "bands": ["blue", {"name": "red", "wavelength_um": 0.6}], "ratio": 1,
                  "scaling": {"kind": "bands", "offsets": [1, 2], "scales": [3, 4]}, "resampling": "cubic"},
                 {"name": "pan", "role": "pan", "bands": 1, "scaling": {"kind": "linear", "offset": 0, "scale": 2}},
                 {"name": "ratio", "role": "ratio"}],
             "outputs": [{"name": "fused", "like": "ms"}]}  # fmt: skip
    classes = {"task": "classification", "halo": 2, "inputs": [{"name": "hs", "role": "hs", "bands": 3}], "outputs": [
        {"name": "cover", "scores": "logits", "classes": ["a", {"name": "b", "code": 7, "colour": "#00ff00"}]}]}
    inside = onnx_files.card_to_text(onnx_files.card())
    return (inside, json.dumps(short), json.dumps(classes), *(path.read_text(encoding="utf-8") for path in beside))


def write_mutant(seed: int, number: int, folder: Path) -> Path:
    """Write a mutant into an empty folder and return its ONNX file."""
    draw = Draw(f"{seed}:{number}")
    path = folder / "net.onnx"
    (folder / "beside.bin").write_bytes(b"\0\0\0\x3f")
    if number % 2:
        path.write_bytes(_mutated_network(draw))
        return path
    text = _mutated_card(draw)
    if draw.random() < 0.5:
        path.write_bytes(onnx_files.build().SerializeToString())
        path.with_suffix(".json").write_bytes(text)
        return path
    model = onnx_files.build()
    model.metadata_props.add(key=CARD_KEY, value=text.decode("utf-8", "replace"))
    path.write_bytes(model.SerializeToString())
    return path


def _mutated_network(draw: Draw) -> bytes:
    data = draw.choice(networks())
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        data = draw.choice((_as_bytes, _as_message, _as_message))(data, draw)
    return data


def _as_bytes(data: bytes, draw: Draw) -> bytes:
    """Flip, cut, repeat, insert, overwrite."""
    if not data:
        return data
    at, length = draw.randrange(len(data)), draw.choice((1, 2, 4, 8, 64, 1024))
    way = draw.randrange(6)
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + data[at + length :]
    if way == 2:
        return data[:at] + data[at : at + length] * 2 + data[at + length :]
    if way == 3:
        return data[:at] + draw.randbytes(length) + data[at:]
    if way == 4:
        return data[:at] + draw.choice((b"\xff", b"\x80", b"\0")) * length + data[at + length :]
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 8))):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _as_message(data: bytes, draw: Draw) -> bytes:
    """Change one field of one message that lies somewhere in the file."""
    model = onnx.ModelProto()
    try:
        model.ParseFromString(data)
        message = _somewhere(model, draw)
        field = draw.choice(list(message.DESCRIPTOR.fields))
        _change(message, field, draw)
        return bytes(model.SerializePartialToString())
    except Exception:  # bytes that are no message any more, or a value that the field cannot have
        return _as_bytes(data, draw)


def _somewhere(message: Message, draw: Draw) -> Message:
    """A message inside a message, at any depth."""
    while draw.random() < 0.8:
        inner = [value if isinstance(value, Message) else draw.choice(value) for field, value in message.ListFields()
                 if field.message_type is not None]  # fmt: skip
        if not inner:
            break
        message = draw.choice(inner)
    return message


def _change(message: Message, field: Any, draw: Draw) -> None:
    repeated = field.is_repeated if hasattr(field, "is_repeated") else field.label == field.LABEL_REPEATED
    if draw.random() < 0.15:
        message.ClearField(field.name)
    elif repeated:
        _change_list(getattr(message, field.name), field, draw)
    elif field.message_type is not None:
        getattr(message, field.name).CopyFrom(type(getattr(message, field.name))())
    else:
        setattr(message, field.name, _scalar(field, draw))


def _change_list(values: Any, field: Any, draw: Draw) -> None:
    way = draw.randrange(4)
    if way == 0 and len(values):
        del values[draw.randrange(len(values))]
    elif field.message_type is not None:
        if way == 1 and len(values):
            copies = [values[draw.randrange(len(values))]] * draw.choice((1, 2, 300))
            values.extend(copies)
        elif way == 2 and len(values) > 1:
            one, two = draw.sample(range(len(values)), 2)
            held = type(values[one])()
            held.CopyFrom(values[one])
            values[one].CopyFrom(values[two])
            values[two].CopyFrom(held)
        else:
            values.add()
    elif way == 1 and len(values):
        values[draw.randrange(len(values))] = _scalar(field, draw)
    else:
        values.extend([_scalar(field, draw)] * draw.choice((1, 3, 5000)))


def _scalar(field: Any, draw: Draw) -> Any:
    kind = field.cpp_type
    if kind in (field.CPPTYPE_FLOAT, field.CPPTYPE_DOUBLE):
        return draw.choice(FLOATS)
    if kind == field.CPPTYPE_STRING:
        text = draw.choice(OPERATORS if field.name == "op_type" else TEXTS)
        return text.encode() if field.type == field.TYPE_BYTES else text
    value = draw.choice(INTEGERS)
    return value % 2**31 if kind in (field.CPPTYPE_INT32, field.CPPTYPE_ENUM) else value


def _mutated_card(draw: Draw) -> bytes:
    text = draw.choice(cards())
    document = json.loads(text)
    for _ in range(draw.choice((1, 1, 1, 2, 5))):
        document = _as_json(document, draw)
    text = json.dumps(document)
    return draw.choice((str.encode, str.encode, lambda one: _as_text(one, draw)))(text)


def _as_json(document: Any, draw: Draw) -> Any:
    """Another value, a value from elsewhere, one fewer, a key of another name, or a value that is nested."""
    places = list(_places(document))
    if not places:
        return document
    owner, key = draw.choice(places)
    ways: Sequence[Callable[[], Any]] = (
        lambda: owner.__setitem__(key, draw.choice(VALUES)),
        lambda: owner.__setitem__(key, draw.choice(VALUES)),
        lambda: owner.__setitem__(key, _copy(_value(draw.choice(places)))),
        lambda: owner.pop(key),
        lambda: owner.__setitem__(key, [owner[key]]),
        lambda: owner.__setitem__(key, {"name": owner[key]}),
        lambda: len(str(owner[key])) < 99 and owner.__setitem__(key, _copies(owner[key], draw.choice((2, 70, 5000)))),
        lambda: isinstance(owner, dict) and owner.update({key + draw.choice(("x", " ", "\n")): owner.pop(key)}),
    )  # fmt: skip
    draw.choice(ways)()
    return document


def _as_text(text: str, draw: Draw) -> bytes:
    data = text.encode()
    at = draw.randrange(len(data))
    ways = (
        lambda: data[:at], lambda: data[:at] + draw.randbytes(3) + data[at:], lambda: b"\xef\xbb\xbf" + data,
        lambda: data.replace(b"1", b"9" * draw.choice((30, 500, 5000)), 1), lambda: data.replace(b"1", b"NaN", 1),
        lambda: data.replace(b"1", b"1e999", 1), lambda: b"[" * draw.choice((10, 3000, 200_000)) + data,
        lambda: data[:-1] + b', "halo": 3, "halo": "x"}', lambda: data.replace(b'"', b"'", 2), lambda: b"",
    )  # fmt: skip
    return draw.choice(ways)()


def _places(value: Any) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    for key, one in list(items):
        yield value, key
        yield from _places(one)


def _value(place: tuple[Any, Any]) -> Any:
    return place[0][place[1]]


def _copies(value: Any, count: int) -> list[Any]:
    """Each of its own: a change of one that all share would make a card of 100 MB."""
    return [_copy(value) for _ in range(count)]


def _copy(value: Any) -> Any:
    return json.loads(json.dumps(value))
