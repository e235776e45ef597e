"""Reference samples on a grid: which pixel belongs to which class and region, window by window.

A *region* is what belongs together and must not be torn between training and test: a polygon, a point (multipart
features are one), or in a label raster the connected pixels of one class, corners included. Blocks of a fixed
mesh are burned or read whole, so that a pixel has the same label and region whatever window is read, and memory
does not grow with the raster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Optional

import numpy as np

from ...basics.errors import InputError
from ...grid.grid import Grid, Window
from ..class_spec import ClassSpec
from .classes import Value

BLOCK_PX = 512
_KEPT_BLOCKS = 16
LEAST_SAMPLES = 3
Watch = Callable[[float], None]


@dataclass(frozen=True)
class SampleSource:
    """Where samples come from.

    Attributes
    ----------
    path : str
        A vector file, or a raster of class codes.
    field : str
        Of the vector layer, with the class as a text or a whole number; "" = `path` is a label raster.
    layer : str
        Name of the vector layer; "" = the file's only one.
    parameter : str
        The user's name for the samples, for messages.
    label : str
        What a report calls them; "" = the file's name.
    colours : sequence of (value, "#rrggbb")
        What the layer's symbols say of values of the field, as texts; () = nothing.
    """

    path: str
    field: str = ""
    layer: str = ""
    parameter: str = "SAMPLES"
    label: str = ""
    colours: Sequence[Sequence[str]] = ()


class Samples:
    """Reference samples on a grid; a context manager. `open_samples` makes one.

    Attributes
    ----------
    source : SampleSource
    grid : Grid
    classes : tuple of ClassSpec
        All classes of the layer, also those without a pixel here; of a label raster, those found on the grid.
    values : tuple
        What stands for each class in the field (a text or a whole number) or in the label raster.
    counts : tuple of int
        Sample pixels of each class.
    region_classes : ndarray
        (regions + 1,) int16 class index of each region, [0] = -1; -1 also where a region has no pixel.
    region_counts : ndarray
        (regions + 1,) int64 pixels of each region, [0] = 0.
    warnings : tuple of str
        Sentences on what was left out.
    """

    classes: tuple[ClassSpec, ...] = ()
    values: tuple[Value, ...] = ()
    warnings: tuple[str, ...] = ()

    def __init__(self, source: SampleSource, grid: Grid) -> None:
        self.source, self.grid = source, grid
        self._block = lru_cache(maxsize=_KEPT_BLOCKS)(self.read_block)
        self._occupied: Optional[frozenset[Window]] = None

    def read_block(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Labels and regions, as `read`, of one block of the mesh."""
        raise NotImplementedError

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Labels and regions of a window, which may reach outside the grid, where there are none.

        Returns
        -------
        labels : ndarray
            (rows, cols) int16 index into `classes`; -1 = none.
        regions : ndarray
            (rows, cols) int32; 0 = none.
        """
        labels, regions = np.full(window.shape, -1, np.int16), np.zeros(window.shape, np.int32)
        for block in blocks_of(self.grid, window):
            if self._occupied is not None and block not in self._occupied:
                continue
            part = block.intersection(window)
            here, there = _slices(part, window), _slices(part, block)
            found = self._block(block)
            labels[here], regions[here] = found[0][there], found[1][there]
        return labels, regions

    def windows(self) -> list[Window]:
        """The blocks that hold samples, row by row; together they hold all."""
        occupied = blocks_of(self.grid) if self._occupied is None else self._occupied
        return sorted(occupied, key=lambda window: (window.row_off, window.col_off))

    def settle(self, region_classes: np.ndarray, region_counts: np.ndarray, occupied: Iterable[Window]) -> None:
        """Keep what was counted; `occupied` are the blocks that hold samples.

        Raises
        ------
        InputError
            No sample lies inside the raster.
        """
        self.region_classes, self.region_counts = region_classes, region_counts
        counts = np.bincount(region_classes[1:] + 1, region_counts[1:], len(self.classes) + 1)[1:]
        self.counts = tuple(int(count) for count in counts)
        self._occupied = frozenset(occupied)
        if not self._occupied:
            raise InputError(
                f"{self.source.parameter} has no sample inside the raster; check its CRS and that it lies in the "
                "raster's extent."
            )

    def close(self) -> None:
        """Let go of files; harmless when repeated."""
        self._block.cache_clear()

    def __enter__(self) -> Samples:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def blocks_of(grid: Grid, window: Optional[Window] = None) -> Iterator[Window]:
    """The blocks of the mesh, clipped to the grid, row by row; only those that a window touches, where one is given."""
    part = grid.window if window is None else window.intersection(grid.window)
    if part.is_empty:
        return
    for row in range(part.row_off // BLOCK_PX * BLOCK_PX, part.row_end, BLOCK_PX):
        for col in range(part.col_off // BLOCK_PX * BLOCK_PX, part.col_end, BLOCK_PX):
            yield Window(col, row, BLOCK_PX, BLOCK_PX).intersection(grid.window)


def watched(blocks: Sequence[Window], watch: Optional[Watch]) -> Iterator[Window]:
    """The blocks, telling the watcher before each what share is done; it may raise to stop."""
    for number, block in enumerate(blocks):
        if watch is not None:
            watch(number / len(blocks))
        yield block


def counted(number: int, what: str) -> str:
    """ "1 pixel", "2 pixels"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _slices(part: Window, whole: Window) -> tuple[slice, slice]:
    """Where a part lies in the array of a whole."""
    moved = part.shifted(-whole.col_off, -whole.row_off)
    return slice(moved.row_off, moved.row_end), slice(moved.col_off, moved.col_end)


def check_trainable(samples: Samples) -> None:
    """Refuse samples that no classifier can be trained on.

    Raises
    ------
    InputError
        One class only, or fewer than `LEAST_SAMPLES` pixels of a class.
    """
    name = samples.source.parameter
    if len(samples.classes) < 2:
        only = samples.classes[0].name
        raise InputError(f"{name} has the one class '{only}'; expected two or more, so add samples of another class.")
    poor = [f"'{item.name}' ({count})" for item, count in zip(samples.classes, samples.counts) if count < LEAST_SAMPLES]
    if poor:
        raise InputError(
            f"{name} has too few sample pixels inside the raster of {', '.join(poor)}; expected {LEAST_SAMPLES} or "
            "more of every class, so add samples of these or leave them out."
        )
