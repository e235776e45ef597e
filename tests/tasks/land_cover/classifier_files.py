"""A tiny classifier as an ONNX file, and rasters for it.

Three classes from two inputs, per pixel, with a 3 x 3 mean of `hs` (halo 1):
    scores = (mean of hs_1, mean of hs_2, 0.4 * height where lidar is there, else -1)
Inputs are float32 (1, bands, rows, cols); `lidar` holds MISSING where it is absent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.networks.card import CARD_KEY, ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import card_to_text
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.scaling import Scaling
from tests.rasters import grid_transform, write_raster

MISSING = -1e6
CLASSES = (ClassSpec("grass", 1, "#00ff00"), ClassSpec("bare soil", 4), ClassSpec("building", 9, "#ff0000"))
PIXEL_M = 2.0


def card(**changes: Any) -> ModelCard:
    """The card of the classifier, with some fields changed."""
    fields: dict[str, Any] = {
        "name": "tiny classifier",
        "task": "classification",
        "inputs": (
            InputSpec("hs", "hs", (Band("one", 0.5), Band("two", 0.7)),
                      scaling=Scaling("bands", offsets=(0.0, 0.0), scales=(100.0, 100.0))),
            InputSpec("lidar", "lidar", (Band("height"),), required=False, stand_in=MISSING, resampling="bilinear"),
        ),
        "outputs": (OutputSpec("scores", classes=CLASSES),),
        "halo": 1,
        "ratio_range": (0.1, 10.0),
    }  # fmt: skip
    return ModelCard(**{**fields, **changes})


def save(path: Path, **changes: Any) -> Path:
    """Write the classifier with its card inside and return the path."""
    nodes = [
        helper.make_node("Pad", ["hs", "pads"], ["padded"], mode="edge"),
        helper.make_node("AveragePool", ["padded"], ["spectrum"], kernel_shape=[3, 3], strides=[1, 1]),
        helper.make_node("Greater", ["lidar", "limit"], ["there"]),
        helper.make_node("Mul", ["lidar", "weight"], ["weighed"]),
        helper.make_node("Where", ["there", "weighed", "low"], ["high"]),
        helper.make_node("Concat", ["spectrum", "high"], ["scores"], axis=1),
    ]
    numbers = {"pads": np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64)}
    numbers |= {name: np.array([v], np.float32) for name, v in (("limit", MISSING / 2), ("weight", 0.4), ("low", -1.0))}
    graph = helper.make_graph(
        nodes, "classifier",
        [_tensor("hs", 2), _tensor("lidar", 1)], [_tensor("scores", 3)],
        initializer=[numpy_helper.from_array(value, name) for name, value in numbers.items()],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    entry = model.metadata_props.add()
    entry.key, entry.value = CARD_KEY, card_to_text(card(**changes))
    path.write_bytes(model.SerializeToString())
    return path


def _tensor(name: str, bands: int) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, bands, "rows", "cols"))


def expected(hs: np.ndarray, height: np.ndarray | None = None) -> np.ndarray:
    """The scores (3, rows, cols) that the network must give; NaN heights are absent; edges are mirrored."""
    padded = np.pad(hs / 100.0, ((0, 0), (1, 1), (1, 1)), mode="symmetric")
    rows, cols = hs.shape[1:]
    mean = np.mean([padded[:, r : r + rows, c : c + cols] for r in range(3) for c in range(3)], axis=0)
    high = np.full((rows, cols), -1.0) if height is None else np.where(np.isnan(height), -1.0, 0.4 * height)
    return np.concatenate([mean, high[None]])


def fields(rows: int = 70, cols: int = 90, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Smooth random rasters: hs (2, rows, cols) around 100, height (rows, cols) in metres."""
    draw = np.random.default_rng(seed)
    waves = draw.uniform(0.05, 0.4, (3, 4)), draw.uniform(0, 6, (3, 4))
    row, col = np.mgrid[0:rows, 0:cols]
    surface = [np.sin(f[0] * row + p[0]) + np.sin(f[1] * col + p[1]) + np.sin(f[2] * (row + col) + p[2])
               for f, p in zip(*waves)]  # fmt: skip
    return 100.0 + 40.0 * np.array(surface[:2]), 2.5 + 2.0 * surface[2]


def write_hs(path: Path, hs: np.ndarray, **how: Any) -> str:
    """Write the HS raster, Float32, with the wavelengths of the card."""
    return write_raster(path, hs, grid_transform(PIXEL_M), dtype="Float32", **how)


def write_lidar(path: Path, height: np.ndarray, skip_cols: int = 0, **how: Any) -> str:
    """Write the heights, Float32, whose first column is column `skip_cols` of the HS raster."""
    return write_raster(
        path, height[None], grid_transform(PIXEL_M, (skip_cols * PIXEL_M, 0.0)), dtype="Float32", **how
    )
