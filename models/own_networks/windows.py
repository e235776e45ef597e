"""Windows cut by the plugin against ONNX Runtime alone on the same windows, ready in memory: what does cutting cost?

    OMP_NUM_THREADS=1 python -m models.own_networks.windows

Small classifiers of windows, as those of hyperspectral and LiDAR images are built, with one thread. Both get batches
of the same size and give the same scores. Seconds are those of the processor, of all threads, the least of some runs
that take turns: other programs do not count, nor does it that cutting and computing overlap.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

import rsfusion_qgis.tasks  # noqa: F401  cards are of tasks
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import card_to_text
from rsfusion_qgis.core.networks.card_writing import with_card
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.networks.tensor_form import TensorForm
from rsfusion_qgis.core.networks.windows import BATCH_BYTES
from rsfusion_qgis.core.rasters.class_spec import ClassSpec

CASES = ((144, 11, 32), (144, 11, 64), (30, 11, 32), (30, 25, 16), (63, 7, 32), (1, 11, 16))
"""Bands, side of the window, filters."""
CLASSES, SIDE, ROUNDS = 15, 48, 3


def network(bands: int, window: int, filters: int, folder: Path) -> Path:
    """Two convolutions, a mean, scores; with its card."""
    layers = (nn.Conv2d(bands, filters, 3), nn.ReLU(), nn.Conv2d(filters, filters, 3), nn.ReLU(),
              nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(filters, CLASSES))  # fmt: skip
    plain, path = folder / "plain.onnx", folder / "windows.onnx"
    torch.onnx.export(nn.Sequential(*layers).eval(), torch.zeros(2, bands, window, window), str(plain), dynamo=False,
                      opset_version=17, input_names=["x"], output_names=["y"],
                      dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})  # fmt: skip
    onnx.checker.check_model(str(plain))
    inputs = (InputSpec("x", "hs", tuple(Band(f"b{n}") for n in range(bands))),)
    classes = tuple(ClassSpec(f"class {n}", n) for n in range(1, CLASSES + 1))
    outputs = (OutputSpec("y", classes=classes, tensor=TensorForm(layout="NC")),)
    card = ModelCard("windows", "classification", inputs, outputs, window // 2, window=window)
    path.write_bytes(with_card(plain, card_to_text(card)))
    return path


def compared(bands: int, window: int, filters: int) -> tuple[float, float, float]:
    """Seconds of ONNX Runtime alone and of the plugin, and the largest difference of their scores."""
    from rsfusion_qgis.core.networks.card_files import read_card

    with tempfile.TemporaryDirectory() as folder:
        path = network(bands, window, filters, Path(folder))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        raw = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        session = InferenceSession(path, read_card(path), "cpu", 1)
        tile = np.random.default_rng(0).normal(size=(1, bands, SIDE + window - 1, SIDE + window - 1)).astype(np.float32)
        view = np.lib.stride_tricks.sliding_window_view(tile[0], (window, window), axis=(1, 2))
        ready = np.ascontiguousarray(view.transpose(1, 2, 0, 3, 4)).reshape(-1, bands, window, window)
        count = max(1, BATCH_BYTES // (bands * window * window * 4))
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            started = time.process_time()
            alone = np.concatenate([raw.run(None, {"x": ready[n : n + count]})[0] for n in range(0, len(ready), count)])
            between = time.process_time()
            ours = session.run({"x": tile})["y"][0]
            times[0].append(between - started)
            times[1].append(time.process_time() - between)
        top = window // 2
        inner = ours[:, top : top + SIDE, top : top + SIDE].reshape(CLASSES, -1).T
        return min(times[0]), min(times[1]), float(np.abs(inner - alone).max())


def main() -> None:
    """Print the table."""
    torch.set_num_threads(1)
    print("| bands | window | filters | ONNX Runtime alone | plugin | ratio | largest difference |")
    print("|---|---|---|---|---|---|---|")
    for case in CASES:
        alone, ours, difference = compared(*case)
        told = " | ".join(str(one) for one in case)
        print(f"| {told} | {alone:.3f} s | {ours:.3f} s | {ours / alone:.2f} | {difference:.1g} |", flush=True)


if __name__ == "__main__":
    main()
