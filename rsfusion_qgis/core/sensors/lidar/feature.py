"""What a feature is: a few bands computed from the surface around each pixel, window by window.

All arrays are (rows, cols) float32, heights in metres, NaN where there is no data. A feature sees the written window
and a margin around it; beyond the raster's ends that margin holds NaN. What it returns depends on nothing else, so it
is the same whatever the tiles. A new feature is a file with a subclass of `Feature` and its place in FEATURES.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Callable, ClassVar, Optional

import numpy as np

from ...rasters.source import BandInfo
from .steps import Steps

SURFACE, HEIGHTS, INTENSITY = "surface", "heights", "intensity"
"""What a feature may look at; the names of `View`'s arrays."""
GROUND = "ground"
"""What the heights above ground need beside the surface."""


@dataclass(frozen=True)
class Setting:
    """What holds for a whole run.

    Attributes
    ----------
    steps : Steps
        The surface's pixels in metres.
    reach : (rows, cols)
        How many pixels the square window of the local statistics reaches to each side, at least 1.
    percentiles : tuple of float
        0..100.
    ground : str
        "DTM": heights are DSM - DTM; "estimate": above an estimated ground; "": heights are the surface itself.
    intensity_unit : str
        "" where the raster names none.
    """

    steps: Steps
    reach: tuple[int, int] = (3, 3)
    percentiles: tuple[float, ...] = (10.0, 50.0, 90.0)
    ground: str = ""
    intensity_unit: str = ""

    @property
    def heights(self) -> str:
        """What the statistics of heights are about, as bands say it."""
        return "height" if self.ground else "surface height"


@dataclass(frozen=True)
class View:
    """A window of the raster with a margin around it, as the features see it.

    Attributes
    ----------
    surface, heights, intensity : ndarray
        (rows + 2 margin rows, cols + 2 margin cols) float32, NaN = no data. `heights` is above the ground, or the
        surface where there is none. None = not given, or not needed.
    margin : (rows, cols)
    stop : function
        Raises where the run is to end; long work calls it now and then.
    workers : ThreadPoolExecutor or None
        Who shares long work; None = the caller alone.
    """

    surface: np.ndarray
    heights: Optional[np.ndarray] = None
    intensity: Optional[np.ndarray] = None
    margin: tuple[int, int] = (0, 0)
    stop: Callable[[], None] = field(default=lambda: None)
    workers: Optional[ThreadPoolExecutor] = None

    def around(self, values: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
        """The written window of one of the arrays and `reach` (rows, cols) pixels around it."""
        skip_rows, skip_cols = self.margin[0] - reach[0], self.margin[1] - reach[1]
        rows, cols = values.shape
        return values[skip_rows : rows - skip_rows, skip_cols : cols - skip_cols]

    def share(self, work: Callable[[Any], None], parts: Sequence[Any]) -> None:
        """Call `work` on every part, on all workers."""

        def unless_stopped(part: Any) -> None:
            self.stop()
            work(part)

        for _ in (self.workers.map if self.workers else map)(unless_stopped, parts):
            pass


class Feature(ABC):
    """One feature.

    Attributes
    ----------
    id : str
        Static string for the parameter FEATURES.
    looks_at : str
        `SURFACE`, `HEIGHTS` or `INTENSITY`.
    needs : str
        `GROUND`, `INTENSITY`, or "" where the surface is enough.
    """

    id: ClassVar[str]
    looks_at: ClassVar[str] = SURFACE
    needs: ClassVar[str] = ""

    @abstractmethod
    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """Description and unit of each band."""

    def reach(self, setting: Setting) -> tuple[int, int]:
        """(rows, cols) of margin that it looks at; here the window of the local statistics."""
        return setting.reach

    @abstractmethod
    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """Its bands on the written window, (rows, cols) float32 each.

        What they hold where the central pixel has no data is not looked at.
        """


def float_band(description: str, unit: str) -> BandInfo:
    """A band of the result."""
    return BandInfo(1, "Float32", description, unit)
