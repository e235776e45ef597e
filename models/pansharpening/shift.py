"""How far an MS lies from its nominal place on the pan, in pan pixels, by trying.

The pan is blurred and decimated at shifted centres, half a pixel apart; the shift at which it agrees best with the
MS counts, refined by a parabola through the neighbours. Phase correlation of the decimated images does worse here:
both are aliased, so it finds only about two thirds of a shift below one MS pixel.

Shifts are `(rows, cols)`, positive when the MS pixel centres lie further down and right on the pan than
`(i + 0.5) * ratio - 0.5`. Arrays `(bands, rows, cols)`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rsfusion_qgis.core.grid.degradation import apply_taps, gaussian_taps, mtf_sigma

STEP_PX = 0.5
REACH_STEPS = 6
"""Shifts up to this many steps, 3 pan pixels, are tried in each direction."""
LARGEST_SPREAD_PX = 1.0
"""A band's own shift is believed up to this many pan pixels from that of all the bands together."""

Shift = tuple[float, float]


def measure_shift(ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]) -> Shift:
    """Shift of the bands together: where a combination of them explains most of the pan."""
    return _best_shifts(pan[0], [ms], ratio, float(np.mean(gains)))[0]


def measure_band_shifts(
    ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]
) -> tuple[Shift, ...]:
    """Shift of each band; a band too unlike the pan to be measured alone takes the shift of all together."""
    groups = [ms, *(band[None] for band in ms)]
    common, *own = _best_shifts(pan[0], groups, ratio, float(np.mean(gains)))
    return tuple(shift if _near(shift, common) else common for shift in own)


def measure_reference_shift(
    reference: np.ndarray, ms: np.ndarray, ratio: int, gains: Sequence[float]
) -> Shift:
    """Where an MS that was made from `reference` was sampled, off the centred convention; median over bands."""
    bands = enumerate(gains)
    shifts = np.median(
        [_best_shifts(reference[i], [ms[i : i + 1]], ratio, gain)[0] for i, gain in bands], axis=0
    )
    return float(shifts[0]), float(shifts[1])


def _near(shift: Shift, common: Shift) -> bool:
    return max(abs(a - b) for a, b in zip(shift, common)) <= LARGEST_SPREAD_PX


def _best_shifts(fine: np.ndarray, groups: Sequence[np.ndarray], ratio: int, gain: float) -> list[Shift]:
    """For each group of bands the shift of the coarse centres at which it explains most of `fine` `(rows, cols)`."""
    bases = [_basis(bands) for bands in groups]
    sigma = mtf_sigma(gain, ratio)
    steps = np.arange(-REACH_STEPS, REACH_STEPS + 1)
    score = np.empty((len(bases), len(steps), len(steps)))
    for i, down in enumerate(steps * STEP_PX):
        rows = apply_taps(fine, *gaussian_taps(fine.shape[0], ratio, sigma, down), 0)
        for j, right in enumerate(steps * STEP_PX):
            coarse = apply_taps(rows, *gaussian_taps(fine.shape[1], ratio, sigma, right), 1)
            score[:, i, j] = [_explained(coarse[1:-1, 1:-1].ravel(), basis) for basis in bases]
    return [_top(layer) for layer in score]


def _basis(bands: np.ndarray) -> np.ndarray:
    """Orthonormal columns `(pixels, bands)` that span the bands without their means, inside a border of one."""
    inner = bands[:, 1:-1, 1:-1].reshape(len(bands), -1)
    return np.linalg.qr((inner - inner.mean(axis=1, keepdims=True)).T)[0]


def _top(score: np.ndarray) -> Shift:
    row, col = np.unravel_index(int(score.argmax()), score.shape)
    return _refine(score[:, col], int(row)), _refine(score[row], int(col))


def _explained(image: np.ndarray, basis: np.ndarray) -> float:
    """Share of the variance of `image` `(pixels,)` that lies in the span of `basis` `(pixels, bands)`."""
    centred = image - image.mean()
    return float(np.sum((basis.T @ centred) ** 2) / max(np.sum(centred**2), np.finfo(np.float64).tiny))


def _refine(score: np.ndarray, best: int) -> float:
    """Top of the parabola through the best score and its neighbours, in pixels; at the end of the range as it is."""
    if not 0 < best < len(score) - 1:
        return float((best - REACH_STEPS) * STEP_PX)
    before, here, after = score[best - 1 : best + 2]
    bend = before - 2.0 * here + after
    offset = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float((best - REACH_STEPS + offset) * STEP_PX)
