"""Children begin in surroundings that only we fill, and end with all that they started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from rsfusion_qgis.core.basics import python_child
from rsfusion_qgis.core.basics.python_child import end_tree, surroundings


def test_a_foreign_python_gets_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a Python with torch beside QGIS on Windows, where QGIS sets PYTHONHOME for its own."""
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    own, foreign = (surroundings(str(tmp_path), ["/recipes"], foreign=other)["env"] for other in (False, True))
    assert (own["PYTHONHOME"], own["PYTHONPATH"]) == (str(tmp_path), os.pathsep.join(["/recipes", str(tmp_path)]))
    assert "PYTHONHOME" not in foreign and foreign["PYTHONPATH"] == "/recipes"


def test_the_children_of_a_child_end_with_it(tmp_path: Path) -> None:
    code = "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True); import time; time.sleep(60)"  # noqa: E501
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, **surroundings(str(tmp_path)))
    assert child.stdout is not None
    grandchild = int(child.stdout.readline())
    end_tree(child)
    child.wait(10)
    child.stdout.close()
    end = time.monotonic() + 10
    while Path(f"/proc/{grandchild}/stat").exists() and time.monotonic() < end:
        if Path(f"/proc/{grandchild}/stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.05)
    assert time.monotonic() < end
    end_tree(child)


def test_windows_ends_the_tree_by_its_own_program(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    class Child:
        pid, ended = 4711, False

        def poll(self) -> int | None:
            return 1 if self.ended else None

        def kill(self) -> None:
            self.ended = True

    def run(command: list[str], **_: Any) -> None:
        asked.append(command)

    monkeypatch.delattr(os, "killpg")
    monkeypatch.setattr(python_child.subprocess, "run", run)
    child = Child()
    end_tree(child)  # type: ignore[arg-type]
    assert asked[0][0].endswith("taskkill.exe") and asked[0][1:] == ["/T", "/F", "/PID", "4711"] and child.ended
