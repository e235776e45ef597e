"""What all networks for cloud removal share: inputs that may be absent, and how values are brought to one scale.

Axis order: (N, bands, H, W), float32; H and W are multiples of `multiple_of`. Inputs, in this order:

optical    reflectance 0..1 (a bright cloud may exceed 1) of `bands` bands, clouded where the mask says so
sar        Sentinel-1 VV, VH in decibels; may be absent
clear      an earlier clear acquisition, reflectance of the same bands; may be absent
cloudmask  1 = cloud or shadow, 0 = clear, and what lies between

`MISSING` stands in every band of an input where it is absent or invalid; where all bands of an image are 0 or less,
which is how products mark what they do not cover, it is absent as well. Outputs: `restored`, reflectance of the same
bands, and `sigma` > 0, the standard deviation of its error. A network does not look further than `halo` pixels, so no
statistics are taken over a whole tile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MISSING = -1e6
ROLES = ("optical", "sar", "clear", "cloudmask")
SAR_BANDS = 2
LARGEST = 1.6
"""Reflectance above this is cut off."""
SPREAD = 0.1
"""Reflectance that is 1 inside the networks."""
SAR_RANGE, SAR_MEAN, SAR_SPREAD = (-32.5, 5.0), (-11.0, -18.0), 5.0
"""Decibels: values beyond the range are cut off."""
SIGMA_RANGE = (-4.5, 3.0)
"""Logarithm of the least and the largest sigma, in `SPREAD`."""


class Seen(NamedTuple):
    """The inputs at one scale, 0 where they are absent, and masks (N, 1, H, W) of 1 and 0.

    optical, clear: (reflectance - level) / SPREAD. sar: (decibels - mean) / SAR_SPREAD. cloud: 0..1, 1 where there is
    no optical value. has_*: where the input is there.
    """

    optical: Tensor
    sar: Tensor
    clear: Tensor
    cloud: Tensor
    has_optical: Tensor
    has_sar: Tensor
    has_clear: Tensor


class Outcome(NamedTuple):
    """restored, sigma: reflectance. drafts: earlier estimates, (N, bands, H, W) each, that are trained as well."""

    restored: Tensor
    sigma: Tensor
    drafts: tuple[Tensor, ...] = ()


class CloudNetwork(nn.Module):
    """Base of the networks; a subclass implements `restore`.

    Parameters
    ----------
    bands : number of optical bands. own : the subclass's own arguments, JSON-able; they go into `config`.
    level : mean reflectance of each band over land, JSON-able; what is 0 inside the network.

    Attributes
    ----------
    slug : name in files and cards. multiple_of : heights and widths must be multiples of it. halo : pixels around a
    pixel that its result may depend on. near : how many of them it looks at pixel by pixel; it knows the others by
    coarse sums only. trims : whether it leaves out the outer pixels of a large image, see `trimmed`. config : the
    arguments that build the network again.
    """

    slug: ClassVar[str] = ""
    multiple_of: ClassVar[int] = 1
    halo: int = 0
    near: int = 0
    trims: bool = False

    def __init__(self, bands: int = 12, level: tuple[float, ...] | None = None, **own: Any) -> None:
        super().__init__()
        level = tuple(level) if level is not None else (0.2,) * bands
        if bands < 1 or len(level) != bands:
            raise ValueError(f"Found {len(level)} levels for {bands} bands, expected one for each of at least one "
                             "band; give as many levels as bands.")
        self.config: dict[str, Any] = {"bands": int(bands), "level": list(level), **own}
        self.bands = bands
        self.register_buffer("level", torch.tensor(level, dtype=torch.float32).reshape(1, -1, 1, 1), persistent=False)
        mean = torch.tensor(SAR_MEAN).reshape(1, -1, 1, 1)
        self.register_buffer("sar_mean", mean, persistent=False)

    def forward(self, optical: Tensor, sar: Tensor, clear: Tensor, cloudmask: Tensor) -> tuple[Tensor, Tensor]:
        """Inputs as the module says -> restored, sigma, both (N, bands, H, W) in reflectance."""
        outcome = self.outcome(optical, sar, clear, cloudmask)
        return outcome.restored, outcome.sigma

    def outcome(self, optical: Tensor, sar: Tensor, clear: Tensor, cloudmask: Tensor) -> Outcome:
        """As `forward`, with the estimates on the way, for the training."""
        return self.restore(self.seen(optical, sar, clear, cloudmask))

    def restore(self, seen: Seen) -> Outcome:
        """Results in reflectance."""
        raise NotImplementedError

    def begin_with(self, spectra: Tensor, decibels: Tensor) -> None:
        """Take typical spectra (n, bands) of clear land and their backscatter (n, 2) before training, if of use."""

    def quick_parameters(self) -> list[nn.Parameter]:
        """Those that are no weights of convolutions and shall learn faster."""
        return []

    def seen(self, optical: Tensor, sar: Tensor, clear: Tensor, cloudmask: Tensor) -> Seen:
        """Bring the inputs to one scale, 0 where they are absent.

        Raises
        ------
        ValueError
            An input has another number of bands, or sides that are no multiples of `multiple_of`.
        """
        if not torch.jit.is_tracing():
            self._check(optical, sar, clear, cloudmask)
        has = optical.amax(1, keepdim=True) > 0, sar[:, :1] > MISSING / 2, clear.amax(1, keepdim=True) > 0
        scaled = (
            self.inward(optical.clamp(-0.1, LARGEST)),
            self.inward_sar(sar),
            self.inward(clear.clamp(-0.1, LARGEST)),
        )
        images = [torch.where(here, image, torch.zeros_like(image)) for here, image in zip(has, scaled)]
        there = [here.to(optical.dtype) for here in has]
        cloud = torch.where((cloudmask > MISSING / 2) & has[0], cloudmask.clamp(0, 1), torch.ones_like(cloudmask))
        return Seen(*images, cloud, *there)

    def inward(self, reflectance: Tensor) -> Tensor:
        """Reflectance to the units inside the network."""
        return (reflectance - self.level) / SPREAD

    def inward_sar(self, decibels: Tensor) -> Tensor:
        """Decibels to the units inside the network."""
        return (decibels.clamp(*SAR_RANGE) - self.sar_mean) / SAR_SPREAD

    def outward(self, values: Tensor) -> Tensor:
        """Units inside the network to reflectance."""
        return values * SPREAD + self.level

    def _check(self, *inputs: Tensor) -> None:
        expected = (self.bands, SAR_BANDS, self.bands, 1)
        found = tuple(image.shape[1] for image in inputs)
        if found != expected:
            raise ValueError(f"Found inputs of {found} bands, expected {expected} ({', '.join(ROLES)}); give every "
                             "input, filled with MISSING where it is absent.")
        rows, cols = inputs[0].shape[2:]
        if rows % self.multiple_of or cols % self.multiple_of:
            raise ValueError(f"Found {rows} rows and {cols} columns, expected multiples of {self.multiple_of}; pad "
                             "the inputs.")


    def trimmed(self, sides: Sequence[int | Tensor]) -> tuple[int | Tensor, int | Tensor]:
        """Rows and columns at each end that need not be computed pixel by pixel: they lie in the halo.

        0 where the image is not larger than two halos, since then it may be a whole scene.
        """
        if not self.trims:
            return 0, 0
        spare = (self.halo - self.near) // self.multiple_of * self.multiple_of
        rows, cols = (spare * (side > 2 * self.halo) for side in sides)
        return rows, cols


def sigma_of(logarithm: Tensor) -> Tensor:
    """Standard deviation in reflectance from its logarithm in units of `SPREAD`."""
    return SPREAD * torch.exp(logarithm.clamp(*SIGMA_RANGE))


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(relu(x)))), without norms; begins as the identity. Reaches 2 * dilation pixels."""

    def __init__(self, width: int, dilation: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=dilation, dilation=dilation)
        self.second = nn.Conv2d(width, width, 3, padding=dilation, dilation=dilation)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)
        self.reach = 2 * dilation

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(F.relu(x))))
