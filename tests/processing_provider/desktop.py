"""The parts of the desktop that dialogs need and that the stub interface of pytest-qgis lacks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from qgis.core import QgsLayerTreeModel, QgsProject
from qgis.gui import QgsBrowserGuiModel, QgsLayerTreeView
from qgis.PyQt.QtCore import QCoreApplication, QSize


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
