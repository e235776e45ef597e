"""EXP: plain interpolation, what every fusion is measured against.

Keys' cubic convolution, a = -0.5, doi:10.1109/TASSP.1981.1163711
"""

from __future__ import annotations

import numpy as np

from .method import Method, Sample


class Exp(Method):
    """The interpolated MS; neither pan nor gains have a part in it."""

    id, label, needs_statistics = "exp", "EXP", False

    @property
    def low_gains(self) -> tuple[float, ...]:
        """None."""
        return ()

    def add(self, sample: Sample) -> None:
        """Nothing to gather."""

    def solve(self) -> None:
        """Nothing to find."""

    def fuse(self, pan: np.ndarray, ms: np.ndarray, low: np.ndarray) -> np.ndarray:
        """See `Method.fuse`."""
        return ms
