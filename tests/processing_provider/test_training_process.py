"""A training runs in a child process that takes nothing from the folder that the user works in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from qgis.core import QgsProcessingFeedback

from rsfusion_qgis.core.basics.errors import OutputError, RsFusionError
from rsfusion_qgis.processing_provider.feedback import FeedbackMonitor
from rsfusion_qgis.processing_provider.layers import absolute_source
from rsfusion_qgis.processing_provider.training_process import run_training

pytestmark = pytest.mark.usefixtures("provider")
RECIPE = "models.land_cover.train"


def trained() -> None:
    run_training(RECIPE, {"no": "job"}, FeedbackMonitor(QgsProcessingFeedback(False)))


def test_modules_of_the_working_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    for name in ("scipy", "torch", "json", "numpy", "sitecustomize", "models/__init__", "rsfusion_qgis"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'RUN')!r}, 'w')\nraise ImportError('hijacked')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", ".", str(tmp_path)]))
    with pytest.raises(RsFusionError, match=r"The training stopped: KeyError"):  # it came as far as its empty job
        trained()
    assert not (tmp_path / "RUN").exists()


def test_no_room_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(OutputError, match="The folder for temporary files cannot be written"):
        trained()


def test_sources_are_found_from_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ms.tif").touch()
    assert absolute_source("ms.tif") == str(tmp_path / "ms.tif")
    assert absolute_source('NETCDF:"ms.tif":band') == f'NETCDF:"{tmp_path / "ms.tif"}":band'
    for same in (str(tmp_path / "ms.tif"), "/vsizip/ms.zip/ms.tif", "nowhere.tif", "GPKG:/a/b.gpkg:t", ""):
        assert absolute_source(same) == same
