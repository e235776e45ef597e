"""FusionNet: a residual network on pan minus each band, added to the interpolated MS.

Axis order: (N, bands, H, W), float32, scaled inputs.
Deng, Vivone, Jin, Chanussot, Detail injection-based deep convolutional neural networks for pansharpening,
IEEE TGRS 59(8), 2021, doi:10.1109/TGRS.2020.3031366. 78,632 parameters at 8 bands.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F


class Block(nn.Module):
    """Two 3 x 3 convolutions with a skip."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(x)))


class FusionNet(nn.Module):
    """bands: number of MS bands. width: filters. blocks: residual blocks."""

    slug = "fusionnet"
    multiple_of = 1
    matched_pan = False

    def __init__(self, bands: int, width: int = 32, blocks: int = 4) -> None:
        super().__init__()
        self.config = {"bands": bands, "width": width, "blocks": blocks}
        self.first = nn.Conv2d(bands, width, 3, padding=1)
        self.blocks = nn.Sequential(*(Block(width) for _ in range(blocks)))
        self.last = nn.Conv2d(width, bands, 3, padding=1)

    @property
    def halo(self) -> int:
        return 2 + 2 * self.config["blocks"]

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        x = pan - ms                               # (N, B, H, W), pan against every band
        x = F.relu(self.first(x))                  # (N, width, H, W)
        x = self.blocks(x)                         # (N, width, H, W)
        return ms + self.last(x)                   # (N, B, H, W)
