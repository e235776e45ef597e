"""`rsfusion:exampledata`: a small generated scene with a file for every input of a task, and the truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
)

from ..core.engine.example import LARGEST, README, SMALLEST, TRUTH, Example, check_folder, make, paths
from ..tasks import examples
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .parameters import advanced, choice, helped, text_value

Parameters = dict[str, Any]
TASK, FOLDER, SIZE, SEED, LOAD = "TASK", "FOLDER", "SIZE", "SEED", "LOAD"
BETWEEN = ";"
"""Between the files of one result."""


class ExampleAlgorithm(BaseAlgorithm):
    """The Processing algorithm around `core.engine.example`."""

    ID, LABEL, GROUP = "exampledata", "Make example data", "Tools"
    HELP = (
        "Writes a small generated scene into FOLDER: a town, fields, a wood and a river, as the sensors of TASK would "
        "see them. Every input of the task gets a file, and the truth too, where there is one, so that you can try the "
        "task and see how good its result is. The tutorials begin with this.\n\n"
        "The same SEED gives the same scene. The files get the names of the inputs in small letters, such as pan.tif. "
        "README.txt says which file is for which input. Files in FOLDER that are no example data are never replaced."
    )
    TAGS = ("example", "sample", "tutorial", "test", "demo", "generated", "synthetic", "learn")
    NEEDS_RUNTIME = False

    def __init__(self) -> None:
        super().__init__()
        self._examples = examples()
        self.WORDS = {TASK: {name: one.label for name, one in self._examples.items()}}

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        names = list(self._examples)
        integer = QgsProcessingParameterNumber.Type.Integer
        size = QgsProcessingParameterNumber(SIZE, "Size (pixels; 0 = as the task needs)", integer, 0, False, 0, LARGEST)
        seed = QgsProcessingParameterNumber(SEED, "Seed", integer, 1, False, 0)
        self.addParameter(choice(TASK, "What you want to try", names, names[0], "For which task the files are made."))
        self.addParameter(helped(QgsProcessingParameterFolderDestination(FOLDER, "Folder for the files"),
                                 "It is made where it does not exist."))  # fmt: skip
        self.addParameter(helped(QgsProcessingParameterBoolean(LOAD, "Load the files as layers", False),
                                 "Into the project, without the truth. Has no effect on the command line."))
        self.addParameter(advanced(helped(size, f"Of the finest raster, along a side. At least {SMALLEST}.")))
        self.addParameter(advanced(helped(seed, "Another number gives another scene.")))
        for name in self._results():
            label = "Truth" if name == TRUTH else f"File for {name}; several files are separated by semicolons"
            self.addOutput(QgsProcessingOutputString(name, label))
        self.addOutput(QgsProcessingOutputString("ALL_FILES", "All files, one line each: NAME=path"))

    def _results(self) -> list[str]:
        return sorted({name for one in self._examples.values() for name in one.files})

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        example, folder = self._asked(parameters, context)
        if folder.is_dir():
            check_folder(example, folder)

    def _asked(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[Example, Path]:
        example = self._examples[text_value(self, parameters, TASK, context)]
        return example, Path(self.parameterAsString(parameters, FOLDER, context))

    def _work(
        self, taken: None, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Draw the scene, and tell where what lies."""
        example, folder = self._asked(parameters, context)
        size = self.parameterAsInt(parameters, SIZE, context)
        seed = self.parameterAsInt(parameters, SEED, context)
        make(example, folder, max(size, SMALLEST) if size else 0, seed, monitor.raise_when_cancelled)
        files = {name: BETWEEN.join(found) for name, found in paths(example, folder).items()}
        for name, found in files.items():
            monitor.info(f"{name}={found}")
        monitor.info(f"What is what also stands in '{folder / README}'.")
        if self.parameterAsBool(parameters, LOAD, context):
            _load(example, folder, context)
        listed = [f"{name}={found}" for name, found in files.items()]
        return {**files, FOLDER: str(folder), "ALL_FILES": "\n".join(listed)}


def _load(example: Example, folder: Path, context: QgsProcessingContext) -> None:
    """Ask QGIS to load the inputs once the run has ended; nothing happens where there is no project."""
    if context.project() is None:
        return
    for name, found in paths(example, folder).items():
        for path in found if name != TRUTH else ():
            if Path(path).suffix in (".tif", ".gpkg"):
                details = QgsProcessingContext.LayerDetails(Path(path).stem, context.project(), path)
                context.addLayerToLoadOnCompletion(path, details)
