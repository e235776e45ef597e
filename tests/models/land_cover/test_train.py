"""From rasters and samples on disk to a network that the engine runs: the child process of rsfusion:trainclassifier."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from models.land_cover.drafting import draft_card
from models.land_cover.generated_city import CLASSES
from models.land_cover.samples.reading import gather, opened
from models.land_cover.train import work
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.tasks.land_cover.options import ClassOptions
from rsfusion_qgis.tasks.land_cover.task import TASK
from tests.city import write_city
from tests.rasters import grid_transform, read_raster, write_raster
from tests.vectors import PIXEL_M

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return write_city(tmp_path_factory.mktemp("city"))


def job(scene, **changes):
    values = {
        "inputs": {"hs": scene["hs"], "lidar": scene["lidar"]},
        "samples": {"path": scene["labels"], "field": "", "layer": "", "parameter": "LABELS", "label": ""},
        "policy": "warn", "architecture": "pixel_context_fusion", "fusion": "", "grid": "", "minutes": 5.0, "seed": 1,
        "threads": 1, "absent": "all but the first", "validation_share": 0.2, "test_share": 0.2, "steps": 40,
        "output": str(scene["folder"] / "net.onnx"), "name": "city net",
    }  # fmt: skip
    return {**values, **changes}


@pytest.fixture(scope="module")
def trained(scene):
    report = scene["folder"] / "report.html"
    numbers = work(job(scene, report=str(report)))
    card = read_card(scene["folder"] / "net.onnx")
    return {"numbers": numbers, "report": report.read_text(encoding="utf-8"), "card": card}


def test_the_numbers_and_the_card(trained):
    numbers, card = trained["numbers"], trained["card"]
    assert numbers["CLASSES"] == len(CLASSES)
    assert numbers["OA"] > 0.75
    assert 0 < numbers["OA_LOW"] <= numbers["OA"] <= numbers["OA_HIGH"] <= 1
    hs, lidar = card.inputs
    assert (hs.role, len(hs.bands), hs.required) == ("hs", 24, True)
    assert hs.bands[0].wavelength_um == pytest.approx(0.42)
    assert (lidar.role, lidar.required, lidar.scaling.kind) == ("lidar", False, "linear")
    assert (hs.scaling.kind, len(hs.scaling.offsets)) == ("bands", 24)
    assert [one.code for one in card.outputs[0].classes] == [1, 2, 3, 4, 5, 6]
    assert all(one.colour for one in card.outputs[0].classes)
    assert dict(card.quality)["oa, held-out regions"] == pytest.approx(numbers["OA"], abs=1e-4)
    assert "hs.tif" in card.training_data


def test_the_report_tells_of_everything(trained):
    for text in ("What was learned from", "Losses over the steps", "without LIDAR", "SEED", "has not seen"):
        assert text in trained["report"]


def test_the_engine_classifies_with_it(scene, trained):
    output = str(scene["folder"] / "map.tif")
    rasters = {"hs": scene["hs"], "lidar": scene["lidar"]}
    network = str(scene["folder"] / "net.onnx")
    run(Job(TASK, rasters, output, model=network, options=ClassOptions(), device="cpu", threads=1))
    right = read_raster(output)[0] == scene["found"].truth + 1
    assert right.mean() > 0.8


def test_what_is_read_is_what_lies_on_disk(scene):
    plan = opened({"hs": scene["hs"], "lidar": scene["lidar"]}, None, "warn", lambda share: None)
    material = gather(plan, SampleSource(scene["labels"], parameter="LABELS"), 5, 0, lambda share: None)
    seen = np.zeros(scene["found"].truth.shape, bool)
    for chip in material.chips:
        for row, col in np.argwhere(chip.labelled):
            at = chip.row + row - chip.halo, chip.col + col - chip.halo
            assert not seen[at]
            seen[at] = True
            assert material.classes[chip.labels[row, col]].code == scene["drawn"][at] + 1
            np.testing.assert_array_equal(chip.inputs["hs"][:, row, col], scene["found"].hs[:, at[0], at[1]])
    np.testing.assert_array_equal(seen, scene["drawn"] >= 0)


def test_the_card_keeps_what_heights_count_from(scene, tmp_path):
    above = str(tmp_path / "above.tif")
    gdal.Translate(above, scene["lidar"], outputSRS="EPSG:32632+5773").FlushCache()
    drafts = [draft_card({"hs": scene["hs"], "lidar": lidar}, None) for lidar in (scene["lidar"], above)]
    assert [[spec.heights for spec in draft.inputs] for draft in drafts] == [["", ""], ["", "EGM96 height"]]


def test_samples_without_data_are_left_out_and_said(scene, tmp_path):
    hs = scene["found"].hs.copy()
    hs[:, :, 66:] = -1.0
    path = write_raster(tmp_path / "half.tif", hs, grid_transform(PIXEL_M), dtype="Float32", nodata=-1.0)
    plan = opened({"hs": path}, None, "warn", lambda share: None)
    labels = np.where(scene["drawn"] >= 0, scene["drawn"], -1)
    wanted = [k for k in range(len(CLASSES)) if (labels[:, :66] == k).sum() >= 3]
    kept = np.where(np.isin(labels, wanted), labels + 1, 0)
    place = grid_transform(PIXEL_M)
    samples_path = write_raster(tmp_path / "labels.tif", kept[None].astype(float), place, dtype="Byte")
    material = gather(plan, SampleSource(samples_path, parameter="LABELS"), 5, 0, lambda share: None)
    lost = int((kept[:, 66:] > 0).sum())
    assert any(f"{lost} sample pixels lie where HS has no data" in text for text in material.warnings)
    lonely = np.zeros_like(kept)
    lonely[10:14, 10:14], lonely[10:14, 100:104] = 1, 2
    samples_path = write_raster(tmp_path / "lonely.tif", lonely[None].astype(float), place, dtype="Byte")
    with pytest.raises(InputError, match=r"too few sample pixels of '2' \(0\) where HS has data; expected 3"):
        gather(plan, SampleSource(samples_path, parameter="LABELS"), 5, 0, lambda share: None)


def child(job_values, folder):
    file = folder / "job.json"
    file.write_text(json.dumps(job_values), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "models.land_cover.train", str(file)], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"}, timeout=300,
    )  # fmt: skip


def test_the_child_talks_in_lines_of_json_and_goes_on(scene, tmp_path):
    state = tmp_path / "state.pt"
    values = job(scene, steps=6, checkpoint=str(state), output=str(tmp_path / "net.onnx"))
    first = child(values, tmp_path)
    assert first.returncode == 0, first.stderr
    lines = [json.loads(line) for line in first.stdout.splitlines()]
    assert 6 < lines[-1]["result"]["STEPS"] <= 12, "six, and then as many as were best with all samples"
    shares = [line["progress"] for line in lines if "progress" in line]
    assert shares == sorted(shares)
    assert state.is_file()
    second = child({**values, "steps": 9}, tmp_path)
    lines = [json.loads(line) for line in second.stdout.splitlines()]
    assert any("Going on from 'state.pt'" in line.get("info", "") for line in lines)
    assert 9 < lines[-1]["result"]["STEPS"] <= 18


def test_the_child_says_one_sentence_and_ends_with_1(scene, tmp_path):
    done = child(job(scene, fusion="product", architecture="fusatnet"), tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("leave FUSION as it is, or choose another ARCHITECTURE.")
    assert len(done.stderr.strip().splitlines()) == 1
