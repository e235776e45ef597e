"""`rsfusion:coregister`: a raster written so that it lies on another one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
)

from ..core.alignment.coregister import CoregisterJob, CoregisterResult, check, run
from ..core.alignment.correction import METHODS
from ..core.rasters.formats import split_options
from ..core.rasters.virtual_raster import KERNELS
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .layers import gdal_source, raster_layer
from .parameters import (
    CREATION_OPTIONS,
    FORMAT,
    OUTPUT,
    advanced,
    choice,
    engine_format,
    format_parameters,
    helped,
    output_parameter,
    text_value,
)
from .post_processors import StyleLike, style_like
from .registration_parameters import REFERENCE, SECONDARY, read_job, registration_parameters

METHOD, ON_REFERENCE_GRID, RESAMPLING = "METHOD", "ON_REFERENCE_GRID", "RESAMPLING"
Parameters = dict[str, Any]

_HELP = (
    "Measures how far SECONDARY lies off REFERENCE, also between images of different sensors, and writes SECONDARY "
    "corrected. A shift or a similarity (shift, rotation and scale) changes the georeferencing only: the pixels stay "
    "as they are unless ON_REFERENCE_GRID asks for the pixels of REFERENCE. A polynomial or a thin plate spline "
    "(tps) also takes out local distortion, by resampling. The result is measured again; a correction that does not "
    "bring the rasters closer is not applied, SECONDARY is then written as it lies, APPLIED is 0 and a warning "
    "says so, just as where it lies within TOLERANCE already. Where the shift cannot be told with confidence, "
    "nothing is written and the run fails."
)


class CoregisterAlgorithm(BaseAlgorithm):
    """The Processing algorithm around `core.coregister`."""

    ID, LABEL, GROUP, HELP = "coregister", "Coregister", "Align", _HELP
    TAGS = (
        "coregistration", "registration", "align", "shift", "misregistration", "warp", "georeference",
        "thin plate spline", "sar", "optical",
    )  # fmt: skip
    NEEDS_RUNTIME = False

    def __init__(self) -> None:
        super().__init__()
        self._style: StyleLike | None = None

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and the results that a model can branch on."""
        for definition in (*registration_parameters(), *_own_parameters()):
            self.addParameter(definition)
        for name, label in _NUMBER_RESULTS.items():
            self.addOutput(QgsProcessingOutputNumber(name, label))
        for name, label in _TEXT_RESULTS.items():
            self.addOutput(QgsProcessingOutputString(name, label))

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> CoregisterJob:
        return self._read_job(parameters, context, self.parameterAsFileOutput(parameters, OUTPUT, context))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        check(self._check_given(parameters, context))

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> CoregisterJob:
        job = self._check_given(parameters, context)
        self._style = style_like(raster_layer(self, parameters, SECONDARY, context))
        return job

    def _work(
        self, job: CoregisterJob, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Measure, correct and write."""
        # Only here: what this call notes about loading the result belongs to the context of this thread.
        result = run(replace(job, output=self.parameterAsOutputLayer(parameters, OUTPUT, context)), monitor)
        if self._style is not None and context.willLoadLayerOnCompletion(result.output):
            context.layerToLoadOnCompletionDetails(result.output).setPostProcessor(self._style.keep_alive())
        return _results(result)

    def _read_job(self, parameters: Parameters, context: QgsProcessingContext, output: str) -> CoregisterJob:
        """Return what the engine is to do.

        Raises
        ------
        InputError : a raster cannot be used.
        """
        layers = {name: raster_layer(self, parameters, name, context) for name in (REFERENCE, SECONDARY)}
        text = {name: text_value(self, parameters, name, context) for name in _TEXTS}
        return CoregisterJob(
            registration=read_job(self, parameters, context),
            output=output,
            method=text[METHOD],
            on_reference_grid=self.parameterAsBoolean(parameters, ON_REFERENCE_GRID, context),
            kernel=text[RESAMPLING],
            output_format=engine_format(text[FORMAT]),
            creation_options=split_options(text[CREATION_OPTIONS]),
            sources={name: gdal_source(name, layer, parameters.get(name)) for name, layer in layers.items()},
        )


_TEXTS = (METHOD, RESAMPLING, FORMAT, CREATION_OPTIONS)

_NUMBER_RESULTS = {
    "SHIFT_X": "What is to be added to the secondary's x, in units of the reference's CRS",
    "SHIFT_Y": "What is to be added to the secondary's y, in units of the reference's CRS",
    "SHIFT_COLS": "The same to the right, in reference pixels",
    "SHIFT_ROWS": "The same downwards, in reference pixels",
    "RMSE_BEFORE": "Root mean square displacement before, in reference pixels",
    "RMSE_AFTER": "Root mean square displacement of the result, in reference pixels",
    "CONFIDENCE": "Confidence of the measurement, 0 to 1",
    "APPLIED": "1 where a correction was applied, else 0",
}
_TEXT_RESULTS = {
    "VERDICT": "How the rasters lay before: aligned or shifted",
    "FINDINGS": "What was found and done, one line each",
}


def _own_parameters() -> list[QgsProcessingParameterDefinition]:
    on_grid = QgsProcessingParameterBoolean(ON_REFERENCE_GRID, "Resample onto the grid of the reference", False)
    return [
        choice(METHOD, "Correction", METHODS, METHODS[0],
                "shift: moved as a whole. similarity: also turned and stretched. Both leave the pixels as they are. "
                "polynomial: warped by a polynomial through the places that agree. tps: by a thin plate spline "
                "through each of them, for images of one kind and strong local distortion."),
        helped(on_grid, "The result gets the pixel size of the reference and pixels that coincide with the "
                "reference's, over the area that both cover. Needed where the rasters have no georeferencing."),
        advanced(choice(RESAMPLING, "Resampling", KERNELS, KERNELS[0],
                          "How pixels are computed anew where the correction or the grid needs it; nearest for "
                          "classes.")),
        *format_parameters(),
        output_parameter("Coregistered raster"),
    ]  # fmt: skip


def _results(result: CoregisterResult) -> Parameters:
    estimate = result.estimate
    return {
        OUTPUT: result.output,
        "SHIFT_X": result.shift_map[0],
        "SHIFT_Y": result.shift_map[1],
        "SHIFT_COLS": estimate.cols,
        "SHIFT_ROWS": estimate.rows,
        "RMSE_BEFORE": result.rmse_before,
        "RMSE_AFTER": result.rmse_after,
        "CONFIDENCE": estimate.confidence,
        "APPLIED": int(result.applied),
        "VERDICT": result.verdict,
        "FINDINGS": "\n".join(result.findings),
    }
