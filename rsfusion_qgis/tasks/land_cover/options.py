"""What the user can say about a classification."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from ...core.networks.windows import MOST_EVERY
from ...core.operators.class_options import majority_option


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

    majority: int = majority_option(
        "Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it. Where several are "
        "equally frequent, it keeps its own.",
        bounded=False,
    )
    every: int = option(
        1, "Classify every so many pixels (1 = all)",
        "For networks that take a window around each pixel. With 3, the middle pixel of each block of 3 x 3 is "
        "classified "
        "and the block gets its class: nine times as fast. Other networks need 1.",
        low=1, high=MOST_EVERY, bounded=True, advanced=True,
    )  # fmt: skip
