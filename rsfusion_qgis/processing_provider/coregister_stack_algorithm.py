"""`rsfusion:coregisterstack`: many rasters written so that they lie on one, with a table and a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsRasterLayer,
)

from ..core.alignment.stack import CORRECTED, FAILED, UNCERTAIN, StackJob, outputs, run, table
from ..core.alignment.stack_report import stack_page
from ..core.basics.errors import InputError, RsFusionError
from ..core.basics.pending_file import write_texts
from ..core.rasters.overwriting import Read, Written, check_names
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .layers import gdal_source, layer_of, source_as_placed
from .parameters import REPORT, SeriesParameter, advanced, helped, report_parameter, text_value
from .registration_parameters import (
    METHOD,
    METHOD_WORDS,
    ON_REFERENCE_GRID,
    REFERENCE,
    RESAMPLING,
    correction_parameters,
    read_job,
    stack_parameters,
)

SECONDARIES, FOLDER, OUTPUT_FOLDER, TABLE, LOOPS = "SECONDARIES", "FOLDER", "OUTPUT_FOLDER", "TABLE", "LOOPS"
ENDINGS = (".tif", ".tiff", ".vrt", ".img", ".jp2", ".dat")
"""Files of FOLDER that are taken."""
Parameters = dict[str, Any]
_HELP = (
    "Brings many rasters onto one: a time series, or all rasters of a folder. Each is measured and corrected as by "
    "rsfusion:coregister and written into OUTPUT_FOLDER. A raster whose displacement cannot be told with confidence is "
    "not written: TABLE says why, and the others go on.\n\n"
    "As a check, neighbours in the list are also measured on each other. What they have to be moved by on the "
    "reference must agree with that; the table says by how many pixels each loop does not close (loop_px)."
)


class CoregisterStackAlgorithm(BaseAlgorithm):
    """The Processing algorithm around `core.alignment.stack`."""

    ID, LABEL, GROUP, HELP = "coregisterstack", "Coregister many rasters", "Align", _HELP
    TAGS = ("coregistration", "registration", "align", "time series", "stack", "folder", "batch", "many")
    WORDS: Mapping[str, Mapping[str, str]] = {"METHOD": METHOD_WORDS}
    NEEDS_RUNTIME = False

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in _parameters():
            self.addParameter(definition)
        for name, label in _NUMBERS.items():
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> StackJob:
        job = self._job(parameters, context)
        if not Path(job.folder).exists():
            return job
        writes = [Written(OUTPUT_FOLDER, path) for path in outputs(job)]
        writes += [Written(name, path) for name, path in self._texts(parameters, context).items()]
        reads = [Read(REFERENCE, job.registration.reference), *(Read(SECONDARIES, path) for path in job.secondaries)]
        check_names(writes, reads)
        return job

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> StackJob:
        return self._job(parameters, context)

    def _work(
        self, job: StackJob, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Measure, correct and write them all, then the table and the page."""
        Path(job.folder).mkdir(parents=True, exist_ok=True)
        self._check_given(parameters, context)
        texts, rows = self._texts(parameters, context), run(job, monitor)
        contents = {TABLE: table(rows)} if TABLE in texts else {}
        if REPORT in texts:
            contents[REPORT] = stack_page(job, rows, lambda _: monitor.raise_when_cancelled())
        write_texts({name: (path, contents[name]) for name, path in texts.items()})
        counts = {name: sum(row.status in of for row in rows) for name, of in _COUNTED.items()}
        if counts["FAILED"] == len(rows):
            raise RsFusionError(f"None of the {len(rows)} rasters could be used. The first one: {rows[0].said}")
        return {OUTPUT_FOLDER: job.folder, "RASTERS": len(rows), **counts, **texts}

    def _texts(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, str]:
        given = {name: self.parameterAsFileOutput(parameters, name, context) for name in (TABLE, REPORT)}
        return {name: path for name, path in given.items() if path}

    def _job(self, parameters: Parameters, context: QgsProcessingContext) -> StackJob:
        """Return what is to be done.

        Raises
        ------
        InputError : there is no raster, or a parameter cannot be used.
        """
        compared = read_job(self, parameters, context)
        secondaries = [*self._layers(parameters, context), *self._files(parameters, context, compared.reference)]
        if not secondaries:
            raise InputError("There is nothing to coregister; choose SECONDARIES, or a FOLDER that has rasters.")
        return StackJob(
            compared, tuple(secondaries), str(self.parameterAsString(parameters, OUTPUT_FOLDER, context)),
            text_value(self, parameters, METHOD, context),
            self.parameterAsBoolean(parameters, ON_REFERENCE_GRID, context),
            text_value(self, parameters, RESAMPLING, context), self.parameterAsBoolean(parameters, LOOPS, context),
        )  # fmt: skip

    def _layers(self, parameters: Parameters, context: QgsProcessingContext) -> list[str]:
        if parameters.get(SECONDARIES) in (None, "", []):
            return []
        given = parameters[SECONDARIES]
        names = given if isinstance(given, (list, tuple)) else [given]
        if len(names) == 1 and isinstance(names[0], str) and not Path(names[0]).exists():
            names = names[0].split(";")
        layers = [(layer_of(name, context), name) for name in names]
        missing = [name for layer, name in layers if not isinstance(layer, QgsRasterLayer)]
        if missing:
            raise InputError(f"SECONDARIES: '{missing[0]}' is no raster that can be opened; correct or remove it.")
        return [source_as_placed(layer, gdal_source(SECONDARIES, layer, name)) for layer, name in layers]

    def _files(self, parameters: Parameters, context: QgsProcessingContext, reference: str) -> list[str]:
        if not parameters.get(FOLDER):
            return []
        folder = Path(self.parameterAsString(parameters, FOLDER, context))
        if not folder.is_dir():
            raise InputError(f"FOLDER: '{folder}' is no folder; choose one that has rasters.")
        files = [file for file in sorted(folder.iterdir()) if file.suffix.lower() in ENDINGS]
        return [str(file) for file in files if file.absolute() != Path(reference).absolute()]


_NUMBERS = {
    "RASTERS": "Number of secondaries",
    "CORRECTED": "How many were corrected",
    "UNCERTAIN": "How many could not be told with confidence, and were not written",
    "FAILED": "How many could not be used at all",
}
_COUNTED = {"CORRECTED": (CORRECTED,), "UNCERTAIN": (UNCERTAIN,), "FAILED": (FAILED,)}


def _parameters() -> list[QgsProcessingParameterDefinition]:
    first, *others = stack_parameters()
    many = SeriesParameter(SECONDARIES, "Secondary rasters", QgsProcessing.SourceType.TypeRaster, None, True)
    folder = QgsProcessingParameterFile(
        FOLDER, "Folder of secondary rasters", QgsProcessingParameterFile.Behavior.Folder, "", None, True
    )
    written = QgsProcessingParameterFileDestination(TABLE, "Table", "CSV files (*.csv)", None, True, False)
    return [
        first,
        helped(many, "The rasters that are to lie on the reference, in the order in which neighbours are compared."),
        helped(folder, f"All rasters of a folder, by name ({', '.join(ENDINGS)}), but the reference."),
        *others,
        *correction_parameters(),
        advanced(helped(QgsProcessingParameterBoolean(LOOPS, "Measure neighbours on each other as a check", True),
                        "Takes about as long again.")),
        helped(QgsProcessingParameterFolderDestination(OUTPUT_FOLDER, "Folder of results"),
               "Each result gets the name of its raster with _coregistered."),
        helped(written, "One line for each raster: what was found and done."),
        report_parameter("All rasters before and after, with the table, as a page for the browser."),
    ]  # fmt: skip
