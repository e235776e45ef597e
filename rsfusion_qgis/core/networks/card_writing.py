"""Puts a card into an ONNX file, without opening the network: protobuf joins what is appended."""

from __future__ import annotations

from pathlib import Path

from ..basics.errors import ModelError
from .card import CARD_KEY
from .indicators_child import field
from .onnx_file import read_metadata

_METADATA, _KEY, _VALUE = 14, 1, 2


def require_cardless(path: Path) -> None:
    """Refuse a file that has a card inside; raises ModelError."""
    if CARD_KEY in read_metadata(path):
        raise ModelError(f"The model '{path.name}' has a card inside already, which goes before any other; take the "
                         "file as "
                         "it was exported.")  # fmt: skip


def with_card(path: Path, text: str) -> bytes:
    """The bytes of the file with a card inside.

    Raises
    ------
    ModelError
        It has one already.
    """
    require_cardless(path)
    pair = field(_KEY, CARD_KEY.encode()) + field(_VALUE, text.encode("utf-8"))
    return path.read_bytes() + field(_METADATA, pair)
