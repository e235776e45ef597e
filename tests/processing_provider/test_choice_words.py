"""Choices in words: dialogs show them, and everything else goes on with the ids."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingParameterEnum, QgsProject
from qgis.PyQt.QtWidgets import QComboBox

from tests.processing_provider import desktop


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


def algorithms(provider: Any) -> list[Any]:
    return [QgsApplication.processingRegistry().createAlgorithmById(one.id()) for one in provider.algorithms()]


def test_a_sensor_of_a_broken_table_is_answered_with_the_line(
    provider: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pan_ms: tuple[str, str]
) -> None:
    table = tmp_path / "sensors.csv"
    monkeypatch.setenv("RSFUSION_SENSORS", str(table))
    given = {"PAN": pan_ms[0], "MS": pan_ms[1], "SENSOR": "mysat", "OUTPUT": str(tmp_path / "fused.tif")}

    def said(text: str, name: str) -> str:
        table.write_text("name,ms_gains,pan_gain\n" + text)
        accepted, message = provider.algorithm(name).create().checkParameterValues(given, QgsProcessingContext())
        assert not accepted
        return str(message)

    for name in ("pansharpen", "classicalpansharpen"):
        assert said("MySat,1.5,0.1\n", name).startswith(f"SENSOR: line 2 of '{table}' has '1.5' as ms_gains; expected ")
        assert said("", name).startswith("SENSOR is 'mysat', but one of these is expected: auto, generic, ")


def shown(dialog: Any) -> list[str]:
    return [box.currentText() for box in dialog.findChildren(QComboBox)]


def test_the_dialog_shows_words_and_gives_ids(iface: Any, pan_ms: tuple[str, str]) -> None:
    import processing

    dialog = processing.createAlgorithmDialog(
        "rsfusion:pansharpen", {"DETAIL": "strong", "PAN": pan_ms[0], "MS": pan_ms[1]}
    )
    texts = shown(dialog)
    assert {"Best quality (pansharpening_basis_v2)", "Strong detail", "Undo the measured shift"} <= set(texts)
    values = dialog.createProcessingParameters()
    dialog.close()
    assert (values["MODEL"], values["DETAIL"]) == ("pansharpening_basis_v2", "strong")
    assert (values["COREGISTRATION"], values["SENSOR"], values["DEVICE"]) == ("correct", "auto", "auto")


def test_what_is_chosen_by_words_arrives_as_an_id(iface: Any, pan_ms: tuple[str, str]) -> None:
    import processing

    dialog = processing.createAlgorithmDialog("rsfusion:classicalpansharpen", {"PAN": pan_ms[0], "MS": pan_ms[1]})
    box = next(box for box in dialog.findChildren(QComboBox) if box.findText("Interpolation only") >= 0)
    box.setCurrentIndex(box.findText("Interpolation only"))
    assert dialog.createProcessingParameters()["METHOD"] == "exp"
    dialog.close()


def test_in_batch_and_in_the_modeler_too(iface: Any) -> None:
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from processing.modeler.ModelerDialog import ModelerDialog
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog
    from qgis.core import QgsProcessingModelAlgorithm

    def algorithm() -> Any:
        return QgsApplication.processingRegistry().createAlgorithmById("rsfusion:classicalpansharpen")

    batch = BatchAlgorithmDialog(algorithm())
    assert any(text.startswith("MTF-GLP-FS: ") for text in shown(batch))
    batch.close()
    modeler = ModelerDialog(QgsProcessingModelAlgorithm("model", "group"))
    step = ModelerParametersDialog(algorithm(), modeler.model())
    assert any(text.startswith("MTF-GLP-FS: ") for text in shown(step))
    made = step.createAlgorithm()
    assert made.parameterSources()["METHOD"][0].staticValue() == "mtf_glp_fs"
    step.close()
    modeler.close()


def test_words_belong_to_choices_that_exist(provider: Any) -> None:
    for algorithm in algorithms(provider):
        for name, words in algorithm.WORDS.items():
            definition = algorithm.parameterDefinition(name)
            if isinstance(definition, QgsProcessingParameterEnum):
                known = definition.options()
                assert set(known) & set(words), (algorithm.id(), name)


def test_every_algorithm_stands_under_a_heading(provider: Any) -> None:
    assert [algorithm.id() for algorithm in algorithms(provider) if algorithm.group() in ("", "Fuse")] == []


def test_every_method_has_words(provider: Any) -> None:
    for algorithm in algorithms(provider):
        definition = algorithm.parameterDefinition("METHOD")
        if definition is not None and algorithm.id() != "rsfusion:coregister":
            assert set(definition.options()) <= set(algorithm.WORDS["METHOD"]), algorithm.id()
