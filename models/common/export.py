"""Turns a checkpoint into an ONNX file with its card, or puts a card into an ONNX file that exists.

    python -m models.common.export runs/pansharpening/best.pt --out models/TASK/zoo/name.onnx --card extra.json
    python -m models.common.export --card card.json network.onnx [--out other.onnx]

With a checkpoint, `--card` holds fields that it does not know (name, license, training_terms, ...), in the
short form of `core.networks.card_files`; with an ONNX file it holds the whole card, in that form or as a STAC item.
Beside the ONNX file stands the same card as a STAC item, `<stem>.json`, with the file's size and SHA-256.

A checkpoint is {"architecture": slug, "config": its arguments, "state": weights, "training": record}, and "task" where
several tasks have an architecture of that name. The architecture is found in `models/*/networks`.
Nothing is written that does not open in the engine, agree with torch and keep to its halo.
Tensors are float32 (1, bands, rows, cols), bands, rows and cols free.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import nn

from models.common import parity
from models.common.families import Family, family_of
from models.common.rebuild import note_network
from models.common.tracing import SIZES, traced
from rsfusion_qgis.core.basics.errors import ModelError, RsFusionError
from rsfusion_qgis.core.networks.card import CARD_KEY, ModelCard
from rsfusion_qgis.core.networks.card_files import card_from_document, card_to_text, read_card, read_card_file
from rsfusion_qgis.core.networks.onnx_file import file_sha256, inspect
from rsfusion_qgis.core.networks.session import InferenceSession

TOLERANCE = 1e-3  # of a standard deviation


def export_checkpoint(checkpoint: Path, out: Path, extra: dict[str, Any] | None = None) -> ModelCard:
    """Export a trained network with its card.

    Parameters
    ----------
    checkpoint : Path
        The file that the training wrote.
    out : Path
        The ONNX file to write; the STAC item goes beside it.
    extra : dict
        Fields of the card that the checkpoint does not know or that replace its own.

    Returns
    -------
    ModelCard
        The card as it stands beside the file.

    Raises
    ------
    ModelError
        If the checkpoint is unusable, or the exported network differs from torch or reaches past its halo.
    """
    saved = _load(checkpoint)
    family, network = _network(saved, checkpoint)
    bare = family.draft_card(network)
    with _draft(out) as draft:
        used = _trace(network, bare, draft)
        card = _card(family, network, saved, out.stem, used, extra or {})
        return _finish(_measured(network, bare, draft, card), draft, out)


def put_card(model: Path, card: ModelCard, out: Path, keep: Path | None = None) -> ModelCard:
    """Write an ONNX file anew with a card inside, and its item beside; refuses a card that does not fit.

    Parameters
    ----------
    model, out : Path
        The file as it is and as it shall be; they may be the same.
    card : ModelCard
    keep : Path
        A file that is not overwritten by the item: the user's own source of the card.
    """
    external = inspect(model).external
    if external and out.resolve().parent != model.resolve().parent:
        raise ModelError(
            f"The model '{model.name}' keeps weights in '{external[0]}' beside it, but --out names another folder; "
            "write it into the same folder."
        )
    InferenceSession(model, card, device="cpu").close()
    with _draft(out) as draft:
        draft.write_bytes(model.read_bytes())
        return _finish(card, draft, out, keep)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="a checkpoint, or an ONNX file that shall get a card")
    parser.add_argument("--out", type=Path, help="the ONNX file to write, or a folder (default: beside the source)")
    parser.add_argument("--card", type=Path, help="JSON file with fields of the card")
    given = parser.parse_args(arguments)
    try:
        card = _run(given.source, _target(given.source, given.out), given.card)
    except (RsFusionError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{card.name}: {_target(given.source, given.out)}, SHA-256 {card.sha256}")
    return 0


def _run(source: Path, out: Path, card_file: Path | None) -> ModelCard:
    if source.suffix != ".onnx":
        return export_checkpoint(source, out, _extra(card_file))
    if card_file is None:
        raise ModelError(
            f"There is only the ONNX file '{source.name}', but its card is needed; give it with --card CARD.json."
        )
    return put_card(source, read_card_file(card_file), out, keep=card_file)


def _target(source: Path, out: Path | None) -> Path:
    if out is None:
        return source.with_suffix(".onnx")
    return out if out.suffix == ".onnx" else out / f"{source.stem}.onnx"


def _extra(card_file: Path | None) -> dict[str, Any]:
    if card_file is None:
        return {}
    try:
        extra = json.loads(card_file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The file '{card_file}' is no JSON ({error}), but a JSON object is expected; correct it."
        ) from error
    if not isinstance(extra, dict):
        raise ModelError(f"The file '{card_file}' is no JSON object, but one is expected; write it anew.")
    return extra


def _load(checkpoint: Path) -> dict[str, Any]:
    try:
        saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    except Exception as error:
        raise ModelError(
            f"The checkpoint '{checkpoint}' cannot be read ({str(error).splitlines()[0]}), but one that a training "
            "wrote is expected; train anew."
        ) from error
    missing = {"architecture", "config", "state"} - set(saved if isinstance(saved, dict) else ())
    if missing:
        raise ModelError(
            f"The checkpoint '{checkpoint}' lacks {', '.join(sorted(missing))}, but a training writes them; train anew."
        )
    return saved


def _network(saved: dict[str, Any], checkpoint: Path) -> tuple[Family, nn.Module]:
    try:
        family = family_of(saved["architecture"], saved.get("task"))
        network = family.build(saved["architecture"], saved["config"]).eval()
        network.load_state_dict(saved["state"])
    except (ValueError, TypeError, RuntimeError) as error:
        raise ModelError(
            f"The checkpoint '{checkpoint}' does not fit its architecture ({str(error).splitlines()[0]}), but its "
            "weights must; train anew."
        ) from error
    return family, network


def _trace(network: nn.Module, draft: ModelCard, out: Path) -> tuple[str, ...]:
    """Write the bare ONNX file; return the names of the inputs that the network uses."""
    inputs, outputs = ([spec.name for spec in specs] for specs in (draft.inputs, draft.outputs))
    model = traced(network, parity.example(draft, parity.USUAL_BANDS, 64, 96), inputs, outputs, _free_axes(draft))
    used = {name for node in model.graph.node for name in node.input}
    for unused in [one for one in model.graph.input if one.name not in used]:
        model.graph.input.remove(unused)
    note_network(model, network)
    onnx.checker.check_model(model)
    out.write_bytes(model.SerializeToString())
    return tuple(name for name in inputs if name in used)


def _free_axes(draft: ModelCard) -> dict[str, dict[int, str]]:
    """Rows and columns of every raster, and its bands where it takes any number of them."""
    rasters = {spec.role: spec for spec in draft.inputs if spec.is_raster}
    any_bands = {1: "bands"}
    free = {spec.name: {**(any_bands if spec.bands is None else {}), **SIZES} for spec in rasters.values()}
    for output in draft.outputs:
        free[output.name] = dict(free[rasters[output.like].name]) if output.like else dict(SIZES)
    return free


def _card(
    family: Family, network: nn.Module, saved: dict[str, Any], stem: str, used: tuple[str, ...], extra: dict[str, Any]
) -> ModelCard:
    """Return the card of a checkpoint; `extra` goes before what the checkpoint knows."""
    training, draft, specs = saved.get("training", {}), family.draft_card(network), family.specs(network)
    counts = parity.band_counts(draft)
    counts = counts if len(counts) == 1 else (4, 8)
    quality = {name: value for name, value in training.get("validation", {}).items() if isinstance(value, (int, float))}
    fields: dict[str, Any] = {
        "name": stem,
        "task": family.task,
        "inputs": [spec for spec in specs["inputs"] if spec["name"] in used],
        "outputs": specs["outputs"],
        "halo": draft.halo,
        "multiple_of": draft.multiple_of,
        "architecture": saved["architecture"],
        "training_data": [str(name) for name in training.get("data", [])],
        "total_parameters": sum(weight.numel() for weight in network.parameters()),
        "flop_per_pixel": {str(count): parity.flop_per_pixel(network, draft, count) for count in counts},
    }
    quality.update(extra.get("quality", {}))
    return card_from_document({**fields, **extra, "quality": quality})


def _measured(network: nn.Module, bare: ModelCard, draft: Path, card: ModelCard) -> ModelCard:
    """Compare with torch and across tiles, print what was found, and note it in the card."""
    with InferenceSession(draft, card, device="cpu") as session:
        found = {
            "difference to torch": parity.against_torch(network, bare, session),
            "difference across tiles": parity.across_tiles(session),
        }
    for what, differences in found.items():
        for one in differences:
            print(f"{what}: {one}")
        worst = parity.largest(differences)
        if not worst <= TOLERANCE:
            cure = "enlarge the architecture's halo" if "tiles" in what else "use operators that ONNX has"
            raise ModelError(
                f"The exported network has a {what} of {worst:.1e} standard deviations, but at most {TOLERANCE:g} is "
                f"expected; {cure}."
            )
    measured = tuple((what, parity.largest(differences)) for what, differences in found.items())
    return replace(card, quality=(*card.quality, *measured))


def _finish(card: ModelCard, draft: Path, out: Path, keep: Path | None = None) -> ModelCard:
    """Put the card into the draft, write its item beside, and move both to their places."""
    inside = replace(card, sha256="")
    model = onnx.load(str(draft), load_external_data=False)
    for old in [one for one in model.metadata_props if one.key == CARD_KEY]:
        model.metadata_props.remove(old)
    entry = model.metadata_props.add()
    entry.key, entry.value = CARD_KEY, card_to_text(inside, f"./{out.name}")
    draft.write_bytes(model.SerializeToString())
    if read_card(draft) != inside:
        raise ModelError(f"The card of '{out.name}' does not come back as it was written, but it must; report this.")
    beside = replace(card, sha256=file_sha256(draft))
    item, item_out = draft.with_suffix(".json"), out.with_suffix(".json")
    item.write_text(card_to_text(beside, f"./{out.name}", draft.stat().st_size), encoding="utf-8")
    draft.replace(out)
    if keep is None or keep.resolve() != item_out.resolve():
        item.replace(item_out)
    return beside


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """Give the path of an unfinished file beside the target; what is left of it and its item goes at the end."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{out.stem}.partial.onnx")
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)
        draft.with_suffix(".json").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
