"""`rsfusion:addmodel` and `rsfusion:removemodel`: networks go into the user's own folder, and out of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..core.basics.errors import InputError, OutputError
from ..core.basics.pending_file import pending_files
from ..core.networks.card import CARD_KEY
from ..core.networks.card_files import read_card
from ..core.networks.onnx_file import inspect, read_metadata
from ..core.networks.session import InferenceSession
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .parameters import MODEL, MODEL_FILE, ModelParameter, helped, text_value
from .runtime import missing_runtime
from .settings import PLACE, user_zoo_folder
from .zoo import networks

Parameters = dict[str, Any]
NAME, OVERWRITE, FILE = "NAME", "OVERWRITE", "FILE"


class AddModelAlgorithm(BaseAlgorithm):
    """Copies a network and its card into the user's folder, once it has been opened."""

    ID, LABEL, GROUP = "addmodel", "Add a network", "Models"
    HELP = (
        "Puts a network into your own folder of networks, so that all dialogs list it under MODEL. Its card must be in "
        "the file or beside it, as .json with the same name. The network is opened first, within limits of time and "
        "memory. One that does not work is refused, and nothing is copied.\n\n"
        f"The folder is set in {PLACE}."
    )
    TAGS = ("model", "network", "zoo", "import", "onnx", "card")
    NEEDS_RUNTIME = False

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        file = QgsProcessingParameterFile(MODEL_FILE, "Network file", extension="onnx")
        name = QgsProcessingParameterString(NAME, "Name in the list (empty: that of the file)", "", optional=True)
        again = QgsProcessingParameterBoolean(OVERWRITE, "Replace a network of this name", False)
        self.addParameter(helped(file, "An .onnx file with its card."))
        self.addParameter(helped(name, "Letters, digits, underscores and hyphens."))
        self.addParameter(helped(again, "Otherwise a network of this name in your folder is left alone."))
        self.addOutput(QgsProcessingOutputString(MODEL, "Name in the list"))
        self.addOutput(QgsProcessingOutputString(FILE, "Path of the copy"))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._target(parameters, context)

    def _work(
        self, taken: None, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Open it, and copy it where it works."""
        source, target = self._target(parameters, context)
        card = read_card(source)
        if inspect(source).external:
            raise InputError(
                f"{MODEL_FILE} '{source.name}' keeps its weights in other files, but a network of the list is one "
                "file; export it with its weights inside."
            )
        trouble = missing_runtime()
        if trouble:
            monitor.warning(f"The network was not tried. {trouble}")
        else:
            InferenceSession(source, card, "cpu")
        beside = source.with_suffix(".json")
        files = {MODEL_FILE: (source, target)}
        if CARD_KEY not in read_metadata(source):
            files["the card"] = beside, target.with_suffix(".json")
        _copy(files)
        listed = next((name for name, path in _own().items() if path == target), target.stem)
        monitor.info(f"The network is in the list as {listed}: {target}")
        return {MODEL: listed, FILE: str(target)}

    def _target(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[Path, Path]:
        """Return the file, and the place of its copy.

        Raises
        ------
        InputError : there is no such file, or the name cannot be used.
        """
        source = Path(text_value(self, parameters, MODEL_FILE, context))
        if not source.is_file():
            raise InputError(f"{MODEL_FILE} is '{source}', but there is no such file; give the path of an .onnx file.")
        name = text_value(self, parameters, NAME, context).strip() or source.stem
        target = place_in_zoo(name, True)
        same = target.exists() and target.samefile(source)
        if same:
            raise InputError(f"{MODEL_FILE} lies in your folder of networks already, so it is in the list as {name}.")
        return source, place_in_zoo(name, self.parameterAsBool(parameters, OVERWRITE, context))


def place_in_zoo(name: str, overwrite: bool) -> Path:
    """The file of a network of that name in the user's folder.

    Raises
    ------
    InputError : the name cannot be used, or is taken and nothing may be overwritten.
    """
    if not re.fullmatch(r"[A-Za-z0-9][\w-]{0,99}", name, re.ASCII):
        raise InputError(
            f"{NAME} is '{name}', but letters, digits, underscores and hyphens are expected, at most 100; choose "
            "another name."
        )
    target = user_zoo_folder() / f"{name}.onnx"
    if target.exists() and not overwrite:
        raise InputError(
            f"Your folder of networks has a network named {name} already; choose another {NAME}, or set {OVERWRITE}."
        )
    return target


class RemoveModelAlgorithm(BaseAlgorithm):
    """Deletes a network of the user's folder; the shipped ones stay."""

    ID, LABEL, GROUP = "removemodel", "Remove a network", "Models"
    HELP = (
        "Deletes a network, and the card beside it, from your own folder of networks. The networks that come with the "
        "plugin cannot be removed."
    )
    TAGS = ("model", "network", "zoo", "delete")
    NEEDS_RUNTIME = False

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        own = ModelParameter(MODEL, "Network", list(_own()), False, None, False, True)
        self.addParameter(helped(own, "One of your own networks."))
        self.addOutput(QgsProcessingOutputString(FILE, "Path of the file that was deleted"))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._file(parameters, context)

    def _work(
        self, taken: None, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Delete it."""
        path = self._file(parameters, context)
        try:
            path.unlink()
            path.with_suffix(".json").unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"The network '{path}' cannot be deleted ({error.strerror}).") from None
        monitor.info(f"Deleted: {path}")
        return {FILE: str(path)}

    def _file(self, parameters: Parameters, context: QgsProcessingContext) -> Path:
        name, own = text_value(self, parameters, MODEL, context), _own()
        if name not in own:
            why = "comes with the plugin and cannot be removed" if name in networks() else "is not in your folder"
            choice = f"one of {', '.join(own)}" if own else "none, since your folder is empty"
            raise InputError(f"{MODEL} is '{name}', which {why}; expected {choice}.")
        return own[name]


def _own() -> dict[str, Path]:
    """The networks of the user's folder, by name."""
    folder = user_zoo_folder()
    return {name: path for name, path in networks().items() if path.parent == folder}


def _copy(files: dict[str, tuple[Path, Path]]) -> None:
    """Copy all or none: what it is -> (from, to)."""
    for _, target in files.values():
        target.parent.mkdir(parents=True, exist_ok=True)
    with pending_files({name: str(target) for name, (_, target) in files.items()}) as places:
        for name, (source, target) in files.items():
            try:
                shutil.copyfile(source, places[name])
            except OSError as error:
                raise OutputError(f"'{target}' cannot be written ({error.strerror}); free some space there.") from None
