"""Two grids that are compared, and the limits that hold for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ...grid.crs import Transformation
from ...grid.grid import Grid, Placement

POLICIES = ("fail", "warn", "correct")
"""fail: anything beyond its limit stops the run; warn: go on with a warning where the georeferencing can be
followed by interpolation or a reprojection; correct: also undo a measured shift and warp a rotated grid."""


@dataclass(frozen=True)
class Pair:
    """Two grids that should lie on each other, and the limits that the network's card sets.

    Attributes
    ----------
    reference_role, role : str
        The users' parameters ("PAN", "MS").
    reference, other : Grid
    placement : Placement or None
        From reference pixels to the other's, where CRS are the same and axes parallel.
    transformation : Transformation or None
        From the other's CRS to the reference's, where they differ.
    ratio_range : tuple of 2 floats
        Allowed pixel size of the other over that of the reference.
    max_shift_px : float
        Largest misregistration that the network bears, in reference pixels.
    policy : str
        One of `POLICIES`.
    needed : bool
        Whether the result ends where the other raster ends; False = pixels without it are computed, too.
    """

    reference_role: str
    role: str
    reference: Grid
    other: Grid
    placement: Optional[Placement]
    transformation: Optional[Transformation]
    ratio_range: tuple[float, float]
    max_shift_px: float
    policy: str
    needed: bool = True

    def other_in_reference(self, col: float, row: float) -> tuple[float, float]:
        """Reference pixel coordinates of a position given in the other raster's pixel coordinates."""
        x, y = self.other.to_map(col, row)
        if self.transformation is not None:
            x, y = self.transformation.forward(x, y)
        return self.reference.to_pixel(x, y)

    def soft(self) -> str:
        """Severity of what interpolation or reprojection can follow: only the policy "fail" stops for it."""
        return "error" if self.policy == "fail" else "warning"
