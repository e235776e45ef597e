"""How good is a fused raster: in numbers, as a page, and as a table, for any task with a fine and a coarse raster."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ..core.assessment.images.assess import Assessment, assess
from ..core.assessment.images.job import PROTOCOLS, WALD, AssessmentJob, check_job
from ..core.assessment.images.quality_rasters import RasterName
from ..core.assessment.images.readers import moved_for, turned_for
from ..core.assessment.images.report import assessment_csv, assessment_page, moved_words, number, verdict
from ..core.assessment.shares.assess import SharesJob
from ..core.basics.errors import OutputError
from ..core.basics.pending_file import pending_files, write_texts
from ..core.engine.contract import COARSE, FINE, Assessing, Task
from ..core.engine.job import Job
from ..core.measures.images import METRICS
from ..core.rasters.background import Relay, in_background
from ..core.rasters.overwriting import Read, Written, check_names
from ..core.rasters.source import RasterSource
from ..core.reports import page as html_page
from ..tasks import all_tasks
from .assess_shares import (
    SHARES,
    SHARES_LABEL,
    SPECTRA,
    TRUE_SPECTRA,
    reads_of_shares,
    run_shares,
    shares_job,
    shares_outputs,
    shares_parameters,
)
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .further_protocols import FurtherProtocol, find, reads_of
from .layers import gdal_source, raster_layer, source_as_placed
from .option_parameters import option_parameters, read_options
from .parameters import (
    DEVICE,
    MODEL,
    MODEL_FILE,
    REPORT,
    THREADS,
    RasterParameter,
    advanced,
    choice,
    device_parameters,
    helped,
    model_file_parameter,
    model_parameter,
    report_parameter,
    text_value,
)
from .zoo import find_network

PROTOCOL, CSV, RATIO, PEAK, NOISE = "PROTOCOL", "CSV", "RATIO", "PEAK", "NOISE"
COMPARED, BY_RASTERS = "COMPARED", "auto"
FUSED, REFERENCE = "FUSED", "REFERENCE"
NOT_MEASURED = -1.0
Parameters = dict[str, Any]


class AssessAlgorithm(BaseAlgorithm):
    """Measures quality with a reference, without one, by Wald's protocol, or by one that a task brings.

    Parameters
    ----------
    task : Task
        Its roles with the tags FINE and COARSE are what was fused.
    assessing : one of its assessments.
    further : protocols that tasks bring.
    """

    NEEDS_RUNTIME, GROUP = False, "Assess"

    def __init__(self, task: Task, assessing: Assessing, further: Sequence[FurtherProtocol] = ()) -> None:
        super().__init__()
        self._further = tuple(further)
        self._task, self._assessing, text = task, assessing, assessing.text
        self.ID, self.LABEL, self.TAGS = text.id, text.label, text.tags
        self.HELP = "\n\n".join([text.help, *(f"PROTOCOL {one.id}: {one.protocol.help}" for one in self._further)])
        words = {SHARES: SHARES_LABEL, **{one.id: one.protocol.label for one in self._further}}
        self.WORDS = {**task.words, PROTOCOL: {**task.words.get(PROTOCOL, {}), **words}}
        (self._fine,), (self._coarse,) = task.tagged(FINE), task.tagged(COARSE)

    def createInstance(self) -> AssessAlgorithm:
        """Return a fresh instance, as every run gets."""
        return type(self)(self._task, self._assessing, self._further)

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in self._definitions():
            self.addParameter(definition)
        for metric in METRICS:
            unit = f" ({metric.unit})" if metric.unit else ""
            self.addOutput(QgsProcessingOutputNumber(metric.id.upper(), f"{metric.label}{unit} of the fused raster"))
        for output in shares_outputs():
            self.addOutput(output)
        self.addOutput(QgsProcessingOutputString("VERDICT", "Where the fused raster is better than interpolation"))
        for one in self._further:
            for name, label in one.protocol.results.items():
                self.addOutput(QgsProcessingOutputNumber(name, label))

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        further = self._chosen(parameters, context)
        if further is not None:
            job = further.read(self, parameters, context)
            fused = self._path(FUSED, parameters, context)
            further.protocol.check(job, fused)
            reads = [*reads_of(job), *([Read(FUSED, fused)] if fused else [])]
            check_names([Written(*one) for one in self._destinations(parameters, context).items()], reads)
            return
        job = self._read(parameters, context)
        if isinstance(job, SharesJob):
            reads = reads_of_shares(job)
        else:
            check_job(job)
            reads = [Read(raster.parameter, raster.path) for raster in job.rasters]
            if job.protocol == WALD and self._other(parameters, context, job) is None:
                reads.append(Read(MODEL, str(self._network(parameters, context))))
        check_names([Written(*one) for one in self._destinations(parameters, context).items()], reads)

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> AssessmentJob | SharesJob | Job:
        further = self._chosen(parameters, context)
        return self._read(parameters, context) if further is None else further.read(self, parameters, context)

    def _chosen(self, parameters: Parameters, context: QgsProcessingContext) -> FurtherProtocol | None:
        return find(self._further, text_value(self, parameters, PROTOCOL, context))

    def _work(
        self, job: AssessmentJob | SharesJob | Job, parameters: Parameters, context: QgsProcessingContext,
        monitor: FeedbackMonitor,
    ) -> Parameters:  # fmt: skip
        """Measure, and write what is wanted."""
        if isinstance(job, Job):
            return self._work_further(job, parameters, context, monitor)
        self._check_given(parameters, context)
        given, methods = self._destinations(parameters, context), []
        if isinstance(job, SharesJob):
            found = run_shares(job, given, monitor)
            return {**_not_measured(self._further), **found, **given}
        other = self._other(parameters, context, job) if job.protocol == WALD else None
        if other is not None:
            methods = other.compared.methods(other, job, "", "", 0)
        elif job.protocol == WALD:
            device = text_value(self, parameters, DEVICE, context)
            threads = self.parameterAsInt(parameters, THREADS, context)
            model = str(self._network(parameters, context))
            methods = self._assessing.methods(self._task, job, model, device, threads)

        def work(relay: Relay) -> Any:
            found = assess(job, methods, relay.watch(), pictures=REPORT in given)
            texts = {REPORT: lambda: assessment_page("Quality of the fusion", found),
                     CSV: lambda: assessment_csv(found)}  # fmt: skip
            write_texts({name: (path, texts[name]()) for name, path in given.items()})
            return found

        found = in_background(work, monitor)
        _log(found, monitor)
        return {**_not_measured(self._further), **_results(found), **given}

    def _work_further(
        self, job: Job, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Assess by a protocol that a task brings."""
        self._check_given(parameters, context)
        given = self._destinations(parameters, context)
        fused, protocol = self._path(FUSED, parameters, context), self._chosen(parameters, context).protocol
        found = in_background(lambda relay: protocol.assess(job, fused, relay), monitor)
        with pending_files(given) as places:
            for name, place in places.items():
                try:
                    if name == REPORT:
                        place.write_text(html_page.page("Quality of the fusion", *found.parts), encoding="utf-8")
                    else:
                        found.write(place)
                except OSError as error:
                    raise OutputError(
                        f"{name}: '{given[name]}' cannot be written ({error.strerror}); free some space or choose "
                        "another folder."
                    ) from None
        for finding in found.findings:
            (monitor.warning if finding.severity == "warning" else monitor.info)(finding.sentence)
        return {**_not_measured(self._further), **found.values, **given}

    def _network(self, parameters: Parameters, context: QgsProcessingContext) -> Any:
        texts = (text_value(self, parameters, name, context) for name in (MODEL, MODEL_FILE))
        return find_network(self._task.card_task, *texts)

    def _destinations(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, str]:
        given = {name: str(self.parameterAsFileOutput(parameters, name, context)) for name in (REPORT, CSV)}
        return {name: path for name, path in given.items() if path}

    def _other(self, parameters: Parameters, context: QgsProcessingContext, job: AssessmentJob) -> Task | None:
        """Return the task whose methods Wald's protocol compares; None = this one."""
        chosen = text_value(self, parameters, COMPARED, context)
        others = _comparable()
        if chosen != BY_RASTERS or not (job.fine.path and job.coarse.path):
            return others.get(chosen)
        counts = []
        for item in (job.fine, job.coarse):
            with RasterSource(item.path, item.parameter) as source:
                counts.append(len(source.bands))
        return next((task for task in others.values() if task.compared.suits(*counts)), None)

    def _read(self, parameters: Parameters, context: QgsProcessingContext) -> AssessmentJob | SharesJob:
        """Return what is to be assessed.

        Raises
        ------
        InputError : an input is no raster that GDAL reads, or a number is none.
        """
        rasters = [RasterName(self._path(name, parameters, context), name, label)
                   for name, label, _ in self._rasters()]  # fmt: skip
        fused, reference, fine, coarse = rasters
        protocol = text_value(self, parameters, PROTOCOL, context)
        if protocol == SHARES:
            files = (str(self.parameterAsFile(parameters, name, context)) for name in (SPECTRA, TRUE_SPECTRA))
            return shares_job(fused, reference, *files)
        inputs = {role.name: item.path for role, item in ((self._fine, fine), (self._coarse, coarse))}
        sensor = self._assessing.sensor(read_options(self, parameters, context, self._assessing.options), inputs)
        job = AssessmentJob(
            protocol, fused, reference, fine, replace(turned_for(fused, coarse), bands=self._coarse.bands or 0),
            sensor.sensor, sensor.gains, (sensor.pan_gain,) if sensor.pan_gain else (),
            self.parameterAsDouble(parameters, RATIO, context), self.parameterAsDouble(parameters, PEAK, context),
            moved_for(fused, coarse), noise=self.parameterAsBool(parameters, NOISE, context),
        )  # fmt: skip
        if protocol == WALD and self._other(parameters, context, job) is not None:
            return job
        return replace(job, fine=replace(fine, bands=self._fine.bands or 0))

    def _path(self, name: str, parameters: Parameters, context: QgsProcessingContext) -> str:
        """Return the GDAL name of a raster, "" where it was not given."""
        value = parameters.get(name)
        if value in (None, ""):
            return ""
        layer = raster_layer(self, parameters, name, context)
        return source_as_placed(layer, gdal_source(name, layer, value))

    def _rasters(self) -> list[tuple[str, str, str]]:
        """Return (parameter, label, help) of the rasters: fused, reference, fine, coarse."""
        fine, coarse = self._fine, self._coarse
        return [
            (FUSED, "Fused raster", "What is to be assessed (reference, full_resolution)."),
            (REFERENCE, "Reference raster", "The true image, on the pixels of FUSED (reference)."),
            (fine.parameter, fine.label, "The finer pixels (full_resolution, wald)."),
            (coarse.parameter, coarse.label, "The coarser pixels (full_resolution, wald; with a reference: for the "
                                             "comparison with interpolation)."),
        ]  # fmt: skip

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        fine, coarse = self._fine.parameter, self._coarse.parameter
        protocol = choice(
            PROTOCOL, "Protocol", [*PROTOCOLS, SHARES, *(one.id for one in self._further)], PROTOCOLS[0],
            f"reference: FUSED and REFERENCE. full_resolution: FUSED, {fine} and {coarse}. wald: {fine}, {coarse} and "
            f"a network. {SHARES}: FUSED and REFERENCE, rasters of shares with one band per class."
            f"{''.join(f' {one.id}: {one.protocol.help}' for one in self._further)}",
        )  # fmt: skip
        others = _comparable()
        told = " ".join(f"{name}: {task.compared.help}." for name, task in others.items())
        compared = advanced(choice(
            COMPARED, "Methods to compare (wald)", (BY_RASTERS, self._task.history_id, *others), BY_RASTERS,
            f"{BY_RASTERS}: by the numbers of bands. {self._task.history_id}: a network and the classical methods, for "
            f"{fine} of one band. {told}",
        ))  # fmt: skip
        rasters = [
            helped(RasterParameter(name, label, optional=True), text)
            for name, label, text in self._rasters()
        ]
        model = model_parameter(self._task.card_task)
        model.setFlags(model.flags() | QgsProcessingParameterDefinition.Flag.FlagOptional)
        table = QgsProcessingParameterFileDestination(
            CSV, "Table", "CSV files (*.csv)", None, optional=True, createByDefault=False
        )
        return [
            protocol, *rasters, model, *option_parameters(self._assessing.options), model_file_parameter(),
            _double(RATIO, f"Ratio of the pixel sizes (0 = from {coarse})", f"{coarse} pixel over FUSED pixel, for "
                    f"ERGAS with a reference and without {coarse}."),
            _double(PEAK, "Largest value for PSNR and SSIM (0 = from the reference)", "For example 2047 for 11 bits, "
                    "10000 for reflectance."),
            advanced(helped(
                QgsProcessingParameterBoolean(NOISE, "Put the sensor's noise back onto the reduced pair", False),
                "Reduction averages noise away, and hides what a method makes of it. The noise of each band is "
                "measured on flat areas, and what is missing is added to the reduced rasters, always the same (wald).",
            )),
            compared, *shares_parameters(), *device_parameters(),
            report_parameter("Tables, errors band by band, a map of spectral angles and close-ups as a page for the "
                             "browser."),
            helped(table, "Every number as a line: method, measure, band, value, unit."),
            *(definition for one in self._further for definition in one.definitions()),
        ]  # fmt: skip


def _comparable() -> dict[str, Task]:
    """Return the other tasks whose methods can be compared, by the name of their first algorithm."""
    return {task.history_id: task for task in all_tasks() if task.compared is not None}


def _double(name: str, label: str, text: str) -> QgsProcessingParameterDefinition:
    kind = QgsProcessingParameterNumber.Type.Double
    return advanced(helped(QgsProcessingParameterNumber(name, label, kind, 0.0, minValue=0.0), text))


def _log(found: Assessment, monitor: FeedbackMonitor) -> None:
    for finding in found.findings:
        monitor.warning(finding.sentence)
    if found.job.is_moved:
        monitor.info(f"{moved_words(found.job)}.")
    names = [row.name for row in found.rows]
    widths = [max(len(name), 10) for name in names]
    monitor.info(" ".join(["".ljust(12), *(name.rjust(width) for name, width in zip(names, widths))]))
    for metric in found.metrics:
        values = (number(row.values[metric.id].value).rjust(width) for row, width in zip(found.rows, widths))
        monitor.info(" ".join([metric.label.ljust(12), *values]))
    monitor.info(verdict(found))


def _results(found: Assessment) -> Parameters:
    """Return the last row's numbers by metric; what was not measured, or has no end, is `NOT_MEASURED`."""
    values = {metric.id: NOT_MEASURED for metric in METRICS}
    for name, measured in found.rows[-1].values.items():
        if math.isfinite(measured.value):
            values[name] = measured.value
    return {**{name.upper(): value for name, value in values.items()}, "VERDICT": verdict(found)}


def _not_measured(further: Sequence[FurtherProtocol]) -> Parameters:
    """Return the results of a protocol that measured nothing."""
    names = [metric.id.upper() for metric in METRICS] + [one.name() for one in shares_outputs()]
    names += [name for one in further for name in one.protocol.results]
    return {**dict.fromkeys(names, NOT_MEASURED), "VERDICT": ""}
