"""Inside the real QGIS desktop, started by `.ci/screenshots`: a picture of every dialog of the plugin, and of results.

Reads from the environment: `SCREENSHOTS_OUT`, the folder of the pictures; `SCREENSHOTS_ONLY`, words that the ids of
algorithms must contain, separated by blanks ("" = all); `SCREENSHOTS_LAYERS`, files to load first, separated by
newlines. Ends QGIS when all are made; the file `failed.txt` in the folder says what could not be shown.
"""

from __future__ import annotations

import os
import time
import traceback
from contextlib import suppress
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QTreeView
from qgis.utils import iface

OUT = Path(os.environ["SCREENSHOTS_OUT"])
WORDS = os.environ.get("SCREENSHOTS_ONLY", "").split()
SIZE = 900, 900
PAIR, WAIT_S = 2, 120.0


def main() -> None:
    """One picture per algorithm; the name is that of the algorithm."""
    OUT.mkdir(parents=True, exist_ok=True)
    try:
        _load(os.environ.get("SCREENSHOTS_LAYERS", "").splitlines())
        provider = QgsApplication.processingRegistry().providerById("rsfusion")
        for algorithm in sorted(provider.algorithms(), key=lambda one: one.name()):
            if not WORDS or any(word in algorithm.name() for word in WORDS):
                _picture(algorithm.id(), OUT / f"{algorithm.name()}.png")
        if not WORDS or "settings" in WORDS:
            _settings(OUT / "settings.png")
        _result(OUT / "desktop.png")
    except Exception:
        (OUT / "failed.txt").write_text(traceback.format_exc(), encoding="utf-8")
    QgsProject.instance().clear()
    os._exit(0)  # the desktop would ask whether to save the project


def _load(paths: list[str]) -> None:
    for path in filter(None, paths):
        name = Path(path).stem
        raster = QgsRasterLayer(path, name)
        layer = raster if raster.isValid() else QgsVectorLayer(path, name, "ogr")
        QgsProject.instance().addMapLayer(layer)


def _picture(algorithm: str, path: Path) -> None:
    import processing

    dialog = processing.createAlgorithmDialog(algorithm, {})
    dialog.resize(*SIZE)
    dialog.show()
    _settle()
    dialog.grab().save(str(path))
    dialog.close()
    dialog.deleteLater()
    _settle()


def _settings(path: Path) -> None:
    """The plugin's page in the options of QGIS, whose dialog waits until it is closed."""

    def shown() -> None:
        dialog = QApplication.activeModalWidget()
        _settle()
        dialog.grab().save(str(path))
        dialog.reject()

    QTimer.singleShot(2000, shown)
    iface.showOptionsDialog(iface.mainWindow(), "RS Fusion")


def _result(path: Path) -> None:
    """The main window with the toolbox, after a pansharpening of the pair that the dialog proposes."""
    import processing

    window = iface.mainWindow()
    window.resize(1280, 860)
    toolbox = window.findChild(QDockWidget, "ProcessingToolbox")
    if toolbox is not None:
        toolbox.show()
        _expand(toolbox.findChild(QTreeView))
    for name in ("Browser", "Browser2"):
        dock = window.findChild(QDockWidget, name)
        if dock is not None:
            dock.hide()
    dialog, known = processing.createAlgorithmDialog("rsfusion:pansharpen", {}), len(QgsProject.instance().mapLayers())
    if known >= PAIR:
        dialog.runButton().click()
        end = time.monotonic() + WAIT_S
        while len(QgsProject.instance().mapLayers()) == known and time.monotonic() < end:
            _settle()
            time.sleep(0.05)
    with suppress(RuntimeError):  # QGIS has deleted it with the end of the run
        dialog.close()
    iface.messageBar().clearWidgets()
    iface.zoomFull()
    for _ in range(40):
        _settle()
        time.sleep(0.05)
    window.grab().save(str(path))


def _expand(view: QTreeView) -> None:
    """Open the plugin's part of the toolbox."""
    model = view.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if model.data(index) == "rsfusion":
            view.expand(index)
            view.scrollTo(index, QTreeView.ScrollHint.PositionAtTop)


def _settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


QTimer.singleShot(3000, main)
