"""SCC, spatial correlation: the cosine between the gradient magnitudes of two images; 1 is perfect, 0 the worst.

Sobel magnitude per band, the outermost pixel cut off, one cosine over all the bands and pixels together, means not
taken out. After Zhou, Civco & Silander 1998, doi:10.1080/014311698215973.
"""

from __future__ import annotations

import numpy as np

from ...grid.moving import whole_windows
from .metric import Metric
from .scene import Measured, Scene
from .tile import Part

WINDOW_PX = 3


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
        See `metric.Metric.compute`; a pixel counts when its 3 x 3 neighbourhood is valid.

    Returns
    -------
    float
        Between 0 and 1; NaN when either image is flat.
    """
    return SCC.compute(fused=fused, reference=reference, valid=valid)


def window(scene: Scene) -> int:
    """Side of the Sobel operator."""
    return WINDOW_PX


def power_sums(scene: Scene, mask: np.ndarray, fused: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Per band the sums of the squares of both magnitudes and of their product, `(3, bands)`."""
    whole = whole_windows(mask, WINDOW_PX)
    x, y = sobel_magnitude(fused)[:, whole], sobel_magnitude(reference)[:, whole]
    return np.stack([(x**2).sum(axis=1), (y**2).sum(axis=1), (x * y).sum(axis=1)])


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """The cosine of all the bands together, and of each."""
    x, y, both = np.column_stack([total.sum(axis=1), total])
    cosine = both / np.sqrt(x * y)
    return Measured(float(cosine[0]), tuple(cosine[1:].tolist()))


SCC = Metric("scc", "SCC", "", 1.0, ("fused", "reference"), (Part(("fused", "reference"), power_sums, window),), finish)
