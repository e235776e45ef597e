"""`rsfusion:modelinfo`: what a network is, needs and promises, read from its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)

from ..core.basics.errors import one_line
from ..core.basics.pending_file import write_text
from ..core.networks.card import InputSpec, ModelCard
from ..core.networks.card_files import read_card
from ..core.rasters.background import Relay, in_background
from ..core.rasters.overwriting import Read, Written, check_names
from ..core.reports.page import page, table
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .parameters import MODEL, MODEL_FILE, REPORT, model_file_parameter, model_parameter, report_parameter, text_value
from .zoo import find_network

Parameters = dict[str, Any]

_HELP = (
    "Prints the card of a network: what it takes, what it gives, how far the rasters may lie apart, what it was "
    "trained on and under which licence, and how well it did. The same as a table in REPORT, and as values that a "
    "model can branch on."
)


class ModelInfoAlgorithm(BaseAlgorithm):
    """The card of one network in the log, in an HTML page, and as results."""

    ID, LABEL, GROUP, HELP = "modelinfo", "Network information", "Models", _HELP
    TAGS = ("model", "network", "card", "onnx", "licence", "quality", "metadata")
    NEEDS_RUNTIME = False

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        self.addParameter(model_parameter(""))
        self.addParameter(model_file_parameter())
        self.addParameter(report_parameter("The card as a page for the browser. Empty: the log only."))
        for name, label in _TEXT_RESULTS.items():
            self.addOutput(QgsProcessingOutputString(name, label))
        for name, label in _NUMBER_RESULTS.items():
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def _work(
        self, path: Path, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Read the card, print it, and write the report where one is wanted."""
        report = self.parameterAsFileOutput(parameters, REPORT, context)
        return in_background(lambda relay: _describe(path, report, relay), monitor)

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> Path:
        return find_network("", *(text_value(self, parameters, name, context) for name in (MODEL, MODEL_FILE)))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        path = self._take(parameters, context)
        read_card(path)
        _check_report(self.parameterAsFileOutput(parameters, REPORT, context), path)


_TEXT_RESULTS = {
    "NAME": "Name of the network",
    "FILE": "Path of the network's file",
    "TASK": "Fusion task",
    "ARCHITECTURE": "Architecture",
    "VERSION": "Version",
    "LICENSE": "Licence",
    "SHA256": "SHA-256 of the file, where its card says it",
}
_NUMBER_RESULTS = {
    "RATIO_MIN": "Smallest pixel size ratio",
    "RATIO_MAX": "Largest pixel size ratio",
    "MAX_SHIFT": "Largest misregistration in output pixels",
    "HALO": "Context in output pixels",
    "WEIGHTS": "Number of weights",
}


def _describe(path: Path, report: str, monitor: Relay) -> Parameters:
    card = read_card(path)
    _check_report(report, path)
    rows = card_rows(path, card)
    width = min(max(len(key) for key, _ in rows), 40)
    for key, value in rows:
        monitor.info(f"{one_line(key).ljust(width)}  {one_line(value)}")
    results = _results(path, card)
    if report:
        write_text(report, page(card.name, table(rows)), REPORT)
        results[REPORT] = report
    return results


def _check_report(report: str, path: Path) -> None:
    check_names([Written(REPORT, report)], [Read(MODEL, str(path))])


def _results(path: Path, card: ModelCard) -> Parameters:
    return {
        "NAME": card.name,
        "FILE": str(path),
        "TASK": card.task,
        "ARCHITECTURE": card.architecture,
        "VERSION": card.version,
        "LICENSE": card.license,
        "SHA256": card.sha256,
        "RATIO_MIN": card.ratio_range[0],
        "RATIO_MAX": card.ratio_range[1],
        "MAX_SHIFT": card.max_shift_px,
        "HALO": card.halo,
        "WEIGHTS": card.total_parameters,
    }


def card_rows(path: Path, card: ModelCard) -> list[tuple[str, str]]:
    """Return a card as (what, value) rows; what it does not say is left out."""
    low, high = card.ratio_range
    rows = [
        ("Name", card.name),
        ("Task", card.task),
        ("Description", card.description),
        ("Architecture", card.architecture),
        ("Version", card.version),
        ("Licence", card.license),
        *((f"Input {spec.name}", _input_text(spec)) for spec in card.inputs),
        *((f"Output {spec.name}", f"like {spec.like}" if spec.like else "own bands") for spec in card.outputs),
        ("Pixel size ratio", f"{low:g} to {high:g}"),
        ("Largest shift", f"{card.max_shift_px:g} output pixels"),
        ("Context (halo)", f"{card.halo} output pixels"),
        ("Weights", f"{card.total_parameters}" if card.total_parameters else ""),
        *((f"FLOP per pixel, {bands} bands", f"{flop:.0f}") for bands, flop in card.flop_per_pixel),
        ("Training data", ", ".join(card.training_data)),
        ("Terms of the data", card.training_terms),
        *((f"Quality: {what}", f"{value:.4g}") for what, value in card.quality),
        ("Created", card.created),
        ("SHA-256", card.sha256),
        ("File", str(path)),
    ]
    return [(key, value) for key, value in rows if value]


def _input_text(spec: InputSpec) -> str:
    if not spec.is_raster:
        return "the pixel size ratio, a number"
    bands = "any number of bands" if spec.bands is None else ", ".join(band.name for band in spec.bands)
    return f"{spec.role.upper()}: {bands}; scaling: {spec.scaling.kind}; {'required' if spec.required else 'optional'}"
