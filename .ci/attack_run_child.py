"""The part of `attack.py` that lives inside QGIS: one run with one fault, or all runs whose result is an input.

    python attack_run_child.py PLUGINS QUESTION      QUESTION is a JSON file, see `main`; a line of JSON per answer
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

from compare_child import PLUGIN, Log, start
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingException,
    QgsRasterLayer,
)

_SOURCES = ("raster", "source", "layer", "multilayer", "vector")


def interface() -> dict[str, Any]:
    """Of every algorithm: the names of its parameters for results, and of those for layers."""
    found = {}
    for algorithm in QgsApplication.processingRegistry().providerById("rsfusion").algorithms():
        definitions = algorithm.parameterDefinitions()
        results = [one.name() for one in definitions if one.isDestination()]
        layers = [one.name() for one in definitions if one.type() in _SOURCES]
        numbers = [one.name() for one in definitions]
        found[algorithm.name()] = {"results": results, "layers": layers, "all": numbers}
    return found


def run(
    algorithm_id: str, parameters: dict[str, Any], fault: dict[str, Any], moment: Optional[Moment] = None
) -> dict[str, Any]:
    """Run once as the toolbox does, with a fault that comes at its share of the progress, or a cancel at a moment."""
    values = {name: [_layer(one) for one in value] if isinstance(value, list) else _layer(value)
              for name, value in parameters.items()}  # fmt: skip
    log, context = Log(), QgsProcessingContext()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"rsfusion:{algorithm_id}")
    struck: list[float] = []

    def strike(progress: float = 0.0) -> None:
        if fault and not struck and progress >= fault["at"]:
            struck.append(progress)
            _strike(fault, log)

    log.progressChanged.connect(strike)
    if fault and fault["at"] < 0:
        strike()
    accepted, message = algorithm.checkParameterValues(values, context)
    if accepted:
        if moment:
            moment.start(log)
        try:
            _, accepted = algorithm.create().run(values, context, log, {}, False)
            message = "" if accepted else "the run ended without a sentence"
        except QgsProcessingException as error:
            accepted, message = False, str(error)
        if moment:
            moment.end()
    return {"ok": accepted, "message": message, "struck": bool(struck)}


def _layer(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    layer = QgsRasterLayer(value[1:], "a layer")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
    return layer


def _strike(fault: dict[str, Any], log: Log) -> None:
    kind = fault["kind"]
    if kind == "cancel":
        log.cancel()
    elif kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "folder gone":
        Path(fault["folder"]).rename(fault["folder"] + "_gone")
    elif kind == "input cut":
        os.truncate(fault["file"], Path(fault["file"]).stat().st_size // 2)
    elif kind == "disk full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault["bytes"], resource.RLIM_INFINITY))


def overlap(question: dict[str, Any]) -> dict[str, Any]:
    """Run with a result under the name of an input, or of another result."""
    folder = Path(question["folder"])
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(question["inputs"], folder)
    before = _hashes(folder)
    told = run(question["algorithm"], question["parameters"], {})
    changed = [name for name, digest in _hashes(folder).items() if before.get(name, digest) != digest]
    return {**told, "changed": changed, "name": question["name"]}


def _hashes(folder: Path) -> dict[str, str]:
    files = [path for path in folder.iterdir() if path.is_file() and path.suffix != ".gpkg"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def cancels(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Run to the end, then cancel at shares of that time: the seconds until the run has ended, and what is wrong."""
    folder, old = Path(asked["folder"]), asked["old"]
    began = time.monotonic()
    told = run(asked["algorithm"], asked["parameters"], {})
    if not told["ok"]:
        yield told
        return
    whole = time.monotonic() - began
    names = [path.name for path in folder.iterdir()]
    yield {"seconds": whole}
    for share in asked["shares"]:
        for path in folder.iterdir():
            path.unlink()
        for name in names:
            (folder / name).write_text(old, encoding="utf-8")
        moment = Moment(share * whole)
        told = run(asked["algorithm"], asked["parameters"], {}, moment)
        if told["ok"] and moment.struck is None:
            continue  # it was faster this time
        left = {path.name for path in folder.iterdir()}
        changed = [name for name in names if name in left and (folder / name).read_text(errors="replace") != old]
        trouble = ""
        if not told["ok"]:
            changed = [] if asked["many"] else changed  # the results of the runs before a cancel stay
            trouble = f"changed: {changed}" if changed else f"left: {left}" if left != set(names) else ""
            trouble = trouble or ("" if "cancelled" in told["message"] else f"no cancel: {told['message'][:200]}")
        yield {"share": share, "trouble": trouble, **moment.took()}


class Moment:
    """Cancels a run at a moment; counts the seconds from there, and looks where the run is a second later."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.where, self.struck = seconds, "", None

    def start(self, log: Log) -> None:
        """Start the clock; called when the run begins."""

        def strike() -> None:
            self.struck = time.monotonic(), time.process_time()
            log.cancel()
            self._later = threading.Timer(1.0, look)
            self._later.start()

        def look() -> None:
            for frame in sys._current_frames().values():
                calls = [f"{Path(one.filename).stem}.{one.name}:{one.lineno}" for one in traceback.extract_stack(frame)
                         if PLUGIN in one.filename]  # fmt: skip
                self.where += f" {' > '.join(calls[-4:])};" if calls else ""

        self._timer = threading.Timer(self.seconds, strike)
        self._timer.start()

    def end(self) -> None:
        """Stop the clock."""
        self._timer.cancel()
        if self.struck is not None:
            self._later.cancel()
            now = time.monotonic(), time.process_time()
            self.struck = tuple(b - a for a, b in zip(self.struck, now))

    def took(self) -> dict[str, Any]:
        """Seconds from the cancel to the end, by the clock and of this process."""
        seconds, cpu = self.struck or (0.0, 0.0)
        return {"seconds": seconds, "cpu": cpu, "where": self.where}


def main(plugins: str, question: str) -> None:
    """{"kind": "interface"}, {"kind": "run", "algorithm", "parameters", "fault"}, {"kind": "overlaps", "runs"}, or
    {"kind": "cancels", "algorithm", "parameters", "shares", "folder", "old"}.
    """
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what QGIS prints is no answer
    application = start(Path(plugins))
    asked = json.loads(Path(question).read_text(encoding="utf-8"))
    if asked["kind"] == "interface":
        answers: Any = [interface()]
    elif asked["kind"] == "run":
        answers = [run(asked["algorithm"], asked["parameters"], asked["fault"])]
    elif asked["kind"] == "cancels":
        answers = cancels(asked)
    else:
        answers = (overlap(one) for one in asked["runs"])
    for answer in answers:
        out.write(json.dumps(answer) + "\n")
        out.flush()
    assert application
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
