"""A user's day inside the real QGIS desktop, started by `test_a_users_day` with --code.

Reads a JSON object from the file in `DAY_JOB` (folder, pan, ms, wheels, slow), writes what happened to `day.json` in
that folder, with a picture of each step, and ends QGIS.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import processing
from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QCheckBox
from qgis.utils import active_plugins, iface

JOB = json.loads(Path(os.environ["DAY_JOB"]).read_text(encoding="utf-8"))
FOLDER = Path(JOB["folder"])
told: dict[str, Any] = {"errors": []}


def wait(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    """Let the desktop go on until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s in vain")
        QApplication.processEvents()
        time.sleep(0.02)


def picture(name: str) -> None:
    QApplication.processEvents()
    iface.mainWindow().grab().save(str(FOLDER / f"{name}.png"))


def dialog(algorithm: str, values: dict[str, Any]) -> Any:
    made = processing.createAlgorithmDialog(f"rsfusion:{algorithm}", values)
    made.show()
    for box in made.findChildren(QCheckBox):
        if "after running" in box.text():
            box.setChecked(True)
    QApplication.processEvents()
    return made


def run_in_dialog(algorithm: str, values: dict[str, Any], made_files: list[Path]) -> None:
    """Press Run in the dialog, and wait for its end."""
    shown = dialog(algorithm, values)
    shown.runButton().click()
    wait(lambda: all(file.exists() for file in made_files) and not shown.cancelButton().isEnabled())
    shown.grab().save(str(FOLDER / f"{algorithm}.png"))
    shown.close()


def layers() -> dict[str, Any]:
    return {layer.name(): layer for layer in QgsProject.instance().mapLayers().values()}


def installs_onnx_runtime() -> None:
    told["before"] = processing.run("rsfusion:environment", {})["COMPLETE"]
    told["after"] = processing.run("rsfusion:environment", {"INSTALL": True, "WHEELS": JOB["wheels"]})["COMPLETE"]


def sharpens_what_is_loaded() -> None:
    for path in (JOB["ms"], JOB["pan"]):
        iface.addRasterLayer(path, Path(path).stem)
    files = {"OUTPUT": str(FOLDER / "fused.tif"), "REPORT": str(FOLDER / "fused.html")}
    run_in_dialog("pansharpen", files, [FOLDER / "fused.tif", FOLDER / "fused.html"])
    wait(lambda: len(layers()) == 3)
    told["layers"] = sorted(layers())
    picture("sharpened")


def checks_the_alignment() -> None:
    report = FOLDER / "alignment.html"
    values = {"REFERENCE": JOB["pan"], "SECONDARY": JOB["ms"], "REPORT": str(report)}
    run_in_dialog("checkcoregistration", values, [report])


def cancels_a_long_run() -> None:
    out = FOLDER / "cancelled"
    out.mkdir()
    shown = dialog("pansharpen", {"MODEL_FILE": JOB["slow"], "OUTPUT": str(out / "never.tif"), "TILE_SIZE": 128})
    shown.runButton().click()
    wait(lambda: any(out.iterdir()))
    started = time.monotonic()
    shown.cancelButton().click()
    wait(lambda: shown.runButton().isEnabled() and not shown.cancelButton().isEnabled())
    told["cancel_s"], told["left"] = time.monotonic() - started, [path.name for path in out.iterdir()]
    shown.close()


def replaces_a_result() -> None:
    for layer in list(QgsProject.instance().mapLayers().values()):
        if layer.source() == str(FOLDER / "fused.tif"):
            QgsProject.instance().removeMapLayer(layer.id())
    before = (FOLDER / "fused.tif").stat().st_mtime_ns
    shown = dialog("classicalpansharpen", {"OUTPUT": str(FOLDER / "fused.tif")})
    shown.runButton().click()
    wait(lambda: (FOLDER / "fused.tif").stat().st_mtime_ns != before and not shown.cancelButton().isEnabled())
    shown.close()
    wait(lambda: len(layers()) == 3)
    told["again"] = sorted(layers())


def does_a_table_of_jobs() -> None:
    jobs, table = FOLDER / "jobs.csv", FOLDER / "done.csv"
    pair = f"{JOB['pan']},{JOB['ms']}"
    lines = [f"rsfusion:classicalpansharpen,{pair},{FOLDER / name}" for name in ("one.tif", "two.tif")]
    jobs.write_text("\n".join(["ALGORITHM,PAN,MS,OUTPUT", *lines]), encoding="utf-8")
    told["runs"] = processing.run("rsfusion:batch", {"JOBS": str(jobs), "TABLE": str(table)})["RUNS"]


def day() -> None:
    """All steps, each told; a step that fails ends the day."""
    note = QgsApplication.messageLog().messageReceived

    def remember(text: str, tag: str, level: Any) -> None:
        if level == Qgis.MessageLevel.Critical or tag == "Python error":
            told["errors"].append(f"{tag}: {text}")

    note.connect(remember)
    steps = (installs_onnx_runtime, sharpens_what_is_loaded, checks_the_alignment, cancels_a_long_run,
             replaces_a_result, does_a_table_of_jobs)  # fmt: skip
    told["active"] = "rsfusion_qgis" in active_plugins
    try:
        for step in steps:
            told["step"] = step.__name__
            step()
        told["step"] = "done"
    except Exception:
        told["trouble"] = traceback.format_exc()
        picture("trouble")
    note.disconnect(remember)
    (FOLDER / "day.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    os._exit(0)  # the desktop would ask whether to save the project


QTimer.singleShot(3000, day)
