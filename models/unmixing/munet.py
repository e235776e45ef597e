"""MUNet: an autoencoder that unmixes, whose features of the spectrum are weighed by attention from LiDAR heights.

Han, Hong, Gao, Yao, Zhang, Chanussot 2022, Multimodal hyperspectral unmixing: insights from attention networks,
doi:10.1109/TGRS.2022.3155794. Two branches make features of the image and of the heights; squeeze and excitation of the
heights' features weighs the image's. Softmax gives shares, a linear decoder the spectra; it begins with those of VCA.
Axis order (1, bands, H, W), float32, image from 0 to 1. Differences: squeezed over a window around each pixel and not
over the whole image, so that heights tell pixels apart; fewer layers.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.flop_counter import FlopCounterMode

from models.common.fitting import cosine_rate, descend, set_rate, threads
from models.unmixing.peers import vca

WIDTH, WINDOW, STEPS, RATE = 32, 5, 500, 3e-3
LEVEL = 0.1
"""Weight of the squared error beside the spectral angle."""


class MUNet(nn.Module):
    """bands: of the image. parts: spectra. guide_bands: of the heights; 0 = the image alone, with no attention."""

    def __init__(self, bands: int, parts: int, guide_bands: int = 1) -> None:
        super().__init__()
        self.image = nn.Sequential(nn.Conv2d(bands, 2 * WIDTH, 1), nn.BatchNorm2d(2 * WIDTH), nn.LeakyReLU(0.1),
                                   nn.Conv2d(2 * WIDTH, WIDTH, 3, padding=1), nn.LeakyReLU(0.1))  # fmt: skip
        self.heights: Optional[nn.Sequential] = None
        if guide_bands:
            self.heights = nn.Sequential(nn.Conv2d(guide_bands, WIDTH, 3, padding=1), nn.LeakyReLU(0.1),
                                         nn.Conv2d(WIDTH, WIDTH, 3, padding=1), nn.LeakyReLU(0.1))  # fmt: skip
        self.squeeze, self.excite = nn.Conv2d(WIDTH, WIDTH // 4, 1), nn.Conv2d(WIDTH // 4, WIDTH, 1)
        self.shares = nn.Conv2d(WIDTH, parts, 1)
        self.spectra = nn.Parameter(torch.rand(bands, parts))

    def forward(self, image: Tensor, heights: Optional[Tensor] = None) -> tuple[Tensor, Tensor]:
        """Shares (1, parts, H, W) and the image that they make (1, B, H, W)."""
        x = self.image(image)                                                               # (1, width, H, W)
        if self.heights is not None:
            seen = F.avg_pool2d(self.heights(heights), WINDOW, 1, WINDOW // 2, count_include_pad=False)
            x = x * torch.sigmoid(self.excite(F.relu(self.squeeze(seen))))
        shares = torch.softmax(self.shares(x), 1)
        return shares, F.conv2d(shares, self.spectra.clamp(min=0)[..., None, None])


def unmixed(image: np.ndarray, heights: Optional[np.ndarray], count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Spectra (bands, count), stored units, and shares (count, n) of a scene that the network is trained on.

    Parameters
    ----------
    image, heights : (bands, rows, cols); heights None = the image alone.
    """
    torch.manual_seed(seed)
    scale = float(np.quantile(image, 0.999))
    bands = len(image)
    network = MUNet(bands, count, 0 if heights is None else len(heights))
    network.spectra.data = torch.from_numpy(vca(image.reshape(bands, -1), count, seed) / scale).float()
    given = [torch.from_numpy(np.ascontiguousarray(image / scale, np.float32))[None]]
    if heights is not None:
        spread = heights.std(axis=(1, 2), keepdims=True)
        known = (heights - heights.mean(axis=(1, 2), keepdims=True)) / np.maximum(spread, 1e-9)
        given.append(torch.from_numpy(known.astype(np.float32))[None])
    slow, fast = [network.spectra], [one for name, one in network.named_parameters() if name != "spectra"]
    optimiser = torch.optim.Adam([{"params": fast}, {"params": slow, "factor": 0.1}])
    with threads(1):
        for step in range(STEPS):
            set_rate(optimiser, cosine_rate(step / STEPS, RATE, 0.05, 0.1))
            _, made = network(*given)
            turned = torch.acos(F.cosine_similarity(made, given[0], 1).clamp(-1 + 1e-6, 1 - 1e-6)).mean()
            descend(network, optimiser, turned + LEVEL * ((made - given[0]) ** 2).sum(1).mean())
        network.eval()
        with torch.inference_mode():
            shares, _ = network(*given)
    return network.spectra.detach().clamp(min=0).double().numpy() * scale, shares[0].double().numpy().reshape(count, -1)


def cost(bands: int, parts: int, guide_bands: int) -> tuple[int, float]:
    """Parameters, and multiply-adds per pixel."""
    network, side = MUNet(bands, parts, guide_bands).eval(), 16
    given = [torch.rand(1, count, side, side) for count in (bands, guide_bands) if count]
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network(*given)
    return sum(one.numel() for one in network.parameters()), counter.get_total_flops() / 2 / side**2
