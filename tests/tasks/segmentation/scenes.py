"""A generated flood with known truth: a river that is always there, and a round flood on the date after.

Backscatter in decibels (land -9, water -19, speckle of 1.5), reflectance x 10000 of SWIR, NIR, green (land 2500, 3000,
900; water 200, 500, 1100). Pixels of 10 m in UTM. Axis order (bands, rows, cols).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.networks.card import CARD_KEY, ModelCard
from rsfusion_qgis.core.networks.card_fields import InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import card_to_text
from rsfusion_qgis.tasks.segmentation.roles import CLASSES, MISSING, OPTICAL_BANDS, SAR_BANDS
from tests.rasters import grid_transform, write_raster

PIXEL_M = 10.0
VOTES = {"sar": (-1.0, -0.9, 3.0), "sar_before": (1.0, -0.9, 0.3), "optical": (-2.0, 0.6, 3.0),
         "optical_before": (3.0, 0.6, 0.3)}  # fmt: skip
"""Slope, level and most of each image's vote in the tiny network."""
LAND, WATER = (2500.0, 3000.0, 900.0), (200.0, 500.0, 1100.0)


@dataclass(frozen=True)
class Flood:
    """Images by role, (bands, rows, cols), and (rows, cols) bool: what is river, and what is flood."""

    images: dict[str, np.ndarray]
    river: np.ndarray
    flood: np.ndarray


def flood(rows: int = 100, cols: int = 110, seed: int = 5) -> Flood:
    """The scene."""
    draw = np.random.default_rng(seed)
    row, col = np.mgrid[0:rows, 0:cols]
    river = np.abs(col - cols / 5 - 3 * np.sin(row / 9)) < 4
    wet = ((row - rows / 2) ** 2 + (col - 0.62 * cols) ** 2 < (0.3 * rows) ** 2) & ~river
    images = {}
    for role, water in (("before", river), ("", river | wet)):
        sar = np.where(water, -19.0, -9.0) + draw.normal(0, 1.5, (rows, cols))
        optical = np.where(water[None], np.array(WATER)[:, None, None], np.array(LAND)[:, None, None])
        ending = f"_{role}" if role else ""
        images[f"sar{ending}"] = sar[None]
        images[f"optical{ending}"] = optical + draw.normal(0, 40, (3, rows, cols))
    return Flood(images, river, wet)


def write(folder: Path, scene: Flood, **how: Any) -> dict[str, str]:
    """The images as files, by role; bands are named as Sentinel's."""
    made = {}
    for role, image in scene.images.items():
        names = ("VV",) if role.startswith("sar") else ("B11", "B8", "B3")
        told = {"nodata": -9999.0, "descriptions": names, **how}
        made[role] = write_raster(folder / f"{role}.tif", image, grid_transform(PIXEL_M), dtype="Float32", **told)
    return made


def card(**changes: Any) -> ModelCard:
    """The card of the tiny network of `save`."""
    roles = ("sar", "sar_before", "optical", "optical_before")
    inputs = tuple(
        InputSpec(role, role, SAR_BANDS if role.startswith("sar") else OPTICAL_BANDS, required=False, stand_in=MISSING)
        for role in roles
    )
    fields: dict[str, Any] = {
        "name": "tiny water", "task": "segmentation", "inputs": inputs, "halo": 1, "ratio_range": (0.1, 10.0),
        "outputs": (OutputSpec("scores", classes=CLASSES),), "total_parameters": 3,
    }  # fmt: skip
    return ModelCard(**{**fields, **changes})


def save(path: Path, **changes: Any) -> Path:
    """A network with its card inside: water is where a 3 x 3 mean is dark, and was not dark before.

    scores = (0, sum of votes), where the vote of an image is the slope times (mean - level), not beyond -3 and the
    most; the mean is of SAR, or of SWIR. What is absent has no vote.
    """
    nodes: list[onnx.NodeProto] = []
    numbers: dict[str, np.ndarray] = {"pads": np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64)}
    numbers |= {"zero_i": np.array([0], np.int64), "one_i": np.array([1], np.int64), "low": np.array(-3, np.float32)}
    numbers |= {"limit": np.array([MISSING / 2], np.float32), "nothing": np.array([0.0], np.float32)}
    for role, (slope, level, most) in VOTES.items():
        numbers |= {f"{role}_{name}": np.array([value], np.float32) for name, value in (("a", slope), ("t", level))}
        numbers[f"{role}_most"] = np.array(most, np.float32)
        band = role if role.startswith("sar") else f"{role}_swir"
        if band != role:
            nodes.append(helper.make_node("Slice", [role, "zero_i", "one_i", "one_i"], [band]))
        nodes += [
            helper.make_node("Pad", [band, "pads"], [f"{role}_padded"], mode="edge"),
            helper.make_node("AveragePool", [f"{role}_padded"], [f"{role}_mean"], kernel_shape=[3, 3]),
            helper.make_node("Sub", [f"{role}_mean", f"{role}_t"], [f"{role}_off"]),
            helper.make_node("Mul", [f"{role}_off", f"{role}_a"], [f"{role}_steep"]),
            helper.make_node("Clip", [f"{role}_steep", "low", f"{role}_most"], [f"{role}_cut"]),
            helper.make_node("Greater", [band, "limit"], [f"{role}_there"]),
            helper.make_node("Where", [f"{role}_there", f"{role}_cut", "nothing"], [f"{role}_vote"]),
        ]
    nodes += [
        helper.make_node("Sum", [f"{role}_vote" for role in VOTES], ["water"]),
        helper.make_node("Mul", ["water", "nothing"], ["other"]),
        helper.make_node("Concat", ["other", "water"], ["scores"], axis=1),
    ]
    tensors = [helper.make_tensor_value_info(role, TensorProto.FLOAT, (1, 1 if role.startswith("sar") else 3, "rows",
               "cols")) for role in VOTES]  # fmt: skip
    graph = helper.make_graph(
        nodes, "water", tensors,
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, (1, 2, "rows", "cols"))],
        initializer=[numpy_helper.from_array(value, name) for name, value in numbers.items()],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    entry = model.metadata_props.add()
    entry.key, entry.value = CARD_KEY, card_to_text(card(**changes))
    path.write_bytes(model.SerializeToString())
    return path
