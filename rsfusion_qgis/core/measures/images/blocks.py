"""Blocks of pixels side by side, as Q2n and the universal index average over; tiles start at whole blocks."""

from __future__ import annotations

import numpy as np

SMALLEST_SHARE = 0.5
"""A block counts when at least this share of its pixels is valid."""


def cut_blocks(values: np.ndarray, block: int) -> np.ndarray:
    """`(bands, rows, cols)` into `(blocks, bands, block * block)`, mirrored at the end where a block is not full."""
    fill = [(0, -size % block) for size in values.shape[1:]]
    values = np.pad(values, [(0, 0), *fill], mode="symmetric")
    bands, rows, cols = values.shape
    cut = values.reshape(bands, rows // block, block, cols // block, block)
    return cut.transpose(1, 3, 0, 2, 4).reshape(-1, bands, block * block)


def counted_blocks(mask: np.ndarray, block: int, *images: np.ndarray) -> tuple[np.ndarray, ...]:
    """The blocks of a mask `(rows, cols)` and of images that have enough valid pixels.

    Returns
    -------
    mask, images
        `(blocks, 1, pixels)` boolean, and each image `(blocks, bands, pixels)`.
    """
    cut = cut_blocks(mask[None], block)
    full = cut[:, 0].mean(axis=1) >= SMALLEST_SHARE
    return (cut[full], *(cut_blocks(image, block)[full] for image in images))
