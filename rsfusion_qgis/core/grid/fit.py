"""How two grids fit: the one value that readers, checks and reports share; headers only.

Pixel coordinates are (col, row), corners of pixels as areas; sizes and distances are pixels of the reference, ratios
are pixel sizes of the other over those of the reference, (across, down). A grid without CRS is taken to lie in the
other's frame. After odc-geo's `overlap.py`, which answers the same questions by one value.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Optional

from ..basics.errors import InputError
from .crs import Transformation, same_crs, transformation
from .grid import Grid, Placement, Window, cover, placement

OTHER_CRS, TURNED = "another CRS", "turned axes"
"""Why a raster must be warped."""
ROUNDING_PX = 0.02
"""Below this an offset is rounding in the file's header."""
LARGEST_EXTENSION = 1.0
"""Pixels of its own that a raster is extended by beyond its ends after it was moved."""
EDGE_STEPS = 20
"""Along each edge of a raster so many points are transformed to find where it lies."""


@dataclass(frozen=True)
class Fit:
    """How one grid lies on another.

    Attributes
    ----------
    reference, other : Grid
    """

    reference: Grid
    other: Grid

    @cached_property
    def way(self) -> Optional[Transformation]:
        """From the other's CRS to the reference's, None where they do not differ; InputError where there is no way."""
        known = self.reference.crs_wkt and self.other.crs_wkt
        if not known or same_crs(self.reference.crs_wkt, self.other.crs_wkt):
            return None
        return transformation(self.other.crs_wkt, self.reference.crs_wkt)

    @cached_property
    def one_frame(self) -> bool:
        """Whether coordinates mean the same in both.

        So they do in one CRS, where neither has one, and in two CRS whose transformation moves nothing here, such as
        one projection on ETRS89 (EPSG:25833) and on WGS 84 (EPSG:32633).
        """
        if self.way is None:
            return bool(self.reference.crs_wkt) == bool(self.other.crs_wkt)
        least = ROUNDING_PX * min(*self.reference.pixel_size, *self.other.pixel_size)
        try:
            return all(math.dist(place, self.way.forward(*place)) <= least for place in self._edge)
        except InputError:  # it reaches beyond the area of one of the two
            return False

    @cached_property
    def placement(self) -> Optional[Placement]:
        """From reference pixels to the other's by a scale and an offset per axis; None where that is not enough."""
        if self.way is not None and not self.one_frame:
            return None
        return placement(self.reference, self.other)

    @property
    def warped(self) -> bool:
        """Whether reading the other on the reference's pixels takes more than interpolation along the axes."""
        return self.placement is None

    @property
    def reason(self) -> str:
        """Why it must be warped, `OTHER_CRS` or `TURNED`; "" where it need not."""
        if not self.warped:
            return ""
        return TURNED if self.one_frame or self.way is None else OTHER_CRS

    @property
    def pasted(self) -> bool:
        """Whether pixels coincide, a whole number of them apart: the other is read without interpolation."""
        return self.placement is not None and self.placement.is_identity()

    @property
    def ratios(self) -> tuple[float, float]:
        """Pixel size of the other over the reference's, (across, down), on average over the other's footprint."""
        if self.placement is not None:
            return 1.0 / self.placement.scale_x, 1.0 / self.placement.scale_y
        if self.reason != OTHER_CRS:
            across, down = (o / r for o, r in zip(self.other.pixel_size, self.reference.pixel_size))
            return across, down
        col0, row0, col1, row1 = self.footprint
        return (col1 - col0) / self.other.width, (row1 - row0) / self.other.height

    @property
    def ratio(self) -> float:
        """Geometric mean of `ratios`; law: fit.ratio * the reverse's == 1 where neither is warped."""
        across, down = self.ratios
        return math.sqrt(across * down)

    @property
    def whole_ratio(self) -> bool:
        """Whether the ratio is a whole number, so nearly that no pixel of the other is half a reference pixel off."""
        if self.warped:
            return False
        drifts = (abs(r - round(r)) * n for r, n in zip(self.ratios, (self.other.width, self.other.height)))
        return max(drifts) < 0.5

    @property
    def corner_off(self) -> tuple[float, float]:
        """(cols, rows) from the nearest corner of a reference pixel to the other's first corner, -0.5..0.5."""
        col, row = self.to_reference(0.0, 0.0)
        return col - round(col), row - round(row)

    def nests(self, tolerance_px: float = ROUNDING_PX) -> bool:
        """Whether every pixel corner of the other is one of the reference's."""
        return self.whole_ratio and max(map(abs, self.corner_off)) <= tolerance_px

    @property
    def rotation_deg(self) -> float:
        """Angle between the rows of the two grids, degrees, counter-clockwise positive, -180..180."""
        angles = (math.degrees(math.atan2(g.geotransform[4], g.geotransform[1])) for g in (self.reference, self.other))
        first, second = angles
        return (second - first + 180.0) % 360.0 - 180.0

    def to_reference(self, col: float, row: float) -> tuple[float, float]:
        """Reference pixel coordinates of a position given in the other raster's pixel coordinates."""
        return self._on_reference(*self.other.to_map(col, row))

    def _on_reference(self, x: float, y: float) -> tuple[float, float]:
        if self.way is not None and not self.one_frame:
            x, y = self.way.forward(x, y)
        return self.reference.to_pixel(x, y)

    @property
    def _edge(self) -> Iterator[tuple[float, float]]:
        """Map coordinates of points along the other's edge, in its own CRS."""
        width, height, steps = self.other.width, self.other.height, EDGE_STEPS
        for i in range(steps + 1):
            for row in (0, height):
                yield self.other.to_map(width * i / steps, row)
            for col in (0, width):
                yield self.other.to_map(col, height * i / steps)

    @cached_property
    def footprint(self) -> tuple[float, float, float, float]:
        """(col0, row0, col1, row1) of the other raster in reference pixel coordinates, by points along its edge."""
        cols, rows = zip(*(self._on_reference(*place) for place in self._edge))
        return min(cols), min(rows), max(cols), max(rows)

    @property
    def covered_share(self) -> float:
        """Share of the reference's area inside the other's footprint, 0..1."""
        col0, row0, col1, row1 = self.footprint
        width = min(col1, self.reference.width) - max(col0, 0.0)
        height = min(row1, self.reference.height) - max(row0, 0.0)
        if width <= 0 or height <= 0:
            return 0.0
        return width * height / (self.reference.width * self.reference.height)

    def covered(self, moved: tuple[float, float] = (0.0, 0.0)) -> Window:
        """Reference pixels that the other covers, after it was moved by (cols, rows) reference pixels.

        A move of up to one of its own pixels along either axis changes nothing: its outermost pixels are extended as
        far (those of a raster that is warped are not, and the strip has no data), so that a measured shift costs no
        row and no column.
        """
        if max(abs(step) / ratio for step, ratio in zip(moved, self.ratios)) <= LARGEST_EXTENSION:
            moved = (0.0, 0.0)
        if self.placement is not None:
            p = self.placement
            offsets = p.offset_x - moved[0] * p.scale_x, p.offset_y - moved[1] * p.scale_y
            where = Placement(p.scale_x, offsets[0], p.scale_y, offsets[1])
            return cover(self.reference, where, self.other.window)
        col0, row0, col1, row1 = self.footprint
        found = Window.spanning(col0 + moved[0], row0 + moved[1], col1 + moved[0], row1 + moved[1])
        return found.intersection(self.reference.window)
