"""The table of inputs, or outputs, in the dialog: cells to edit, rows to add, and a button that asks the network.

QGIS imports this module when it shows the dialog, never under qgis_process.
"""

from __future__ import annotations

from typing import Any

from processing.gui.wrappers import WidgetWrapper
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ..core.basics.errors import RsFusionError
from ..core.basics.language import told
from ..core.basics.monitor import Monitor
from ..core.engine.described_rows import Wishes
from ..core.engine.describing import propose
from ..tasks import all_tasks
from .describe_parameters import INPUTS, TASK, input_cells, output_cells
from .parameters import MODEL, MODEL_FILE
from .wording import with_labels

_HEIGHT = 150


class TableWrapper(WidgetWrapper):
    """A table with the columns of its parameter."""

    def createWidget(self) -> QWidget:
        """Build it."""
        definition = self.parameterDefinition()
        headers = list(definition.headers())
        self._table = QTableWidget(0, len(headers))
        self._table.setHorizontalHeaderLabels(headers)
        self._table.setMinimumHeight(_HEIGHT)
        panel, buttons, column = QWidget(), QHBoxLayout(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        actions = {"Propose rows": self._propose, "Add a row": self._add, "Remove a row": self._remove}
        for label, action in actions.items():
            button = QPushButton(told(label))
            button.clicked.connect(lambda _=False, action=action: action())
            buttons.addWidget(button)
        column.addWidget(self._table)
        column.addLayout(buttons)
        panel.setLayout(column)
        return panel

    def _words(self, text: str) -> str:
        """Return a sentence of the engine in the person's language, with the label of the network's parameter."""
        definition = getattr(self, "_others", {}).get(MODEL_FILE)
        label = definition.parameterDefinition().description() if definition is not None else MODEL_FILE
        return with_labels(told(text), {MODEL: label})

    def postInitialize(self, wrappers: list[Any]) -> None:
        """Remember the other widgets, of which MODEL_FILE says which network to ask."""
        self._others = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}

    def setValue(self, value: Any) -> None:
        """Show a flat list of cells."""
        cells = list(value or [])
        width = self._table.columnCount()
        self._show([cells[start : start + width] for start in range(0, len(cells) // width * width, width)])

    def value(self) -> list[str]:
        """Return the cells, row by row."""
        rows, cols = self._table.rowCount(), self._table.columnCount()
        items = [[self._table.item(row, col) for col in range(cols)] for row in range(rows)]
        return [item.text() if item is not None else "" for row in items for item in row]

    def _show(self, rows: list[list[str]]) -> None:
        self._table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for col, text in enumerate(row):
                self._table.setItem(place, col, QTableWidgetItem(str(text)))
        self._table.resizeColumnsToContents()

    def _add(self) -> None:
        self._table.insertRow(self._table.rowCount())

    def _remove(self) -> None:
        self._table.removeRow(self._table.currentRow() if self._table.currentRow() >= 0 else self._table.rowCount() - 1)

    def _propose(self) -> None:
        """Fill in what the network itself tells."""
        from qgis.utils import iface

        try:
            path, task = (str(self._of(name) or "") for name in (MODEL_FILE, TASK))
            known = {one.card_task for one in all_tasks()}
            found = propose(path, all_tasks(), Monitor(), Wishes(task if task in known else ""))
        except RsFusionError as error:
            if iface is not None:
                iface.messageBar().pushWarning("rsfusion", self._words(str(error)))
            return
        is_input = self.parameterDefinition().name() == INPUTS
        self._show(input_cells(found.inputs) if is_input else output_cells(found.outputs))

    def _of(self, name: str) -> Any:
        other = getattr(self, "_others", {}).get(name)
        if other is None:
            return ""
        return other.parameterValue() if hasattr(other, "parameterValue") else other.value()
