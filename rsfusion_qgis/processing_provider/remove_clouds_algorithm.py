"""`rsfusion:removeclouds`: a Sentinel-2 image without its clouds, with the help of Sentinel-1."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from ..core.basics.errors import InputError
from ..core.engine.run import CloudWishes, FusionJob, FusionResult
from ..core.rasters.band_stack import stack_rasters
from ..core.sensors.sentinel1 import UNITS
from ..tasks.cloud_removal.scene_teaching import AUTO, CHOICES
from ..tasks.cloud_removal.scene_teaching import PARAMETER as LEARN
from . import parameters as names
from .fusion_algorithm import FusionAlgorithm
from .layers import gdal_source, source_as_placed

UNCERTAINTY, MASK, CLOUD_VALUES, EVERYWHERE, BLEND = "UNCERTAINTY", "MASK", "CLOUD_VALUES", "EVERYWHERE", "BLEND"
SCALE, OFFSET, SAR_UNIT, SPECKLE_FILTER = "SCALE", "OFFSET", "SAR_UNIT", "SPECKLE_FILTER"
FOUND_OUT = "found out"
LARGEST_BLEND_PX = 100
MEMORY_MB = 1536
"""For a tile: the network looks far, so that small tiles would be read many times over."""
MORE_BANDS = {"OPTICAL_20M": 20, "OPTICAL_60M": 60}
"""Parameter -> metres of a pixel."""
_NUMBER = QgsProcessingParameterNumber.Type
Parameters = dict[str, Any]


class RemoveCloudsAlgorithm(FusionAlgorithm):
    """The Processing algorithm of cloud removal."""

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        optical, *others = (names.role_parameter(role) for role in self._spec.roles)
        values = QgsProcessingParameterString(CLOUD_VALUES, "Values of the mask that mean cloud or shadow", "1")
        return [
            optical,
            *(_more_bands(name, metres) for name, metres in MORE_BANDS.items()),
            *others,
            names.helped(values, "Parted by commas; 3,8,9,10 for Sentinel-2's scene classification."),
            names.model_parameter(self._spec.card_task),
            *names.where_parameters(),
            names.model_file_parameter(),
            *_unit_parameters(),
            *names.tile_parameters(MEMORY_MB),
            *names.device_parameters(),
            *names.format_parameters(),
            names.output_parameter("Image without clouds"),
            names.further_raster(UNCERTAINTY, "Uncertainty", "Standard deviation of the error, reflectance, band by "
                                 "band; 0 where nothing was replaced."),
            names.further_raster(MASK, "Clouds and shadows", "The mask that was used: 1 = clear, 2 = cloud or "
                                 "shadow."),
            names.report_parameter("What was found about the rasters, which scale, offset and units were used, what "
                                   "was replaced and what was missing, as a page for the browser."),
        ]  # fmt: skip

    def _fused_by(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        further = [str(self.parameterAsFileOutput(parameters, name, context)) for name in (UNCERTAINTY, MASK)]
        unit = names.text_value(self, parameters, SAR_UNIT, context)
        wishes = CloudWishes(
            *further,
            cloud_values=_values(self.parameterAsString(parameters, CLOUD_VALUES, context)),
            everywhere=self.parameterAsBool(parameters, EVERYWHERE, context),
            blend_px=self.parameterAsInt(parameters, BLEND, context),
            scale=self._given(parameters, SCALE, context),
            offset=self._given(parameters, OFFSET, context),
            sar_unit="" if unit == FOUND_OUT else unit,
            speckle_filter=self.parameterAsBool(parameters, SPECKLE_FILTER, context),
            learn=names.text_value(self, parameters, LEARN, context),
        )
        return {**super()._fused_by(parameters, context), "clouds": wishes}

    def _sources(self, parameters: Parameters, context: QgsProcessingContext, output: str) -> dict[str, str]:
        """Return the GDAL names by role; rasters with the coarser bands become one raster with OPTICAL."""
        found, paths = super()._sources(parameters, context, output), {}
        for name in MORE_BANDS:
            if parameters.get(name) not in (None, ""):
                layer = self.parameterAsRasterLayer(parameters, name, context)
                paths[name] = source_as_placed(layer, gdal_source(name, layer, parameters[name]))
        if paths:
            target = str(QgsProcessingUtils.generateTempFilename("optical.vrt"))
            found["optical"] = stack_rasters({"OPTICAL": found["optical"], **paths}, target)
        return found

    def _given(self, parameters: Parameters, name: str, context: QgsProcessingContext) -> float | None:
        """Return a number that may be left empty."""
        if self.parameterAsString(parameters, name, context).strip() == "":
            return None
        return float(self.parameterAsDouble(parameters, name, context))

    def _placed(self, job: FusionJob, parameters: Parameters, context: QgsProcessingContext) -> FusionJob:
        further = [str(self.parameterAsOutputLayer(parameters, name, context)) for name in (UNCERTAINTY, MASK)]
        placed = super()._placed(job, parameters, context)
        return replace(placed, clouds=replace(job.clouds, uncertainty=further[0], mask=further[1]))

    def _results(self, result: FusionResult) -> Parameters:
        return {**super()._results(result), **{name: path for name, path in result.further.items() if path}}


def _more_bands(name: str, metres: int) -> QgsProcessingParameterDefinition:
    definition = QgsProcessingParameterRasterLayer(name, f"Further optical bands of {metres} m", optional=True)
    return names.helped(
        definition, "Where the bands of a product come in several rasters. They are interpolated onto the finest grid, "
        "on which the result has all bands.",
    )  # fmt: skip


def _values(text: str) -> tuple[float, ...]:
    """The numbers of a list; raises InputError where there is none or one is no number."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    try:
        found = tuple(float(part) for part in parts)
    except ValueError:
        found = ()
    if not found:
        raise InputError(f"CLOUD_VALUES is '{text}'; expected numbers parted by commas, such as 3,8,9,10.")
    return found


def _unit_parameters() -> list[QgsProcessingParameterDefinition]:
    blend = QgsProcessingParameterNumber(
        BLEND, "Blending (pixels)", _NUMBER.Integer, CloudWishes.blend_px, minValue=0, maxValue=LARGEST_BLEND_PX
    )
    everywhere = QgsProcessingParameterBoolean(EVERYWHERE, "Replace clear pixels, too", False)
    speckle = QgsProcessingParameterBoolean(SPECKLE_FILTER, "Filter the speckle of SAR", CloudWishes.speckle_filter)
    scale, offset = (
        QgsProcessingParameterNumber(name, label, _NUMBER.Double, None, optional=True)
        for name, label in ((SCALE, "Scale of the optical rasters"), (OFFSET, "Offset of the optical rasters"))
    )
    unit = names.choice(SAR_UNIT, "Unit of SAR", (FOUND_OUT, *UNITS), FOUND_OUT,
                        "db: decibels, power: linear power (sigma nought), amplitude: its root.")  # fmt: skip
    learn = names.choice(LEARN, "Learn from this scene's clear pixels, too", CHOICES, AUTO,
                         "A forest learns from the clear pixels what lies under SAR like theirs; its estimate and the "
                         "network's are averaged. Needs SAR and the Python package scikit-learn; auto: where both are "
                         "there and CLEARREFERENCE is not. The log says which.")  # fmt: skip
    return [
        names.advanced(learn),
        names.advanced(names.helped(blend, "Clear pixels so near to the mask are blended with what replaces the "
                                    "clouds; all others stay exactly as they are.")),
        names.advanced(names.helped(everywhere, "The network's own image everywhere, not only under the mask.")),
        names.advanced(names.helped(scale, "Stored value of reflectance 1. Empty: from the metadata, else from the "
                                    "values.")),
        names.advanced(names.helped(offset, "Added to stored values before the division, -1000 since processing "
                                    "baseline 04.00. Empty: from the metadata, else from the values.")),
        names.advanced(unit),
        names.advanced(names.helped(speckle, "By the enhanced Lee filter, 7 x 7 pixels. The shipped networks were "
                                    "trained without it.")),
    ]  # fmt: skip
