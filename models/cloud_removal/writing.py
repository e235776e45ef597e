"""A trained network for cloud removal as an ONNX file with its card, compared with torch before it is written.

Tensors: optical, clear (1, 12, rows, cols) reflectance, sar (1, 2, rows, cols) decibels, cloudmask (1, 1, rows, cols);
restored, sigma (1, 12, rows, cols) reflectance.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch

from models.cloud_removal.calibration import Calibrated
from models.cloud_removal.networks import FAMILY, MISSING, ROLES, CloudNetwork
from models.cloud_removal.networks.base import SAR_BANDS
from models.cloud_removal.scenes import BANDS
from models.common.export import put_card
from models.common.parity import require_same
from models.common.tracing import traced
from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.session import InferenceSession

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

    The file trims: of an image larger than two halos it computes what lies in the halo on coarse sums only.
    """
    network = network.eval()
    _trim(network, True)
    card = card_of(network, facts)
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        bare = Path(folder) / "bare.onnx"
        bare.write_bytes(_bare(network).SerializeToString())
        _require_same(network, card, bare)
        made = Path(folder) / output.name
        card = put_card(bare, card, made)
        for suffix in (".onnx", ".json"):
            output.with_suffix(suffix).write_bytes(made.with_suffix(suffix).read_bytes())
    return card


def card_of(network: Calibrated, facts: Mapping[str, object]) -> ModelCard:
    """The card without what only the written file can tell."""
    inner = network.network
    weights = sum(weight.numel() for weight in inner.parameters())
    draft = FAMILY.draft_card(inner)
    return replace(
        draft, **{"max_shift_px": LARGEST_SHIFT_PX, "ratio_range": RATIOS, "total_parameters": weights, **facts}
    )


def example(rows: int, cols: int, seed: int = 1) -> tuple[torch.Tensor, ...]:
    """Inputs at random, in which everything that may be absent has a hole."""
    draw = np.random.default_rng(seed)
    optical, clear = (0.05 + 0.3 * draw.random((1, len(BANDS), rows, cols)) for _ in range(2))
    sar, mask = draw.normal(-14, 4, (1, SAR_BANDS, rows, cols)), draw.random((1, 1, rows, cols)) > 0.5
    sar[..., : rows // 3, :] = MISSING
    clear[..., : cols // 3] = MISSING
    return tuple(torch.from_numpy(one.astype(np.float32)) for one in (optical, sar, clear, mask))


def _bare(network: Calibrated) -> onnx.ModelProto:
    step = network.network.multiple_of
    return traced(network, example(6 * step, 8 * step), ROLES, OUTPUTS)


def _require_same(network: Calibrated, card: ModelCard, path: Path) -> None:
    """Compare the file with torch on another size, and a part of an image with the whole; raises ModelError."""
    step = card.multiple_of
    halo = -(-card.halo // step) * step
    tensors = example(halo + 5 * step, halo + 6 * step, seed=2)
    whole = {name: one.numpy() for name, one in zip(ROLES, tensors)}
    with InferenceSession(path, card, device="cpu", threads=1) as session:
        require_same(network, session, whole, (2 * step, step), TOLERANCE, "report this")
        _require_trimmed(network, session, halo)


def _require_trimmed(network: Calibrated, session: InferenceSession, halo: int) -> None:
    """Compare what a large image is trimmed to with what the network gives untrimmed; raises ModelError."""
    step = session.card.multiple_of
    tensors = example(2 * halo + 4 * step, 2 * halo + 2 * step, seed=3)
    found = session.run({name: one.numpy() for name, one in zip(ROLES, tensors)})
    _trim(network, False)
    with torch.no_grad():
        wanted = network(*tensors)
    inner = np.s_[..., halo:-halo, halo:-halo]
    largest = max(float(np.abs(found[name] - one.numpy())[inner].max()) for name, one in zip(OUTPUTS, wanted))
    if not largest <= TOLERANCE:
        raise ModelError(f"The trimmed network differs from the whole one by {largest:.1e}, expected at most "
                         f"{TOLERANCE:g}; report this.")  # fmt: skip


def _trim(network: Calibrated, trims: bool) -> None:
    for part in network.modules():
        if isinstance(part, CloudNetwork):
            part.trims = trims and part.near > 0
