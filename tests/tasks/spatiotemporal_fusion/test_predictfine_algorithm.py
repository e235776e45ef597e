"""rsfusion:predictfine as a user meets it: qgis_process as a child, a graphical model, and the dialog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from tests import qgis_child
from tests.processing_provider import desktop
from tests.processing_provider.models import Source, add_step, model_of_rasters, publish
from tests.rasters import read_raster
from tests.tasks.spatiotemporal_fusion.pairs import rmse
from tests.tasks.spatiotemporal_fusion.scenes import FINE_M, RATIO, seen, write_series
from tests.tasks.spatiotemporal_fusion.test_dates import cube

ALGORITHM = "rsfusion:predictfine"


def lists(inputs: dict[str, str]) -> dict[str, list[str]]:
    """The user's parameters of a job's inputs."""
    return {role.upper(): [path for name, path in inputs.items() if name.partition(":")[0] == role]
            for role in ("fine", "coarse")}  # fmt: skip


def test_a_run_of_qgis_process_with_trust_and_a_report(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200, 232), (200, 216, 232))
    output, trust, report = (tmp_path / name for name in ("made.tif", "trust.tif", "page.html"))
    done = qgis_child.run_algorithm(
        ALGORITHM, **lists(inputs), TARGET_DATE="2016216", OUTPUT=output, TRUST=trust, REPORT=report
    )
    assert done.code == 0, done.text
    assert rmse(read_raster(output), truth[216]) < 0.5 * rmse(truth[200], truth[216])
    assert read_raster(trust).shape == truth[216].shape
    assert "What did the pairs tell?" in report.read_text("utf-8")


@pytest.mark.parametrize("name", ["{}", 'NETCDF:"{}":reflectance'])
def test_a_netcdf_with_a_time_for_each_date(tmp_path: Path, name: str) -> None:
    """QGIS may take the file for a vector layer, and opens nothing by the name that GDAL has for its variable."""
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    red = {role: str(tmp_path / f"red_{Path(path).name}") for role, path in inputs.items()}
    for role, path in inputs.items():
        gdal.Translate(red[role], path, bandList=[1])
    days = (200, 216)
    values = np.stack([seen(truth[day])[0] for day in days])
    cube(str(tmp_path / "cube.nc"), [42368.0 + day for day in days], values, FINE_M * RATIO)
    done = qgis_child.run_algorithm(ALGORITHM, FINE=red["fine"], COARSE=name.format(tmp_path / "cube.nc"),
                                    TARGET_DATE="2016216", OUTPUT=tmp_path / "made.tif",
                                    REPORT=tmp_path / "page.html")  # fmt: skip
    assert done.code == 0, done.text
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "cube.nc" in page and "vsimem" not in page and "rsfusion_" not in page
    assert rmse(read_raster(tmp_path / "made.tif")[0], truth[216][0]) < 0.5 * rmse(truth[200][0], truth[216][0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"TARGET_DATE": "2017-01-01"}, "TARGET_DATE is 2017-01-01, but COARSE has no raster of that date"),
        ({"FINE": ["nowhere_2016200.tif"]}, "FINE is 'nowhere_2016200.tif', which QGIS cannot open as a raster layer"),
        ({"MASK_VALUES": "cloud"}, "MASK_VALUES is 'cloud'; expected whole numbers with commas"),
    ],
)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216))
    given = {**lists(inputs), "TARGET_DATE": "2016216", **change}
    done = qgis_child.run_algorithm(ALGORITHM, **given, OUTPUT=tmp_path / "made.tif")
    assert done.code == 1 and words in done.err, done.text
    assert not list(tmp_path.glob("*made*"))


def test_a_graphical_model_gives_the_lists(tmp_path: Path, provider: Any) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216))
    model = model_of_rasters("predict", "A", "B", "C")
    step = add_step(model, "predict", ALGORITHM, TARGET_DATE="2016216")
    step.addParameterSources("FINE", [Source.fromModelParameter("A")])
    step.addParameterSources("COARSE", [Source.fromModelParameter("B"), Source.fromModelParameter("C")])
    model.setChildAlgorithm(step)
    name = publish(model, "predict", "OUTPUT")
    values = dict(zip("ABC", inputs.values()), **{name: str(tmp_path / "model.tif")})
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    _, fine = model.run(values, context, feedback)
    assert fine, feedback.textLog()
    done = qgis_child.run_algorithm(ALGORITHM, **lists(inputs), TARGET_DATE="2016216", OUTPUT=tmp_path / "plain.tif")
    assert done.code == 0, done.text
    np.testing.assert_array_equal(read_raster(tmp_path / "model.tif"), read_raster(tmp_path / "plain.tif"))


def test_the_dialog_runs(tmp_path: Path, provider: Any, qgis_iface: Any) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    desktop.complete(qgis_iface)
    made = tmp_path / "made.tif"
    desktop.run_dialog(ALGORITHM, {**lists(inputs), "OUTPUT": str(made)}, made)
    assert read_raster(made).shape == truth[216].shape
