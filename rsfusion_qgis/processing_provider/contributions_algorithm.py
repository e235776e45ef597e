"""`rsfusion:contributions`: what did each raster give to the answer of a network?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
)

from ..core.basics.pending_file import PendingFile, pending_text
from ..core.engine.contract import Role, Task
from ..core.engine.contribution_report import contribution_csv, contribution_page, sentence, untrained
from ..core.engine.contributions import Contributions, contributions, players
from ..core.engine.job import Job
from ..core.engine.plan import plan_job
from ..core.networks.card_files import read_card
from ..core.rasters.formats import split_options
from ..core.rasters.overwriting import Read, Written, check_names
from ..tasks import all_tasks
from . import parameters as names
from .base_algorithm import BaseAlgorithm, raising_in_processing
from .feedback import FeedbackMonitor
from .layers import gdal_source, raster_layer, source_as_placed
from .sample_parameters import REFERENCE, GivenSamples, read_optional_samples, sample_parameters
from .zoo import find_network

CSV = "CSV"
Parameters = dict[str, Any]

_HELP = (
    "Tells what each raster gives to the result of a network that takes several. The network is run with all sets of "
    "the rasters; one that is left out is replaced by what the network's card says for an absent one. From this follow "
    "the Shapley values, which add up to the difference between all rasters and none, and what is lost where one "
    "raster alone is left out. A network of two rasters is run four times, of three eight times. From five rasters on, "
    "sets are drawn at random.\n\n"
    "With a reference, the values say how much better or worse the result gets: REFERENCE are polygons or points with "
    "known classes, REFERENCE_RASTER is a raster of class codes, or the true image for a network that gives an image. "
    "Without a reference, they say how much of the result comes from each raster. Noise may then get a large "
    "share.\n\n"
    "Give the rasters that MODEL takes, and leave the others empty. Rasters that networks of one task alone take are "
    "among the advanced parameters."
)


class ContributionsAlgorithm(BaseAlgorithm):
    """Shapley values and leave-one-out for the rasters of a network."""

    ID, LABEL, GROUP, HELP = "contributions", "Contribution of each raster", "Models", _HELP
    TAGS = ("contribution", "shapley", "modality", "importance", "ablation", "explain", "network", "fusion")

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._samples: GivenSamples | None = None

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in self._definitions():
            self.addParameter(definition)
        self.addOutput(QgsProcessingOutputString("SUMMARY", "Shares of the credit in words"))
        self.addOutput(QgsProcessingOutputString("RASTERS", "The rasters that took part, separated by commas"))
        self.addOutput(QgsProcessingOutputString("VALUES", "Their Shapley values in the same order"))
        self.addOutput(QgsProcessingOutputString("SHARES", "Their shares of the credit in the same order"))
        self.addOutput(QgsProcessingOutputNumber("PIXELS", "Pixels that took part"))
        self.addOutput(QgsProcessingOutputNumber("RUNS", "How often the network was run on each tile"))
        self.addOutput(QgsProcessingOutputNumber("SECONDS", "Seconds that it took"))

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        output = QgsProcessingParameterRasterDestination(
            names.OUTPUT, "Map of the contributions", None, optional=True, createByDefault=False
        )
        table = QgsProcessingParameterFileDestination(
            CSV, "Table", "CSV files (*.csv)", None, optional=True, createByDefault=False
        )
        return [
            names.model_parameter(""),
            *(_raster(name, roles) for name, roles in _roles().items()),
            *sample_parameters(REFERENCE),
            names.advanced(names.alignment_parameter()),
            names.model_file_parameter(),
            *names.tile_parameters(),
            *names.device_parameters(),
            *names.format_parameters(),
            names.helped(output, "One band for each raster: what it gave at each pixel. Its mean is the value of the "
                                 "table."),
            names.report_parameter("Values, shares, and the sets of rasters as a page for the browser."),
            names.helped(table, "Values of each raster, and of each set of rasters: two tables separated by an empty "
                                "line."),
        ]  # fmt: skip

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        job, samples = self._read(parameters, context)
        self._check_names(job, parameters, context)
        if samples is not None:
            samples.check()
        players(plan_job(job))

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take everything from the layers, on the main thread where they live."""
        self._name_network(parameters)
        self._job, self._samples = raising_in_processing(
            feedback, lambda: self._read(parameters, context), self.words
        )
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Parameters:
        """Measure, and write what is wanted; in the background in the desktop."""
        can_run, message = self.canExecute()
        if not can_run or self._job is None:
            raise QgsProcessingException(message or "The run was not prepared.")
        job = replace(self._job, output=str(self.parameterAsOutputLayer(parameters, names.OUTPUT, context) or ""))
        monitor = FeedbackMonitor(feedback, self.words)
        with monitor.stop_signals():
            return raising_in_processing(feedback, lambda: self._work(job, parameters, context, monitor), self.words)

    def _work(
        self, job: Job, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        self._check_names(job, parameters, context)
        texts = self._texts(parameters, context)

        def page(found: Contributions) -> list[PendingFile]:
            made = {names.REPORT: contribution_page(self.displayName(), found), CSV: contribution_csv(found)}
            return [pending_text(path, made[name], name) for name, path in texts.items()]

        samples = None if self._samples is None else self._samples.source(monitor.raise_when_cancelled)
        truth = samples.path if samples is not None and not samples.field else ""
        found = contributions(job, monitor, truth, samples, page)
        for text in untrained(found):
            monitor.warning(text)
        monitor.info(sentence(found))
        return {**_results(found), **texts, **({names.OUTPUT: job.output} if job.output else {})}

    def _texts(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, str]:
        given = {name: str(self.parameterAsFileOutput(parameters, name, context)) for name in (names.REPORT, CSV)}
        return {name: path for name, path in given.items() if path}

    def _check_names(self, job: Job, parameters: Parameters, context: QgsProcessingContext) -> None:
        """Refuse results that would take the place of an input, or of each other."""
        reads = [Read(job.task.parameter(role), path) for role, path in job.inputs.items()]
        reads += [Read(names.MODEL, job.model)]
        reads += [] if self._samples is None else [Read(self._samples.parameter, self._samples.file)]
        writes = [Written(*one) for one in self._texts(parameters, context).items()]
        check_names([*writes, *([Written(names.OUTPUT, job.output)] if job.output else [])], reads)

    def _read(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[Job, GivenSamples | None]:
        """Return what is to be done; raises InputError or ModelError."""
        text = {name: names.text_value(self, parameters, name, context)
                for name in (names.MODEL, names.MODEL_FILE, names.COREGISTRATION, names.DEVICE, names.FORMAT,
                             names.CREATION_OPTIONS)}  # fmt: skip
        path = find_network("", text[names.MODEL], text[names.MODEL_FILE])
        card = read_card(path)
        task = next(one for one in all_tasks() if one.card_task == card.task)
        inputs = {role.name: found for role in _own(task)
                  if (found := self._raster(role.parameter, parameters, context))}  # fmt: skip
        self._samples = read_optional_samples(self, parameters, context, REFERENCE)
        job = Job(
            task, inputs, self._file(parameters, context), str(path), policy=text[names.COREGISTRATION],
            tile_size=self.parameterAsInt(parameters, names.TILE_SIZE, context),
            memory_mb=self.parameterAsInt(parameters, names.MEMORY, context), device=text[names.DEVICE],
            threads=self.parameterAsInt(parameters, names.THREADS, context),
            output_format=names.engine_format(text[names.FORMAT]),
            creation_options=split_options(text[names.CREATION_OPTIONS]),
        )  # fmt: skip
        return job, self._samples

    def _file(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        return str(self.parameterAsFileOutput(parameters, names.OUTPUT, context) or "")

    def _raster(self, name: str, parameters: Parameters, context: QgsProcessingContext) -> str:
        value = parameters.get(name)
        if value in (None, ""):
            return ""
        layer = raster_layer(self, parameters, name, context)
        return source_as_placed(layer, gdal_source(name, layer, value))


def _own(task: Task) -> list[Role]:
    """The task's rasters that are inputs of their own."""
    return [role for role in task.inputs if not role.series]


def _roles() -> dict[str, list[Role]]:
    """The rasters that networks of any task take, by the user's name."""
    found: dict[str, list[Role]] = {}
    for task in all_tasks():
        for role in _own(task) if any(face.networks for face in task.faces) else ():
            found.setdefault(role.parameter, []).append(role)
    return found


def _raster(name: str, roles: list[Role]) -> QgsProcessingParameterDefinition:
    """The parameter of a raster; advanced where networks of one task alone take it, for there are very many."""
    labels = " / ".join(dict.fromkeys(role.label for role in roles))
    definition = names.RasterParameter(name, labels, optional=True)
    names.helped(definition, max((role.help for role in roles), key=len))
    usual = len(roles) > 1 and not any(names.is_rare(role) for role in roles)
    return definition if usual else names.advanced(definition)


def _results(found: Contributions) -> Parameters:
    return {
        "SUMMARY": sentence(found),
        "RASTERS": ",".join(found.roles),
        "VALUES": ",".join(f"{value:.6g}" for value in found.values[:, 0]),
        "SHARES": ",".join(f"{share:.6g}" for share in found.shares[:, 0]),
        "PIXELS": found.pixels,
        "RUNS": found.runs,
        "SECONDS": found.seconds,
    }
