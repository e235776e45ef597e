"""The part of `attack.py` that opens mutants as the plugin does, and says what came of each.

    python attack_child.py SEED FIRST LAST FOLDER      a line of JSON for each mutant

A network is read, looked through, tried in a process of its own, opened, and run on a tile. The try is a fork here,
which does the same as the program that the plugin starts, but need not import ONNX Runtime every time.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from attack_mutants import write_mutant

from rsfusion_qgis.core.basics.errors import LONGEST, RsFusionError
from rsfusion_qgis.core.networks import devices, first_load, first_load_child
from rsfusion_qgis.core.networks.card_files import card_to_text, read_card
from rsfusion_qgis.core.networks.session import InferenceSession

MOST_BYTES = 1.5 * 2**30  # resident, of this process; the try has limits of its own
OPENS, REFUSED, FAULT = "opens", "refused", "FAULT"


def outcome(path: Path) -> tuple[str, str]:
    """What came of one file: it opens and runs, is refused in one line of ours, or something else."""
    try:
        card = read_card(path)
        card_to_text(card).encode()
        with InferenceSession(path, card, "cpu", 1) as session:
            shapes = first_load.tile_shapes(card)
            if sum(int(np.prod(shape)) for shape in shapes.values()) > 2**24:
                return OPENS, "its tile is too large to be run here"
            session.run({name: np.full(shape, 0.5, np.float32) for name, shape in shapes.items()})
    except RsFusionError as error:
        text = str(error)
        if len(text) > LONGEST or any(not letter.isprintable() and letter not in "\xa0\u3000" for letter in text):
            return FAULT, f"a message of {len(text)} characters: {text!r}"
        return REFUSED, text
    except Exception as error:
        return FAULT, f"{type(error).__name__}: {str(error)[:300]}"
    return OPENS, ""


def forked(path: Path, shapes: dict[str, tuple[int, ...]], seconds: int, memory: int) -> int | None:
    """`first_load._tried` in a fork."""
    question = {"path": str(path), "shapes": shapes, "memory": memory, "seconds": seconds, "folders": []}
    child = os.fork()
    if child == 0:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        code = first_load_child.UNTRIED
        try:
            used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
            code = first_load_child.answer({**question, "seconds": seconds + used})
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def forget_peak() -> None:
    """Let the largest memory be counted anew, without what making the mutant took."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_bytes() -> int:
    """The largest memory that this program held; that of `getrusage` would be its parent's where that had more."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def main(seed: int, first: int, last: int, folder: Path) -> None:
    """Open the mutants of these numbers."""
    devices.import_onnxruntime()
    first_load._tried = forked
    for number in range(first, last):
        place = Path(tempfile.mkdtemp(dir=folder))
        path = write_mutant(seed, number, place)
        forget_peak()
        started = time.process_time()
        what, words = outcome(path)
        taken = peak_bytes()
        if taken > MOST_BYTES:
            what, words = FAULT, f"{taken / 2**20:.0f} MiB; {words}"
        print(json.dumps({"number": number, "what": what, "words": words,
                          "seconds": round(time.process_time() - started, 3)}), flush=True)  # fmt: skip
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
