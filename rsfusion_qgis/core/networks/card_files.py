"""Reading and writing model cards: where a network's card is found, and the short form that people write by hand.

The truth is the STAC item inside the ONNX file's own metadata (key `rsfusion:card`). A file without one may have
`<stem>.json` beside it, either such an item or the short form; it is not looked at otherwise. Reading a card needs
neither onnx nor ONNX Runtime and skips the weights. The short form:

    {"task": "pansharpening", "halo": 12,
     "inputs": [{"name": "ms", "role": "ms", "bands": ["blue", "green", "red", "nir"], "scaling": "dataset"},
                {"name": "pan", "role": "pan", "bands": 1, "scaling": "dataset"}],
     "outputs": [{"name": "fused", "like": "ms"}]}

The keys are those of the dataclasses in `card`; what is left out has its neutral value. Bands are "any" (as when left
out), a number, names, or objects {"name", "wavelength_um"}, wavelengths in micrometres. Classes are names (with the
codes 1, 2, ...) or objects {"name", "code", "colour"}. A scaling is "none", "dataset", {"kind": "linear", "offset",
"scale"}, {"kind": "bands", "offsets", "scales"}, or another kind of `rasters.scaling`. A tensor is its layout, such as
"NHWC", or {"name", "layout", "dtype"}. Unknown keys are refused, so that no typing error is silently
ignored.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Callable, NoReturn, cast

from ..basics import field_checks as check
from ..basics.errors import ModelError
from ..rasters.class_spec import ClassSpec
from ..rasters.scaling import Scaling
from .card import CARD_KEY, CARD_VERSION, ModelCard, require_card_version
from .card_fields import Band, InputSpec, OutputSpec
from .card_stac import card_to_item, fields_of_item, is_item
from .learned import LearnedRange
from .onnx_file import file_sha256, read_metadata
from .tensor_form import PLAIN, TensorForm

MAX_CARD_BYTES = 4 * 2**20
MAX_BANDS = 4096
MAX_SPECS = 64
MAX_DIGITS = 400  # of a whole number: Python takes minutes for one of millions


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
        _require_size(path.name, len(text))
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
        _require_size(path.name, path.stat().st_size)
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


def card_from_item(item: dict[str, Any]) -> ModelCard:
    """Return the card that a STAC item holds; raises ModelError."""
    return card_from_fields(fields_of_item(item))


def required_fields() -> tuple[str, ...]:
    """Return the fields that a card by hand cannot leave out; the name is taken from the file."""
    return tuple(name for name in _needed(ModelCard) if name != "name")


def card_from_fields(values: dict[str, Any]) -> ModelCard:
    """Return the card of a plain JSON object.

    Raises
    ------
    ModelError
        If fields are missing (all of them are listed), unknown or unusable, or the version is newer.
    """
    require_card_version(values.get("card_version", CARD_VERSION))
    missing = _missing(values)
    if missing:
        check.refuse(
            f"The card lacks {', '.join(missing)}",
            f"a card needs {', '.join(required_fields())}",
            "add what is missing, by hand or with 'python -m models.common.export'",
        )
    built = {key: _READERS.get(key, _as_it_is)(value, key) for key, value in values.items()}
    return cast(ModelCard, _build(ModelCard, built, "the card"))


def _require_size(name: str, size: int) -> None:
    if size > MAX_CARD_BYTES:
        raise ModelError(
            f"The card of '{name}' has {size} bytes, but at most {MAX_CARD_BYTES} are expected; shorten it."
        )


def _from_text(text: str, file_name: str, stem: str) -> ModelCard:
    try:
        document = json.loads(text, parse_constant=_no_constant, parse_int=_whole)
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
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # A stranger's card may hold anything; what no check above foresaw is still a card that cannot be used.
        raise ModelError(
            f"The card of '{file_name}' has a field of a kind that it cannot be ({error}), but the fields of a model "
            "card are expected; correct the card."
        ) from error


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _needed(kind: type) -> list[str]:
    return [field.name for field in fields(kind) if field.default is MISSING]


def _missing(values: dict[str, Any]) -> list[str]:
    names = [name for name in _needed(ModelCard) if name not in values]
    for key, kind in (("inputs", InputSpec), ("outputs", OutputSpec)):
        for index, entry in enumerate(_list(values.get(key, []), key)):
            lacks = [name for name in _needed(kind) if name not in _object(entry, key)]
            names += [f"{key}[{index}].{name}" for name in lacks]
    return names


def _build(kind: type, values: dict[str, Any], owner: str) -> Any:
    """Call the dataclass; a key that it does not have is refused by name."""
    known = [field.name for field in fields(kind)]
    unknown = sorted(set(values) - set(known))
    if unknown:
        check.refuse(
            f"{owner[0].upper()}{owner[1:]} has the unknown fields {check.listed(unknown)}",
            f"the known ones are {', '.join(known)}",
        )
    return kind(**values)


def _as_it_is(value: Any, what: str) -> Any:
    return value


def _list(value: Any, what: str, longest: int = MAX_BANDS) -> list[Any]:
    if not isinstance(value, list):
        check.refuse(f"The field '{what}' is {check.shown(value)}", "a list is expected")
    if len(value) > longest:
        check.refuse(f"The field '{what}' has {len(value)} entries", f"at most {longest} are expected")
    return cast("list[Any]", value)


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        check.refuse(f"An entry of '{what}' is {check.shown(value)}", "a JSON object is expected")
    return cast("dict[str, Any]", value)


def _inputs(value: Any, what: str) -> tuple[InputSpec, ...]:
    entries = [dict(_object(entry, what)) for entry in _list(value, what, MAX_SPECS)]
    for entry in entries:
        entry["bands"] = _bands(entry.get("bands"), _prefix(entry["role"]))
        entry["scaling"] = _scaling(entry.get("scaling", "none"))
        entry["tensor"] = _form(entry.get("tensor"))
        if entry.get("clip") is not None:
            entry["clip"] = tuple(_list(entry["clip"], "clip"))
        if "value" in entry:
            entry["value"] = tuple(entry["value"]) if isinstance(entry["value"], list) else (entry["value"],)
        if "learned" in entry:
            entry["learned"] = tuple(_learned(one) for one in _list(entry["learned"], "learned"))
    return tuple(_build(InputSpec, entry, f"input {entry['name']!r}") for entry in entries)


def _outputs(value: Any, what: str) -> tuple[OutputSpec, ...]:
    entries = [dict(_object(entry, what)) for entry in _list(value, what, MAX_SPECS)]
    for entry in entries:
        entry["bands"] = _bands(entry.get("bands"), _prefix(entry["name"]))
        entry["tensor"] = _form(entry.get("tensor"))
        if entry.get("classes") is not None:
            named = enumerate(_list(entry["classes"], "classes"), start=1)
            entry["classes"] = tuple(_class(one, number) for number, one in named)
    return tuple(_build(OutputSpec, entry, f"output {entry['name']!r}") for entry in entries)


def _prefix(name: Any) -> str:
    check.require_text("name or role", name)
    return str(name)


def _bands(value: Any, prefix: str) -> tuple[Band, ...] | None:
    if value is None or value == "any":
        return None
    if check.is_int(value):
        check.require_int(f"number of bands of '{prefix}'", value, 1, MAX_BANDS)
        return tuple(Band(prefix if value == 1 else f"{prefix}_{n}") for n in range(1, value + 1))
    return tuple(_band(entry) for entry in _list(value, "bands"))


def _band(entry: Any) -> Band:
    if isinstance(entry, str):
        return Band(entry)
    values = _object(entry, "bands")
    if "name" not in values:
        check.refuse(f"A band is {check.shown(entry)}", "a name is expected")
    return cast(Band, _build(Band, values, "a band"))


def _class(entry: Any, number: int) -> ClassSpec:
    if isinstance(entry, str):
        return ClassSpec(entry, number)
    values = {"code": number, **_object(entry, "classes")}
    if "name" not in values:
        check.refuse(f"A class is {check.shown(entry)}", "a name is expected")
    return cast(ClassSpec, _build(ClassSpec, values, "a class"))


def _scaling(value: Any) -> Scaling:
    if isinstance(value, str):
        if value == "linear":
            check.refuse(
                "A scaling is just 'linear'",
                'its numbers are needed, {"kind": "linear", "offset": 0, "scale": 1}',
            )
        return Scaling(value)
    values = dict(_object(value, "scaling"))
    for key in ("offsets", "scales"):
        if key in values:
            values[key] = tuple(_list(values[key], key))
    return cast(Scaling, _build(Scaling, values, "a scaling"))


def _form(value: Any) -> TensorForm:
    """How a tensor lies: its layout alone, or an object of {"name", "layout", "dtype"}."""
    if value is None:
        return PLAIN
    if isinstance(value, str):
        return TensorForm(layout=value)
    return cast(TensorForm, _build(TensorForm, _object(value, "tensor"), "a tensor"))


def _learned(entry: Any) -> LearnedRange:
    values = _object(entry, "learned")
    if not {"low", "high"} <= set(values):
        check.refuse(f"A learned range is {check.shown(entry)}", "'low' and 'high' are expected")
    return cast(LearnedRange, _build(LearnedRange, values, "a learned range"))


def _texts(value: Any, what: str) -> tuple[str, ...]:
    texts = _list(value, what)
    for text in texts:
        check.require_text(f"text in '{what}'", text)
    return tuple(texts)


def _numbers(value: Any, what: str) -> tuple[float, float]:
    numbers = _list(value, what)
    if len(numbers) != 2:
        check.refuse(f"The field '{what}' is {check.shown(value)}", "two numbers are expected")
    return numbers[0], numbers[1]


def _quality(value: Any, what: str) -> tuple[tuple[str, float], ...]:
    pairs = tuple(_object(value, what).items())
    for name, number in pairs:
        check.require_text(f"key in '{what}'", name)
        check.require_number(f"value of '{name}' in '{what}'", number)
    return pairs


def _flop(value: Any, what: str) -> tuple[tuple[int, float], ...]:
    try:
        return tuple((int(bands), flop) for bands, flop in _quality(value, what))
    except ValueError:
        check.refuse(f"The field '{what}' is {check.shown(value)}", "its keys are expected to be numbers of bands")


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "inputs": _inputs,
    "outputs": _outputs,
    "ratio_range": _numbers,
    "training_data": _texts,
    "quality": _quality,
    "flop_per_pixel": _flop,
}
