"""Two grids that are compared, and the limits that hold for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from ...grid.fit import Fit
from ...grid.grid import Grid, Placement

POLICIES = ("fail", "warn", "correct")
"""fail: anything beyond its limit stops the run; warn: go on with a warning where the georeferencing can be
followed by interpolation or a reprojection; correct: also undo a measured shift and warp a rotated grid."""


@dataclass(frozen=True)
class Pair:
    """Two grids that should be aligned, and the limits that the network's card sets.

    Attributes
    ----------
    reference_role, role : str
        The users' parameters ("PAN", "MS").
    fit : Fit
        How the other grid lies on the reference's.
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
    fit: Fit
    ratio_range: tuple[float, float]
    max_shift_px: float
    policy: str
    needed: bool = True

    @property
    def reference(self) -> Grid:
        """See `Fit`."""
        return self.fit.reference

    @property
    def other(self) -> Grid:
        """See `Fit`."""
        return self.fit.other

    @property
    def placement(self) -> Optional[Placement]:
        """See `Fit.placement`."""
        return self.fit.placement

    def moved(self, dx: float, dy: float) -> Pair:
        """The same pair after dx and dy were added to the other's map coordinates, in the reference's frame."""
        return replace(self, fit=Fit(self.reference, self.other.moved(dx, dy)))

    def soft(self) -> str:
        """Severity of what interpolation or reprojection can follow: only the policy "fail" stops for it."""
        return "error" if self.policy == "fail" else "warning"
