"""Looks into an ONNX file without running it: whether it is whole, its metadata, and what it reaches for.

A model is untrusted input. ONNX Runtime would follow external weights to any path that it can read, so the file is
walked first, see `onnx_wire`: that needs neither onnx nor protobuf, and large fields (weights) are skipped by their
length. Field numbers are those of onnx.proto.

Source: https://github.com/onnx/onnx (onnx/onnx.proto)
"""

from __future__ import annotations

import hashlib
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from ..basics.errors import ModelError
from .onnx_wire import Damaged, TooLong, Wire

MAX_FILE_BYTES = 2**31 - 1  # protobuf's own limit
MAX_TOTAL_BYTES = 8 * 2**30  # with external weights
MAX_METADATA_BYTES = 16 * 2**20
MAX_EXTERNAL = 10_000  # files

_MODEL_GRAPH, _MODEL_METADATA, _NODE_DOMAIN, _FUNCTION_DOMAIN, _TENSOR_EXTERNAL = 7, 14, 7, 10, 13
_FIRST_BYTE = b"\x08"  # the key of ir_version, which comes first in every ONNX file


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


def read_metadata(path: str | Path) -> dict[str, str]:
    """Return the metadata pairs of an ONNX file, skipping its graph; raises ModelError."""
    with opened(Path(path)) as wire:
        pairs, has_graph = [], False
        for number, start, end in wire.fields():
            has_graph = has_graph or number == _MODEL_GRAPH
            if number == _MODEL_METADATA and end - start <= MAX_METADATA_BYTES:
                pairs.append(wire.pair(start, end))
    _require_graph(Path(path), has_graph)
    return dict(pairs)


def inspect(path: str | Path) -> OnnxFile:
    """Walk through an ONNX file and everything in it that can refer to other files or operators.

    Raises
    ------
    ModelError
        If the file is missing, empty, too large, truncated, or no ONNX file as every exporter writes it.
    """
    external: dict[str, None] = {}
    used: set[str] = set()
    own: set[str] = set()
    with opened(Path(path)) as wire:
        for message, number, start, end in wire.walk():
            if message == "tensor" and number == _TENSOR_EXTERNAL:
                key, value = wire.pair(start, end)
                external.update({value: None} if key == "location" else {})
            elif message == "node" and number == _NODE_DOMAIN:
                used.add(wire.text(start, end))
            elif message == "function" and number == _FUNCTION_DOMAIN:
                own.add(wire.text(start, end))
            if len(external) > MAX_EXTERNAL:
                raise TooLong(f"weights in more than {MAX_EXTERNAL} files")
    return OnnxFile(read_metadata(path), tuple(external), tuple(sorted(used - own)))


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
        target = _resolved(folder, location)
        if target is None or folder not in target.parents:
            raise ModelError(
                f"The model '{path.name}' keeps weights in '{location}', outside its own folder, but only files "
                "beside it are read; save it as one file."
            )
        if not os.path.isfile(target):  # noqa: PTH113  (pathlib's raises for a name that is too long)
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


def _resolved(folder: Path, location: str) -> Path | None:
    """Where a location leads, links followed; None where it is not relative, for POSIX and Windows, or climbs."""
    posix, windows = PurePosixPath(location), PureWindowsPath(location)
    parts = {*posix.parts, *windows.parts}
    if not location or "\0" in location or posix.is_absolute() or windows.anchor or ".." in parts:
        return None
    try:
        return (folder / location).resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name that no file can have
        return None


@contextmanager
def opened(path: Path) -> Iterator[Wire]:
    """Map an ONNX file into memory; its damages, and a file that is none, become ModelErrors."""
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
                raise Damaged
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield Wire(data)
    except OSError as error:
        raise ModelError(
            f"The model '{path.name}' cannot be read ({error.strerror}), but a readable file is expected; check MODEL."
        ) from error
    except Damaged:
        raise _damage_error(path) from None
    except TooLong as error:
        raise ModelError(
            f"The model '{path.name}' has {error}, but no network in use has that many; choose another one."
        ) from None


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
