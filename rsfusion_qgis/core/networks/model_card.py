"""The model card: the contract between a network and the engine, and where it is found.

The truth is the STAC item inside the ONNX file's own metadata (key `rsfusion:card`). A file without one
may have `<stem>.json` beside it, either such an item or the short form of `card_fields`; it is not looked
at otherwise. Reading a card needs neither onnx nor ONNX Runtime and skips the weights.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from ..basics.errors import ModelError
from .card_contract import CARD_KEY, CARD_VERSION, PREFIX, TASK_ROLES, ModelCard, usable_name
from .card_fields import card_from_fields, required_fields
from .card_specs import RATIO_ROLE, Band, InputSpec, OutputSpec
from .mlm_read import card_from_item, is_item
from .mlm_write import card_to_item
from .onnx_file import file_sha256, read_metadata

__all__ = [
    "CARD_KEY",
    "CARD_VERSION",
    "PREFIX",
    "RATIO_ROLE",
    "TASK_ROLES",
    "Band",
    "InputSpec",
    "ModelCard",
    "OutputSpec",
    "card_from_document",
    "card_from_fields",
    "card_from_item",
    "card_to_item",
    "card_to_text",
    "file_sha256",
    "read_card",
    "read_card_file",
    "usable_name",
]

MAX_CARD_BYTES = 4 * 2**20


def read_card(path: str | Path) -> ModelCard:
    """Return the card of an ONNX file.

    Parameters
    ----------
    path : str or Path
        The ONNX file.

    Raises
    ------
    ModelError
        If the file is missing, truncated or no ONNX file, if it has no card (the sentence lists the fields
        that are needed), or if its card is unusable, newer, or was made for another file.
    """
    path = Path(path)
    text = read_metadata(path).get(CARD_KEY)
    if text is not None:
        return _from_text(text, path.name, path.stem)
    beside = path.with_suffix(".json")
    if not beside.is_file():
        raise ModelError(
            f"The model '{path.name}' has no card, but the fields {', '.join(required_fields())} are needed; write "
            f"them into '{beside.name}' beside it or run 'python -m models.common.export --card CARD.json {path.name}'."
        )
    card = read_card_file(beside)
    if card.sha256 and card.sha256 != file_sha256(path):
        raise ModelError(
            f"The card '{beside.name}' was made for another file than '{path.name}' (the SHA-256 differs), but it "
            "must describe this one; write the card anew or get the file again."
        )
    return card


def read_card_file(path: str | Path) -> ModelCard:
    """Return the card in a JSON file, a STAC item or the short form; raises ModelError."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_CARD_BYTES:
            raise ModelError(
                f"The card '{path.name}' has {path.stat().st_size} bytes, but at most {MAX_CARD_BYTES} are expected; "
                "shorten it."
            )
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(
            f"The card '{path.name}' cannot be read ({error}), but a JSON text is expected; write it anew."
        ) from error
    return _from_text(text, path.name, path.stem)


def card_from_document(document: dict[str, Any], name: str = "") -> ModelCard:
    """Return the card of a JSON object, a STAC item or the short form; `name` where it has none itself."""
    if is_item(document):
        return card_from_item(document)
    return card_from_fields(document if "name" in document or not name else {"name": name, **document})


def card_to_text(card: ModelCard, href: str = "", file_size: int = 0) -> str:
    """Return the STAC item of a card as JSON text; the parameters are those of `card_to_item`."""
    return json.dumps(card_to_item(card, href, file_size), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _from_text(text: str, file_name: str, stem: str) -> ModelCard:
    try:
        document = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ModelError(
            f"The card of '{file_name}' is no JSON ({str(error)[:100]}), but a JSON object is expected; correct it."
        ) from error
    try:
        if not isinstance(document, dict):
            raise ModelError("It is no JSON object, but one is expected; write the card anew.")
        return card_from_document(document, stem)
    except ModelError as error:
        raise ModelError(f"Card of '{file_name}': {error}") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
