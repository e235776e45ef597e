"""The page "RS Fusion" of the desktop's options: settings, the state of the environment, and the networks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication
from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..core.basics.errors import RsFusionError, one_line
from ..core.basics.language import told
from ..core.basics.shipped_files import zoo_folders
from ..core.networks.card_files import read_card
from ..tasks import all_tasks
from . import settings
from .base_algorithm import provider_icon
from .choice_words import SHARED
from .parameters import DEVICES
from .runtime import missing_runtime
from .zoo import networks

TITLE = "RS Fusion"
STEP_MB = 64


class SettingsFactory(QgsOptionsWidgetFactory):
    """Makes the page whenever the options are opened."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(TITLE)
        self.setIcon(provider_icon())

    def path(self) -> list[str]:
        """Return the pages above, by their titles."""
        return [QCoreApplication.translate("ProcessingOptionsFactory", "Processing")]

    def createWidget(self, parent: QWidget | None = None) -> QgsOptionsPageWidget:
        """Return a new page."""
        return SettingsPage(parent)


class SettingsPage(QgsOptionsPageWidget):
    """Shows what is set, and keeps it when the user says OK."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = _file(QgsFileWidget.StorageMode.GetDirectory, settings.value(settings.ZOO_FOLDER),
                            str(settings.usual_zoo_folder()))  # fmt: skip
        self.device = QComboBox()
        for one in DEVICES:
            self.device.addItem(told(SHARED["DEVICE"].get(one, one)), one)
        self.device.setCurrentIndex(self.device.findData(settings.default_device(DEVICES)))
        self.memory = QSpinBox()
        # The smallest number stands for "not set"; Qt shows a text in its place.
        self.memory.setRange(settings.SMALLEST_MEMORY_MB - 1, settings.LARGEST_MEMORY_MB)
        self.memory.setSingleStep(STEP_MB)
        self.memory.setSuffix(" MB")
        self.memory.setSpecialValueText(told("What each algorithm proposes"))
        self.memory.setValue(settings.default_memory(self.memory.minimum()))
        self.python = _file(QgsFileWidget.StorageMode.GetFile, settings.training_interpreter(),
                            told("The Python that QGIS runs on"))  # fmt: skip
        self.state, self.table = QLabel(), _table()
        everything = QVBoxLayout(self)
        everything.addWidget(self._defaults())
        everything.addWidget(self._environment())
        everything.addWidget(self._networks(), 1)
        self.show_state()

    def apply(self) -> None:
        """Keep what is set; new dialogs propose it."""
        folder, memory = self.folder.filePath().strip(), self.memory.value()
        settings.set_value(settings.ZOO_FOLDER, folder)
        settings.set_value(settings.DEVICE, self.device.currentData())
        settings.set_value(settings.MEMORY, str(memory) if memory > self.memory.minimum() else "")
        settings.set_value(settings.PYTHON, self.python.filePath().strip())
        provider = QgsApplication.processingRegistry().providerById("rsfusion")
        if provider is not None:
            provider.refreshAlgorithms()

    def show_state(self) -> None:
        """Show what is there now."""
        self.state.setText(told(missing_runtime() or "ONNX Runtime is there, so networks can run."))
        shipped = zoo_folders()
        found = networks()
        self.table.setRowCount(len(found))
        for row, (name, path) in enumerate(found.items()):
            origin = told("shipped" if path.parent in shipped else "your own")
            for column, text in enumerate((name, origin, _told(path))):
                item = QTableWidgetItem(text)
                item.setToolTip(str(path) if column == 0 else text)
                self.table.setItem(row, column, item)

    def _defaults(self) -> QGroupBox:
        box = QGroupBox(told("What new dialogs propose"))
        form = QFormLayout(box)
        for label, widget, tip in (
            ("Folder of your own networks", self.folder, "Networks (.onnx) in this folder are listed in all dialogs."),
            ("Device", self.device, "auto: the best one that works here. Any other: that one, or an error."),
            ("Memory for one tile", self.memory, "A larger number gives larger tiles. Results do not depend on it."),
            ("Python for training", self.python, "An interpreter that has torch. Networks are trained in it."),
        ):
            widget.setToolTip(told(tip))
            form.addRow(told(label), widget)
        return box

    def _environment(self) -> QGroupBox:
        self.state.setWordWrap(True)
        box = QGroupBox(told("Environment"))
        line = QHBoxLayout(box)
        line.addWidget(self.state, 1)
        line.addWidget(self._button("Check and install…", "environment"))
        return box

    def _networks(self) -> QGroupBox:
        box = QGroupBox(told("Networks"))
        line = QHBoxLayout(box)
        line.addWidget(self.table, 1)
        buttons = QVBoxLayout()
        for text, algorithm in (("Add…", "addmodel"), ("Remove…", "removemodel"), ("Describe…", "modelinfo")):
            buttons.addWidget(self._button(text, algorithm))
        buttons.addStretch(1)
        line.addLayout(buttons)
        return box

    def _button(self, text: str, algorithm: str) -> QPushButton:
        """Return a button that opens the dialog of an algorithm, and shows afterwards what it changed."""
        button = QPushButton(told(text))
        button.clicked.connect(_opener(f"rsfusion:{algorithm}", self.show_state))
        return button


def _opener(algorithm: str, afterwards: Callable[[], None]) -> Callable[..., None]:
    def opened(*_: Any) -> None:
        import processing

        processing.execAlgorithmDialog(algorithm, {})
        afterwards()

    return opened


def _file(kind: Any, text: str, usual: str) -> QgsFileWidget:
    widget = QgsFileWidget()
    widget.setStorageMode(kind)
    widget.lineEdit().setPlaceholderText(usual)
    widget.setFilePath(text)
    return widget


def _table() -> QTableWidget:
    table = QTableWidget(0, 3)
    table.setHorizontalHeaderLabels([told(one) for one in ("Name", "From", "Task, or what is wrong with it")])
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = table.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    header.setStretchLastSection(True)
    return table


def _told(path: Any) -> str:
    try:
        task = read_card(path).task
        labels = [one.faces[0].text.label for one in all_tasks() if one.card_task == task and one.faces]
        return told(labels[0]) if labels else task
    except (RsFusionError, OSError) as error:
        return told(one_line(error))
