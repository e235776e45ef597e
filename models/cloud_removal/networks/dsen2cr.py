"""DSen2-CR, a deep residual network for cloud removal, scaled down to a CPU.

Meraner, Ebel, Zhu, Schmitt (2020): Cloud removal in Sentinel-2 imagery using a deep residual neural network and
SAR-optical data fusion. ISPRS Journal 166, 333-346, doi:10.1016/j.isprsjprs.2020.05.013.

As there: all inputs are stacked, one convolution, residual blocks at full resolution without norms, one convolution,
and the optical input is added at the end. Different: 32 channels in 7 blocks instead of 256 in 16 (0.17 million
parameters, not 18.9), dilations that make up for the smaller number of blocks, a clear reference and masks of what is
there as further inputs, and a second output with the standard deviation of the error.
"""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import nn
from torch.nn import functional as F

from models.cloud_removal.networks.base import SAR_BANDS, CloudNetwork, Outcome, ResidualBlock, Seen, sigma_of

MASKS = 4


class DSen2CR(CloudNetwork):
    """Residual network; see the module.

    Parameters
    ----------
    width : channels. dilations : of the blocks, in their order.
    """

    slug: ClassVar[str] = "dsen2cr"

    def __init__(self, bands: int = 12, level: tuple[float, ...] | None = None, width: int = 32,
                 dilations: tuple[int, ...] = (1, 2, 4, 8, 4, 2, 1)) -> None:
        super().__init__(bands, level, width=width, dilations=list(dilations))
        self.first = nn.Conv2d(2 * bands + SAR_BANDS + MASKS, width, 3, padding=1)
        self.blocks = nn.Sequential(*(ResidualBlock(width, dilation) for dilation in dilations))
        self.last = nn.Conv2d(width, 2 * bands, 3, padding=1)
        nn.init.normal_(self.last.weight, 0, 1e-3)
        self.halo = 2 + sum(block.reach for block in self.blocks)

    def restore(self, seen: Seen) -> Outcome:
        stacked = torch.cat(seen, dim=1)
        residual, spread = self.last(F.relu(self.blocks(self.first(stacked)))).split(self.bands, dim=1)
        return Outcome(self.outward(seen.optical + residual), sigma_of(spread))
