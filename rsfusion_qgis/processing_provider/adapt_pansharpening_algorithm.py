"""`rsfusion:adaptpansharpening`: a network tuned to the user's own pair, in a child process that has torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ..core.assessment.images.quality_rasters import RasterName, open_rasters
from ..core.basics.errors import InputError, OutputError
from ..core.basics.single_file import pending_file
from ..core.networks.card_files import read_card
from ..core.rasters.pending_output import same_file
from ..core.sensors.catalogue import band_gains, pan_gain_of
from ..tasks.pansharpening.task import PANSHARPENING
from .base_algorithm import BaseAlgorithm, raising_in_processing
from .feedback import FeedbackMonitor
from .layers import gdal_source, source_as_placed
from .parameters import (
    MODEL,
    MODEL_FILE,
    OUTPUT,
    THREADS,
    advanced,
    helped,
    model_file_parameter,
    model_parameter,
    role_parameter,
    text_value,
    threads_parameter,
)
from .sensor_parameters import read_sensor, sensor_parameters
from .training_process import interpreter, run_training
from .zoo import find_network

MINUTES, SEED = "MINUTES", "SEED"
RECIPE = "models.pansharpening.adaptation"
Parameters = dict[str, Any]

_HELP = (
    "Tunes a pansharpening network to one pair of PAN and MS, on that pair alone, and writes the tuned network as an "
    "ordinary .onnx file for rsfusion:pansharpen. Wald's protocol makes a reference out of MS; beside it the network "
    "learns to agree with both rasters at full resolution. First a mixture of details is found in closed form, then "
    "training goes on from there. Blocks of the pair are held out: they say when to stop and "
    "whether the network got better at all. If it did not, or if the pair is too small to be made coarser, OUTPUT is "
    "the starting network, and IMPROVED is 0. Results that were not measured are -1.\n\n"
    "Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs "
    "on or the one named in Settings > Options > Processing > Providers > rsfusion. Written into your own folder of "
    "networks, the result stands in the list of rsfusion:pansharpen. Of a pair above 1280 pixels, nine areas are used."
)
_MEASURES = {
    "ERGAS": "ERGAS of the reduced pair",
    "SAM": "SAM of the reduced pair, degrees",
    "CONSISTENCY": "Relative error of the result seen at the scale of MS, in the units of ERGAS",
    "D_LAMBDA_K": "D_lambda_K at full resolution",
    "D_RHO": "D_rho at full resolution",
}


class AdaptPansharpeningAlgorithm(BaseAlgorithm):
    """Zero-shot adaptation of a network of the zoo."""

    ID, LABEL, HELP = "adaptpansharpening", "Adapt a pansharpening network", _HELP
    TAGS = ("pansharpening", "training", "fine-tuning", "zero-shot", "target adaptation", "network", "torch")

    def __init__(self) -> None:
        super().__init__()
        self._job: Parameters | None = None

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in _definitions():
            self.addParameter(definition)
        for name, label in _MEASURES.items():
            for when in ("BEFORE", "AFTER"):
                self.addOutput(QgsProcessingOutputNumber(f"{name}_{when}", f"{label}, held-out blocks, {when.lower()}"))
        self.addOutput(QgsProcessingOutputNumber("IMPROVED", "1 where the network got better, else 0"))
        self.addOutput(QgsProcessingOutputNumber("STEPS", "Number of training steps"))
        self.addOutput(QgsProcessingOutputNumber("SECONDS", "Seconds that the run took"))

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._checked(parameters, context)

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take everything from the layers, on the main thread where they live."""
        self._job = raising_in_processing(feedback, lambda: self._checked(parameters, context))
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Parameters:
        """Train in a child, and put the network in its place when it is complete."""
        if self._job is None:
            raise QgsProcessingException("The run was not prepared.")
        job = {**self._job, "output": str(self.parameterAsFileOutput(parameters, OUTPUT, context))}
        monitor = FeedbackMonitor(feedback)
        with monitor.stop_signals():
            return raising_in_processing(feedback, lambda: _adapted(job, monitor))

    def _checked(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        """Return what the child shall do, checked as far as headers tell."""
        job = self._read(parameters, context)
        for name in ("pan", "ms", "model"):
            if same_file(job["output"], job[name]):
                raise OutputError(f"OUTPUT: '{job['output']}' is also {name.upper()}; choose another name.")
        card = read_card(job["model"])
        if card.task != PANSHARPENING.card_task:
            raise InputError(f"MODEL: '{card.name}' is a network for {card.task}; expected one for pansharpening.")
        pan, ms = (RasterName(job[r.role], r.parameter, r.label, r.bands or 0) for r in PANSHARPENING.roles)
        with open_rasters({"fine": pan}, ms) as rasters:
            band_gains(job["sensor"], tuple(job["gains"]), rasters.coarse.bands)
            pan_gain_of(job["sensor"], job["pan_gain"], rasters.coarse.bands)
        interpreter()
        return job

    def _read(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        paths = {}
        for name in ("PAN", "MS"):
            layer = self.parameterAsRasterLayer(parameters, name, context)
            paths[name.lower()] = source_as_placed(layer, gdal_source(name, layer, parameters.get(name)))
        model, model_file = (text_value(self, parameters, name, context) for name in (MODEL, MODEL_FILE))
        sensor = read_sensor(self, parameters, context)
        output = str(self.parameterAsFileOutput(parameters, OUTPUT, context))
        return {
            **paths,
            "model": str(find_network(PANSHARPENING.card_task, model, model_file)),
            "output": output,
            "name": Path(output).stem,
            "sensor": sensor.sensor,
            "gains": list(sensor.gains),
            "pan_gain": sensor.pan_gain,
            "minutes": self.parameterAsDouble(parameters, MINUTES, context),
            "seed": self.parameterAsInt(parameters, SEED, context),
            "threads": self.parameterAsInt(parameters, THREADS, context),
        }


def _adapted(job: Parameters, monitor: FeedbackMonitor) -> Parameters:
    with pending_file(job["output"], OUTPUT) as unfinished:
        result = run_training(RECIPE, {**job, "output": str(unfinished)}, monitor)
    return {**result, OUTPUT: job["output"]}


def _definitions() -> list[QgsProcessingParameterDefinition]:
    minutes = QgsProcessingParameterNumber(
        MINUTES, "Minutes of training", QgsProcessingParameterNumber.Type.Double, 5.0, minValue=0.05, maxValue=1440.0
    )
    seed = QgsProcessingParameterNumber(SEED, "Seed", QgsProcessingParameterNumber.Type.Integer, 1, minValue=0)
    output = QgsProcessingParameterFileDestination(OUTPUT, "Adapted network", "ONNX networks (*.onnx)")
    return [
        *(role_parameter(role) for role in PANSHARPENING.roles),
        model_parameter(PANSHARPENING.card_task),
        *sensor_parameters(with_pan=True),
        helped(minutes, "Reading the pair and measuring come on top of them. Five on two cores are a good start."),
        model_file_parameter(),
        advanced(helped(seed, "Of everything that is drawn at random; the same seed makes the same draws.")),
        threads_parameter("Processor threads that the training may use."),
        helped(output, "An .onnx file with a card that names the starting network and the numbers before and after. It "
                       "appears when it is complete."),
    ]  # fmt: skip
