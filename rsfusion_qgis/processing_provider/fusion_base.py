"""What fusions by a network and by a classical method share: layers become paths, the engine runs, QGIS is told."""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsRasterLayer,
)

from ..core.basics.errors import DeviceError, OutputError
from ..core.basics.single_file import check_file_name, write_text
from ..core.engine.report import class_parts, fusion_report, quality_parts
from ..core.engine.run import FusionJob, FusionResult, check, run
from ..tasks import TaskSpec
from . import parameters as names
from .base_algorithm import BaseAlgorithm, raising_in_processing
from .feedback import FeedbackMonitor
from .layers import gdal_source, source_as_placed
from .post_processors import Style, StyleLike, style_like
from .sensor_parameters import SENSOR, SensorChoice, read_sensor

Parameters = dict[str, Any]


class FusionBase(BaseAlgorithm):
    """A Processing algorithm that runs the engine; a subclass says what fuses, and has which parameters.

    Parameters
    ----------
    spec : the task: its roles become raster parameters.
    """

    def __init__(self, spec: TaskSpec) -> None:
        super().__init__()
        self._spec = spec
        self._job: FusionJob | None = None
        self._style: StyleLike | None = None

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        """Return the parameters in the order of the dialog."""
        raise NotImplementedError

    def _fused_by(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        """Return those fields of `FusionJob` that say what fuses; raises InputError where they cannot be read."""
        raise NotImplementedError

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and the results that a model can branch on."""
        for definition in self._definitions():
            self.addParameter(definition)
        self.addOutput(QgsProcessingOutputNumber("TILES", "Number of tiles"))
        self.addOutput(QgsProcessingOutputNumber("SECONDS", "Seconds that the run took"))
        self.addOutput(QgsProcessingOutputNumber("WARNINGS", "Number of warnings about the rasters"))
        self.addOutput(QgsProcessingOutputString("FINDINGS", "What was found about the rasters, one line each"))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        can_run, message = self.canExecute()
        if not can_run:
            raise DeviceError(message)
        output = self.parameterAsFileOutput(parameters, names.OUTPUT, context)
        check(self._read_job(parameters, context, output))
        self._report_name(parameters, context)

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take everything from the layers, on the main thread where they live."""
        output = self.parameterAsFileOutput(parameters, names.OUTPUT, context)
        self._job = raising_in_processing(feedback, lambda: self._read_job(parameters, context, output))
        if self._spec.like_role:
            self._style = style_like(self._layer(parameters, self._spec.like_role, context))
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Parameters:
        """Run the engine, in the background in the desktop."""
        can_run, message = self.canExecute()
        if not can_run or self._job is None:
            raise QgsProcessingException(message or "The run was not prepared.")
        job = self._placed(self._job, parameters, context)
        report = raising_in_processing(feedback, lambda: self._report_name(parameters, context))
        monitor = FeedbackMonitor(feedback)
        with monitor.stop_signals():
            sensor = raising_in_processing(feedback, lambda: self._sensor(parameters, context))
            result = raising_in_processing(feedback, lambda: self._fused(job, report, sensor, monitor))
        style = self._style_of(result)
        if style is not None and context.willLoadLayerOnCompletion(result.output):
            context.layerToLoadOnCompletionDetails(result.output).setPostProcessor(style.keep_alive())
        return {**self._results(result), **({names.REPORT: report} if report else {})}

    def _placed(self, job: FusionJob, parameters: Parameters, context: QgsProcessingContext) -> FusionJob:
        """Return the job with the names under which the results are written.

        Called in the run's own thread: what QGIS notes about loading a result belongs to that thread's context.
        """
        return replace(job, output=self.parameterAsOutputLayer(parameters, names.OUTPUT, context))

    def _style_of(self, result: FusionResult) -> Style | None:
        """Return how the result looks in the desktop, None for QGIS's own way."""
        return self._style

    def _results(self, result: FusionResult) -> Parameters:
        """Return what models and scripts get."""
        return {
            names.OUTPUT: result.output,
            "TILES": result.tiles,
            "SECONDS": result.seconds,
            "WARNINGS": sum(finding.severity == "warning" for finding in result.findings),
            "FINDINGS": "\n".join(finding.sentence for finding in result.findings),
        }

    def _sensor(self, parameters: Parameters, context: QgsProcessingContext) -> SensorChoice | None:
        """Return what the report measures the result's quality with, None for a task that has no such measure."""
        has_sensor = self.parameterDefinition(SENSOR) is not None
        return read_sensor(self, parameters, context) if has_sensor else None

    def _fused(
        self, job: FusionJob, report: str, sensor: SensorChoice | None, monitor: FeedbackMonitor
    ) -> FusionResult:
        result = run(job, monitor)
        if report:
            quality = quality_parts(job, result, *astuple(sensor), monitor.raise_when_cancelled) if sensor else []
            quality = class_parts(result) if result.class_pixels else quality
            write_text(report, fusion_report(self.displayName(), job, result, quality), names.REPORT)
        return result

    def _report_name(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        """Return where the report goes, "" for nowhere; raises OutputError where no page can be written."""
        report = str(self.parameterAsFileOutput(parameters, names.REPORT, context))
        if report:
            check_file_name(report, names.REPORT)
        return report

    def _read_job(self, parameters: Parameters, context: QgsProcessingContext, output: str) -> FusionJob:
        """Return what the engine shall do.

        Raises
        ------
        InputError : an input is no raster that GDAL reads, or `_fused_by` finds nothing that fuses.
        """
        known = [name for name in _TEXTS if self.parameterDefinition(name) is not None]
        text = {name: names.text_value(self, parameters, name, context) for name in known}
        has_nodata = self.parameterDefinition(names.NODATA) is not None
        with_nodata = has_nodata and self.parameterAsString(parameters, names.NODATA, context).strip() != ""
        return FusionJob(
            task=self._spec.id,
            inputs=self._sources(parameters, context, output),
            output=output,
            policy=text[names.COREGISTRATION],
            extent=self._extent(parameters, context),
            tile_size=self.parameterAsInt(parameters, names.TILE_SIZE, context),
            memory_mb=self.parameterAsInt(parameters, names.MEMORY, context),
            data_type=names.engine_data_type(self._spec, text.get(names.DATA_TYPE, "")),
            nodata=self.parameterAsDouble(parameters, names.NODATA, context) if with_nodata else None,
            output_format=names.engine_format(text[names.FORMAT]),
            creation_options=names.split_options(text[names.CREATION_OPTIONS]),
            **self._fused_by(parameters, context),
        )

    def _sources(self, parameters: Parameters, context: QgsProcessingContext, output: str) -> dict[str, str]:
        """Return the GDAL name of every raster that was given, by role."""
        sources = {}
        for role in self._spec.roles:
            if not role.required and parameters.get(role.parameter) in (None, ""):
                continue
            layer = self._layer(parameters, role.role, context)
            source = gdal_source(role.parameter, layer, parameters.get(role.parameter))
            placed = source_as_placed(layer, source)
            if placed != source and output and Path(source).resolve() == Path(output).resolve():
                raise OutputError(f"OUTPUT: '{output}' is also {role.parameter}; choose another name for the result.")
            sources[role.role] = placed
        return sources

    def _layer(self, parameters: Parameters, role: str, context: QgsProcessingContext) -> QgsRasterLayer | None:
        return self.parameterAsRasterLayer(parameters, self._spec.parameter(role), context)

    def _grid_role(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        """Return the role whose raster gives the result's grid."""
        return self._spec.reference_role

    def _extent(
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> tuple[float, float, float, float] | None:
        """Return the wished extent (xmin, ymin, xmax, ymax) in the reference raster's CRS, None for all."""
        if not parameters.get(names.EXTENT):
            return None
        reference = self._layer(parameters, self._grid_role(parameters, context), context)
        crs = reference.crs() if reference is not None else QgsCoordinateReferenceSystem()
        box = self.parameterAsExtent(parameters, names.EXTENT, context, crs)
        if box.isNull():
            return None
        return (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


_TEXTS = (names.COREGISTRATION, names.DATA_TYPE, names.FORMAT, names.CREATION_OPTIONS)
