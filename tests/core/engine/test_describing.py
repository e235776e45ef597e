"""What is proposed for a network without a card: tasks, layouts, halos, and the questions that are left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from onnx import helper

from rsfusion_qgis.core.basics.errors import InputError, ModelError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.described_rows import Proposal, Row, Wishes
from rsfusion_qgis.core.engine.describing import propose
from rsfusion_qgis.core.engine.model_trial import FAILED, checks, generated_rasters, trial_job
from rsfusion_qgis.core.networks.card_files import card_from_document
from rsfusion_qgis.tasks import all_tasks
from tests.core.networks.test_adapter import fixed, nhwc, patches
from tests.exports import convolution, drawn, model_of

pytest.importorskip("onnxruntime")
pytestmark = pytest.mark.usefixtures("network")


def proposed(tmp_path: Path, model: Any, wishes: Wishes | None = None) -> Proposal:
    path = tmp_path / "net.onnx"
    path.write_bytes(model.SerializeToString())
    found = propose(path, all_tasks(), Monitor(), wishes)
    card_from_document(found.fields)
    return found


def test_one_tensor_of_two_rasters(tmp_path: Path) -> None:
    found = proposed(tmp_path, convolution(5, 4))
    assert [(row.role, row.bands) for row in found.inputs] == [("ms", "4"), ("pan", "1")]
    assert found.fields["halo"] == 1
    assert "Input 0 'x' has 5 channels and the output 4: 4 bands of MS and then PAN?" in found.doubts
    assert any("does not say how 'x' is scaled" in doubt for doubt in found.doubts)


def test_an_unpadded_convolution(tmp_path: Path) -> None:
    found = proposed(tmp_path, convolution(5, 4, 7, padded=False))
    assert (found.fields["halo"], found.fields["margin"]) == (3, 3)


def test_channels_last(tmp_path: Path) -> None:
    found = proposed(tmp_path, nhwc(5, 4))
    assert found.inputs[0].layout == found.outputs[0].layout == "NHWC"


def test_windows(tmp_path: Path) -> None:
    found = proposed(tmp_path, patches(30, 11, 9))
    assert found.task.card_task == "classification"
    assert (found.fields["window"], found.fields["halo"], len(found.fields["outputs"][0]["classes"])) == (11, 5, 9)


def test_tiles_of_a_fixed_size(tmp_path: Path) -> None:
    found = proposed(tmp_path, fixed(5, 4, 32, 2))
    assert (found.fields["halo"], found.fields["margin"]) == (1, 0)


def strided() -> Any:
    nodes = [helper.make_node("AveragePool", ["x"], ["p"], kernel_shape=[4, 4], strides=[4, 4]),
             helper.make_node("Resize", ["p", "", "scales"], ["y"], mode="nearest")]  # fmt: skip
    return model_of(nodes, {"x": (1, 3, "r", "c")}, {"y": (1, 3, "r", "c")}, {"scales": drawn(4) * 0 + [1, 1, 4, 4]})


def test_the_step_by_which_tiles_grow(tmp_path: Path) -> None:
    model = strided()
    model.graph.initializer[0].CopyFrom(__import__("onnx").numpy_helper.from_array(
        __import__("numpy").array([1, 1, 4, 4], "f4"), "scales"))  # fmt: skip
    found = proposed(tmp_path, model)
    assert found.fields["multiple_of"] == 4
    assert found.fields["halo"] <= 3


def test_the_user_goes_before_what_is_found(tmp_path: Path) -> None:
    rows = (Row("x", "raster1", "4", scaling="reflectance"), Row("x", "raster2", "1", scaling="scene"))
    out = (Row("y", "", "a;b;c;d"),)
    found = proposed(tmp_path, convolution(5, 4), Wishes("network_run", inputs=rows, outputs=out, halo=7))
    assert found.fields["halo"] == 7
    assert found.fields["outputs"][0]["bands"] == ["a", "b", "c", "d"]
    assert [one["scaling"] for one in found.fields["inputs"]] == ["reflectance", "scene"]


WRONG = {
    "a tensor that is not there": (Wishes(inputs=(Row("z", "ms", "4"),)), "INPUTS names the tensor 'z'"),
    "a role that is not there": (Wishes("network_run", inputs=(Row("x", "ms", "5"),)), "the role 'ms', but "
                                                                                       "network_run has"),
    "a task that is not there": (Wishes("dreaming"), "TASK is 'dreaming'; expected one of"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wishes_that_name_what_is_not_there(tmp_path: Path, case: str) -> None:
    wishes, words = WRONG[case]
    with pytest.raises(InputError, match=words):
        proposed(tmp_path, convolution(5, 4), wishes)


@pytest.mark.parametrize("layout", ["NHWC", "NCHW1"])
def test_a_layout_that_does_not_run_is_told(tmp_path: Path, layout: str) -> None:
    wishes = Wishes("network_run", inputs=(Row("x", "raster1", "5", layout),))
    with pytest.raises(ModelError):
        proposed(tmp_path, convolution(5, 4), wishes)


def test_a_file_that_is_no_network(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(b"not a network")
    with pytest.raises(ModelError, match="is no ONNX file"):
        propose(path, all_tasks(), Monitor())


def pooled() -> Any:
    """It looks at the whole tile, whatever its card says."""
    nodes = [helper.make_node("GlobalAveragePool", ["x"], ["m"]), helper.make_node("Sub", ["x", "m"], ["y"])]
    return model_of(nodes, {"x": (1, 3, "r", "c")}, {"y": (1, 3, "r", "c")}, {})


def test_a_network_that_depends_on_its_tiles_fails_the_check(tmp_path: Path) -> None:
    found = proposed(tmp_path, pooled(), Wishes("network_run", halo=4))
    card = card_from_document(found.fields)
    made = checks(trial_job(found.task, tmp_path / "net.onnx", card, generated_rasters(found.task, card, tmp_path), ""),
                  Monitor(), tmp_path)  # fmt: skip
    assert FAILED in {one.verdict for one in made if one.name.startswith("Tiles do not matter")}


def test_a_good_network_passes_all_checks(tmp_path: Path) -> None:
    found = proposed(tmp_path, convolution(3, 2), Wishes("network_run"))
    card = card_from_document(found.fields)
    made = checks(trial_job(found.task, tmp_path / "net.onnx", card, generated_rasters(found.task, card, tmp_path), ""),
                  Monitor(), tmp_path)  # fmt: skip
    assert FAILED not in {one.verdict for one in made}, made
