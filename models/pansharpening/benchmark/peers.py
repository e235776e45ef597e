"""Other programs in the benchmark, each as a child process on temporary GeoTIFFs: GDAL and Orfeo ToolBox.

Arrays as in `classical`. Pan and MS are written as Float32 with one upper-left corner and pixels of 1 and `ratio`
metres, so each program sees the phase convention of the benchmark in the georeferencing.

gdal_pansharpen   weighted Brovey with equal weights, as when nothing is chosen; cubic interpolation
gdal fitted       the same with `-w`, the weights with which the bands together resemble the low-pass pan most
OTB rcs, lmvm, bayes   BundleToPerfectSensor: ratio component substitution, local mean and variance matching,
                  Bayesian data fusion, each with its defaults

`python -m models.pansharpening.benchmark.peers PAN MS OUTPUT` is gdal fitted from file to file, as one process to be
measured.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Callable

import numpy as np

from models.common.rasters import read_all
from models.pansharpening.benchmark.contender import PEER, Contender, always
from models.pansharpening.pair_files import write_pair
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.sensors.catalogue import GENERIC, band_gains

SEARCH_PATH = "/usr/bin:/bin"
"""Where the programs are looked for; they are written for the system's own Python."""

GDAL_PROGRAM = "gdal_pansharpen.py"
OTB_PROGRAM = "otbcli_BundleToPerfectSensor"
OTB_METHODS = ("rcs", "lmvm", "bayes")
GDAL_PLAIN, GDAL_FITTED, OTB = "gdal_pansharpen", "gdal fitted", "OTB {}"
"""Names in the tables."""

TIMEOUT_S = 600.0

Command = Callable[[Path, Path, Path], "list[str]"]
"""From the paths of pan, MS and output to the words of a command line."""


def peer_contenders() -> tuple[tuple[Contender, ...], tuple[str, ...]]:
    """The peers that are installed, and a sentence for each that is not."""
    known = [Contender(GDAL_PLAIN, PEER, always(partial(_run_peer, partial(_gdal_command, ()))))]
    known += [Contender(GDAL_FITTED, PEER, always(_gdal_fitted))]
    known += [
        Contender(OTB.format(name), PEER, always(partial(_run_peer, partial(_otb_command, name, "float"))))
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


def uint16_commands() -> dict[str, Command]:
    """Of every peer that is installed, by its name: the command line from file to file, whole with its environment.

    Results are UInt16, as `gdal_pansharpen.py` writes them where pan and MS are.
    """
    commands: dict[str, Command] = {GDAL_PLAIN: partial(_in_own_environment, partial(_gdal_command, ()))}
    commands[GDAL_FITTED] = _fitted_command
    for name in OTB_METHODS:
        commands[OTB.format(name)] = partial(_in_own_environment, partial(_otb_command, name, "uint16"))
    return {peer.name: commands[peer.name] for peer in peer_contenders()[0]}


def _in_own_environment(command: Command, pan: Path, ms: Path, output: Path) -> list[str]:
    words = [f"{name}={value}" for name, value in _environment(output.parent).items()]
    return ["/usr/bin/env", "-i", *words, *command(pan, ms, output)]


def _fitted_command(pan: Path, ms: Path, output: Path) -> list[str]:
    return [sys.executable, "-m", "models.pansharpening.benchmark.peers", str(pan), str(ms), str(output)]


def _gdal_command(weights: Sequence[float], pan: Path, ms: Path, output: Path) -> list[str]:
    chosen = [word for weight in weights for word in ("-w", f"{weight:.6f}")]
    return [GDAL_PROGRAM, "-q", "-r", "cubic", *chosen, str(pan), str(ms), str(output)]


def _gdal_fitted(ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]) -> np.ndarray:
    return _run_peer(partial(_gdal_command, _fitted_weights(ms, pan, ratio, gains)), ms, pan, ratio, gains)


def _fitted_weights(ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]) -> np.ndarray:
    """`(bands,)`: with these the bands together resemble the low-pass pan most."""
    low_pan = degrade(pan, ratio, [float(np.mean(gains))])
    return np.linalg.lstsq(ms.reshape(len(ms), -1).T, low_pan.ravel(), rcond=None)[0]


def _otb_command(method: str, data_type: str, pan: Path, ms: Path, output: Path) -> list[str]:
    places = ["-inp", str(pan), "-inxs", str(ms), "-out", str(output), data_type]
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


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": SEARCH_PATH, "HOME": str(folder), "LC_ALL": "C"}


def _run_child(command: list[str], folder: Path) -> None:
    program = shutil.which(command[0], path=SEARCH_PATH) or command[0]
    done = subprocess.run(
        [program, *command[1:]],
        env=_environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["nothing on stderr"]
        raise RsFusionError(f"{command[0]} ended with {done.returncode}: {lines[-1]}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the weights on a pair of files and run `gdal_pansharpen.py`; 0, or 1 with one sentence on stderr."""
    pan_path, ms_path, output = map(Path, sys.argv[1:] if arguments is None else arguments)
    pan, ms = read_all(pan_path), read_all(ms_path)
    weights = _fitted_weights(ms, pan, pan.shape[1] // ms.shape[1], band_gains(GENERIC, (), len(ms)))
    try:
        _run_child(_gdal_command(weights, pan_path, ms_path, output), output.parent)
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
