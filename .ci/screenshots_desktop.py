"""Inside the real QGIS desktop, started by `.ci/screenshots`: a picture of every dialog of the plugin, and of results.

Reads from the environment: `SCREENSHOTS_OUT`, the folder of the pictures; `SCREENSHOTS_ONLY`, words that the ids of
algorithms must contain, separated by blanks ("" = all); `SCREENSHOTS_LAYERS`, files to load first, separated by
newlines. Ends QGIS when all are made; the file `failed.txt` in the folder says what could not be shown.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import iface

OUT = Path(os.environ["SCREENSHOTS_OUT"])
WORDS = os.environ.get("SCREENSHOTS_ONLY", "").split()
SIZE = 900, 900


def main() -> None:
    """One picture per algorithm; the name is that of the algorithm."""
    OUT.mkdir(parents=True, exist_ok=True)
    try:
        _load(os.environ.get("SCREENSHOTS_LAYERS", "").splitlines())
        provider = QgsApplication.processingRegistry().providerById("rsfusion")
        for algorithm in sorted(provider.algorithms(), key=lambda one: one.name()):
            if not WORDS or any(word in algorithm.name() for word in WORDS):
                _picture(algorithm.id(), OUT / f"{algorithm.name()}.png")
        _settle()
        iface.mainWindow().grab().save(str(OUT / "desktop.png"))
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


def _settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


QTimer.singleShot(3000, main)
