"""How fast this CPU convolves at best: 3 x 3 convolutions between many channels, in ONNX Runtime.

What a network reaches is told as a share of this. Operations are counted as on the cards: 2 per multiply-add, at the
edges like everywhere.
"""

from __future__ import annotations

import time

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.networks.devices import cpu_threads, import_onnxruntime

SHAPES = ((32, 64), (64, 64), (64, 256), (128, 128))
"""(channels, side in pixels): which is the fastest depends on caches and on the number of threads."""
LAYERS = 4
SECONDS_PER_SHAPE = 0.5


def convolution_peak(threads: int = 0, seconds_per_shape: float = SECONDS_PER_SHAPE) -> float:
    """The fastest run of the fastest of `SHAPES`, GFLOP/s.

    Parameters
    ----------
    threads
        As `Job.threads`: 0 = all the cores that this process may use.
    seconds_per_shape
        How long each shape is run again and again.

    Raises
    ------
    DeviceError
        ONNX Runtime cannot be imported.
    """
    return max(
        flop(channels, side) / _shortest_run(channels, side, threads, seconds_per_shape) / 1e9
        for channels, side in SHAPES
    )


def flop(channels: int, side: int) -> int:
    """Floating-point operations of one run."""
    return LAYERS * 2 * 3 * 3 * channels**2 * side**2


def _shortest_run(channels: int, side: int, threads: int, seconds: float) -> float:
    """Seconds of the shortest run; the first, which sets the memory up, does not count."""
    runtime = import_onnxruntime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = cpu_threads(threads), 1
    model = build(channels, side).SerializeToString()
    session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    feeds = {"x0": np.random.default_rng(1).normal(size=(1, channels, side, side)).astype(np.float32)}
    session.run(None, feeds)
    shortest, end = np.inf, time.perf_counter() + seconds
    while shortest == np.inf or time.perf_counter() < end:
        started = time.perf_counter()
        session.run(None, feeds)
        shortest = min(shortest, time.perf_counter() - started)
    return float(shortest)


def build(channels: int, side: int) -> onnx.ModelProto:
    """A chain of `LAYERS` convolutions, float32 (1, channels, side, side), whose values keep their deviation."""
    draw = np.random.default_rng(0)
    shape = [1, channels, side, side]
    nodes, weights = [], []
    for n in range(LAYERS):
        kernel = draw.normal(size=(channels, channels, 3, 3)) / np.sqrt(9 * channels)
        weights.append(numpy_helper.from_array(kernel.astype(np.float32), f"w{n}"))
        nodes.append(helper.make_node("Conv", [f"x{n}", f"w{n}"], [f"x{n + 1}"], pads=[1, 1, 1, 1]))
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("x0", f"x{LAYERS}")]
    graph = helper.make_graph(nodes, "convolutions", ends[:1], ends[1:], initializer=weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
