"""How large tiles may be: a wide halo costs little memory per pixel, what is computed and written costs much."""

from __future__ import annotations

import math

_WRITTEN, _WRITTEN_PER_BAND = 200.0, 16.0
"""Bytes per written pixel, for intermediate results, and for the bands in the three stages; measured."""
_READ, _OPENED = 20.0, 24.0
"""Bytes per pixel that is read, and per cell that the ground is estimated on."""
_SMALLEST = 64


def tile_size(memory_bytes: int, bands: int, halo: int, cell: int = 0) -> int:
    """Side of the largest tile that fits into the memory, at least 64 pixels, or a halo where that is up to 256.

    Parameters
    ----------
    cell : int
        Pixels along one side of a cell of the ground estimate; 0 = no estimate.
    """
    read = _READ + (_OPENED / cell**2 if cell else 0.0)
    whole = read + _WRITTEN + _WRITTEN_PER_BAND * bands
    # read (side + 2 halo)^2 + written side^2 <= memory
    half, rest = 2 * halo * read, 4 * halo * halo * read - memory_bytes
    side = (math.sqrt(max(0.0, half * half - whole * rest)) - half) / whole
    return max(_SMALLEST, min(halo, 4 * _SMALLEST), int(side))
