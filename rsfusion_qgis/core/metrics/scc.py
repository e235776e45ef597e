"""SCC, spatial correlation: the cosine between the gradient magnitudes of two images; 1 is perfect, 0 the worst.

Sobel magnitude per band, the outermost pixel cut off, one cosine over all the bands and pixels together, means not
taken out. After Zhou, Civco & Silander 1998, doi:10.1080/014311698215973.
"""

from __future__ import annotations

import numpy as np

from .metric import Metric, pixel_mask, same_shape


def sobel_magnitude(values: np.ndarray) -> np.ndarray:
    """Length of the Sobel gradient, `(bands, rows - 2, cols - 2)` float64, unit times eight pixels."""
    values = values.astype(np.float64)
    down = values[:, 2:] - values[:, :-2]
    down = down[:, :, :-2] + 2.0 * down[:, :, 1:-1] + down[:, :, 2:]
    right = values[:, :, 2:] - values[:, :, :-2]
    right = right[:, :-2] + 2.0 * right[:, 1:-1] + right[:, 2:]
    return np.hypot(down, right)


def scc(fused: np.ndarray, reference: np.ndarray, valid: np.ndarray | None = None) -> float:
    """Cosine of the Sobel magnitudes of `fused` and `reference`.

    Parameters
    ----------
    fused, reference
        `(bands, rows, cols)`, any unit, at least 3 x 3 pixels.
    valid
        See `core.metrics.metric`; a pixel counts when its 3 x 3 neighbourhood is valid.

    Returns
    -------
    float
        Between 0 and 1; NaN when either image is flat.
    """
    same_shape(fused, reference, "fused and the reference image")
    mask = pixel_mask(valid, reference)
    rows, cols = mask.shape
    whole = np.all([mask[i : rows - 2 + i, j : cols - 2 + j] for i in range(3) for j in range(3)], axis=0)
    x, y = sobel_magnitude(fused)[:, whole], sobel_magnitude(reference)[:, whole]
    power = float((x**2).sum() * (y**2).sum())
    return float((x * y).sum() / np.sqrt(power)) if power > 0 else float("nan")


SCC = Metric("scc", "SCC", "", 1.0, ("fused", "reference"), scc)
