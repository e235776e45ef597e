"""Every algorithm refuses a name under which something that it reads would be lost, by the user's own parameters."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingContext

from tests.onnx_files import save
from tests.rasters import grid_transform, make_pan_ms, write_raster
from tests.vectors import box, write_vector

pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    """A pair, a virtual raster of one of them, samples, class rasters and a network."""
    pan, ms = make_pan_ms(tmp_path)
    codes = np.ones((1, 32, 32))
    codes[:, :, 16:] = 2
    gdal.Translate(str(tmp_path / "ms.vrt"), ms, format="VRT").FlushCache()
    return {
        "pan": pan, "ms": ms, "vrt": str(tmp_path / "ms.vrt"), "network": str(save(tmp_path / "net.onnx")),
        "map": write_raster(tmp_path / "map.tif", codes, grid_transform(20.0), dtype="Byte"),
        "samples": write_vector(tmp_path / "s.gpkg", [(box(1, 1, 9, 9), "a"), (box(20, 20, 9, 9), "b")]),
    }  # fmt: skip


def fault(algorithm: str, values: dict[str, Any]) -> str:
    found = QgsApplication.processingRegistry().algorithmById(f"rsfusion:{algorithm}").create()
    accepted, sentence = found.checkParameterValues(values, QgsProcessingContext())
    assert not accepted, f"{algorithm} takes {values}"
    return str(sentence)


def pair(g: dict[str, str]) -> dict[str, Any]:
    return {"PAN": g["pan"], "MS": g["ms"]}


CASES: dict[str, tuple[str, Callable[[dict[str, str]], dict[str, Any]], str, str, str]] = {
    # algorithm, its other parameters, the result, whose name it gets, and whose that is in the sentence
    "report": ("classicalpansharpen", lambda g: {**pair(g), "OUTPUT": "o.tif"}, "REPORT", "pan", "also PAN"),
    "vrt": ("classicalpansharpen", lambda g: {**pair(g), "MS": g["vrt"]}, "OUTPUT", "ms", "one of the files of MS"),
    "network": ("pansharpen", lambda g: {**pair(g), "MODEL_FILE": g["network"], "FORMAT": "GTiff"}, "OUTPUT", "network",
                "also MODEL"),
    "samples": ("trainclassifier", lambda g: {"MS": g["ms"], "SAMPLES": g["samples"], "CLASS_FIELD": "class"}, "OUTPUT",
                "samples", "also SAMPLES"),
    "training's page": ("trainclassifier", lambda g: {"MS": g["vrt"], "SAMPLES": g["samples"], "CLASS_FIELD": "class",
                                                      "OUTPUT": "o.onnx"}, "REPORT", "ms", "one of the files of MS"),
    "state": ("trainclassifier", lambda g: {"MS": g["ms"], "SAMPLES": g["samples"], "CLASS_FIELD": "class",
                                            "OUTPUT": "o.onnx"}, "CHECKPOINT", "samples", "also SAMPLES"),
    "tuning": ("adaptpansharpening", lambda g: {**pair(g), "MODEL_FILE": g["network"]}, "OUTPUT", "network",
               "also MODEL"),
    "assessment": ("assessfusion", lambda g: {"PROTOCOL": "full_resolution", "FUSED": g["pan"], **pair(g),
                                              "MS": g["vrt"]}, "CSV", "ms", "one of the files of MS"),
    "wald": ("assessfusion", lambda g: {"PROTOCOL": "wald", **pair(g), "MODEL_FILE": g["network"]}, "REPORT", "network",
             "also MODEL"),
    "accuracy": ("assessclassification", lambda g: {"MAP": g["map"], "REFERENCE": g["samples"], "CLASS_FIELD": "class"},
                 "CSV", "samples", "also REFERENCE"),
    "shift": ("checkcoregistration", lambda g: {"REFERENCE": g["pan"], "SECONDARY": g["vrt"]}, "DISPLACEMENTS", "ms",
              "one of the files of SECONDARY"),
    "shift's page": ("checkcoregistration", lambda g: {"REFERENCE": g["pan"], "SECONDARY": g["ms"]}, "REPORT", "pan",
                     "also REFERENCE"),
    "moved": ("coregister", lambda g: {"REFERENCE": g["pan"], "SECONDARY": g["vrt"]}, "OUTPUT", "ms",
              "one of the files of SECONDARY"),
    "card": ("modelinfo", lambda g: {"MODEL_FILE": g["network"]}, "REPORT", "network", "also MODEL"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_read_is_not_overwritten(case: str, given: dict[str, str], tmp_path: Path) -> None:
    algorithm, others, result, whose, words = CASES[case]
    values = {name: str(tmp_path / value) if value in ("o.tif", "o.onnx") else value
              for name, value in others(given).items()}  # fmt: skip
    before = Path(given[whose]).read_bytes()
    sentence = fault(algorithm, {**values, result: given[whose]})
    assert sentence.startswith(f"{result}: '{given[whose]}' is ") and words in sentence
    assert Path(given[whose]).read_bytes() == before


def test_two_results_of_one_name(given: dict[str, str], tmp_path: Path) -> None:
    one = str(tmp_path / "one")
    known = {"PROTOCOL": "full_resolution", "FUSED": given["ms"], **pair(given)}
    assert "CSV: " in (told := fault("assessfusion", {**known, "REPORT": one, "CSV": one})) and "also REPORT" in told
    known = {"REFERENCE": given["pan"], "SECONDARY": given["ms"], "REPORT": one, "DISPLACEMENTS": one}
    assert "is also REPORT" in fault("checkcoregistration", known)


def test_page_and_points_appear_together_or_not_at_all(given, tmp_path: Path, monkeypatch) -> None:
    """An older layer is back where the page cannot get its name."""
    import processing

    points, page = tmp_path / "points.gpkg", tmp_path / "page.html"
    values = {"REFERENCE": given["pan"], "SECONDARY": given["ms"], "DISPLACEMENTS": str(points), "REPORT": str(page)}
    processing.run("rsfusion:checkcoregistration", values)
    assert page.is_file()
    before = points.read_bytes()
    page.unlink()
    algorithm = QgsApplication.processingRegistry().algorithmById("rsfusion:checkcoregistration")
    module = sys.modules[type(algorithm.create()).__module__]
    written = module.write_displacements

    def then_a_folder(*arguments: Any) -> str:
        page.mkdir()
        return str(written(*arguments))

    monkeypatch.setattr(module, "write_displacements", then_a_folder)
    with pytest.raises(Exception, match=r"REPORT: .* cannot be written"):
        processing.run("rsfusion:checkcoregistration", values)
    assert points.read_bytes() == before
    assert not list(tmp_path.glob(".rsfusion-partial-*"))
