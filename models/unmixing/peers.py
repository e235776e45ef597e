"""What people compare unmixing with, written after the papers: VCA with FCLS, and NMF with shares that sum to one.

Pixels are (bands, n), spectra (bands, m), shares (m, n).
"""

from __future__ import annotations

import numpy as np

from rsfusion_qgis.tasks.unmixing.solvers import fcls

ROUNDS = 500
SUM_WEIGHT = 1.0
"""Of the equation of the sum, as a share of the mean length of a pixel."""


def vca(pixels: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Vertex component analysis on all pixels, drawn by a seed; (bands, count) spectra of pixels.

    Nascimento and Bioucas-Dias 2005, DOI 10.1109/TGRS.2005.844293, with the projection for high signal to noise.
    """
    rng = np.random.default_rng(seed)
    axes = np.linalg.eigh(pixels @ pixels.T)[1][:, ::-1][:, :count]
    points = axes.T @ pixels
    middle = points.mean(axis=1)
    points = points / np.maximum(middle @ points, 1e-12 * float(middle @ middle))
    chosen: list[int] = []
    for _ in range(count):
        basis = np.linalg.qr(points[:, chosen])[0] if chosen else np.zeros((count, 0))
        draw = rng.standard_normal(count)
        draw -= basis @ (basis.T @ draw)
        chosen.append(int(np.abs(draw @ points).argmax()))
    return pixels[:, chosen]


def vca_fcls(pixels: np.ndarray, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Spectra and shares."""
    spectra = vca(pixels, count, seed)
    return spectra, fcls(pixels, spectra)


def nmf(pixels: np.ndarray, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Non-negative matrix factorisation from a start by VCA, the sum as a further band; spectra and shares.

    Multiplicative updates of Lee and Seung 2001; the equation of the sum as of Heinz and Chang 2001.
    """
    scale = float(np.linalg.norm(pixels, axis=0).mean())
    spectra, known = np.maximum(vca(pixels, count, seed), 1e-9) / scale, np.maximum(pixels, 0) / scale
    shares = np.maximum(fcls(known, spectra), 1e-4)
    line = np.full((1, pixels.shape[1]), SUM_WEIGHT)
    for _ in range(ROUNDS):
        more = np.vstack([spectra, np.full((1, count), SUM_WEIGHT)])
        shares *= (more.T @ np.vstack([known, line])) / np.maximum(more.T @ (more @ shares), 1e-12)
        spectra *= (known @ shares.T) / np.maximum(spectra @ (shares @ shares.T), 1e-12)
    return spectra * scale, shares / shares.sum(axis=0)
