"""How stored values become the values that a network, or a method, computes with."""

from __future__ import annotations

from dataclasses import dataclass

from ..basics import field_checks as check

SCALING_KINDS = ("none", "linear", "bands", "dataset", "scene", "percentiles", "depth", "reflectance", "decibels",
                 "patch")  # fmt: skip
MOST_BITS = 32


@dataclass(frozen=True)
class Scaling:
    """How stored values become network values: network = (stored - offset) / scale.

    kind: "none" (values pass unchanged; neutral), "linear" (the offset and scale given here), "bands" (an
        offset and a scale for each band, given here) or "dataset" (offset and scale of each band from one
        fixed sample of the whole raster, so that the result is equivariant to gain and offset and the same
        for every tile and extent), "scene" (mean and standard deviation of each band over that sample), "percentiles"
        (`low` and `high` percent of that sample become 0 and 1), "depth" (the largest value of `bits` bits becomes 1),
        "reflectance" (0 to 1, by the scale that the bands state or that the values show), "decibels" (backscatter in
        whatever unit; `low` and `high` decibels become 0 and 1, what lies beyond is clipped) or "patch" (mean and
        standard deviation of each band within each window of the network).
    offset, scale: read only for "linear"; 0 and 1 are neutral, the scale is above 0.
    offsets, scales: read only for "bands", one number for each band of the input; scales are above 0.
    low, high: read only for "percentiles" (percent) and "decibels"; None = 2 and 98 percent, -25 and 0 dB.
    bits: read only for "depth"; 0 = those of the raster's data type, or fewer where it says so (NBITS).
    """

    kind: str = "none"
    offset: float = 0.0
    scale: float = 1.0
    offsets: tuple[float, ...] = ()
    scales: tuple[float, ...] = ()
    low: float | None = None
    high: float | None = None
    bits: int = 0

    def __post_init__(self) -> None:
        check.require_choice("kind of scaling", self.kind, SCALING_KINDS)
        for offset in (self.offset, *self.offsets):
            check.require_number("offset of a scaling", offset)
        for scale in (self.scale, *self.scales):
            if not check.is_number(scale) or scale <= 0:
                check.refuse(f"The scale of a scaling is {scale!r}", "a number above zero is expected")
        check.require_int("bits of a scaling", self.bits, 0, MOST_BITS)
        self._check_ends()
        count = len(self.offsets)
        if count != len(self.scales) or (count < 2 if self.kind == "bands" else count > 0):
            check.refuse(
                f"A scaling of the kind '{self.kind}' has {count} offsets and {len(self.scales)} scales",
                "the kind 'bands' has one of each for every band of two or more, any other kind has none",
            )

    @property
    def ends(self) -> tuple[float, float]:
        """The percentiles, or decibels, that become 0 and 1."""
        low, high = (2.0, 98.0) if self.kind == "percentiles" else (-25.0, 0.0)
        return (low if self.low is None else self.low), (high if self.high is None else self.high)

    def _check_ends(self) -> None:
        for end in (self.low, self.high):
            if end is not None:
                check.require_number("end of a scaling", end)
        if (self.low, self.high) != (None, None) and self.kind not in ("percentiles", "decibels"):
            check.refuse(f"A scaling of the kind '{self.kind}' has 'low' or 'high'",
                         "only 'percentiles' and 'decibels' have them")  # fmt: skip
        low, high = self.ends
        if low >= high or (self.kind == "percentiles" and not (low >= 0 and high <= 100)):
            check.refuse(f"The scaling '{self.kind}' goes from {low:g} to {high:g}", "a range, the lower end first and "
                         "percentiles from 0 to 100, is expected")  # fmt: skip


def band_scaling(offsets: tuple[float, ...], scales: tuple[float, ...]) -> Scaling:
    """The scaling with one offset and one scale for each band, as a card writes it: "linear" for a single band."""
    if len(offsets) == 1:
        return Scaling("linear", offsets[0], scales[0])
    return Scaling("bands", offsets=offsets, scales=scales)
