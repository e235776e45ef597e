"""A model card as a STAC item of the Machine Learning Model (MLM) extension, and what such an item says of a card.

What MLM has is written under its names, what it lacks with our prefix. The bands stand with the model's asset; their
names stand in the properties, too, because the extension looks for them there. Shapes follow (batch, bands, rows,
cols), -1 = any size; wavelengths are micrometres. An MLM z-score is our linear scaling: (stored - mean) / stddev.
An item is read into the short form of a card, which has one reader for both, so that both are held to the same rules.

Source: STAC MLM extension 1.4, https://github.com/stac-extensions/mlm
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from ..basics import field_checks as check
from ..rasters.class_spec import ClassSpec
from ..rasters.scaling import Scaling
from .card import PREFIX, ModelCard, require_card_version
from .card_fields import Band, InputSpec, OutputSpec
from .card_tasks import require_task
from .tensor_form import DATE_FORMS, NCHW, NUMBER_ROLES, PLAIN, TensorForm

STAC_VERSION = "1.1.0"
MLM_SCHEMA = "https://stac-extensions.github.io/mlm/v1.4.0/schema.json"
EO_SCHEMA = "https://stac-extensions.github.io/eo/v2.0.0/schema.json"
FILE_SCHEMA = "https://stac-extensions.github.io/file/v2.1.0/schema.json"
VERSION_SCHEMA = "https://stac-extensions.github.io/version/v1.2.0/schema.json"
CLASSES_SCHEMA = "https://stac-extensions.github.io/classification/v2.0.0/schema.json"
DATASET_SCALING, OTHER_SCALING = PREFIX + "dataset-scaling", PREFIX + "scaling"
SHA256_MULTIHASH = "1220"

# Fields of the card that MLM has no name for, each a plain JSON value.
_OWN = ("halo", "multiple_of", "margin", "window", "max_shift_px", "nodata", "training_terms", "card_version", "task")
# Fields that STAC itself names, left out when empty.
COMMON_FIELDS = ("description", "license", "version", "created")
_JSON = {dict: "object", list: "list"}
_OWN_INPUT = ("role", "ratio", "required", "stand_in", "resampling")
_RARE_INPUT = {"again": False, "clip": None, "components": 0, "whiten": False, "value": (), "date_of": "",
               "date_form": DATE_FORMS[0]}  # fmt: skip
"""Fields of an input that are written where they are not neutral."""
LONGEST_EXPRESSION = 100_000


def card_to_item(card: ModelCard, href: str = "", file_size: int = 0) -> dict[str, Any]:
    """Return the STAC item (a JSON object) of a card.

    Parameters
    ----------
    card : ModelCard
    href : str
        Where the ONNX file lies, relative to the item; "" = the item's id with `.onnx`.
    file_size : int
        Bytes of the ONNX file; 0 = not said.
    """
    identifier = re.sub(r"[^a-z0-9]+", "-", card.name.lower()).strip("-")
    bands = {band.name: band for spec in (*card.inputs, *card.outputs) for band in spec.bands or ()}
    return {
        "type": "Feature",
        "stac_version": STAC_VERSION,
        "stac_extensions": _extensions(card, list(bands.values()), file_size),
        "id": identifier,
        "geometry": None,
        "properties": {
            **_time_properties(),
            **{name: getattr(card, name) for name in COMMON_FIELDS if getattr(card, name)},
            **_mlm_properties(card),
            **_own_properties(card),
            **({"bands": [{"name": name} for name in bands]} if bands else {}),
        },
        "links": [],
        "assets": {"model": _asset(card, href or f"./{identifier}.onnx", file_size, list(bands.values()))},
    }


def _extensions(card: ModelCard, bands: list[Band], file_size: int) -> list[str]:
    wanted = {
        MLM_SCHEMA: True,
        EO_SCHEMA: any(band.wavelength_um for band in bands),
        FILE_SCHEMA: bool(card.sha256 or file_size),
        VERSION_SCHEMA: bool(card.version),
        CLASSES_SCHEMA: any(output.classes for output in card.outputs),
    }
    return [schema for schema, used in wanted.items() if used]


def _time_properties() -> dict[str, Any]:
    """A network has no date of acquisition: STAC then wants an interval, here all of time."""
    return {
        "datetime": None,
        "start_datetime": "1900-01-01T00:00:00Z",
        "end_datetime": "9999-12-31T23:59:59Z",
    }


def _mlm_properties(card: ModelCard) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "mlm:name": card.name,
        "mlm:architecture": card.architecture or "unknown",
        "mlm:tasks": [require_task(card.task).mlm_task],
        "mlm:framework": "ONNX",
        "mlm:input": [_input_to_item(spec) for spec in card.inputs],
        "mlm:output": [_output_to_item(spec, card) for spec in card.outputs],
    }
    if card.total_parameters:
        properties["mlm:total_parameters"] = card.total_parameters
    return properties


def _own_properties(card: ModelCard) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(card, name) for name in _OWN}
    values["ratio_range"] = list(card.ratio_range)
    values["training_data"] = list(card.training_data)
    values["quality"] = dict(card.quality)
    values["flop_per_pixel"] = {str(bands): flop for bands, flop in card.flop_per_pixel}
    return {PREFIX + name: value for name, value in values.items()}


def _asset(card: ModelCard, href: str, file_size: int, bands: list[Band]) -> dict[str, Any]:
    asset: dict[str, Any] = {
        "href": href,
        "type": "application/octet-stream; application=onnx",
        "title": card.name,
        "roles": ["mlm:model", "mlm:weights", "data"],
        "mlm:artifact_type": "onnx",
    }
    if card.sha256:
        asset["file:checksum"] = SHA256_MULTIHASH + card.sha256
    if file_size:
        asset["file:size"] = file_size
    if bands:
        asset["bands"] = [_band_to_item(band) for band in bands]
    return asset


def _structure(bands: tuple[Band, ...] | None, count: int, form: TensorForm) -> dict[str, Any]:
    """MLM's shape of one tensor; "bands" is the axis of named bands, "channel" that of any others."""
    axes = {**_AXES, "C": "bands" if bands else "channel"}
    return {
        "shape": list(form.sizes(1, count, -1, -1)),
        "dim_order": [axes[letter] for letter in form.layout],
        "data_type": form.dtype,
    }


_AXES = {"N": "batch", "C": "channel", "H": "height", "W": "width", "1": "one"}
_LETTERS = {**{name: letter for letter, name in _AXES.items()}, "bands": "C"}


def _input_to_item(spec: InputSpec) -> dict[str, Any]:
    structure = _structure(spec.bands, spec.channels or -1, spec.tensor)
    if not spec.is_raster:
        structure = {"shape": [max(1, len(spec.value))], "dim_order": ["batch"], "data_type": spec.tensor.dtype}
    entry: dict[str, Any] = {
        "name": spec.name,
        "bands": [band.name for band in spec.bands or ()],
        "input": structure,
    }
    scaling = _scaling_to_item(spec.scaling)
    if scaling:
        entry["value_scaling"] = scaling
    if spec.matched:
        entry[PREFIX + "matched"] = True
    if spec.heights:
        entry[PREFIX + "heights"] = spec.heights
    if spec.learned:
        entry[PREFIX + "learned"] = [asdict(one) for one in spec.learned]
    for name, neutral in _RARE_INPUT.items():
        value = getattr(spec, name)
        if value != neutral:
            entry[PREFIX + name] = list(value) if isinstance(value, tuple) else value
    if spec.tensor != PLAIN:
        entry[PREFIX + "tensor"] = asdict(spec.tensor)
    return {**entry, **{PREFIX + name: getattr(spec, name) for name in _OWN_INPUT}}


def _output_to_item(spec: OutputSpec, card: ModelCard) -> dict[str, Any]:
    like = card.input(spec.like) if spec.like else None
    channels = spec.bands or (like.bands if like else None) or spec.classes or ()
    entry: dict[str, Any] = {
        "name": spec.name,
        "tasks": [require_task(card.task).mlm_task],
        "bands": [band.name for band in spec.bands or ()],
        "result": _structure(spec.bands, len(channels) or -1, spec.tensor),
    }
    if spec.classes:
        entry["classification:classes"] = [_class_to_item(one) for one in spec.classes]
        entry[PREFIX + "scores"] = spec.scores
    if spec.like:
        entry[PREFIX + "like"] = spec.like
    if spec.add:
        entry[PREFIX + "add"] = spec.add
    if spec.tensor != PLAIN:
        entry[PREFIX + "tensor"] = asdict(spec.tensor)
    return entry


def _class_to_item(one: ClassSpec) -> dict[str, Any]:
    """STAC's `name` is for machines, letters, digits, - and _ only; `description` is for people."""
    name = re.sub(r"[^0-9A-Za-z_-]+", "-", one.name).strip("-") or f"class-{one.code}"
    entry = {"value": one.code, "name": name, "description": one.name}
    return {**entry, "color_hint": one.colour[1:].upper()} if one.colour else entry


def _band_to_item(band: Band) -> dict[str, Any]:
    if band.wavelength_um is None:
        return {"name": band.name}
    return {"name": band.name, "eo:center_wavelength": band.wavelength_um}


def _scaling_to_item(scaling: Scaling) -> list[dict[str, Any]] | None:
    if scaling.kind == "linear":
        return [{"type": "z-score", "mean": scaling.offset, "stddev": scaling.scale}]
    if scaling.kind == "bands":
        return [{"type": "z-score", "mean": m, "stddev": s} for m, s in zip(scaling.offsets, scaling.scales)]
    if scaling.kind == "dataset":
        expression = "(band - low percentile of the raster's band) / (its standard deviation)"
        return [{"type": "processing", "format": DATASET_SCALING, "expression": expression}]
    if scaling.kind != "none":
        told = {name: value for name, value in asdict(scaling).items() if value not in (None, (), 0, 0.0)}
        told.pop("scale", None)
        return [{"type": "processing", "format": OTHER_SCALING, "expression": json.dumps(told, sort_keys=True)}]
    return None


def is_item(document: dict[str, Any]) -> bool:
    """Whether a JSON object claims to be a STAC item (and not the short form of a card)."""
    return document.get("type") == "Feature" or "properties" in document


def fields_of_item(item: dict[str, Any]) -> dict[str, Any]:
    """Return the short form of the card that a STAC item holds.

    Raises
    ------
    ModelError
        If a field is missing or unusable, or if a newer program wrote the card.
    """
    properties = _get(item, "properties", dict, "The item")
    # A newer card may have moved everything else, so its version is looked at before anything else.
    require_card_version(properties.get(PREFIX + "card_version", 1))
    own = {key[len(PREFIX) :]: value for key, value in properties.items() if key.startswith(PREFIX)}
    values = {**own, **{name: properties[name] for name in COMMON_FIELDS if name in properties}}
    for name, key in (("name", "mlm:name"), ("total_parameters", "mlm:total_parameters")):
        if key in properties:
            values[name] = properties[key]
    if properties.get("mlm:architecture", "unknown") != "unknown":
        values["architecture"] = properties["mlm:architecture"]
    asset = _model_asset(item)
    wavelengths = {**_wavelengths(properties.get("bands")), **_wavelengths(asset.get("bands"))}
    for name, read in (("input", _input_fields), ("output", _output_fields)):
        if f"mlm:{name}" in properties:
            entries = _get(properties, f"mlm:{name}", list, "The item")
            values[f"{name}s"] = [read(_entry(entry, f"mlm:{name}"), wavelengths) for entry in entries]
    return {**values, **_checksum(asset)}


def _get(owner: dict[str, Any], key: str, kind: type, what: str) -> Any:
    value = owner.get(key) if isinstance(owner, dict) else None
    if not isinstance(value, kind):
        check.refuse(f"{what} has no usable '{key}'", f"a STAC item of a model has a JSON {_JSON[kind]} there")
    return value


def _list(owner: dict[str, Any], key: str) -> list[Any]:
    """A list that may be missing."""
    value = owner.get(key)
    if value is not None and not isinstance(value, list):
        check.refuse(f"'{key}' is {check.shown(value)}", "a JSON list is expected")
    return value or []


def _entry(entry: Any, key: str) -> dict[str, Any]:
    if not isinstance(entry, dict):
        check.refuse(f"An entry of '{key}' is {type(entry).__name__}", "a JSON object is expected")
    return dict(entry)


def _wavelengths(bands: Any) -> dict[str, Any]:
    entries = [_entry(band, "bands") for band in bands] if isinstance(bands, list) else []
    return {str(band.get("name")): band.get("eo:center_wavelength") for band in entries}


def _band_fields(entry: dict[str, Any], wavelengths: dict[str, Any]) -> list[dict[str, Any]]:
    bands = _list(entry, "bands")
    names = [band.get("name") if isinstance(band, dict) else band for band in bands]
    return [{"name": name, "wavelength_um": wavelengths.get(str(name))} for name in names]


def _input_fields(entry: dict[str, Any], wavelengths: dict[str, Any]) -> dict[str, Any]:
    values = _own_entry(entry)
    bands: Any = _band_fields(entry, wavelengths)
    if values.get("role") not in NUMBER_ROLES:
        count = _channels(entry, _get(entry, "input", dict, "An input"))
        made = values.get("components") or len(bands)
        if (bands or values.get("components")) and count != made:
            _refuse_count(entry, f"{made} bands", count)
        values["bands"] = bands or (count if count > 0 and not values.get("components") else None)
    return {**values, "scaling": _scaling_fields(entry.get("value_scaling"), entry.get("name"))}


def _output_fields(entry: dict[str, Any], wavelengths: dict[str, Any]) -> dict[str, Any]:
    values = _own_entry(entry)
    values["bands"] = _band_fields(entry, wavelengths) or None
    classes = _list(entry, "classification:classes")
    if classes:
        values["classes"] = [_class_fields(_entry(c, "classification:classes")) for c in classes]
    count = _channels(entry, _get(entry, "result", dict, "An output"))
    named = values["bands"] or values.get("classes")
    if named and count not in (-1, 1 if "classes" in values else -1, len(named)):
        _refuse_count(entry, f"{len(named)} {'bands' if values['bands'] else 'classes'}", count)
    return values


def _class_fields(entry: dict[str, Any]) -> dict[str, Any]:
    values = {"name": entry.get("description", entry.get("name"))}
    if "value" in entry:
        values["code"] = entry["value"]
    hint = entry.get("color_hint")
    return {**values, "colour": f"#{hint.lower()}"} if isinstance(hint, str) else values


def _refuse_count(entry: dict[str, Any], found: str, channels: int) -> None:
    check.refuse(f"'{entry.get('name')}' has {found}", f"its shape has {channels} channels")


def _own_entry(entry: dict[str, Any]) -> dict[str, Any]:
    own = {key[len(PREFIX) :]: value for key, value in entry.items() if key.startswith(PREFIX)}
    return {**({"name": entry["name"]} if "name" in entry else {}), **own}


def _channels(entry: dict[str, Any], structure: dict[str, Any]) -> int:
    """Channels of an input or output, -1 = any; refuses what the engine cannot feed."""
    shape, order = structure.get("shape"), structure.get("dim_order")
    form = entry.get(PREFIX + "tensor", {})
    layout = form.get("layout", NCHW) if isinstance(form, dict) else NCHW
    fits = isinstance(shape, list) and isinstance(order, list) and len(shape) == len(order)
    told = "".join(_LETTERS.get(str(axis), "?") for axis in order) if fits else ""
    place = told.find("C")
    if told != layout or not fits or (place >= 0 and not check.is_int(shape[place])):
        check.refuse(
            f"'{entry.get('name')}' has the shape {check.shown(shape)} in the order {check.shown(order)}",
            "four sizes in the order batch, bands, height, width are expected" if layout == NCHW else
            f"sizes in the order of its layout, {layout}, are expected",
        )  # fmt: skip
    dtype = form.get("dtype", "float32") if isinstance(form, dict) else "float32"
    if structure.get("data_type") != dtype:
        found = f"'{entry.get('name')}' has the data type {check.shown(structure.get('data_type'))}"
        check.refuse(found, f"only '{dtype}' can be used" if dtype == "float32" else f"its tensor says '{dtype}'")
    return int(shape[place]) if place >= 0 else 1


def _scaling_fields(scaling: Any, name: Any) -> Any:
    if not scaling:
        return "none"
    entries = [one for one in scaling if isinstance(one, dict)] if isinstance(scaling, list) else []
    if 1 < len(entries) == len(scaling) and all(one.get("type") == "z-score" for one in entries):
        means, deviations = ([entry.get(key) for entry in entries] for key in ("mean", "stddev"))
        return {"kind": "bands", "offsets": means, "scales": deviations}
    first = entries[0] if len(entries) == 1 else {}
    kind = first.get("type")
    if kind == "z-score":
        return {"kind": "linear", "offset": first.get("mean"), "scale": first.get("stddev")}
    if kind == "processing" and first.get("format") == DATASET_SCALING:
        return "dataset"
    if kind == "processing" and first.get("format") == OTHER_SCALING:
        return _other_scaling(first.get("expression"), name)
    return check.refuse(
        f"The value_scaling of input {check.shown(name)} is {check.shown(scaling)}",
        "nothing, 'z-score' (once, or once for each band) or one 'processing' with the format "
        f"'{DATASET_SCALING}' can be used",
    )


def _other_scaling(expression: Any, name: Any) -> dict[str, Any]:
    try:
        told = json.loads(str(expression)[:LONGEST_EXPRESSION])
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        check.refuse(f"The value_scaling of input {check.shown(name)} is {check.shown(expression)}",
                     "a JSON object is expected in its expression")  # fmt: skip
    return told


def _model_asset(item: dict[str, Any]) -> dict[str, Any]:
    assets = item.get("assets")
    asset = assets.get("model") if isinstance(assets, dict) else None
    return asset if isinstance(asset, dict) else {}


def _checksum(asset: dict[str, Any]) -> dict[str, Any]:
    checksum = asset.get("file:checksum")
    if not isinstance(checksum, str) or not checksum.startswith(SHA256_MULTIHASH):
        return {}
    return {"sha256": checksum[len(SHA256_MULTIHASH) :]}
