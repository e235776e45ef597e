"""HyCoNet: both images become shares of the same spectra; how the sensors see is learned with them.

Zheng, Gao, Liao, Hong, Zhang, Cui, Chanussot 2021, Coupled convolutional neural network with adaptive response function
learning for unsupervised hyperspectral super-resolution, doi:10.1109/TGRS.2020.3006534. Two autoencoders share a
decoder, the spectra. The shares of the image are those of the guide, as the sensor of the image sees them; what each
sensor sees of the other's image is the same. The result is the spectra times the shares of the guide. Axis order
(N, bands, H, W), float32; `hs` and `guide` in units in which 0 stays 0. Differences: shares sum to one by softmax and
not by a loss; fewer layers.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.hyperspectral_sharpening.networks.low_pass import Responses, dense, spectra


class HyCoNet(nn.Module):
    """bands, guide_bands: of image and guide. ratio: of the pixel sizes. parts: spectra. hs_scale, guide_scale: stored
    values that become 1."""

    slug = "hyconet"
    multiple_of = 1
    halo = 0

    def __init__(
        self, bands: int, guide_bands: int, ratio: int = 3, parts: int = 24, hs_scale: float = 1.0,
        guide_scale: float = 1.0,
    ) -> None:  # fmt: skip
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "ratio": ratio, "parts": parts,
                       "hs_scale": hs_scale, "guide_scale": guide_scale}  # fmt: skip
        self.of_image, self.of_guide = dense(bands, 64, 32, parts), dense(guide_bands, 64, 32, parts)
        self.spectra = spectra(bands, parts)
        self.responses = Responses(bands, guide_bands, ratio)

    def decoded(self, shares: Tensor) -> Tensor:
        """(N, B, H, W) from (N, parts, H, W)."""
        return F.conv2d(shares, self.spectra.abs()[..., None, None])

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        return self.decoded(torch.softmax(self.of_guide(guide), 1))

    def loss(self, coarse: Tensor, guide: Tensor, weight: Tensor, share: float) -> Tensor:
        """Of a pair: coarse (1, B, h, w), guide (1, G, H, W), weight (1, B, 1, 1)."""
        ours, theirs = (torch.softmax(one, 1) for one in (self.of_image(coarse), self.of_guide(guide)))
        image = ((self.decoded(ours) - coarse) * weight).abs().mean()
        made = self.decoded(theirs)
        seen = ((self.responses.spatial(made) - coarse) * weight).abs().mean()
        other = (self.responses.spectral(made) - guide).abs().mean() / guide.mean()
        same = (self.responses.spatial(theirs) - ours).abs().mean()
        return image + seen + other + same + self.responses.disagreement(coarse, guide) / guide.mean()
