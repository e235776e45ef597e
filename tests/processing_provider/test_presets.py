"""What a new dialog proposes for the rasters, with layers of a real project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer

from rsfusion_qgis.processing_provider.presets import preset_layers
from rsfusion_qgis.tasks import all_tasks
from tests.processing_provider import desktop
from tests.rasters import grid_transform, write_raster


@pytest.fixture
def project(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[QgsProject]:
    desktop.complete(qgis_iface)
    yield QgsProject.instance()
    QgsProject.instance().clear()


def add(folder: Path, name: str, bands: int, pixel_m: float, px: int = 24) -> str:
    path = str(write_raster(folder / f"{name}.tif", np.ones((bands, px, px), np.uint16), grid_transform(pixel_m)))
    layer = QgsRasterLayer(path, name)
    assert QgsProject.instance().addMapLayer(layer)
    return str(layer.id())


def proposed(algorithm: str) -> dict[str, Any]:
    found = QgsApplication.processingRegistry().algorithmById(algorithm).create()
    return {one.name(): one.guiDefaultValueOverride() for one in found.parameterDefinitions()
            if one.guiDefaultValueOverride() is not None}  # fmt: skip


def test_pan_and_ms_by_bands_and_pixels_whatever_their_names(project: QgsProject, tmp_path: Path) -> None:
    ms, pan = add(tmp_path, "first", 4, 2.0), add(tmp_path, "second", 1, 0.5, px=96)
    add(tmp_path, "clouds", 1, 2.0)
    assert proposed("rsfusion:pansharpen") == {"PAN": pan, "MS": ms}
    assert proposed("rsfusion:classicalpansharpen") == {"PAN": pan, "MS": ms}


def test_trainings_and_registrations_propose_two_different_layers(project: QgsProject, tmp_path: Path) -> None:
    for name in ("coregister", "checkcoregistration"):
        assert proposed(f"rsfusion:{name}") == {}
    ms, pan = add(tmp_path, "first", 4, 2.0), add(tmp_path, "second", 1, 0.5, px=96)
    assert proposed("rsfusion:adaptpansharpening") == {"PAN": pan, "MS": ms}
    for name in ("coregister", "checkcoregistration"):
        assert proposed(f"rsfusion:{name}") == {"REFERENCE": pan, "SECONDARY": ms}


def test_names_decide_between_layers_that_suit(project: QgsProject, tmp_path: Path) -> None:
    add(tmp_path, "scene_dem", 1, 0.5, px=96)
    pan, ms = add(tmp_path, "scene_pan", 1, 0.5, px=96), add(tmp_path, "scene_ms", 4, 2.0)
    assert proposed("rsfusion:pansharpen") == {"PAN": pan, "MS": ms}
    assert proposed("rsfusion:lidarfeatures") == {}


def test_hyperspectral_and_its_guide(project: QgsProject, tmp_path: Path) -> None:
    guide, hs = add(tmp_path, "a", 4, 10.0, px=72), add(tmp_path, "b", 60, 30.0)
    assert proposed("rsfusion:sharpenhyperspectral") == {"HS": hs, "GUIDE": guide}


def test_without_a_good_guess_nothing_is_proposed(project: QgsProject, tmp_path: Path) -> None:
    assert proposed("rsfusion:pansharpen") == {}
    add(tmp_path, "one", 4, 2.0)
    add(tmp_path, "two", 4, 2.0)
    assert proposed("rsfusion:pansharpen") == {}


def test_the_dialog_shows_them_and_scripts_are_not_affected(project: QgsProject, tmp_path: Path) -> None:
    import processing

    ms, pan = add(tmp_path, "ms", 4, 2.0), add(tmp_path, "pan", 1, 0.5, px=96)
    dialog = processing.createAlgorithmDialog("rsfusion:pansharpen", {})
    values = dialog.createProcessingParameters()
    dialog.close()
    assert (values["PAN"], values["MS"]) == (pan, ms)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("rsfusion:pansharpen")
    assert all(algorithm.parameterDefinition(name).defaultValue() is None for name in ("PAN", "MS"))


def test_many_layers_are_no_burden(project: QgsProject, tmp_path: Path) -> None:
    for number in range(20):
        add(tmp_path, f"layer{number}", 1 + number % 5, 1.0 + number % 3)
    assert [preset_layers(task) for task in all_tasks()]
