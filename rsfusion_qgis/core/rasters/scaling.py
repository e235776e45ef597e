"""How stored values become the values that a network, or a method, computes with."""

from __future__ import annotations

from dataclasses import dataclass

from ..basics import field_checks as check

SCALING_KINDS = ("none", "linear", "bands", "dataset")


@dataclass(frozen=True)
class Scaling:
    """How stored values become network values: network = (stored - offset) / scale.

    kind: "none" (values pass unchanged; neutral), "linear" (the offset and scale given here), "bands" (an
        offset and a scale for each band, given here) or "dataset" (offset and scale of each band from one
        fixed sample of the whole raster, so that the result is equivariant to gain and offset and the same
        for every tile and extent).
    offset, scale: read only for "linear"; 0 and 1 are neutral, the scale is above 0.
    offsets, scales: read only for "bands", one number for each band of the input; scales are above 0.
    """

    kind: str = "none"
    offset: float = 0.0
    scale: float = 1.0
    offsets: tuple[float, ...] = ()
    scales: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        check.require_choice("kind of scaling", self.kind, SCALING_KINDS)
        for offset in (self.offset, *self.offsets):
            check.require_number("offset of a scaling", offset)
        for scale in (self.scale, *self.scales):
            if not check.is_number(scale) or scale <= 0:
                check.refuse(f"The scale of a scaling is {scale!r}", "a number above zero is expected")
        count = len(self.offsets)
        if count != len(self.scales) or (count < 2 if self.kind == "bands" else count > 0):
            check.refuse(
                f"A scaling of the kind '{self.kind}' has {count} offsets and {len(self.scales)} scales",
                "the kind 'bands' has one of each for every band of two or more, any other kind has none",
            )


def band_scaling(offsets: tuple[float, ...], scales: tuple[float, ...]) -> Scaling:
    """The scaling with one offset and one scale for each band, as a card writes it: "linear" for a single band."""
    if len(offsets) == 1:
        return Scaling("linear", offsets[0], scales[0])
    return Scaling("bands", offsets=offsets, scales=scales)
