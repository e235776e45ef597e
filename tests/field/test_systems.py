"""Every system of the reviews has a form, and a small network of each form runs from file to file by its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.model_trial import face_of
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.networks.card_files import card_from_document
from rsfusion_qgis.tasks import all_tasks
from tests.field import class_forms
from tests.field.forms import RATIO, SEEN, Form
from tests.field.systems import SYSTEMS
from tests.rasters import grid_transform, read_raster, scene, write_raster

SIDE, PIXEL = 64, 10.0
WIDE = [0.1, 100.0]


def rasters(form: Form, folder: Path) -> dict[str, str]:
    """A scene for each role, in the units that its card speaks of."""
    made = {}
    for place, (role, (bands, ratio)) in enumerate(form.rasters.items()):
        pixel, side = PIXEL * ratio, SIDE // ratio
        here = grid_transform(pixel)
        values = scene(bands, side, side, here, pixel, seed=place)
        radar = any(one["role"] == role and one.get("scaling", {}) == class_forms.DECIBEL for one in form.inputs)
        values, kind = (-25 + 25 * values, "Float32") if radar else (100 + 2000 * values, "UInt16")
        path = folder / f"{role}_20240615.tif"
        made[role] = write_raster(path, values, here, dtype=kind, descriptions=("VV", "VH") if radar else ())
    return made


def done(form: Form, model: Path, given: dict[str, str], output: Path, **more: Any) -> np.ndarray:
    task = next(one for one in all_tasks() if one.card_task == form.task)
    document = {"name": "small network", "task": form.task, "inputs": form.inputs, "outputs": form.outputs,
                "halo": 0, "ratio_range": WIDE, **form.more}  # fmt: skip
    face = face_of(task)
    scores = output.with_name(f"scores_{output.name}")  # of classes: an untrained network may give one class everywhere
    further = {"PROBABILITIES": str(scores)} if any(one.parameter == "PROBABILITIES" for one in face.outputs) else {}
    job = Job(task, given, str(output), str(model), options=face.options(), device="cpu", threads=1,
              card=card_from_document(document), data_type="Float32" if face.typed else "",
              further=further, **more)  # fmt: skip
    run(job)
    return read_raster(scores if further else output)


@pytest.mark.parametrize("name", SEEN)
def test_a_small_network_of_each_form_runs_from_file_to_file(name: str, tmp_path: Path) -> None:
    form = SEEN[name]
    model, given = form.build(tmp_path / "net.onnx"), rasters(form, tmp_path)
    whole = done(form, model, given, tmp_path / "whole.tif")
    assert whole.shape[1:] == (SIDE, SIDE)
    assert np.isfinite(whole).all() and any(np.ptp(band) > 0 for band in whole)
    small = done(form, model, given, tmp_path / "small.tif", tile_size=32)
    differing = float((np.abs(small - whole) > 1e-4 * max(float(np.ptp(whole)), 1e-9)).mean())
    assert (differing < 1e-3) or not form.tiles, f"{100 * differing:.2f} % of the values depend on the tiles"


def test_every_system_has_a_form_or_a_reason() -> None:
    named = {form for systems in SYSTEMS.values() for form in systems.values() if ":" not in form[:8]}
    assert named <= set(SEEN), f"unknown: {named - set(SEEN)}"
    assert set(SEEN) <= named, f"no system has the form {set(SEEN) - named}"
    reasons = [form for systems in SYSTEMS.values() for form in systems.values() if form.startswith("no:")]
    assert all(len(one) > 40 for one in reasons)
    assert RATIO == 4
