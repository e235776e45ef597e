"""An exported network is compared with torch: rounding is borne, another network is not."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from models.common import export, parity  # noqa: E402
from models.pansharpening.networks import FAMILY, build  # noqa: E402
from rsfusion_qgis.core.basics.errors import ModelError  # noqa: E402
from rsfusion_qgis.core.networks.session import InferenceSession  # noqa: E402

TOLERANCE = 1e-3
SLUG, CONFIG = "pan_basis_fusion", {"trunk": 4, "band": 4, "pan": 4, "basis": 3}


@pytest.mark.parametrize("gain", [1.0, 100.0])
def test_a_network_that_differs_is_refused(tmp_path: Path, gain: float) -> None:
    """By half a percent of what it gives, small or large; that is refused, and the network itself is not."""
    torch.manual_seed(3)
    network = build(SLUG, CONFIG).eval()
    saved = {"architecture": SLUG, "config": network.config, "state": network.state_dict(), "training": {}}
    torch.save(saved, tmp_path / "net.pt")
    export.export_checkpoint(tmp_path / "net.pt", tmp_path / "net.onnx")
    card = FAMILY.draft_card(network)
    feeds = {name: gain * values if name != "ratio" else values
             for name, values in parity.scene(card, 3, 128, 160, 4.0, seed=5).items()}  # fmt: skip
    with InferenceSession(tmp_path / "net.onnx", card, device="cpu", threads=1) as session:
        parity.require_same(network, session, feeds, (8, 8), TOLERANCE, "report this")
        network.register_forward_hook(lambda module, given, made: 1.005 * made)
        with pytest.raises(ModelError, match="'fused' of the exported network differs from torch by"):
            parity.require_same(network, session, feeds, (8, 8), TOLERANCE, "report this")
