"""What all networks for land-cover classification share: several co-located inputs, any of which may be absent.

Axis order: (N, bands, H, W), float32; inputs are standardised per band (mean 0, deviation 1), `MISSING` where a
modality is absent or invalid at a pixel. Outputs are logits (N, classes, H, W). A network must not look further than
`halo` pixels, so it has no statistics over a whole tile: norms act on the channels of one pixel, or are batch norms,
whose statistics are constants at inference.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

MISSING = -1e6
LARGEST = 10.0
MOST_MODALITIES = 7


class Classifier(nn.Module):
    """Base of the networks; a subclass implements `logits` and, where it has more heads or losses, `training_outputs`.

    Parameters
    ----------
    bands : number of bands by role, in the order of the inputs; 1 to 7 modalities. classes : number of classes, >= 2.
    own : the subclass's own arguments, JSON-able; they go into `config`.

    Attributes
    ----------
    slug : name in files and cards. multiple_of : heights and widths must be multiples of it. halo : pixels around a
    pixel that its logits may depend on. whitens : whether small differences between bands are raised inside, so that
    no noise must be put onto bands before. quickness : factor on the recipe's learning rate. settles : names of the
    buffers that `settle` fills. config : the arguments that build the network again.
    """

    slug: ClassVar[str] = ""
    multiple_of: ClassVar[int] = 1
    whitens: ClassVar[bool] = False
    quickness: ClassVar[float] = 1.0
    settles: ClassVar[tuple[str, ...]] = ()
    halo: int = 0

    def __init__(self, bands: dict[str, int], classes: int, **own: Any) -> None:
        super().__init__()
        if not 1 <= len(bands) <= MOST_MODALITIES or min(bands.values()) < 1:
            raise ValueError(f"Found the bands {bands}, expected 1 to {MOST_MODALITIES} inputs of at least one band "
                             "each; name each input once with its number of bands.")
        if classes < 2:
            raise ValueError(f"Found {classes} class, expected at least 2; give samples of another class.")
        self.config: dict[str, Any] = {"bands": dict(bands), "classes": int(classes), **own}
        self.bands = tuple(bands.values())

    def forward(self, *inputs: Tensor) -> Tensor:
        """(N, B_m, H, W) of each modality, in the order of `bands` -> logits (N, classes, H, W)."""
        return self.logits(*self.observed(inputs))

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        """Logits (N, classes, H, W) from images (N, B_m, H, W), 0 where absent, and masks (N, 1, H, W), 1 or 0."""
        raise NotImplementedError

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """Return logits of every head, the one of `forward` first, and an auxiliary loss (0 where there is none)."""
        return (self(*inputs),), inputs[0].new_zeros(())

    def prepare(self, pixels: list[Tensor], zeros: list[Tensor], deviations: list[Tensor]) -> None:
        """Take from the training pixels, without labels, what the network wants to know before training; here nothing.

        Parameters
        ----------
        pixels : of each modality, (pixels, B_m) standardised. zeros : of each, (B_m,), the standardised value of a
        stored 0. deviations : of each, (B_m,), of the bands in stored units.
        """

    def teach(self, training: Iterable[tuple[tuple[Tensor, ...], Tensor]], generator: torch.Generator) -> None:
        """Compute from the training samples what needs no steps; here nothing.

        Parameters
        ----------
        training : inputs (N, B_m, H, W) of each modality, and labels (N, H, W), below 0 where not known; every chip
        once. generator : of what is drawn by chance.
        """

    def settle(self, held_out: Iterable[tuple[tuple[Tensor, ...], Tensor]]) -> None:
        """Take from pixels that were held out what training pixels cannot tell; here nothing.

        Called before every look at the held-out regions.

        Parameters
        ----------
        held_out : inputs (N, B_m, H, W) of each modality, and labels (N, H, W), below 0 where not known.
        """

    def observed(self, inputs: tuple[Tensor, ...]) -> tuple[list[Tensor], list[Tensor]]:
        """Return images with 0 for MISSING and values within +-10, and what is there as 1 or 0 (N, 1, H, W).

        Raises
        ------
        ValueError
            If there are not as many inputs as the network was built for.
        """
        if len(inputs) != len(self.bands):
            names = ", ".join(self.config["bands"])
            raise ValueError(f"Found {len(inputs)} inputs, expected {len(self.bands)} ({names}); "
                             "give every modality, filled with MISSING where it is absent.")
        there = [image[:, :1] > MISSING / 2 for image in inputs]
        images = [torch.where(here, image.clamp(-LARGEST, LARGEST), torch.zeros_like(image[:, :1]))
                  for here, image in zip(there, inputs)]
        return images, [here.to(image.dtype) for here, image in zip(there, inputs)]
