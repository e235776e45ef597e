"""Seamless joins: what an estimate misses on the clear pixels beside a cloud is taken along into the cloud.

The correction is smooth and equals the misses where the cloud begins, so gradients are those of the estimate: the
membrane of gradient-domain blending (Perez, Gangnet, Blake 2003, doi:10.1145/882262.882269), by convolutions of growing
width in the place of a linear system (Farbman, Fattal, Lischinski 2011, doi:10.1145/2024156.2024209). It ends
REACH_PX away from what is known, so it does not depend on tiles.
"""

from __future__ import annotations

import numpy as np

from ...core.basics.optional import OptionalModule
from .codes import UNCERTAIN, covered

ndimage = OptionalModule("scipy.ndimage")

RADII_PX = (1, 3, 9, 14)
"""Of the boxes, each used twice."""
REACH_PX = 2 * RADII_PX[-1]
APART_PX = 1
"""Clear pixels so near to a cloud are not trusted."""
MOST = 3.0
"""Misses are cut off at so many of the error's standard deviations."""


def trusted(codes: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Known pixels that no cloud touches, (rows, cols) bool."""
    near = ndimage.binary_dilation(covered(codes) | (codes == UNCERTAIN), iterations=APART_PX)
    return known & ~near


def membrane(missed: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The correction of every pixel.

    Parameters
    ----------
    missed : (bands, rows, cols) float32, truth less estimate where `known`.
    known : (rows, cols) bool.

    Returns
    -------
    ndarray
        (bands, rows, cols) float32, 0 farther than REACH_PX from the known pixels.
    """
    values, weight = np.where(known, missed, np.float32(0)), known.astype(np.float32)
    made = np.zeros_like(values)
    for radius in reversed(RADII_PX):
        sums, count = _twice(values, radius), np.maximum(_twice(weight[None], radius)[0], 0)
        share = np.clip(4 * count, 0, 1)
        made = share * (sums / np.maximum(count, np.float32(1e-6))) + (1 - share) * made
    return made


def _twice(image: np.ndarray, radius: int) -> np.ndarray:
    size = (1, 2 * radius + 1, 2 * radius + 1)
    return ndimage.uniform_filter(ndimage.uniform_filter(image, size, mode="constant"), size, mode="constant")
