"""The rasters of a quality assessment, opened on one frame: what was fused, its reference or fine input, the
coarse one.

The *domain* is the part of the fused raster's grid that all of them cover. The others that are as fine must have the
fused one's pixels, apart from a whole number of them: interpolating them would be measured as error. The coarse raster
stays in its own pixels; its axes must be parallel to the domain's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...alignment.checks import Pair, same_crs
from ...alignment.checks.resolution_ratio import EQUAL
from ...alignment.pairing import make_pair
from ...basics.errors import CoregistrationError, InputError
from ...basics.findings import Finding
from ...grid.grid import Grid, Window, placement
from ...rasters.aligned_input import AlignedInput, open_aligned
from ...rasters.source import RasterSource
from ...rasters.turned import Turn

RATIO_RANGE = (1.5, 16.0)
LARGEST_OFFSET_PX = 0.02
"""A fine raster whose pixels lie farther off the fused one's than this must be resampled first."""


@dataclass(frozen=True)
class RasterName:
    """A raster, and how sentences call it.

    Attributes
    ----------
    path : str
        Or GDAL name; "" = not given.
    parameter : str
        The user's parameter that named it.
    label : str
        What it is, as a dialog has it ("Panchromatic raster"); "" = not said.
    bands : int
        How many bands it must have; 0 = any number.
    turned : Turn
        What the fusion did to its content in its own pixels, before it moved it.
    """

    path: str
    parameter: str
    label: str = ""
    bands: int = 0
    turned: Turn = ()

    @property
    def words(self) -> str:
        """What it is, in the middle of a sentence."""
        return self.label[:1].lower() + self.label[1:] if self.label else f"raster {self.parameter}"


class FineReader:
    """Windows of a raster in the domain's pixels."""

    def __init__(self, source: AlignedInput) -> None:
        self.source, self.grid = source, source.target
        self.band_infos = source.source.bands
        self.bands = len(self.band_infos)

    @property
    def parameter(self) -> str:
        """The user's name for it."""
        return self.source.source.role

    def __call__(self, row_off: int, col_off: int, rows: int, cols: int) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32 and validity; the window lies inside the grid."""
        return self.source.read(Window(col_off, row_off, cols, rows))

    def select(self, places: tuple[int, ...]) -> None:
        """Read these bands from now on; places among its bands, from 0."""
        self.source.source.select(places)
        self.band_infos = self.source.source.bands
        self.bands = len(self.band_infos)

    def close(self) -> None:
        self.source.close()


class CoarseReader(FineReader):
    """Windows of the coarse raster in its own pixels, counted from the first one that the domain covers whole.

    Attributes
    ----------
    ratio : float
        Its pixel over the domain's.
    offset : (row, col)
        Where its first pixel begins, in pixels of the domain.
    rows, cols : int
        Of its pixels, those that the domain covers whole.
    """

    def __init__(self, source: AlignedInput, domain: Grid) -> None:
        super().__init__(source)
        where = placement(self.grid, domain)  # its pixels -> the domain's
        col0, col1 = _whole(where.scale_x, where.offset_x, domain.width, self.grid.width)
        row0, row1 = _whole(where.scale_y, where.offset_y, domain.height, self.grid.height)
        self.ratio = (where.scale_x * where.scale_y) ** 0.5
        self.offset = (where.scale_y * row0 + where.offset_y, where.scale_x * col0 + where.offset_x)
        self.first, self.rows, self.cols = (row0, col0), row1 - row0, col1 - col0
        self.grid = self.grid.crop(Window(col0, row0, max(1, self.cols), max(1, self.rows)))

    def __call__(self, row_off: int, col_off: int, rows: int, cols: int) -> tuple[np.ndarray, np.ndarray]:
        """As `FineReader`, counted from the first pixel inside the domain."""
        return super().__call__(row_off + self.first[0], col_off + self.first[1], rows, cols)


def _whole(scale: float, offset: float, inside: int, count: int) -> tuple[int, int]:
    """First and one past the last of `count` coarse pixels that lie wholly on 0 .. inside, along one axis."""
    first = int(np.ceil(-offset / scale - 1e-6))
    end = int(np.floor((inside - offset) / scale + 1e-6))
    return max(first, 0), max(min(end, count), max(first, 0))


@dataclass(frozen=True)
class QualityRasters:
    """Readers on one domain; a context manager, see `open_rasters`.

    Attributes
    ----------
    domain : Grid
    images : name -> FineReader
        Those on the domain's pixels.
    coarse : CoarseReader or None
        In its own pixels.
    expanded : FineReader or None
        The coarse raster interpolated onto the domain (cubic): the baseline of every comparison.
    """

    domain: Grid
    images: dict[str, FineReader]
    coarse: Optional[CoarseReader] = None
    expanded: Optional[FineReader] = None

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, cols) of the domain."""
        return self.domain.height, self.domain.width

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to say of them as they are stored, once each."""
        readers = (*self.images.values(), *([self.coarse] if self.coarse else []))
        return tuple(one for reader in readers for one in reader.source.source.findings)

    def __enter__(self) -> QualityRasters:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in (*self.images.values(), self.coarse, self.expanded):
            if reader is not None:
                reader.close()


def open_rasters(
    images: dict[str, RasterName], coarse: Optional[RasterName] = None, moved: tuple[float, float] = (0.0, 0.0),
    largest_px: int = 0, place: tuple[float, float] = (0.5, 0.5),
) -> QualityRasters:  # fmt: skip
    """Open the rasters of an assessment on the part that all of them cover.

    Parameters
    ----------
    images : name -> RasterName
        The first one's grid is the frame; the others must have its pixels.
    coarse : RasterName, optional
        1.5 to 16 times as coarse.
    moved : (dx, dy)
        What is added to the coarse raster's map coordinates: a measured shift that the fusion undid.
    largest_px : int
        Longest side of the domain; of a larger area a part is taken. 0 = everything.
    place : (row, col)
        Where that part lies: 0 = at the beginning of the axis, 0.5 = in the middle, 1 = at its end.

    Raises
    ------
    InputError, CoregistrationError
        They are not aligned; one sentence that names the parameter.
    """
    frame, *companions = images
    grids = {name: _grid(item) for name, item in images.items()}
    for item in (*images.values(), *([coarse] if coarse else [])):
        _require_its_bands(item)
    window = grids[frame].window
    for name in companions:
        common, grids[name] = _on_same_pixels(images[frame], images[name], grids[frame], grids[name])
        window = window.intersection(common)
    pair = None
    if coarse is not None:
        names = images[frame].parameter, coarse.parameter
        pair = make_pair(names, grids[frame], _grid(coarse), RATIO_RANGE, 0.5, "warn").moved(*moved)
        _refuse_one_crs(pair)
        window = window.intersection(pair.fit.covered())
    if window.is_empty:
        others = (*(images[name] for name in companions), *([coarse] if coarse else []))
        told = ", ".join(item.parameter for item in others)
        raise InputError(f"{images[frame].parameter} shares no pixel with {told}; choose rasters of one area.")
    domain = grids[frame].crop(_part(window, largest_px, place))
    readers = {
        name: FineReader(open_aligned(item.path, item.parameter, domain, 1, "nearest", grids[name], 1.0))
        for name, item in images.items()
    }
    if coarse is None or pair is None:
        return QualityRasters(domain, readers)
    return QualityRasters(domain, readers, *_open_coarse(coarse, pair, domain, moved))


def _part(window: Window, largest: int, place: tuple[float, float]) -> Window:
    """At most `largest` pixels of a window either way, as far along its axes as `place` says; 0 = all of it."""
    if not largest:
        return window
    width, height = min(window.width, largest), min(window.height, largest)
    row, col = (int(share * rest) for share, rest in zip(place, (window.height - height, window.width - width)))
    return Window(window.col_off + col, window.row_off + row, width, height)


def _on_same_pixels(frame: RasterName, item: RasterName, reference: Grid, other: Grid) -> tuple[Window, Grid]:
    """The frame's pixels that a companion covers, and where it lies; refuses one on other pixels."""
    pair = make_pair((frame.parameter, item.parameter), reference, other, (0.5, 2.0), 0.5, "warn")
    _refuse_one_crs(pair)
    where = pair.placement
    if where is None or max(abs(where.scale_x - 1), abs(where.scale_y - 1)) * max(other.width, other.height) > 0.5:
        found = "another CRS or rotation" if where is None else f"pixels {where.ratio:.4g} times as large"
        raise InputError(
            f"{item.parameter} has {found}, expected the pixels of {frame.parameter}; warp {item.parameter} onto its "
            "grid first."
        )
    off = max(abs(step - round(step)) for step in (where.offset_x, where.offset_y))
    if off > LARGEST_OFFSET_PX:
        raise InputError(
            f"{item.parameter} lies {off:.2f} pixels off the pixels of {frame.parameter}, expected a whole number; "
            f"warp {item.parameter} onto the grid of {frame.parameter} first."
        )
    return pair.fit.covered(), pair.other


def _refuse_one_crs(pair: Pair) -> None:
    """Refuse two rasters of which only one says in which CRS it lies."""
    for finding in same_crs.check(pair):
        if finding.severity == "error":
            raise CoregistrationError(finding.sentence)


def _open_coarse(
    coarse: RasterName, pair: Pair, domain: Grid, moved: tuple[float, float]
) -> tuple[CoarseReader, FineReader]:
    """The coarse raster in its own pixels, and interpolated onto the domain."""
    grid, where, frame = pair.other, pair.placement, pair.reference_role
    unmoved = grid.moved(-moved[0], -moved[1])
    if where is None:
        raise CoregistrationError(
            f"{coarse.parameter} has another CRS than {frame} or is rotated against it, so it cannot be compared in "
            f"its own pixels; warp {coarse.parameter} first (gdalwarp, or Raster > Projections > Warp)."
        )
    if not RATIO_RANGE[0] * 0.99 <= where.ratio <= RATIO_RANGE[1] * 1.01:
        size, more = f"{where.ratio:.3g} times", ""
        if abs(where.ratio - 1) <= EQUAL:
            size = "as small as"
        elif where.ratio < 1:
            size, more = f"smaller ({where.ratio:.3g} times) than", ", or exchange the two where they were mixed up"
        raise InputError(
            f"{coarse.parameter}: its pixels are {size} those of {frame}; expected {RATIO_RANGE[0]:g} to "
            f"{RATIO_RANGE[1]:g} times, so choose the coarse {coarse.words}{more}."
        )
    names, turned = (coarse.path, coarse.parameter), coarse.turned
    own = CoarseReader(open_aligned(*names, grid, 1, "nearest", unmoved, 1.0, moved, turned=turned), domain)
    if min(own.rows, own.cols) < 1:
        raise InputError(f"{coarse.parameter} has no whole pixel inside {frame}; choose rasters of one area.")
    expanded = open_aligned(*names, domain, 1, "cubic", unmoved, where.ratio, moved, turned=turned)
    return own, FineReader(expanded)


def _require_its_bands(item: RasterName) -> None:
    count = _band_count(item) if item.bands else 0
    if count != item.bands:
        raise InputError(
            f"{item.parameter}: '{item.path}' has {count} bands; expected {item.bands}, so extract the right "
            f"{'band' if item.bands == 1 else 'bands'} first (gdal_translate -b, or Raster > Conversion > Translate)."
        )


def require_same_bands(first: RasterName, second: RasterName) -> None:
    """Refuse two rasters with different numbers of bands."""
    counts = [_band_count(item) for item in (first, second)]
    if counts[0] != counts[1]:
        raise InputError(
            f"{first.parameter} has {counts[0]} bands and {second.parameter} {counts[1]}; expected the same bands in "
            "both, so choose the rasters that belong together."
        )


def _band_count(item: RasterName) -> int:
    with RasterSource(item.path, item.parameter) as source:
        return len(source.bands)


def _grid(item: RasterName) -> Grid:
    with RasterSource(item.path, item.parameter) as source:
        return source.grid
