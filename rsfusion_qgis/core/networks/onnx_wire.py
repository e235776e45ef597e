"""Protobuf's wire format, as far as ONNX files need it: the fields of a message, one after the other.

Readers of protobuf are lenient: they take numbers that are longer than they need be, skip fields that they do not know
and merge those that come twice. What one reader skips, another one follows. So only what every writer of ONNX files
makes is taken here, and nothing can be in a file that the walk through it does not see.

Source: https://protobuf.dev/programming-guides/encoding and https://github.com/onnx/onnx (onnx/onnx.proto)
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from typing import Union

Buffer = Union[bytes, mmap.mmap]

MAX_FIELDS = 400_000
"""Fields of one file; some two seconds of work."""
MAX_NODES = 50_000
MAX_DEPTH = 48

# message: its fields as number, * where it may come more than once, and what it holds: v(arint), f(ixed, 4 bytes),
# d(ouble, 8 bytes), b(ytes that are not looked into), or a message.
_TABLE = {
    "model": "1v 2b 3b 4b 5v 6b 7graph 8*b 14*pair 20*training 25*function 26*b",
    "training": "1graph 2graph 3*b 4*b",
    "graph": "1*node 2b 5*tensor 10b 11*b 12*b 13*b 14*b 15*sparse 16*b",
    "function": "1b 4*b 5*b 6*b 7*node 8b 9*b 10b 11*attribute 12*b 13b 14*b",
    "node": "1*b 2*b 3b 4b 5*attribute 6b 7b 8b 9*b 10*b",
    "attribute": "1b 2f 3v 4b 5tensor 6graph 7*f 8*v 9*b 10*tensor 11*graph 13b 14b 15*b 20v 21b 22sparse 23*sparse",
    "sparse": "1tensor 2tensor 3*v",
    "tensor": "1*v 2v 3b 4*f 5*v 6*b 7*v 8b 9b 10*d 11*v 12b 13*pair 14v 16*b",
    "pair": "1b 2b",
}
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_WIRES = {"v": _VARINT, "d": _FIXED64, "f": _FIXED32}
# message -> number -> (wire type, whether it may come again, the message that lies in it or "")
FIELDS: dict[str, dict[int, tuple[int, bool, str]]] = {
    message: {
        int(number): (_WIRES.get(kind, _BYTES), bool(star), kind if kind in _TABLE else "")
        for number, star, kind in re.findall(r"(\d+)(\*?)([a-z]+)", fields)
    }
    for message, fields in _TABLE.items()
}


class Damaged(Exception):
    """The bytes are no protobuf message of an ONNX file, or not in the one form that writers give it."""


class TooLong(Exception):
    """The file has more fields or nodes than any network in use."""


class Wire:
    """The bytes of one ONNX file; counts what is looked at, so that no file takes long."""

    def __init__(self, data: Buffer) -> None:
        self._data, self._fields, self._nodes = data, 0, 0

    def walk(self) -> Iterator[tuple[str, int, int, int]]:
        """Yield (message, field number, start, end) of all fields in all messages."""
        stack = [("model", 0, len(self._data), 0)]
        while stack:
            message, first, last, depth = stack.pop()
            if depth > MAX_DEPTH:
                raise Damaged
            known = FIELDS[message]
            for number, start, end in self.fields(message, first, last):
                yield message, number, start, end
                inner = known[number][2]
                if inner:
                    stack.append((inner, start, end, depth + 1))

    def fields(self, message: str = "model", position: int = 0, last: int = -1) -> Iterator[tuple[int, int, int]]:
        """Yield (field number, start, end) of the fields of one message."""
        known, seen, last = FIELDS[message], 0, last if last >= 0 else len(self._data)
        self._nodes += message == "node"
        if self._nodes > MAX_NODES:
            raise TooLong(f"more than {MAX_NODES} operators")
        while position < last:
            self._fields += 1
            if self._fields > MAX_FIELDS:
                raise TooLong(f"more than {MAX_FIELDS} entries")
            key, start = self._varint(position, last)
            number, wire = key >> 3, key & 7
            wanted, again, _ = known.get(number, (-1, False, ""))
            packed = wire == _BYTES and again and wanted != -1
            if (wire != wanted and not packed) or (not again and seen >> number & 1):
                raise Damaged
            seen |= 1 << number
            if wire == _VARINT:
                _, position = self._varint(start, last)
            elif wire == _BYTES:
                length, start = self._varint(start, last)
                position = start + length
            else:
                position = start + (8 if wire == _FIXED64 else 4)
            if position > last:
                raise Damaged
            yield number, start, position

    def text(self, start: int, end: int) -> str:
        """The text in a field."""
        return bytes(self._data[start:end]).decode("utf-8", "replace")

    def integers(self, start: int, end: int) -> list[int]:
        """The whole numbers in a field, one or many of them; one below zero comes as 2^64 more."""
        numbers, position = [], start
        while position < end:
            value, position = self._varint(position, end)
            numbers.append(value)
        return numbers

    def pair(self, start: int, end: int) -> tuple[str, str]:
        """The key and the value in a field that holds such."""
        texts = {number: self.text(first, last) for number, first, last in self.fields("pair", start, end)}
        return texts.get(1, ""), texts.get(2, "")

    def _varint(self, position: int, last: int) -> tuple[int, int]:
        """Return (value, position behind it) of a base-128 number, in as few bytes as it takes, of 64 bits at most."""
        value = 0
        for shift in range(0, 70, 7):
            if position >= last:
                raise Damaged
            byte = self._data[position]
            position += 1
            value |= (byte & 127) << shift
            if byte < 128:
                if (byte == 0 and shift) or value >> 64:
                    raise Damaged
                return value, position
        raise Damaged
