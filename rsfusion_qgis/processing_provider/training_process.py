"""Training in a child process: torch lives there, never inside QGIS; progress, messages and cancel pass through.

A child is a module of `models` that takes the name of a JSON file (its job) and writes lines of JSON to stdout:
{"progress": share}, {"info": text}, {"warning": text}, and at the end {"result": numbers}. On an error one sentence
stands on its stderr and its exit code is not 0.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess  # nosec B404: starts the plugin's own modules with a fixed list of arguments, no shell
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication

from ..core.basics.errors import CancelledError, InputError, RsFusionError
from ..core.basics.shipped_files import training_folders
from .feedback import FeedbackMonitor
from .settings import training_interpreter

POLL_S = 0.1
GRACE_S = 3.0
INSTALL = "python3 -m pip install torch onnx onnxruntime scipy"


def interpreter() -> str:
    """Return the Python that trains: the user's setting, else the one that QGIS runs on.

    Inside QGIS `sys.executable` may be QGIS itself, so it counts only when it is called python.

    Raises
    ------
    InputError : the setting is no file, or no Python was found.
    """
    chosen = training_interpreter()
    if chosen:
        if not Path(chosen).is_file():
            raise InputError(
                f"The Python for training is set to '{chosen}', but there is no such file; correct it in Settings > "
                "Options > Processing > Providers > rsfusion."
            )
        return chosen
    base = Path(sys.exec_prefix)
    candidates = [Path(sys.executable or ""), base / "bin" / "python3", base / "python3.exe", base / "python.exe"]
    found = next((str(path) for path in candidates if path.stem.startswith("python") and path.is_file()), "")
    found = found or shutil.which("python3") or shutil.which("python") or ""
    if not found:
        raise InputError(
            "No Python interpreter was found for training; name one that has torch in Settings > Options > "
            "Processing > Providers > rsfusion."
        )
    return found


def run_training(module: str, job: dict[str, Any], monitor: FeedbackMonitor) -> dict[str, Any]:
    """Run a recipe to its end and return its result.

    Parameters
    ----------
    module : name of the module, such as "models.pansharpening.adaptation".
    job : what the child gets as JSON.

    Raises
    ------
    RsFusionError : the child's sentence, or that torch is missing and how to install it.
    CancelledError : the user cancelled; the child and its children have ended.
    """
    python = interpreter()
    with tempfile.TemporaryDirectory(prefix="rsfusion_training_") as folder:
        file, said = Path(folder) / "job.json", Path(folder) / "stderr.txt"
        file.write_text(json.dumps(job), encoding="utf-8")
        with said.open("wb") as errors:
            child = subprocess.Popen(  # nosec B603
                [python, "-m", module, str(file)], stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL,
                env=_environment(folder), start_new_session=os.name == "posix",
            )  # fmt: skip
            try:
                result = _follow(child, monitor)
            finally:
                _end(child)
        if child.returncode == 0 and result is not None:
            return result
        raise RsFusionError(_reason(said.read_text(encoding="utf-8", errors="replace"), python, child.returncode))


def _environment(scratch: str) -> dict[str, str]:
    """The surroundings with the folders on the path in which the recipes and the engine lie.

    `scratch` : where the child's temporary files go, so that nothing is left of a child that was ended.
    """
    own = [str(folder) for folder in training_folders()]
    profile = str(Path(QgsApplication.qgisSettingsDirPath()) / "python")
    before = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    path = os.pathsep.join([*own, *before, profile])
    return {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch), "PYTHONPATH": path,
            "PYTHONUNBUFFERED": "1"}  # fmt: skip


def _follow(child: subprocess.Popen, monitor: FeedbackMonitor) -> dict[str, Any] | None:
    """Pass on what the child says until it ends; returns its result."""
    lines: queue.Queue[bytes | None] = queue.Queue()
    threading.Thread(target=_read, args=(child, lines), daemon=True).start()
    result = None
    while True:
        if monitor.is_cancelled():
            raise CancelledError("The run was cancelled; nothing was written.")
        try:
            line = lines.get(timeout=POLL_S)
        except queue.Empty:
            continue
        if line is None:
            child.wait()
            return result
        result = _pass_on(line, monitor) or result


def _read(child: subprocess.Popen, lines: queue.Queue[bytes | None]) -> None:
    for line in child.stdout or ():
        lines.put(line)
    lines.put(None)


def _pass_on(line: bytes, monitor: FeedbackMonitor) -> dict[str, Any] | None:
    """Show one message; returns the result where it is one. Any other line goes to the log."""
    try:
        message = json.loads(line)
    except ValueError:
        message = None
    if not isinstance(message, dict):
        message = {"info": line.decode("utf-8", errors="replace").rstrip()}
    if "progress" in message:
        monitor.progress(float(message["progress"]))
    for kind in ("info", "warning"):
        if kind in message:
            getattr(monitor, kind)(str(message[kind]))
    return message.get("result")


def _end(child: subprocess.Popen) -> None:
    """End the child and what it started, at once where it does not end by itself."""
    if child.poll() is None:
        _signal(child, "SIGTERM")
        try:
            child.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            _signal(child, "SIGKILL")
            child.wait()
    if child.stdout:
        child.stdout.close()


def _signal(child: subprocess.Popen, name: str) -> None:
    with suppress(ProcessLookupError):
        if os.name == "posix":
            os.killpg(child.pid, getattr(signal, name))
        else:
            child.kill()


def _reason(said: str, python: str, code: int) -> str:
    """The sentence for the user: the last line that the child wrote, or which package it lacks."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = lines[-1] if lines else f"nothing was said, exit code {code}"
    if last.startswith("ModuleNotFoundError: No module named"):
        package = last.split("'")[1].split(".")[0]
        return (
            f"The Python package {package}, which training needs, was not found by {python}; install it with the line "
            f"{INSTALL}, or name another Python in Settings > Options > Processing > Providers > rsfusion."
        )
    return f"The training stopped: {last}" if "Traceback" in said or not lines else last
