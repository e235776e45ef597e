"""What all networks that find water share: four images of which any may be absent, and what is seen around a pixel.

Axis order (N, bands, H, W), float32. Inputs, in this order:

sar             backscatter in decibels after the flood, less the scene's median and over its spread
sar_before      the same of an earlier date
optical         SWIR, NIR, green after the flood, over the median brightness of the scene
optical_before  the same bands of an earlier date, over that date's

`MISSING` stands in every band of an image where it is absent or invalid. The output is (N, 2, H, W), the logits of
"other" and "water": with an earlier image of a sensor, water that was not there before; without one, all water.

A network sees means and deviations of squares around a pixel, of the pixels that are there, and decides for each pixel
by itself. Few floods with labels are open, and what such features taught carried over to floods that were not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MISSING = -1e6
ROLES = ("sar", "sar_before", "optical", "optical_before")
SENSORS = ("optical", "sar")
BANDS = {"optical": 3, "sar": 1}
"""Of a date."""
MEANS_PX, DEVIATIONS_PX = (1, 3, 10, 25), (3, 10)
"""Reach of the squares: pixels to each side."""
LEAST_VARIANCE = 1e-3
LARGEST_SAR, LARGEST_OPTICAL = 5.0, 8.0
"""Scaled values beyond these are cut off."""
BY_RULE, INDEX_WEIGHT = ("optical",), 2.0
"""Sensors whose votes go by rules, too (speckle makes them worse for SAR), and what the logarithm of a ratio weighs."""
FARTHEST = 3.0
"""Deviations from the mean of a feature beyond this are cut off."""
DARK = 0.05
"""Of the scene's brightness: what is added before the logarithm, in which ratios of bands are differences."""


def features(sensor: str) -> int:
    """How many numbers are seen of a date: those of `around`."""
    return BANDS[sensor] * (len(MEANS_PX) + len(DEVIATIONS_PX))


def pair_features(sensor: str) -> int:
    """How many are seen of both dates: those of `paired`."""
    return 3 * features(sensor) + 2


class WaterNetwork(nn.Module):
    """Base of the networks; a subclass implements `decide`.

    Parameters
    ----------
    levels : sensor -> [means, deviations] of its features over the pixels that were learned from, JSON-able.

    Attributes
    ----------
    slug : name in files and cards. multiple_of, halo, config : as of all families, see `models.common.families`.
    """

    slug: ClassVar[str] = ""
    multiple_of: ClassVar[int] = 1
    halo: int = max(MEANS_PX)
    sensors: tuple[str, ...] = SENSORS

    def __init__(self, levels: Mapping[str, Any] | None = None, **own: Any) -> None:
        super().__init__()
        self.config: dict[str, Any] = {"levels": levels, **own}
        for sensor in self.sensors:
            mean, spread = (levels or {}).get(sensor) or ([0.0] * features(sensor), [1.0] * features(sensor))
            self.register_buffer(f"{sensor}_mean", torch.tensor(mean).reshape(1, -1, 1, 1), persistent=False)
            self.register_buffer(f"{sensor}_spread", torch.tensor(spread).reshape(1, -1, 1, 1), persistent=False)

    def forward(self, sar: Tensor, sar_before: Tensor, optical: Tensor, optical_before: Tensor) -> Tensor:
        """Inputs as the module says -> (N, 2, H, W) logits of other and water."""
        images = {"sar": (sar, sar_before), "optical": (optical, optical_before)}
        seen = {sensor: self.seen(sensor, *images[sensor]) for sensor in self.sensors}
        water = self.decide(seen)
        return torch.cat([torch.zeros_like(water), water], dim=1)

    def seen(self, sensor: str, now: Tensor, before: Tensor) -> Tensor:
        """Both dates of a sensor as `paired`."""
        mean, spread = getattr(self, f"{sensor}_mean"), getattr(self, f"{sensor}_spread")
        has, had = present(now), present(before)
        dates = ((around(sensor, image, there) - mean) / spread for image, there in ((now, has), (before, had)))
        return paired(*dates, has, had)

    def decide(self, seen: Mapping[str, Tensor]) -> Tensor:
        """(N, 1, H, W), the logarithm of the odds of water; `seen` by sensor, as of `paired`."""
        raise NotImplementedError

    def voted(self, sensor: str, head: nn.Module, seen: Tensor) -> Tensor:
        """A sensor's logit. Optical goes by three ways, of which two hold on ground unlike any that was learned.

        What the head learned of pairs of dates; the rule that new water is water now and was none before; and the same
        rule by the ratio of green to SWIR alone, on which MNDWI rests.
        """
        learned = head(seen)
        if sensor not in BY_RULE:
            return learned
        rule = torch.minimum(head(one_date(seen)), -head(one_date(seen, before=True)))
        both = present_in(seen)[0] * present_in(seen)[1] > 0
        wet, was = self._wetness(sensor, seen, 0), self._wetness(sensor, seen, features(sensor))
        index = torch.where(both, torch.minimum(wet, -was), wet)
        return torch.where(both, 0.5 * (learned + rule), learned) + INDEX_WEIGHT * index

    def _wetness(self, sensor: str, seen: Tensor, first: int) -> Tensor:
        """Logarithm of green over SWIR in the smallest square, of the date whose features begin there."""
        mean, spread = getattr(self, f"{sensor}_mean"), getattr(self, f"{sensor}_spread")
        swir, green = (seen[:, first + k : first + k + 1] * spread[:, k : k + 1] + mean[:, k : k + 1] for k in (0, 2))
        return green - swir

    def learn(self, seen: Mapping[str, Tensor]) -> Tensor:
        """The logit that is trained, where it is not that of `decide`."""
        return self.decide(seen)


def present(image: Tensor) -> Tensor:
    """(N, 1, H, W) of 1 and 0: where an image is there."""
    return (image.amin(1, keepdim=True) > MISSING / 2).to(image.dtype)


def levelled(sensor: str, image: Tensor) -> Tensor:
    """Scaled values to those whose means are taken."""
    if sensor == "sar":
        return torch.clamp(image, -LARGEST_SAR, LARGEST_SAR)
    return torch.log(torch.clamp(image, 0, LARGEST_OPTICAL) + DARK)


def around(sensor: str, image: Tensor, there: Tensor) -> Tensor:
    """(N, features, H, W): means of all squares, then deviations, of the pixels that are there."""
    values = levelled(sensor, image) * there
    means = {reach: _mean(values, there, reach) for reach in MEANS_PX}
    spreads = [torch.sqrt(torch.relu(_mean(values * values, there, reach) - means[reach] ** 2) + LEAST_VARIANCE)
               for reach in DEVIATIONS_PX]  # fmt: skip
    return torch.cat([*means.values(), *spreads], dim=1)


def _mean(values: Tensor, there: Tensor, reach: int) -> Tensor:
    """Mean over squares of those pixels that are there; `values` are 0 elsewhere."""
    return _pooled(values, reach) / torch.clamp(_pooled(there, reach), min=1e-4)


def _pooled(values: Tensor, reach: int) -> Tensor:
    side = 2 * reach + 1
    rows = F.avg_pool2d(values, (side, 1), 1, (reach, 0))
    return F.avg_pool2d(rows, (1, side), 1, (0, reach))


def paired(now: Tensor, before: Tensor, has: Tensor, had: Tensor) -> Tensor:
    """Features of both dates, their difference, and which of them are there; 0 stands for what is not."""
    now, before = (torch.clamp(date, -FARTHEST, FARTHEST) * there for date, there in ((now, has), (before, had)))
    return torch.cat([now, before, (now - before) * has * had, has, had], dim=1)


def one_date(seen: Tensor, before: bool = False) -> Tensor:
    """What `paired` would give of the date alone, or of the date before as if it were the date."""
    size = (seen.shape[1] - 2) // 3
    there = present_in(seen)[int(before)]
    date, nothing = seen[:, size : 2 * size] if before else seen[:, :size], torch.zeros_like(seen[:, :size])
    return torch.cat([date, nothing, nothing, there, torch.zeros_like(there)], dim=1)


def present_in(seen: Tensor) -> tuple[Tensor, Tensor]:
    """(N, 1, H, W) each: whether the date and the date before are there, from `paired`."""
    return seen[:, -2:-1], seen[:, -1:]


class Head(nn.Sequential):
    """Numbers of a pixel to others of the same pixel, by two hidden layers."""

    def __init__(self, given: int, width: int, made: int = 1) -> None:
        super().__init__(
            nn.Conv2d(given, width, 1), nn.ReLU(), nn.Dropout(0.1), nn.Conv2d(width, width, 1), nn.ReLU(),
            nn.Conv2d(width, made, 1),
        )  # fmt: skip
