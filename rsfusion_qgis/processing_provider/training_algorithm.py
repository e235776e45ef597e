"""One class for the algorithms that make networks: a child process with torch trains, and writes an .onnx file.

The child gets a JSON object: the options by their fields' names, `output`, `report`, `name`, `threads`. A training on
samples also gets `inputs` (role -> path) and `samples`; a tuning gets each role's path by the role's name, and
`model` where it begins with a network. `policy` says what is done about a shift, where the training asks for it.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
)

from ..core.basics.errors import InputError
from ..core.basics.pending_file import pending_files
from ..core.engine.contract import Task, Training
from ..core.networks.card_files import read_card
from ..core.rasters.overwriting import Read, Written, check_names
from . import parameters as names
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .layers import absolute_source, gdal_source, raster_layer, source_as_placed
from .option_parameters import option_parameters, read_options
from .presets import preset_layers
from .sample_parameters import NUMBERS, TRAINING, GivenSamples, SampleNames, read_samples, sample_parameters
from .training_process import interpreter, run_training
from .zoo import find_network

Parameters = dict[str, Any]
CHECKPOINT = "CHECKPOINT"


class TrainingAlgorithm(BaseAlgorithm):
    """A Processing algorithm that makes a network for a task.

    Parameters
    ----------
    task : Task
    training : one of its trainings.
    """

    def __init__(self, task: Task, training: Training) -> None:
        super().__init__()
        self._task, self._training, text = task, training, training.text
        self.ID, self.LABEL, self.HELP, self.TAGS = text.id, text.label, text.help, text.tags
        self.GROUP, self.WORDS = task.group, task.words

    def createInstance(self) -> TrainingAlgorithm:
        """Return a fresh instance, as every run gets."""
        return type(self)(self._task, self._training)

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        proposed = preset_layers(self._task)
        for definition in self._definitions():
            if definition.name() in proposed:
                definition.setGuiDefaultValueOverride(proposed[definition.name()])
            self.addParameter(names.advanced(definition) if definition.name() in self._training.rare else definition)
        for name, label in self._training.results.items():
            self.addOutput(QgsProcessingOutputNumber(name, label))
        self.addOutput(QgsProcessingOutputNumber("STEPS", "Number of training steps"))
        self.addOutput(QgsProcessingOutputNumber("SECONDS", "Seconds that the run took"))

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        training, card_task = self._training, self._task.card_task
        label, text = training.output
        output = QgsProcessingParameterFileDestination(names.OUTPUT, label, "ONNX networks (*.onnx)")
        return [
            *(names.role_parameter(role) for role in self._task.inputs),
            *(sample_parameters(self._names) if training.samples else []),
            *([names.model_parameter(card_task)] if self._starts else []),
            *option_parameters(training.options),
            *([names.alignment_parameter(training.policy, training.aligned)] if training.policy else []),
            *([names.model_file_parameter()] if self._starts else []),
            names.threads_parameter("Processor threads that the training may use."),
            names.helped(output, text),
            *([names.report_parameter(training.report)] if training.report else []),
        ]

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._checked(parameters, context)

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[Parameters, GivenSamples | None]:
        return self._checked(parameters, context)

    def _work(
        self, taken: tuple[Parameters, GivenSamples | None], parameters: Parameters, context: QgsProcessingContext,
        monitor: FeedbackMonitor,
    ) -> Parameters:  # fmt: skip
        """Train in a child, and put the network and the report in their places when they are complete."""
        job, given = {**taken[0], **self._files(parameters, context)}, taken[1]
        files = {name: job[name.lower()] for name in (names.OUTPUT, names.REPORT) if job.get(name.lower())}
        with pending_files(files) as places:
            unfinished = {name.lower(): str(place) for name, place in places.items()}
            if given is not None:
                samples = asdict(given.source(monitor.raise_when_cancelled))
                job["samples"] = {**samples, "path": absolute_source(samples["path"])}
            result = run_training(self._training.recipe, {**job, **unfinished}, monitor)
        return {**result, **files}

    def _files(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        """Return what is written, and the name of the network."""
        output = str(self.parameterAsFileOutput(parameters, names.OUTPUT, context))
        report = {"report": str(self.parameterAsFileOutput(parameters, names.REPORT, context))}
        return {"output": output, "name": Path(output).stem, **(report if self._training.report else {})}

    def _checked(
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> tuple[Parameters, GivenSamples | None]:
        """Return what the child does, checked as far as headers tell."""
        inputs = self._inputs(parameters, context)
        options = read_options(self, parameters, context, self._training.options)
        job = {**self._files(parameters, context), "threads": self.parameterAsInt(parameters, names.THREADS, context)}
        samples, reads = None, [Read(self._task.parameter(role), path) for role, path in inputs.items()]
        if self._training.samples:
            samples = read_samples(self, parameters, context, self._names)
            samples.check()
            reads.append(Read(samples.parameter, samples.file))
            job.update(inputs=inputs)
        else:
            job.update(inputs)
        if self._training.policy:
            job.update(policy=names.text_value(self, parameters, names.COREGISTRATION, context))
        if self._starts:
            job.update(model=self._start(parameters, context))
            reads.append(Read(names.MODEL, job["model"]))
        written = {**job, "checkpoint": getattr(options, "checkpoint", "")}
        places = (names.OUTPUT, names.REPORT, CHECKPOINT)
        check_names([Written(name, written.get(name.lower()) or "") for name in places], reads)
        job.update(asdict(self._training.check(options, inputs)))
        if job.get(CHECKPOINT.lower()):
            job[CHECKPOINT.lower()] = str(Path(job[CHECKPOINT.lower()]).absolute())
        interpreter()
        return job, samples

    @property
    def _names(self) -> SampleNames:
        return NUMBERS if self._training.numbers else TRAINING

    @property
    def _starts(self) -> bool:
        return self._training.starts and not self._training.samples

    def _start(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        """Return the file of the network that is tuned."""
        texts = (names.text_value(self, parameters, name, context) for name in (names.MODEL, names.MODEL_FILE))
        path = str(find_network(self._task.card_task, *texts).absolute())
        card = read_card(path)
        if card.task != self._task.card_task:
            wanted = self._task.card_task
            raise InputError(f"MODEL: '{card.name}' is a network for {card.task}; expected one for {wanted}.")
        return path

    def _inputs(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, str]:
        """Return the GDAL name of every raster that was given, by role."""
        found = {}
        for role in self._task.inputs:
            if role.required or parameters.get(role.parameter) not in (None, ""):
                layer = raster_layer(self, parameters, role.parameter, context)
                source = gdal_source(role.parameter, layer, parameters.get(role.parameter))
                found[role.name] = absolute_source(source_as_placed(layer, source))
        if not found:
            listed = ", ".join(role.parameter for role in self._task.inputs)
            raise InputError(f"No raster is given; expected one or more of {listed}, so name at least one of them.")
        return found
