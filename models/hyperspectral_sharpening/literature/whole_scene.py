"""A pair as tensors for networks that learn from it alone: images in units in which 0 stays 0, and both sensors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.hyperspectral_sharpening.literature.pairs import Pair, level_of, response, sensor

SEED = 1


@dataclass(frozen=True)
class WholeScene:
    """Tensors float32.

    Attributes
    ----------
    coarse, hs, guide : (1, B, h, w), the same interpolated (1, B, H, W), and (1, G, H, W).
    weight : (1, B, 1, 1): 1 over the mean of a band, so that losses are in units of the means.
    down, across : the sensor of the image, (h, H) and (w, W).
    response, constant : the sensor of the guide, (G, B, 1, 1) and (1, G, 1, 1).
    hs_scale, guide_scale : stored values that are 1 here.
    """

    coarse: Tensor
    hs: Tensor
    guide: Tensor
    weight: Tensor
    down: Tensor
    across: Tensor
    response: Tensor
    constant: Tensor
    hs_scale: float
    guide_scale: float

    def seen(self, made: Tensor) -> Tensor:
        """What the sensor of the image sees of (1, B, H, W)."""
        return self.down @ made @ self.across.T

    def guided(self, made: Tensor) -> Tensor:
        """What the sensor of the guide sees of it."""
        return F.conv2d(made, self.response) + self.constant

    def loss(self, made: Tensor) -> Tensor:
        """How far both differ from what the sensors recorded: the coarse image's and the guide's."""
        coarse = ((self.seen(made) - self.coarse) * self.weight).abs().mean()
        return coarse + (self.guided(made) - self.guide).abs().mean() / self.guide.abs().mean()


def whole_scene(pair: Pair) -> WholeScene:
    """The tensors of a pair."""
    scales = float(np.quantile(pair.coarse, 0.999)), float(np.quantile(pair.guide, 0.999))
    weights, constant = response(pair)
    level = level_of(pair.coarse.mean(axis=(1, 2), keepdims=True))
    arrays = (
        pair.coarse[None] / scales[0], pair.base[None] / scales[0], pair.guide[None] / scales[1],
        scales[0] / level[None], *sensor(pair), (weights * scales[0] / scales[1])[..., None, None],
        (constant / scales[1])[None, :, None, None],
    )  # fmt: skip
    return WholeScene(*(torch.from_numpy(np.ascontiguousarray(one, np.float32)) for one in arrays), *scales)
