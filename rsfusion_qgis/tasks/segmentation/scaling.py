"""Values of a whole scene to what networks see, so that scenes in other units, or stretched otherwise, become alike.

Backscatter in decibels: less the median, over the spread. Optical bands: over one gain for all of them, the median
brightness, since ratios of bands tell water and a gain of each band alone would lose them. The numbers come from the
whole raster, never from a tile.
"""

from __future__ import annotations

import numpy as np

from ...core.rasters.aligned_input import Scale

LOW, HIGH = 10.0, 90.0
"""Percentiles; the distance between them is `PER_SPREAD` standard deviations of a normal distribution."""
PER_SPREAD = 2.563
_LEAST = 1e-6


def spread_scale(values: np.ndarray, valid: np.ndarray) -> Scale:
    """Median and spread of each band.

    Parameters
    ----------
    values, valid : (bands, n), a sample of the whole scene; a band without a valid value is left as it is.
    """
    pairs = [_spread(band[there & np.isfinite(band)]) for band, there in zip(values, valid)]
    offset, scale = np.array(pairs, np.float32).reshape(-1, 2).T
    return Scale(np.ascontiguousarray(offset), np.ascontiguousarray(scale))


def gain_scale(values: np.ndarray, valid: np.ndarray, dark: np.ndarray | None = None) -> Scale:
    """One gain for all bands: the median of their mean.

    Parameters
    ----------
    values, valid : (bands, n), a sample of the whole scene.
    dark : (bands,), the stored value of no light, as the bands' scale and offset tell; None = 0.
    """
    low = np.zeros(len(values), np.float32) if dark is None else np.asarray(dark, np.float32)
    there = (valid & np.isfinite(values)).all(axis=0)
    bright = (values[:, there] - low[:, None]).mean(axis=0, dtype=np.float64)
    gain = float(np.median(bright)) if bright.size else 1.0
    return Scale(low, np.full(len(values), gain if gain > _LEAST else 1.0, np.float32))


def _spread(values: np.ndarray) -> tuple[float, float]:
    if not values.size:
        return 0.0, 1.0
    low, middle, high = np.percentile(values.astype(np.float64), (LOW, 50.0, HIGH))
    spread = (high - low) / PER_SPREAD
    return float(middle), float(spread if spread > _LEAST * max(abs(low), abs(high)) else 1.0)
