"""rsfusion:unmix and rsfusion:extractendmembers as a user meets them: qgis_process as a child, and the dialog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from tests import qgis_child
from tests.processing_provider import desktop
from tests.rasters import read_raster
from tests.tasks.unmixing.scenes import NAMES, spectra, write_csv, write_scene
from tests.tasks.unmixing.test_unmixing import polygons

AT = np.arange(400.0, 2500.0, 10.0)


def test_from_extraction_to_shares_by_qgis_process(tmp_path: Path) -> None:
    scene, library, page = write_scene(tmp_path), tmp_path / "found.sli", tmp_path / "found.html"
    done = qgis_child.run_algorithm("rsfusion:extractendmembers", HS=scene.hs, COUNT=3, OUTPUT=library, REPORT=page)
    assert done.code == 0, done.text
    assert "What do the endmembers look like?" in page.read_text(encoding="utf-8")
    output, report = tmp_path / "shares.tif", tmp_path / "shares.html"
    done = qgis_child.run_algorithm(
        "rsfusion:unmix", HS=scene.hs, GUIDE=scene.heights, LIBRARY=library, METHOD="sclsu", OUTPUT=output,
        REPORT=report, CLASSES=tmp_path / "classes.tif", ERROR=tmp_path / "error.tif", SHADE=tmp_path / "shade.tif",
    )  # fmt: skip
    assert done.code == 0, done.text
    shares = read_raster(output)
    assert shares.shape == (3, 72, 60) and np.abs(shares.sum(axis=0) - 1).max() < 1e-6
    assert all((tmp_path / f"{name}.tif").is_file() for name in ("classes", "error", "shade"))
    text = report.read_text(encoding="utf-8")
    assert "How much of the area has each class?" in text and "endmember 3" in text


def test_samples_of_a_layer_by_qgis_process(tmp_path: Path) -> None:
    scene, output = write_scene(tmp_path), tmp_path / "shares.tif"
    samples = polygons(scene, tmp_path).path
    done = qgis_child.run_algorithm(
        "rsfusion:unmix", HS=scene.hs, SAMPLES=samples, CLASS_FIELD="class", METHOD="bundles", OUTPUT=output
    )
    assert done.code == 0, done.text
    dataset = gdal.Open(str(output))
    assert [dataset.GetRasterBand(k).GetDescription() for k in (1, 2, 3)] == sorted(NAMES)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"METHOD": "magic"}, "METHOD is 'magic'"),
        ({"COUNT": 1}, "COUNT is 1; expected 0 (estimated) or 2 to 40"),
        ({"LIBRARY": "nowhere.csv"}, "LIBRARY: 'nowhere.csv' does not exist"),
        ({"LIBRARY": "here", "LABELS": "labels"}, "LIBRARY and LABELS are both given"),
        ({"SAMPLES": "samples"}, "CLASS_FIELD is empty; name the field of SAMPLES"),
        ({"PURITY": 0.2}, "PURITY"),
    ],
)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(tmp_path: Path, given: dict[str, Any], words: str) -> None:
    scene = write_scene(tmp_path)
    known = {"here": write_csv(tmp_path / "library.csv", spectra(AT), NAMES, AT), "labels": scene.labels_file}
    if "samples" in given.values():
        known["samples"] = polygons(scene, tmp_path).path
    parameters = {name: known.get(value, value) for name, value in given.items()}
    done = qgis_child.run_algorithm("rsfusion:unmix", HS=scene.hs, OUTPUT=tmp_path / "shares.tif", **parameters)
    assert done.code == 1 and words in done.err, done.text
    assert not list(tmp_path.glob("*shares*"))


@pytest.mark.parametrize(
    ("output", "words"),
    [("hs.sli", "hs.hdr', which comes with"), ("found.xlsx", "has the ending '.xlsx'; expected .csv or .sli")],
)
def test_a_library_takes_no_other_files_place(tmp_path: Path, output: str, words: str) -> None:
    scene = write_scene(tmp_path)
    (tmp_path / "hs.hdr").write_text("ENVI", encoding="utf-8")
    done = qgis_child.run_algorithm("rsfusion:extractendmembers", HS=scene.hs, OUTPUT=tmp_path / output)
    assert done.code == 1
    assert words in done.err, done.text
    assert (tmp_path / "hs.hdr").read_text(encoding="utf-8") == "ENVI" and not (tmp_path / output).exists()


def test_the_dialogs_run(tmp_path: Path, provider: Any, qgis_iface: Any) -> None:
    scene = write_scene(tmp_path)
    desktop.complete(qgis_iface)
    library, shares = tmp_path / "found.csv", tmp_path / "shares.tif"
    desktop.run_dialog("rsfusion:extractendmembers", {"HS": scene.hs, "COUNT": 3, "OUTPUT": str(library)}, library)
    desktop.run_dialog("rsfusion:unmix", {"HS": scene.hs, "LIBRARY": str(library), "OUTPUT": str(shares)}, shares)
    assert gdal.Open(str(shares)).RasterCount == 3
