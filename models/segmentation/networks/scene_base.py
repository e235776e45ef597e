"""What all networks share that segment the user's own scene: sensors of one or two dates, a pyramid of three levels.

Axis order (N, channels, H, W), float32; inputs are standardised, `MISSING` where absent, see `Classifier`. A role that
ends in "_before" belongs to the sensor of the role without that ending, and its image to an earlier date. The levels
have full, half and quarter size, so heights and widths are multiples of 4. Nothing is taken over a whole tile, so no
pixel sees further than `halo`. U-Net: Ronneberger, Fischer, Brox 2015, doi:10.1007/978-3-319-24574-4_28.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.parts import conv_bn

BEFORE = "_before"
LEVELS = 3
STEP = 2 ** (LEVELS - 1)
REACH = 20
"""Pixels around a pixel that encoder and decoder see."""


def dates_of(roles: Sequence[str]) -> list[tuple[int, ...]]:
    """Of each sensor the places of its roles, that of the date itself first."""
    names = list(dict.fromkeys(role.removesuffix(BEFORE) for role in roles))
    found = [[roles.index(one) for one in (name, name + BEFORE) if one in roles] for name in names]
    return [tuple(places) for places in found]


class SceneNetwork(Classifier):
    """Base of these networks; `reach`: pixels that fusing looks around at each level, of that level's size."""

    multiple_of = STEP

    def __init__(self, bands: dict[str, int], classes: int, reach: int = 0, **own: Any) -> None:
        super().__init__(bands, classes, **own)
        self.dates = dates_of(list(bands))
        far = REACH + reach * sum(2**level for level in range(LEVELS))
        self.halo = -(-far // STEP) * STEP

    def widths(self) -> list[int]:
        """Channels of each sensor's image, see `sensors`."""
        return [self._width([self.bands[place] for place in places]) for places in self.dates]

    @staticmethod
    def _width(bands: Sequence[int]) -> int:
        alike = len(bands) == 2 and bands[0] == bands[1]
        return sum(bands) + len(bands) + (bands[0] if alike else 0)

    def sensors(self, images: list[Tensor], masks: list[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        """Of each sensor the image (both dates, their difference, what is there) and its mask, that of the date."""
        made = []
        for places in self.dates:
            dates, there = [images[place] for place in places], [masks[place] for place in places]
            if len(dates) == 2 and dates[0].shape[1] == dates[1].shape[1]:
                dates = [*dates, (dates[0] - dates[1]) * there[0] * there[1]]
            made.append(torch.cat([*dates, *there], 1))
        return made, [masks[places[0]] for places in self.dates]


class Encoder(nn.Module):
    """Maps of full, half and quarter size, of width, twice and four times the width."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.levels = nn.ModuleList(
            nn.Sequential(conv_bn(inputs if level == 0 else width * 2 ** (level - 1), width * 2**level),
                          conv_bn(width * 2**level, width * 2**level)) for level in range(LEVELS)
        )  # fmt: skip

    def forward(self, x: Tensor) -> list[Tensor]:
        made = [self.levels[0](x)]
        for level in self.levels[1:]:
            made.append(level(F.max_pool2d(made[-1], 2)))
        return made


class Decoder(nn.Module):
    """From the maps of an encoder to one of full size and `width` channels."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.steps = nn.ModuleList(
            conv_bn(3 * width * 2**level, width * 2**level) for level in reversed(range(LEVELS - 1))
        )

    def forward(self, maps: Sequence[Tensor]) -> Tensor:
        made = maps[-1]
        for step, finer in zip(self.steps, reversed(maps[:-1])):
            made = step(torch.cat([doubled(made), finer], 1))
        return made


def doubled(x: Tensor) -> Tensor:
    """Twice the size, each pixel as four."""
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


def halves(mask: Tensor) -> list[Tensor]:
    """A mask (N, 1, H, W) at every level: there where anything is."""
    made = [mask]
    for _ in range(LEVELS - 1):
        made.append(F.max_pool2d(made[-1], 2))
    return made


def head(width: int, classes: int, dropout: float = 0.1) -> nn.Sequential:
    """A map to logits."""
    return nn.Sequential(nn.Dropout2d(dropout), nn.Conv2d(width, classes, 1))


def shifted(x: Tensor, reach: int, step: int = 1) -> list[Tensor]:
    """x moved by every displacement of up to `reach` steps, 0 beyond the ends; (2 reach + 1)² maps."""
    rows, cols, far = x.shape[-2], x.shape[-1], reach * step
    padded = F.pad(x, (far, far, far, far))
    places = range(0, 2 * far + 1, step)
    return [padded[..., row : row + rows, col : col + cols] for row in places for col in places]
