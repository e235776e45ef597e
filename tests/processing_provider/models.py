"""Graphical models built in the tests, step by step."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
)

Source = QgsProcessingModelChildParameterSource


def model_of_rasters(name: str, *roles: str) -> QgsProcessingModelAlgorithm:
    """Return a model with these raster inputs."""
    model = QgsProcessingModelAlgorithm(name, "tests")
    for role in roles:
        model.addModelParameter(QgsProcessingParameterRasterLayer(role, role), QgsProcessingModelParameter(role))
    return model


def add_step(model: QgsProcessingModelAlgorithm, child_id: str, algorithm: str, **values: Any) -> Any:
    """Add a step; a value that is a Source is linked, any other is fixed. Return the step."""
    child = QgsProcessingModelChildAlgorithm(algorithm)
    child.setChildId(child_id)
    child.setDescription(child_id)
    for name, value in values.items():
        source = value if isinstance(value, Source) else Source.fromStaticValue(value)
        child.addParameterSources(name, [source])
    model.addChildAlgorithm(child)
    return model.childAlgorithm(child_id)


def publish(model: QgsProcessingModelAlgorithm, child_id: str, output: str) -> str:
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
