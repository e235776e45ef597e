"""Looks into an ONNX file without running it: whether it is whole, its metadata, and what it reaches for.

A model is untrusted input. ONNX Runtime would follow external weights to any path that it can read, so the
file is walked first: protobuf's wire format needs neither onnx nor protobuf, and large fields (weights) are
skipped by their length. Field numbers are those of onnx.proto.

Source: https://protobuf.dev/programming-guides/encoding and https://github.com/onnx/onnx (onnx/onnx.proto)
"""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Union

from ..basics.errors import ModelError

Buffer = Union[bytes, mmap.mmap]

MAX_FILE_BYTES = 2**31 - 1  # protobuf's own limit
MAX_TOTAL_BYTES = 8 * 2**30  # with external weights
MAX_METADATA_BYTES = 16 * 2**20
MAX_DEPTH = 48

# message -> {field number: message that lies in it}; what is not listed is skipped.
_CHILDREN: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "external"},
}
_MODEL_GRAPH, _MODEL_METADATA, _NODE_DOMAIN, _FUNCTION_DOMAIN = 7, 14, 7, 10
_FIRST_BYTE = b"\x08"  # the key of ir_version, which comes first in every ONNX file
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


@dataclass(frozen=True)
class OnnxFile:
    """What an ONNX file holds.

    metadata: its free key-value pairs.
    external: the other files that its weights lie in, as written in the file.
    domains: domains of the operators that it uses and does not define itself; "" is ONNX's own.
    """

    metadata: dict[str, str]
    external: tuple[str, ...]
    domains: tuple[str, ...]


class _Damaged(Exception):
    """The bytes are no protobuf message."""


def read_metadata(path: str | Path) -> dict[str, str]:
    """Return the metadata pairs of an ONNX file, skipping its graph; raises ModelError."""
    with _opened(Path(path)) as data:
        pairs, has_graph = [], False
        for number, start, end in _fields(data, 0, len(data)):
            has_graph = has_graph or number == _MODEL_GRAPH
            if number == _MODEL_METADATA and end - start <= MAX_METADATA_BYTES:
                pairs.append(_pair(data, start, end))
    _require_graph(Path(path), has_graph)
    return dict(pairs)


def inspect(path: str | Path) -> OnnxFile:
    """Walk through an ONNX file and everything in it that can refer to other files or operators.

    Raises
    ------
    ModelError
        If the file is missing, empty, too large, truncated, or no ONNX file.
    """
    external: list[str] = []
    used: set[str] = set()
    own: set[str] = set()
    with _opened(Path(path)) as data:
        for message, number, start, end in _walk(data):
            if message == "external":
                external += _external_location(data, start, end)
            elif message == "node" and number == _NODE_DOMAIN:
                used.add(_text(data, start, end))
            elif message == "function" and number == _FUNCTION_DOMAIN:
                own.add(_text(data, start, end))
    return OnnxFile(read_metadata(path), tuple(dict.fromkeys(external)), tuple(sorted(used - own)))


def require_inside(path: str | Path, external: tuple[str, ...]) -> None:
    """Refuse external weights that do not lie in the model's own folder or below, links followed.

    Raises
    ------
    ModelError
        If a location is absolute, climbs with "..", leads out through a link, is missing, or is too large.
    """
    path = Path(path)
    folder = path.resolve().parent
    total = path.stat().st_size
    for location in external:
        target = (folder / location).resolve()
        if not _is_plain(location) or folder not in target.parents:
            raise ModelError(
                f"The model '{path.name}' keeps weights in '{location}', outside its own folder, but only files "
                "beside it are read; save it as one file."
            )
        if not target.is_file():
            raise ModelError(
                f"The model '{path.name}' keeps weights in '{location}', which is missing, but it is expected beside "
                "the model; copy it there or save the model as one file."
            )
        total += target.stat().st_size
    if total > MAX_TOTAL_BYTES:
        raise ModelError(
            f"The model '{path.name}' has {total} bytes with its weights, but at most {MAX_TOTAL_BYTES} are "
            "accepted; use a smaller network."
        )


def file_sha256(path: str | Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(2**20), b""):
            digest.update(block)
    return digest.hexdigest()


def _is_plain(location: str) -> bool:
    """Whether a location is relative, for POSIX and for Windows, and never climbs."""
    posix, windows = PurePosixPath(location), PureWindowsPath(location)
    parts = {*posix.parts, *windows.parts}
    return bool(location) and not posix.is_absolute() and not windows.anchor and ".." not in parts


@contextmanager
def _opened(path: Path) -> Iterator[Buffer]:
    """Map the file into memory; its damages become ModelErrors."""
    if not path.is_file():
        raise ModelError(f"The model '{path}' does not exist or is no file, but an ONNX file is expected; check MODEL.")
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise ModelError(
            f"The model '{path.name}' has {size} bytes, but an ONNX file has at most {MAX_FILE_BYTES}; "
            "use a smaller network."
        )
    try:
        with open(path, "rb") as file:
            if size == 0:
                raise _Damaged
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield data
    except OSError as error:
        raise ModelError(
            f"The model '{path.name}' cannot be read ({error.strerror}), but a readable file is expected; check MODEL."
        ) from error
    except _Damaged:
        raise _damage_error(path) from None


def _damage_error(path: Path) -> ModelError:
    with open(path, "rb") as file:
        start = file.read(1)
    if start in (b"", _FIRST_BYTE):
        return ModelError(
            f"The model '{path.name}' is truncated or damaged, but a whole ONNX file is expected; "
            "get or export it again."
        )
    return ModelError(f"The file '{path.name}' is no ONNX file, but one is expected; check MODEL.")


def _require_graph(path: Path, has_graph: bool) -> None:
    if not has_graph:
        raise ModelError(
            f"The file '{path.name}' holds no network, but a whole ONNX file is expected; get or export it again."
        )


def _walk(data: Buffer) -> Iterator[tuple[str, int, int, int]]:
    """Yield (message, field number, start, end) of all fields in all messages that are of interest."""
    stack: list[tuple[str, int, int, int]] = [("model", 0, len(data), 0)]
    while stack:
        message, first, last, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise _Damaged
        children = _CHILDREN.get(message, {})
        for number, start, end in _fields(data, first, last):
            yield message, number, start, end
            child = children.get(number)
            if child == "external":
                yield child, number, start, end
            elif child is not None:
                stack.append((child, start, end, depth + 1))


def _fields(data: Buffer, position: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Yield (field number, start, end) of the fields of one message."""
    while position < last:
        key, position = _varint(data, position, last)
        number, wire = key >> 3, key & 7
        if number == 0 or wire not in (_VARINT, _FIXED64, _BYTES, _FIXED32):
            raise _Damaged
        start = position
        if wire == _VARINT:
            _, position = _varint(data, position, last)
        elif wire == _BYTES:
            length, start = _varint(data, position, last)
            position = start + length
        else:
            position += 8 if wire == _FIXED64 else 4
        if position > last:
            raise _Damaged
        yield number, start, position


def _varint(data: Buffer, position: int, last: int) -> tuple[int, int]:
    """Return (value, position behind it) of a base-128 number of at most ten bytes."""
    value = 0
    for shift in range(0, 70, 7):
        if position >= last:
            raise _Damaged
        byte = data[position]
        position += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, position
    raise _Damaged


def _text(data: Buffer, start: int, end: int) -> str:
    return bytes(data[start:end]).decode("utf-8", "replace")


def _pair(data: Buffer, start: int, end: int) -> tuple[str, str]:
    texts = {number: _text(data, first, last) for number, first, last in _fields(data, start, end)}
    return texts.get(1, ""), texts.get(2, "")


def _external_location(data: Buffer, start: int, end: int) -> list[str]:
    key, value = _pair(data, start, end)
    return [value] if key == "location" else []
