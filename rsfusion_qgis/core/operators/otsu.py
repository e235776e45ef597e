"""Otsu's threshold: Otsu 1979, IEEE Trans. SMC 9(1), 62-66, doi:10.1109/TSMC.1979.4310076."""

from __future__ import annotations

import numpy as np

_BINS = 256
_LEAST = 1e-6


def otsu(values: np.ndarray) -> tuple[float, float]:
    """The threshold that parts values into the two classes that differ most, and the spread within them.

    values : (n,), without invalid ones.
    """
    low, high = np.percentile(values, (0.1, 99.9))
    counts, edges = np.histogram(np.clip(values, low, high), _BINS, (low, max(high, low + _LEAST)))
    centres, share = (edges[:-1] + edges[1:]) / 2, counts / max(counts.sum(), 1)
    below, mean = np.cumsum(share), np.cumsum(share * centres)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = np.nan_to_num((mean[-1] * below - mean) ** 2 / (below * (1 - below)))
    place = int(between[:-1].argmax())
    variance = float((share * (centres - mean[-1]) ** 2).sum())
    return float(edges[place + 1]), float(np.sqrt(max(variance - between[place], _LEAST)))
