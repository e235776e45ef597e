"""Two ways of the literature to match unlike sensors, written small, as baselines of the benchmark for wide changes.

Both get two images (bands, rows, cols), NaN = invalid, of one grid, and return an affine as in
`core.alignment.shift.affine`, or None. Both end in the same consensus: triples drawn at random, then least squares.
CFOG-like   gradients in nine orientations, smoothed, templates of 100 pixels around places with structure matched by
            Fourier transforms; Ye et al. 2019, doi:10.1109/TGRS.2019.2924684. No rotation or scale is searched.
RIFT-like   phase congruency by log-Gabor filters, corners on it, histograms of the maximum index map in 6 x 6 cells,
            nearest neighbours; Li, Hu, Ai 2020, doi:10.1109/TIP.2019.2959244, without its rotated maps.
"""

from __future__ import annotations

import math
from typing import Optional

import numpy as np
from scipy import fft, ndimage

from models.alignment.peers import one_image
from rsfusion_qgis.core.alignment.shift import affine

ORIENTATIONS, TEMPLATE_PX, RADIUS_PX, PLACES = 9, 100, 64, 8
SCALES, ANGLES, PATCH_PX, CELLS, CORNERS = 4, 6, 96, 6, 1200
INLIER_PX, LEAST_INLIERS, DRAWS = 3.0, 8, 4000


def cfog_like(reference: np.ndarray, secondary: np.ndarray) -> Optional[np.ndarray]:
    """See the module."""
    first, second = (_channels(one_image(image)) for image in (reference, secondary))
    rows, cols = first.shape[1:]
    half, reach = TEMPLATE_PX // 2, TEMPLATE_PX // 2 + RADIUS_PX
    size = fft.next_fast_len(2 * reach)
    spots, belong = [], []
    for row in np.linspace(reach, rows - reach, PLACES).astype(int):
        for col in np.linspace(reach, cols - reach, PLACES).astype(int):
            around = first[:, row - reach : row + reach, col - reach : col + reach]
            chip = second[:, row - half : row + half, col - half : col + half]
            cross = fft.rfft2(around, (size, size)) * fft.rfft2(chip, (size, size)).conj()
            energy = fft.rfft2((around**2).sum(0), (size, size))
            energy = energy * fft.rfft2(np.ones(chip.shape[1:]), (size, size)).conj()
            near = slice(0, 2 * RADIUS_PX)
            score = fft.irfft2(cross, (size, size)).sum(0)[near, near]
            score = score / np.sqrt(np.maximum(fft.irfft2(energy, (size, size))[near, near], 1e-9))
            down, across = np.unravel_index(int(score.argmax()), score.shape)
            spots.append((col - cols / 2, row - rows / 2))
            belong.append((col + across - RADIUS_PX - cols / 2, row + down - RADIUS_PX - rows / 2))
    return _consensus(np.array(spots, float), np.array(belong, float))


def _channels(image: np.ndarray) -> np.ndarray:
    across, down = (ndimage.gaussian_filter(image, 0.8, order) for order in ((0, 1), (1, 0)))
    angles = np.arange(ORIENTATIONS) * math.pi / ORIENTATIONS
    channels = np.stack([np.abs(math.cos(a) * across + math.sin(a) * down) for a in angles])
    channels = np.stack([ndimage.gaussian_filter(channel, 0.8) for channel in channels])
    return channels / (np.sqrt((channels**2).sum(0)) + 1e-3)


def rift_like(reference: np.ndarray, secondary: np.ndarray) -> Optional[np.ndarray]:
    """See the module."""
    (spots_1, words_1), (spots_2, words_2) = (_features(one_image(image)) for image in (reference, secondary))
    if min(len(spots_1), len(spots_2)) < LEAST_INLIERS:
        return None
    alike = words_2 @ words_1.T
    best = alike.argmax(1)
    mutual = alike.argmax(0)[best] == np.arange(len(best))
    return _consensus(spots_2[mutual], spots_1[best[mutual]])


def _features(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(places (n, 2) from the centre, unit descriptors (n, cells * cells * angles))."""
    rows, cols = image.shape
    amplitudes, congruency = _phase_congruency(image)
    index = amplitudes.argmax(0)
    strength = ndimage.gaussian_filter(congruency, 1.0)
    gx, gy = ndimage.sobel(strength, 1), ndimage.sobel(strength, 0)
    xx, yy, xy = (ndimage.gaussian_filter(v, 2.0) for v in (gx * gx, gy * gy, gx * gy))
    corner = xx * yy - xy**2 - 0.04 * (xx + yy) ** 2
    top = (corner == ndimage.maximum_filter(corner, 7)) & (corner > 0)
    half, cell = PATCH_PX // 2, PATCH_PX // CELLS
    top[:half], top[rows - half :], top[:, :half], top[:, cols - half :] = False, False, False, False
    row, col = np.nonzero(top)
    order = np.argsort(-corner[row, col])[:CORNERS]
    row, col = row[order], col[order]
    sums = np.zeros((ANGLES, rows + 1, cols + 1))
    for angle in range(ANGLES):
        sums[angle, 1:, 1:] = np.where(index == angle, 1.0, 0.0).cumsum(0).cumsum(1)
    words = []
    for down in range(CELLS):
        for across in range(CELLS):
            top_row, left = row - half + down * cell, col - half + across * cell
            box = sums[:, top_row + cell, left + cell] - sums[:, top_row, left + cell]
            words.append(box - sums[:, top_row + cell, left] + sums[:, top_row, left])
    words = np.concatenate(words).T
    words = words / (np.linalg.norm(words, axis=1, keepdims=True) + 1e-9)
    return np.column_stack([col + 0.5 - cols / 2, row + 0.5 - rows / 2]), words


def _phase_congruency(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(amplitude summed over scales, one map per angle; phase congruency summed over the angles)."""
    rows, cols = image.shape
    y, x = np.meshgrid(fft.fftfreq(rows), fft.fftfreq(cols), indexing="ij")
    radius, angle = np.hypot(x, y), np.arctan2(-y, x)
    radius[0, 0] = 1.0
    spectrum, amplitudes, congruency = fft.fft2(image), [], np.zeros(image.shape)
    for number in range(ANGLES):
        away = np.abs(np.angle(np.exp(1j * (angle - number * math.pi / ANGLES))))
        along = np.exp(-(away**2) / (2 * (math.pi / ANGLES / 1.3) ** 2))
        total, amplitude = 0.0, 0.0
        for scale in range(SCALES):
            centre = 1 / (3.0 * 1.6**scale)
            band = np.exp(-(np.log(radius / centre) ** 2) / (2 * math.log(0.75) ** 2))
            band[0, 0] = 0.0
            answer = fft.ifft2(spectrum * band * along)
            total, amplitude = total + answer, amplitude + np.abs(answer)
        amplitudes.append(amplitude)
        congruency += np.maximum(np.abs(total) - 0.3 * amplitude, 0) / (amplitude + 1e-3)
    return np.stack(amplitudes), congruency


def _consensus(places: np.ndarray, belong: np.ndarray) -> Optional[np.ndarray]:
    """The affine with most inliers, refined; None below `LEAST_INLIERS`."""
    if len(places) < LEAST_INLIERS:
        return None
    rng = np.random.default_rng(7)
    chosen = rng.integers(len(places), size=(DRAWS, 3))
    corners = np.concatenate([places[chosen], np.ones((DRAWS, 3, 1))], 2)
    wide = np.abs(np.linalg.det(corners)) > 0.02 * np.prod(np.ptp(places, axis=0))
    tries = np.linalg.solve(corners[wide], belong[chosen[wide]]).transpose(0, 2, 1)
    plausible = np.abs(tries[:, :, :2] - np.eye(2)).max((1, 2)) < 0.2
    best, most = None, 0
    for one in tries[plausible]:
        inliers = np.hypot(*(belong - affine.moved(one, places)).T) < INLIER_PX
        if inliers.sum() > most:
            best, most = inliers, int(inliers.sum())
    if best is None or most < LEAST_INLIERS:
        return None
    return affine.fit(places[best], belong[best], np.ones(most))
