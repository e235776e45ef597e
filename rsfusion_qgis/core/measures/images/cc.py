"""CC, Pearson's correlation coefficient of each band with its reference, then the mean over bands; 1 is perfect.

Blind to a gain above zero and an offset per band; between -1 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .metric import Metric
from .scene import Measured, Scene
from .tile import Part


def cc(fused: np.ndarray, reference: np.ndarray, valid: np.ndarray | None = None) -> float:
    """Mean correlation over the bands.

    Parameters
    ----------
    fused, reference
        `(bands, rows, cols)`, any units.
    valid
        See `metric.Metric.compute`.

    Returns
    -------
    float
        NaN when either image is flat in a band.
    """
    return CC.compute(fused=fused, reference=reference, valid=valid)


@dataclass(frozen=True)
class Moments:
    """Means and sums of products of differences from them; added as Chan, Golub & LeVeque 1983 do,
    doi:10.1080/00031305.1983.10483115, so that a mean large against the variation costs no digits."""

    pixels: float
    means: np.ndarray
    """`(2, bands)`: fused, reference."""
    products: np.ndarray
    """`(3, bands)`: squares of each, and their product."""

    def __add__(self, other: Moments) -> Moments:
        pixels = self.pixels + other.pixels
        apart = other.means - self.means
        between = np.stack([apart[0] ** 2, apart[1] ** 2, apart[0] * apart[1]])
        return Moments(
            pixels,
            self.means + apart * (other.pixels / pixels),
            self.products + other.products + between * (self.pixels * other.pixels / pixels),
        )


def moments(scene: Scene, mask: np.ndarray, fused: np.ndarray, reference: np.ndarray) -> Moments:
    """Of the pixels of one tile."""
    x, y = fused[:, mask], reference[:, mask]
    means = np.stack([x.mean(axis=1), y.mean(axis=1)])
    x, y = x - means[0][:, None], y - means[1][:, None]
    return Moments(float(mask.sum()), means, np.stack([(x**2).sum(axis=1), (y**2).sum(axis=1), (x * y).sum(axis=1)]))


def finish(scene: Scene, total: Moments) -> Measured:
    """The correlation of each band, and their mean."""
    x, y, both = total.products
    bands = np.clip(both / np.sqrt(x * y), -1.0, 1.0)
    return Measured(float(bands.mean()), tuple(bands.tolist()))


CC = Metric("cc", "CC", "", 1.0, ("fused", "reference"), (Part(("fused", "reference"), moments),), finish)
