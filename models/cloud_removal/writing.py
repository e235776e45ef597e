"""A trained network for cloud removal as an ONNX file with its card, compared with torch before it is written.

Tensors: optical, clear (1, 12, rows, cols) reflectance, sar (1, 2, rows, cols) decibels, cloudmask (1, 1, rows, cols);
restored, sigma (1, 12, rows, cols) reflectance.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch

from models.cloud_removal.calibration import Calibrated
from models.cloud_removal.networks import MISSING, ROLES
from models.cloud_removal.networks.base import SAR_BANDS
from models.cloud_removal.scenes import BANDS
from models.common.export import OPSET, forget_places, put_card
from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.networks.card import Band, InputSpec, ModelCard, OutputSpec
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.rasters.scaling import Scaling
from rsfusion_qgis.core.sensors.reflectance import SCALE
from rsfusion_qgis.core.sensors.sentinel2 import WAVELENGTHS_NM

OUTPUTS = ("restored", "sigma")
TOLERANCE = 1e-4
"""Of reflectance: how far ONNX Runtime may differ from torch, and a part from the whole."""
LARGEST_SHIFT_PX, RATIOS = 2.0, (0.5, 8.0)


def write_network(network: Calibrated, output: Path, facts: Mapping[str, object]) -> ModelCard:
    """Write the network.

    Parameters
    ----------
    facts : further fields of `ModelCard`: name, description, quality, ...

    Raises
    ------
    ModelError
        The exported network differs from torch or reaches past its halo.
    """
    network = network.eval()
    card = card_of(network, facts)
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        bare = Path(folder) / "bare.onnx"
        _export(network, bare)
        _require_same(network, card, bare)
        made = Path(folder) / output.name
        card = put_card(bare, card, made)
        for suffix in (".onnx", ".json"):
            output.with_suffix(suffix).write_bytes(made.with_suffix(suffix).read_bytes())
    return card


def card_of(network: Calibrated, facts: Mapping[str, object]) -> ModelCard:
    """The card without what only the written file can tell."""
    inner, bands = network.network, tuple(Band(name, WAVELENGTHS_NM[name] / 1000) for name in BANDS)
    reflectance = Scaling("linear", 0.0, SCALE)
    inputs = (
        InputSpec("optical", "optical", bands, scaling=reflectance),
        InputSpec("sar", "sar", (Band("VV"), Band("VH")), required=False, stand_in=MISSING),
        InputSpec("clear", "clear", bands, required=False, stand_in=MISSING, scaling=reflectance),
        InputSpec("cloudmask", "cloudmask", (Band("cloud"),), resampling="nearest"),
    )
    fields = {
        "task": "cloud_removal", "inputs": inputs,
        "outputs": (OutputSpec("restored", "optical"), OutputSpec("sigma", None, bands)),
        "halo": inner.halo, "multiple_of": inner.multiple_of, "max_shift_px": LARGEST_SHIFT_PX, "ratio_range": RATIOS,
        "architecture": inner.slug, "total_parameters": sum(weight.numel() for weight in inner.parameters()),
    }  # fmt: skip
    return ModelCard(**{**fields, **facts})


def example(rows: int, cols: int, seed: int = 1) -> tuple[torch.Tensor, ...]:
    """Inputs at random, in which everything that may be absent has a hole."""
    draw = np.random.default_rng(seed)
    optical, clear = (0.05 + 0.3 * draw.random((1, len(BANDS), rows, cols)) for _ in range(2))
    sar, mask = draw.normal(-14, 4, (1, SAR_BANDS, rows, cols)), draw.random((1, 1, rows, cols)) > 0.5
    sar[..., : rows // 3, :] = MISSING
    clear[..., : cols // 3] = MISSING
    return tuple(torch.from_numpy(one.astype(np.float32)) for one in (optical, sar, clear, mask))


def _export(network: Calibrated, path: Path) -> None:
    sizes = {2: "rows", 3: "cols"}
    step = network.network.multiple_of
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # see models.common.export: the comparison with torch tells what matters
        torch.onnx.export(
            network, example(6 * step, 8 * step), str(path), dynamo=False, opset_version=OPSET, input_names=list(ROLES),
            output_names=list(OUTPUTS), dynamic_axes=dict.fromkeys((*ROLES, *OUTPUTS), sizes),
        )  # fmt: skip
    model = onnx.load(str(path))
    forget_places(model)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def _require_same(network: Calibrated, card: ModelCard, path: Path) -> None:
    """Compare the file with torch on another size, and a part of an image with the whole; raises ModelError."""
    step = card.multiple_of
    halo = -(-card.halo // step) * step
    whole = dict(zip(ROLES, example(halo + 5 * step, halo + 6 * step, seed=2)))
    with InferenceSession(path, card, device="cpu", threads=1) as session, torch.no_grad():
        expected = [one.numpy() for one in network(*whole.values())]
        found = session.run({name: one.numpy() for name, one in whole.items()})
        part = session.run({name: np.ascontiguousarray(one.numpy()[..., 2 * step:, step:])
                            for name, one in whole.items()})  # fmt: skip
    for name, image in zip(OUTPUTS, expected):
        across = part[name][..., halo:, halo:] - found[name][..., 2 * step:, step:][..., halo:, halo:]
        for what, difference in (("torch", found[name] - image), ("itself across tiles", across)):
            if not np.abs(difference).max() <= TOLERANCE:
                raise ModelError(
                    f"'{name}' of the exported network differs from {what} by {np.abs(difference).max():.1e}, but at "
                    f"most {TOLERANCE:g} is expected; report this."
                )
