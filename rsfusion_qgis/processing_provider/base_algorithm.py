"""What all algorithms of the provider share: names, icon, help page, and errors translated in one place."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from osgeo import gdal
from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputDefinition,
    QgsProcessingOutputHtml,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QIcon

from ..core.basics.errors import RsFusionError, one_line
from ..core.basics.language import told
from ..core.basics.shipped_files import help_page, resources_folder
from .choice_words import in_words
from .feedback import FeedbackMonitor
from .parameters import MODEL, MODEL_FILE, choice_fault
from .runtime import missing_runtime
from .wording import Wording

Result = TypeVar("Result")
TOO_LITTLE_MEMORY = (
    "The memory of this computer does not suffice for the run; choose a smaller TILE_SIZE, or a smaller MEMORY where "
    "TILE_SIZE is 0, and close other programs. Where neither is a parameter, give smaller rasters."
)


class BaseAlgorithm(QgsProcessingAlgorithm):
    """An algorithm whose troubles are one sentence each.

    Attributes
    ----------
    ID, LABEL : str
        The public id, never translated, and the name in the toolbox.
    GROUP : str
        The heading in the toolbox under which it stands.
    HELP : str
        Beside the dialog and in `qgis_process help`.
    TAGS : tuple of str
        What people may type to find it.
    WORDS : mapping
        Parameter -> id of a choice -> the words that dialogs show for it.
    NEEDS_RUNTIME : bool
        Whether it cannot run without ONNX Runtime.
    """

    ID, LABEL, GROUP, HELP = "", "", "", ""
    TAGS: tuple[str, ...] = ()
    WORDS: Mapping[str, Mapping[str, str]] = {}
    NEEDS_RUNTIME = True

    def __init__(self) -> None:
        super().__init__()
        self._prepared, self._taken = False, None
        self.words = Wording()

    def addParameter(self, definition: QgsProcessingParameterDefinition, createOutput: bool = True) -> bool:
        """Add a parameter, in the words that the person reads; so are its choices where there are any."""
        in_words(definition, self.WORDS)
        self.words.take(definition)
        added = bool(super().addParameter(definition, createOutput))
        made = self.outputDefinition(definition.name())
        if isinstance(made, QgsProcessingOutputHtml):  # QGIS lists pages of all algorithms by this name
            made.setDescription(f"{self.displayName()}: {definition.description()}")
        return added

    def addOutput(self, definition: QgsProcessingOutputDefinition) -> bool:
        """Add a result, in the words that the person reads."""
        definition.setDescription(self.words(definition.description()))
        return bool(super().addOutput(definition))

    def createInstance(self) -> BaseAlgorithm:
        """Return a fresh instance, as every run gets."""
        return type(self)()

    def name(self) -> str:
        """Return the public id."""
        return self.ID

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return told(self.LABEL)

    def group(self) -> str:
        """Return the heading in the toolbox under which it stands."""
        return told(self.GROUP)

    def groupId(self) -> str:
        """Return the heading's id."""
        return self.GROUP.lower().replace(" ", "")

    def shortHelpString(self) -> str:
        """Return the help."""
        return self.words(self.HELP)

    def tags(self) -> list[str]:
        """Return what people may type to find the algorithm."""
        return list(self.TAGS)

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return provider_icon()

    def helpUrl(self) -> str:
        """Return the page of the manual that comes with the plugin."""
        page, _, anchor = help_page(f"rsfusion:{self.name()}").partition("#")
        url = QUrl.fromLocalFile(page)
        if anchor:
            url.setFragment(anchor)
        return url.toString()

    def validateInputCrs(self, parameters: dict[str, Any], context: QgsProcessingContext) -> bool:
        """Return True, so that the dialog asks no question: the engine's own checks judge the CRSs."""
        return True

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Return whether the run can start, from the parameters and the rasters' headers alone."""
        self._name_network(parameters)
        with quiet_gdal():
            accepted, message = self._checked_values(parameters, context)
        return accepted, self.words(message)

    def _name_network(self, parameters: dict[str, Any]) -> None:
        """Have sentences of the engine, which say MODEL, name the parameter that the network was given with."""
        by_file = self.parameterDefinition(MODEL) is None or parameters.get(MODEL_FILE)
        has_file = self.parameterDefinition(MODEL_FILE) is not None
        self.words.instead = {MODEL: MODEL_FILE} if has_file and by_file else {}

    def _checked_values(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        fault = choice_fault(self, parameters) or fault_of(lambda: self._check_given(parameters, context))
        if fault:
            return False, fault
        accepted, message = super().checkParameterValues(parameters, context)
        if not accepted:
            return False, str(message)
        fault = fault_of(lambda: self._check_run(parameters, context))
        return fault == "", fault

    def _check_given(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
        """Raise where something that was given is wrong, before QGIS judges it in words of its own."""

    def _check_run(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
        """Raise where a run could not start, once QGIS has found the parameters right."""

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take everything from the layers, on the main thread where they live."""
        self._name_network(parameters)
        self._taken = raising_in_processing(feedback, lambda: self._take(parameters, context), self.words)
        self._prepared = True
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Do the work, in the background in the desktop."""
        if not self._prepared:
            raise QgsProcessingException("The run was not prepared.")
        monitor = FeedbackMonitor(feedback, self.words)
        with monitor.stop_signals():
            return raising_in_processing(
                feedback, lambda: self._work(self._taken, parameters, context, monitor), self.words
            )

    def _take(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
        """Return what the work needs of the layers; raises RsFusionError."""

    def _work(
        self, taken: Any, parameters: dict[str, Any], context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> dict[str, Any]:
        """Do what the algorithm is there for, with what `_take` returned, and return the results."""
        raise NotImplementedError

    def canExecute(self) -> tuple[bool, str]:
        """Return whether what it needs is there, and how to install ONNX Runtime where it is not."""
        message = missing_runtime() if self.NEEDS_RUNTIME else ""
        return message == "", self.words(message)


@contextmanager
def quiet_gdal() -> Iterator[None]:
    """Keep GDAL's own lines (ERROR 1: ...) of this thread off the console, as when QGIS opens a damaged raster.

    What is wrong is said once, in our sentence or in that of QGIS.
    """
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


def provider_icon() -> QIcon:
    """Return the icon as QGIS draws it at any size."""
    return QIcon(str(resources_folder() / "icon.svg"))


def raising_in_processing(
    feedback: QgsProcessingFeedback, work: Callable[[], Result], words: Callable[[str], str] = told
) -> Result:
    """Do the work; whatever goes wrong leaves as the exception that makes Processing fail.

    A Python exception of any other class would be printed and lost, and qgis_process would exit with 0. `words`
    puts the sentence into those that the person reads.
    """
    try:
        with quiet_gdal():
            return work()
    except QgsProcessingException:
        raise
    except RsFusionError as error:
        raise QgsProcessingException(words(str(error))) from error
    except MemoryError as error:
        raise QgsProcessingException(words(TOO_LITTLE_MEMORY)) from error
    except OSError as error:
        feedback.pushDebugInfo(traceback.format_exc())
        raise QgsProcessingException(words(unreachable(error))) from error
    except Exception as error:
        feedback.pushDebugInfo(traceback.format_exc())
        raise QgsProcessingException(words(unexpected(error))) from error


def fault_of(check: Callable[[], object]) -> str:
    """Return the sentence that a check of parameters and headers ends with, "" where all is well."""
    try:
        check()
    except RsFusionError as error:
        return str(error)
    except MemoryError:
        return TOO_LITTLE_MEMORY
    except OSError as error:
        return unreachable(error)
    except Exception as error:  # else QGIS would print it and go on
        return unexpected(error)
    return ""


def unreachable(error: OSError) -> str:
    """Return the sentence about a file or folder that was taken away, or a disk that is full, while the run went on."""
    return (
        f"A file or folder cannot be read or written ({one_line(error)}); check that it is still there, that it may be "
        "written, and that the disk is not full."
    )


def unexpected(error: Exception) -> str:
    """Return the sentence about an error that the engine did not foresee."""
    if isinstance(error, RuntimeError) and "start new thread" in str(error):  # what Python says where none has room
        return TOO_LITTLE_MEMORY
    kind, words = type(error).__name__, one_line(error)
    return f"The engine stopped on an unexpected {kind} ({words}); please report it with the log."
