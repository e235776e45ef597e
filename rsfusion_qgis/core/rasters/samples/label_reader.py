"""The codes of a class raster on any grid, window by window, by the nearest pixel."""

from __future__ import annotations

from typing import Optional, Union

import numpy as np

from ...basics.errors import InputError
from ...grid.crs import crs_name
from ...grid.fit import Fit
from ...grid.grid import Grid, Placement, Window, fit_without_georeferencing
from ..class_legend import LegendEntry, class_legend
from ..fill import CODES, fill_of_codes
from ..source import RasterSource, warped_source

LARGEST_CODE = 2**24
"""Codes are read as float32, which holds whole numbers up to here."""


class LabelReader:
    """A raster of class codes, read on a grid; a context manager.

    Parameters
    ----------
    path : str
    role : str
        The user's parameter, for messages.
    grid : Grid, optional
        None = the raster's own.

    Attributes
    ----------
    grid : Grid
    legend : dict
        code -> LegendEntry, where the file says what its codes mean.
    warnings : tuple of str

    Raises
    ------
    InputError
        It is no raster of one band, or does not lie where the grid is.
    """

    def __init__(self, path: str, role: str, grid: Optional[Grid] = None) -> None:
        self.role, self.path = role, path
        self.warnings: tuple[str, ...] = ()
        source = RasterSource(path, role, kind=CODES)
        if len(source.bands) != 1:
            raise InputError(
                f"{role}: '{path}' has {len(source.bands)} bands; expected one of class codes, so extract it first."
            )
        self.legend: dict[int, LegendEntry] = class_legend(source)
        self._fill = self._undeclared(source)
        self.grid = source.grid if grid is None else grid
        self._place: Optional[Placement] = Fit(self.grid, self._own_grid(source)).placement
        self._source = source if self._place is not None else warped_source(source, self.grid, "nearest")

    def _undeclared(self, source: RasterSource) -> tuple[float, ...]:
        """Values that are no classes though the raster does not say so."""
        try:
            found = fill_of_codes(source, {code for code, entry in self.legend.items() if entry.name})
        except InputError:  # whoever reads the codes will say what is wrong with them
            return ()
        if found:
            values = " and ".join(f"{one:.9g}" for one in found)
            self.warnings += (
                f"{self.role} holds {values} beside its classes and does not declare it as no data; it is taken for "
                "that; declare it (gdal_edit.py -a_nodata), or give the class a name in the file if it is one.",
            )
        return found

    def _own_grid(self, source: RasterSource) -> Grid:
        """Where the raster lies, in its own CRS."""
        own, ours = source.grid, self.grid
        if own.is_georeferenced != ours.is_georeferenced:
            without = self.role if ours.is_georeferenced else "the raster that it belongs to"
            raise InputError(
                f"{self.role}: '{self.path}' cannot be placed, since {without} is not georeferenced; georeference it."
            )
        if not own.is_georeferenced:
            return self._stretched(own)
        if bool(own.crs_wkt) != bool(ours.crs_wkt):
            known = crs_name(own.crs_wkt or ours.crs_wkt)
            which = self.role if ours.crs_wkt else "The raster"
            self.warnings += (f"{which} has no CRS: it is taken to be in {known}.",)
        return own

    def _stretched(self, own: Grid) -> Grid:
        """A raster without georeferencing covers the same area as ours."""
        found = fit_without_georeferencing(self.grid, own)
        if found is None:
            raise InputError(
                f"{self.role}: '{self.path}' has {own.height} x {own.width} pixels and no georeferencing, the raster "
                f"that it belongs to has {self.grid.height} x {self.grid.width}; expected the same, so georeference "
                "both."
            )
        return found

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Codes on a window inside the grid.

        Returns
        -------
        codes : ndarray
            (rows, cols) int32; 0 where not valid.
        valid : ndarray
            (rows, cols) bool; False outside the raster, on nodata and under its mask.

        Raises
        ------
        InputError
            A value is no whole number, or too large.
        """
        values, valid = self._read_direct(window) if self._place is not None else self._read_plain(window)
        values = np.where(valid, values, 0)
        strange = (values != np.rint(values)) | (np.abs(values) > LARGEST_CODE)
        if strange.any():
            raise InputError(
                f"{self.role}: '{self.path}' holds the value {values[strange][0]:g}; expected class codes, which are "
                f"whole numbers up to {LARGEST_CODE}."
            )
        return values.astype(np.int32), valid

    def _read_plain(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        values, valid = self._source.read(window)
        return values[0], valid[0] & ~np.isin(values[0], self._fill) if self._fill else valid[0]

    def _read_direct(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Every pixel takes the one of the raster that its centre falls into."""
        p, size = self._place, self._source.grid
        cols = _nearest(window.col_off, window.width, p.scale_x, p.offset_x)
        rows = _nearest(window.row_off, window.height, p.scale_y, p.offset_y)
        needed = Window(int(cols[0]), int(rows[0]), int(cols[-1] - cols[0]) + 1, int(rows[-1] - rows[0]) + 1)
        there = needed.intersection(size.window)
        values, valid = np.zeros(window.shape, np.float32), np.zeros(window.shape, bool)
        if there.is_empty:
            return values, valid
        found, known = self._read_plain(there)
        here, inside = zip(*(_covered(*pair) for pair in (
            (rows, there.row_off, there.row_end), (cols, there.col_off, there.col_end)
        )))  # fmt: skip
        values[here], valid[here] = found[inside[0]][:, inside[1]], known[inside[0]][:, inside[1]]
        return values, valid

    def release_blocks(self) -> None:
        """Drop the blocks that GDAL keeps."""
        self._source.release_blocks()

    def close(self) -> None:
        self._source.close()

    def __enter__(self) -> LabelReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _nearest(start: int, count: int, scale: float, offset: float) -> np.ndarray:
    """(count,) index of the pixel that each centre falls into; a centre on a border takes the later."""
    return np.floor(scale * (np.arange(start, start + count) + 0.5) + offset + 1e-6).astype(np.int64)


def _covered(wanted: np.ndarray, first: int, end: int) -> tuple[slice, Union[slice, np.ndarray]]:
    """Which of the ascending pixels lie from `first` up to `end`, and where there; as slices where none is left out."""
    start, stop = np.searchsorted(wanted, (first, end))
    inside = wanted[start:stop] - first
    plain = len(inside) == inside[-1] - inside[0] + 1
    return slice(start, stop), slice(inside[0], inside[-1] + 1) if plain else inside
