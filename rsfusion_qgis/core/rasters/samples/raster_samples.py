"""Samples from a label raster: every pixel that has a class code, in regions of connected pixels of one class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...basics.optional import OptionalModule
from ...grid.grid import Grid, Window
from .classes import classes_of, values_and_counts
from .label_reader import LabelReader
from .samples import Samples, SampleSource, Watch, blocks_of, watched

ndimage = OptionalModule("scipy.ndimage")
sparse = OptionalModule("scipy.sparse")
csgraph = OptionalModule("scipy.sparse.csgraph")

_CORNERS_TOO = np.ones((3, 3), bool)
_NONE = -(2**31)  # what stands for "no code" where codes are compared


class RasterSamples(Samples):
    """Samples read from a label raster; 0 and nodata are unlabelled."""

    def __init__(self, source: SampleSource, grid: Grid, watch: Optional[Watch] = None) -> None:
        super().__init__(source, grid)
        self.reader = LabelReader(source.path, source.parameter, grid)
        self.warnings = self.reader.warnings
        try:
            self._find_regions(watch)
        except BaseException:
            self.close()
            raise

    def _find_regions(self, watch: Optional[Watch]) -> None:
        """Number the connected pixels of the whole grid, block by block, and count; finds the classes on the way."""
        self._firsts: dict[Window, int] = {}
        seams, found, count = _Seams(self.grid.width), [], 0
        for block in watched(list(blocks_of(self.grid)), watch):
            codes, inside = self._codes(block)
            some = components(codes, inside)
            self._firsts[block] = count
            seams.add(block, codes, np.where(inside, some.parts + count, 0))
            found.append((some.codes, some.sizes))
            count += len(some.codes)
            self.reader.release_blocks()
        codes, sizes = (np.concatenate(columns) for columns in zip(*found))
        values = values_and_counts(codes)[0].tolist()
        self.classes, indices = classes_of(values, self.source.parameter, self.reader.legend)
        self.values = tuple(indices)
        self._regions, regions = seams.joined(count)
        classes = np.full(regions + 1, -1, np.int16)
        classes[self._regions[1:]] = np.searchsorted(self.values, codes)
        occupied = [block for block, (some, _) in zip(self._firsts, found) if len(some)]
        self.settle(classes, np.bincount(self._regions[1:], sizes, regions + 1).astype(np.int64), occupied)

    def _codes(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """(rows, cols) int32 codes, `_NONE` where there is no label, and bool where there is."""
        codes, valid = self.reader.read(window)
        inside = valid & (codes != 0)
        return np.where(inside, codes, np.int32(_NONE)), inside

    def read_block(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        codes, inside = self._codes(window)
        regions = self._regions[np.where(inside, components(codes, inside).parts + self._firsts[window], 0)]
        return self.region_classes[regions], regions

    def close(self) -> None:
        super().close()
        self.reader.close()


@dataclass(frozen=True)
class Components:
    """Connected pixels of one code, corners included.

    Attributes
    ----------
    parts : ndarray
        (rows, cols) int32; 0 = none, else 1 to the count.
    codes, sizes : ndarray
        (count,) code and number of pixels of each part.
    """

    parts: np.ndarray
    codes: np.ndarray
    sizes: np.ndarray


def components(codes: np.ndarray, inside: np.ndarray) -> Components:
    """The parts of an array of codes, (rows, cols) int32, where `inside`, bool of this shape, is set."""
    values = values_and_counts(codes[inside])[0]
    ranks = np.where(inside, _places(codes, inside, values) + 1, 0)
    parts, counts = np.zeros(codes.shape, np.int32), []
    for rank, where in enumerate(ndimage.find_objects(ranks), start=1):
        here = ranks[where] == rank
        found, new = ndimage.label(here, _CORNERS_TOO)
        parts[where] += found + here * np.int32(sum(counts))
        counts.append(new)
    return Components(parts, np.repeat(values, counts), np.bincount(parts.ravel(), minlength=1)[1:])


def _places(codes: np.ndarray, inside: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Index of each code among ascending values; anything outside. By a table where the codes lie close together."""
    if not len(values) or int(values[-1]) - int(values[0]) > codes.size:
        return np.searchsorted(values, codes)
    table = np.zeros(int(values[-1]) - int(values[0]) + 1, np.int64)
    table[values - values[0]] = np.arange(len(values))
    return table[np.where(inside, codes - values[0], 0)]


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
        graph = sparse.coo_matrix((np.ones(pairs.shape[1], bool), (pairs[0], pairs[1])), shape=(count + 1, count + 1))
        _, roots = csgraph.connected_components(graph, directed=False)
        _, first, inverse = np.unique(roots, return_index=True, return_inverse=True)
        order = np.empty(len(first), np.int32)
        order[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
        return order[inverse.reshape(-1)], len(first) - 1
