"""One network per file, each with its paper on top; `ARCHITECTURES` names them all, `FAMILY` what they have in common.

Every class has `slug` (its name in files and cards), `multiple_of` and `halo` in pixels, `config` (the arguments that
build it again) and `forward(hs, guide) -> fused`: hs (N, B, H, W) interpolated to the pixels of the guide, guide
(N, G, H, W), both in units of their standard deviations, float32.
"""

from __future__ import annotations

from typing import Any

from models.common.families import Family
from models.hyperspectral_sharpening.networks.dhp_like import DhpLike
from models.hyperspectral_sharpening.networks.hstfnet import HsTFNet
from models.hyperspectral_sharpening.networks.hyperpnn import HyperPNN
from models.hyperspectral_sharpening.networks.scene_detail import SceneDetail
from models.hyperspectral_sharpening.networks.ssrnet import SSRNet

ARCHITECTURES = (SceneDetail, SSRNet, HsTFNet, HyperPNN, DhpLike)


def specs(network: Any) -> dict[str, Any]:
    """What a card says of inputs and outputs."""
    counts = {"hs": network.config["bands"], "guide": network.config["guide_bands"]}
    inputs = [{"name": name, "role": name, "bands": count, "scaling": "dataset"} for name, count in counts.items()]
    return {"inputs": inputs, "outputs": [{"name": "fused", "like": "hs"}]}


FAMILY = Family("hyperspectral_sharpening", ARCHITECTURES, specs)
build = FAMILY.build
