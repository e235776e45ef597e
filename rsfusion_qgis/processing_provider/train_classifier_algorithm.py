"""`rsfusion:trainclassifier`: a land-cover classifier from the user's own samples, by a child process with torch."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
)

from ..core.basics.errors import InputError, OutputError
from ..core.basics.single_file import check_file_name, pending_file
from ..core.measures.classes.confusion import OVERALL
from ..core.rasters.pending_output import same_file
from ..core.rasters.source import RasterSource
from ..tasks.land_cover.task import CLASSIFICATION
from . import training_parameters as names
from .base_algorithm import BaseAlgorithm, raising_in_processing
from .feedback import FeedbackMonitor
from .layers import gdal_source, source_as_placed
from .parameters import COREGISTRATION, OUTPUT, REPORT, THREADS, text_value
from .sample_parameters import TRAINING, GivenSamples, read_samples
from .training_process import interpreter, run_training

RECIPE = "models.land_cover.train"
Parameters = dict[str, Any]

_HELP = (
    "Trains a network that gives every pixel a class, from samples of your own scene: polygons or points with a field "
    "of classes (SAMPLES), or a raster of class codes (LABELS), and one or more rasters: hyperspectral (HS), LiDAR, "
    "multispectral (MS), SAR. The first that is given, or the one named by GRID, gives the grid. Bands that the "
    "metadata call bad are left out. OUTPUT is an ordinary .onnx file for rsfusion:classify.\n\n"
    "Ten samples of a class can be enough. A part of the samples is held out, in whole regions (a polygon is never "
    "torn, except where a class has too few of them): VALIDATION_SHARE says when to stop and calibrates the "
    "confidence, TEST_SHARE gives the accuracy, which stands in the report, in the card of the network and in the "
    "results. Results that were not measured are -1. Rasters that may be absent later (ABSENT) are taken away now and "
    "then while the network learns.\n\n"
    "Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs "
    "on or the one named in Settings > Options > Processing > Providers > rsfusion."
)


class TrainClassifierAlgorithm(BaseAlgorithm):
    """Samples and rasters in, a network out."""

    ID, LABEL, HELP = "trainclassifier", "Train a land cover classifier", _HELP
    TAGS = (
        "classification", "land cover", "land use", "training", "supervised", "hyperspectral", "lidar", "samples",
        "network", "torch", "machine learning", "deep learning",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._job: Parameters | None = None
        self._samples: GivenSamples | None = None

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in names.definitions():
            self.addParameter(definition)
        for name, label in OVERALL.items():
            for ending, words in (("", ""), ("_LOW", ", lower end of 95 %"), ("_HIGH", ", upper end of 95 %")):
                told = f"{label} on held-out regions{words}"
                self.addOutput(QgsProcessingOutputNumber(f"{name.upper()}{ending}", told))
        self.addOutput(QgsProcessingOutputNumber("CLASSES", "Number of classes"))
        self.addOutput(QgsProcessingOutputNumber("STEPS", "Number of training steps"))
        self.addOutput(QgsProcessingOutputNumber("SECONDS", "Seconds that the run took"))

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._checked(parameters, context)

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take everything from the layers, on the main thread where they live."""
        self._job, self._samples = raising_in_processing(feedback, lambda: self._checked(parameters, context))
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Parameters:
        """Train in a child, and put the network and the report in their places when they are complete."""
        if self._job is None or self._samples is None:
            raise QgsProcessingException("The run was not prepared.")
        output = str(self.parameterAsFileOutput(parameters, OUTPUT, context))
        job = {**self._job, "output": output, "report": str(self.parameterAsFileOutput(parameters, REPORT, context))}
        samples, monitor = self._samples, FeedbackMonitor(feedback)
        with monitor.stop_signals():
            return raising_in_processing(feedback, lambda: _trained(job, samples, monitor))

    def _checked(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[Parameters, GivenSamples]:
        """Return what the child shall do, checked as far as headers tell."""
        inputs = self._inputs(parameters, context)
        samples = read_samples(self, parameters, context, TRAINING)
        samples.check()
        job = {**self._settings(parameters, context), "inputs": inputs}
        for name in (OUTPUT, REPORT, names.CHECKPOINT):
            path = job[name.lower()]
            if path:
                check_file_name(path, name)
            for role, known in {**inputs, "labels": samples.raster}.items():
                if path and known and same_file(path, known):
                    raise OutputError(f"{name}: '{path}' is also {role.upper()}; choose another name.")
        for role, path in inputs.items():
            RasterSource(path, role.upper()).close()
        if job["validation_share"] + job["test_share"] > names.MOST_HELD_OUT:
            raise InputError(
                f"VALIDATION_SHARE and TEST_SHARE are {job['validation_share']:g} and {job['test_share']:g}; expected "
                f"{names.MOST_HELD_OUT:g} at most together, so that enough is left to learn from."
            )
        interpreter()
        return job, samples

    def _inputs(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, str]:
        """Return the GDAL name of every raster that was given, by role."""
        found = {}
        for role in CLASSIFICATION.roles:
            if parameters.get(role.parameter) not in (None, ""):
                layer = self.parameterAsRasterLayer(parameters, role.parameter, context)
                source = gdal_source(role.parameter, layer, parameters[role.parameter])
                found[role.role] = source_as_placed(layer, source)
        if not found:
            listed = ", ".join(role.parameter for role in CLASSIFICATION.roles)
            raise InputError(f"No raster is given; expected one or more of {listed}, so name at least one of them.")
        return found

    def _grid(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        """Return the role that GRID names, "" for the first.

        Raises
        ------
        InputError : no raster is given for it.
        """
        grid = text_value(self, parameters, names.GRID, context)
        if grid == names.FIRST:
            return ""
        if parameters.get(grid) in (None, ""):
            raise InputError(f"GRID is {grid}, but no such raster is given; name one, or leave GRID as it is.")
        return grid.lower()

    def _settings(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        fusion = text_value(self, parameters, names.FUSION, context)
        output = str(self.parameterAsFileOutput(parameters, OUTPUT, context))
        return {
            "policy": text_value(self, parameters, COREGISTRATION, context),
            "architecture": text_value(self, parameters, names.ARCHITECTURE, context),
            "fusion": "" if fusion == names.OWN_FUSION else fusion,
            "grid": self._grid(parameters, context),
            "absent": text_value(self, parameters, names.ABSENT, context),
            "minutes": self.parameterAsDouble(parameters, names.MINUTES, context),
            "seed": self.parameterAsInt(parameters, names.SEED, context),
            "threads": self.parameterAsInt(parameters, THREADS, context),
            "validation_share": self.parameterAsDouble(parameters, names.VALIDATION_SHARE, context),
            "test_share": self.parameterAsDouble(parameters, names.TEST_SHARE, context),
            "checkpoint": str(self.parameterAsString(parameters, names.CHECKPOINT, context)),
            "report": str(self.parameterAsFileOutput(parameters, REPORT, context)),
            "output": output,
            "name": Path(output).stem,
        }


def _trained(job: Parameters, samples: GivenSamples, monitor: FeedbackMonitor) -> Parameters:
    files = {name: job[name.lower()] for name in (OUTPUT, REPORT) if job[name.lower()]}
    with ExitStack() as stack:
        unfinished = {name.lower(): str(stack.enter_context(pending_file(path, name))) for name, path in files.items()}
        source = asdict(samples.source(monitor.raise_when_cancelled))
        result = run_training(RECIPE, {**job, **unfinished, "samples": source}, monitor)
    return {**result, **files}
