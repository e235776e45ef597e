"""What the user can say about a Sentinel-2 sharpening."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from ...core.sensors.sentinel2 import L1C_BANDS
from .bands import check_wanted

MEASURED, NONE = NOISES = ("measured", "none")


@dataclass(frozen=True)
class SharpeningOptions:
    """How the coarse bands are taken, and which bands are written.

    Attributes
    ----------
    noise : str
        MEASURED = noise that is found in the coarse bands is left out, NONE = they are taken as exact.
    bands : tuple of str
        In Sentinel-2's order; () = all that the rasters hold but the cirrus band.
    """

    noise: str = option(
        NOISES[0], "Noise of the coarse bands",
        "measured: what neighbouring pixels and other bands do not share is taken for noise and left out. none: seen "
        "at 20 m or 60 m again, the result gives back the recorded bands, their noise included.",
        choices=NOISES, advanced=True,
    )  # fmt: skip
    bands: tuple[str, ...] = option(
        (), "Bands of the result (none chosen = all)",
        "Which bands are written. None chosen: all that are given, without B10 (cirrus), which shows no ground.",
        kind="choices", choices=L1C_BANDS, empty=True, parse=check_wanted,
    )  # fmt: skip
