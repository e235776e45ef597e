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
WINDOWS = 64  # of a network that takes windows, in one run
_POKING_S = 60.0
_NOTHING = 1e-5  # a change below this share of the largest output is rounding
_GRAPH, _OUTPUT, _NAME, _BYTES = 7, 12, 1, 2


def with_outputs(model: bytes, names: list[str]) -> bytes:
    """Return the file with further outputs of its graph: protobuf joins two messages in one field."""
    outputs = b"".join(field(_OUTPUT, field(_NAME, name.encode())) for name in names)
    return model + field(_GRAPH, outputs)


def field(number: int, content: bytes) -> bytes:
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
            return {one.name: self._shape(self.told["inputs"][one.name], one.shape, side)
                    for one in self.session.get_inputs()}  # fmt: skip
        guess = [1, ANY_BANDS, side, side]
        return {one.name: [axis if isinstance(axis, int) and axis > 0 else guess[n] if len(one.shape) == 4 else 1
                           for n, axis in enumerate(one.shape)]
                for one in self.session.get_inputs()}  # fmt: skip

    def _shape(self, one: dict[str, Any], fixed: Any, side: int) -> list[int]:
        """The axes of one tensor; those that the graph fixes are as it says."""
        if not one["raster"]:
            wanted = [len(one["values"])] if len(fixed) == 1 else [1] * (len(fixed) - 1) + [len(one["values"])]
            wanted = wanted if len(fixed) else []
        else:
            window = self.told["window"]
            part = window or side // one["ratio"]
            sizes = {"N": WINDOWS if window else 1, "C": one["bands"], "H": part, "W": part, "1": 1}
            wanted = [sizes[letter] for letter in one["layout"]]
        fits = len(wanted) == len(fixed)
        return [was if fits and isinstance(was, int) and was > 0 else size
                for size, was in zip(wanted, fixed if fits else wanted)]  # fmt: skip

    def feeds(self, side: int) -> dict[str, Any]:
        """Tensors of noise from 0 to 1; the ratio of the question."""
        types = {one.name: one.type for one in self.session.get_inputs()}
        fixed = {name: one["values"] for name, one in self.told["inputs"].items() if not one["raster"]}
        made = {}
        for name, shape in self.shapes(side).items():
            values = self.draw.random(shape)
            if name in fixed:
                values = self.np.broadcast_to(self.np.resize(fixed[name], values.size).reshape(shape), shape)
            made[name] = values.astype(_NUMPY.get(types[name], "float32"))
        return made

    def run(self, feeds: dict[str, Any]) -> Any:
        """The outputs of one run."""
        return self.session.run(self.outputs, feeds)

    def layout(self, name: str) -> str:
        """How a tensor lies, as the question says, or as most do."""
        told = self.told["inputs"].get(name, {}).get("layout") or self.told["outputs"].get(name)
        return told or "NCHW"

    def plain(self, name: str, values: Any) -> Any:
        """A tensor of rows and columns as (images, channels, rows, cols); any other as it is."""
        layout = self.layout(name)
        if len(layout) != values.ndim or "H" not in layout:
            return values
        letters = [letter for letter in layout if letter != "1"]
        values = values.reshape([size for size, letter in zip(values.shape, layout) if letter != "1"])
        values = values.transpose([letters.index(letter) for letter in "NCHW" if letter in letters])
        return self.np.expand_dims(values, tuple(n for n, letter in enumerate("NCHW") if letter not in letters))

    def pixels(self, name: str, values: Any) -> int:
        """How many output pixels a tensor tells of."""
        if self.told["window"]:
            return int(values.shape[max(self.layout(name).find("N"), 0)]) if values.ndim else 1
        values = self.plain(name, values)
        return int(values.shape[0] * values.shape[2] * values.shape[3]) if values.ndim == 4 else 1


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
    out = network.run(feeds)[0]
    return {"seconds": seconds, "pixels": network.pixels(network.outputs[0], out), "tile": side, "out": list(out.shape),
            "peak": max(status_bytes("VmHWM") - before, 0)}  # fmt: skip


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
            "bands": {name: one.shape[network.layout(name).find("C")] for name, one in feeds.items()
                      if one.ndim >= 2 and len(network.layout(name)) == one.ndim},
            "counted_pixels": network.pixels(network.outputs[0], made[-1])}  # fmt: skip


def reach(network: Network) -> dict[str, Any]:
    """How far from a changed input pixel outputs change, in output pixels; "whole": as far as the largest tile."""
    if network.told["window"]:
        return {"reach": network.told["window"] // 2, "whole": False}
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
        before = _plain(network, network.run(feeds))
        rows, cols = (before[0].shape[2:] if before[0].ndim == 4 else (1, 1))
        edge = min(rows, cols) // 2 - 1
        for name, given in feeds.items():
            poked = given.copy()
            values = network.plain(name, poked)
            if values.ndim != 4:
                continue
            row, col = values.shape[2] // 2, values.shape[3] // 2
            seen = values if np.shares_memory(values, poked) else None
            if seen is None:
                continue
            seen[:, :, row, col] = 5 - 3 * seen[:, :, row, col]
            after = _plain(network, network.run({**feeds, name: poked}))
            for one, other in zip(before, after):
                if one.ndim == 4:
                    scale = one.shape[2] / values.shape[2], one.shape[3] / values.shape[3]
                    farthest = max(farthest, _farthest(np, one, other, (row, col), scale))
            if 0 < edge <= farthest:
                return farthest, True
    return farthest, False


def _plain(network: Network, made: Any) -> list[Any]:
    return [network.plain(name, one) for name, one in zip(network.outputs, made)]


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
