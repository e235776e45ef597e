"""The tile plan: which window is read and which is written, tile by tile.

All windows are in pixels of the output domain, whose first pixel is (0, 0). What is read starts at multiples
of `align`, counted from the domain's first pixel and not from the extent's, so that a network that works on
blocks of pixels (strides, pixel-unshuffle) sees the same blocks whatever part of the domain is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from ..basics.errors import InputError
from .grid import Window

SMALLEST = 64  # pixels; side of the smallest tile
LEAST_BUDGET = 768 * 2**20  # bytes; what is always allowed
BLOCK = 128  # pixels; side of the output file's blocks: tiles that are whole blocks are compressed once


@dataclass(frozen=True)
class Tile:
    """`write`: what the tile contributes; `read`: that and the halo, in multiples of the plan's `align`."""

    read: Window
    write: Window


@dataclass(frozen=True)
class TilePlan:
    """Tiles of at most `size` pixels that cover `extent`, row by row from the top.

    Attributes
    ----------
    extent : Window
        What is to be written.
    size : int
        Side of a whole tile's written part; a multiple of `align`.
    halo : int
        Pixels read beyond the written part on every side; a multiple of `align`.
    align : int
        Read windows start at multiples of this and have sides that are multiples of it (1 = no rule).
    """

    extent: Window
    size: int
    halo: int
    align: int

    @property
    def _counts(self) -> tuple[int, int]:
        return -(-self.extent.width // self.size), -(-self.extent.height // self.size)

    def __len__(self) -> int:
        cols, rows = self._counts
        return cols * rows

    def __iter__(self) -> Iterator[Tile]:
        cols, rows = self._counts
        for j in range(rows):
            for i in range(cols):
                whole = Window(
                    self.extent.col_off + i * self.size, self.extent.row_off + j * self.size, self.size, self.size
                )
                write = whole.intersection(self.extent)
                yield Tile(self._aligned(write).grown(self.halo), write)

    def _aligned(self, window: Window) -> Window:
        """The smallest window around `window` whose sides lie on multiples of `align`."""
        col, row = window.col_off // self.align * self.align, window.row_off // self.align * self.align
        width = -(-(window.col_end - col) // self.align) * self.align
        height = -(-(window.row_end - row) // self.align) * self.align
        return Window(col, row, width, height)


def plan_tiles(extent: Window, size: int, halo: int, align: int = 1) -> TilePlan:
    """The plan for `extent`, with `size` and `halo` brought to multiples of `align`.

    Parameters
    ----------
    extent : Window
        Part of the domain to write.
    size : int
        Wanted side of a tile; made a multiple of `align`, and of `BLOCK` where it is large enough.
    halo : int
        At least the network's receptive field beyond the pixel itself.
    align : int
        Least common multiple of the network's `multiple_of` and its inputs' ratios.

    Raises
    ------
    InputError
        The extent is empty.
    """
    if extent.is_empty:
        raise InputError("EXTENT holds no pixel of the area that all inputs share; choose one inside it.")
    step = math.lcm(align, BLOCK) if size >= math.lcm(align, BLOCK) else align
    size = max(step, size // step * step)
    return TilePlan(extent, size, -(-halo // align) * align, align)


def tile_size_for(memory_bytes: int, bytes_per_pixel: float, halo: int) -> int:
    """The side of the largest tile whose read window fits into the memory, from 64 to 2048 pixels."""
    side = int(math.sqrt(memory_bytes / max(bytes_per_pixel, 1.0))) - 2 * halo
    return max(SMALLEST, min(2048, side))


def require_margin_fits(memory_bytes: int, bytes_per_pixel: float, halo: int, align: int) -> None:
    """Refuse a network whose smallest tile takes more than the memory, however small MEMORY is.

    Parameters
    ----------
    halo, align : as `plan_tiles` takes them.

    Raises
    ------
    InputError
        The pixels that are read around a tile of 64 pixels, or of the network's own step, do not fit.
    """
    side = max(SMALLEST, align) + 2 * halo
    most = max(memory_bytes, LEAST_BUDGET)
    if side * side * bytes_per_pixel > most:
        raise InputError(
            f"MODEL reads {halo} pixels around every tile (halo in its card), so the smallest tile takes "
            f"{side * side * bytes_per_pixel / 2**20:.0f} MB, but MEMORY allows {most / 2**20:.0f} MB; raise MEMORY, "
            "or choose another MODEL."
        )
