"""MIAE: an autoencoder of the image that is wanted; its encoder is an unfolded fit of each pixel to both images.

Liu, Wu, Xiao, Wu 2022, Model inspired autoencoder for unsupervised hyperspectral image super-resolution,
doi:10.1109/TGRS.2022.3143156. The image is a product of spectra (the decoder) and hidden values that are not negative.
Gradient steps of the fit of a pixel to both images become layers. First the responses of the sensors are learned from
the two images. Axis order (N, bands, H, W), float32; `hs` and `guide` in units in which 0 stays 0. Difference: fewer
steps.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from models.hyperspectral_sharpening.networks.low_pass import Responses, spectra

BLIND = 0.2
"""Share of the training in which the responses alone are learned."""


class Miae(nn.Module):
    """bands, guide_bands: of image and guide. ratio: of the pixel sizes. parts: spectra. steps: unfolded. hs_scale,
    guide_scale: stored values that become 1."""

    slug = "miae"
    multiple_of = 1
    halo = 0

    def __init__(
        self, bands: int, guide_bands: int, ratio: int = 3, parts: int = 24, steps: int = 4, hs_scale: float = 1.0,
        guide_scale: float = 1.0,
    ) -> None:  # fmt: skip
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "ratio": ratio, "parts": parts, "steps": steps,
                       "hs_scale": hs_scale, "guide_scale": guide_scale}  # fmt: skip
        self.of_image, self.of_guide = nn.Conv2d(bands, parts, 1), nn.Conv2d(guide_bands, parts, 1)
        self.again = nn.ModuleList(nn.Conv2d(parts, parts, 1) for _ in range(steps))
        self.spectra = spectra(bands, parts)
        self.responses = Responses(bands, guide_bands, ratio)

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        given = self.of_image(hs) + self.of_guide(guide)              # (N, parts, H, W)
        hidden = F.leaky_relu(given, 0.01)
        for layer in self.again:
            hidden = F.leaky_relu(hidden + layer(hidden) + given, 0.01)
        return F.conv2d(hidden.clamp(min=0), self.spectra.abs()[..., None, None])

    def loss(self, coarse: Tensor, guide: Tensor, weight: Tensor, share: float, hs: Tensor) -> Tensor:
        """Of a pair: coarse (1, B, h, w), hs (1, B, H, W) the same interpolated; `share` of the training gone."""
        if share < BLIND:
            return self.responses.disagreement(coarse, guide) / guide.mean()
        made = self(hs, guide)
        seen = ((self.responses.spatial(made) - coarse) * weight).abs().mean()
        return seen + (self.responses.spectral(made) - guide).abs().mean() / guide.mean()
