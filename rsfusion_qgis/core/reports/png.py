"""A picture as the bytes of a PNG file, without an imaging library.

Format: W3C, Portable Network Graphics (PNG) Specification, chunks IHDR, IDAT and IEND only.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPE = {1: 0, 3: 2, 4: 6}  # channels -> grey, RGB, RGBA


def encode_png(pixels: np.ndarray) -> bytes:
    """The file of a picture.

    Parameters
    ----------
    pixels : (rows, cols) grey, or (rows, cols, 3 or 4) RGB or RGBA; uint8, first row on top.
    """
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3):
        raise ValueError(
            f"a picture is uint8 (rows, cols) or (rows, cols, channels), not {pixels.dtype} {pixels.shape}"
        )
    rows, cols = pixels.shape[:2]
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    lines = np.zeros((rows, 1 + cols * channels), np.uint8)  # each line starts with its filter, 0 = none
    lines[:, 1:] = pixels.reshape(rows, cols * channels)
    header = struct.pack(">IIBBBBB", cols, rows, 8, _COLOUR_TYPE[channels], 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b"")
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
