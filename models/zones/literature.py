"""Two networks for zones, small after the papers: each zone is a picture of rasters around its middle.

`HeatMapNetwork`, like UnifiedDL-UFZ (Lu et al. 2022, A unified deep learning framework for urban functional zone
extraction based on multi-source heterogeneous data, Remote Sensing of Environment): one branch sees the image, one sees
heat maps of the distance to the nearest point of each category; each branch is corrected by what the other one holds,
and the zones around take part by the mean of their features.
`DensityNetwork`, like CF-CNN: one branch sees the image, one the density of users (any weight of points), and what they
hold in common, their product, is a third part of what decides.

Axis order: pictures (zones, channels, side, side); without an image the branch of the image is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from scipy.spatial import cKDTree
from torch import Tensor, nn

SIDE, CHANNELS, DROPOUT = 32, 24, 0.3
EPOCHS, RATE, DECAY, BATCH = 30, 3e-3, 1e-2, 48
REACH_STEPS = 2.0


@dataclass(frozen=True)
class Pictures:
    """What networks see of zones.

    Attributes
    ----------
    points, image : (zones, channels, SIDE, SIDE) float32; an image may have no channel.
    neighbours : (zones, k) int, the nearest other zones.
    """

    points: np.ndarray
    image: np.ndarray
    neighbours: np.ndarray


def heat_maps(places: np.ndarray, codes: np.ndarray, count: int, centres: np.ndarray, pixel_m: float) -> np.ndarray:
    """(zones, count, SIDE, SIDE): exp(-distance to the nearest point of each category over twice a pixel)."""
    grid = _grid(centres, pixel_m)
    made = np.zeros((len(centres), count, SIDE, SIDE), np.float32)
    for code in range(count):
        there = places[codes == code]
        if len(there):
            away = cKDTree(there).query(grid)[0]
            made[:, code] = np.exp(-away / (REACH_STEPS * pixel_m)).reshape(len(centres), SIDE, SIDE)
    return made


def densities(
    places: np.ndarray, codes: np.ndarray, weights: np.ndarray, count: int, centres: np.ndarray, pixel_m: float
) -> np.ndarray:
    """(zones, count, SIDE, SIDE): log(1 + weight of the points within two pixels)."""
    grid = _grid(centres, pixel_m)
    made = np.zeros((len(centres), count, SIDE, SIDE), np.float32)
    for code in range(count):
        there = codes == code
        if there.any():
            near = cKDTree(places[there]).query_ball_point(grid, REACH_STEPS * pixel_m)
            total = [float(weights[there][one].sum()) for one in near]
            made[:, code] = np.log1p(total).reshape(len(centres), SIDE, SIDE)
    return made


def _grid(centres: np.ndarray, pixel_m: float) -> np.ndarray:
    """(zones * SIDE * SIDE, 2) metres, row by row from the upper left."""
    line = (np.arange(SIDE) - (SIDE - 1) / 2) * pixel_m
    offsets = np.stack(np.meshgrid(line, -line), axis=-1).reshape(-1, 2)
    return (centres[:, None] + offsets).reshape(-1, 2)


class Branch(nn.Sequential):
    """Three halvings, then the mean: (N, channels, SIDE, SIDE) -> (N, CHANNELS)."""

    def __init__(self, channels: int) -> None:
        steps: list[nn.Module] = []
        for inputs in (channels, CHANNELS, CHANNELS):
            steps += [nn.Conv2d(inputs, CHANNELS, 3, padding=1), nn.BatchNorm2d(CHANNELS), nn.ReLU(), nn.MaxPool2d(2)]
        super().__init__(*steps, nn.AdaptiveAvgPool2d(1), nn.Flatten())


class HeatMapNetwork(nn.Module):
    """points, image : number of channels; image 0 = none. classes : their number."""

    def __init__(self, points: int, image: int, classes: int) -> None:
        super().__init__()
        self.points, self.image = Branch(points), Branch(image) if image else None
        parts = 2 if image else 1
        self.corrections = nn.ModuleList(nn.Linear(CHANNELS, CHANNELS) for _ in range(parts))
        self.head = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(2 * parts * CHANNELS, classes))

    def seen(self, points: Tensor, image: Tensor) -> Tensor:
        """(N, parts * CHANNELS): each branch and the correction by the other."""
        found = [self.points(points)] + ([self.image(image)] if self.image is not None else [])
        other = found[::-1]
        return torch.cat([one + one * torch.tanh(correct(two)) for one, two, correct in
                          zip(found, other, self.corrections)], 1)  # fmt: skip

    def forward(self, points: Tensor, image: Tensor, around: Tensor) -> Tensor:
        """`around` : (N, parts * CHANNELS), the mean of what is seen of the neighbours."""
        return self.head(torch.cat([self.seen(points, image), around], 1))


class DensityNetwork(nn.Module):
    """As `HeatMapNetwork`, without neighbours; what both branches hold in common is their product."""

    def __init__(self, points: int, image: int, classes: int) -> None:
        super().__init__()
        self.points, self.image = Branch(points), Branch(image) if image else None
        parts = 3 if image else 1
        self.head = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(parts * CHANNELS, classes))

    def forward(self, points: Tensor, image: Tensor, around: Tensor) -> Tensor:
        """`around` is not looked at."""
        found = [self.points(points)]
        if self.image is not None:
            found.append(self.image(image))
            found.append(found[0] * found[1])
        return self.head(torch.cat(found, 1))


def held_out(
    kind: type[nn.Module], pictures: Pictures, classes: np.ndarray, fold_of: np.ndarray, seed: int
) -> np.ndarray:
    """Class of each zone from a network that has not seen its fold; all settings are fixed, none is chosen.

    Parameters
    ----------
    classes, fold_of : (zones,) int.
    """
    made = np.zeros(len(classes), int)
    points, image = (_standard(one) for one in (pictures.points, pictures.image))
    for fold in np.unique(fold_of):
        test = torch.from_numpy(np.flatnonzero(fold_of == fold))
        rest = torch.from_numpy(np.flatnonzero(fold_of != fold))
        network = _trained(kind, points, image, pictures.neighbours, torch.from_numpy(classes), rest, seed)
        with torch.no_grad():
            around = _around(network, points, image, pictures.neighbours)
            made[test] = network(points[test], image[test], around[test]).argmax(1).numpy()
    return made


def _trained(
    kind: type[nn.Module], points: Tensor, image: Tensor, neighbours: np.ndarray, classes: Tensor, rest: Tensor,
    seed: int,
) -> nn.Module:  # fmt: skip
    torch.manual_seed(seed)
    count = int(classes.max()) + 1
    network = kind(points.shape[1], image.shape[1], count)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    held = torch.bincount(classes[rest], minlength=count).clamp(min=1).float()
    loss = nn.CrossEntropyLoss(held.sum() / (count * held), label_smoothing=0.05)
    for epoch in range(EPOCHS):
        for group in optimiser.param_groups:
            group["lr"] = RATE * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS))
        around = _around(network, points, image, neighbours)
        network.train()
        for part in rest[torch.randperm(len(rest))].split(BATCH):
            if len(part) < 2:
                continue
            flips = [axis for axis in (2, 3) if torch.rand(()) < 0.5]
            turned = [one[part].flip(flips) for one in (points, image)]
            value = loss(network(*turned, around[part]), classes[part])
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
    return network.eval()


@torch.no_grad()
def _around(network: nn.Module, points: Tensor, image: Tensor, neighbours: np.ndarray) -> Tensor:
    """Mean of what is seen of the neighbours of each zone; their classes are not looked at."""
    if not isinstance(network, HeatMapNetwork):
        return torch.zeros(len(points), 0)
    return network.eval().seen(points, image)[torch.from_numpy(neighbours)].mean(1)


def _standard(values: np.ndarray) -> Tensor:
    mean, spread = values.mean((0, 2, 3), keepdims=True), values.std((0, 2, 3), keepdims=True)
    return torch.from_numpy(((values - mean) / np.maximum(spread, 1e-6)).astype(np.float32))
