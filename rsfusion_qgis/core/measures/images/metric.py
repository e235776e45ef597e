"""What a metric is: a name, the parts that are summed up tile by tile, and how their totals become a number.

A part is a function of images over one tile, `partial(scene, mask, *images)`, images `(bands, rows, cols)` float64 and
zero where they are not valid, `mask` `(rows, cols)` boolean, pixels valid in every band of all of them. Its results are
added with `+` over the tiles; `finish(scene, *totals)` makes the `Measured` of them. Metrics that name the same part
share it. The whole-array call runs through the same parts, so the two cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from .scene import Measured, scene_of_arrays
from .streaming import measure, refuse_missing
from .tile import Part

FLAT = 1e-12
"""What varies by less than this share of its mean square, a millionth of its size, is flat: rounding of 32-bit numbers
is 6e-8 of the value, one step of a 16-bit image in one pixel of a window 2e-6 of the full scale."""


@dataclass(frozen=True)
class Metric:
    """One quality metric, as a table or a report shows it."""

    id: str
    """Short name in lower case; also the file's name."""
    label: str
    unit: str
    """`""` for a pure number."""
    best: float
    """The value of a perfect image."""
    needs: tuple[str, ...]
    """What must be known, among fused, reference, fine, coarse, ratio, gains, peak."""
    parts: tuple[Part, ...]
    finish: Callable[..., Measured]
    """`finish(scene, *totals)`, one total per part."""
    takes: tuple[str, ...] = ("valid",)
    """What it uses when it is there, in `compute`; `("valid",)` is the neutral value."""
    reading: str = ""
    """What it shows and which numbers are good, in plain words, with {fine} and {coarse} for the rasters; "" is nothing
    to say beside the label and the best value."""

    def compute(self, **available: Any) -> float:
        """The metric from whole arrays on nested grids, and whatever else is at hand.

        Parameters
        ----------
        available
            The names of `needs` and `takes`; what it has no use for is left aside. `valid` is boolean, `(bands, rows,
            cols)` or `(rows, cols)`, on the grid of `fused`; a pixel counts when it is valid in every band, and None
            means that all of them are.

        Raises
        ------
        InputError
            When something that it needs is not there or does not fit.
        """
        wanted = {name: available[name] for name in (*self.needs, *self.takes) if available.get(name) is not None}
        refuse_missing(self, wanted)
        return measure((self,), scene_of_arrays(**wanted))[self.id].value

    @property
    def needs_reference(self) -> bool:
        """Whether the true image must be known."""
        return "reference" in self.needs
