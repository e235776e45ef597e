"""One input of a task brought onto the output domain: reading any window of it as the network wants it.

The *domain* is the part of the reference grid that all inputs cover; its first pixel is (0, 0) here. An
input of ratio n is delivered on the domain's grid made n times coarser. Three ways lead there, the cheapest
that is exact is taken: reading pixels as they are, separable interpolation at their true positions, or a
warped VRT (another CRS, a rotated grid) followed by that interpolation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..basics.errors import InputError
from ..grid.fit import Fit
from ..grid.grid import Grid, Window, cover
from ..grid.noise import noise_of
from ..grid.resampling_weights import apply, fill_invalid, nearest_index, source_range, weights
from ..grid.sampling import stretches, whole_or_spread
from .fill import IMAGE
from .radiometry import sample_scaling
from .source import RasterSource, warped_source
from .turned import Turn, turned_source

FILL_PX = 4  # input pixels; how far valid values spread into invalid ones before interpolation
_SAMPLE_BLOCK = 64  # pixels; statistics come from blocks of this side, spread over the raster
_SAMPLE_MESHES = (8, 24, 72)  # blocks along each side, more where the fewer found too little that is valid
_SAMPLE_ENOUGH = 4096  # valid pixels per band


@dataclass(frozen=True)
class Scale:
    """Per-band offset and scale of a whole raster, (bands,) float32 each: network = (stored - offset) / scale."""

    offset: np.ndarray
    scale: np.ndarray


class AlignedInput:
    """A raster, read in windows of the domain.

    Parameters
    ----------
    source : RasterSource
    domain : Grid
        The part of the reference grid that is fused.
    ratio : int
        1 = on the domain's own pixels; n = on pixels n times larger from the same corner.
    kernel : str
        How pixels are interpolated where the grids do not coincide ("cubic", "bilinear", "nearest").
    edge : str
        What interpolation finds beyond the raster's ends, one of `resample.EDGES`.
    partial : bool
        Whether the raster may end inside the domain; pixels beyond its end are invalid then.

    Attributes
    ----------
    low : ndarray or None
        See `fallback`; to be set by who knows the raster, and where some band may be empty.
    """

    def __init__(
        self, source: RasterSource, domain: Grid, ratio: int, kernel: str, edge: str = "repeat", partial: bool = False
    ) -> None:
        self.target = domain.coarser(ratio) if ratio > 1 else domain
        self.source, self.kernel, self.edge = source, kernel, edge
        fit = Fit(self.target, source.grid)
        if fit.placement is None:
            raise ValueError(f"AlignedInput takes a source that lies as its domain, not one of {fit.reason}")
        self.placement, self.as_is = fit.placement, fit.pasted
        self.covered = cover(self.target, self.placement, source.grid.window) if partial else self.target.window
        self.low: Optional[np.ndarray] = None
        self._statistics: Optional[Scale] = None
        self._noise: Optional[np.ndarray] = None

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values and validity on a window of the target grid that may reach outside it (edges are mirrored).

        Returns
        -------
        values : ndarray
            (bands, rows, cols) float32, stored units, invalid pixels filled from their neighbours.
        valid : ndarray
            (bands, rows, cols) bool.
        """
        inside = window.intersection(self.target.window)
        values, valid = self._read_covered(inside)
        before_after = (
            (0, 0),
            (inside.row_off - window.row_off, window.row_end - inside.row_end),
            (inside.col_off - window.col_off, window.col_end - inside.col_end),
        )
        if any(sum(pair) for pair in before_after):
            values = np.pad(values, before_after, mode="symmetric")
            valid = np.pad(valid, before_after, mode="symmetric")
        return values, valid

    @property
    def is_wide(self) -> bool:
        """Whether `read` rounds values that pass through as they are stored, so that `read_exactly` says more."""
        return self.as_is and self.source.is_wide and self.covered == self.target.window

    def read_exactly(self, window: Window) -> np.ndarray:
        """Values as `read`, of a raster whose pixels are read as they are: (bands, rows, cols) float64, bit by bit.

        Invalid pixels are not filled. Float32 where that holds all values, or pixels are interpolated.
        """
        if not self.is_wide:
            return self.read(window)[0]
        inside = window.intersection(self.target.window)
        steps = round(self.placement.offset_x), round(self.placement.offset_y)
        values = self.source.read_exactly(inside.shifted(*steps))
        rows = (inside.row_off - window.row_off, window.row_end - inside.row_end)
        cols = (inside.col_off - window.col_off, window.col_end - inside.col_end)
        return np.pad(values, ((0, 0), rows, cols), mode="symmetric")

    def _read_covered(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        there = window.intersection(self.covered)
        if there == window:
            return self._read_as_is(window) if self.as_is else self._read_resampled(window)
        shape = (len(self.source.bands), *window.shape)
        values, valid = np.zeros(shape, np.float32), np.zeros(shape, bool)
        if not there.is_empty:
            row, col = there.row_off - window.row_off, there.col_off - window.col_off
            inner = slice(None), slice(row, row + there.height), slice(col, col + there.width)
            values[inner], valid[inner] = self._read_as_is(there) if self.as_is else self._read_resampled(there)
        return values, valid

    def _read_as_is(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        steps = round(self.placement.offset_x), round(self.placement.offset_y)
        there = window.shifted(*steps)
        around = there.grown(FILL_PX if self.source.may_be_invalid else 0).intersection(self.source.grid.window)
        values, valid = self.source.read(around)
        values = self._filled(values, valid)
        rows = slice(there.row_off - around.row_off, there.row_end - around.row_off)
        cols = slice(there.col_off - around.col_off, there.col_end - around.col_off)
        return values[:, rows, cols], valid[:, rows, cols]

    def _read_resampled(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        p, size = self.placement, self.source.grid.window
        col0, col1 = source_range(window.col_off, window.width, p.scale_x, p.offset_x, self.kernel)
        row0, row1 = source_range(window.row_off, window.height, p.scale_y, p.offset_y, self.kernel)
        needed = Window(col0, row0, col1 - col0, row1 - row0).grown(1 + FILL_PX * self.source.may_be_invalid)
        there = needed.intersection(size)
        values, valid = self.source.read(there)
        values = self._filled(values, valid)
        across = (window.col_off, window.width, p.scale_x, p.offset_x)
        down = (window.row_off, window.height, p.scale_y, p.offset_y)
        cols = weights(*across, self.kernel, there.col_off, there.width, size.width, self.edge)
        rows = weights(*down, self.kernel, there.row_off, there.height, size.height, self.edge)
        nearest_cols = nearest_index(*across, there.col_off, there.width)
        nearest_rows = nearest_index(*down, there.row_off, there.height)
        return apply(values, rows, cols), valid[:, nearest_rows][:, :, nearest_cols]

    def _filled(self, values: np.ndarray, valid: np.ndarray) -> np.ndarray:
        return fill_invalid(values, valid, FILL_PX, self.fallback) if not valid.all() else values

    @property
    def fallback(self) -> np.ndarray:
        """(bands,) what stands in deep inside invalid areas: the raster's own low level, or `low` where that is set."""
        return self.statistics().offset if self.low is None else self.low

    def statistics(self) -> Scale:
        """Scale of each band over a fixed sample of the whole domain; the same for every tile and extent."""
        if self._statistics is None:
            sample = self.sample()
            try:
                self._statistics = Scale(*sample_scaling(*sample))
            except InputError as error:
                raise InputError(f"{self.source.role}: '{self.source.path}': {error}") from None
        return self._statistics

    def noise(self) -> np.ndarray:
        """(bands,) float64: standard deviation of the noise of each band, stored units, over such a sample."""
        if self._noise is None:
            blocks = whole_or_spread(self._area(), _SAMPLE_BLOCK, _SAMPLE_MESHES[0])
            self._noise = noise_of(self.source.read(block) for block in blocks)
            self.source.release_blocks()
        return self._noise

    def _area(self) -> Window:
        """The domain's part of the raster, in its own pixels."""
        p, target = self.placement, self.target
        return Window.spanning(
            p.offset_x, p.offset_y, p.scale_x * target.width + p.offset_x, p.scale_y * target.height + p.offset_y
        ).intersection(self.source.grid.window)

    def sample(self) -> tuple[np.ndarray, np.ndarray]:
        """Stored values and validity, (bands, n) each, of blocks spread over the domain's part of the raster."""
        area = self._area()
        for mesh in _SAMPLE_MESHES:
            values, valid = self._read_mesh(area, mesh)
            if valid.sum(axis=1).min() >= _SAMPLE_ENOUGH or max(area.shape) <= mesh * _SAMPLE_BLOCK:
                break
        return values, valid

    def _read_mesh(self, area: Window, mesh: int) -> tuple[np.ndarray, np.ndarray]:
        found = [(np.empty((len(self.source.bands), 0), np.float32), np.empty((len(self.source.bands), 0), bool))]
        for row, height in stretches(area.row_off, area.height, _SAMPLE_BLOCK, mesh):
            for col, width in stretches(area.col_off, area.width, _SAMPLE_BLOCK, mesh):
                values, valid = (a.reshape(len(a), -1) for a in self.source.read(Window(col, row, width, height)))
                some = valid.any(axis=0)
                found.append((values[:, some], valid[:, some]))
            self.source.release_blocks()
        return np.concatenate([v for v, _ in found], axis=1), np.concatenate([m for _, m in found], axis=1)

    def close(self) -> None:
        self.source.close()


def open_aligned(
    path: str, role: str, domain: Grid, ratio: int, kernel: str, own_grid: Grid, true_ratio: float,
    moved: tuple[float, float] = (0.0, 0.0), edge: str = "repeat", partial: bool = False, kind: str = IMAGE,
    turned: Turn = (),
) -> AlignedInput:  # fmt: skip
    """Open a raster for reading on the domain, through a warped VRT where its grid needs it.

    Parameters
    ----------
    path, role : str
    domain : Grid
        North-up part of the reference grid.
    ratio, kernel, edge, partial
        See `AlignedInput`.
    own_grid : Grid
        The raster's grid as the checks understood it: in the domain's CRS, or stretched over the reference
        where neither is georeferenced; its own where it must be warped.
    true_ratio : float
        Pixel size over the domain's: a warped raster keeps (about) its own resolution.
    moved : (dx, dy)
        What is added to the raster's map coordinates, in the domain's CRS: a measured shift that is undone.
    kind : str
        What its values are, as of `RasterSource`.
    turned : Turn
        What is done to its content first, see `turned`; () = nothing.
    """
    source = RasterSource(path, role, kind=kind)
    if turned:
        source = turned_source(source, turned)
    if not Fit(domain, own_grid).warped:
        source.count_like(own_grid)
        source.grid = own_grid.moved(*moved)
    else:
        nested = domain.coarser(max(1, int(true_ratio + 0.01)))
        source = warped_source(source, nested.moved(-moved[0], -moved[1]), kernel)
        source.grid = Grid(domain.crs_wkt, nested.geotransform, source.grid.width, source.grid.height)
    return AlignedInput(source, domain, ratio, kernel, edge, partial)
