"""Before a network is opened here for the first time: does it open, and run one small tile, in bounded time and memory?

A network of one kilobyte can ask for any number of gigabytes, and keep ONNX Runtime at work for hours, already while
it is opened: nothing can stop it then. So an unknown one is opened in a child process first, which can be ended. What
has passed is known by the hash of its files from then on; the networks that the plugin brings are known by theirs.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import math
import os
import shutil
import signal
import subprocess  # nosec B404: starts one program of the plugin's with a fixed list of arguments, no shell
import sys
import tempfile
import time
from pathlib import Path

from ..basics.errors import ModelError
from ..basics.process_memory import resident_bytes
from ..basics.python_child import end_tree, python_program, safe_folders, surroundings
from ..basics.shipped_files import shipped_networks
from . import devices
from .card import ModelCard
from .card_fields import InputSpec
from .first_load_child import FAILED, FINE, MEMORY, UNTRIED
from .onnx_file import file_sha256

CPU_SECONDS, BYTES_PER_SECOND = 20, 20 * 2**20
"""A network may compute so long, and a second more for so many bytes of its files."""
PATIENCE = 4
"""So many times longer it may take by the clock, since other programs may keep the processor busy."""
MEMORY_BYTES, TIMES_ITS_SIZE = 2**30, 3
"""It may take so much memory, and so many times what its files hold."""
SIDE_PX = 64
ANY_BANDS = 4  # of a tile for an input that takes any number
MOST_KNOWN = 1000
PROGRAM = Path(__file__).with_name("first_load_child.py")
_POLL_S = 0.02
_NEVER_BEGAN = (1, 2)  # exit codes of a Python that cannot start here
_RULES = "2"  # a new one, when the limits or the tile change, has all networks tried again

_known: set[str] = set()
_file: Path | None = None


def remember_in(folder: Path) -> None:
    """Keep what has passed in a file of that folder, so that the next process knows it as well."""
    global _file
    _file = folder / "known_networks.txt"
    with contextlib.suppress(OSError):
        _known.update(_file.read_text(encoding="ascii", errors="replace").split())


def require_bearable(path: Path, external: tuple[str, ...], card: ModelCard) -> None:
    """Refuse a network whose opening, or first tile, does not end in time or takes too much memory.

    One that fails for another reason passes: opening it here gives the sentence about that. So does one that cannot be
    tried, as where no Python but QGIS itself is found.

    Raises
    ------
    ModelError
        It took too long, too much memory, or the process with it.
    """
    files = [path, *(path.resolve().parent / one for one in external)]
    if not external and file_sha256(path) in _shipped():
        return
    shapes = tile_shapes(card)
    key = _key(files, shapes)
    if key in _known:
        return
    size = sum(file.stat().st_size for file in files)
    seconds, memory = CPU_SECONDS + size // BYTES_PER_SECOND, MEMORY_BYTES + TIMES_ITS_SIZE * size
    code = _tried(path, shapes, seconds, memory)
    if code == FINE:
        _remember(key)
    elif code not in (FAILED, UNTRIED, *_NEVER_BEGAN):
        raise ModelError(f"The model '{path.name}' {_fault(code, seconds, memory)}; choose another network.")


def tile_shapes(card: ModelCard) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor of the graph for a tile as small as it takes; the child puts in what the graph fixes."""
    step = math.lcm(card.multiple_of, *(spec.ratio for spec in card.inputs))
    side = card.window or -(-SIDE_PX // step) * step
    shapes: dict[str, tuple[int, ...]] = {}
    groups: dict[str, list[InputSpec]] = {}
    for spec in card.inputs:
        groups.setdefault(spec.graph_name, []).append(spec)
    for name, group in groups.items():
        rasters = [spec for spec in group if spec.is_raster]
        numbers = sum(len(spec.value) or 1 for spec in group if not spec.is_raster)
        channels = sum(spec.channels or ANY_BANDS for spec in rasters) + numbers
        first = rasters[0] if rasters else None
        part = side // first.ratio if first else 1
        shapes[name] = first.tensor.sizes(1, channels, part, part) if first else (numbers,)
    return shapes


def _fault(code: int | None, seconds: int, memory: int) -> str:
    if code in (None, -getattr(signal, "SIGXCPU", 0)):
        return f"was not through with a first small tile after {seconds} s, but a network is expected to be"
    if code == MEMORY:
        most = f"{memory / 2**30:.1f} GiB"
        return f"takes more than {most} for a first small tile, but a network is expected to take less"
    return "made ONNX Runtime crash when it was tried in a process of its own, but it is expected to run"


def _tried(path: Path, shapes: dict[str, tuple[int, ...]], seconds: int, memory: int) -> int | None:
    """Return the exit code of the child, MEMORY or None (time) where it had to be ended."""
    python = python_program()
    if not python:
        return UNTRIED
    runtime = Path(str(devices.import_onnxruntime().__file__)).resolve().parents[1]
    question = {"path": str(path.resolve()), "shapes": shapes, "memory": memory, "seconds": seconds,
                "folders": [str(runtime), *safe_folders(sys.path)]}  # fmt: skip
    try:
        folder = tempfile.mkdtemp(prefix="rsfusion_first_load_")
    except OSError:
        return UNTRIED
    try:
        asked = Path(folder) / "question.json"
        asked.write_text(json.dumps(question), encoding="utf-8")
        with asked.open("rb") as stdin:
            child = subprocess.Popen(  # nosec B603
                [python, str(PROGRAM)], stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                **surroundings(folder),
            )  # fmt: skip
        return _watched(child, seconds, memory)
    except OSError:
        return UNTRIED
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _watched(child: subprocess.Popen[bytes], seconds: int, memory: int) -> int | None:
    end, first = time.monotonic() + PATIENCE * seconds, 0
    try:
        while True:
            try:
                return child.wait(_POLL_S)
            except subprocess.TimeoutExpired:
                taken = resident_bytes(child)
            first = first or taken
            if taken - first > memory:
                return MEMORY
            if time.monotonic() > end:
                return None
    finally:
        if child.poll() is None:
            end_tree(child)
            child.wait()


@functools.lru_cache(maxsize=1)
def _shipped() -> frozenset[str]:
    """SHA-256 of the networks that the plugin brings, as the cards beside them say; so a changed one is unknown."""
    from .card_files import read_card_file

    cards = (path.with_suffix(".json") for path in shipped_networks())
    return frozenset(read_card_file(card).sha256 for card in cards if card.is_file()) - {""}


def _key(files: list[Path], shapes: dict[str, tuple[int, ...]]) -> str:
    """What was tried: the files, the tile, ONNX Runtime's version."""
    version = devices.import_onnxruntime().__version__
    told = [_RULES, version, sorted(shapes.items()), [file_sha256(file) for file in files]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _remember(key: str) -> None:
    _known.add(key)
    if _file is None:
        return
    with contextlib.suppress(OSError):  # it is tried again next time
        _file.parent.mkdir(parents=True, exist_ok=True)
        lines = _file.read_text(encoding="ascii").split() if _file.is_file() else []
        unfinished = _file.with_name(f"{_file.name}.{os.getpid()}")
        unfinished.write_text("\n".join([*lines[-MOST_KNOWN:], key]) + "\n", encoding="ascii")
        unfinished.replace(_file)
