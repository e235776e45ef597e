"""One network per file, each with its paper on top; `ARCHITECTURES` names them all.

Every class has `slug` (its name in files and cards), `multiple_of` and `halo` in pixels, `matched_pan` (whether it
expects pan matched to the bands, see `core.pan_matching`), `config` (the arguments that build it again) and
`forward(ms, pan, ratio) -> fused`: ms (N, B, H, W) interpolated to pan's grid and scaled, pan (N, 1, H, W) scaled,
ratio (1,), all float32.
"""

from __future__ import annotations

from torch import nn

from models.pansharpening.networks.band_shared_fusion import BandSharedFusion
from models.pansharpening.networks.dicnn import DiCNN
from models.pansharpening.networks.fusionnet import FusionNet
from models.pansharpening.networks.pannet import PanNet
from models.pansharpening.networks.pnn import APNN, PNN
from models.pansharpening.networks.scene_mix import SceneMix
from models.pansharpening.networks.tfnet import TFNet

ARCHITECTURES = (BandSharedFusion, PNN, APNN, PanNet, DiCNN, FusionNet, TFNet, SceneMix)


def build(slug: str, config: dict[str, int]) -> nn.Module:
    """The network of that slug, built with that configuration.

    Raises
    ------
    ValueError
        If no architecture has that slug.
    """
    for architecture in ARCHITECTURES:
        if architecture.slug == slug:
            return architecture(**config)
    known = ", ".join(architecture.slug for architecture in ARCHITECTURES)
    raise ValueError(f"Found the architecture '{slug}', expected one of {known}; check the checkpoint's name of it.")
