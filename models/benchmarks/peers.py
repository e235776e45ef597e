"""Other programs in the benchmark, each as a child process on temporary GeoTIFFs: GDAL and Orfeo ToolBox.

Arrays as in `classical`. Pan and MS are written as Float32 with one upper-left corner and pixels of 1 and `ratio`
metres, so each program sees the phase convention of the benchmark in the georeferencing.

gdal_pansharpen   weighted Brovey with equal weights, as when nothing is chosen; cubic interpolation
gdal fitted       the same with `-w`, the weights with which the bands together resemble the low-pass pan most
OTB rcs, lmvm, bayes   BundleToPerfectSensor: ratio component substitution, local mean and variance matching,
                  Bayesian data fusion, each with its defaults
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Callable

import numpy as np

from models.benchmarks.contender import PEER, Contender
from models.rasters import read_all, write_pair
from rsfusion_qgis.core.errors import RsFusionError
from rsfusion_qgis.core.metrics.degradation import degrade

SEARCH_PATH = "/usr/bin:/bin"
"""Where the programs are looked for; they are written for the system's own Python."""

GDAL_PROGRAM = "gdal_pansharpen.py"
OTB_PROGRAM = "otbcli_BundleToPerfectSensor"
OTB_METHODS = ("rcs", "lmvm", "bayes")
TIMEOUT_S = 600.0

Command = Callable[[Path, Path, Path], "list[str]"]
"""From the paths of pan, MS and output to the words of a command line."""


def peer_contenders() -> tuple[tuple[Contender, ...], tuple[str, ...]]:
    """The peers that are installed, and a sentence for each that is not."""
    known = [Contender("gdal_pansharpen", PEER, partial(_run_peer, partial(_gdal_command, ())))]
    known += [Contender("gdal fitted", PEER, _gdal_fitted)]
    known += [
        Contender(f"OTB {name}", PEER, partial(_run_peer, partial(_otb_command, name)))
        for name in OTB_METHODS
    ]
    programs = [GDAL_PROGRAM, GDAL_PROGRAM, *[OTB_PROGRAM] * len(OTB_METHODS)]
    found = [(peer, shutil.which(program, path=SEARCH_PATH)) for peer, program in zip(known, programs)]
    skipped = {
        program: f"Left out, not installed: {program}; install it to have its columns."
        for program, (_, path) in zip(programs, found)
        if path is None
    }
    return tuple(peer for peer, path in found if path is not None), tuple(skipped.values())


def _gdal_command(weights: Sequence[float], pan: Path, ms: Path, output: Path) -> list[str]:
    chosen = [word for weight in weights for word in ("-w", f"{weight:.6f}")]
    return [GDAL_PROGRAM, "-q", "-r", "cubic", *chosen, str(pan), str(ms), str(output)]


def _gdal_fitted(ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]) -> np.ndarray:
    low_pan = degrade(pan, ratio, [float(np.mean(gains))])
    weights = np.linalg.lstsq(ms.reshape(len(ms), -1).T, low_pan.ravel(), rcond=None)[0]
    return _run_peer(partial(_gdal_command, weights), ms, pan, ratio, gains)


def _otb_command(method: str, pan: Path, ms: Path, output: Path) -> list[str]:
    places = ["-inp", str(pan), "-inxs", str(ms), "-out", str(output), "float"]
    return [OTB_PROGRAM, *places, "-mode", "default", "-method", method, "-progress", "false"]


def _run_peer(
    command: Command, ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]
) -> np.ndarray:
    """Write the pair, run the program, read what it made; the gains have no part in it."""
    with tempfile.TemporaryDirectory(prefix="rsfusion_peer_") as name:
        folder = Path(name)
        pan_path, ms_path = write_pair(folder, ms, pan, ratio)
        output = folder / "fused.tif"
        _run_child(command(pan_path, ms_path, output), folder)
        fused = read_all(output)
    if fused.shape != (len(ms), *pan.shape[1:]):
        raise RsFusionError(
            f"The program returned {fused.shape} for a pan of {pan.shape}; it cannot be compared."
        )
    return fused


def _run_child(command: list[str], folder: Path) -> None:
    program = shutil.which(command[0], path=SEARCH_PATH) or command[0]
    environment = {"PATH": SEARCH_PATH, "HOME": str(folder), "LC_ALL": "C"}
    done = subprocess.run(
        [program, *command[1:]],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["nothing on stderr"]
        raise RsFusionError(f"{command[0]} ended with {done.returncode}: {lines[-1]}")
