"""What a pixel is: clear, thin cloud, cloud, shadow, or uncertain; uint8 codes, as the raster MASK holds them."""

from __future__ import annotations

import numpy as np

from ...core.rasters.class_spec import ClassSpec

NO_CODE, CLEAR, CLOUD, THIN, SHADOW, UNCERTAIN = range(6)
CLASSES = (
    ClassSpec("clear", CLEAR, "#9fc5e8"), ClassSpec("cloud", CLOUD, "#ff7f0e"),
    ClassSpec("thin cloud", THIN, "#ffd28c"), ClassSpec("shadow", SHADOW, "#5b4a8a"),
    ClassSpec("uncertain", UNCERTAIN, "#bdbdbd"),
)  # fmt: skip
_COVERED = (CLOUD, THIN, SHADOW)


def covered(codes: np.ndarray, uncertain: bool = False) -> np.ndarray:
    """Where a pixel is to be replaced: bool of the same shape; `uncertain`: those that are uncertain, too."""
    return np.isin(codes, (*_COVERED, UNCERTAIN) if uncertain else _COVERED)


def clear(codes: np.ndarray) -> np.ndarray:
    """Where a pixel surely shows the ground, so that one may learn from it: bool of the same shape."""
    return codes == CLEAR
