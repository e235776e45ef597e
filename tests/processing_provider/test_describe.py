"""describemodel and checkmodel in a real QGIS: a card is proposed, corrected, saved, installed, and held to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rsfusion_qgis.core.networks.card_files import read_card
from tests import qgis_child
from tests.core.engine.test_describing import pooled
from tests.exports import convolution

pytest.importorskip("onnxruntime")


@pytest.fixture
def network_file(tmp_path: Path) -> Path:
    path = tmp_path / "mynet.onnx"
    path.write_bytes(convolution(5, 4).SerializeToString())
    return path


def test_headless_it_proposes_saves_and_shows(network_file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    done = qgis_child.run_algorithm("rsfusion:describemodel", as_json=True, MODEL_FILE=network_file,
                                    SAVE="beside the file", REPORT=report)  # fmt: skip
    assert done.code == 0, done.text
    results = json.loads(done.out)["results"]
    assert results["TASK"] == "pansharpening" and results["HALO"] == 1
    assert "5 channels" in results["DOUBTS"]
    assert json.loads(results["INPUTS"])[1][:3] == ["x", "pan", "1"]
    assert read_card(network_file).halo == 1
    page = report.read_text(encoding="utf-8")
    assert page.count("<img") == 3 and "To be checked" in page
    checked = qgis_child.run_algorithm("rsfusion:checkmodel", MODEL_FILE=network_file, REPORT=tmp_path / "checks.html")
    assert checked.code == 0, checked.text
    assert "All checks passed" in (tmp_path / "checks.html").read_text(encoding="utf-8")


def test_headless_the_tables_correct_it(network_file: Path) -> None:
    cells = ["x", "raster1", "4", "", "1", "reflectance", "x", "raster2", "1", "", "1", '{"kind": "depth", "bits": 11}']
    done = qgis_child.run_algorithm("rsfusion:describemodel", MODEL_FILE=network_file, TASK="network_run", INPUTS=cells,
                                    OUTPUTS=["y", "", "a;b;c;d", "", "", ""], SAVE="inside a copy")  # fmt: skip
    assert done.code == 0, done.text
    card = read_card(network_file.with_name("mynet_card.onnx"))
    assert card.task == "network_run" and [spec.scaling.kind for spec in card.inputs] == ["reflectance", "depth"]
    assert [band.name for band in card.outputs[0].bands or ()] == list("abcd")


def test_headless_a_network_that_fails_a_check_ends_with_an_error(tmp_path: Path) -> None:
    path = tmp_path / "pooled.onnx"
    path.write_bytes(pooled().SerializeToString())
    done = qgis_child.run_algorithm("rsfusion:describemodel", MODEL_FILE=path, TASK="network_run", HALO=4,
                                    SAVE="beside the file")  # fmt: skip
    assert done.code == 0, done.text
    checked = qgis_child.run_algorithm("rsfusion:checkmodel", MODEL_FILE=path, REPORT=tmp_path / "checks.html")
    assert checked.code != 0
    assert "failed" in checked.text and "Tiles do not matter" in checked.text
    table = (tmp_path / "checks.html").read_text(encoding="utf-8")
    assert "checks failed" in table, "it is written all the same"


def values(provider: Any, algorithm: str, **parameters: Any) -> str:
    from qgis.core import QgsProcessingContext

    one = provider.algorithm(algorithm).create()
    plain = {key: str(value) if isinstance(value, Path) else value for key, value in parameters.items()}
    fine, message = one.checkParameterValues(plain, QgsProcessingContext())
    return "" if fine else message


def test_what_cannot_be_is_refused_before_the_run(provider: Any, network_file: Path, tmp_path: Path) -> None:
    assert values(provider, "describemodel", MODEL_FILE=network_file) == ""
    assert "no such file" in values(provider, "describemodel", MODEL_FILE=tmp_path / "nothing.onnx")
    assert "expected whole rows of 6" in values(provider, "describemodel", MODEL_FILE=network_file, INPUTS=["x", "ms"])
    wrong = ["x", "ms", "4", "", "four", ""]
    assert "pixel ratio 'four'" in values(provider, "describemodel", MODEL_FILE=network_file, INPUTS=wrong)
    network_file.with_suffix(".json").write_text("{}")
    taken = values(provider, "describemodel", MODEL_FILE=network_file, SAVE="beside the file")
    assert "is there already; set OVERWRITE" in taken


def test_the_dialog_has_a_table_that_asks_the_network(provider: Any, network_file: Path, network: Any) -> None:
    from processing.gui.wrappers import DIALOG_STANDARD  # noqa: F401  QGIS' own widgets are there

    from rsfusion_qgis.processing_provider.describe_table import TableWrapper

    algorithm = provider.algorithm("describemodel").create()

    class File:
        def parameterDefinition(self) -> Any:
            return algorithm.parameterDefinition("MODEL_FILE")

        def parameterValue(self) -> str:
            return str(network_file)

    class Dialog:
        pass

    wrapper = TableWrapper(algorithm.parameterDefinition("INPUTS"), Dialog(), row=0, col=0)
    widget = wrapper.createWidget()
    wrapper.postInitialize([File()])
    wrapper._propose()
    assert wrapper.value()[:3] == ["x", "ms", "4"]
    wrapper._add()
    assert len(wrapper.value()) == 18
    wrapper._remove()
    wrapper.setValue(["x", "pan", "1", "NCHW", "1", "none"])
    assert wrapper.value() == ["x", "pan", "1", "NCHW", "1", "none"]
    assert widget is not None
