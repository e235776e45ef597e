"""How sure a measured shift is, 0..1: at 0.9 and more it is within half a pixel in at least 95 % of the cases."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .intensity import Refined
from .joint import Joint


def of_structure(found: Joint) -> float:
    """From how far the common score stands above chance, and how many chips find it alone."""
    return _logistic(1.2 * (found.lead - 1.5) + 0.5 * (found.height - 5.0))


def of_intensity(refined: Sequence[Refined], agrees: np.ndarray, found: Joint, ratio: int) -> float:
    """From how much is explained, and how many chips agree."""
    explained = float(np.median([r.explained for r in refined]))
    return _logistic(8.0 * (explained - 0.3) + 4.0 * (agrees.mean() - 0.5) + 1.0)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-min(max(value, -50.0), 50.0)))
