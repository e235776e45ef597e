"""What a network costs on this computer, and how far it sees: measured in a process of its own, for any ONNX file.

Operations are counted from the graph: one run of a small tile says how large the tensors of each convolution and
product are. A multiply-add counts as two operations; additions, activations and resampling are not counted.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess  # nosec B404: starts one program of the plugin's with a fixed list of arguments, no shell
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..basics.errors import CancelledError, InputError
from ..basics.monitor import Monitor
from ..basics.process_memory import resident_bytes
from ..basics.python_child import end_tree, python_program, safe_folders, surroundings
from . import devices
from .card import ModelCard
from .first_load import ANY_BANDS, MEMORY_BYTES, SIDE_PX, TIMES_ITS_SIZE, require_bearable
from .graph_check import require_known_operators
from .graph_outline import GraphOutline, Node, outline
from .onnx_file import inspect, require_inside

PROGRAM = Path(__file__).with_name("indicators_child.py")
MOST_SECONDS = 300
MOST_MEMORY = 4 * MEMORY_BYTES
COUNT_PX = 128
_POLL_S = 0.05
_WEIGHTS_AT = {"Conv": 1, "FusedConv": 1, "ConvInteger": 1, "DeformConv": 1, "QLinearConv": 3}
_PRODUCTS = ("MatMul", "FusedMatMul", "MatMulInteger", "QLinearMatMul")
_NOT_COUNTED = ("LSTM", "GRU", "RNN", "Attention", "MultiHeadAttention", "QAttention")
_STEPS = {"costs": "time and memory", "exposed_shapes": "operations", "reach": "the receptive field"}


@dataclass(frozen=True)
class Indicators:
    """What was measured; None where it could not be.

    weights: floating-point numbers in the graph; file_bytes: size with external weights.
    flop_per_pixel: operations for one output pixel; bands: of each raster in the measured tile, by name of the input.
    seconds_per_mpx: of one million output pixels, for the network alone, with so many threads.
    peak_bytes: memory above that of the empty process, for tiles of `tile_px` pixels.
    reach_px: how far from a pixel an input changes an output pixel; at_least: no larger tile was tried.
    remarks: what could not be measured, and why.
    """

    weights: int
    file_bytes: int
    bands: dict[str, int]
    flop_per_pixel: float | None = None
    seconds_per_mpx: float | None = None
    threads: int = 1
    peak_bytes: int | None = None
    tile_px: int = 0
    reach_px: int | None = None
    at_least: bool = False
    remarks: tuple[str, ...] = ()


def measure(path: str | Path, card: ModelCard | None, monitor: Monitor, threads: int = 0) -> Indicators:
    """Measure a network.

    Parameters
    ----------
    path : the ONNX file.
    card : its card; None for a file without one, whose free axes are then guessed.
    monitor : is asked whether to stop.
    threads : on the CPU; 0 = all the cores that this process may use.

    Raises
    ------
    ModelError : the file is damaged, reaches outside its folder, or cannot be borne.
    DeviceError : ONNX Runtime is missing.
    InputError : no Python is found to measure with.
    CancelledError : the user cancelled.
    """
    path = Path(path)
    file = inspect(path)
    require_inside(path, file.external)
    require_known_operators(path.name, file.domains)
    if card is not None:
        require_bearable(path, file.external, card)
    size = sum(one.stat().st_size for one in (path, *(path.resolve().parent / name for name in file.external)))
    graph = outline(path)
    threads = devices.cpu_threads(threads)
    found = asked_child(_question(path, card, graph, threads), MOST_MEMORY + TIMES_ITS_SIZE * size, monitor)
    return _indicators(graph, size, threads, found)


def flop(graph: GraphOutline, shapes: dict[str, tuple[int, ...]]) -> int:
    """Return the operations of all convolutions and products, 2 per multiply-add.

    Parameters
    ----------
    shapes : name of a tensor -> its axes, for the tensors that `wanted` names.
    """
    return sum(_flop_of(node, shapes) for node in graph.nodes if _needs(node))


def wanted(graph: GraphOutline) -> list[str]:
    """Return the tensors whose axes the count needs and that some operator makes."""
    made = {name for node in graph.nodes for name in node.outputs}
    return sorted({name for node in graph.nodes for name in _needs(node)} & made - {""})


def _needs(node: Node) -> tuple[str, ...]:
    if node.kind in _WEIGHTS_AT:
        return node.outputs[0], node.inputs[_WEIGHTS_AT[node.kind]]
    if node.kind == "ConvTranspose":
        return node.inputs[:2]
    if node.kind in (*_PRODUCTS, "Gemm"):
        return node.outputs[0], node.inputs[0]
    return node.inputs if node.kind == "Einsum" else ()


def _flop_of(node: Node, shapes: dict[str, tuple[int, ...]]) -> int:
    if node.kind == "Einsum":
        terms = node.texts.get("equation", "").replace(" ", "").split("->")[0].split(",")
        sizes = {letter: size for term, name in zip(terms, node.inputs) for letter, size in zip(term, shapes[name])}
        return 2 * math.prod(sizes.values())
    first, second = (shapes[name] for name in _needs(node))
    if node.kind in _WEIGHTS_AT or node.kind == "ConvTranspose":
        return 2 * math.prod(first) * math.prod(second[1:])
    if node.kind == "Gemm":
        return 2 * math.prod(first) * second[0 if node.integers.get("transA") else 1]
    return 2 * math.prod(first) * second[-1]


def _question(path: Path, card: ModelCard | None, graph: GraphOutline, threads: int) -> dict[str, Any]:
    runtime = Path(str(devices.import_onnxruntime().__file__)).resolve().parents[1]
    inputs: dict[str, Any] = {}
    step = 1
    if card is not None:
        low, high = card.ratio_range
        step = math.lcm(card.multiple_of, *(spec.ratio for spec in card.inputs))
        inputs = _fed(card, min(max(4.0, low), high))
    outputs = {spec.name: spec.tensor.layout for spec in card.outputs} if card is not None else {}
    return {"path": str(path.resolve()), "inputs": inputs, "step": step, "side": SIDE_PX, "count_side": COUNT_PX,
            "window": card.window if card is not None else 0, "outputs": outputs,
            "expose": wanted(graph), "threads": threads,
            "folders": [str(runtime), *safe_folders(sys.path)]}  # fmt: skip


def _fed(card: ModelCard, ratio: float) -> dict[str, Any]:
    """How each tensor of the graph is made."""
    made: dict[str, Any] = {}
    for spec in card.inputs:
        numbers = list(spec.value) or [ratio] * (2 if spec.date_form == "sin_cos" and spec.date_of else 1)
        count = spec.channels or ANY_BANDS if spec.is_raster else len(numbers)
        one = made.setdefault(spec.graph_name, {"raster": False, "bands": 0, "ratio": 1, "layout": "", "values": []})
        one["bands"] += count
        if spec.is_raster:
            one.update(raster=True, ratio=spec.ratio, layout=spec.tensor.layout)
        else:
            one["values"] += numbers
    return made


def asked_child(
    question: dict[str, Any], memory: int, monitor: Monitor, program: Path = PROGRAM
) -> dict[str, Any]:
    """Return a child's answer, as far as it got; `peak` is what was seen from outside, `ended` why it was ended."""
    python = python_program()
    if not python:
        raise InputError("No Python program is found to measure the network with; install Python 3 beside QGIS.")
    folder = Path(tempfile.mkdtemp(prefix="rsfusion_indicators_"))
    try:
        asked, told = folder / "question.json", folder / "answer.json"
        asked.write_text(json.dumps({**question, "answer": str(told)}), encoding="utf-8")
        with asked.open("rb") as stdin:
            child = subprocess.Popen(  # nosec B603
                [python, str(program)], stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                **surroundings(str(folder)),
            )  # fmt: skip
        ended, peak = _watched(child, memory, monitor)
        found = json.loads(told.read_text(encoding="utf-8")) if told.is_file() else {"faults": []}
        return {**found, "ended": ended, "peak": peak}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _watched(child: subprocess.Popen[bytes], memory: int, monitor: Monitor) -> tuple[str, int]:
    """Wait for the child; return ("" or why it was ended, the most memory it was seen to hold)."""
    end, peak = time.monotonic() + MOST_SECONDS, 0
    try:
        while child.poll() is None:
            time.sleep(_POLL_S)
            if monitor.is_cancelled():
                raise CancelledError
            peak = max(peak, resident_bytes(child))
            if peak > memory:
                return f"it took more than {memory / 2**30:.1f} GiB", peak
            if time.monotonic() > end:
                return f"it took more than {MOST_SECONDS} s", peak
        return ("" if child.returncode == 0 else "the process that measures ended early"), peak
    finally:
        if child.poll() is None:
            end_tree(child)
            child.wait()


def _indicators(graph: GraphOutline, size: int, threads: int, found: dict[str, Any]) -> Indicators:
    cost, counted, reach = (found.get(step, {}) for step in _STEPS)
    told = dict(found["faults"])
    remarks = [f"Not measured: {_STEPS[step]} ({told.get(step) or found['ended'] or 'unknown'})."
               for step in _STEPS if step not in found]  # fmt: skip
    per_pixel = None
    if counted:
        shapes = {name: tuple(shape) for name, shape in {**counted["inputs"], **counted["shapes"]}.items()}
        per_pixel = flop(graph, {**graph.shapes, **shapes}) / counted["counted_pixels"]
    left_out = sorted({node.kind for node in graph.nodes if node.kind in _NOT_COUNTED or node.has_graphs})
    if left_out:
        remarks.append(f"Operations within {', '.join(left_out)} are not counted.")
    return Indicators(
        graph.weights, size,
        counted.get("bands", {}),
        per_pixel, cost["seconds"] / cost["pixels"] * 1e6 if cost else None, threads,
        (cost["peak"] or found["peak"]) if cost else None, cost.get("tile", 0),
        reach.get("reach"), bool(reach.get("whole")), tuple(remarks),
    )  # fmt: skip
