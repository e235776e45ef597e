"""MTF-GLP-FS: the detail that a band's own blur hides in the pan, injected with a gain regressed at full scale.

Vivone, Restaino, Chanussot 2018, doi:10.1109/TIP.2018.2819501
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .method import Method, Sample
from .statistics import Moments, columns, require_pixels

_UNRELATED = 1e-9  # share of the pan's variance below which the low-pass pan tells nothing of it


class MtfGlpFs(Method):
    """fused = ms + gain * (pan - low-pass pan), band by band.

    Each band has a low-pass pan with its own MTF gain; bands of one gain share it. The injection gain is the
    covariance of the interpolated band with the pan over that of its low-pass pan with the pan. A pixel counts
    for the bands that are valid there.
    """

    id, label, needs_coarse = "mtf_glp_fs", "MTF-GLP-FS", False

    def __init__(self, gains: Sequence[float]) -> None:
        super().__init__(gains)
        self._plane = [self.low_gains.index(gain) for gain in self.gains]
        self._moments = [Moments(3) for _ in self.gains]
        self.injection = np.zeros(len(self.gains))

    @property
    def low_gains(self) -> tuple[float, ...]:
        """Every gain once."""
        return tuple(dict.fromkeys(self.gains))

    def add(self, sample: Sample) -> None:
        """See `Method.add`."""
        fine = sample.fine
        for band, (moments, plane) in enumerate(zip(self._moments, self._plane)):
            stacks = fine.ms[band : band + 1], fine.low[plane : plane + 1], fine.pan
            moments.add(columns(*stacks, valid=fine.valid[band]))

    def solve(self) -> None:
        """See `Method.solve`."""
        unrelated = []
        for band, moments in enumerate(self._moments):
            require_pixels(moments, f"band {band + 1} of MS")
            with_pan = moments.covariance[:, 2]
            if with_pan[1] > _UNRELATED * with_pan[2] and not moments.is_flat()[2]:
                self.injection[band] = with_pan[0] / with_pan[1]
            else:
                unrelated.append(str(band + 1))
        if unrelated:
            self.note = (
                f"PAN has no contrast at the pixel size of MS, so nothing of it is injected into band "
                f"{', '.join(unrelated)}: it is interpolated MS."
            )

    def fuse(self, pan: np.ndarray, ms: np.ndarray, low: np.ndarray) -> np.ndarray:
        """See `Method.fuse`."""
        details = pan - low
        fused = np.empty_like(ms)
        for band, (gain, plane) in enumerate(zip(self.injection, self._plane)):
            np.multiply(details[plane], np.float32(gain), out=fused[band])
            fused[band] += ms[band]
        return fused
