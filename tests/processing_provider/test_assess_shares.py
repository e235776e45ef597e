"""rsfusion:assessfusion beyond pansharpening: shares of classes, and the methods for hyperspectral images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProcessingContext

from tests import qgis_child
from tests.rasters import grid_transform, write_raster
from tests.tasks.hyperspectral_sharpening.scenes import write_scene

ASSESS = "rsfusion:assessfusion"
NAMES = ("roof", "tree")

pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture
def shares(tmp_path: Path) -> dict[str, str]:
    """Two rasters of shares, one .1 off."""
    first = np.random.default_rng(1).uniform(0.2, 0.8, (40, 40))
    truth = np.stack([first, 1 - first])
    place = grid_transform(30.0)
    moved = truth + np.array([0.1, -0.1])[:, None, None]
    made = write_raster(tmp_path / "made.tif", moved, place, dtype="Float32", descriptions=NAMES)
    true = write_raster(tmp_path / "true.tif", truth, place, dtype="Float32", descriptions=NAMES)
    return {"PROTOCOL": "abundances", "FUSED": made, "REFERENCE": true}


def refused(**values: Any) -> str:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ASSESS)
    accepted, message = algorithm.checkParameterValues(values, QgsProcessingContext())
    assert not accepted
    return str(message)


def test_shares_are_assessed(shares: dict[str, str], tmp_path: Path) -> None:
    import processing

    report = tmp_path / "page.html"
    found = processing.run(ASSESS, {**shares, "REPORT": str(report), "CSV": str(tmp_path / "table.csv")})
    assert found["RMSE"] == pytest.approx(0.1, abs=1e-6)
    assert found["ERGAS"] == found["ENDMEMBER_ANGLE"] == -1
    assert "Quality of the shares" in report.read_text(encoding="utf-8")
    assert "roof,rmse,0." in (tmp_path / "table.csv").read_text(encoding="utf-8")


def test_what_is_missing_is_said(shares: dict[str, str], tmp_path: Path) -> None:
    assert "REFERENCE is missing; PROTOCOL abundances needs FUSED and REFERENCE" in refused(
        PROTOCOL="abundances", FUSED=shares["FUSED"]
    )
    library = tmp_path / "spectra.csv"
    library.write_text("band,roof\n1,2\n", encoding="utf-8")
    assert "REFERENCE_ENDMEMBERS is missing" in refused(**shares, ENDMEMBERS=str(library))
    assert "REPORT" in refused(**shares, REPORT=shares["FUSED"])


def test_methods_for_hyperspectral_images_are_compared_by_a_child(tmp_path: Path) -> None:
    scene = write_scene(tmp_path, rows=75, cols=78, bands=20, count=2)
    table = tmp_path / "table.csv"
    done = qgis_child.run_algorithm(ASSESS, PROTOCOL="wald", PAN=scene["guide"], MS=scene["hs"], CSV=str(table))
    assert done.code == 0, done.err
    methods = {line.split(",")[0] for line in table.read_text(encoding="utf-8").splitlines()[1:]}
    assert methods == {"EXP", "hp1", "gsa", "glp", "cnmf", "hysure"}
