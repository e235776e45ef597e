"""The model card as a STAC item that uses the names of the Machine Learning Model (MLM) extension.

What MLM has is written under its names, what it lacks with our prefix. The bands stand with the model's
asset; their names stand in the properties, too, because the extension looks for them there. Shapes follow
(batch, bands, rows, cols), -1 = any size. An MLM z-score is our linear scaling: (stored - mean) / stddev.

Source: STAC MLM extension 1.4, https://github.com/stac-extensions/mlm
"""

from __future__ import annotations

import re
from typing import Any

from ..rasters.class_spec import ClassSpec
from ..rasters.scaling import Scaling
from .card_contract import PREFIX, ModelCard
from .card_specs import Band, InputSpec, OutputSpec

STAC_VERSION = "1.1.0"
MLM_SCHEMA = "https://stac-extensions.github.io/mlm/v1.4.0/schema.json"
EO_SCHEMA = "https://stac-extensions.github.io/eo/v2.0.0/schema.json"
FILE_SCHEMA = "https://stac-extensions.github.io/file/v2.1.0/schema.json"
VERSION_SCHEMA = "https://stac-extensions.github.io/version/v1.2.0/schema.json"
CLASSES_SCHEMA = "https://stac-extensions.github.io/classification/v2.0.0/schema.json"
# The extension has no word for pansharpening: finer pixels from coarser ones is its nearest.
MLM_TASKS = {"pansharpening": "super-resolution", "classification": "semantic-segmentation",
             "cloud_removal": "generative"}  # fmt: skip
DATASET_SCALING = PREFIX + "dataset-scaling"
SHA256_MULTIHASH = "1220"

# Fields of the card that MLM has no name for, each a plain JSON value.
_OWN = ("halo", "multiple_of", "max_shift_px", "nodata", "training_terms", "card_version", "task")
# Fields that STAC itself names, left out when empty.
COMMON_FIELDS = ("description", "license", "version", "created")
_OWN_INPUT = ("role", "ratio", "required", "stand_in", "resampling")


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
        "mlm:tasks": [MLM_TASKS[card.task]],
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


def _structure(bands: tuple[Band, ...] | None, count: int) -> dict[str, Any]:
    """MLM's shape of one tensor; "bands" is the axis of named bands, "channel" that of any others."""
    axis = "bands" if bands else "channel"
    return {
        "shape": [1, count, -1, -1],
        "dim_order": ["batch", axis, "height", "width"],
        "data_type": "float32",
    }


def _input_to_item(spec: InputSpec) -> dict[str, Any]:
    structure = _structure(spec.bands, len(spec.bands) if spec.bands else -1)
    if not spec.is_raster:
        structure = {"shape": [1], "dim_order": ["batch"], "data_type": "float32"}
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
    return {**entry, **{PREFIX + name: getattr(spec, name) for name in _OWN_INPUT}}


def _output_to_item(spec: OutputSpec, card: ModelCard) -> dict[str, Any]:
    like = card.input(spec.like) if spec.like else None
    channels = spec.bands or (like.bands if like else None) or spec.classes or ()
    entry: dict[str, Any] = {
        "name": spec.name,
        "tasks": [MLM_TASKS[card.task]],
        "bands": [band.name for band in spec.bands or ()],
        "result": _structure(spec.bands, len(channels) or -1),
    }
    if spec.classes:
        entry["classification:classes"] = [_class_to_item(one) for one in spec.classes]
        entry[PREFIX + "scores"] = spec.scores
    if spec.like:
        entry[PREFIX + "like"] = spec.like
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
    return None
