"""One class for all fusion tasks by networks: it reads a TaskSpec for its name, texts and parameters."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputString, QgsProcessingParameterDefinition

from ..core.engine.run import FusionResult
from ..core.operators.back_projection import AUTO
from ..tasks.pansharpening.task import PANSHARPENING
from . import parameters as names
from .fusion_base import FusionBase
from .sensor_parameters import consistency_parameter, read_wishes, sensor_parameters, views_parameter
from .zoo import find_network

Parameters = dict[str, Any]


class FusionAlgorithm(FusionBase):
    """The Processing algorithm of one task: a network fuses.

    Parameters
    ----------
    spec : the task: its roles become raster parameters, its texts the help.
    """

    def createInstance(self) -> FusionAlgorithm:
        """Return a fresh instance, as every run gets."""
        return type(self)(self._spec)

    def name(self) -> str:
        """Return the public id, never translated."""
        return self._spec.id

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return self._spec.label

    def shortHelpString(self) -> str:
        """Return the help beside the dialog and in `qgis_process help`."""
        return self._spec.help

    def tags(self) -> list[str]:
        """Return what people may type to find the algorithm."""
        return list(self._spec.tags)

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and the results that a model can branch on."""
        super().initAlgorithm(configuration)
        self.addOutput(QgsProcessingOutputString("PROVIDER", "ONNX Runtime provider that did the work"))

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        if self._spec is not PANSHARPENING:
            return names.task_parameters(self._spec)
        return [
            *names.task_parameters(self._spec),
            *sensor_parameters(with_pan=True),
            consistency_parameter(AUTO),
            views_parameter(),
        ]

    def _fused_by(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        chosen = (names.MODEL, names.MODEL_FILE, names.DEVICE)
        model, model_file, device = (names.text_value(self, parameters, name, context) for name in chosen)
        image = {"image": read_wishes(self, parameters, context)} if self._spec is PANSHARPENING else {}
        return {
            **image,
            "model": str(find_network(self._spec.card_task, model, model_file)),
            "device": device,
            "threads": self.parameterAsInt(parameters, names.THREADS, context),
        }

    def _results(self, result: FusionResult) -> Parameters:
        return {**super()._results(result), "PROVIDER": result.provider}
