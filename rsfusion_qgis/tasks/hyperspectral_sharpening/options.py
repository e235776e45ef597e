"""What the user can say about a sharpening of hyperspectral images: blur, and bands that are of no use."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.basics.errors import InputError
from ...core.engine.options import option
from .bands import parse_bands

GAIN = 0.3
"""MTF gain at Nyquist of most hyperspectral sensors: Hyperion .26 to .30, PRISMA .30."""
LEAST_GAIN, MOST_GAIN = 0.12, 0.9


@dataclass(frozen=True)
class HyperspectralOptions:
    """How the bands of the hyperspectral image are taken.

    Attributes
    ----------
    bad_bands : tuple of int
        Numbers from 1 of bands that nothing is learned from; they are interpolated. () = those of the metadata alone.
    hs_gain : float
        MTF gain at Nyquist of the image.
    """

    bad_bands: tuple[int, ...] = option(
        (), "Bad bands of HS",
        "Numbers of bands, or ranges, such as 1-4, 99-112: bands of water vapour or of much noise. Nothing is learned "
        "from them, and they are interpolated. They come on top of the bands that the metadata mark as bad (bbl) and "
        "of those that are found to be mostly noise.",
        kind="text", shown="", empty=True, parse=parse_bands,
    )  # fmt: skip
    hs_gain: float = option(
        GAIN, "MTF gain of HS at Nyquist",
        "How much contrast HS keeps of the finest stripes that its pixels can show: the less, the more it is blurred. "
        "0.3 fits most sensors.",
        low=LEAST_GAIN, high=MOST_GAIN, advanced=True,
    )  # fmt: skip


def check_options(options: HyperspectralOptions) -> None:
    """Refuse a gain that makes no blur, or too wide a one; raises InputError."""
    if not LEAST_GAIN <= options.hs_gain <= MOST_GAIN:
        raise InputError(f"HS_GAIN is {options.hs_gain:g}; expected a number from {LEAST_GAIN} to {MOST_GAIN}.")
