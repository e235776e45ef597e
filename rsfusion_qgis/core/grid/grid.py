"""The grid of a raster and windows on it: where pixels lie, without reading any.

Vocabulary. A *pixel coordinate* (col, row) is a real number whose origin is the outer corner of the first
pixel, so the first pixel's centre is (0.5, 0.5). A *window* is a rectangle of whole pixels. A geotransform
(x0, a, b, y0, d, e) maps pixel coordinates to map coordinates: x = x0 + a col + b row, y = y0 + d col + e row.
A `Placement` maps pixel coordinates of a reference grid to those of another grid with parallel axes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

from ..basics.errors import InputError

IDENTITY = (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Window:
    """A rectangle of whole pixels; it may reach outside its raster (negative offsets) until clipped."""

    col_off: int
    row_off: int
    width: int
    height: int

    @property
    def col_end(self) -> int:
        return self.col_off + self.width

    @property
    def row_end(self) -> int:
        return self.row_off + self.height

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, cols)"""
        return self.height, self.width

    def shifted(self, cols: int, rows: int) -> Window:
        return Window(self.col_off + cols, self.row_off + rows, self.width, self.height)

    def grown(self, margin: int) -> Window:
        """The window with `margin` pixels more on every side; law: w.grown(m).grown(-m) == w."""
        return Window(self.col_off - margin, self.row_off - margin, self.width + 2 * margin, self.height + 2 * margin)

    def intersection(self, other: Window) -> Window:
        """The common part; its width or height is 0 where there is none."""
        col, row = max(self.col_off, other.col_off), max(self.row_off, other.row_off)
        width = max(0, min(self.col_end, other.col_end) - col)
        height = max(0, min(self.row_end, other.row_end) - row)
        return Window(col, row, width, height)

    @staticmethod
    def spanning(col0: float, row0: float, col1: float, row1: float, tolerance: float = 1e-6) -> Window:
        """The smallest window that covers real pixel coordinates; `tolerance` px outside do not count."""
        col, row = math.floor(col0 + tolerance), math.floor(row0 + tolerance)
        return Window(col, row, math.ceil(col1 - tolerance) - col, math.ceil(row1 - tolerance) - row)


@dataclass(frozen=True)
class Placement:
    """Pixel coordinates on another grid: col = scale_x * col_ref + offset_x, likewise for rows."""

    scale_x: float
    offset_x: float
    scale_y: float
    offset_y: float

    @property
    def ratio(self) -> float:
        """Pixel size of the other grid over that of the reference (4 = the other is four times coarser)."""
        return 1.0 / math.sqrt(abs(self.scale_x * self.scale_y))

    def is_identity(self, tolerance: float = 1e-6) -> bool:
        """Whether pixels coincide, apart from a whole number of pixels."""
        steps = (self.offset_x, self.offset_y)
        same_size = max(abs(self.scale_x - 1), abs(self.scale_y - 1)) < tolerance
        return same_size and all(abs(s - round(s)) < 1e-3 for s in steps)


@dataclass(frozen=True)
class Grid:
    """Position, pixel size and extent of a raster.

    Attributes
    ----------
    crs_wkt : str
        CRS as WKT; "" when the raster has none.
    geotransform : tuple of 6 floats
        GDAL's, for pixel corners (the convention "area"; GDAL itself shifts files that say "point").
    width, height : int
        Size in pixels.
    """

    crs_wkt: str
    geotransform: tuple[float, float, float, float, float, float]
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise InputError(f"A raster of {self.width} x {self.height} pixels is empty.")
        if self._determinant == 0:
            raise InputError("A raster's geotransform has pixels of no size; georeference it first.")

    @property
    def _determinant(self) -> float:
        _, a, b, _, d, e = self.geotransform
        return a * e - b * d

    @property
    def is_georeferenced(self) -> bool:
        """Whether the raster says where it lies (a geotransform other than GDAL's default)."""
        _, a, b, y0, d, e = self.geotransform
        return (self.geotransform[0], a, b, y0, d, abs(e)) != (0, 1, 0, 0, 0, 1)

    @property
    def window(self) -> Window:
        return Window(0, 0, self.width, self.height)

    @property
    def pixel_size(self) -> tuple[float, float]:
        """(along a row, along a column), in CRS units, positive."""
        _, a, b, _, d, e = self.geotransform
        return math.hypot(a, d), math.hypot(b, e)

    def to_map(self, col: float, row: float) -> tuple[float, float]:
        x0, a, b, y0, d, e = self.geotransform
        return x0 + a * col + b * row, y0 + d * col + e * row

    def vector_to_map(self, cols: float, rows: float) -> tuple[float, float]:
        """A step of so many pixels in map units, (dx, dy)."""
        _, a, b, _, d, e = self.geotransform
        return a * cols + b * rows, d * cols + e * rows

    def to_pixel(self, x: float, y: float) -> tuple[float, float]:
        """Inverse of `to_map`; law: to_pixel(*to_map(c, r)) == (c, r)."""
        x0, a, b, y0, d, e = self.geotransform
        dx, dy, det = x - x0, y - y0, self._determinant
        return (e * dx - b * dy) / det, (a * dy - d * dx) / det

    def corners(self) -> list[tuple[float, float]]:
        """Map coordinates of the four outer corners, clockwise from the first pixel's."""
        w, h = self.width, self.height
        return [self.to_map(c, r) for c, r in ((0, 0), (w, 0), (w, h), (0, h))]

    def crop(self, window: Window) -> Grid:
        """The grid of a window of this raster."""
        x, y = self.to_map(window.col_off, window.row_off)
        _, a, b, _, d, e = self.geotransform
        return Grid(self.crs_wkt, (x, a, b, y, d, e), window.width, window.height)

    def flips_to(self, other: Grid) -> tuple[bool, bool]:
        """Whether columns, and rows, run the other way than on another grid of one frame; both must say where they lie.

        A raster that is stored from south to north is flipped so, which is no rotation.
        """
        if not (self.is_georeferenced and other.is_georeferenced):
            return False, False
        (_, a, b, _, d, e), (_, oa, ob, _, od, oe) = self.geotransform, other.geotransform
        return a * oa + d * od < 0, b * ob + e * oe < 0

    def counted_like(self, other: Grid) -> Grid:
        """The same pixels, counted from the ends from which another grid counts; see `flips_to`."""
        cols, rows = self.flips_to(other)
        x, y = self.to_map(self.width if cols else 0, self.height if rows else 0)
        _, a, b, _, d, e = self.geotransform
        across, down = -1 if cols else 1, -1 if rows else 1
        return Grid(self.crs_wkt, (x, across * a, down * b, y, across * d, down * e), self.width, self.height)

    def moved(self, dx: float, dy: float) -> Grid:
        """The same pixels elsewhere: dx and dy are added to every map coordinate."""
        x0, a, b, y0, d, e = self.geotransform
        return Grid(self.crs_wkt, (x0 + dx, a, b, y0 + dy, d, e), self.width, self.height)

    def coarser(self, ratio: int) -> Grid:
        """The nested grid of pixels `ratio` times larger from the same first corner, covering this one."""
        x0, a, b, y0, d, e = self.geotransform
        steps = (x0, a * ratio, b * ratio, y0, d * ratio, e * ratio)
        return Grid(self.crs_wkt, steps, -(-self.width // ratio), -(-self.height // ratio))

    def finer(self, ratio: int) -> Grid:
        """The nested grid of pixels `ratio` times smaller; law: grid.finer(n).coarser(n) == grid."""
        x0, a, b, y0, d, e = self.geotransform
        steps = (x0, a / ratio, b / ratio, y0, d / ratio, e / ratio)
        return Grid(self.crs_wkt, steps, self.width * ratio, self.height * ratio)

    def window_of(self, bounds: tuple[float, float, float, float]) -> Window:
        """The window that covers map bounds (xmin, ymin, xmax, ymax), clipped to the raster."""
        xmin, ymin, xmax, ymax = bounds
        pixels = [self.to_pixel(x, y) for x in (xmin, xmax) for y in (ymin, ymax)]
        cols, rows = [p[0] for p in pixels], [p[1] for p in pixels]
        covering = Window.spanning(min(cols), min(rows), max(cols), max(rows))
        return covering.intersection(self.window)


def placement(reference: Grid, other: Grid, tolerance_px: float = 0.05) -> Optional[Placement]:
    """How pixel coordinates of `reference` map to those of `other`, both in one CRS.

    Returns None where the axes are not parallel: over the whole of `reference` the relative rotation or
    shear would move a position by more than `tolerance_px` pixels of `reference`.
    """
    (ox, oy), (cx, cy), (rx, ry) = (
        other.to_pixel(*reference.to_map(c, r)) for c, r in ((0, 0), (reference.width, 0), (0, reference.height))
    )
    scale_x, shear_y = (cx - ox) / reference.width, cy - oy
    scale_y, shear_x = (ry - oy) / reference.height, rx - ox
    if scale_x <= 0 or scale_y <= 0:
        return None
    if abs(shear_y) > tolerance_px * scale_y or abs(shear_x) > tolerance_px * scale_x:
        return None
    return Placement(scale_x, ox, scale_y, oy)


def in_the_map(domain: Grid) -> Grid:
    """The grid with y to the north: without georeferencing, rows count upwards from the first one's upper edge.

    QGIS places such a raster so; GDAL says only that it has no place.
    """
    x0, a, b, y0, d, e = domain.geotransform
    if domain.crs_wkt or e < 0:
        return domain
    return Grid(domain.crs_wkt, (x0, a, b, -y0, -d, -e), domain.width, domain.height)


def fit_without_georeferencing(reference: Grid, other: Grid) -> Optional[Grid]:
    """`other` stretched over `reference`'s extent, when one whole number is the ratio of both sizes."""
    ratio = reference.width // other.width
    if ratio < 1 or (other.width * ratio, other.height * ratio) != (reference.width, reference.height):
        return None
    return reference.coarser(ratio)


def cover(reference: Grid, where: Placement, other: Window) -> Window:
    """Reference pixels whose centres lie on the other raster, clipped to the reference."""
    col0, row0 = -where.offset_x / where.scale_x, -where.offset_y / where.scale_y
    col1, row1 = (other.width - where.offset_x) / where.scale_x, (other.height - where.offset_y) / where.scale_y
    first_col, first_row = math.ceil(col0 - 0.5 - 1e-6), math.ceil(row0 - 0.5 - 1e-6)
    last_col, last_row = math.floor(col1 - 0.5 + 1e-6), math.floor(row1 - 0.5 + 1e-6)
    covered = Window(first_col, first_row, last_col - first_col + 1, last_row - first_row + 1)
    return covered.intersection(reference.window)
