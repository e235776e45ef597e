"""Many runs in one go, from a table: what fails is noted, and the others go on."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingMultiStepFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..core.basics.errors import CancelledError, InputError, RsFusionError, one_line
from ..core.basics.language import told
from ..core.basics.pending_file import write_text
from ..core.rasters.overwriting import Read, Written, check_names
from .base_algorithm import BaseAlgorithm, raising_in_processing
from .feedback import FeedbackMonitor
from .parameters import helped

Parameters = dict[str, Any]
JOBS, TABLE, ALGORITHM = "JOBS", "TABLE", "ALGORITHM"
DONE, FAILED, NOT_RUN = "done", "failed", "not run"
COLUMNS = ("row", "algorithm", "status", "seconds", "warnings", "results", "message")
_PROVIDER = "rsfusion:"


@dataclass
class Row:
    """A run of the table, and what came of it; `number` is its line as a spreadsheet counts, the first one being 2."""

    number: int
    algorithm: str
    parameters: Parameters
    status: str = NOT_RUN
    seconds: float = 0.0
    results: Parameters = field(default_factory=dict)
    message: str = ""

    def destinations(self) -> dict[str, str]:
        """The parameter -> path of every file that the run is asked to write."""
        made = _made(self.algorithm)
        names = [one.name() for one in made.parameterDefinitions() if one.isDestination()] if made else []
        return {name: self.parameters[name] for name in names if name in self.parameters}

    def cells(self) -> tuple[Any, ...]:
        """Its line in the table of what came of all."""
        files = " ".join(str(self.results[name]) for name in self.destinations() if self.results.get(name))
        seconds, warnings = round(self.seconds, 2), self.results.get("WARNINGS", "")
        return (self.number, self.algorithm, self.status, seconds, warnings, files, self.message)


class BatchAlgorithm(BaseAlgorithm):
    """A Processing algorithm that runs others."""

    ID, LABEL, GROUP = "batch", "Run a table of jobs", "Tools"
    HELP = (
        "Does many runs, one after the other, in one QGIS. JOBS is a table in CSV: one run in each line, and in the "
        "first line the names of the parameters, as rsfusion:pansharpen and others call them. The column ALGORITHM "
        "says which algorithm runs. An empty cell leaves the default.\n\n"
        "Names of algorithms, parameters and results are checked before the first run. A run that fails does not stop "
        "the others. TABLE says of each run whether it was done, how long it took, and if it failed, why. If a run has "
        "failed, the batch as a whole fails at the end, so that a script is told; the results of the other runs stay."
    )
    TAGS = ("batch", "many", "table", "csv", "server", "night")
    NEEDS_RUNTIME = False

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        jobs = QgsProcessingParameterFile(JOBS, "Table of jobs", extension="csv")
        self.addParameter(helped(jobs, "A CSV file in UTF-8, separated by commas or semicolons. Relative names of "
                                       "files count from the folder in which QGIS was started."))  # fmt: skip
        table = QgsProcessingParameterFileDestination(TABLE, "What came of the jobs", "CSV files (*.csv)")
        self.addParameter(helped(table, f"One line for each run: {', '.join(COLUMNS)}."))
        self.addOutput(QgsProcessingOutputNumber("RUNS", "Number of runs that were done"))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._read(parameters, context)

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Parameters:
        """Run one after the other, and write the table, whatever happens."""
        return raising_in_processing(feedback, lambda: self._work(parameters, context, feedback))

    def _work(self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Any:
        rows, table = self._read(parameters, context), self._table(parameters, context)
        steps = QgsProcessingMultiStepFeedback(len(rows), feedback)
        try:
            for place, row in enumerate(rows):
                steps.setCurrentStep(place)
                if not FeedbackMonitor(steps).is_cancelled():
                    _run(row, context, steps)
                if steps.isCanceled() and row.status != DONE:
                    row.status = NOT_RUN
                    raise CancelledError("The batch was cancelled; the results of the runs before stay.")
                if row.status == FAILED:
                    feedback.pushWarning(told(f"Row {row.number} failed: {row.message}"))
        finally:
            write_text(table, _text(rows), TABLE)
        failed = sum(row.status == FAILED for row in rows)
        if failed:
            raise RsFusionError(
                f"{failed} of {len(rows)} runs failed and the others are done; TABLE '{table}' says why, so correct "
                "those rows and run them again."
            )
        return {TABLE: table, "RUNS": len(rows)}

    def _table(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        return str(self.parameterAsFileOutput(parameters, TABLE, context))

    def _read(self, parameters: Parameters, context: QgsProcessingContext) -> list[Row]:
        """Return the runs, checked as far as names tell; raises RsFusionError."""
        jobs, table = self.parameterAsString(parameters, JOBS, context), self._table(parameters, context)
        check_names([Written(TABLE, table)], [Read(JOBS, jobs)])
        rows = list(read_rows(Path(jobs)))
        if not rows:
            raise InputError(f"JOBS: '{jobs}' has no line below the first one; write one run in each line.")
        taken = {_identity(table): "TABLE"}
        for row in rows:
            _check_row(row)
            for name, path in row.destinations().items():
                place = f"{name} of row {row.number}"
                if _identity(path) in taken:
                    before = taken[_identity(path)]
                    raise InputError(f"JOBS: {place} is the same file as {before} ('{path}'); give each its own name.")
                taken[_identity(path)] = place
        return rows


def read_rows(path: Path) -> Iterator[Row]:
    """The lines of a table of jobs.

    Raises
    ------
    InputError
        It cannot be read, has no column ALGORITHM, or a line has more cells than the first.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = one_line(getattr(error, "strerror", "") or error)
        raise InputError(f"JOBS: '{path}' cannot be read ({reason}); give a CSV file in UTF-8.") from None
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    names = [name.strip() for name in reader.fieldnames or ()]
    if ALGORITHM not in names:
        found = one_line(", ".join(names), 200) or "nothing"
        raise InputError(f"JOBS: the first line of '{path}' has the columns {found}; expected {ALGORITHM} among them.")
    reader.fieldnames = names
    for cells in reader:
        if None in cells:
            raise InputError(
                f"JOBS: row {reader.line_num} of '{path}' has more cells than the first line; put a value that holds "
                "the separator into double quotes."
            )
        given = {name: value.strip() for name, value in cells.items() if value and value.strip()}
        if given:
            algorithm = given.pop(ALGORITHM, "")
            yield Row(reader.line_num, algorithm if ":" in algorithm else _PROVIDER + algorithm, given)


def _check_row(row: Row) -> None:
    made = _made(row.algorithm)
    if made is None or row.algorithm == _PROVIDER + BatchAlgorithm.ID:
        known = [one.name() for one in QgsApplication.processingRegistry().providerById(_PROVIDER[:-1]).algorithms()]
        listed = ", ".join(sorted(name for name in known if name != BatchAlgorithm.ID))
        raise InputError(f"JOBS: ALGORITHM of row {row.number} is '{row.algorithm}'; expected one of {listed}.")
    names = [one.name() for one in made.parameterDefinitions()]
    for name in row.parameters:
        if name not in names:
            raise InputError(
                f"JOBS: row {row.number} has a value for '{name}', which {row.algorithm} does not have; its parameters "
                f"are {', '.join(names)}."
            )


def _run(row: Row, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> None:
    """Do a run as the toolbox does, with a context that is gone afterwards."""
    began, algorithm, own = time.monotonic(), _made(row.algorithm), QgsProcessingContext()
    own.setTransformContext(context.transformContext())
    try:
        accepted, row.message = algorithm.checkParameterValues(row.parameters, own)
        if accepted:
            row.results, accepted = algorithm.run(row.parameters, own, feedback, {}, False)
            row.message = "" if accepted else "The run ended without a sentence; see the log."
    except QgsProcessingException as error:
        accepted, row.message = False, one_line(error)
    row.status, row.seconds = DONE if accepted else FAILED, time.monotonic() - began


def _made(algorithm: str) -> QgsProcessingAlgorithm | None:
    return QgsApplication.processingRegistry().createAlgorithmById(algorithm)


def _identity(path: str) -> str:
    return str(Path(path).resolve()).casefold()


def _text(rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *(row.cells() for row in rows)])
    return text.getvalue()
