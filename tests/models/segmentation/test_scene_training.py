"""From rasters and samples on disk to a segmenter that the engine runs: the child of rsfusion:trainsegmenter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from models.segmentation.networks import MISSING, OWN
from models.segmentation.networks.pyramid_fusion import WAYS, PyramidFusion
from models.segmentation.networks.scene_base import dates_of
from models.segmentation.scene_training.material import _blocks, drafted, gather, opened, scenes_of, split_of
from models.segmentation.scene_training.train import ABSENT, work
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.engine.training_options import ABSENCES
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.tasks.segmentation.options import SegmentOptions
from rsfusion_qgis.tasks.segmentation.task import TASK
from rsfusion_qgis.tasks.segmentation.training import ARCHITECTURES, FUSIONS
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.segmentation import scenes

NAMES = ["none", "dry", "water"]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("flood")
    found = scenes.flood(160, 176)
    heights = np.where(found.flood | found.river, 0.0, 3.0) + np.random.default_rng(1).normal(0, 1, (160, 176))
    place = grid_transform(scenes.PIXEL_M)
    truth = 1.0 + (found.flood | found.river)
    return {
        "folder": folder, "truth": truth, **scenes.write(folder, found),
        "lidar": write_raster(folder / "lidar.tif", heights[None], place, dtype="Float32"),
        "labels": write_raster(folder / "labels.tif", truth[None], place, dtype="Byte"),
    }  # fmt: skip


def job(scene: dict[str, Any], **changes: Any) -> dict[str, Any]:
    values = {
        "inputs": {role: scene[role] for role in ("optical", "sar", "lidar")},
        "samples": {"path": scene["labels"], "field": "", "layer": "", "parameter": "LABELS", "label": ""},
        "policy": "warn", "method": "network", "architecture": "pyramid_fusion", "fusion": "decision", "grid": "",
        "minutes": 5.0, "seed": 1, "threads": 1, "absent": "any", "validation_share": 0.2, "test_share": 0.2,
        "sar_unit": "", "scenes": "", "steps": 24, "output": str(scene["folder"] / "net.onnx"), "name": "own net",
    }  # fmt: skip
    return {**values, **changes}


def segmented(scene: dict[str, Any], network: Path, *roles: str) -> float:
    """Share of the pixels that are right."""
    output = str(scene["folder"] / "map.tif")
    run(Job(TASK, {role: scene[role] for role in roles}, output, model=str(network), options=SegmentOptions()))
    return float((read_raster(output)[0] == scene["truth"]).mean())


@pytest.mark.parametrize("method", ["network", "gradient_boosting", "forest"])
def test_what_is_trained_segments_the_scene_with_any_sensor_missing(scene: dict[str, Any], method: str) -> None:
    if method != "network":
        pytest.importorskip("sklearn")
    path, report = scene["folder"] / f"{method}.onnx", scene["folder"] / f"{method}.html"
    numbers = work(job(scene, method=method, output=str(path), report=str(report)))
    card = read_card(path)
    assert numbers["OA"] > 0.95
    assert 0.5 < numbers["BOUNDARY_F1"] <= 1
    assert numbers["CLASSES"] == 2
    assert numbers["PARAMETERS"] == card.total_parameters > 0
    assert [spec.role for spec in card.inputs] == ["optical", "sar", "lidar"]
    assert all(not spec.required for spec in card.inputs)
    assert segmented(scene, path, "optical", "sar", "lidar") > 0.97
    for gone in ("optical", "sar", "lidar"):
        assert segmented(scene, path, *({"optical", "sar", "lidar"} - {gone})) > 0.9, gone
    text = report.read_text(encoding="utf-8")
    for words in ("without SAR", "boundary F1", "FWIoU", "Most memory of the training", "What was learned from"):
        assert words in text


def test_a_second_scene_in_a_table_teaches_too(scene: dict[str, Any], tmp_path: Path) -> None:
    table = tmp_path / "scenes.csv"
    table.write_text(f"optical,LABELS\n{scene['optical']},{scene['labels']}\n", encoding="utf-8")
    files = scenes_of(job(scene, scenes=str(table)))
    assert [sorted(one.inputs) for one in files] == [["lidar", "optical", "sar"], ["optical"]]
    card = drafted(files[0], ("optical", "sar", "lidar"), "")
    plans = [opened(one, card, "warn", "", lambda share: None) for one in files]
    material = gather(files, plans, 8, 1, lambda share: None)
    assert material.dense
    assert {chip.scene for chip in material.chips} == {0, 1}
    later = [chip for chip in material.chips if chip.scene == 1]
    assert not any(chip.valid["sar"].any() for chip in later)
    mine, theirs = ({int(n) for chip in material.chips if chip.scene == k for n in np.unique(chip.regions)} - {0}
                    for k in (0, 1))  # fmt: skip
    assert not mine & theirs, "a region has one number over all scenes"


@pytest.mark.parametrize(("text", "words"), [
    ("OPTICAL,LABELS,COLOUR\na.tif,b.tif,red\n", "row 2 has the column COLOUR"),
    ("DEM,LABELS\na.tif,b.tif\n", "row 2 names DEM, which the first scene does not have"),
    ("OPTICAL,LABELS,SAMPLES\na.tif,,\n", "row 2 needs one of SAMPLES and LABELS"),
    ("OPTICAL,SAMPLES\na.tif,b.gpkg\n", "row 2 names SAMPLES without CLASS_FIELD"),
])  # fmt: skip
def test_a_table_that_does_not_fit_is_refused(scene: dict[str, Any], tmp_path: Path, text: str, words: str) -> None:
    table = tmp_path / "scenes.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        scenes_of(job(scene, scenes=str(table)))


def test_blocks_are_whole_on_one_side(scene: dict[str, Any]) -> None:
    files = scenes_of(job(scene))
    plan = opened(files[0], drafted(files[0], (), ""), "warn", "", lambda share: None)
    material = gather(files, [plan], 8, 1, lambda share: None)
    split = split_of(material, 0.2, 0.2, 1)
    numbers, rim = _blocks(Window(0, 0, 176, 160), 160, 176)
    side_of = np.full((160, 176), "", object)
    for chip in split.chips:
        for row, col in np.argwhere(chip.labelled):
            side_of[chip.row + row - chip.halo, chip.col + col - chip.halo] = split.roles[int(chip.regions[row, col])]
    assert (side_of[rim] == "").all()
    for number in np.unique(numbers):
        assert len(set(side_of[(numbers == number) & ~rim])) == 1
    assert {"training", "validation", "test"} <= set(side_of.ravel())


def test_dates_belong_to_their_sensor() -> None:
    assert dates_of(["sar", "optical", "sar_before", "dem"]) == [(0, 2), (1,), (3,)]
    assert dates_of(["optical_before"]) == [(0,)]


@pytest.mark.parametrize("kind", [*(("pyramid_fusion", way) for way in WAYS), *((one.slug, "") for one in OWN[1:])])
def test_every_architecture_decides_with_any_raster_missing_and_keeps_its_halo(kind: tuple[str, str]) -> None:
    bands = {"optical": 3, "optical_before": 3, "sar": 1, "sar_before": 1, "lidar": 2}
    own = {"fusion": kind[1]} if kind[1] else {}
    network = next(one for one in OWN if one.slug == kind[0])(bands, 3, width=8, **own).eval()
    side = 2 * network.halo + 24
    torch.manual_seed(1)
    images = [torch.randn(1, count, side, side) for count in bands.values()]
    with torch.inference_mode():
        whole, part = network(*images), network(*(image[..., 8:, 4:] for image in images))
        inner = np.s_[..., network.halo :, network.halo :]
        torch.testing.assert_close(part[inner], whole[..., 8 + network.halo :, 4 + network.halo :], atol=1e-4, rtol=0)
        for place in range(len(images)):
            gone = [torch.full_like(one, MISSING) if at == place else one for at, one in enumerate(images)]
            assert torch.isfinite(network(*gone)).all()
    heads, _ = network.train().training_outputs(*images)
    assert all(one.shape == (1, 3, side, side) for one in heads)


def test_a_missing_sensor_leaves_the_others_decision() -> None:
    torch.manual_seed(2)
    network = PyramidFusion({"optical": 3, "sar": 1}, 2, width=8).eval()
    optical, nothing = torch.randn(1, 3, 24, 24), torch.full((1, 1, 24, 24), MISSING)
    with torch.inference_mode():
        fused, own, _ = network.training_outputs(optical, nothing)[0]
    torch.testing.assert_close(fused, own)


def test_the_plugin_offers_what_there_is() -> None:
    assert tuple(one.slug for one in OWN) == ARCHITECTURES
    assert FUSIONS == WAYS
    assert ABSENCES == ABSENT
