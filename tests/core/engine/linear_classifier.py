"""A linear classifier of three rasters that learned from a generated scene, as an ONNX file, and rasters for it.

Two classes. HS (two bands) and LIDAR each tell a part of the class, SAR is noise. An absent raster counts as 0, which
is the mean of each band.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from scipy.ndimage import gaussian_filter

from rsfusion_qgis.core.networks.card import CARD_KEY, ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import card_to_text
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from tests.rasters import grid_transform, write_raster

MISSING = -1e6
BANDS = {"hs": 2, "lidar": 1, "sar": 1}
CLASSES = (ClassSpec("low", 1), ClassSpec("high", 2))


def scene(seed: int, side: int = 96) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Rasters (bands, rows, cols) by role, and labels (rows, cols), 0 or 1."""
    draw = np.random.default_rng(seed)
    labels = (gaussian_filter(draw.normal(size=(side, side)), 5) > 0).astype(np.int64)
    signal = 2.0 * labels - 1.0
    noise = draw.normal(size=(4, side, side))
    hs = np.stack([signal, -signal]) + 1.5 * noise[:2]
    return {"hs": hs, "lidar": (signal + 1.5 * noise[2])[None], "sar": noise[3][None]}, labels


def learned(seed: int = 1) -> np.ndarray:
    """Weights (classes, bands of all rasters) of least squares on a scene."""
    rasters, labels = scene(seed, 256)
    x = np.concatenate([rasters[role] for role in BANDS]).reshape(4, -1)
    y = 2.0 * labels.ravel() - 1.0
    weights = np.linalg.lstsq(x.T, y, rcond=None)[0]
    return np.stack([-weights, weights]) * 3.0


def save(path: Path) -> str:
    """Write the network with its card inside."""
    nodes, parts = [], []
    for role in BANDS:
        nodes += [
            helper.make_node("Greater", [role, "limit"], [f"{role}_there"]),
            helper.make_node("Where", [f"{role}_there", role, "zero"], [f"{role}_clean"]),
        ]
        parts.append(f"{role}_clean")
    nodes += [helper.make_node("Concat", parts, ["all"], axis=1), helper.make_node("Conv", ["all", "w"], ["scores"])]
    numbers = {"limit": np.float32([MISSING / 2]), "zero": np.float32([0]),
               "w": learned().astype(np.float32)[:, :, None, None]}  # fmt: skip
    inputs = [helper.make_tensor_value_info(role, TensorProto.FLOAT, (1, count, "rows", "cols"))
              for role, count in BANDS.items()]  # fmt: skip
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, (1, 2, "rows", "cols"))
    weights = [numpy_helper.from_array(value, name) for name, value in numbers.items()]
    graph = helper.make_graph(nodes, "linear", inputs, [output], initializer=weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    specs = tuple(
        InputSpec(role, role, tuple(Band(f"{role}_{n}") for n in range(1, count + 1)), required=False,
                  stand_in=MISSING) for role, count in BANDS.items()
    )  # fmt: skip
    card = ModelCard("linear classifier", "classification", specs, (OutputSpec("scores", classes=CLASSES),), halo=0,
                     ratio_range=(0.1, 10.0))  # fmt: skip
    entry = model.metadata_props.add()
    entry.key, entry.value = CARD_KEY, card_to_text(card)
    path.write_bytes(model.SerializeToString())
    return str(path)


def write(folder: Path, rasters: dict[str, np.ndarray], labels: np.ndarray) -> dict[str, str]:
    """Write rasters and labels (codes 1 and 2); returns the paths by role, and "labels"."""
    place = grid_transform(2.0)
    paths = {role: write_raster(folder / f"{role}.tif", values, place, dtype="Float32")
             for role, values in rasters.items()}  # fmt: skip
    paths["labels"] = write_raster(folder / "labels.tif", labels[None] + 1.0, place, dtype="Byte")
    return paths
