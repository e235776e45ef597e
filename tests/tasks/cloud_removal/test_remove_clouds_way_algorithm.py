"""Cloud removal with the network that is shipped: in a model file, and through the real dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRasterLayer

from rsfusion_qgis.core.sensors.sentinel2 import L2A_BANDS
from tests import qgis_child
from tests.processing_provider import desktop
from tests.processing_provider.models import Source, add_step, model_of_rasters, publish
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.cloud_removal import cloud_files as files

PLACE = grid_transform(10.0)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder, made = tmp_path_factory.mktemp("clouds"), files.fields()
    return {
        "OPTICAL": str(write_raster(folder / "optical.tif", made["optical"], PLACE, dtype="UInt16",
                                    descriptions=L2A_BANDS, nodata=0)),
        "SAR": str(write_raster(folder / "sar.tif", made["sar"], PLACE, dtype="Float32", descriptions=("VV", "VH"))),
        "CLOUDMASK": str(write_raster(folder / "mask.tif", made["mask"][None], PLACE, dtype="Byte")),
    }  # fmt: skip


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


def test_a_model3_file_removes_clouds_and_goes_on_with_the_image(
    provider: Any, scene: dict[str, str], tmp_path: Path
) -> None:
    """The red band of the result is what the next step sees."""
    model = model_of_rasters("without clouds", *scene)
    rasters = {name: Source.fromModelParameter(name) for name in scene}
    add_step(model, "clear", "rsfusion:removeclouds", **rasters)
    # Not native:fillnodata, which writes band 4 of a raster of one band in QGIS 3.44.
    add_step(model, "red", "native:reclassifybytable", INPUT_RASTER=Source.fromChildOutput("clear", "OUTPUT"),
             RASTER_BAND=4, TABLE=[-2, -1, -1])  # fmt: skip
    result = publish(model, "red", "OUTPUT")
    file, output = tmp_path / "clear.model3", tmp_path / "red.tif"
    assert model.toFile(str(file))
    finished = qgis_child.run_algorithm(str(file), **scene, **{result: output})
    assert finished.code == 0, finished.text
    red, made = read_raster(output)[0], files.fields()
    assert red[made["mask"]].mean() < 0.5 * made["optical"][3][made["mask"]].mean()
    assert red.shape == made["mask"].shape


def test_the_dialog(iface: Any, scene: dict[str, str], tmp_path: Path) -> None:
    """On a layer of the project, with the network that stands there by itself."""
    layer = QgsRasterLayer(scene["OPTICAL"], "cloudy")
    QgsProject.instance().addMapLayer(layer)
    output, sigma = tmp_path / "clear.tif", tmp_path / "sigma.tif"
    desktop.run_dialog("rsfusion:removeclouds", {**scene, "OPTICAL": layer.id(), "UNCERTAINTY": str(sigma),
                                                 "OUTPUT": str(output)}, output)  # fmt: skip
    made = files.fields()
    found, stated, under = read_raster(output), read_raster(sigma), made["mask"]
    far = ~under
    far[5:40, 8:50] = far[40:70, 60:] = False
    np.testing.assert_array_equal(found[:, far], made["optical"][:, far])
    assert found[1][under].mean() < made["optical"][1][under].mean()
    assert stated[:, under].min() > 0 and (stated[:, far] == 0).all()
