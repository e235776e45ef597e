"""Variations of training batches: turned and mirrored, other light, other noise, bands and whole modalities missing.

Axis order: (N, bands, H, W) float32 standardised, `MISSING` where a modality is absent, which stays so; labels
(N, H, W). Every draw comes from the generator that is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from models.land_cover.networks import MISSING
from models.land_cover.statistics import BandStatistics

BEFORE = "_before"
"""Ending of the role of an earlier date: such a raster is absent wherever that of the date is."""
SPECTRAL = ("hs", "ms")
"""Roles whose bands share the light that falls on a pixel."""


@dataclass(frozen=True)
class Augmentation:
    """How much training batches vary; 0 in a field = not at all."""

    turn: bool = True
    """The eight ways to lay a chip down."""
    gain: float = 0.1
    """Deviation of the logarithm of the light on a chip, spectral roles, in stored units."""
    tilt: float = 0.05
    """Deviation of a gain that falls or rises along the bands, spectral roles."""
    offset: float = 0.05
    """Deviation of what is added to each band of a chip, in deviations of the band; other roles."""
    noise: float = 0.05
    """Deviation of the noise of every value, in deviations of the band."""
    band_drop: float = 0.2
    """Chance that a chip loses a run of neighbouring bands, at most a quarter of them; roles of 8 bands and more."""
    absent: float = 0.2
    """Chance that a modality that may be absent is so on a chip, on half of these only over a part."""


def without_noise_of_bands(how: Augmentation) -> Augmentation:
    """The same without what changes neighbouring bands differently, which whitening would raise beyond everything."""
    return replace(how, tilt=0.0, noise=0.0, band_drop=0.0)


class Augmenter:
    """Varies batches.

    Parameters
    ----------
    roles : order of the inputs. optional : those that may be absent; never all are at once.
    statistics : for the gain, which acts on stored units.
    """

    def __init__(self, how: Augmentation, roles: Sequence[str], optional: Sequence[str], statistics: BandStatistics,
                 generator: torch.Generator) -> None:
        self.how, self.roles, self.optional, self.generator = how, tuple(roles), frozenset(optional), generator
        self.zero = _zeros(statistics)
        later = [role.removesuffix(BEFORE) for role in self.roles]
        self.later = [self.roles.index(one) if one in self.roles else place for place, one in enumerate(later)]

    def __call__(self, inputs: Sequence[Tensor], labels: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        varied = [self._varied(role, image) for role, image in zip(self.roles, inputs)]
        varied = self._some_absent(varied)
        return self._turned(varied, labels) if self.how.turn else (tuple(varied), labels)

    def _turned(self, inputs: Sequence[Tensor], labels: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        flip_rows, flip_cols, swap = (torch.rand(3, generator=self.generator) < 0.5).tolist()
        axes = [axis for axis, flip in ((-2, flip_rows), (-1, flip_cols)) if flip]
        all_maps = [image.flip(axes) if axes else image for image in (*inputs, labels)]
        if swap and labels.shape[-1] == labels.shape[-2]:
            all_maps = [image.transpose(-1, -2) for image in all_maps]
        return tuple(image.contiguous() for image in all_maps[:-1]), all_maps[-1].contiguous()

    def _varied(self, role: str, image: Tensor) -> Tensor:
        there = image[:, :1] > MISSING / 2
        count, bands = image.shape[:2]
        changed = self._relit(role, image) if role in SPECTRAL else image + self.how.offset * self._normal(count, bands)
        if self.how.noise:
            changed = changed + self.how.noise * torch.empty_like(image).normal_(generator=self.generator)
        if bands >= 8 and self.how.band_drop:
            changed = changed * self._kept_bands(count, bands)
        return torch.where(there, changed, MISSING)

    def _relit(self, role: str, image: Tensor) -> Tensor:
        """Stored values times a gain, in standardised units."""
        count, bands = image.shape[:2]
        slope = torch.linspace(-1.7, 1.7, bands)[None, :, None, None]
        gain = torch.exp(self.how.gain * self._normal(count, 1) + self.how.tilt * slope * self._normal(count, 1))
        return gain * image + (1 - gain) * self.zero[role]

    def _kept_bands(self, count: int, bands: int) -> Tensor:
        """(count, bands, 1, 1): 0 in the run that is lost."""
        lost = self._uniform(count) < self.how.band_drop
        width = self._uniform(count) * bands / 4
        first = self._uniform(count) * (bands - width)
        at = torch.arange(bands)
        inside = (at >= first[:, None]) & (at < (first + width)[:, None]) & lost[:, None]
        return (~inside).float()[:, :, None, None]

    def _some_absent(self, images: list[Tensor]) -> list[Tensor]:
        count = len(images[0])
        may = torch.tensor([role in self.optional for role in self.roles])
        gone = (torch.rand(len(images), count, generator=self.generator) < self.how.absent) & may[:, None]
        spared = torch.tensor(self.later)[torch.randint(len(images), (count,), generator=self.generator)]
        gone[spared, torch.arange(count)] &= ~gone[self.later].all(dim=0)
        gone = gone | gone[self.later]
        return [self._without(image, mask) if mask.any() else image for image, mask in zip(images, gone)]

    def _without(self, image: Tensor, gone: Tensor) -> Tensor:
        """`MISSING` on the chips that are gone (N,), on about half of them only on one side of a line."""
        rows, cols = (torch.linspace(-1, 1, size) for size in image.shape[-2:])
        angle, away = 6.2832 * self._uniform(len(gone)), 2 * self._uniform(len(gone)) - 1
        position = torch.cos(angle)[:, None, None] * rows[:, None] + torch.sin(angle)[:, None, None] * cols
        beyond = position > away[:, None, None]
        whole = self._uniform(len(gone)) < 0.5
        mask = gone[:, None, None] & (whole[:, None, None] | beyond)
        return torch.where(mask[:, None], MISSING, image)

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, 1, 1, generator=self.generator)

    def _uniform(self, count: int) -> Tensor:
        return torch.rand(count, generator=self.generator)


def _zeros(statistics: BandStatistics) -> Mapping[str, Tensor]:
    """Role -> (1, bands, 1, 1): the standardised value of a stored 0."""
    return {
        role: torch.from_numpy(-mean / statistics.deviation[role]).reshape(1, -1, 1, 1)
        for role, mean in statistics.mean.items()
    }
