"""One network per file, each with its paper on top; `ARCHITECTURES` names them all, `FAMILY` what they have in common.

Every class has `slug` (its name in files and cards), `multiple_of` and `halo` in pixels, `config` (the arguments that
build it again) and `forward(hs, guide) -> fused`: hs (N, B, H, W) interpolated to the pixels of the guide, guide
(N, G, H, W), both in units of their standard deviations, float32. Those whose config has `hs_scale` and `guide_scale`
take stored values divided by these instead, so that 0 stays 0.

Networks for a whole scene, which no tile can be cut from, are in `models.hyperspectral_sharpening.literature`.
"""

from __future__ import annotations

from typing import Any

from models.common.families import Family
from models.hyperspectral_sharpening.networks.dhp_like import DhpLike
from models.hyperspectral_sharpening.networks.hstfnet import HsTFNet
from models.hyperspectral_sharpening.networks.hyconet import HyCoNet
from models.hyperspectral_sharpening.networks.hyperkite import HyperKite
from models.hyperspectral_sharpening.networks.hyperpnn import HyperPNN
from models.hyperspectral_sharpening.networks.mhf_net import MhfNet
from models.hyperspectral_sharpening.networks.miae import Miae
from models.hyperspectral_sharpening.networks.mog_dcn import MogDcn
from models.hyperspectral_sharpening.networks.pgnet import Pgnet
from models.hyperspectral_sharpening.networks.scene_detail import SceneDetail
from models.hyperspectral_sharpening.networks.ssrnet import SSRNet
from models.hyperspectral_sharpening.networks.two_cnn_fu import TwoCnnFu
from models.hyperspectral_sharpening.networks.usdn import Usdn

ARCHITECTURES = (SceneDetail, SSRNet, HsTFNet, HyperPNN, DhpLike, HyperKite, MogDcn, Pgnet, TwoCnnFu, MhfNet, HyCoNet,
                 Miae, Usdn)  # fmt: skip


def specs(network: Any) -> dict[str, Any]:
    """What a card says of inputs and outputs."""
    inputs = []
    for name, count in (("hs", network.config["bands"]), ("guide", network.config["guide_bands"])):
        scale = network.config.get(f"{name}_scale")
        scaling = "dataset" if scale is None else {"kind": "linear", "offset": 0.0, "scale": scale}
        inputs.append({"name": name, "role": name, "bands": count, "scaling": scaling})
    return {"inputs": inputs, "outputs": [{"name": "fused", "like": "hs"}]}


FAMILY = Family("hyperspectral_sharpening", ARCHITECTURES, specs)
build = FAMILY.build
