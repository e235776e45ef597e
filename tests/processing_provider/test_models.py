"""Graphical models: chained with QGIS's own algorithms, from layers that exist only inside the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from qgis.core import (
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
)

from tests import qgis_child
from tests.rasters import make_pan_ms, read_raster

Source = QgsProcessingModelChildParameterSource


def _model(name: str) -> QgsProcessingModelAlgorithm:
    """Return a model with the inputs PAN and MS."""
    model = QgsProcessingModelAlgorithm(name, "tests")
    for role in ("PAN", "MS"):
        model.addModelParameter(QgsProcessingParameterRasterLayer(role, role), QgsProcessingModelParameter(role))
    return model


def _add(model: QgsProcessingModelAlgorithm, child_id: str, algorithm: str, **values: Any) -> Any:
    """Add a step; a value that is a Source is linked, any other is fixed. Return the step."""
    child = QgsProcessingModelChildAlgorithm(algorithm)
    child.setChildId(child_id)
    child.setDescription(child_id)
    for name, value in values.items():
        source = value if isinstance(value, Source) else Source.fromStaticValue(value)
        child.addParameterSources(name, [source])
    model.addChildAlgorithm(child)
    return model.childAlgorithm(child_id)


def _publish(model: QgsProcessingModelAlgorithm, child_id: str, output: str) -> str:
    """Make an output of a step the model's own; return the name of its parameter."""
    child = model.childAlgorithm(child_id)
    published = QgsProcessingModelOutput("RESULT", "RESULT")
    published.setChildId(child_id)
    published.setChildOutputName(output)
    child.setModelOutputs({"RESULT": published})
    model.setChildAlgorithm(child)
    model.updateDestinationParameters()
    (destination,) = model.destinationParameterDefinitions()  # QGIS versions name it differently
    return str(destination.name())


def test_a_model3_file_chains_pansharpening_with_a_native_algorithm(
    provider: Any, pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    """Fused, then rescaled by QGIS: the model's file runs in qgis_process like any algorithm."""
    model = _model("fuse and rescale")
    _add(
        model, "fuse", "rsfusion:pansharpen",
        PAN=Source.fromModelParameter("PAN"), MS=Source.fromModelParameter("MS"), MODEL=network,
        COREGISTRATION="warn",
    )  # fmt: skip
    _add(
        model, "rescale", "native:rescaleraster",
        INPUT=Source.fromChildOutput("fuse", "OUTPUT"), BAND=1, MINIMUM=0.0, MAXIMUM=255.0, NODATA=-9999.0,
    )  # fmt: skip
    result = _publish(model, "rescale", "OUTPUT")
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

    model = _model("translate and fuse")
    _add(model, "copy", "gdal:translate", INPUT=Source.fromModelParameter("MS"), DATA_TYPE=0)
    _add(
        model, "fuse", "rsfusion:pansharpen",
        PAN=Source.fromModelParameter("PAN"), MS=Source.fromChildOutput("copy", "OUTPUT"), MODEL=network,
    )  # fmt: skip
    result = _publish(model, "fuse", "OUTPUT")
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

    model = _model("count")
    _add(
        model, "fuse", "rsfusion:pansharpen",
        PAN=Source.fromModelParameter("PAN"), MS=Source.fromModelParameter("MS"), MODEL=network,
    )  # fmt: skip
    _add(
        model, "rescale", "native:rescaleraster",
        INPUT=Source.fromChildOutput("fuse", "OUTPUT"), BAND=1, MINIMUM=0.0, NODATA=-9999.0,
        MAXIMUM=Source.fromExpression("@fuse_TILES * 7 + @fuse_WARNINGS"),
    )  # fmt: skip
    result = _publish(model, "rescale", "OUTPUT")
    model.initAlgorithm()
    output = str(tmp_path / "out.tif")
    processing.run(model, {"PAN": pan_ms[0], "MS": pan_ms[1], result: output})
    assert read_raster(output).max() == 7


def test_a_model_fuses_classically_assesses_and_branches_on_the_quality(provider: Any, tmp_path: Path) -> None:
    """What is measured inside a model is a variable of the steps that follow."""
    import processing

    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40)
    given = {"PAN": Source.fromModelParameter("PAN"), "MS": Source.fromModelParameter("MS")}
    model = _model("fuse, assess, rescale")
    _add(model, "fuse", "rsfusion:classicalpansharpen", METHOD="gsa", **given)
    fused = Source.fromChildOutput("fuse", "OUTPUT")
    _add(model, "assess", "rsfusion:assessfusion", PROTOCOL="full_resolution", FUSED=fused, **given)
    last = _add(
        model, "rescale", "native:rescaleraster", INPUT=fused, BAND=1, MINIMUM=0.0, NODATA=-9999.0,
        MAXIMUM=Source.fromExpression("if(@assess_HQNR > 0.5 and @assess_ERGAS = -1, 10, 20)"),
    )  # fmt: skip
    last.setDependencies([QgsProcessingModelChildDependency("assess")])
    model.setChildAlgorithm(last)
    result = _publish(model, "rescale", "OUTPUT")
    model.initAlgorithm()
    output = str(tmp_path / "out.tif")
    processing.run(model, {"PAN": pan, "MS": ms, result: output})
    assert read_raster(output).max() == 10
