"""What real pairs lie off by themselves: our measurement beside an independent one, reference pixels.

Independent of ours: mutual information (optical-SAR, optical-LiDAR), the search of the pansharpening benchmark for the
shift at which the bands explain the pan best (`shift`, pan-MS), and control points where the pair has them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.alignment.pairs import PAN_MS, Couple
from models.alignment.trials import BASE, Trial
from models.pansharpening.shift import measure_shift

OTHER = "mutual information"


@dataclass(frozen=True)
class Offset:
    """What must be added to the secondary of a pair as it comes, (cols, rows); NaN where unknown."""

    group: str
    couple: str
    ours: tuple[float, float]
    confidence: float
    method: str
    """The independent one."""
    other: tuple[float, float]
    points: tuple[float, float]
    points_deviation: float
    before_px: float
    after_px: float

    @property
    def apart_px(self) -> float:
        """Distance between ours and the independent one."""
        return math.hypot(self.ours[0] - self.other[0], self.ours[1] - self.other[1])

    @property
    def from_points_px(self) -> float:
        """Distance between ours and the control points' fit."""
        return math.hypot(self.ours[0] - self.points[0], self.ours[1] - self.points[1])


def offset_of(couple: Couple, trials: Sequence[Trial]) -> Offset | None:
    """The row of a pair; None where it was made from one image."""
    if couple.exact:
        return None
    found = {trial.method: trial for trial in trials if trial.kind == BASE}
    mine = found["ours"]
    if couple.group == PAN_MS:
        rows, cols = measure_shift(couple.secondary, couple.reference, couple.ratio, [couple.gain])
        method, other = "search", (cols, rows)
    else:
        method, other = OTHER, (found[OTHER].cols, found[OTHER].rows)
    points, deviation = (math.nan, math.nan), math.nan
    if couple.truth:
        centre = couple.reference.shape[2] / 2, couple.reference.shape[1] / 2
        points, deviation = couple.truth.at(centre), couple.truth.deviation
    return Offset(
        couple.group, couple.name, (mine.cols, mine.rows), mine.confidence, method, other, points, deviation,
        mine.points_before_px, mine.points_after_px,
    )  # fmt: skip
