"""Networks of the literature that fuse two sensors by gates, small, for any number of sensors.

Axis order (N, channels, H, W), float32. Differences to the papers: three levels instead of four or five and few
channels, no weights from ImageNet, gates that are a softmax over the sensors that are there, so that one may be absent,
and nothing that is taken over the whole image.

CMGFNet  Hosseinpour, Samadzadegan, Javan 2022, ISPRS J. 184, 96-115, doi:10.1016/j.isprsjprs.2021.12.007: an encoder
         for each sensor, gated fusion of their maps at every level; each sensor's own decoder is trained beside it.
GRRNet   Huang, Zhang, Xin, Sun, Zhang 2019, ISPRS J. 151, 91-105, doi:10.1016/j.isprsjprs.2019.02.019: a residual
         encoder of all images together, and gated feature labelling, which lets pass of finer maps what coarser ones
         support.
CHGFNet  Li, Lei, Sun, Li, Kuang 2021, IEEE TGRS 59(5), 3829-3845, doi:10.1109/TGRS.2020.3015389: two streams,
         attention by channel that they share, and a gated heterogeneous fusion module (GHFM) at every level.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.land_cover.networks.fusion import Gate, stacked, weighted_mean, window_mean
from models.land_cover.networks.parts import Pixelwise, conv_bn
from models.segmentation.networks.scene_base import LEVELS, Decoder, Encoder, SceneNetwork, doubled, halves, head

WIDTH = 16


class CMGFNet(SceneNetwork):
    """width : channels of the finest level."""

    slug = "cmgfnet"

    def __init__(self, bands: dict[str, int], classes: int, width: int = WIDTH) -> None:
        super().__init__(bands, classes, width=width)
        inputs = self.widths()
        self.encoders = nn.ModuleList(Encoder(count, width) for count in inputs)
        self.gates = nn.ModuleList(Gate(width * 2**level, len(inputs)) for level in range(LEVELS))
        self.decoders = nn.ModuleList(Decoder(width) for _ in range(1 + len(inputs)))
        self.heads = nn.ModuleList(head(width, classes) for _ in range(1 + len(inputs)))

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self.heads[0](self.decoders[0](self._fused(images, masks)[0]))

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        fused, pyramids = self._fused(*self.observed(inputs))
        made = [part(decoder(maps)) for part, decoder, maps in zip(self.heads, self.decoders, [fused, *pyramids])]
        return tuple(made), inputs[0].new_zeros(())

    def _fused(self, images: list[Tensor], masks: list[Tensor]) -> tuple[list[Tensor], list[list[Tensor]]]:
        seen, there = self.sensors(images, masks)
        pyramids, levels = [one(image) for one, image in zip(self.encoders, seen)], [halves(mask) for mask in there]
        fused = [gate([maps[level] for maps in pyramids], [mask[level] for mask in levels])
                 for level, gate in enumerate(self.gates)]  # fmt: skip
        return fused, pyramids


class ResidualLevel(nn.Module):
    """Two convolutions around which the input passes."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.around = Pixelwise(inputs, width)
        self.within = nn.Sequential(conv_bn(inputs, width), conv_bn(width, width))

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.around(x) + self.within(x))


class GRRNet(SceneNetwork):
    """width : channels of the finest level."""

    slug = "grrnet"

    def __init__(self, bands: dict[str, int], classes: int, width: int = WIDTH) -> None:
        super().__init__(bands, classes, width=width)
        sizes = [width * 2**level for level in range(LEVELS)]
        self.levels = nn.ModuleList(
            ResidualLevel(before, size) for before, size in zip([sum(self.widths()), *sizes], sizes)
        )
        steps = list(zip(sizes[:-1], sizes[1:]))[::-1]
        self.drawn = nn.ModuleList(Pixelwise(coarser, finer) for finer, coarser in steps)
        self.gates = nn.ModuleList(Pixelwise(2 * finer, finer) for finer, _ in steps)
        self.refined = nn.ModuleList(conv_bn(2 * finer, finer) for finer, _ in steps)
        self.coarse, self.head = nn.Conv2d(sizes[-1], classes, 1), head(width, classes)

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        maps = self._maps(images, masks)
        made = maps[-1]
        for draw, gate, refine, finer in zip(self.drawn, self.gates, self.refined, maps[-2::-1]):
            coarse = doubled(draw(made))
            passing = torch.sigmoid(gate(torch.cat([finer, coarse], 1)))
            made = refine(torch.cat([finer * passing, coarse], 1))
        return self.head(made)

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        images, masks = self.observed(inputs)
        coarse = doubled(doubled(self.coarse(self._maps(images, masks)[-1])))
        return (self.logits(images, masks), coarse), inputs[0].new_zeros(())

    def _maps(self, images: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        made = [self.levels[0](torch.cat(self.sensors(images, masks)[0], 1))]
        for level in self.levels[1:]:
            made.append(level(F.max_pool2d(made[-1], 2)))
        return made


class GatedHeterogeneous(nn.Module):
    """GHFM: attention by channel from what the streams have in common, then a gate for each stream."""

    def __init__(self, channels: int, streams: int) -> None:
        super().__init__()
        self.attend = nn.Sequential(Pixelwise(channels, max(4, channels // 4)), nn.ReLU(),
                                    Pixelwise(max(4, channels // 4), channels), nn.Sigmoid())  # fmt: skip
        self.gates = nn.ModuleList(Pixelwise(streams * (channels + 1), channels) for _ in range(streams))
        self.mix = conv_bn(channels, channels, 1)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        anything = sum(masks).clamp(max=1)
        shared = sum(image * mask for image, mask in zip(maps, masks)) / sum(masks).clamp(min=1)
        attention = self.attend(window_mean(shared, anything, 3))
        maps = [image * attention for image in maps]
        told = stacked(maps, masks)
        return self.mix(weighted_mean(maps, [gate(told) for gate in self.gates], masks))


class CHGFNet(SceneNetwork):
    """width : channels of the finest level."""

    slug = "chgfnet"

    def __init__(self, bands: dict[str, int], classes: int, width: int = WIDTH) -> None:
        super().__init__(bands, classes, 1, width=width)
        inputs = self.widths()
        self.encoders = nn.ModuleList(Encoder(count, width) for count in inputs)
        self.fusions = nn.ModuleList(GatedHeterogeneous(width * 2**level, len(inputs)) for level in range(LEVELS))
        self.decoder, self.head = Decoder(width), head(width, classes)

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        seen, there = self.sensors(images, masks)
        pyramids, levels = [one(image) for one, image in zip(self.encoders, seen)], [halves(mask) for mask in there]
        fused = [fusion([maps[level] for maps in pyramids], [mask[level] for mask in levels])
                 for level, fusion in enumerate(self.fusions)]  # fmt: skip
        return self.head(self.decoder(fused))
