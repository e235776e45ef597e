"""Which layers the algorithms take, and under which name the engine gets them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.processing_provider.layers import gdal_source
from tests.rasters import make_pan_ms, read_raster

UTM = "EPSG:32632"


@pytest.fixture
def project(provider: Any, qgis_new_project: Any) -> Any:
    yield QgsProject.instance()
    QgsProject.instance().clear()


def _run(values: dict[str, Any]) -> tuple[dict[str, Any], bool, str]:
    """Run as a step of a model runs: without any check before. Return results, success and the last error."""
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("rsfusion:pansharpen")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    results, succeeded = algorithm.run(values, context, feedback)
    return results, succeeded, feedback.textLog()


def test_a_layer_of_another_provider_is_refused(provider: Any) -> None:
    layer = QgsRasterLayer("type=xyz&url=file:///nowhere/{z}/{x}/{y}.png&zmax=1&zmin=0", "map", "wms")
    if not layer.isValid():
        pytest.skip("this QGIS has no WMS provider")
    with pytest.raises(InputError, match="PAN is the layer 'map' of the kind 'wms'"):
        gdal_source("PAN", layer, "map")


def test_open_options_are_refused(provider: Any, pan_ms: tuple[str, str]) -> None:
    layer = QgsRasterLayer(f"{pan_ms[0]}|option:NUM_THREADS=2", "pan", "gdal")
    with pytest.raises(InputError, match="NUM_THREADS"):
        gdal_source("PAN", layer, "pan")


def test_no_layer_at_all() -> None:
    with pytest.raises(InputError, match=r"MS is 'x\.tif'"):
        gdal_source("MS", None, "x.tif")


def test_the_crs_that_the_user_gave_a_layer_counts(project: Any, network: str, tmp_path: Path) -> None:
    """Layer > Set Layer CRS is what the message about a missing CRS advises."""
    pan, _ = make_pan_ms(tmp_path, 16, 20)
    _, bare = make_pan_ms(tmp_path, 16, 20, crs=None, name="bare_")
    ms = QgsRasterLayer(bare, "ms")
    project.addMapLayer(ms)
    values = {"PAN": pan, "MS": ms.id(), "MODEL": network, "OUTPUT": str(tmp_path / "fused.tif")}
    _, succeeded, log = _run(values)
    assert not succeeded
    assert "MS has no CRS" in log
    ms.setCrs(QgsCoordinateReferenceSystem(UTM))
    results, succeeded, log = _run(values)
    assert succeeded, log
    assert read_raster(results["OUTPUT"]).shape == (4, 64, 80)
    before = Path(bare).read_bytes()
    _, succeeded, log = _run({**values, "OUTPUT": bare})
    assert not succeeded
    assert Path(bare).read_bytes() == before


def test_what_no_check_saw_still_fails(provider: Any, pan_ms: tuple[str, str], tmp_path: Path) -> None:
    """A step of a model is run without checkParameterValues; it must not end as a success."""
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "MODEL": "nobody", "OUTPUT": str(tmp_path / "fused.tif")}
    _, succeeded, log = _run(values)
    assert not succeeded
    assert "MODEL is 'nobody'" in log
