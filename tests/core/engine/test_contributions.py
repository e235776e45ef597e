"""What each raster gave: noise and a wrong place get nothing, values add up, and the map says the same as the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import CancelledError, InputError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.contributions import contributions
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.tasks import all_tasks
from tests.core.engine import linear_classifier
from tests.rasters import grid_transform, make_pan_ms, read_raster, write_raster

pytest.importorskip("onnxruntime")


def task(card_task: str) -> Any:
    return next(one for one in all_tasks() if one.card_task == card_task)


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("linear")
    rasters, labels = linear_classifier.scene(seed=7)
    paths = linear_classifier.write(folder, rasters, labels)
    inputs = {role: paths[role] for role in linear_classifier.BANDS}
    job = Job(task("classification"), inputs, "", linear_classifier.save(folder / "net.onnx"), threads=1)
    truth = SampleSource(paths["labels"], parameter="REFERENCE_RASTER")
    return {"job": job, "truth": truth, "folder": folder, "rasters": rasters, "labels": labels}


def by_role(found: Any, column: np.ndarray, measure: int = 0) -> dict[str, float]:
    return dict(zip(found.roles, column[:, measure]))


def test_noise_gets_no_credit_and_values_add_up(classifier: dict[str, Any]) -> None:
    found = contributions(classifier["job"], Monitor(), samples=classifier["truth"])
    assert found.roles == ("HS", "LIDAR", "SAR") and found.runs == 8 and found.pixels == 96 * 96
    assert found.against_truth and [name for name, _ in found.measures] == [
        "accuracy", "probability of the true class"]  # fmt: skip
    np.testing.assert_allclose(found.values.sum(axis=0), found.total, atol=1e-9)
    for measure in (0, 1):
        shares = by_role(found, found.shares, measure)
        assert shares["SAR"] <= 0.05 and shares["HS"] > shares["LIDAR"] > 0.2
    assert abs(by_role(found, found.left_out)["SAR"]) < 0.01 < by_role(found, found.left_out)["LIDAR"]
    assert by_role(found, found.alone)["HS"] > 0.2


def test_an_image_of_a_wrong_place_gets_no_credit(classifier: dict[str, Any], tmp_path: Path) -> None:
    elsewhere, _ = linear_classifier.scene(seed=8)
    wrong = write_raster(tmp_path / "wrong.tif", elsewhere["lidar"], grid_transform(2.0), dtype="Float32")
    job = classifier["job"]
    job = replace(job, inputs={**job.inputs, "lidar": wrong})
    found = contributions(job, Monitor(), samples=classifier["truth"])
    assert by_role(found, found.shares)["LIDAR"] <= 0.05
    assert by_role(found, found.left_out)["LIDAR"] < 0  # it does harm, and the table says so


def test_the_map_says_the_same_whatever_the_tiles(classifier: dict[str, Any], tmp_path: Path) -> None:
    maps = []
    for size in (32, 96):
        job = replace(classifier["job"], output=str(tmp_path / f"map_{size}.tif"), tile_size=size)
        found = contributions(job, Monitor(), samples=classifier["truth"])
        maps.append(read_raster(job.output))
        np.testing.assert_allclose(maps[-1].mean(axis=(1, 2)), found.values[:, 0], atol=1e-6)
    np.testing.assert_allclose(*maps, atol=1e-6)


def test_without_truth_the_share_of_the_answer(classifier: dict[str, Any]) -> None:
    found = contributions(classifier["job"], Monitor())
    assert not found.against_truth and found.measures[0][0] == "confidence"
    assert found.results[0, 1] == 1.0  # all together agree with themselves
    np.testing.assert_allclose(found.values.sum(axis=0), found.total, atol=1e-9)


def test_an_image_against_the_true_one(network: str, tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path, rows=16, cols=20)
    truth = tmp_path / "truth.tif"
    job = Job(task("pansharpening"), {"pan": pan, "ms": ms}, str(tmp_path / "map.tif"), network, threads=1)
    free = contributions(job, Monitor())
    assert free.roles == ("MS", "PAN") and free.runs == 4 and free.measures[0][0] == "change"
    assert free.results[0, 0] == 0.0 and (free.values > 0).all()
    place = grid_transform(5.0)
    shown = read_raster(pan)[0]
    write_raster(truth, np.repeat(shown[None].astype(float), 4, axis=0), place, dtype="UInt16")
    found = contributions(job, Monitor(), truth=str(truth))
    assert found.against_truth and found.optional == (False, False)
    np.testing.assert_allclose(found.values.sum(axis=0), found.total, rtol=1e-6)
    with pytest.raises(InputError, match="has 1 bands; expected the 4"):
        contributions(job, Monitor(), truth=pan)


def test_one_raster_alone_is_refused(classifier: dict[str, Any]) -> None:
    job = classifier["job"]
    with pytest.raises(InputError, match="Only HS is given"):
        contributions(replace(job, inputs={"hs": job.inputs["hs"]}), Monitor())


def test_a_cancel_leaves_nothing(classifier: dict[str, Any], tmp_path: Path) -> None:
    class Cancelled(Monitor):
        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(CancelledError):
        contributions(replace(classifier["job"], output=str(tmp_path / "map.tif")), Cancelled())
    assert list(tmp_path.iterdir()) == []


def test_a_network_for_clouds_whose_operators_give_the_seen_part_only(tmp_path: Path) -> None:
    from tests.tasks.cloud_removal.example import example

    job = replace(example(tmp_path, ""), threads=1)
    found = contributions(job, Monitor())
    assert found.roles == ("OPTICAL", "SAR") and found.pixels > 0
    np.testing.assert_allclose(found.values.sum(axis=0), found.total, atol=1e-6)
