"""How sure a measured shift is, 0..1: at 0.9 and more it is within half a pixel in at least 95 % of the cases.

Structure: a logistic fit on 918 trials (windows of 80 to 238 pixels of Sentinel-1 and Sentinel-2, true and unrelated)
of what tells a true peak from chance. Either way the confidence is no higher than the scatter of the chips allows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .chip_consensus import Agreement
from .intensity import Refined
from .joint import Joint

HALF_PX = 0.5
LEAD, HEIGHT, LOG_SCORE, LOG_SIDE, CONSTANT = 0.92, -0.10, 2.85, 4.22, -16.79
SIDES_PX = (64.0, 256.0)
"""Sides of the compared area, as a square, that the fit has seen."""
SEARCH_SHARE, SEARCH_LOG_SCORE, SEARCH_HEIGHT, SEARCH_LOG_COUNT, SEARCH_CONSTANT = 1.19, 3.16, 1.29, 0.97, -3.73
"""Of a logistic fit on 297 trials: 8 pairs of optical and SAR images, and 12 images beside themselves as another sensor
would see them, each rightly changed, and beside other places or mirrored. Without the height, smooth images of
different places were taken for sure, since those correlate everywhere."""
CORRELATED = 3.0
"""Errors of neighbouring pixels go together: the fit's own standard error is taken so many times."""
CHANCE, CLEAR = 0.2, 0.06
"""Share of fine structure explained at which intensities are as likely right as wrong, and how fast that changes."""


def of_structure(found: Joint, side_px: float, spread_px: float, ratio: float) -> float:
    """From how far the common score stands above chance, and how many pixels were compared.

    Parameters
    ----------
    side_px : side of a square as large as the usable area, secondary pixels.
    spread_px : of the chips that agree about the model, reference pixels.
    """
    score, agree = float(np.average(found.scores)), int(found.agrees.sum())
    side = min(max(side_px, SIDES_PX[0]), SIDES_PX[1])
    value = LEAD * found.lead + HEIGHT * found.height + LOG_SCORE * math.log(max(score, 1e-3))
    known = _logistic(value + LOG_SIDE * math.log(side) + CONSTANT)
    deviation = math.hypot(spread_px / math.sqrt(max(agree, 1)), 0.1 * ratio)
    return min(known, _within(deviation)) * float(found.agrees.mean()) ** 0.5


def of_search(found: Agreement, spread_px: float, ratio: float) -> float:
    """From how many chips agree with the affine by themselves, and how far its common score stands above chance.

    Arguments as in `of_structure`.
    """
    if not found.kept.any() or not math.isfinite(spread_px):
        return 0.0
    value = SEARCH_SHARE * found.share + SEARCH_LOG_SCORE * math.log(max(found.score, 1e-3))
    value += SEARCH_HEIGHT * found.height + SEARCH_LOG_COUNT * math.log(len(found.places)) + SEARCH_CONSTANT
    deviation = math.hypot(spread_px * math.sqrt(CORRELATED / int(found.kept.sum())), 0.1 * ratio)
    return _logistic(value) * _within(deviation)


def of_intensity(refined: Sequence[Refined], agrees: np.ndarray, spread_px: float) -> float:
    """From how much is explained, how many chips agree, and how far they scatter, reference pixels."""
    kept = [r for r, agree in zip(refined, agrees) if agree]
    if not kept:
        return 0.0
    explained = float(np.median([r.explained for r in refined]))
    own = CORRELATED * float(np.median([r.deviation for r in kept]))
    deviation = math.hypot(own, spread_px) / math.sqrt(len(kept))
    return _logistic((explained - CHANCE) / CLEAR) * float(agrees.mean()) ** 0.5 * _within(deviation)


def _within(deviation_px: float) -> float:
    """Probability that a shift with this error on both axes is within half a pixel."""
    return 1.0 - math.exp(-0.5 * (HALF_PX / max(deviation_px, 1e-6)) ** 2)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-min(max(value, -50.0), 50.0)))
