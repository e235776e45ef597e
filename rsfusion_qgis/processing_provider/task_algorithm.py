"""One class for the algorithms of all tasks: layers become paths, the engine runs, QGIS is told.

The task says what its algorithm is called, which rasters it takes and which options it has, see `engine.contract`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingUtils,
    QgsRasterLayer,
)

from ..core.basics.errors import DeviceError, InputError
from ..core.engine.alignment_report import alignment_parts
from ..core.engine.contract import NETWORK, Face, Role, Task
from ..core.engine.job import Job, Result, check_parameters
from ..core.engine.options import options_of
from ..core.engine.plan import Plan, plan_job
from ..core.engine.report import run_report
from ..core.engine.run import run
from ..core.networks.card_files import read_card
from ..core.rasters.band_stack import stack_rasters
from ..core.rasters.class_table import colour_of
from ..core.rasters.formats import split_options
from . import parameters as names
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .layers import gdal_source, place_of, place_of_file, product_source, source_as_placed
from .option_parameters import option_parameters, read_options
from .post_processors import RampBeneath, RunGroup, Style, StyleClasses, style_like
from .presets import preset_layers
from .registration_parameters import number_fault
from .role_layers import layers_of, members
from .sample_parameters import TRAINING, GivenSamples, read_optional_samples, sample_parameters
from .zoo import find_network

METHOD = "METHOD"
Parameters = dict[str, Any]
_TEXTS = (names.COREGISTRATION, names.DATA_TYPE, names.FORMAT, names.CREATION_OPTIONS)


class TaskAlgorithm(BaseAlgorithm):
    """A Processing algorithm that runs a task.

    Parameters
    ----------
    task : Task
    face : one of its faces.
    """

    def __init__(self, task: Task, face: Face) -> None:
        super().__init__()
        self._task, self._face = task, face
        self.ID, self.LABEL, self.HELP, self.TAGS = face.text.id, face.text.label, face.text.help, face.text.tags
        self.GROUP, self.WORDS = task.group, task.words
        self.NEEDS_RUNTIME = face.networks and not face.methods
        self._samples: GivenSamples | None = None
        self._style: Style | None = None
        self._source_name = ""

    def createInstance(self) -> TaskAlgorithm:
        """Return a fresh instance, as every run gets."""
        return type(self)(self._task, self._face)

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and the results that a model can branch on."""
        proposed = preset_layers(self._task)
        for definition in self._definitions():
            if definition.name() in proposed:
                definition.setGuiDefaultValueOverride(proposed[definition.name()])
            self.addParameter(names.advanced(definition) if definition.name() in self._face.rare else definition)
        self.addOutput(QgsProcessingOutputNumber("TILES", "Number of tiles"))
        self.addOutput(QgsProcessingOutputNumber("SECONDS", "Seconds that the run took"))
        self.addOutput(QgsProcessingOutputNumber("WARNINGS", "Number of warnings about the rasters"))
        self.addOutput(QgsProcessingOutputString("FINDINGS", "What was found about the rasters, one line each"))
        if self._face.networks:
            self.addOutput(QgsProcessingOutputString("PROVIDER", "ONNX Runtime provider that did the work"))
        for name, label in self._face.results.items():
            kind = QgsProcessingOutputNumber if name in self._face.numbers else QgsProcessingOutputString
            self.addOutput(kind(name, label))

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        """Return the parameters in the order of the dialog: what is given, what works on it, how, what comes out."""
        task, face = self._task, self._face
        network = [names.model_parameter(task.card_task)] if face.networks else []
        own = [names.model_file_parameter(usual=face.trained_by_users)] if face.networks else []
        methods = list(face.methods)
        method = [names.choice(METHOD, "Method", methods, methods[0], face.methods_help)] if methods else []
        return [
            *(names.role_parameter(role) for role in task.roles),
            *method,
            *network,
            *(sample_parameters(TRAINING) if face.samples else []),
            *(own if face.trained_by_users else []),
            *option_parameters(face.options),
            *names.where_parameters(face),
            *([] if face.trained_by_users else own),
            *names.tile_parameters(face.memory_mb),
            *(names.device_parameters() if face.networks else []),
            *names.result_parameters(task, face),
        ]

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        numbers = [one.name for one in options_of(self._face.options).values() if one.bounded]
        fault = number_fault(self, parameters, context, numbers)
        if fault:
            raise InputError(fault)
        if numbers:
            self._read_job(parameters, context)

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        can_run, message = self.canExecute()
        if not can_run:
            raise DeviceError(message)
        job = self._read_job(parameters, context)
        if self._samples is not None:
            self._samples.check()
        plan = plan_job(job)
        job.task.check(plan)
        _remember(job, plan)

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> Job:
        job = self._read_job(parameters, context)
        first = self._layer(parameters, self._task.role(self._task.like or self._task.roles[0].name), context)
        self._source_name = first.name() if first is not None else ""
        if self._task.like:
            self._style = style_like(first)
        return job

    def _work(
        self, job: Job, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Run the engine."""
        can_run, message = self.canExecute()
        if not can_run:
            raise DeviceError(message)
        job = self._placed(job, parameters, context)
        result = self._run(self._sampled(job, monitor), monitor)
        self._show(result, context)
        return {**self._results(result), **({names.REPORT: job.report} if job.report else {})}

    def _placed(self, job: Job, parameters: Parameters, context: QgsProcessingContext) -> Job:
        """Return the job with the names under which the results are written.

        Called in the run's own thread: what QGIS notes about loading a result belongs to that thread's context.
        """
        further = {one.parameter: str(self.parameterAsOutputLayer(parameters, one.parameter, context))
                   for one in self._face.outputs}  # fmt: skip
        layers = {one.parameter: str(self.parameterAsOutputLayer(parameters, one.parameter, context))
                  for one in self._face.layers}  # fmt: skip
        output = self.parameterAsOutputLayer(parameters, names.OUTPUT, context)
        return replace(job, output=output, further=further, layers=layers)

    def _sampled(self, job: Job, monitor: FeedbackMonitor) -> Job:
        """Return the job with samples that the engine can read."""
        if self._samples is None:
            return job
        return replace(job, samples=self._samples.source(monitor.raise_when_cancelled))

    def _show(self, result: Result, context: QgsProcessingContext) -> None:
        """Say how the results look and are called where the desktop loads them as layers."""
        labels = {result.output: (self._face.output, self._style_of(result) or Style())}
        for one in self._face.outputs:
            labels[result.further.get(one.parameter, "")] = one.label, RampBeneath()
        for one in self._face.layers:
            labels[result.plan.job.layers.get(one.parameter, "")] = one.label, Style()
        loaded = {path: one for path, one in labels.items() if path and context.willLoadLayerOnCompletion(path)}
        group = RunGroup(self._page_title()) if len(loaded) > 1 else None
        for path, (label, style) in loaded.items():
            details = context.layerToLoadOnCompletionDetails(path)
            if self._source_name and details.name == self.words(label):
                details.name = f"{self._source_name}: {self.words(label).lower()}"
            style.group = group
            details.setPostProcessor(style.keep_alive())

    def _page_title(self) -> str:
        """Return what is run, and on what."""
        return f"{self.displayName()}: {self._source_name}" if self._source_name else self.displayName()

    def _style_of(self, result: Result) -> Style | None:
        """Return how the result looks in the desktop, None for QGIS's own way."""
        if not result.classes:
            return self._style
        return StyleClasses([(one.code, colour_of(one, place), one.name) for place, one in enumerate(result.classes)])

    def _run(self, job: Job, monitor: FeedbackMonitor) -> Result:
        def page(result: Result, watch: Callable[..., None]) -> str:
            aligned = alignment_parts(result.plan, watch)
            return run_report(self._page_title(), result, job.task.report(result, watch), aligned)

        return run(job, monitor, _recall(job), page)

    def _results(self, result: Result) -> Parameters:
        """Return what models and scripts get."""
        return {
            names.OUTPUT: result.output,
            "TILES": result.tiles,
            "SECONDS": result.seconds,
            "WARNINGS": sum(finding.severity == "warning" for finding in result.findings),
            "FINDINGS": "\n".join(finding.sentence for finding in result.findings),
            **({"PROVIDER": result.provider} if self._face.networks else {}),
            **self._task.values(result),
            **{name: path for name, path in result.further.items() if path},
            **result.plan.job.drawn,
        }

    def _read_job(self, parameters: Parameters, context: QgsProcessingContext) -> Job:
        """Return what the engine is to do.

        Raises
        ------
        InputError : an input is no raster that GDAL reads, an option cannot be used, or nothing does the work.
        """
        text = {name: names.text_value(self, parameters, name, context) for name in _TEXTS if self._has(name)}
        wants_nodata = self._has(names.NODATA) and self.parameterAsString(parameters, names.NODATA, context).strip()
        files = {name: str(self.parameterAsFileOutput(parameters, name, context)) if self._has(name) else ""
                 for name in (names.OUTPUT, names.REPORT, *(one.parameter for one in self._face.outputs))}  # fmt: skip
        layers = {one.parameter: str(self.parameterAsFileOutput(parameters, one.parameter, context))
                  for one in self._face.layers}  # fmt: skip
        inputs, sources = self._sources(parameters, context)
        if self._face.samples:
            self._samples = read_optional_samples(self, parameters, context, TRAINING)
        job = Job(
            task=self._task,
            inputs=inputs,
            sources=sources,
            samples=self._samples.planned() if self._samples is not None else None,
            output=files.pop(names.OUTPUT),
            report=files.pop(names.REPORT),
            further=files,
            layers=layers,
            options=read_options(self, parameters, context, self._face.options),
            policy=text[names.COREGISTRATION],
            tile_size=self.parameterAsInt(parameters, names.TILE_SIZE, context),
            memory_mb=self.parameterAsInt(parameters, names.MEMORY, context),
            data_type=names.engine_data_type(self._task, text.get(names.DATA_TYPE, "")),
            nodata=self.parameterAsDouble(parameters, names.NODATA, context) if wants_nodata else None,
            output_format=names.engine_format(text[names.FORMAT]),
            creation_options=split_options(text[names.CREATION_OPTIONS]),
            **self._worker(parameters, context),
        )
        return replace(job, extent=self._extent(job, parameters, context))

    def _has(self, name: str) -> bool:
        return self.parameterDefinition(name) is not None

    def _worker(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        """Return those fields of `Job` that say what does the work."""
        only = "" if self._face.networks else self._face.text.id
        method = names.text_value(self, parameters, METHOD, context) if self._face.methods else only
        assisted = method in self._face.assisted
        if not self._face.networks or not (assisted or method in ("", NETWORK)):
            return {"method": method}
        chosen = (names.MODEL, names.MODEL_FILE, names.DEVICE)
        model, model_file, device = (names.text_value(self, parameters, name, context) for name in chosen)
        try:
            network = str(find_network(self._task.card_task, model, model_file))
        except InputError:
            if not assisted or model or model_file:
                raise
            network = ""
        return {
            **({"method": method} if assisted else {}),
            "model": network,
            "device": device,
            "threads": self.parameterAsInt(parameters, names.THREADS, context),
        }

    def _sources(
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Return the GDAL name of every raster that was given, by role; bands that join another raster are in that.

        And, by the user's parameter, the names of those rasters that the engine gets under another name.
        """
        found, more, given = {}, {}, {}
        for role in self._task.roles:
            if role.required or parameters.get(role.parameter) not in (None, "", []):
                for one, (layer, value) in zip(members(role), self._layers(parameters, role, context)):
                    product = product_source(value) if role.product and layer is None else ""
                    given[one.parameter] = product or gdal_source(one.parameter, layer, value)
                    source = product or source_as_placed(layer, given[one.parameter])
                    if one.joins:
                        more.setdefault(one.joins, {})[one.parameter] = source
                    else:
                        found[one.name] = source
        for name, paths in more.items():
            target = str(QgsProcessingUtils.generateTempFilename(f"{name}.vrt"))
            found[name] = stack_rasters({self._task.parameter(name): found[name], **paths}, target)
        task = self._task.with_members(found)
        known = {task.parameter(name): path for name, path in found.items()}
        return found, {name: path for name, path in given.items() if known.get(name) != path}

    def _layer(self, parameters: Parameters, role: Role, context: QgsProcessingContext) -> QgsRasterLayer | None:
        return next((layer for layer, _ in self._layers(parameters, role, context)), None)

    def _layers(
        self, parameters: Parameters, role: Role, context: QgsProcessingContext
    ) -> list[tuple[QgsRasterLayer | None, Any]]:
        return layers_of(self, parameters, role, context)

    def _extent(
        self, job: Job, parameters: Parameters, context: QgsProcessingContext
    ) -> tuple[float, float, float, float] | None:
        """Return the extent (xmin, ymin, xmax, ymax) in the CRS of the raster that gives the grid, None for all."""
        if not parameters.get(names.EXTENT):
            return None
        first = self._task.grid
        if not first:
            card = read_card(job.model)
            first = next((spec.role for spec in card.inputs if spec.role in job.inputs), self._task.roles[0].name)
        layer = self._layer(parameters, self._task.role(first), context)
        place = place_of(layer) if layer is not None else place_of_file(self._task.complete(job)[0].get(first, ""))
        box = self.parameterAsExtent(parameters, names.EXTENT, context, place)
        return None if box.isNull() else (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


_checked: list[tuple[Any, Plan]] = []
"""The plan of the last check; the run that follows takes it, so that headers are read once."""


def _remember(job: Job, plan: Plan) -> None:
    _checked[:] = [(_key(job), plan)]


def _recall(job: Job) -> Plan | None:
    """Return the plan that the check before this run made, None where it was of another job or a file has changed.

    Raises
    ------
    OutputError : a result has the name of an input.
    """
    check_parameters(job)
    key, known = _key(job), list(_checked)
    _checked.clear()
    names = {"output": job.output, "further": job.further, "layers": job.layers, "report": job.report,
             "samples": job.samples}  # fmt: skip
    return next((replace(plan, job=replace(plan.job, **names))
                 for other, plan in known if other == key), None)  # fmt: skip


def _key(job: Job) -> Any:
    """Return what a plan depends on: the job without the names of its results, and the state of its files."""
    stamps = []
    for path in (*job.inputs.values(), job.model):
        try:
            state = Path(path).stat()
            stamps.append((path, state.st_mtime_ns, state.st_size))
        except OSError:
            stamps.append((path, 0, 0))
    return replace(job, output="", further={}, layers={}, report="", samples=None), stamps
