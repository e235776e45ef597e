"""The part of `assess_algorithm` that is about shares of classes: what an unmixing gives, against true shares."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterDefinition, QgsProcessingParameterFile

from ..core.assessment.images.quality_rasters import RasterName
from ..core.assessment.shares.assess import SharesAssessment, SharesJob, assess_shares
from ..core.assessment.shares.report import shares_csv, shares_page, verdict
from ..core.basics.errors import InputError
from ..core.basics.pending_file import write_texts
from ..core.rasters.background import Relay, in_background
from ..core.rasters.overwriting import Read
from .feedback import FeedbackMonitor
from .parameters import REPORT, advanced, helped

SHARES = "abundances"
"""The protocol."""
SHARES_LABEL = "Shares of classes: needs the fused raster and the reference"
CSV = "CSV"
SPECTRA, TRUE_SPECTRA, ANGLE = "ENDMEMBERS", "REFERENCE_ENDMEMBERS", "ENDMEMBER_ANGLE"
NOT_MEASURED = -1.0


def shares_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the two libraries of endmembers."""
    texts = ((SPECTRA, "Endmembers of the fused raster", "CSV or ENVI .sli, as rsfusion:extractendmembers writes it."),
             (TRUE_SPECTRA, "True endmembers", "Spectra are compared by the names of their classes."))  # fmt: skip
    return [
        advanced(helped(QgsProcessingParameterFile(name, f"{label} (abundances)", optional=True), text))
        for name, label, text in texts
    ]  # fmt: skip


def shares_outputs() -> list[Any]:
    """Return the results that only this protocol has."""
    return [QgsProcessingOutputNumber(ANGLE, "Mean spectral angle of the endmembers, degrees")]


def shares_job(fused: RasterName, reference: RasterName, spectra: str, true_spectra: str) -> SharesJob:
    """Return what is to be compared.

    Raises
    ------
    InputError : something is missing.
    """
    missing = [one.parameter for one in (fused, reference) if not one.path]
    if missing:
        raise InputError(
            f"{' and '.join(missing)} is missing; PROTOCOL {SHARES} needs {fused.parameter} and {reference.parameter}, "
            "rasters with one band per class, so name a raster or choose another PROTOCOL."
        )
    if bool(spectra) != bool(true_spectra):
        lacking = SPECTRA if true_spectra else TRUE_SPECTRA
        raise InputError(f"{lacking} is missing; endmembers are compared with true ones, so name both files or none.")
    return SharesJob(fused, reference, (spectra, SPECTRA), (true_spectra, TRUE_SPECTRA))


def reads_of_shares(job: SharesJob) -> list[Read]:
    """Return the files that are read."""
    given = [(job.shares.parameter, job.shares.path), (job.truth.parameter, job.truth.path)]
    return [Read(*one) for one in (*given, *((name, path) for path, name in (job.spectra, job.true_spectra) if path))]


def run_shares(job: SharesJob, files: dict[str, str], monitor: FeedbackMonitor) -> dict[str, Any]:
    """Measure, write what is wanted, and return the results."""

    def work(relay: Relay) -> SharesAssessment:
        found = assess_shares(job, relay.watch())
        texts = {REPORT: lambda: shares_page(found), CSV: lambda: shares_csv(found)}
        write_texts({name: (path, texts[name]()) for name, path in files.items()})
        return found

    found = in_background(work, monitor)
    if found.unmatched:
        monitor.warning(f"These classes are in one raster only and left out: {', '.join(found.unmatched)}.")
    for one in found.classes:
        monitor.info(f"{one.name or 'class'}: RMSE {one.rmse:.4f}, bias {one.bias:+.4f}")
    monitor.info(verdict(found))
    angle = found.angle if math.isfinite(found.angle) else NOT_MEASURED
    return {"RMSE": found.rmse, ANGLE: angle, "VERDICT": verdict(found)}
