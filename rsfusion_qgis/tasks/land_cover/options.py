"""What the user can say about a classification."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option

LARGEST_MAJORITY_PX = 50


@dataclass(frozen=True)
class ClassOptions:
    """`majority`: radius in pixels of the square in which the most frequent class is taken; 0 = as classified."""

    majority: int = option(
        0, "Majority filter: radius (pixels; 0 = none)",
        "Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it. Where several are "
        "equally frequent, it keeps its own.",
        low=0, high=LARGEST_MAJORITY_PX, advanced=True,
    )  # fmt: skip
