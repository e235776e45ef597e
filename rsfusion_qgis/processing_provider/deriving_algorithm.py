"""One class for the algorithms that derive a file which is no raster from rasters, such as a library of spectra."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
)

from ..core.basics.errors import InputError, OutputError
from ..core.basics.pending_file import pending_files
from ..core.engine.contract import Derived, Deriving, Task
from ..core.engine.job import Job
from ..core.engine.options import options_of
from ..core.engine.plan import plan_job
from ..core.rasters.background import Relay, in_background
from ..core.rasters.overwriting import Read, Written, check_names
from ..core.reports import page as html_page
from . import parameters as names
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .layers import gdal_source, raster_layer, source_as_placed
from .option_parameters import option_parameters, read_options
from .registration_parameters import number_fault
from .sample_parameters import TRAINING, GivenSamples, read_optional_samples, sample_parameters

Parameters = dict[str, Any]


class DerivingAlgorithm(BaseAlgorithm):
    """A Processing algorithm that derives a file from rasters of a task.

    Parameters
    ----------
    task : Task
    deriving : one of its derivings.
    """

    NEEDS_RUNTIME = False

    def __init__(self, task: Task, deriving: Deriving) -> None:
        super().__init__()
        self._task, self._deriving, text = task, deriving, deriving.text
        self.ID, self.LABEL, self.HELP, self.TAGS = text.id, text.label, text.help, text.tags
        self.GROUP, self.WORDS = task.group, task.words
        self._samples: GivenSamples | None = None

    def createInstance(self) -> DerivingAlgorithm:
        """Return a fresh instance, as every run gets."""
        return type(self)(self._task, self._deriving)

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in self._definitions():
            self.addParameter(definition)
        for name, label in self._deriving.results.items():
            kind = QgsProcessingOutputNumber if name in self._deriving.numbers else QgsProcessingOutputString
            self.addOutput(kind(name, label))
        self.addOutput(QgsProcessingOutputString("FINDINGS", "What was found, one line each"))

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        deriving = self._deriving
        label, text, file_filter = deriving.output
        output = QgsProcessingParameterFileDestination(names.OUTPUT, label, file_filter)
        return [
            *(names.role_parameter(self._task.role(name)) for name in deriving.roles),
            *(sample_parameters(TRAINING) if deriving.samples else []),
            *option_parameters(deriving.options),
            names.helped(output, text),
            *([names.report_parameter(deriving.report)] if deriving.report else []),
        ]

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        numbers = [one.name for one in options_of(self._deriving.options).values() if one.bounded]
        fault = number_fault(self, parameters, context, numbers)
        if fault:
            raise InputError(fault)
        job = self._read(parameters, context)
        if self._samples is not None:
            self._samples.check()
        plan = plan_job(job)
        job.task.check(plan)
        self._check_names(job, self._files(parameters, context))

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> Job:
        return self._read(parameters, context)

    def _work(
        self, job: Job, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Derive the file, and put it and the report in their places when they are complete."""
        files = self._files(parameters, context)
        self._check_names(job, files)
        if self._samples is not None:
            job = replace(job, samples=self._samples.source(monitor.raise_when_cancelled))

        def work(relay: Relay) -> Derived:
            found = self._deriving.make(job, relay)
            with pending_files(files) as places:
                self._write(found, places, files)
            return found

        found = in_background(work, monitor)
        for finding in found.findings:
            (monitor.warning if finding.severity == "warning" else monitor.info)(finding.sentence)
        return {**found.values, **files, "FINDINGS": "\n".join(finding.sentence for finding in found.findings)}

    def _write(self, found: Derived, places: dict[str, Path], files: dict[str, str]) -> None:
        for name, place in places.items():
            try:
                if name == names.REPORT:
                    place.write_text(html_page.page(self.LABEL, *found.parts), encoding="utf-8")
                else:
                    found.write(place)
            except OSError as error:
                raise OutputError(
                    f"{name}: '{files[name]}' cannot be written ({error.strerror}); free some space or choose another "
                    "folder."
                ) from None

    def _check_names(self, job: Job, files: dict[str, str]) -> None:
        """Refuse names under which something would be lost."""
        further = self._deriving.beside(files[names.OUTPUT])
        reads = [Read(self._task.parameter(role), path) for role, path in job.inputs.items()]
        if job.samples is not None:
            reads.append(Read(job.samples.parameter, job.samples.path))
        writes = [Written(*one) for one in files.items()]
        check_names([*writes, *(Written(names.OUTPUT, file) for file in further)], reads)
        for file in further:
            if Path(file).exists() and not Path(files[names.OUTPUT]).exists():
                raise OutputError(
                    f"{names.OUTPUT}: '{file}', which comes with '{files[names.OUTPUT]}', is there and belongs to "
                    "another file; choose another name for the result."
                )

    def _files(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, str]:
        wished = (names.OUTPUT, *([names.REPORT] if self._deriving.report else []))
        given = {name: str(self.parameterAsFileOutput(parameters, name, context)) for name in wished}
        return {name: path for name, path in given.items() if path or name == names.OUTPUT}

    def _read(self, parameters: Parameters, context: QgsProcessingContext) -> Job:
        """Return what is derived from; raises InputError."""
        inputs = {}
        for name in self._deriving.roles:
            parameter = self._task.parameter(name)
            layer = raster_layer(self, parameters, parameter, context)
            inputs[name] = source_as_placed(layer, gdal_source(parameter, layer, parameters.get(parameter)))
        if self._deriving.samples:
            self._samples = read_optional_samples(self, parameters, context, TRAINING)
        options = read_options(self, parameters, context, self._deriving.options)
        samples = self._samples.planned() if self._samples is not None else None
        return Job(self._task, inputs, method=self._deriving.method, options=options, samples=samples)
