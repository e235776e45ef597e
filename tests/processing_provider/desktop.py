"""The parts of the desktop that dialogs need and that the stub interface of pytest-qgis lacks."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsLayerTreeModel, QgsProject
from qgis.gui import QgsBrowserGuiModel, QgsLayerTreeView
from qgis.PyQt.QtCore import QCoreApplication, QSize
from qgis.PyQt.QtWidgets import QCheckBox


def complete(iface: Any) -> None:
    """Give the stub real objects where QGIS casts what it gets."""
    view, browser = QgsLayerTreeView(), QgsBrowserGuiModel()
    view.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), view))
    iface.layerTreeView = lambda: view
    iface.browserModel = lambda: browser
    iface.iconSize = lambda dockedToolbar=False: QSize(24, 24)


def wait_until(condition: Callable[[], bool], timeout_s: float = 30.0) -> None:
    """Handle events until the condition holds."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "the dialog did not come to an end"
        QCoreApplication.processEvents()
        time.sleep(0.01)


def run_dialog(algorithm: str, values: dict[str, Any], made: Path) -> None:
    """Open the dialog, take pictures of it, press Run and wait for what it makes."""
    import processing

    dialog = processing.createAlgorithmDialog(algorithm, values)
    dialog.show()
    wait_until(dialog.isVisible)
    assert dialog.grab().save(str(made.with_suffix(".before.png")))
    for box in dialog.findChildren(QCheckBox):
        if "after running" in box.text():
            box.setChecked(False)
    dialog.runButton().click()
    wait_until(lambda: made.exists() and not dialog.cancelButton().isEnabled(), 180)
    assert dialog.grab().save(str(made.with_suffix(".after.png")))
    dialog.close()
