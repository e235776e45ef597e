"""Runs qgis_process as a child, in the environment that `make profile` prepares.

finished = run_algorithm("rsfusion:pansharpen", PAN=pan, MS=ms, MODEL=network, OUTPUT=output)
assert finished.code == 0, finished.text
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
QGIS_PROCESS = ROOT / ".ci" / "qgis_process"
TIMEOUT_S = 180
# What Qt and PyQt say about themselves on every start.
NOISE = ("setapi() is deprecated", "XDG_RUNTIME_DIR", "Application path not initialized")


@dataclass(frozen=True)
class Finished:
    """How a child ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Everything it wrote, for messages of failed assertions."""
        return f"exit code {self.code}\n{self.out}\n{self.err}"

    @property
    def error_lines(self) -> list[str]:
        """The lines of stderr that are about the run."""
        lines = (line.strip() for line in self.err.splitlines())
        return [line for line in lines if line and not any(noise in line for noise in NOISE)]


def run(*arguments: str, timeout: float = TIMEOUT_S, **environment: str) -> Finished:
    """Run qgis_process with these arguments and wait for it."""
    with start(*arguments, **environment) as child:
        try:
            out, err = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
    return Finished(child.returncode, out, err)


def run_algorithm(algorithm: str, as_json: bool = False, **parameters: Any) -> Finished:
    """Run one algorithm, or a .model3 file, with these parameters."""
    return run(*command(algorithm, as_json, **parameters))


def command(algorithm: str, as_json: bool = False, **parameters: Any) -> list[str]:
    """Return the arguments of qgis_process for one run; a list is given value by value."""
    given = ((name, value if isinstance(value, list) else [value]) for name, value in parameters.items())
    values = [f"{name}={one}" for name, several in given for one in several]
    return [*(["--json"] if as_json else []), "run", str(algorithm), "--", *values]


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start qgis_process; a signal sent to the returned process reaches it, since the script ends in exec."""
    prepare()
    return subprocess.Popen(
        [QGIS_PROCESS, *arguments],
        env={**os.environ, "RSFUSION_PREPARED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@lru_cache(maxsize=1)
def prepare() -> None:
    """Bring plugin and profile up to date, once per test run."""
    subprocess.run(
        ["make", "--silent", "--no-print-directory", "profile"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
