"""Graphical models: chained with QGIS's own algorithms, from layers that exist only inside the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from qgis.core import QgsProcessing, QgsProcessingModelChildDependency

from tests import qgis_child
from tests.processing_provider.models import Source, add_step, model_of_rasters, publish
from tests.rasters import make_pan_ms, read_raster


def test_a_model3_file_chains_pansharpening_with_a_native_algorithm(
    provider: Any, pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    """Fused, then rescaled by QGIS: the model's file runs in qgis_process like any algorithm."""
    model = model_of_rasters("fuse and rescale", "PAN", "MS")
    add_step(
        model, "fuse", "rsfusion:pansharpen",
        PAN=Source.fromModelParameter("PAN"), MS=Source.fromModelParameter("MS"), MODEL=network,
        COREGISTRATION="warn",
    )  # fmt: skip
    add_step(
        model, "rescale", "native:rescaleraster",
        INPUT=Source.fromChildOutput("fuse", "OUTPUT"), BAND=1, MINIMUM=0.0, MAXIMUM=255.0, NODATA=-9999.0,
    )  # fmt: skip
    result = publish(model, "rescale", "OUTPUT")
    file = tmp_path / "chain.model3"
    assert model.toFile(str(file))
    output = tmp_path / "rescaled.tif"
    finished = qgis_child.run_algorithm(str(file), PAN=pan_ms[0], MS=pan_ms[1], **{result: output})
    assert finished.code == 0, finished.text
    rescaled = read_raster(output)
    assert rescaled.shape == (1, 64, 80)
    assert rescaled.min() == 0
    assert rescaled.max() == 255


def test_layers_from_temporary_files_inside_a_model(
    provider: Any, pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    """MS comes out of a step before and exists in a temporary file only; so does what follows."""
    import processing

    model = model_of_rasters("translate and fuse", "PAN", "MS")
    add_step(model, "copy", "gdal:translate", INPUT=Source.fromModelParameter("MS"), DATA_TYPE=0)
    add_step(
        model, "fuse", "rsfusion:pansharpen",
        PAN=Source.fromModelParameter("PAN"), MS=Source.fromChildOutput("copy", "OUTPUT"), MODEL=network,
    )  # fmt: skip
    result = publish(model, "fuse", "OUTPUT")
    model.initAlgorithm()
    inside = processing.run(model, {"PAN": pan_ms[0], "MS": pan_ms[1], result: QgsProcessing.TEMPORARY_OUTPUT})
    direct = processing.run(
        "rsfusion:pansharpen",
        {"PAN": pan_ms[0], "MS": pan_ms[1], "MODEL": network, "OUTPUT": str(tmp_path / "direct.tif")},
    )
    np.testing.assert_array_equal(read_raster(inside[result]), read_raster(direct["OUTPUT"]))


def test_a_model_can_branch_on_the_number_of_warnings(
    provider: Any, pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    """The results are variables of the steps that follow."""
    import processing

    model = model_of_rasters("count", "PAN", "MS")
    add_step(
        model, "fuse", "rsfusion:pansharpen",
        PAN=Source.fromModelParameter("PAN"), MS=Source.fromModelParameter("MS"), MODEL=network,
    )  # fmt: skip
    add_step(
        model, "rescale", "native:rescaleraster",
        INPUT=Source.fromChildOutput("fuse", "OUTPUT"), BAND=1, MINIMUM=0.0, NODATA=-9999.0,
        MAXIMUM=Source.fromExpression("@fuse_TILES * 7 + @fuse_WARNINGS"),
    )  # fmt: skip
    result = publish(model, "rescale", "OUTPUT")
    model.initAlgorithm()
    output = str(tmp_path / "out.tif")
    processing.run(model, {"PAN": pan_ms[0], "MS": pan_ms[1], result: output})
    assert read_raster(output).max() == 7


def test_a_model_fuses_classically_assesses_and_branches_on_the_quality(provider: Any, tmp_path: Path) -> None:
    """What is measured inside a model is a variable of the steps that follow."""
    import processing

    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40)
    given = {"PAN": Source.fromModelParameter("PAN"), "MS": Source.fromModelParameter("MS")}
    model = model_of_rasters("fuse, assess, rescale", "PAN", "MS")
    add_step(model, "fuse", "rsfusion:classicalpansharpen", METHOD="gsa", **given)
    fused = Source.fromChildOutput("fuse", "OUTPUT")
    add_step(model, "assess", "rsfusion:assessfusion", PROTOCOL="full_resolution", FUSED=fused, **given)
    last = add_step(
        model, "rescale", "native:rescaleraster", INPUT=fused, BAND=1, MINIMUM=0.0, NODATA=-9999.0,
        MAXIMUM=Source.fromExpression("if(@assess_HQNR > 0.5 and @assess_ERGAS = -1, 10, 20)"),
    )  # fmt: skip
    last.setDependencies([QgsProcessingModelChildDependency("assess")])
    model.setChildAlgorithm(last)
    result = publish(model, "rescale", "OUTPUT")
    model.initAlgorithm()
    output = str(tmp_path / "out.tif")
    processing.run(model, {"PAN": pan, "MS": ms, result: output})
    assert read_raster(output).max() == 10
