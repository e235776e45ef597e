"""Detail correction: what a regression on the 10 m bands leaves over at the 20 m bands, all of them jointly.

Axis order: tensors (chips, bands, rows, cols), float32, on the pixels of the 10 m bands; units are deviations of each
band over its scene, as the engine scales. No such network is shipped: docs/benchmarks/sentinel2_sharpening.md has what
was measured, and why.

    corrected = sharp + s head(features),   features = high-passed (fine, sharp, sharp - coarse) / s

`s` is the contrast of the fine bands around a pixel. So the network is equivariant to contrast and does not see the
level: an offset, haze or another gain of a scene changes nothing but the size of the correction, and where the fine
bands show nothing, nothing is corrected. What the correction looks like at 20 m is taken off afterwards by
back-projection, in training as in a run.

Residuals of all coarse bands at once: Lanaras, Bioucas-Dias, Galliani, Baltsavias, Schindler, Super-resolution of
Sentinel-2 images (DSen2), 2018, doi:10.1016/j.isprsjprs.2018.09.018. Residual blocks without normalisation: Lim, Son,
Kim, Nah, Lee, Enhanced deep residual networks for single image super-resolution, 2017, doi:10.1109/CVPRW.2017.151.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

FINE_BANDS, COARSE_BANDS = 4, 6
HIGH_PASS_PX, CONTRAST_PX = 5, 9
FLOOR = 0.02
"""Deviations of the scene that are added where a contrast divides."""


def window_mean(values: Tensor, side: int) -> Tensor:
    """Mean over windows of `side` pixels; what lies beyond the edge does not count."""
    return F.avg_pool2d(values, side, 1, side // 2, count_include_pad=False)


class Block(nn.Module):
    """Two convolutions beside a short cut, the second zero before training."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = (nn.Conv2d(width, width, 3, padding=1) for _ in range(2))
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, values: Tensor) -> Tensor:
        return values + self.second(F.relu(self.first(values)))


class DetailCorrection(nn.Module):
    """The network; see the module's docstring.

    Parameters
    ----------
    width : channels. blocks : how many `Block`s.
    """

    def __init__(self, width: int = 20, blocks: int = 1) -> None:
        super().__init__()
        self.config = {"width": width, "blocks": blocks}
        self.enter = nn.Conv2d(FINE_BANDS + 2 * COARSE_BANDS, width, 3, padding=1)
        self.body = nn.Sequential(*(Block(width) for _ in range(blocks)))
        self.head = nn.Conv2d(width, COARSE_BANDS, 3, padding=1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    @property
    def halo(self) -> int:
        """Pixels around a tile that matter: high pass, contrast and convolutions, one after the other."""
        return HIGH_PASS_PX // 2 + CONTRAST_PX // 2 + 2 + 2 * len(self.body)

    def forward(self, fine: Tensor, coarse: Tensor, sharp: Tensor) -> Tensor:
        """fine (N, 4, H, W), coarse (N, 6, H, W) interpolated, sharp (N, 6, H, W) -> corrected (N, 6, H, W)."""
        fine_high = fine - window_mean(fine, HIGH_PASS_PX)
        power = window_mean((fine_high * fine_high).mean(1, keepdim=True), CONTRAST_PX)
        contrast = power.add(1e-8).sqrt() + FLOOR
        seen = torch.cat((fine_high, sharp - window_mean(sharp, HIGH_PASS_PX), sharp - coarse), 1)
        return sharp + contrast * self.head(F.relu(self.body(self.enter(seen / contrast))))
