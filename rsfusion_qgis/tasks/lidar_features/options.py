"""What the user can say about the features, and what is wrong with it before any raster is looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...core.basics.errors import InputError
from ...core.engine.options import option
from ...core.sensors.lidar import FEATURES
from ...core.sensors.lidar.percentiles import check_percentiles, parse_percentiles

IDS = tuple(feature.id for feature in FEATURES)


@dataclass(frozen=True)
class LidarOptions:
    """Which features are computed, and how.

    Attributes
    ----------
    features : tuple of str
        Ids of FEATURES; () = all that the rasters allow.
    radius_m : float
        How far the square window reaches to each side, metres; 0 = three pixels.
    percentiles : tuple of float
        0..100.
    ground_window_m : float
        Side of the largest opening that estimates the ground where there is no DTM; 0 = no estimate.
    floor : bool
        Heights above ground below zero become zero.
    """

    features: tuple[str, ...] = option(
        (), "Features",
        "Bands of the result; their order is always that of the list. None chosen: all that the rasters allow. On the "
        "command line names separated by commas.",
        kind="choices", choices=IDS, empty=True,
    )  # fmt: skip
    radius_m: float = option(
        0.0, "Radius of the window (metres; 0 = 3 pixels)",
        "How far the square window of roughness, percentiles, range and mean reaches to every side; at least one "
        "pixel, at most 100. Percentiles of windows wider than 21 pixels look at every second (third, ...) row and "
        "column.",
        low=0.0, bounded=True, called="RADIUS",
    )  # fmt: skip
    percentiles: tuple[float, ...] = option(
        (10.0, 50.0, 90.0), "Percentiles of height", "Numbers from 0 to 100 separated by commas; one band each.",
        kind="text", shown="10,50,90", parse=parse_percentiles, advanced=True,
    )  # fmt: skip
    ground_window_m: float = option(
        50.0, "Window of the ground estimate (metres; 0 = none)",
        "Where DTM is empty: side of the largest window that the ground is estimated with. Larger than the largest "
        "building, smaller than hills. 0: no height above ground, and percentiles and range are those of DSM.",
        low=0.0, bounded=True, called="GROUND_WINDOW", advanced=True,
    )  # fmt: skip
    floor: bool = option(
        True, "Heights below ground become 0",
        "Heights above ground that are negative, by noise or small errors of DTM, become 0.",
        advanced=True, called="FLOOR_AT_ZERO",
    )  # fmt: skip


def check_options(options: LidarOptions) -> None:
    """Raise InputError, one sentence that names the parameter, for what cannot be used."""
    for name, value in (("RADIUS", options.radius_m), ("GROUND_WINDOW", options.ground_window_m)):
        if not (math.isfinite(value) and value >= 0):
            raise InputError(f"{name} is {value:g}; expected metres, 0 or more.")
    check_percentiles(options.percentiles)
    for name in options.features:
        if name not in IDS:
            raise InputError(f"FEATURES names '{name}'; expected some of {', '.join(IDS)}.")
