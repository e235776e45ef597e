"""`rsfusion:classify`: a class for every pixel, by a network that was trained on samples."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)

from ..core.engine.run import ClassWishes, FusionJob, FusionResult
from ..core.networks.card_files import read_card
from ..core.rasters.class_table import colour_of
from . import parameters as names
from .fusion_algorithm import FusionAlgorithm
from .post_processors import Style, StyleClasses

CONFIDENCE, PROBABILITIES, MAJORITY = "CONFIDENCE", "PROBABILITIES", "MAJORITY"
LARGEST_MAJORITY_PX = 50
Parameters = dict[str, Any]


class ClassifyAlgorithm(FusionAlgorithm):
    """The Processing algorithm of a task whose result is classes."""

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        card_task = self._spec.card_task
        return [
            *(names.role_parameter(role) for role in self._spec.roles),
            names.model_parameter(card_task),
            names.model_file_parameter(usual=True),
            *names.where_parameters(),
            _majority_parameter(),
            *names.tile_parameters(),
            *names.device_parameters(),
            *names.format_parameters(),
            names.output_parameter("Classes"),
            names.further_raster(CONFIDENCE, "Confidence", "Probability of the chosen class, 0 to 1, calibrated on "
                                 "samples that the training did not learn from."),
            names.further_raster(PROBABILITIES, "Probabilities of all classes", "One band for each class, in the order "
                                 "of the network's classes; they sum to 1."),
            names.report_parameter("What was found about the rasters, how they were classified, and how much of the "
                                   "area each class covers, as a page for the browser."),
        ]  # fmt: skip

    def _fused_by(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        further = [self.parameterAsFileOutput(parameters, name, context) for name in (CONFIDENCE, PROBABILITIES)]
        majority = self.parameterAsInt(parameters, MAJORITY, context)
        return {**super()._fused_by(parameters, context), "classes": ClassWishes(*map(str, further), majority)}

    def _grid_role(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        card = read_card(super()._fused_by(parameters, context)["model"])
        given = [role.role for role in self._spec.roles if parameters.get(role.parameter) not in (None, "")]
        found = [spec.role for spec in card.inputs if spec.role in given]
        return found[0] if found else self._spec.roles[0].role

    def _placed(self, job: FusionJob, parameters: Parameters, context: QgsProcessingContext) -> FusionJob:
        further = [str(self.parameterAsOutputLayer(parameters, name, context)) for name in (CONFIDENCE, PROBABILITIES)]
        return replace(super()._placed(job, parameters, context), classes=ClassWishes(*further, job.classes.majority))

    def _style_of(self, result: FusionResult) -> Style | None:
        listed = [one for one, _ in result.class_pixels]
        return StyleClasses([(one.code, colour_of(one, place), one.name) for place, one in enumerate(listed)])

    def _results(self, result: FusionResult) -> Parameters:
        further = {name: path for name, path in result.further.items() if path}
        return {**super()._results(result), **further}


def _majority_parameter() -> QgsProcessingParameterDefinition:
    definition = QgsProcessingParameterNumber(
        MAJORITY, "Majority filter: radius (pixels; 0 = none)", QgsProcessingParameterNumber.Type.Integer, 0,
        minValue=0, maxValue=LARGEST_MAJORITY_PX,
    )  # fmt: skip
    return names.helped(
        definition,
        "Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it. Where several are "
        "equally frequent, it keeps its own.",
    )
