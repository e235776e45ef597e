"""A network, and what one scene teaches about its result: to every band a linear mixture of details is added.

Axis order: (N, bands, H, W), float32, scaled inputs. What is mixed, all of it without a constant: the detail that the
network added to every band; the detail of pan above its low pass, at the pixel and its eight neighbours; and the band
modulated by that detail, as Brovey's transform does (Lolli and others, 2017, doi:10.1109/LGRS.2017.2761021). The
weights are found in closed form, see `models.pansharpening.adaptation.mix`; all zero, the network's own result comes
out.
Regression of details on the scene itself, over scales: Vivone, Restaino, Chanussot, Full scale regression-based
injection coefficients for panchromatic sharpening, IEEE TIP 27(7), 2018, doi:10.1109/TIP.2018.2819501.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.pansharpening.networks.layers import low_pass

NEIGHBOURS = 9
LOW_PASS_REACH = 17
"""Pixels of the low pass at ratio 8, and a neighbour."""
LEAST_PAN = 0.3
"""Standard deviations of pan, above black: what divides is kept above it."""


class SceneMix(nn.Module):
    """bands: number of MS bands. parent, parent_config: slug and arguments of the network."""

    slug = "scene_mix"

    def __init__(self, bands: int, parent: str, parent_config: dict[str, Any]) -> None:
        super().__init__()
        from models.pansharpening.networks import build  # which knows this one, too

        self.config = {"bands": bands, "parent": parent, "parent_config": parent_config}
        self.parent = build(parent, parent_config)
        self.multiple_of, self.matched_pan = self.parent.multiple_of, self.parent.matched_pan
        self.details = nn.Parameter(torch.zeros(bands, bands, 1, 1))
        self.pan_details = nn.Parameter(torch.zeros(bands, 1, 3, 3))
        self.modulated = nn.Parameter(torch.zeros(bands, 1, 1))
        self.register_buffer("dark", torch.zeros(bands, 1, 1))
        self.register_buffer("pan_dark", torch.zeros(1, 1, 1))

    @property
    def halo(self) -> int:
        return max(int(self.parent.halo), LOW_PASS_REACH)

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        fused = self.parent(ms, pan, ratio)
        detail, by_ratio = pan_details(ms, pan, ratio, self.dark, self.pan_dark)   # (N, 1, H, W), (N, B, H, W)
        mixed = F.conv2d(fused - ms, self.details)
        mixed = mixed + F.conv2d(F.pad(detail, (1, 1, 1, 1), mode="replicate"), self.pan_details)
        return fused + mixed + self.modulated * by_ratio


def pan_details(ms: Tensor, pan: Tensor, ratio: Tensor, dark: Tensor, pan_dark: Tensor) -> tuple[Tensor, Tensor]:
    """Detail of pan, and every band modulated by it; `dark`: what scaled values lack to be proportional to stored."""
    low = low_pass(pan, ratio)
    detail = pan - low
    share = (detail / (low + pan_dark).clamp_min(LEAST_PAN)).clamp(-2, 2)
    return detail, (ms + dark) * share
