"""The network of the zoo adapted to each pair before it fuses, as `rsfusion:adaptpansharpening` does, in two ways.

To the pair that is fused: at reduced resolution the adaptation sees the reduced pair alone, which it reduces once more;
the reference stays unseen, and what is learned must hold one scale finer.
To the other half: the pair as delivered is cut in two across its longer side, the network is adapted to each half, and
fuses the reduced pair; of the result only the half that it did not learn from counts. That is how networks that are
trained for one sensor are measured, on unseen ground of that sensor at the scale at which they learned; here the sensor
is the pair's own.

A pair too small for either gets the network back as it is. Arrays as in `classical`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from models.pansharpening.benchmark.contender import FULL, OURS, REDUCED, Contender
from models.pansharpening.benchmark.ours import fuse_files, options_for
from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.pair_files import write_pair
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.tasks.pansharpening.options import NetworkOptions

SEED = 1


def adapted_contender(model: Path, minutes: float) -> Contender:
    """Adapted to what it fuses; its name says how long. It takes part in the tests of pairs as they come."""
    return _contender(model, "adapted", minutes, _fuse, (REDUCED, FULL))


def other_half_contender(model: Path, minutes: float) -> Contender:
    """Adapted, so long each, to the two halves of the pair as delivered, measured on the other one."""
    return _contender(model, "adapted to the other half", minutes, _fuse_halves, (REDUCED,))


def _contender(
    model: Path, how: str, minutes: float, fuse: Callable[..., np.ndarray], tests: tuple[str, ...]
) -> Contender:
    card = read_card(model)
    return Contender(
        f"{card.name} {how}, {minutes:g} min", OURS,
        lambda pair, test: partial(fuse, model, minutes, pair, options_for(pair, test)), tests, card,
    )  # fmt: skip


def halves(pair: Pair) -> tuple[tuple[Pair, Pair], int, int]:
    """Both halves of a pair without its reference, the axis that is cut, and where, in MS pixels.

    Each side of the cut has whole pixels of the pair once reduced.
    """
    axis = 1 if pair.ms.shape[1] >= pair.ms.shape[2] else 2
    at = pair.ms.shape[axis] // 2 // pair.ratio * pair.ratio
    parts = zip(np.split(pair.ms, [at], axis), np.split(pair.pan, [at * pair.ratio], axis))
    first, second = (replace(pair, ms=ms, pan=pan, reference=None) for ms, pan in parts)
    return (first, second), axis, at


def _fuse(
    model: Path, minutes: float, pair: Pair, options: NetworkOptions, ms: np.ndarray, pan: np.ndarray, ratio: int,
    gains: Sequence[float],
) -> np.ndarray:  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="rsfusion_adapted_") as name:
        files = write_pair(Path(name), ms, pan, ratio)
        return fuse_files(_tuned(model, minutes, options, files), *files, Path(name) / "fused.tif", options)


def _fuse_halves(
    model: Path, minutes: float, pair: Pair, options: NetworkOptions, ms: np.ndarray, pan: np.ndarray, ratio: int,
    gains: Sequence[float],
) -> np.ndarray:  # fmt: skip
    """Every half of the reduced pair by the network that learned from the other one."""
    (first, second), axis, at = halves(pair)
    cut, sides = at if pair.reference is None else at * ratio, []  # on the pixels of what is fused
    for taught, kept in ((second, 0), (first, 1)):
        with tempfile.TemporaryDirectory(prefix="rsfusion_half_") as name:
            learned = write_pair(_new(name, "half"), taught.ms, taught.pan, ratio)
            files = write_pair(_new(name, "reduced"), ms, pan, ratio)
            tuned = _tuned(model, minutes, options, learned)
            fused = fuse_files(tuned, *files, Path(name) / "fused.tif", options)
        sides.append(np.split(fused, [cut], axis)[kept])
    return np.concatenate(sides, axis)


def _new(folder: str, name: str) -> Path:
    made = Path(folder) / name
    made.mkdir()
    return made


def _tuned(model: Path, minutes: float, options: NetworkOptions, files: tuple[Path, Path]) -> Path:
    """Adapt to files (pan, ms), in a child process; the network lies beside them."""
    folder = files[0].parent
    job = {
        "pan": str(files[0]), "ms": str(files[1]), "model": str(model), "output": str(folder / "adapted.onnx"),
        "name": "adapted", "sensor": options.sensor, "gains": list(options.gains), "pan_gain": options.pan_gain,
        "minutes": minutes, "seed": SEED, "threads": 0,
    }  # fmt: skip
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    command = [sys.executable, "-m", "models.pansharpening.adaptation", str(folder / "job.json")]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RsFusionError(done.stderr.strip().splitlines()[-1])
    return Path(job["output"])
