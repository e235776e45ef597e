"""The provider loads, and its public interface is the one in the golden file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingParameterDefinition

from rsfusion_qgis.core.basics.packages import HOW_TO_INSTALL
from rsfusion_qgis.tasks import all_tasks
from tests import qgis_child

GOLDEN = Path(__file__).parents[1] / "golden" / "interface.json"


def interface(provider: Any) -> dict[str, Any]:
    """Everything that models, scripts and command lines hold of the provider."""
    return {a.id(): {"parameters": _parameters(a), "outputs": _outputs(a)} for a in provider.algorithms()}


def _parameters(algorithm: Any) -> dict[str, Any]:
    found = {}
    for definition in algorithm.parameterDefinitions():
        optional = definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        entry = {"type": definition.type(), "optional": bool(optional)}
        if definition.name() != "MODEL":  # its list and its default are the networks at hand
            entry["default"] = definition.defaultValue()
            entry.update({"options": definition.options()} if definition.type() == "enum" else {})
        found[definition.name()] = entry
    return found


def _outputs(algorithm: Any) -> dict[str, str]:
    return {output.name(): output.type() for output in algorithm.outputDefinitions()}


def test_the_public_interface_is_the_frozen_one(provider: Any) -> None:
    """After a wanted addition: UPDATE_GOLDEN=1 make test ARGS=tests/processing_provider/test_provider.py"""
    found = interface(provider)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_algorithm_and_parameter_explains_itself(provider: Any) -> None:
    for algorithm in provider.algorithms():
        assert len(algorithm.shortHelpString()) > 80
        assert "<" not in algorithm.shortHelpString()
        assert algorithm.tags()
        assert algorithm.displayName()
        assert not algorithm.icon().isNull()
        assert algorithm.helpUrl().startswith("file:")
        silent = [d.name() for d in algorithm.parameterDefinitions() if len(d.help()) < 20]
        assert not silent


def test_static_strings_everywhere(provider: Any) -> None:
    enums = [d for a in provider.algorithms() for d in a.parameterDefinitions() if d.type() == "enum"]
    assert enums
    assert all(d.usesStaticStrings() for d in enums)


def test_a_network_in_the_user_zoo_folder_is_listed_after_the_shipped_ones(
    provider: Any, network: str, tmp_path: Path
) -> None:
    from qgis.core import QgsApplication, QgsSettings

    (tmp_path / "aaa.onnx").write_bytes(Path(network).read_bytes())
    key = "Processing/Configuration/RSFUSION_ZOO_FOLDER"
    QgsSettings().setValue(key, str(tmp_path))
    try:
        algorithm = QgsApplication.processingRegistry().algorithmById("rsfusion:pansharpen").create()
        assert algorithm.parameterDefinition("MODEL").options()[-1] == "aaa"
    finally:
        QgsSettings().remove(key)


def test_qgis_process_lists_the_algorithms() -> None:
    finished = qgis_child.run("list")
    assert "rsfusion:pansharpen" in finished.out, finished.text
    assert "rsfusion:modelinfo" in finished.out


def test_without_onnxruntime_the_provider_loads_and_the_run_says_how_to_install_it(
    pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    output = tmp_path / "fused.tif"
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "MODEL": network, "OUTPUT": output}
    finished = qgis_child.run(*qgis_child.command("rsfusion:pansharpen", **values), RSFUSION_PYTHONPATH="/nowhere")
    assert finished.code == 1, finished.text
    assert f"was not found; {HOW_TO_INSTALL}" in finished.err, finished.text
    assert not output.exists()


@pytest.mark.parametrize("algorithm", ["rsfusion:pansharpen", "rsfusion:modelinfo"])
def test_help_is_readable_in_a_terminal(algorithm: str) -> None:
    finished = qgis_child.run("help", algorithm)
    assert finished.code == 0, finished.text
    assert "MODEL" in finished.out


def test_every_task_is_there(provider: Any) -> None:
    """A task that cannot be shown is only told in QGIS's log, so that the others stay."""
    known = {algorithm.name() for algorithm in provider.algorithms()}
    for task in all_tasks():
        for one in (*task.faces, *task.trainings, *task.derivings, *task.assessments):
            assert one.text.id in known, task.id


@pytest.mark.parametrize("name, most", [
    ("classify", 8), ("classifyzones", 8), ("contributions", 12), ("modelinfo", 8), ("poidensity", 8), ("regress", 8),
    ("trainclassifier", 8), ("trainregressor", 8),
])  # fmt: skip
def test_dialogs_show_few_parameters(provider: Any, name: str, most: int) -> None:
    """What few need is among the advanced ones; a network may take any of the rasters of `contributions`."""
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    shown = [one.name() for one in provider.algorithm(name).parameterDefinitions()
             if not (one.isDestination() or one.flags() & advanced)]  # fmt: skip
    assert len(shown) <= most, shown
