"""Example data in QGIS: results tell the paths, and layers are loaded only where that is asked for, never the truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProject

from rsfusion_qgis.tasks import examples

SMALL = {"TASK": "lidar_features", "SIZE": 96}


def run(folder: Path, context: QgsProcessingContext, **parameters: Any) -> dict[str, Any]:
    import processing

    return processing.run("rsfusion:exampledata", {**SMALL, "FOLDER": str(folder), **parameters}, context=context)


def test_results_tell_where_each_file_lies(provider: Any, tmp_path: Path) -> None:
    context = QgsProcessingContext()
    context.setProject(QgsProject())
    found = run(tmp_path / "new", context)
    for name, files in examples()["lidar_features"].files.items():
        assert found[name] == str(tmp_path / "new" / files[0])
        assert f"{name}={found[name]}" in found["ALL_FILES"].splitlines()
        assert Path(found[name]).is_file()
    assert context.layersToLoadOnCompletion() == {}


def test_layers_are_loaded_where_wished_and_the_truth_is_not(provider: Any, tmp_path: Path) -> None:
    context, project = QgsProcessingContext(), QgsProject()
    context.setProject(project)
    run(tmp_path, context, LOAD=True)
    assert {Path(path).name for path in context.layersToLoadOnCompletion()} == {"dsm.tif", "dtm.tif", "intensity.tif"}


def test_a_file_of_the_users_stops_the_run(provider: Any, tmp_path: Path) -> None:
    (tmp_path / "dtm.tif").write_text("mine")
    with pytest.raises(QgsProcessingException, match=r"has a file .dtm\.tif. already; choose an empty"):
        run(tmp_path, QgsProcessingContext())
    assert [file.name for file in tmp_path.iterdir()] == ["dtm.tif"]
