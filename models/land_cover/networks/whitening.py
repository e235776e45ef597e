"""Whitening of many bands inside a network: what is learned from the training pixels before training begins.

Axis order: (N, bands, H, W), float32. Neighbouring bands say nearly the same; in principal components of equal spread
(Hotelling 1933, doi:10.1037/h0071325) small differences between spectra count as much as large ones, which gradient
steps on the bands themselves take long to find. Spectra are first divided by their own length, so that light and shade
change one component only, the logarithm of that length.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.parts import product

SPECTRAL = ("hs", "ms")
"""Roles whose bands share the light that falls on a pixel."""
FEWEST_BANDS_OF_A_SPECTRUM = 4
FLOOR = 0.02
"""Of the typical length of a spectrum, so that darkness does not become noise."""
SMALLEST_SPREAD = 1e-5
"""Variance, of 1 a band, that components with less are not raised beyond."""
UNLEARNED_LEVEL = 3.0


class Whitening(nn.Module):
    """(N, B, H, W) standardised -> (N, outputs, H, W) of mean 0 and spread about 1.

    bands : B. components : most principal components; all where there are fewer bands. spectral : whether the bands
    are a spectrum, whose length becomes a component of its own. Before `learn` the components are random directions.
    """

    def __init__(self, bands: int, components: int, spectral: bool) -> None:
        super().__init__()
        self.spectral = spectral and bands >= FEWEST_BANDS_OF_A_SPECTRUM
        kept = min(bands, components)
        self.outputs = kept + int(self.spectral)
        directions, _ = torch.linalg.qr(torch.randn(bands, kept))
        self.register_buffer("matrix", directions.T.contiguous()[:, :, None, None])    # (kept, B, 1, 1)
        self.register_buffer("bias", torch.zeros(kept))
        self.register_buffer("zero", torch.full((bands, 1, 1), -UNLEARNED_LEVEL))
        self.register_buffer("gain", torch.full((bands, 1, 1), 1 / UNLEARNED_LEVEL))
        self.register_buffer("level", torch.tensor([0.0, 1.0]))

    def forward(self, x: Tensor) -> Tensor:
        if not self.spectral:
            return product(x, self.matrix, self.bias)
        shape, length = self._divided(x)
        level = (length.log() - self.level[0]) / self.level[1]
        return torch.cat((product(shape, self.matrix, self.bias), level), 1)

    def _divided(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Spectra over their length, 1 being typical of it, and the length (N, 1, H, W)."""
        stored = (x - self.zero) * self.gain
        length = ((stored * stored).mean(1, keepdim=True) + FLOOR**2).sqrt()
        return stored / length, length

    @torch.no_grad()
    def learn(self, pixels: Tensor, zero: Tensor, deviation: Tensor) -> None:
        """Take over the components of these pixels.

        Parameters
        ----------
        pixels : (pixels, B), standardised.
        zero : (B,), the standardised value of a stored 0; deviation : (B,), of the bands in stored units.
        """
        image = pixels.T[None, :, :, None]
        if self.spectral:
            self.zero.copy_(zero[:, None, None])
            self.gain.copy_(deviation[:, None, None])
            typical = ((image - self.zero) * self.gain).square().mean(1).sqrt().median().clamp(min=1e-12)
            self.gain.div_(typical)
            image, length = self._divided(image)
            spread, mean = torch.std_mean(length.log(), correction=0)
            self.level.copy_(torch.stack((mean, spread.clamp(min=1e-3))))
        matrix, bias = components(image[0, :, :, 0].T.double(), len(self.matrix))
        self.matrix.copy_(matrix[:, :, None, None])
        self.bias.copy_(bias)


def components(values: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Matrix (count, B) and bias (count,) that give the first principal components spread 1, from (pixels, B)."""
    spread, mean = torch.std_mean(values, 0, correction=0)
    scaled = (values - mean) / spread.clamp(min=1e-9)
    variances, directions = torch.linalg.eigh(scaled.T @ scaled / len(values))
    variances, directions = variances.flip(0)[:count], directions.flip(1)[:, :count]
    matrix = (directions / (variances.clamp(min=0) + SMALLEST_SPREAD).sqrt()).T / spread.clamp(min=1e-9)
    return matrix, -(matrix @ mean)
