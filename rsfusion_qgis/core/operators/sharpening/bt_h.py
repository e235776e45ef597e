"""BT-H, Brovey transform with haze correction: every pixel times one factor, its spectral direction kept.

Lolli, Alparone, Garzelli, Vivone 2017, doi:10.1109/LGRS.2017.2761021
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .method import Method, Sample
from .statistics import Moments, columns, regress, require_pixels

SMALLEST_SHARE = 0.02
"""The haze-free low-pass pan, which divides, is kept above this share of its mean."""
_NO_CONTRAST = 1e-6  # share of the low-pass pan's spread below which its mean is its haze


class BtH(Method):
    """fused = (ms - haze) * max(pan - pan_haze, 0) / (low-pass pan - pan_haze) + haze.

    The haze of a band is its minimum (path radiance); that of the pan is the regression of the low-pass pan on
    the bands, at their haze. All bands of a pixel must be valid for it to count.
    """

    id, label = "bt_h", "BT-H"

    def __init__(self, gains: Sequence[float]) -> None:
        super().__init__(gains)
        self._related, self._low = Moments(len(self.gains) + 1), Moments(1)
        self.haze = np.full(len(self.gains), np.inf)
        self.pan_haze, self.mean = 0.0, 0.0

    def add(self, sample: Sample) -> None:
        """See `Method.add`."""
        fine, coarse = sample.fine, sample.coarse
        values = columns(coarse.ms, coarse.low, valid=coarse.valid.all(axis=0))
        self._related.add(values)
        self.haze = np.minimum(self.haze, values[:-1].min(axis=1, initial=np.inf))
        self._low.add(columns(fine.low, valid=fine.valid.all(axis=0)))

    def solve(self) -> None:
        """See `Method.solve`."""
        require_pixels(self._related)
        weights, constant = regress(self._related)
        self.pan_haze = constant + float(weights @ self.haze)
        self.mean = float(self._low.mean[0]) - self.pan_haze
        # A constant pan, or bands that are not related to it: its haze is then its mean.
        if not self.mean > _NO_CONTRAST * float(np.sqrt(self._related.covariance[-1, -1])):
            self.note = (
                "PAN has no contrast that MS shares, so nothing of PAN is injected: the result is interpolated MS."
            )

    def fuse(self, pan: np.ndarray, ms: np.ndarray, low: np.ndarray) -> np.ndarray:
        """See `Method.fuse`."""
        if self.note:
            return ms
        haze, pan_haze = self.haze.astype(np.float32)[:, None, None], np.float32(self.pan_haze)
        factor = np.maximum(pan[0] - pan_haze, np.float32(0))
        factor /= np.maximum(low[0] - pan_haze, np.float32(SMALLEST_SHARE * self.mean))
        fused = ms - haze
        fused *= factor
        fused += haze
        return fused
