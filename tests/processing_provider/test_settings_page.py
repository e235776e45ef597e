"""The page of settings in the desktop's options, and that dialogs propose what it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication

from rsfusion_qgis.processing_provider import settings
from rsfusion_qgis.processing_provider.settings_page import SettingsFactory, SettingsPage

NAMES = (settings.ZOO_FOLDER, settings.DEVICE, settings.MEMORY, settings.PYTHON)


@pytest.fixture(autouse=True)
def nothing_set(provider: Any) -> Iterator[None]:
    yield
    for name in NAMES:
        settings.set_value(name, "")
    provider.refreshAlgorithms()


def proposed(name: str, algorithm: str = "pansharpen") -> Any:
    """The default of a parameter in a new dialog."""
    found = QgsApplication.processingRegistry().algorithmById(f"rsfusion:{algorithm}")
    return found.parameterDefinition(name).defaultValue()


def test_nothing_set_is_kept_as_nothing(provider: Any) -> None:
    memory = proposed("MEMORY")
    page = SettingsPage()
    page.apply()
    assert [settings.value(name) for name in NAMES] == ["", "auto", "", ""]
    assert (proposed("MEMORY"), proposed("DEVICE")) == (memory, "auto")


def test_what_is_set_is_proposed_and_shown_again(provider: Any, tmp_path: Path) -> None:
    page = SettingsPage()
    page.folder.setFilePath(str(tmp_path))
    page.device.setCurrentText("Processor (CPU)")
    page.memory.setValue(1000)
    page.python.setFilePath("/usr/bin/python3")
    page.apply()
    assert (proposed("MEMORY"), proposed("DEVICE")) == (1000, "cpu")
    assert (settings.user_zoo_folder(), settings.training_interpreter()) == (tmp_path, "/usr/bin/python3")
    again = SettingsPage()
    assert (again.memory.value(), again.device.currentData()) == (1000, "cpu")
    assert (again.folder.filePath(), again.python.filePath()) == (str(tmp_path), "/usr/bin/python3")


@pytest.mark.parametrize("text", ["much", "-5", "3", "99999999999"])
def test_a_memory_that_is_none_is_passed_over(text: str) -> None:
    settings.set_value(settings.MEMORY, text)
    assert settings.default_memory(384) == 384


def test_a_broken_network_is_listed_with_its_reason(provider: Any, network: str, tmp_path: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"not a network")
    (tmp_path / "fine.onnx").write_bytes(Path(network).read_bytes())
    settings.set_value(settings.ZOO_FOLDER, str(tmp_path))
    table = SettingsPage().table
    rows = {table.item(row, 0).text(): [table.item(row, at).text() for at in (1, 2)] for row in range(table.rowCount())}
    assert rows["fine"] == ["your own", "Pansharpen"]
    assert rows["broken"][0] == "your own" and "broken.onnx" in rows["broken"][1]


def test_the_factory_makes_the_page_below_processing() -> None:
    factory = SettingsFactory()
    assert factory.path() == ["Processing"] and factory.title() == "RS Fusion"
    assert isinstance(factory.createWidget(), SettingsPage)
