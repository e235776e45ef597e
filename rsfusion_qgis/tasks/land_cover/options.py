"""What the user can say about a classification."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from ...core.networks.windows import MOST_EVERY

LARGEST_MAJORITY_PX = 50


@dataclass(frozen=True)
class ClassOptions:
    """How a map is made.

    Attributes
    ----------
    majority : int
        Radius in pixels of the square in which the most frequent class is taken; 0 = as classified.
    every : int
        Windows are taken around every so many pixels; 1 = all.
    """

    majority: int = option(
        0, "Majority filter: radius (pixels; 0 = none)",
        "Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it. Where several are "
        "equally frequent, it keeps its own.",
        low=0, high=LARGEST_MAJORITY_PX, advanced=True,
    )  # fmt: skip
    every: int = option(
        1, "Classify every so many pixels (1 = all)",
        "For networks that take a window around each pixel. With 3, the middle pixel of each block of 3 x 3 is "
        "classified "
        "and the block gets its class: nine times as fast. Other networks need 1.",
        low=1, high=MOST_EVERY, bounded=True, advanced=True,
    )  # fmt: skip
