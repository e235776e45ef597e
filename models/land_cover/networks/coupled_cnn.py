"""Coupled CNN: branches that share their deeper convolutions, a joint head and one per modality, decided together.

Axis order: (N, bands, H, W), float32, standardised inputs.
Hang, Li, Ghamisi, Hong, Xia, Liu, Classification of hyperspectral and LiDAR data using coupled CNNs,
IEEE TGRS 58(7), 2020, doi:10.1109/TGRS.2020.2969024.
Differences to the paper: fully convolutional, so max pooling of patches becomes a dilation of the convolutions that
follow; a learned 1 x 1 convolution reduces the bands instead of principal components; widths are halved; the weights of
the decision, one per class and head, are learned together with the network instead of taken from the accuracies on the
training samples; any number of modalities shares the convolutions; the feature-level fusion can be exchanged.
"""

from __future__ import annotations

from torch import Tensor, nn

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.fusion import Decision, FusedHead
from models.land_cover.networks.parts import conv_bn


class CoupledCNN(Classifier):
    """channels : width of the first convolution. fusion : slug of the feature-level strategy. dropout : share."""

    slug = "coupled_cnn"

    def __init__(self, bands: dict[str, int], classes: int, channels: int = 24, fusion: str = "sum",
                 dropout: float = 0.3) -> None:
        super().__init__(bands, classes, channels=channels, fusion=fusion, dropout=dropout)
        wide = 4 * channels
        self.entries = nn.ModuleList(
            nn.Sequential(conv_bn(count, channels, 1), conv_bn(channels, channels)) for count in bands.values())
        self.shared = nn.Sequential(conv_bn(channels, 2 * channels), conv_bn(2 * channels, wide, dilation=2))

        def head() -> nn.Module:
            return nn.Sequential(nn.Dropout2d(dropout), nn.Conv2d(wide, classes, 1))

        self.joint = FusedHead(fusion, wide, len(bands), classes, head)
        self.own_heads = nn.ModuleList(head() for _ in bands)
        self.decision = Decision(classes, len(bands) + 1)
        self.halo = 4 + self.joint.halo

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self.decide(self.votes(images, masks), masks)

    def votes(self, images: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        """Logits of the joint head, then of each modality: (M + 1) x (N, K, H, W)."""
        maps = [self.shared(entry(image)) for entry, image in zip(self.entries, images)]
        return [self.joint(maps, masks), *(head(image) for head, image in zip(self.own_heads, maps))]

    def decide(self, votes: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self.decision(votes, [sum(masks).clamp(max=1), *masks])

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """Logits of the decision, of the joint head and of each modality alone; no auxiliary loss."""
        images, masks = self.observed(inputs)
        votes = self.votes(images, masks)
        return (self.decide(votes, masks), *votes), inputs[0].new_zeros(())
