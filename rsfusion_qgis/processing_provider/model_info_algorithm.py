"""`rsfusion:modelinfo`: what a network is, needs and promises, read from its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
)

from ..core.basics.errors import ModelError, one_line
from ..core.basics.pending_file import write_text
from ..core.networks.card import CARD_KEY, ModelCard
from ..core.networks.card_fields import InputSpec
from ..core.networks.card_files import read_card
from ..core.networks.indicators import Indicators, measure
from ..core.networks.onnx_file import read_metadata
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
    "model can branch on. MEASURE runs the network on tiles of noise and tells what it costs on this computer, also "
    "for an ONNX file without a card."
)
MEASURE = "MEASURE"


class ModelInfoAlgorithm(BaseAlgorithm):
    """The card of one network in the log, in an HTML page, and as results."""

    ID, LABEL, GROUP, HELP = "modelinfo", "Network information", "Models", _HELP
    TAGS = ("model", "network", "card", "onnx", "licence", "quality", "metadata")
    NEEDS_RUNTIME = False

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        self.addParameter(model_parameter(""))
        self.addParameter(model_file_parameter(usual=True))
        measured = QgsProcessingParameterBoolean(MEASURE, "Measure what the network costs on this computer", False)
        measured.setHelp(
            "Operations per output pixel, weights, size, time for a million pixels, memory, and how far it sees. It "
            "takes some seconds, and up to five minutes for a large network."
        )
        self.addParameter(measured)
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
        measured = self.parameterAsBool(parameters, MEASURE, context)
        return in_background(lambda relay: _describe(path, report, measured, relay), monitor)

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> Path:
        return find_network("", *(text_value(self, parameters, name, context) for name in (MODEL, MODEL_FILE)))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        path = self._take(parameters, context)
        _card(path, self.parameterAsBool(parameters, MEASURE, context))
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
    "FILE_BYTES": "Size of the network's files in bytes, where MEASURE is on",
    "FLOP_PER_PIXEL": "Operations for one output pixel, where MEASURE is on",
    "SECONDS_PER_MPX": "Seconds for a million output pixels, where MEASURE is on",
    "PEAK_MIB": "Most memory in MiB, where MEASURE is on",
    "RECEPTIVE_FIELD": "Side of the receptive field in output pixels, where MEASURE is on",
}


def _describe(path: Path, report: str, measured: bool, monitor: Relay) -> Parameters:
    card = _card(path, measured)
    _check_report(report, path)
    found = None
    if measured:
        monitor.info("The network is being measured with tiles of noise.")
        found = measure(path, card, monitor)
    rows = card_rows(path, card) if card else [("Name", path.stem), ("Card", "none")]
    rows += indicator_rows(found, card) if found else []
    width = min(max(len(key) for key, _ in rows), 40)
    for key, value in rows:
        monitor.info(f"{one_line(key).ljust(width)}  {one_line(value)}")
    results = _results(path, card) if card else {"NAME": path.stem, "FILE": str(path)}
    if found:
        results.update(_measured(found))
    if report:
        write_text(report, page(card.name if card else path.stem, table(rows)), REPORT)
        results[REPORT] = report
    return results


def _card(path: Path, measured: bool) -> ModelCard | None:
    """The card; None for a file without one that is only to be measured."""
    try:
        return read_card(path)
    except ModelError:
        if measured and CARD_KEY not in read_metadata(path) and not path.with_suffix(".json").is_file():
            return None
        raise


def _measured(found: Indicators) -> Parameters:
    values = {
        "WEIGHTS": found.weights,
        "FILE_BYTES": found.file_bytes,
        "FLOP_PER_PIXEL": found.flop_per_pixel,
        "SECONDS_PER_MPX": found.seconds_per_mpx,
        "PEAK_MIB": None if found.peak_bytes is None else found.peak_bytes / 2**20,
        "RECEPTIVE_FIELD": None if found.reach_px is None else 2 * found.reach_px + 1,
    }
    return {name: value for name, value in values.items() if value is not None}


def indicator_rows(found: Indicators, card: ModelCard | None) -> list[tuple[str, str]]:
    """Return what was measured as (what, value) rows; what could not be measured is a row with the reason."""
    rows = [("Weights in the graph", f"{found.weights}"), ("Size", f"{found.file_bytes / 2**20:.2f} MiB")]
    if found.flop_per_pixel is not None:
        bands = ", ".join(f"{name} {count}" for name, count in found.bands.items())
        rows.append(("FLOP per output pixel", f"{found.flop_per_pixel:.0f}, counted with the bands {bands}"))
    if found.seconds_per_mpx is not None:
        seconds = f"{found.seconds_per_mpx:.2f} s, {found.threads} threads, network alone"
        rows.append(("Time per million pixels", seconds))
    if found.peak_bytes is not None:
        rows.append(("Peak memory", f"{found.peak_bytes / 2**20:.0f} MiB with tiles of {found.tile_px} px"))
    if found.reach_px is not None:
        width = f"{'at least ' if found.at_least else ''}{2 * found.reach_px + 1} px wide"
        rows.append(("Receptive field", f"{width}, {found.reach_px} px each way"))
        if card is not None and found.reach_px > card.halo:
            rows.append(("Remark", f"It sees farther than the {card.halo} px of its card: tiles may show seams."))
    return [*rows, *(("Remark", text) for text in found.remarks)]


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
