"""`rsfusion:extractendmembers`: the endmembers of a scene, or of samples in it, as a library of spectra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...core.basics.errors import CancelledError, OutputError
from ...core.basics.findings import Finding
from ...core.basics.monitor import Monitor
from ...core.engine.contract import Derived, Deriving, Text
from ...core.engine.job import Job
from ...core.engine.plan import plan_job
from ...core.rasters.spectral_library import csv_text, write_sli
from ...core.reports import page as html_page
from .layers import HS, scale_of
from .methods import FCLS
from .operators import check, endmembers_of
from .options import ExtractionOptions
from .report import spectra_parts
from .sources import Endmembers

CSV, SLI = ENDINGS = (".csv", ".sli")
_WORDS = {"info": "in order", "warning": "warning"}


@dataclass(frozen=True)
class _Learning:
    """What an operator asks a run for while it learns."""

    job: Job
    monitor: Monitor


def extract(job: Job, monitor: Monitor) -> tuple[Endmembers, tuple[Finding, ...]]:
    """What knows the endmembers of a job's raster, and what was found; raises RsFusionError."""
    plan = plan_job(job)
    check(plan)
    layer = plan.open(plan.card.input(HS))
    said = [*plan.findings]
    finders, endmembers = endmembers_of(plan, {HS: layer}, scale_of(layer.source, job.options.scale))
    try:
        for place, finder in enumerate(finders):
            learning = _Learning(job, monitor)
            pupil = finder.survey(learning, place)
            for number, window in enumerate(pupil.windows):
                monitor.progress((place + number / len(pupil.windows)) / len(finders))
                if monitor.is_cancelled():
                    raise CancelledError("The run was cancelled; nothing was written.")
                pupil.add_sample(pupil.read_sample(window))
                layer.source.release_blocks()
            pupil.solve()
            said += finder.learned(learning)
    finally:
        layer.close()
        for finder in finders:
            finder.close()
    return endmembers, tuple(said)


def make(job: Job, monitor: Monitor) -> Derived:
    """See `contract.Deriving`."""
    endmembers, said = extract(job, monitor)
    spectra = endmembers.spectra.thinned()
    places = endmembers.places

    def write(path: Path) -> None:
        if path.suffix.lower() == SLI:
            write_sli(spectra, path)
        else:
            path.write_text(csv_text(spectra), encoding="utf-8")

    table = [(one.role, _WORDS.get(one.severity, one.severity), one.sentence) for one in said]
    parts = [*spectra_parts(spectra, endmembers.origin, places), html_page.heading("What was found?"),
             html_page.table(table, ("raster", "result", "found")) if table else ""]  # fmt: skip
    values = {"COUNT": len(spectra.classes), "SPECTRA": spectra.values.shape[1],
              "CLASSES": "\n".join(one.name for one in spectra.classes)}  # fmt: skip
    return Derived(write, said, parts, values)


def beside(path: str) -> Sequence[str]:
    """The header of an ENVI library; raises OutputError for another ending."""
    ending = Path(path).suffix.lower()
    if ending not in ENDINGS:
        raise OutputError(f"OUTPUT: '{path}' has the ending '{ending}'; expected {CSV} or {SLI}, so rename it.")
    return (str(Path(path).with_suffix(".hdr")),) if ending == SLI else ()


EXTRACTION = Deriving(
    Text(
        "extractendmembers",
        "Extract endmembers",
        "Finds the spectra of pure materials in a hyperspectral raster, and writes them as a library that "
        "rsfusion:unmix reads.\n\n"
        "Without samples, the purest pixels are looked for: the outermost ones in the space of the signal (VCA, "
        "improved "
        "by N-FINDR). COUNT is their number; 0: estimated from noise and signal (HySime). With samples (SAMPLES with "
        "CLASS_FIELD, or LABELS), the library holds the spectra of pixels that samples of one class cover, up to 24 of "
        "each class.\n\n"
        "Bands that the metadata call bad are left out. A name such as 'tree #2' is the second spectrum of the class "
        "'tree'. Rename the classes in the CSV file: what stands in its first line are the names in the result of "
        "rsfusion:unmix.",
        ("endmember", "extraction", "vca", "n-findr", "ppi", "hysime", "spectral library", "unmixing", "hyperspectral",
         "spectra", "bundle"),
    ),
    options=ExtractionOptions,
    roles=(HS,),
    method=FCLS,
    make=make,
    output=("Library of spectra", "CSV: one line per wavelength, one column per spectrum. SLI: ENVI spectral library "
                                  "with "
            "its header.", "CSV files (*.csv);;ENVI spectral libraries (*.sli)"),
    beside=beside,
    report="The spectra as curves, where they lie, how different they are, and what was found, as a page for the "
           "browser.",
    samples=True,
    results={"COUNT": "Number of classes", "SPECTRA": "Number of spectra",
             "CLASSES": "Names of the classes, one line each"},
    numbers=("COUNT", "SPECTRA"),
)  # fmt: skip
