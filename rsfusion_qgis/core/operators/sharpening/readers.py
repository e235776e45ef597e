"""What a method gets as its tensors: the pan with its low-pass planes, and the MS with its holes marked."""

from __future__ import annotations

import numpy as np

from ...grid.grid import Window
from ...rasters.aligned_input import AlignedInput


class PanWithLowPass:
    """The pan on the domain less a level, its low-pass planes, which lack it already, behind it."""

    def __init__(self, pan: AlignedInput, low: AlignedInput | None, level: float = 0.0) -> None:
        self.source, self._pan, self._low, self._level = pan.source, pan, low, np.float32(level)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (1 + planes, rows, cols) float32, and validity (1, rows, cols) of the pan itself."""
        values, valid = self._pan.read(window)
        if self._low is not None:
            values = np.concatenate([values - self._level, self._low.read(window)[0]])
        return values, valid

    def close(self) -> None:
        self._pan.close()


class MsWithHoles:
    """The MS on the domain; a band is NaN where it is invalid, so that a method can tell what was filled."""

    def __init__(self, ms: AlignedInput) -> None:
        self.source, self._ms = ms.source, ms

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32 and their validity."""
        values, valid = self._ms.read(window)
        if not valid.all():
            values = np.where(valid, values, np.float32(np.nan))
        return values, valid

    def close(self) -> None:
        self._ms.close()
