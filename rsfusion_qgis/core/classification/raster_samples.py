"""Samples from a label raster: every pixel that has a class code, in regions of connected pixels of one class."""

from __future__ import annotations

from typing import Optional

import numpy as np
from scipy import ndimage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ..errors import InputError
from ..grid import Grid, Window
from .classes import classes_of
from .label_reader import LabelReader
from .samples import Samples, SampleSource, Watch, blocks_of, watched

_CORNERS_TOO = np.ones((3, 3), bool)
_NONE = -(2**31)  # what stands for "no code" where codes are compared


class RasterSamples(Samples):
    """Samples read from a label raster; 0 and nodata are unlabelled."""

    def __init__(self, source: SampleSource, grid: Grid, watch: Optional[Watch] = None) -> None:
        super().__init__(source, grid)
        self.reader = LabelReader(source.path, source.parameter, grid)
        self.warnings = self.reader.warnings
        try:
            regions = self._find_regions(lambda share: watch(share / 2) if watch else None)
            self.survey(regions, lambda share: watch(0.5 + share / 2) if watch else None)
        except BaseException:
            self.close()
            raise

    def _find_regions(self, watch: Watch) -> int:
        """Number the connected pixels of the whole grid, block by block; finds the classes on the way."""
        self._firsts: dict[Window, int] = {}
        seams, values, count = _Seams(self.grid.width), set(), 0
        for block in watched(list(blocks_of(self.grid)), watch):
            codes = self._codes(block)
            parts, found = components(codes)
            self._firsts[block] = count
            seams.add(block, codes, np.where(parts > 0, parts + count, 0))
            values.update(np.unique(codes[parts > 0]).tolist())
            count += found
            self.reader.release_blocks()
        if not values:
            raise InputError(
                f"{self.source.parameter} has no sample inside the raster; its class codes are values other than 0 "
                "and nodata, so check its extent and CRS."
            )
        self.classes, indices = classes_of(values, self.source.parameter, self.reader.legend)
        self.values = tuple(indices)
        self._codes_found = np.array(self.values)
        self._regions, regions = seams.joined(count)
        return regions

    def _codes(self, window: Window) -> np.ndarray:
        """(rows, cols) int32; `_NONE` where there is no label."""
        codes, valid = self.reader.read(window)
        return np.where(valid & (codes != 0), codes, np.int32(_NONE))

    def read_block(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        codes = self._codes(window)
        parts, _ = components(codes)
        inside = parts > 0
        labels = np.where(inside, np.searchsorted(self._codes_found, codes), -1).astype(np.int16)
        regions = self._regions[np.where(inside, parts + self._firsts[window], 0)]
        return labels, regions.astype(np.int32)

    def close(self) -> None:
        super().close()
        self.reader.close()


def components(codes: np.ndarray) -> tuple[np.ndarray, int]:
    """Connected pixels of one code, corners included.

    Parameters
    ----------
    codes : ndarray
        (rows, cols) int32; `_NONE` belongs to nothing.

    Returns
    -------
    parts : ndarray
        (rows, cols) int32; 0 = none, else 1 to the count.
    count : int
    """
    values, ranks = np.unique(codes, return_inverse=True)
    ranks = ranks.reshape(codes.shape) + 1
    parts, count = np.zeros(codes.shape, np.int32), 0
    for rank, where in enumerate(ndimage.find_objects(ranks), start=1):
        if values[rank - 1] == _NONE:
            continue
        found, new = ndimage.label(ranks[where] == rank, _CORNERS_TOO)
        parts[where] += np.where(found > 0, found + count, 0).astype(np.int32)
        count += new
    return parts, count


class _Seams:
    """Joins the parts of neighbouring blocks, which must come row by row from the left.

    Parameters
    ----------
    width : columns of the grid.
    """

    def __init__(self, width: int) -> None:
        self._above = self._empty(width)
        self._below = self._empty(width)
        self._left = self._empty(0)
        self._pairs: list[np.ndarray] = []
        self._row = 0

    @staticmethod
    def _empty(length: int) -> tuple[np.ndarray, np.ndarray]:
        return np.full(length, _NONE, np.int64), np.zeros(length, np.int64)

    def add(self, block: Window, codes: np.ndarray, parts: np.ndarray) -> None:
        """Take a block in; `parts` are numbered over all blocks, 0 = none."""
        if block.row_off != self._row:
            self._row, self._above = block.row_off, self._below
            self._below = self._empty(len(self._above[0]))
        if block.col_off > 0:
            self._touch(self._left, (codes[:, 0], parts[:, 0]), 0)
        if block.row_off > 0:
            self._touch(self._above, (codes[0], parts[0]), block.col_off)
        for line, edge in zip(self._below, (codes[-1], parts[-1])):
            line[block.col_off : block.col_end] = edge
        self._left = codes[:, -1].astype(np.int64), parts[:, -1].astype(np.int64)

    def _touch(self, before: tuple[np.ndarray, np.ndarray], edge: tuple[np.ndarray, np.ndarray], start: int) -> None:
        """Note which parts of two lines of pixels touch; `edge` lies at `start` along `before`."""
        codes, parts = (np.pad(line, 1, constant_values=fill) for line, fill in zip(before, (_NONE, 0)))
        for step in (0, 1, 2):  # the neighbour before, beside and after
            across = slice(start + step, start + step + len(edge[0]))
            same = (codes[across] == edge[0]) & (edge[1] > 0)
            if same.any():
                self._pairs.append(np.unique(np.stack([parts[across][same], edge[1][same]]), axis=1))

    def joined(self, count: int) -> tuple[np.ndarray, int]:
        """Region of each part, (count + 1,) int32 with [0] = 0, and the number of regions; in order of first parts."""
        pairs = np.concatenate(self._pairs, axis=1) if self._pairs else np.zeros((2, 0), np.int64)
        graph = coo_matrix((np.ones(pairs.shape[1], bool), (pairs[0], pairs[1])), shape=(count + 1, count + 1))
        _, roots = connected_components(graph, directed=False)
        _, first, inverse = np.unique(roots, return_index=True, return_inverse=True)
        order = np.empty(len(first), np.int32)
        order[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
        return order[inverse.reshape(-1)], len(first) - 1
