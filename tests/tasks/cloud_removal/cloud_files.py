"""A tiny cloud removal network as an ONNX file, and Sentinel rasters for it.

    restored = 0.25 + 0.01 * (VV + 12), or 0.25 where the SAR image is absent; sigma = 0.02, or 0.1 where it is absent

in reflectance, for all 12 bands. Inputs are float32 (1, bands, rows, cols); absent ones hold MISSING.
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
from rsfusion_qgis.core.rasters.scaling import Scaling
from rsfusion_qgis.core.sensors.sentinel2 import L2A_BANDS, WAVELENGTHS_NM

MISSING = -1e6
REFLECTANCE = Scaling("linear", 0.0, 10000.0)
BANDS = tuple(Band(name, WAVELENGTHS_NM[name] / 1000) for name in L2A_BANDS)


def card(**changes: Any) -> ModelCard:
    """The card of the network, with some fields changed."""
    fields: dict[str, Any] = {
        "name": "tiny clouds",
        "task": "cloud_removal",
        "inputs": (
            InputSpec("optical", "optical", BANDS, scaling=REFLECTANCE),
            InputSpec("sar", "sar", (Band("VV"), Band("VH")), required=False, stand_in=MISSING),
            InputSpec("clear", "clear", BANDS, required=False, stand_in=MISSING, scaling=REFLECTANCE),
            InputSpec("cloudmask", "cloudmask", (Band("cloud"),), resampling="nearest"),
        ),
        "outputs": (OutputSpec("restored", "optical"), OutputSpec("sigma", None, BANDS)),
        "halo": 0,
        "max_shift_px": 2.0,
        "ratio_range": (0.5, 8.0),
    }
    return ModelCard(**{**fields, **changes})


def save(path: Path, **changes: Any) -> Path:
    """Write the network with its card inside and return the path."""
    make = helper.make_node
    nodes = [
        make("Slice", ["sar", "first", "second", "axis"], ["vv"]),
        make("Greater", ["vv", "limit"], ["there"]),
        make("Add", ["vv", "twelve"], ["above"]),
        make("Mul", ["above", "slope"], ["change"]),
        make("Where", ["there", "change", "nought"], ["signal"]),
        make("Add", ["signal", "level"], ["value"]),
        make("Where", ["there", "sure", "unsure"], ["spread"]),
        make("Mul", ["optical", "nought"], ["empty"]),
        make("Mul", ["clear", "nought"], ["empty too"]),
        make("Mul", ["cloudmask", "nought"], ["empty as well"]),
        make("Sum", ["empty", "empty too", "empty as well", "value"], ["restored"]),
        make("Add", ["empty", "spread"], ["sigma"]),
    ]
    numbers = {"limit": MISSING / 2, "twelve": 12.0, "slope": 0.01, "nought": 0.0, "level": 0.25, "sure": 0.02,
               "unsure": 0.1}  # fmt: skip
    weights = [numpy_helper.from_array(np.array([value], np.float32), name) for name, value in numbers.items()]
    weights += [numpy_helper.from_array(np.array([value], np.int64), name)
                for name, value in (("first", 0), ("second", 1), ("axis", 1))]  # fmt: skip
    inputs = [_tensor("optical", 12), _tensor("sar", 2), _tensor("clear", 12), _tensor("cloudmask", 1)]
    graph = helper.make_graph(nodes, "clouds", inputs, [_tensor("restored", 12), _tensor("sigma", 12)],
                              initializer=weights)  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    entry = model.metadata_props.add()
    entry.key, entry.value = CARD_KEY, card_to_text(card(**changes))
    path.write_bytes(model.SerializeToString())
    return path


def _tensor(name: str, bands: int) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, bands, "rows", "cols"))


def fields(rows: int = 80, cols: int = 96, seed: int = 5) -> dict[str, np.ndarray]:
    """Smooth ground with a lake, decibels, and two clouds.

    Returns optical (12, rows, cols) as stored, reflectance x 10000; sar (2, rows, cols); mask (rows, cols) bool.
    """
    draw = np.random.default_rng(seed)
    row, col = np.mgrid[0:rows, 0:cols]
    wave = np.sin(0.13 * row + 0.21 * col)
    level = np.array([700, 800, 1000, 1100, 1500, 2300, 2600, 2700, 2800, 2900, 2200, 1500.0])[:, None, None]
    optical = level + 0.12 * level * wave + 10 * draw.standard_normal((12, rows, cols))
    optical[:, 68:, :40] = np.array([350, 300, 250, 180, 150, 120, 110, 100, 90, 80, 50, 30.0])[:, None, None]
    sar = np.stack([-12 + 3 * wave, -19 + 2 * wave]) + 0.3 * draw.standard_normal((2, rows, cols))
    mask = np.zeros((rows, cols), bool)
    mask[10:30, 15:40] = mask[48:60, 70:90] = True
    white = np.array([6500, 6600, 6400, 6500, 6600, 6700, 6800, 6800, 6800, 4000, 4500, 3500.0])[:, None, None]
    cloudy = np.where(mask, white + 20 * draw.standard_normal((12, rows, cols)), optical)
    return {"optical": np.rint(cloudy), "sar": sar, "mask": mask}
