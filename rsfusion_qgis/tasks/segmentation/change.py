"""What has changed between two dates, from the images alone: IR-MAD of any bands, or the ratio of two SAR images.

Axis order (bands, rows, cols). IR-MAD (Nielsen 2007, IEEE Trans. Image Processing 16(2), 463-478,
doi:10.1109/TIP.2006.888195): canonical variates of both dates, whose differences, squared over their variances, sum up
to a chi-squared number where nothing changed; pixels that seem changed lose weight until nothing moves. Where both
dates have as many bands, it begins with the pixels whose levelled bands differ least. Both dates may be of any bands
and sensors. The ratio of backscatter is a difference of decibels (Rignot, van Zyl 1993, IEEE TGRS 31(4), 896-906,
doi:10.1109/36.239913), over its robust spread.

The probability of change is one less the local false discovery rate (Efron, Tibshirani, Storey, Tusher 2001, JASA
96(456), 1151-1160, doi:10.1198/016214501753382129): how many pixels have such a number, against how many would have it
if nothing had changed. Where nothing has, that is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.optional import OptionalModule
from ...core.engine.chain import Block, Layer, Operator
from ...core.engine.plan import Plan
from ...core.grid.sampling import whole_or_spread
from ...core.rasters.aligned_input import Scale
from .baselines import smooth
from .roles import MISSING, OPTICAL, OPTICAL_BEFORE, SAR, SAR_BEFORE, SCORES, SMOOTHING_PX

special = OptionalModule("scipy.special")

IRMAD, LOGRATIO = METHODS = ("irmad", "logratio")
NOW, BEFORE = (OPTICAL, SAR), (OPTICAL_BEFORE, SAR_BEFORE)
SIDE_PX, MESH = 64, 12
ROUNDS, STILL = 30, 1e-3
_BINS, _LEAST, _MOST_SAMPLES = 60, 1e-9, 400_000
_SURE = 6.0  # largest logit


@dataclass(frozen=True)
class Contrast:
    """What two dates are compared by: number = sum of ((now a + before b + c) / spread)² over variates, over `unit`.

    now, before : (bands, variates); constant : (variates,), inverse : 1 / spread², (variates,); unit : of the number.
    """

    now: np.ndarray
    before: np.ndarray
    constant: np.ndarray
    inverse: np.ndarray
    unit: float = 1.0

    def __call__(self, now: np.ndarray, before: np.ndarray) -> np.ndarray:
        """(n,) from (bands, n) of both dates."""
        variates = self.now.T @ now + self.before.T @ before + self.constant[:, None]
        return (variates**2 * self.inverse[:, None]).sum(axis=0) / self.unit


def irmad(now: np.ndarray, before: np.ndarray) -> Contrast:
    """Of a sample (bands, n) of both dates, which were taken at the same pixels."""
    weights = _likely_unchanged(now, before)
    known = np.zeros(min(len(now), len(before)))
    for _ in range(ROUNDS):
        made, correlation = _canonical(now, before, weights)
        number = made(now, before)
        weights = np.maximum(1.0 - _chi(number / _scale(number, len(correlation)), len(correlation)), _LEAST)
        if np.abs(correlation - known).max() < STILL:
            break
        known = correlation
    return _scaled(made, now, before)


def log_ratio(now: np.ndarray, before: np.ndarray) -> Contrast:
    """Of a sample (bands, n) of decibels of both dates, which have the same bands."""
    difference = now - before
    middle = np.median(difference, axis=1)
    spread = 1.4826 * np.median(np.abs(difference - middle[:, None]), axis=1)
    one = np.eye(len(now))
    return _scaled(Contrast(one, -one, -middle, 1.0 / np.maximum(spread, _LEAST) ** 2), now, before)


def _likely_unchanged(now: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Weights to begin with, (n,): bands of both dates on one level and spread, where there are as many."""
    if len(now) != len(before):
        return np.ones(now.shape[1])
    levelled = []
    for date in (now, before):
        low, high = np.percentile(date, (1, 99), axis=1, keepdims=True)
        levelled.append((date - low) / np.maximum(high - low, _LEAST))
    number = log_ratio(*levelled)(*levelled)
    return np.maximum(1.0 - _chi(number, len(now)), _LEAST)


def _canonical(now: np.ndarray, before: np.ndarray, weights: np.ndarray) -> tuple[Contrast, np.ndarray]:
    """The difference of canonical variates under weights, and the correlations, largest first."""
    bands, share = len(now), weights / weights.sum()
    means = [(one * share).sum(axis=1) for one in (now, before)]
    centred = np.concatenate([one - mean[:, None] for one, mean in zip((now, before), means)])
    covariance = (centred * share) @ centred.T
    roots = [_whitening(block) for block in (covariance[:bands, :bands], covariance[bands:, bands:])]
    left, correlation, right = np.linalg.svd(roots[0].T @ covariance[:bands, bands:] @ roots[1], full_matrices=False)
    first, second = roots[0] @ left, -(roots[1] @ right.T)
    constant = -(first.T @ means[0] + second.T @ means[1])
    inverse = 1.0 / np.maximum(2.0 * (1.0 - np.clip(correlation, 0, 1)), _LEAST)
    return Contrast(first, second, constant, inverse), correlation


def _whitening(covariance: np.ndarray) -> np.ndarray:
    """A matrix W with Wᵀ covariance W = 1."""
    values, vectors = np.linalg.eigh(covariance)
    return vectors / np.sqrt(np.maximum(values, values.max() * 1e-8 + _LEAST))


def _scaled(made: Contrast, now: np.ndarray, before: np.ndarray) -> Contrast:
    """With a number whose median is that of chi-squared: images vary more than theory says."""
    unit = _scale(made(now, before), len(made.inverse))
    return Contrast(made.now, made.before, made.constant, made.inverse, unit)


def _scale(number: np.ndarray, freedom: int) -> float:
    return max(float(np.median(number) / special.chdtri(freedom, 0.5)), _LEAST)


def _chi(number: np.ndarray, freedom: int) -> np.ndarray:
    """Chance that a chi-squared number is smaller."""
    return special.chdtr(freedom, number)


@dataclass(frozen=True)
class Chances:
    """Logit of a change by the cube root of the number, which is nearly normal: what grows with the number.

    edges : (bins + 1,); logits : (bins,).
    """

    edges: np.ndarray
    logits: np.ndarray

    def __call__(self, number: np.ndarray) -> np.ndarray:
        middle = (self.edges[:-1] + self.edges[1:]) / 2
        return np.interp(np.cbrt(number), middle, self.logits)


def chances(number: np.ndarray, freedom: int) -> Chances:
    """From the numbers of a sample, (n,)."""
    edges = np.linspace(0, np.cbrt(max(np.percentile(number, 99.9), special.chdtri(freedom, 1e-6))), _BINS + 1)
    seen = np.histogram(np.minimum(np.cbrt(number), edges[-1]), edges)[0] / len(number)
    unchanged = np.diff(_chi(edges**3, freedom))
    unchanged[-1] += 1.0 - _chi(edges[-1:] ** 3, freedom)[0]
    low = special.chdtri(freedom, 0.5)
    share = min(1.0, float((number < low).mean()) * 2)
    found = np.clip(1.0 - share * unchanged / np.maximum(seen, 1.0 / len(number)), 0.0, 1.0)
    found = np.where(seen * len(number) < 1, 1.0, found)  # an empty bin says nothing
    found = np.minimum.accumulate(found[::-1])[::-1]  # a heap by chance is none where fewer than expected lie above it
    found = np.where(edges[1:] ** 3 > low, found, 0.0)
    logits = np.log(np.maximum(found, _LEAST) / np.maximum(1.0 - found, _LEAST))
    return Chances(edges, np.clip(logits, -_SURE, _SURE))


class Change(Operator):
    """Scores (1, 2, rows, cols) of unchanged and changed: 0, and the logit of a change."""

    sees = SMOOTHING_PX

    def __init__(self, names: tuple[Sequence[str], Sequence[str]], contrast: Contrast, chance: Chances) -> None:
        self._names, self._contrast, self._chance = names, contrast, chance

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        dates = [stacked({name: block.arrays[name][0] for name in names}) for names in self._names]
        there = np.logical_and(*(date.min(axis=0) > MISSING / 2 for date in dates))
        flat = [np.where(there, date, 0.0).reshape(len(date), -1) for date in dates]
        logit = self._chance(self._contrast(*flat)).reshape(there.shape)
        logit = np.where(there, logit, -_SURE)
        block.arrays[SCORES] = np.stack([np.zeros_like(logit), logit])[None].astype(np.float32)


def stacked(images: Mapping[str, np.ndarray]) -> np.ndarray:
    """Bands of several images of a date, (bands, rows, cols) float64; backscatter averaged against speckle."""
    made = []
    for name, image in images.items():
        if name in (SAR, SAR_BEFORE):
            image = np.stack([np.where(band > MISSING / 2, smooth(band), MISSING) for band in image])
        made.append(image.astype(np.float64))
    return np.concatenate(made)


def learned(plan: Plan, layers: Mapping[str, Layer], scales: Mapping[str, Scale]) -> Change:
    """What changes look like in this scene, from windows spread over all of it; raises InputError."""
    names = tuple([spec.name for spec in plan.raster_specs if spec.role in roles] for roles in (NOW, BEFORE))
    parts: list[tuple[np.ndarray, np.ndarray]] = []
    for window in whole_or_spread(plan.domain.window, SIDE_PX, MESH):
        dates = [stacked({name: _scaled_values(layers[name], scales[name], window) for name in one}) for one in names]
        there = np.logical_and(*(date.min(axis=0) > MISSING / 2 for date in dates))
        parts.append(tuple(date[:, there] for date in dates))
    now, before = (np.concatenate([part[place] for part in parts], axis=1) for place in (0, 1))
    step = max(1, now.shape[1] // _MOST_SAMPLES)
    now, before = now[:, ::step], before[:, ::step]
    if now.shape[1] < 100 * (len(now) + len(before)):
        raise InputError(
            f"METHOD {plan.job.method}: both dates have data together at {now.shape[1]} pixels only; expected many "
            "more, so choose rasters that overlap."
        )
    contrast = (irmad if plan.job.method == IRMAD else log_ratio)(now, before)
    return Change(names, contrast, chances(contrast(now, before), len(contrast.inverse)))


def _scaled_values(layer: Layer, scale: Scale, window: object) -> np.ndarray:
    values, valid = layer.read(window)
    offset, spread = (np.asarray(one, np.float32)[:, None, None] for one in (scale.offset, scale.scale))
    return np.where(valid.all(axis=0), (values - offset) / spread, MISSING).astype(np.float32)
