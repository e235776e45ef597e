"""GSA, Gram-Schmidt adaptive: the pan takes the place of an intensity that is made of the bands by regression.

Aiazzi, Baronti, Selva 2007, doi:10.1109/TGRS.2007.901007
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .method import Method, Sample
from .statistics import Moments, columns, regress, require_pixels

_NO_CONTRAST = 1e-12  # share of the pan's variance below which the intensity is constant


class Gsa(Method):
    """fused = ms + gain * (pan - intensity), intensity = constant + weights @ ms.

    The weights are those that give the low-pass pan at the pixels of MS, blurred by the mean gain of the bands,
    since it is regressed on all of them together; the gain of a band is its covariance with the intensity over
    the intensity's variance, at the pixels of PAN. All bands of a pixel must be valid for it to count.
    """

    id, label = "gsa", "GSA"

    def __init__(self, gains: Sequence[float]) -> None:
        super().__init__(gains)
        bands = len(self.gains)
        self._related, self._bands = Moments(bands + 1), Moments(bands)
        self.weights, self.constant, self.injection = np.zeros(bands), 0.0, np.zeros(bands)

    def add(self, sample: Sample) -> None:
        """See `Method.add`."""
        fine, coarse = sample.fine, sample.coarse
        self._related.add(columns(coarse.ms, coarse.low, valid=coarse.valid.all(axis=0)))
        self._bands.add(columns(fine.ms, valid=fine.valid.all(axis=0)))

    def solve(self) -> None:
        """See `Method.solve`."""
        require_pixels(self._related)
        self.weights, self.constant = regress(self._related)
        with_intensity = self._bands.covariance @ self.weights
        variance = float(self.weights @ with_intensity)
        if variance > _NO_CONTRAST * self._related.covariance[-1, -1]:
            self.injection = with_intensity / variance
        else:
            self.note = "No band of MS is related to PAN, so nothing of PAN is injected: the result is interpolated MS."

    def fuse(self, pan: np.ndarray, ms: np.ndarray, low: np.ndarray) -> np.ndarray:
        """See `Method.fuse`."""
        intensity = np.tensordot(self.weights.astype(np.float32), ms, 1)
        intensity += np.float32(self.constant)
        holes = np.isnan(intensity)
        if holes.any():  # some bands are invalid: the others get the detail above what the intensity approximates
            intensity[holes] = low[0][holes]
        detail = pan[0] - intensity
        fused = self.injection.astype(np.float32)[:, None, None] * detail
        fused += ms
        return fused
