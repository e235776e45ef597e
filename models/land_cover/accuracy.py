"""How good a trained classifier is on regions that it has not seen, with intervals.

Counts are [true, predicted]; see `rsfusion_qgis.core.measures.classes.confusion`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from models.land_cover.batches import Batches
from models.land_cover.calibration import Calibrated
from models.land_cover.fitting import Fitted
from models.land_cover.samples.scenes import UNLABELLED, Chip
from models.land_cover.scores import CHIPS_AT_ONCE
from rsfusion_qgis.core.measures.classes.confusion import OVERALL, ConfusionMatrix
from rsfusion_qgis.core.measures.classes.intervals import Intervals, RegionTally, intervals

NOT_MEASURED = -1.0
"""In the results of an algorithm, which are numbers."""


@dataclass(frozen=True)
class Accuracy:
    """What the test regions say; without any, every measure is NaN."""

    matrix: ConfusionMatrix
    intervals: Intervals

    @property
    def overall(self) -> dict[str, tuple[float, float, float]]:
        """Measure of `OVERALL` -> (value, low, high)."""
        values = self.matrix.overall()
        return {name: (values[name], *self.intervals.overall[name]) for name in OVERALL}

    @property
    def sentence(self) -> str:
        """The accuracy in words."""
        regions = int(self.intervals.regions.sum())
        if not regions:
            return "The accuracy was not measured: no samples were held out for the test."
        oa, low, high = self.overall["oa"]
        told = f" (95 %: {100 * low:.1f} to {100 * high:.1f} %)" if math.isfinite(low) else ""
        return (
            f"On {regions} regions with {self.matrix.total} pixels that the training has not seen, the overall "
            f"accuracy is {100 * oa:.1f} %{told}, the mean of the classes {100 * self.overall['aa'][0]:.1f} %, kappa "
            f"{self.overall['kappa'][0]:.3f}."
        )

    @property
    def numbers(self) -> dict[str, float]:
        """As an algorithm returns them: OA, OA_LOW, OA_HIGH, ...; `NOT_MEASURED` where there is nothing."""
        named = {}
        for name, values in self.overall.items():
            for ending, value in zip(("", "_LOW", "_HIGH"), values):
                named[f"{name.upper()}{ending}"] = float(value) if math.isfinite(value) else NOT_MEASURED
        return named

    @property
    def quality(self) -> tuple[tuple[str, float], ...]:
        """As a card tells it."""
        told = []
        for name, (value, low, high) in self.overall.items():
            for text, number in ((name, value), (f"{name}, 95 % from", low), (f"{name}, 95 % to", high)):
                if math.isfinite(number):
                    told.append((f"{text}, held-out regions", round(number, 4)))
        return tuple(told)


@torch.no_grad()
def tested(fitted: Fitted, chips: Sequence[Chip], seed: int) -> Accuracy:
    """The accuracy on chips of regions that were held out; `seed` of the bootstrap."""
    tally = RegionTally(len(fitted.classes))
    if chips:
        network = Calibrated(fitted.network, fitted.roles, fitted.temperatures).eval()
        batches = Batches(chips, fitted.statistics, fitted.roles, len(fitted.classes))
        first = 0
        for inputs, labels in batches.all(CHIPS_AT_ONCE):
            regions = np.stack([chip.regions for chip in chips[first : first + len(labels)]])
            predicted = network(*inputs).argmax(1).numpy()
            tally.add(regions, np.where(labels == UNLABELLED, -1, labels), predicted)
            first += len(labels)
    true, counts, regions = tally.groups()
    return Accuracy(ConfusionMatrix(tally.matrix(), fitted.classes), intervals(true, counts, regions, seed=seed))
