"""How far the coarse sensor tells the truth about the fine one: measured on the pair, before anything is predicted.

Three images of cells are compared, band by band: the fine image of the pair as the coarse sensor sees it (D), the
coarse image of the same date (C1) and that of the wanted date (C2). Each is divided into levels of spatial scale. What
C1 shows and D does not is noise of the coarse sensor (clouds, haze, view angle, another band pass). Change from C1 to
C2 is trusted at each level as far as it is stronger than that noise: Wiener's filter, with the noise measured instead
of assumed. All values are in the unit of the fine image, after the coarse one was multiplied by its slope.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from .cells import smooth

LEVEL_SIGMAS = (1.0, 3.0)
"""Cells; between these lie the levels: finer than the first, between both, coarser than the last."""
LEVELS = len(LEVEL_SIGMAS) + 1
LEAST_CELLS = 30
"""Fewer cells than these tell nothing."""
NOISIER = 4.0
"""The wanted date's noise is at most so many times that of the pair's date; beyond that it is called contaminated."""
SAFETY = 2.0
"""Noise is taken for so many times what was measured: one date is a small sample of what clouds and haze do."""
PRIOR = 4.0
"""Weight of a slope that the scales of both rasters give; a correlation of 0.9 weighs about as much."""
D, C1, C2 = range(3)


@dataclass(frozen=True)
class Moments:
    """Sums over cells by which images of cells are compared.

    Attributes
    ----------
    count : (bands,) float64, cells.
    sums : (levels, bands, 3) float64, of D, C1 and C2.
    products : (levels, bands, 3, 3) float64.
    """

    count: np.ndarray
    sums: np.ndarray
    products: np.ndarray

    def __add__(self, other: Moments) -> Moments:
        return Moments(self.count + other.count, self.sums + other.sums, self.products + other.products)

    @property
    def means(self) -> np.ndarray:
        """(bands, 3): mean of D, C1 and C2."""
        return self.sums.sum(0) / np.maximum(self.count, 1)[:, None]

    @property
    def covariances(self) -> np.ndarray:
        """(levels, bands, 3, 3), of D, C1 and C2 at each level."""
        count = np.maximum(self.count, 1)[:, None, None]
        mean = self.sums / count[..., 0]
        return self.products / count - mean[..., :, None] * mean[..., None, :]


def levels(field: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Divide a field by spatial scale; the levels add up to it.

    Parameters
    ----------
    field : (bands, rows, cols) float32, images of cells.
    weight : (rows, cols) float32, 0 = of no use.

    Returns
    -------
    ndarray
        (levels, bands, rows, cols), the finest first.
    """
    parts, left = [], field
    for sigma in LEVEL_SIGMAS:
        smoother = smooth(field, weight, sigma)
        parts.append(left - smoother)
        left = smoother
    return np.stack([*parts, left])


def gather(
    seen: np.ndarray, first: np.ndarray, second: np.ndarray, weight: np.ndarray, inner: tuple[slice, slice]
) -> Moments:
    """Moments of a window.

    Parameters
    ----------
    seen, first, second : (bands, rows, cols) float32, D, C1 and C2.
    weight : (rows, cols) float32, 1 where all are valid, else 0.
    inner : (rows, cols) that are counted; the levels need what is around.
    """
    parts = np.stack([levels(image, weight) for image in (seen, first, second)], axis=-1)[:, :, inner[0], inner[1]]
    there = weight[inner].astype(np.float64)
    parts = parts.reshape(LEVELS, len(seen), -1, 3).astype(np.float64)
    weighted = parts * there.reshape(-1, 1)
    return Moments(
        np.full(len(seen), there.sum()), weighted.sum(axis=2), np.swapaxes(weighted, -1, -2) @ parts
    )


@dataclass(frozen=True)
class Agreement:
    """What was found about one band of a pair and the wanted date.

    Attributes
    ----------
    slope, offset : float
        fine = slope * coarse + offset, on the pair's date.
    shift : float
        Mean change from the pair's date to the wanted one, unit of the fine image.
    agrees : float
        Correlation of the fine and the coarse image on the pair's date, -1 to 1.
    resembles : float
        Correlation of the fine image of the pair and the coarse image of the wanted date.
    unexplained : float
        What the wanted date shows at the finest level and the fine image does not explain, over all that the coarse
        image of the pair shows there, or the other way round, whichever is larger; a ratio of variances.
    contrast, contrast_trust : float
        Change of the scene's contrast, 0 = none, and how far it is trusted, 0 to 1.
    trust : tuple of float
        Of change at each level, 0 to 1.
    belief : float
        Share of the coarse change beyond the mean that is trusted, over all levels, 0 to 1.
    mean : float
        Of the fine image, as the coarse sensor sees it.
    cells : float
        How many cells were compared.
    """

    slope: float
    offset: float
    shift: float
    agrees: float
    resembles: float
    unexplained: float
    contrast: float
    contrast_trust: float
    trust: tuple[float, ...]
    belief: float
    mean: float
    cells: float


def judge(moments: Moments, known_slope: Optional[np.ndarray] = None) -> list[Agreement]:
    """What the moments tell, band by band.

    Parameters
    ----------
    known_slope : (bands,) float64, what the scales of both rasters say of the slope; None = they say nothing.
    """
    means, parts, found = moments.means, moments.covariances, []
    for band, mean in enumerate(means):
        slope = None if known_slope is None else float(known_slope[band])
        found.append(_judged(parts[:, band], mean, slope, float(moments.count[band])))
    return found


def _judged(parts: np.ndarray, mean: np.ndarray, known: Optional[float], cells: float) -> Agreement:
    total = parts.sum(0)
    tiny = 1e-12 * (abs(total).max() + 1e-30)
    first, second = _correlation(total, C1), _correlation(total, C2)
    slope = _slope(total, first, second, known, tiny)
    shift = slope * (mean[C2] - mean[C1])
    noise = np.array([slope**2 * _left(part, C1, tiny) for part in parts])
    other = slope**2 * _left(parts[0], C2, tiny)
    noisier = min(max(other / max(noise[0], tiny), 1.0), NOISIER)
    noise = SAFETY * noise * (1 + noisier)
    contrast = slope * (total[D, C2] - total[D, C1]) / max(total[D, D], tiny)
    power = contrast**2 * total[D, D]
    contrast_trust = float(max(0.0, 1 - noise.sum() / max(power, tiny)))
    doubt = contrast**2 * (1 - contrast_trust) * parts[:, D, D]
    change = [slope**2 * _change(part, tiny) for part in parts]
    trust = tuple(float(max(0.0, 1 - n / max(c, tiny))) for n, c in zip(noise + doubt, change))
    belief = float(np.dot(trust, change) + contrast_trust * power) / max(sum(change) + power, tiny)
    finest = parts[0]
    odd = [_left(finest, this, tiny) / max(finest[that, that], tiny) for this, that in ((C2, C1), (C1, C2))]
    return Agreement(
        slope, mean[D] - slope * mean[C1], shift, first, second, max(odd), contrast, contrast_trust, trust,
        belief, float(mean[D]), cells,
    )  # fmt: skip


def _correlation(part: np.ndarray, which: int) -> float:
    power = part[D, D] * part[which, which]
    return float(part[D, which] / np.sqrt(power)) if power > 0 else 0.0


def _slope(total: np.ndarray, first: float, second: float, known: Optional[float], tiny: float) -> float:
    """Fine units per coarse unit, where the coarse image alone is noisy: from both dates, and from the scales.

    D = slope * (C - noise) gives slope = var(D) / cov(D, C), without the bias towards 0 of a regression on C. Each
    date weighs as its correlation tells: r^2 / (1 - r^2), the signal over the noise.
    """
    logs, weights = [], []
    for which, r in ((C1, first), (C2, second)):
        if r > 0.1:
            logs.append(np.log(max(total[D, D], tiny) / total[D, which]))
            weights.append(r**2 / max(1 - r**2, 1e-4))
    if known is not None and known > 0:
        logs.append(np.log(known))
        weights.append(PRIOR)
    return float(np.exp(np.average(logs, weights=weights))) if logs else 0.0


def _left(part: np.ndarray, which: int, tiny: float) -> float:
    """Variance of a coarse image that D does not explain, coarse units."""
    return max(0.0, float(part[which, which] - part[D, which] ** 2 / max(part[D, D], tiny)))


def _change(part: np.ndarray, tiny: float) -> float:
    """Variance of C2 - C1 that D does not explain, coarse units."""
    with_d = part[D, C2] - part[D, C1]
    return max(0.0, float(part[C2, C2] + part[C1, C1] - 2 * part[C1, C2] - with_d**2 / max(part[D, D], tiny)))
