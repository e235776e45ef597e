"""`rsfusion:assessclassification`: how good is a class raster, in numbers, as a page, and as a table."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
)

from ..core.assessment.classes.accuracy_report import overall_rows
from ..core.assessment.classes.map_assessment import MapAssessment, MapJob, assess_map
from ..core.assessment.classes.map_report import map_csv, map_page, verdict
from ..core.basics.pending_file import write_texts
from ..core.measures.classes.boundary import LABEL as BOUNDARY_LABEL
from ..core.measures.classes.confusion import OVERALL
from ..core.rasters.background import Relay, in_background
from ..core.rasters.overwriting import Read, Written, check_names
from ..core.rasters.samples.label_reader import LabelReader
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .layers import gdal_source, raster_layer, source_as_placed
from .parameters import REPORT, RasterParameter, helped, report_parameter
from .sample_parameters import REFERENCE, GivenSamples, read_samples, sample_parameters

MAP, CSV, BOUNDARY = "MAP", "CSV", "BOUNDARY_F1"
NOT_MEASURED = -1.0
Parameters = dict[str, Any]

_HELP = (
    "Compares a class raster with reference polygons or points, or with a reference raster.\n\n"
    "Classes that are texts are matched with the names that MAP gives its values (category names or raster attribute "
    "table), numbers with the values themselves. The reference may lie in another CRS and on another grid. Pixels "
    "where MAP has nodata are counted apart.\n\n"
    "Gives the confusion matrix (rows: reference, columns: map), overall and average accuracy, kappa, user's and "
    "producer's accuracy, F1 and IoU, and how much area each class really has. Against a reference raster it also "
    "tells how well the outlines are met (boundary F1, within two pixels). Intervals are 95 %, from draws of "
    "whole polygons, since neighbouring pixels are not independent. Use samples that the classifier was not trained "
    "on.\n\n"
    "Numbers that the samples do not tell are -1."
)


class AssessClassificationAlgorithm(BaseAlgorithm):
    """Measures the accuracy of a class raster."""

    ID, LABEL, GROUP, HELP = "assessclassification", "Assess a classification", "Assess", _HELP
    TAGS = (
        "accuracy", "assessment", "confusion matrix", "error matrix", "kappa", "overall accuracy", "user's accuracy",
        "producer's accuracy", "iou", "f1", "area estimation", "land cover", "classification",
    )  # fmt: skip
    NEEDS_RUNTIME = False

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in _definitions():
            self.addParameter(definition)
        for name, label in OVERALL.items():
            self.addOutput(QgsProcessingOutputNumber(name.upper(), label))
            for ending, end in (("LOW", "lower"), ("HIGH", "upper")):
                self.addOutput(QgsProcessingOutputNumber(f"{name.upper()}_{ending}", f"{label}, {end} end of 95 %"))
        self.addOutput(QgsProcessingOutputNumber(BOUNDARY, f"{BOUNDARY_LABEL} (-1: the reference is no raster)"))
        self.addOutput(QgsProcessingOutputNumber("SAMPLES", "Reference pixels that took part"))
        self.addOutput(QgsProcessingOutputNumber("REGIONS", "Polygons, points or patches that took part"))
        self.addOutput(QgsProcessingOutputString("VERDICT", "The accuracy in words"))
        self.addOutput(QgsProcessingOutputString("WARNINGS", "What was left out or limits the numbers, a line each"))

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._check(*self._read(parameters, context), parameters, context)

    def _check(
        self, class_map: str, samples: GivenSamples, parameters: Parameters, context: QgsProcessingContext
    ) -> None:
        with LabelReader(class_map, MAP) as reader:
            samples.check()
            if samples.raster:
                LabelReader(samples.raster, samples.parameter, reader.grid).close()
        reads = [Read(MAP, class_map), Read(samples.parameter, samples.file)]
        check_names([Written(*one) for one in self._destinations(parameters, context).items()], reads)

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[str, GivenSamples]:
        return self._read(parameters, context)

    def _work(
        self, taken: tuple[str, GivenSamples], parameters: Parameters, context: QgsProcessingContext,
        monitor: FeedbackMonitor,
    ) -> Parameters:  # fmt: skip
        """Measure, and write what is wanted."""
        class_map, samples = taken
        self._check(class_map, samples, parameters, context)
        job = MapJob(class_map, samples.source(monitor.raise_when_cancelled), MAP)
        given = self._destinations(parameters, context)

        def work(relay: Relay) -> MapAssessment:
            found = assess_map(job, relay.watch())
            texts = {REPORT: lambda: map_page("Accuracy of the classification", found), CSV: lambda: map_csv(found)}
            write_texts({name: (path, texts[name]()) for name, path in given.items()})
            return found

        found = in_background(work, monitor)
        _log(found, monitor)
        return {**_results(found), **given}

    def _destinations(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, str]:
        given = {name: str(self.parameterAsFileOutput(parameters, name, context)) for name in (REPORT, CSV)}
        return {name: path for name, path in given.items() if path}

    def _read(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[str, GivenSamples]:
        layer = raster_layer(self, parameters, MAP, context)
        class_map = source_as_placed(layer, gdal_source(MAP, layer, parameters.get(MAP)))
        return class_map, read_samples(self, parameters, context, REFERENCE)


def _definitions() -> list[QgsProcessingParameterDefinition]:
    class_map = RasterParameter(MAP, "Class raster")
    table = QgsProcessingParameterFileDestination(
        CSV, "Table", "CSV files (*.csv)", None, optional=True, createByDefault=False
    )
    return [
        helped(class_map, "One band of class codes, such as rsfusion:classify writes. It is never resampled."),
        *sample_parameters(REFERENCE),
        report_parameter("Confusion matrix, accuracies class by class with their intervals, and areas as a page for "
                         "the browser."),
        helped(table, "The confusion matrix, every measure with its interval, and the areas: three tables separated by "
                      "an empty line."),
    ]  # fmt: skip


def _log(found: MapAssessment, monitor: FeedbackMonitor) -> None:
    for text in found.warnings:
        monitor.warning(text)
    for label, value, interval in overall_rows(found.matrix, found.intervals):
        monitor.info(f"{label.ljust(40)} {value}  {interval}")
    monitor.info(verdict(found))


def _results(found: MapAssessment) -> Parameters:
    """Return every number; one that the samples do not tell is `NOT_MEASURED`."""
    values: Parameters = {}
    for name, value in found.matrix.overall().items():
        for ending, number in zip(("", "_LOW", "_HIGH"), (value, *found.intervals.overall[name])):
            values[f"{name.upper()}{ending}"] = number if math.isfinite(number) else NOT_MEASURED
    boundary = found.boundary_mean
    values[BOUNDARY] = boundary if math.isfinite(boundary) else NOT_MEASURED
    return {
        **values, "SAMPLES": found.matrix.total, "REGIONS": found.regions, "VERDICT": verdict(found),
        "WARNINGS": "\n".join(found.warnings),
    }  # fmt: skip
