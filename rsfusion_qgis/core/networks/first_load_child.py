"""A program of its own: opens a network as `session` does, and runs one small tile, to see whether that can be borne.

    python first_load_child.py < QUESTION      QUESTION as `first_load` writes it

The exit code is the answer, see `first_load`. It imports nothing of the plugin.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FINE, FAILED, MEMORY, UNTRIED = 0, 20, 21, 22
_OF_MEMORY = ("alloc", "out of memory")


def limit(more: int, seconds: int) -> None:
    """Let this process take so many bytes more than it has, and compute so long, where the system can be told so."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # the second ends it without a reason
        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))
    except (ImportError, OSError, ValueError):
        return  # the parent watches it


def tile_of(tensor: Any, wanted: Any, numpy: Any) -> Any:
    """A tensor of halves in the type of the graph; axes that it fixes are as it says, others as wanted."""
    sizes = list(wanted) if wanted and len(wanted) == len(tensor.shape) else [1] * len(tensor.shape)
    shape = [size if isinstance(size, int) and size > 0 else want for size, want in zip(tensor.shape, sizes)]
    kind = {"tensor(float)": "float32", "tensor(double)": "float64"}.get(tensor.type, tensor.type[7:-1])
    return numpy.full(shape, 0.5 if kind.startswith("float") else 1).astype(kind)


def answer(told: dict[str, Any]) -> int:
    """Return the exit code."""
    beside = str(Path(__file__).parent)  # older Pythons look there for modules
    sys.path = [folder for folder in sys.path if folder != beside]
    sys.path += [folder for folder in told["folders"] if folder not in sys.path]
    try:
        import numpy as np
        import onnxruntime as runtime
    except Exception:
        return UNTRIED
    limit(told["memory"], told["seconds"])
    try:
        options = runtime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        session = runtime.InferenceSession(told["path"], options, providers=["CPUExecutionProvider"])
        feeds = {one.name: tile_of(one, told["shapes"].get(one.name), np) for one in session.get_inputs()}
        session.run(None, feeds)
    except MemoryError:
        return MEMORY
    except Exception as error:
        return MEMORY if any(word in str(error).lower() for word in _OF_MEMORY) else FAILED
    return FINE


if __name__ == "__main__":
    sys.exit(answer(json.load(sys.stdin)))
