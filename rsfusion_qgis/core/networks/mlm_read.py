"""A model card from a STAC item of the Machine Learning Model (MLM) extension; the reverse of `mlm_write`.

The item is turned into the short form of a card, which has one reader for both, so that both are held to
the same rules. Shapes follow (batch, bands, rows, cols), -1 = any size.

Source: STAC MLM extension 1.4, https://github.com/stac-extensions/mlm
"""

from __future__ import annotations

from typing import Any

from ..basics import field_checks as check
from .card_contract import PREFIX, ModelCard, require_card_version
from .card_fields import card_from_fields
from .card_specs import RATIO_ROLE
from .mlm_write import COMMON_FIELDS, DATASET_SCALING, SHA256_MULTIHASH

_JSON = {dict: "object", list: "list"}


def is_item(document: dict[str, Any]) -> bool:
    """Whether a JSON object claims to be a STAC item (and not the short form of a card)."""
    return document.get("type") == "Feature" or "properties" in document


def card_from_item(item: dict[str, Any]) -> ModelCard:
    """Return the card that a STAC item holds.

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
    return card_from_fields({**values, **_checksum(asset)})


def _get(owner: dict[str, Any], key: str, kind: type, what: str) -> Any:
    value = owner.get(key) if isinstance(owner, dict) else None
    if not isinstance(value, kind):
        check.refuse(f"{what} has no usable '{key}'", f"a STAC item of a model has a JSON {_JSON[kind]} there")
    return value


def _entry(entry: Any, key: str) -> dict[str, Any]:
    if not isinstance(entry, dict):
        check.refuse(f"An entry of '{key}' is {type(entry).__name__}", "a JSON object is expected")
    return dict(entry)


def _wavelengths(bands: Any) -> dict[str, Any]:
    entries = [_entry(band, "bands") for band in bands] if isinstance(bands, list) else []
    return {str(band.get("name")): band.get("eo:center_wavelength") for band in entries}


def _band_fields(entry: dict[str, Any], wavelengths: dict[str, Any]) -> list[dict[str, Any]]:
    names = [band.get("name") if isinstance(band, dict) else band for band in entry.get("bands") or ()]
    return [{"name": name, "wavelength_um": wavelengths.get(str(name))} for name in names]


def _input_fields(entry: dict[str, Any], wavelengths: dict[str, Any]) -> dict[str, Any]:
    values = _own_entry(entry)
    bands: Any = _band_fields(entry, wavelengths)
    if values.get("role") != RATIO_ROLE:
        count = _channels(entry, _get(entry, "input", dict, "An input"))
        if bands and count != len(bands):
            _refuse_count(entry, f"{len(bands)} bands", count)
        values["bands"] = bands or (count if count > 0 else None)
    return {**values, "scaling": _scaling_fields(entry.get("value_scaling"), entry.get("name"))}


def _output_fields(entry: dict[str, Any], wavelengths: dict[str, Any]) -> dict[str, Any]:
    values = _own_entry(entry)
    values["bands"] = _band_fields(entry, wavelengths) or None
    classes = entry.get("classification:classes")
    if classes:
        values["classes"] = [_class_fields(_entry(c, "classification:classes")) for c in classes]
    count = _channels(entry, _get(entry, "result", dict, "An output"))
    named = values["bands"] or values.get("classes")
    if named and count not in (-1, len(named)):
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
    fits = isinstance(shape, list) and isinstance(order, list) and len(shape) == len(order) == 4
    if not fits or order[0] != "batch" or order[2:] != ["height", "width"] or not check.is_int(shape[1]):
        check.refuse(
            f"'{entry.get('name')}' has the shape {shape} in the order {order}",
            "four sizes in the order batch, bands, height, width are expected",
        )
    if structure.get("data_type") != "float32":
        found = f"'{entry.get('name')}' has the data type {structure.get('data_type')!r}"
        check.refuse(found, "only 'float32' can be used")
    return int(shape[1])


def _scaling_fields(scaling: Any, name: Any) -> Any:
    if not scaling:
        return "none"
    entries = [one for one in scaling if isinstance(one, dict)] if isinstance(scaling, list) else []
    if len(entries) > 1 and all(one.get("type") == "z-score" for one in scaling):
        means, deviations = ([entry.get(key) for entry in entries] for key in ("mean", "stddev"))
        return {"kind": "bands", "offsets": means, "scales": deviations}
    first = entries[0] if len(entries) == 1 else {}
    kind = first.get("type")
    if kind == "z-score":
        return {"kind": "linear", "offset": first.get("mean"), "scale": first.get("stddev")}
    if kind == "processing" and first.get("format") == DATASET_SCALING:
        return "dataset"
    return check.refuse(
        f"The value_scaling of input {name!r} is {str(scaling)[:60]}",
        "nothing, 'z-score' (once, or once for each band) or one 'processing' with the format "
        f"'{DATASET_SCALING}' can be used",
    )


def _model_asset(item: dict[str, Any]) -> dict[str, Any]:
    assets = item.get("assets")
    asset = assets.get("model") if isinstance(assets, dict) else None
    return asset if isinstance(asset, dict) else {}


def _checksum(asset: dict[str, Any]) -> dict[str, Any]:
    checksum = asset.get("file:checksum")
    if not isinstance(checksum, str) or not checksum.startswith(SHA256_MULTIHASH):
        return {}
    return {"sha256": checksum[len(SHA256_MULTIHASH) :]}
