"""What the user can say about the run of a network."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from ...core.networks.windows import MOST_EVERY


@dataclass(frozen=True)
class RunOptions:
    """`every`: windows are taken around every so many pixels; 1 = all."""

    every: int = option(
        1, "Compute every so many pixels (1 = all)",
        "For networks that take a window around each pixel. With 3, the middle pixel of each block of 3 x 3 is "
        "computed "
        "and the block gets its values: nine times as fast. Other networks need 1.",
        low=1, high=MOST_EVERY, bounded=True, advanced=True,
    )  # fmt: skip
