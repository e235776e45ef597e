"""`rsfusion:checkcoregistration`: how far one raster really lies off another, as numbers, page and point layer."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
)

from ..core.alignment.registration import Registration, RegistrationJob, open_overlay, register, time_sentence
from ..core.alignment.registration_report import number_rows, registration_page, verdict_sentence
from ..core.basics.pending_file import move_all, pending_text
from ..core.grid.grid import in_the_map
from ..core.rasters.background import Relay, in_background
from ..core.rasters.overwriting import Read, Written, check_names
from .base_algorithm import BaseAlgorithm, raising_in_processing
from .displacement_layer import DISPLACEMENTS, displacements_parameter, is_file, older_aside, write_displacements
from .feedback import FeedbackMonitor
from .parameters import REPORT, report_parameter
from .registration_parameters import read_job, registration_parameters

MEASURED = 0.85
"""Share of the progress when the measurement is done and the report begins."""
Parameters = dict[str, Any]

_HELP = (
    "Measures how far the content of a raster lies off that of another one, to fractions of a pixel, also across "
    "sensors: pan and multispectral, optical and radar, optical and LiDAR. Chips spread over the common area are "
    "compared; nodata, water and other places without structure are left out. Neither raster is changed.\n\n"
    "SHIFT_X and SHIFT_Y must be added to the secondary's map coordinates (x to the east, y to the north) so that it "
    "lies on the reference; SHIFT_COLS (to the right) and SHIFT_ROWS (downwards) are the same in reference pixels. "
    "VERDICT is 'aligned' where the shift is within the tolerance, 'shifted' where it is not, and 'uncertain' where "
    "nothing reliable was found: then shifts, RMSE, SPREAD, rotation and scale have no value (null), and a warning "
    "says why.\n\n"
    "The report shows both rasters as a checkerboard before and after the measured shift; the point layer has the "
    "displacement of every chip."
)
_NUMBERS = {
    "SHIFT_X": "Shift to the east, map units (no value where uncertain)",
    "SHIFT_Y": "Shift to the north, map units (no value where uncertain)",
    "SHIFT_COLS": "Shift to the right, reference pixels (no value where uncertain)",
    "SHIFT_ROWS": "Shift downwards, reference pixels (no value where uncertain)",
    "RMSE": "Root mean square displacement, reference pixels (no value where uncertain)",
    "SPREAD": "What shift, rotation and scale leave over, reference pixels (no value where uncertain)",
    "CONFIDENCE": "Confidence, 0 to 1",
    "ROTATION": "Rotation, degrees, counter-clockwise (no value where uncertain)",
    "SCALE": "Scale (no value where uncertain)",
    "USABLE": "Usable share of the common area, 0 to 1",
    "CHIPS": "Number of chips that were measured",
}
_TEXTS = {
    "VERDICT": "aligned, shifted or uncertain",
    "METHOD": "How the chips were compared: intensity or structure",
    "FINDINGS": "What was found about the rasters, one line each",
}


class CheckCoregistrationAlgorithm(BaseAlgorithm):
    """Measures the shift between two rasters and says what it means."""

    ID, LABEL, GROUP, HELP = "checkcoregistration", "Check coregistration", "Align", _HELP
    TAGS = ("coregistration", "registration", "shift", "misregistration", "alignment", "offset", "accuracy", "sar")
    NEEDS_RUNTIME = False

    def __init__(self) -> None:
        super().__init__()
        self._job: RegistrationJob | None = None

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in (*registration_parameters(), *_destinations()):
            self.addParameter(definition)
        for name, label in _NUMBERS.items():
            self.addOutput(QgsProcessingOutputNumber(name, label))
        for name, label in _TEXTS.items():
            self.addOutput(QgsProcessingOutputString(name, label))

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        job = read_job(self, parameters, context)
        _check_destinations(job, self._destinations_given(parameters, context))
        with open_overlay(job):
            pass

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take everything from the layers, on the main thread where they live."""
        self._job = raising_in_processing(feedback, lambda: read_job(self, parameters, context), self.words)
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Parameters:
        """Measure, and write what is wanted; in the background in the desktop."""
        job = self._job
        if job is None:
            raise QgsProcessingException("The run was not prepared.")
        given = self._destinations_given(parameters, context)
        monitor = FeedbackMonitor(feedback, self.words)

        def work(relay: Relay) -> tuple[Registration, str]:
            return _work(job, given, relay)

        with monitor.stop_signals():
            found, page = raising_in_processing(feedback, lambda: in_background(work, monitor), self.words)
        _log(job, found, monitor)
        written = raising_in_processing(
            feedback, lambda: self._written(parameters, context, found, page, given), self.words
        )
        return {**_results(job, found), **written}

    def _written(
        self, parameters: Parameters, context: QgsProcessingContext, found: Registration, page: str,
        given: dict[str, str],
    ) -> Parameters:  # fmt: skip
        """Write page and points, both or neither, and return their names."""
        results: Parameters = {}
        reports = [pending_text(given[REPORT], page, REPORT)] if REPORT in given else []
        try:
            with older_aside(given.get(DISPLACEMENTS, "")):
                if parameters.get(DISPLACEMENTS) is not None:
                    results[DISPLACEMENTS] = write_displacements(self, parameters, context, found)
                move_all(reports)
        finally:
            for report in reports:
                report.discard()
        return {**results, **({REPORT: given[REPORT]} if reports else {})}

    def _destinations_given(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, str]:
        """Return the files that are to be written, by parameter."""
        given = {name: self.parameterAsFileOutput(parameters, name, context) for name in (REPORT, DISPLACEMENTS)}
        return {name: path for name, path in given.items() if path}


def _destinations() -> tuple[QgsProcessingParameterDefinition, QgsProcessingParameterFeatureSink]:
    report = report_parameter("Verdict, numbers and pictures as a page for the browser. Empty: the log only.")
    return report, displacements_parameter()


def _check_destinations(job: RegistrationJob, given: dict[str, str]) -> None:
    """Refuse a result that cannot be written or would replace what is read."""
    writes = [Written(name, path) for name, path in given.items() if is_file(path)]
    check_names(writes, [Read("REFERENCE", job.reference), Read("SECONDARY", job.secondary)])


def _work(job: RegistrationJob, given: dict[str, str], monitor: Relay) -> tuple[Registration, str]:
    """Measure, and compose the page where one is wanted; nothing is written yet."""
    _check_destinations(job, given)
    wanted = REPORT in given
    monitor.info(time_sentence(job))
    found = register(job, monitor.watch(0.0, MEASURED if wanted else 1.0))
    page = registration_page(job, found, monitor.watch(MEASURED, 1.0)) if wanted else ""
    return found, page


def _log(job: RegistrationJob, found: Registration, monitor: FeedbackMonitor) -> None:
    for finding in found.findings:
        (monitor.warning if finding.severity == "warning" else monitor.info)(finding.sentence)
    rows = [(what, f"{value} {unit}".strip()) for what, value, unit in number_rows(job, found)]
    width = max(len(what) for what, _ in rows)
    for what, value in rows:
        monitor.info(f"{what.ljust(width)}  {value}")
    fine = found.estimate.verdict(job.tolerance_px) == "aligned" and not found.estimate.rmse > job.tolerance_px
    (monitor.info if fine else monitor.warning)(verdict_sentence(job, found))


def _results(job: RegistrationJob, found: Registration) -> Parameters:
    """Return what models branch on; numbers of an uncertain measurement would mislead those that do not look."""
    estimate, verdict = found.estimate, found.estimate.verdict(job.tolerance_px)
    known = verdict != "uncertain"
    x, y = estimate.in_map_units(in_the_map(found.domain))
    sentences = [*(finding.sentence for finding in found.findings), verdict_sentence(job, found)]
    return {
        "SHIFT_X": _number(x, known),
        "SHIFT_Y": _number(y, known),
        "SHIFT_COLS": _number(estimate.cols, known),
        "SHIFT_ROWS": _number(estimate.rows, known),
        "RMSE": _number(estimate.rmse, known),
        "SPREAD": _number(estimate.spread, known),
        "CONFIDENCE": estimate.confidence,
        "ROTATION": _number(estimate.rotation_deg, known),
        "SCALE": _number(estimate.scale, known),
        "USABLE": estimate.usable,
        "CHIPS": len(estimate.chips),
        "VERDICT": verdict,
        "METHOD": estimate.method,
        "FINDINGS": "\n".join(sentences),
    }


def _number(value: float, known: bool) -> float | None:
    """Return the number, or no value where it is not known."""
    return value if known and math.isfinite(value) else None
