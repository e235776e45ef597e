"""What a measurement of the shift between two rasters says: globally, and at every place of the mesh.

Sign, everywhere: what must be *added* to the secondary's position so that it lies on the reference; columns
positive to the right, rows positive downwards, in pixels of the reference grid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ...grid.grid import Grid
from . import affine

VERDICTS = ("aligned", "shifted", "uncertain")


@dataclass(frozen=True)
class LocalShift:
    """The displacement found in one chip.

    Attributes
    ----------
    col, row : float
        Centre of the chip, in pixels of the reference grid (0, 0 is the outer corner of its first pixel).
    cols, rows : float
        Displacement, reference pixels.
    score : float
        How clearly the chip decides, 0..1.
    agrees : bool
        Whether it fits the model of all chips; one that does not is left out of the numbers.
    """

    col: float
    row: float
    cols: float
    rows: float
    score: float
    agrees: bool


@dataclass(frozen=True)
class ShiftEstimate:
    """The displacement between two rasters.

    Attributes
    ----------
    cols, rows : float
        Global shift, at the centre of the compared area; NaN where nothing could be compared.
    rotation_deg : float
        What the secondary must be turned by about that centre, counter-clockwise positive; 0 where the mesh is too
        small to tell.
    scale : float
        What the secondary must be stretched by about that centre; 1 where the mesh is too small to tell.
    centre : tuple of 2 floats
        (col, row) of that centre in reference pixels.
    rmse : float
        Root mean square length of the displacements of the chips that agree, pixels: how far the rasters lie off
        each other in all. NaN where no chip agrees.
    spread : float
        Root mean square of what the global model (shift, rotation, scale) leaves over, pixels; NaN as above.
    agreement : float
        Share of the measured chips that agree, 0..1.
    usable : float
        Share of the compared area with enough valid structure to measure, 0..1.
    confidence : float
        Calibrated: at 0.9 and more the global shift is within half a pixel in at least 95 % of the cases.
    at_limit : bool
        The best match lies at the edge of the search range, so the true shift may be larger.
    chips : tuple of LocalShift
    method : str
        "intensity" or "structure": how the chips were compared.
    aspect : float
        What columns must be stretched more than rows, a share; 0 where only a similarity was looked for.
    shear_deg : float
        By what the right angle between columns and rows must be changed, degrees; 0 as above.
    searched_px : float
        How far was looked, reference pixels; NaN = no farther than the search near.
    """

    cols: float
    rows: float
    rotation_deg: float
    scale: float
    centre: tuple[float, float]
    rmse: float
    spread: float
    agreement: float
    usable: float
    confidence: float
    at_limit: bool
    chips: tuple[LocalShift, ...]
    method: str
    aspect: float = 0.0
    shear_deg: float = 0.0
    searched_px: float = math.nan

    @property
    def linear(self) -> np.ndarray:
        """(2, 2): rotation, scale, aspect and shear as one matrix for (columns, rows) from the centre."""
        return affine.joined(math.radians(self.rotation_deg), self.scale, self.aspect, math.radians(self.shear_deg))

    @property
    def length(self) -> float:
        """Length of the global shift, reference pixels."""
        return math.hypot(self.cols, self.rows)

    def displacement(self, col: float, row: float) -> tuple[float, float]:
        """(cols, rows) that the global model gives at a position, reference pixels."""
        across, down = col - self.centre[0], row - self.centre[1]
        (a, b), (c, d) = self.linear.tolist()  # positions may be arrays
        return self.cols + a * across + b * down - across, self.rows + c * across + d * down - down

    def in_map_units(self, reference: Grid) -> tuple[float, float]:
        """(x, y) to add to the secondary's map coordinates; east and north positive for a north-up grid."""
        return reference.vector_to_map(self.cols, self.rows)

    def verdict(self, tolerance: float, least_confidence: float = 0.5) -> str:
        """One of `VERDICTS`: "uncertain" below the least confidence or at the limit of the search."""
        if not self.confidence >= least_confidence or self.at_limit:
            return "uncertain"
        return "aligned" if self.length <= tolerance else "shifted"
