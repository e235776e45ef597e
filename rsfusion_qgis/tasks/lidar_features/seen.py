"""What the pixels of a run told: enough to refuse a result without any value, and to warn of one that looks wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.plan import Plan
from ...core.sensors.lidar.feature import View
from .layers import DSM, DTM, INTENSITY

SUNK_M, MOSTLY = 1.0, 0.5
"""A terrain that lies so far above the surface in more than such a share of the pixels is worth a warning."""


@dataclass
class Seen:
    """Counts and extremes over the written pixels of the tiles that are done.

    Attributes
    ----------
    plan : Plan
    surface, heights, intensity : int
        Pixels where the surface is valid, and where the others are, too.
    sunk : int
        Pixels whose height is less than -SUNK_M.
    lowest, highest : float
        Of the surface, metres.
    """

    plan: Plan
    surface: int = 0
    heights: int = 0
    intensity: int = 0
    sunk: int = 0
    lowest: float = np.inf
    highest: float = -np.inf

    def add(self, view: View, valid: np.ndarray) -> None:
        """Take in a tile; `valid` (rows, cols) says where its surface is, somewhere at least."""
        surface, heights = (view.around(a, (0, 0))[valid] for a in (view.surface, view.heights))
        self.surface += surface.size
        self.lowest, self.highest = min(self.lowest, surface.min()), max(self.highest, surface.max())
        self.heights += int((~np.isnan(heights)).sum())
        self.sunk += int((heights < -SUNK_M).sum())
        if view.intensity is not None:
            self.intensity += int((~np.isnan(view.around(view.intensity, (0, 0))[valid])).sum())

    def judged(self) -> list[Finding]:
        """Warnings.

        Raises
        ------
        InputError
            A raster has no valid pixel where one is needed.
        """
        job, used = self.plan.job, self.plan.geometry
        where = "in EXTENT" if job.extent else "anywhere"
        if not self.surface:
            path = job.inputs[DSM]
            raise InputError(f"DSM: '{path}' has no valid pixel {where}; choose a raster that holds heights.")
        for role, count in ((DTM, self.heights), (INTENSITY, self.intensity)):
            if role in used and not count:
                name = self.plan.task.parameter(role)
                raise InputError(f"{name} has no valid pixel where DSM has one; choose rasters of one area.")
        warnings = []
        if self.lowest == self.highest and self.surface > 1:
            found = f"DSM holds one height only, {self.lowest:g} m, so features of its shape tell nothing"
            warnings.append(Finding("heights", "warning", "DSM", found))
        if DTM in used and self.sunk > MOSTLY * self.heights:
            share = self.sunk / self.heights
            found = f"DTM lies more than {SUNK_M:g} m above DSM in {100 * share:.0f} % of the pixels"
            cure = "exchange them if they are mixed up, or bring both to one vertical datum and unit"
            warnings.append(Finding("heights", "warning", "DTM", found, share, MOSTLY, "share", cure))
        return warnings
