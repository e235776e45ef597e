"""A program of its own: measures what a network costs here, and how far it sees.

    python indicators_child.py < QUESTION      QUESTION as `indicators` writes it

It writes what it has found into the file "answer" of the question after each step, so that a parent who loses patience
has what was found until then. It imports nothing of the plugin. Tensors are (1, bands, rows, cols).
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

LARGEST_PX = 512
ANY_BANDS = 4
_LONG_S = 1.0  # a run that takes so long is not tried with a larger tile
_RUNS, _TRIALS = 3, 3
_POKING_S = 60.0
_NOTHING = 1e-5  # a change below this share of the largest output is rounding
_GRAPH, _OUTPUT, _NAME, _BYTES = 7, 12, 1, 2


def with_outputs(model: bytes, names: list[str]) -> bytes:
    """Return the file with further outputs of its graph: protobuf joins two messages in one field."""
    outputs = b"".join(_field(_OUTPUT, _field(_NAME, name.encode())) for name in names)
    return model + _field(_GRAPH, outputs)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])


def status_bytes(line: str) -> int:
    """Return a value of this process's status in Linux, such as VmHWM (the most memory so far); 0 elsewhere."""
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii")
        return next(int(row.split()[1]) * 1024 for row in text.splitlines() if row.startswith(line))
    except (OSError, StopIteration, ValueError, UnicodeDecodeError):
        return 0


class Network:
    """The network of the question, and tensors for it."""

    def __init__(self, told: dict[str, Any], runtime: Any, numpy: Any) -> None:
        self.told, self.runtime, self.np = told, runtime, numpy
        self.draw = numpy.random.default_rng(1)
        self.session = self.open(told["path"], plain=False)
        self.outputs = [one.name for one in self.session.get_outputs()]

    def open(self, model: Any, plain: bool) -> Any:
        """Open a file, or its bytes; `plain`: operator by operator as the file has them."""
        options = self.runtime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads, options.inter_op_num_threads = self.told["threads"], 1
        options.enable_mem_pattern = False
        folder = str(Path(self.told["path"]).parent)
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", folder)
        if plain:
            options.graph_optimization_level = self.runtime.GraphOptimizationLevel.ORT_DISABLE_ALL
        return self.runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def shapes(self, side: int) -> dict[str, list[int]]:
        """The axes of each input for a tile of so many pixels; for a file without a card, as far as it can be told."""
        step = self.told["step"]
        side = -(-side // step) * step
        if self.told["inputs"]:
            return {name: [1, one["bands"], side // one["ratio"], side // one["ratio"]] if one["raster"] else [1]
                    for name, one in self.told["inputs"].items()}  # fmt: skip
        guess = [1, ANY_BANDS, side, side]
        return {one.name: [axis if isinstance(axis, int) and axis > 0 else guess[n] if len(one.shape) == 4 else 1
                           for n, axis in enumerate(one.shape)]
                for one in self.session.get_inputs()}  # fmt: skip

    def feeds(self, side: int) -> dict[str, Any]:
        """Tensors of noise from 0 to 1; the ratio of the question."""
        types = {one.name: one.type for one in self.session.get_inputs()}
        fixed = {name: one["value"] for name, one in self.told["inputs"].items() if not one["raster"]}
        made = {}
        for name, shape in self.shapes(side).items():
            values = self.draw.random(shape) if name not in fixed else self.np.full(shape, fixed[name])
            made[name] = values.astype(_NUMPY.get(types[name], "float32"))
        return made

    def run(self, feeds: dict[str, Any]) -> Any:
        """The outputs of one run."""
        return self.session.run(self.outputs, feeds)


_NUMPY = {"tensor(float)": "float32", "tensor(double)": "float64", "tensor(float16)": "float16",
          "tensor(uint8)": "uint8", "tensor(int32)": "int32", "tensor(int64)": "int64"}  # fmt: skip


def costs(network: Network) -> dict[str, Any]:
    """Seconds of one run, the pixels that it made, and the most memory, for the largest tile that takes no second."""
    side, before = network.told["side"], network.told["resident"]
    while True:
        feeds = network.feeds(side)
        first = _seconds(network, feeds)
        grows = network.shapes(side) != network.shapes(2 * side)
        if 4 * first > _LONG_S or 2 * side > LARGEST_PX or not grows:
            break
        side *= 2
    seconds = sorted(_seconds(network, feeds) for _ in range(_RUNS))[_RUNS // 2]
    out = network.run(feeds)[0].shape
    return {"seconds": seconds, "pixels": _pixels(out), "tile": side, "out": list(out),
            "peak": max(status_bytes("VmHWM") - before, 0)}  # fmt: skip


def _pixels(shape: tuple[int, ...]) -> int:
    return int(shape[2] * shape[3]) if len(shape) == 4 else 1


def _seconds(network: Network, feeds: dict[str, Any]) -> float:
    start = time.perf_counter()
    network.run(feeds)
    return time.perf_counter() - start


def exposed_shapes(network: Network) -> dict[str, Any]:
    """The axes of the tensors that the question names, from one run with all of them as outputs."""
    names, side = network.told["expose"], network.told["count_side"]
    feeds = network.feeds(side)
    model = Path(network.told["path"]).read_bytes()
    session = network.open(with_outputs(model, [name for name in names if name not in network.outputs]), plain=True)
    made = session.run([*names, network.outputs[0]], feeds)
    return {"shapes": {name: list(one.shape) for name, one in zip(names, made)},
            "inputs": {name: list(one.shape) for name, one in feeds.items()},
            "counted_pixels": _pixels(made[-1].shape)}  # fmt: skip


def reach(network: Network) -> dict[str, Any]:
    """How far from a changed input pixel outputs change, in output pixels; "whole": as far as the largest tile."""
    side, end = network.told["side"], time.monotonic() + _POKING_S
    while True:
        found, at_edge = _reach_in_tile(network, side, end)
        larger = 2 * side <= LARGEST_PX and network.shapes(side) != network.shapes(2 * side)
        if not at_edge or not larger or time.monotonic() > end:
            return {"reach": found, "whole": at_edge}
        side *= 2


def _reach_in_tile(network: Network, side: int, end: float) -> tuple[int, bool]:
    """Return (farthest change in output pixels from the centre of one tile, whether its edge was reached)."""
    np, farthest = network.np, 0
    for trial in range(_TRIALS):
        if trial and time.monotonic() > end:
            break
        feeds = network.feeds(side)
        before = network.run(feeds)
        rows, cols = (before[0].shape[2:] if before[0].ndim == 4 else (1, 1))
        edge = min(rows, cols) // 2 - 1
        for name, values in feeds.items():
            if values.ndim != 4:
                continue
            poked = values.copy()
            row, col = values.shape[2] // 2, values.shape[3] // 2
            poked[:, :, row, col] = 5 - 3 * poked[:, :, row, col]
            after = network.run({**feeds, name: poked})
            for one, other in zip(before, after):
                if one.ndim == 4:
                    scale = one.shape[2] / values.shape[2], one.shape[3] / values.shape[3]
                    farthest = max(farthest, _farthest(np, one, other, (row, col), scale))
            if 0 < edge <= farthest:
                return farthest, True
    return farthest, False


def _farthest(np: Any, before: Any, after: Any, at: tuple[int, int], scale: tuple[float, float]) -> int:
    """The largest distance in rows or cols of a changed pixel from the pixels that lie in the poked one."""
    change = np.abs(after.astype("float64") - before).max(axis=(0, 1))
    largest = float(np.abs(before).max())
    changed = np.nonzero(change > _NOTHING * max(largest, _NOTHING))
    most = 0
    for places, index, times in zip(changed, at, scale):
        first, last = int(index * times), max(int((index + 1) * times) - 1, int(index * times))
        if places.size:
            most = max(most, first - int(places.min()), int(places.max()) - last)
    return most


def answer(told: dict[str, Any]) -> None:
    """Measure step by step."""
    beside = str(Path(__file__).parent)  # older Pythons look there for modules
    sys.path = [folder for folder in sys.path if folder != beside]
    sys.path += [folder for folder in told["folders"] if folder not in sys.path]
    import numpy as np
    import onnxruntime as runtime

    found: dict[str, Any] = {"faults": []}
    told["resident"] = status_bytes("VmRSS")
    network = None
    for step in (costs, exposed_shapes, reach):
        try:
            network = network or Network(told, runtime, np)
            found[step.__name__] = step(network)
        except Exception as error:  # the parent says which step has no answer, and why
            found["faults"].append([step.__name__, f"{type(error).__name__}: {error}"[:400]])
        _write(told["answer"], found)
    found["done"] = True
    _write(told["answer"], found)


def _write(path: str, found: dict[str, Any]) -> None:
    unfinished = path + ".part"
    Path(unfinished).write_text(json.dumps(found), encoding="utf-8")
    os.replace(unfinished, path)  # noqa: PTH105


if __name__ == "__main__":
    answer(json.load(sys.stdin))
