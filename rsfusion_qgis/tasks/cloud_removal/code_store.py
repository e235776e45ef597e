"""Codes of a whole scene, found once and kept packed: masks are mostly smooth, so little memory holds a large one."""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict

import numpy as np

from ...core.grid.grid import Window

BLOCK_PX = 256
_KEPT = 64
"""Blocks that stay unpacked."""


class CodeStore:
    """(rows, cols) uint8 codes of a domain; 0 where none were put.

    Parameters
    ----------
    domain : Window
        That begins at 0, 0.
    """

    def __init__(self, domain: Window) -> None:
        self.domain = domain
        self._packed: dict[tuple[int, int], bytes] = {}
        self._open: OrderedDict[tuple[int, int], np.ndarray] = OrderedDict()
        self._lock = threading.Lock()  # both stages of a survey read

    @property
    def packed_bytes(self) -> int:
        """What the packed codes take."""
        return sum(len(one) for one in self._packed.values())

    def put(self, window: Window, codes: np.ndarray) -> None:
        """Keep the codes of a window whose corners are those of blocks, or ends of the domain."""
        for row in range(window.row_off, window.row_end, BLOCK_PX):
            for col in range(window.col_off, window.col_end, BLOCK_PX):
                top, left = row - window.row_off, col - window.col_off
                block = np.ascontiguousarray(codes[top : top + BLOCK_PX, left : left + BLOCK_PX], np.uint8)
                key = row // BLOCK_PX, col // BLOCK_PX
                with self._lock:
                    self._packed[key] = zlib.compress(block.tobytes(), 1)
                    self._open.pop(key, None)

    def read(self, window: Window) -> np.ndarray:
        """The codes of a window that may reach outside, where the domain is mirrored; (rows, cols) uint8."""
        inside = window.intersection(self.domain)
        found = np.zeros(inside.shape, np.uint8)
        for row in range(inside.row_off // BLOCK_PX, -(-inside.row_end // BLOCK_PX)):
            for col in range(inside.col_off // BLOCK_PX, -(-inside.col_end // BLOCK_PX)):
                self._paste(row, col, inside, found)
        rows = (inside.row_off - window.row_off, window.row_end - inside.row_end)
        cols = (inside.col_off - window.col_off, window.col_end - inside.col_end)
        return np.pad(found, (rows, cols), mode="symmetric") if any((*rows, *cols)) else found

    def _paste(self, row: int, col: int, inside: Window, found: np.ndarray) -> None:
        with self._lock:
            block = self._block(row, col)
        if block is None:
            return
        place = Window(col * BLOCK_PX, row * BLOCK_PX, block.shape[1], block.shape[0])
        both = place.intersection(inside)
        if both.is_empty:
            return
        top, left = both.row_off - place.row_off, both.col_off - place.col_off
        part = block[top : top + both.height, left : left + both.width]
        top, left = both.row_off - inside.row_off, both.col_off - inside.col_off
        found[top : top + both.height, left : left + both.width] = part

    def _block(self, row: int, col: int) -> np.ndarray | None:
        key = row, col
        if key in self._open:
            self._open.move_to_end(key)
            return self._open[key]
        packed = self._packed.get(key)
        if packed is None:
            return None
        cols = min(BLOCK_PX, self.domain.width - col * BLOCK_PX)
        block = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(-1, cols)
        self._open[key] = block
        if len(self._open) > _KEPT:
            self._open.popitem(last=False)
        return block
