"""What every classical method is: statistics gathered block by block, then one formula for every pixel."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np


@dataclass(frozen=True)
class Level:
    """One block at one pixel size: that of PAN, or that of MS.

    Attributes
    ----------
    pan : ndarray
        (1, rows, cols) float32, less the level that is taken off all pans of a run; none at the pixel size of MS.
    ms : ndarray
        (bands, rows, cols) float32, stored units; at the pixel size of PAN interpolated.
    low : ndarray
        (planes, rows, cols) float32, the pan as MS would see it, less the level; one plane per gain of
        `Method.low_gains`.
    valid : ndarray
        (bands, rows, cols) bool: both rasters are valid.
    """

    pan: np.ndarray
    ms: np.ndarray
    low: np.ndarray
    valid: np.ndarray


@dataclass(frozen=True)
class Sample:
    """One block of the domain: `fine` on the pixels of PAN, `coarse` on those pixels of MS whose centres lie in it."""

    fine: Level
    coarse: Level


class Method(ABC):
    """One method in one run: `add` every block, `solve` once, then `fuse` tile by tile.

    Parameters
    ----------
    gains : MTF gain at Nyquist of each band of MS.

    Attributes
    ----------
    id, label : str
        Static string for the parameter, and the name in the literature.
    needs_statistics : bool
        Whether there is anything to `add`.
    needs_coarse : bool
        Whether `add` looks at the pixels of MS; without, that level of a sample is empty.
    note : str
        "" or, after `solve`, one sentence about what the statistics did not allow.
    """

    id: ClassVar[str]
    label: ClassVar[str]
    needs_statistics: ClassVar[bool] = True
    needs_coarse: ClassVar[bool] = True

    def __init__(self, gains: Sequence[float]) -> None:
        self.gains = tuple(gains)
        self.note = ""

    @property
    def low_gains(self) -> tuple[float, ...]:
        """Gains of the low-pass pans that the method wants, one plane each; here the mean of the bands'."""
        return (float(np.mean(self.gains)),)

    @abstractmethod
    def add(self, sample: Sample) -> None:
        """Take one block into the statistics."""

    @abstractmethod
    def solve(self) -> None:
        """Turn the statistics into the formula's constants; raises InputError where no pixel was valid."""

    @abstractmethod
    def fuse(self, pan: np.ndarray, ms: np.ndarray, low: np.ndarray) -> np.ndarray:
        """Fuse a tile, all on the pixels of PAN.

        Parameters
        ----------
        pan, ms, low
            (1, rows, cols), (bands, rows, cols) and (planes, rows, cols) float32, as in `Level`; `ms` is NaN where it
            is invalid.

        Returns
        -------
        ndarray
            (bands, rows, cols) float32, units of `ms`; what it holds where its band is invalid is not looked at.
        """
