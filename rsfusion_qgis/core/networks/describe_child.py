"""A program of its own: opens a network that nobody knows, and tells what shapes it takes and how far it sees.

    python describe_child.py < QUESTION      QUESTION as `describing` writes it

Its answer lies in the file "answer" of the question, written after each step. It imports nothing of the plugin.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

SIDES = (64, 96, 32, 128, 48, 256)
STEPS = (1, 2, 4, 8, 16, 32, 64)
LARGEST_POKED = 512
_NOTHING = 1e-5
_NUMPY = {"float": "float32", "double": "float64"}


class Graph:
    """The network, and tensors for it; `told`: per input its layout, and the ratio of its pixels."""

    def __init__(self, path: str, runtime: Any, numpy: Any) -> None:
        options = runtime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        self.np, self.draw = numpy, numpy.random.default_rng(1)
        self.session = runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.inputs, self.outputs = self.session.get_inputs(), self.session.get_outputs()

    def listed(self, tensors: Any) -> list[dict[str, Any]]:
        """Name, type and axes of each; a free axis is null."""
        return [{"name": one.name, "type": one.type,
                 "shape": [size if isinstance(size, int) and size > 0 else None for size in one.shape]}
                for one in tensors]  # fmt: skip

    def feeds(self, told: dict[str, Any], side: int) -> dict[str, Any]:
        """Noise from 0 to 1 for a tile of so many output pixels."""
        made = {}
        for one in self.inputs:
            form = told[one.name]
            part = side // form["ratio"]
            sizes = {"N": 1, "C": form["channels"], "H": part, "W": part, "1": 1}
            wanted = [sizes[letter] for letter in form["layout"]] if form["layout"] else [1] * len(one.shape)
            shape = [was if isinstance(was, int) and was > 0 else size for was, size in zip(one.shape, wanted)]
            kind = one.type[7:-1]
            values = self.draw.random(shape) if form["layout"] else self.np.full(shape, 4.0)
            made[one.name] = values.astype(_NUMPY.get(kind, kind))
        return made

    def run(self, feeds: dict[str, Any]) -> Any:
        """All outputs."""
        return self.session.run(None, feeds)


def shapes(graph: Graph, told: dict[str, Any]) -> dict[str, Any]:
    """The first tile that it takes, what it gives for it, and which sides it takes beyond that."""
    reason = ""
    for side in SIDES:
        try:
            feeds = graph.feeds(told, side)
            made = graph.run(feeds)
        except Exception as error:
            reason = reason or str(error)
            continue
        for one in graph.inputs:  # the graph may have fixed another side
            layout = told[one.name]["layout"]
            if "H" in layout:
                side = feeds[one.name].shape[layout.index("H")] * told[one.name]["ratio"]
        found = {"side": side, "given": {name: list(one.shape) for name, one in feeds.items()},
                 "made": [list(one.shape) for one in made],
                 "low": [float(one.min()) if one.size else 0.0 for one in made],
                 "high": [float(one.max()) if one.size else 0.0 for one in made]}  # fmt: skip
        return {**found, "step": step_of(graph, told, side, made)}
    raise RuntimeError(reason or "no tile was taken")


def step_of(graph: Graph, told: dict[str, Any], side: int, made: Any) -> int:
    """The smallest step by which a tile may grow such that the outputs grow by as much; 0 where none is found."""
    least = 1
    for form in told.values():
        least = max(least, form["ratio"])
    for step in STEPS:
        if step % least:
            continue
        try:
            larger = graph.run(graph.feeds(told, side + step))
        except Exception:  # it takes no such tile
            larger = []
        grown = [sorted({a - b for a, b in zip(one.shape, other.shape)}) for one, other in zip(larger, made)]
        if grown and all(by in ([0, step], [0]) for by in grown) and any(by == [0, step] for by in grown):
            return step
    return 0


def reach(graph: Graph, told: dict[str, Any], side: int, outputs: list[str]) -> dict[str, Any]:
    """How far from a changed pixel outputs change, in output pixels; "whole": as far as the tile reaches."""
    np, farthest, whole = graph.np, 0, False
    while True:
        feeds = graph.feeds(told, side)
        before = graph.run(feeds)
        farthest, edge = 0, side // 2 - 2
        for one in graph.inputs:
            layout, ratio = told[one.name]["layout"], told[one.name]["ratio"]
            if "H" not in layout:
                continue
            poked = feeds[one.name].copy()
            place = [slice(None)] * poked.ndim
            row = poked.shape[layout.index("H")] // 2
            place[layout.index("H")] = place[layout.index("W")] = row
            poked[tuple(place)] = 5 - 3 * poked[tuple(place)]
            for form, first, then in zip(outputs, before, graph.run({**feeds, one.name: poked})):
                if len(form) != first.ndim or "H" not in form:
                    continue
                change = np.abs(then.astype("float64") - first)
                margin = (side - first.shape[form.index("H")]) // 2
                for letter in "HW":
                    axis = form.index(letter)
                    line = change.max(axis=tuple(n for n in range(change.ndim) if n != axis))
                    hit = np.nonzero(line > _NOTHING * max(float(np.abs(first).max()), _NOTHING))[0] + margin
                    if hit.size:
                        farthest = max(farthest, row * ratio - int(hit.min()), int(hit.max()) - (row + 1) * ratio + 1)
        whole = farthest >= edge
        if not whole or 2 * side > LARGEST_POKED:
            return {"reach": farthest, "whole": whole}
        try:
            graph.run(graph.feeds(told, 2 * side))
        except Exception:
            return {"reach": farthest, "whole": whole}
        side *= 2


def answer(told: dict[str, Any]) -> None:
    """Step by step; what goes wrong stands in "faults"."""
    beside = str(Path(__file__).parent)
    sys.path = [folder for folder in sys.path if folder != beside]
    sys.path += [folder for folder in told["folders"] if folder not in sys.path]
    import numpy as np
    import onnxruntime as runtime

    found: dict[str, Any] = {"faults": []}
    try:
        graph = Graph(told["path"], runtime, np)
        found["inputs"], found["outputs"] = graph.listed(graph.inputs), graph.listed(graph.outputs)
        _write(told["answer"], found)
        if told.get("forms"):
            found.update(shapes(graph, told["forms"]))
            _write(told["answer"], found)
            if told.get("poke"):
                found.update(reach(graph, told["forms"], found["side"], told["poke"]))
    except Exception as error:
        found["faults"].append(["describe", f"{type(error).__name__}: {error}"[:400]])
    _write(told["answer"], found)


def _write(path: str, found: dict[str, Any]) -> None:
    Path(path + ".part").write_text(json.dumps(found), encoding="utf-8")
    os.replace(path + ".part", path)  # noqa: PTH105


if __name__ == "__main__":
    answer(json.load(sys.stdin))
