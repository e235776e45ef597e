"""Training in a child process: torch lives there, never inside QGIS; progress, messages and cancel pass through.

A child is a module of `models` that takes the name of a JSON file (its job) and writes lines of JSON to stdout:
{"progress": share}, {"info": text}, {"warning": text}, and at the end {"result": numbers}. On an error one sentence
stands on its stderr and its exit code is not 0.
"""

from __future__ import annotations

import json
import queue
import shutil
import subprocess  # nosec B404: starts the plugin's own modules with a fixed list of arguments, no shell
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication

from ..core.basics.errors import CancelledError, InputError, OutputError, RsFusionError
from ..core.basics.python_child import end_tree, own_python, python_program, surroundings
from ..core.basics.shipped_files import training_folders
from .feedback import FeedbackMonitor
from .runtime import profile_packages
from .settings import PLACE, training_interpreter

POLL_S = 0.1
GRACE_S = 1.0
MOST_LINES = 500  # of what the child says on stderr, the last ones
JOB = "job.json"
INSTALL = "python3 -m pip install torch onnx onnxruntime scipy"


def interpreter() -> str:
    """Return the Python that trains: the user's setting, else the one that QGIS runs on.

    Raises
    ------
    InputError : the setting is no file, or no Python was found.
    """
    chosen = training_interpreter()
    if chosen:
        if not Path(chosen).is_file():
            raise InputError(
                f"The Python for training is set to '{chosen}', but there is no such file; correct it in "
                f"{PLACE}."
            )
        return chosen
    found = python_program()
    if not found:
        raise InputError(
            f"No Python interpreter was found for training; name one that has torch in {PLACE}."
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
    foreign = python != own_python()
    said: deque[bytes] = deque(maxlen=MOST_LINES)
    with _scratch(job) as folder:
        child = subprocess.Popen(  # nosec B603
            [python, "-m", module, str(Path(folder) / JOB)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL, **surroundings(folder, _modules(foreign), foreign),
        )  # fmt: skip
        listener = threading.Thread(target=lambda: said.extend(child.stderr or ()), daemon=True)
        listener.start()
        try:
            result = _follow(child, monitor)
        finally:
            _end(child)
            listener.join(GRACE_S)
    if child.returncode == 0 and result is not None:
        for pipe in (child.stdout, child.stderr) if not listener.is_alive() else ():
            pipe.close()
        return result
    raise RsFusionError(_reason(b"".join(said).decode("utf-8", errors="replace"), python, child.returncode))


@contextmanager
def _scratch(job: dict[str, Any]) -> Iterator[str]:
    """A folder for this training alone, with the job in it; gone afterwards."""
    try:
        folder = tempfile.mkdtemp(prefix="rsfusion_training_")
        (Path(folder) / JOB).write_text(json.dumps(job), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"The folder for temporary files cannot be written ({error}); free some space there, or set TMPDIR to "
            "another folder."
        ) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _modules(foreign: bool) -> list[str]:
    """The folders of the recipes and the engine, and of the profile's packages, which only QGIS' own Python can use."""
    if foreign:
        return [*map(str, training_folders())]
    profile = Path(QgsApplication.qgisSettingsDirPath())
    return [*map(str, training_folders()), str(profile / "python"), str(profile_packages())]


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
        end_tree(child, at_once=False)
        try:
            child.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            end_tree(child)
            child.wait()
    if child.stdout:
        child.stdout.close()


def _reason(said: str, python: str, code: int) -> str:
    """The sentence for the user: the last line that the child wrote, or which package it lacks."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = lines[-1] if lines else f"nothing was said, exit code {code}"
    if last.startswith("ModuleNotFoundError: No module named"):
        package = last.split("'")[1].split(".")[0]
        return (
            f"The Python package {package}, which training needs, was not found by {python}; install it with the line "
            f"{INSTALL}, or name another Python in {PLACE}."
        )
    return f"The training stopped: {last}" if "Traceback" in said or not lines else last
