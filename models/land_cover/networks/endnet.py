"""EndNet: per-pixel encoders, a joint code that is decoded back to the inputs, and a classifier on that code.

Axis order: (N, bands, H, W), float32, standardised inputs.
Hong, Gao, Hang, Zhang, Chanussot, Deep encoder-decoder networks for classification of hyperspectral and LiDAR data,
IEEE GRSL 19, 2022 (early access 2020), doi:10.1109/LGRS.2020.3017414.
Differences to the paper: the decoders end in a linear layer, since standardised values are not confined to 0..1, and
take their widths in reverse order of the encoders'; what is reconstructed counts per modality only where it is there;
any number of modalities; the fusion can be exchanged. Fully connected layers are 1 x 1 convolutions: the halo is that
of the fusion, 0 for most.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.fusion import Decision, build_fusion
from models.land_cover.networks.parts import conv_bn

WIDTHS = (16, 32, 64, 128)


def encoder(bands: int) -> nn.Sequential:
    """Four fully connected layers of growing width: (N, B, H, W) -> (N, 128, H, W)."""
    return nn.Sequential(*(conv_bn(inputs, outputs, 1) for inputs, outputs in zip((bands, *WIDTHS), WIDTHS)))


def decoder(bands: int) -> nn.Sequential:
    """Back from the joint code: (N, 64, H, W) -> (N, B, H, W)."""
    widths = WIDTHS[-2::-1]                                                            # 64, 32, 16
    return nn.Sequential(*(conv_bn(inputs, outputs, 1) for inputs, outputs in zip(widths, widths[1:])),
                         nn.Conv2d(widths[-1], bands, 1))


class EndNet(Classifier):
    """fusion : slug of the strategy. reconstruction : weight of the reconstruction loss."""

    slug = "endnet"

    def __init__(self, bands: dict[str, int], classes: int, fusion: str = "concatenation",
                 reconstruction: float = 1.0) -> None:
        super().__init__(bands, classes, fusion=fusion, reconstruction=reconstruction)
        if fusion == Decision.slug:
            raise ValueError("Found the fusion 'decision', expected one that joins features, since EndNet decodes "
                             "them; take 'concatenation', or another network.")
        self.encoders = nn.ModuleList(encoder(count) for count in bands.values())
        self.fusion = build_fusion(fusion, WIDTHS[-1], len(bands))
        self.halo = self.fusion.halo
        self.code = nn.Sequential(nn.BatchNorm2d(WIDTHS[-1]), nn.ReLU(), conv_bn(WIDTHS[-1], WIDTHS[-2], 1))
        self.decoders = nn.ModuleList(decoder(count) for count in bands.values())
        self.head = nn.Conv2d(WIDTHS[-2], classes, 1)

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self.head(self.encode(images, masks))

    def encode(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        maps = [encode(image) for encode, image in zip(self.encoders, images)]         # M x (N, 128, H, W)
        return self.code(self.fusion(maps, masks))                                     # (N, 64, H, W)

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """Logits, and the weighted mean square of what the decoders miss of the inputs."""
        images, masks = self.observed(inputs)
        code = self.encode(images, masks)
        missed = [misfit(decode(code), image, mask) for decode, image, mask in zip(self.decoders, images, masks)]
        return (self.head(code),), self.config["reconstruction"] * torch.stack(missed).mean()


def misfit(decoded: Tensor, image: Tensor, mask: Tensor) -> Tensor:
    """Mean square of the difference over the bands and over the pixels that are there; 0 where none is."""
    per_pixel = ((decoded - image) ** 2).mean(1, keepdim=True)
    return (per_pixel * mask).sum() / mask.sum().clamp(min=1)
