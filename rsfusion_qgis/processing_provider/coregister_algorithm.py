"""`rsfusion:coregister`: a raster written so that it lies on another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
)

from ..core.alignment.coregister import CoregisterJob, CoregisterResult, check, run
from ..core.alignment.registration import Registration
from ..core.rasters.formats import split_options
from .base_algorithm import BaseAlgorithm
from .displacement_layer import DISPLACEMENTS, displacements_parameter, is_file, older_aside, write_displacements
from .feedback import FeedbackMonitor
from .layers import gdal_source, raster_layer
from .parameters import (
    CREATION_OPTIONS,
    FORMAT,
    OUTPUT,
    REPORT,
    advanced,
    engine_format,
    format_parameters,
    further_raster,
    helped,
    output_parameter,
    report_parameter,
    text_value,
)
from .post_processors import StyleLike, style_like
from .registration_parameters import (
    METHOD,
    METHOD_WORDS,
    ON_REFERENCE_GRID,
    REFERENCE,
    RESAMPLING,
    SECONDARY,
    correction_parameters,
    read_job,
    registration_parameters,
)

POINTS, FIELD = "CONTROL_POINTS", "FIELD"
Parameters = dict[str, Any]

_HELP = (
    "Measures how far SECONDARY lies off REFERENCE, also between images of different sensors, and writes SECONDARY "
    "corrected. By itself it takes the simplest correction that the places where both agree bear out. A shift, a "
    "similarity (shift, rotation and scale) or an affine (also sheared) changes the georeferencing only: the pixels "
    "stay as they are unless ON_REFERENCE_GRID asks for the pixels of REFERENCE. A polynomial or a thin plate spline "
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
        "affine", "thin plate spline", "control points", "gcp", "sar", "optical",
    )  # fmt: skip
    WORDS: Mapping[str, Mapping[str, str]] = {"METHOD": METHOD_WORDS}
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
        field = self.parameterAsOutputLayer(parameters, FIELD, context) if job.field else ""
        output = self.parameterAsOutputLayer(parameters, OUTPUT, context)
        result = run(replace(job, output=output, field=field), monitor)
        if self._style is not None and context.willLoadLayerOnCompletion(result.output):
            context.layerToLoadOnCompletionDetails(result.output).setPostProcessor(self._style.keep_alive())
        beside = {POINTS: job.points, FIELD: field, REPORT: job.report}
        if parameters.get(DISPLACEMENTS) is not None:
            with older_aside(job.beside.get(DISPLACEMENTS, "")):
                found = Registration(result.estimate, result.domain, ())
                beside[DISPLACEMENTS] = write_displacements(self, parameters, context, found)
        return {**_results(result), **{name: path for name, path in beside.items() if path}}

    def _read_job(self, parameters: Parameters, context: QgsProcessingContext, output: str) -> CoregisterJob:
        """Return what the engine is to do.

        Raises
        ------
        InputError : a raster cannot be used.
        """
        layers = {name: raster_layer(self, parameters, name, context) for name in (REFERENCE, SECONDARY)}
        text = {name: text_value(self, parameters, name, context) for name in _TEXTS}
        files = {name: self.parameterAsFileOutput(parameters, name, context) if parameters.get(name) else ""
                 for name in (POINTS, FIELD, REPORT, DISPLACEMENTS)}  # fmt: skip
        layer = files.pop(DISPLACEMENTS)
        return CoregisterJob(
            registration=read_job(self, parameters, context),
            output=output,
            method=text[METHOD],
            on_reference_grid=self.parameterAsBoolean(parameters, ON_REFERENCE_GRID, context),
            kernel=text[RESAMPLING],
            output_format=engine_format(text[FORMAT]),
            creation_options=split_options(text[CREATION_OPTIONS]),
            points=files[POINTS],
            field=files[FIELD],
            report=files[REPORT],
            beside={DISPLACEMENTS: layer} if is_file(layer) else {},
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
    "ROTATION": "Rotation, degrees, counter-clockwise",
    "SCALE": "Scale",
    "SHEAR": "By what the right angle between columns and rows was changed, degrees",
}
_TEXT_RESULTS = {
    "VERDICT": "How the rasters lay before: aligned or shifted",
    "CHOSEN": "The correction, one of METHOD's",
    "FINDINGS": "What was found and done, one line each",
}


def _own_parameters() -> list[QgsProcessingParameterDefinition]:
    points = QgsProcessingParameterFileDestination(
        POINTS, "Control points", "QGIS control points (*.points);;GDAL options (*.txt)", None, True, False
    )
    return [
        *correction_parameters(),
        advanced(helped(points, "Where places of the secondary belong, for other tools: as .points for the "
                                "Georeferencer of QGIS, else as options of gdal_translate (--optfile).")),
        advanced(further_raster(FIELD, "Displacement field", "What must be added to the secondary everywhere, in "
                                "reference pixels: to the right (band 1) and downwards (band 2).")),
        advanced(displacements_parameter()),
        *format_parameters(),
        output_parameter("Coregistered raster"),
        report_parameter("Verdict, numbers and pictures as a page for the browser. Empty: the log only."),
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
        "ROTATION": estimate.rotation_deg,
        "SCALE": estimate.scale,
        "SHEAR": estimate.shear_deg,
        "CHOSEN": result.method,
        "VERDICT": result.verdict,
        "FINDINGS": "\n".join(result.findings),
    }
