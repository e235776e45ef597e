"""The shipped folders exist where they are said to be, and every model has a name of its own."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.basics import shipped_files as paths


def test_the_checkouts_folders():
    root = Path(__file__).parents[3]
    folders = paths.zoo_folders()
    assert folders and all(folder.parents[1] == root / "models" and folder.name == "zoo" for folder in folders)
    assert paths.resources_folder() == root / "resources"


def test_the_installed_plugins_folders(tmp_path, monkeypatch):
    package = tmp_path / "rsfusion_qgis"
    (package / "models" / "sharpening" / "zoo").mkdir(parents=True)
    (tmp_path / "models" / "sharpening" / "zoo").mkdir(parents=True)
    monkeypatch.setattr(paths, "PACKAGE", package)
    assert paths.zoo_folders() == (package / "models" / "sharpening" / "zoo",)
    assert paths.resources_folder() == package / "resources"


def test_models_are_listed_by_name(tmp_path):
    for name in ("b.onnx", "a.onnx", "a.json", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "folder.onnx").mkdir()
    assert paths.list_models([tmp_path]) == (("a", tmp_path / "a.onnx"), ("b", tmp_path / "b.onnx"))


def test_a_folder_that_does_not_exist_is_empty(tmp_path):
    assert paths.list_models([tmp_path / "none"]) == ()


def test_no_model_takes_anothers_name(tmp_path):
    folders = [tmp_path / name for name in ("zoo", "mine", "old/mine")]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "net.onnx").touch()
    found = dict(paths.list_models(folders))
    assert found["net"] == folders[0] / "net.onnx"
    assert found["mine/net"] == folders[1] / "net.onnx"
    assert sorted(found.values()) == sorted(folder / "net.onnx" for folder in folders)
