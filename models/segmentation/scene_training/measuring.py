"""How good a trained segmenter is on blocks that it has not seen, with all sensors and with some of them missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from models.land_cover.accuracy import Accuracy
from models.land_cover.batches import Batches
from models.land_cover.calibration import Calibrated
from models.land_cover.fitting import Fitted
from models.land_cover.networks import MISSING
from models.land_cover.samples.scenes import Chip
from models.segmentation.networks.scene_base import dates_of
from rsfusion_qgis.core.measures.classes.boundary import BoundaryTally
from rsfusion_qgis.core.measures.classes.confusion import ConfusionMatrix
from rsfusion_qgis.core.measures.classes.intervals import RegionTally, intervals

AT_ONCE = 8


@dataclass(frozen=True)
class Measured:
    """On the test blocks.

    accuracy : with everything there. boundary : F1 of boundaries, (classes,). missing : what is taken away, in words
    -> confusion matrix; {} where nothing may be absent.
    """

    accuracy: Accuracy
    boundary: np.ndarray
    missing: dict[str, ConfusionMatrix]

    @property
    def boundary_mean(self) -> float:
        """NaN where nothing was measured."""
        known = self.boundary[~np.isnan(self.boundary)]
        return float(known.mean()) if known.size else float("nan")


def measured(fitted: Fitted, chips: Sequence[Chip], seed: int) -> Measured:
    """On chips of regions that were held out; `seed` of the bootstrap."""
    tally, outlines = RegionTally(len(fitted.classes)), BoundaryTally(len(fitted.classes))
    for part, predicted in _predicted(fitted, chips, ()):
        for chip, one in zip(part, predicted):
            true = np.where(chip.labelled, chip.labels, -1)
            tally.add(chip.regions, true, one)
            outlines.add(true, one)
    true, counts, regions = tally.groups()
    matrix = ConfusionMatrix(tally.matrix(), fitted.classes)
    accuracy = Accuracy(matrix, intervals(true, counts, regions, seed=seed))
    return Measured(accuracy, outlines.per_class(), _missing(fitted, chips) if chips else {})


def _missing(fitted: Fitted, chips: Sequence[Chip]) -> dict[str, ConfusionMatrix]:
    """Without each sensor, and without each date before, where that may be."""
    made = {}
    sensors = dates_of(fitted.roles)
    takes = [places for places in sensors if len(sensors) > 1] + [places[1:] for places in sensors if places[1:]]
    for places in takes:
        roles = tuple(fitted.roles[place] for place in places)
        if set(roles) <= set(fitted.optional):
            counts = np.zeros((len(fitted.classes),) * 2, np.int64)
            for part, predicted in _predicted(fitted, chips, roles):
                for chip, one in zip(part, predicted):
                    true = np.where(chip.labelled, chip.labels, -1)
                    counts += ConfusionMatrix.of(true, one, fitted.classes).counts
            made["without " + " and ".join(role.upper() for role in roles)] = ConfusionMatrix(counts, fitted.classes)
    return made


@torch.no_grad()
def _predicted(
    fitted: Fitted, chips: Sequence[Chip], absent: tuple[str, ...]
) -> Iterator[tuple[Sequence[Chip], np.ndarray]]:
    """(chips, (n, rows, cols) classes) of a few chips at a time."""
    if not chips:
        return
    network = Calibrated(fitted.network, fitted.roles, fitted.temperatures).eval()
    batches = Batches(chips, fitted.statistics, fitted.roles, len(fitted.classes))
    first = 0
    for inputs, labels in batches.all(AT_ONCE):
        given = [torch.full_like(image, MISSING) if role in absent else image
                 for role, image in zip(fitted.roles, inputs)]  # fmt: skip
        yield chips[first : first + len(labels)], network(*given).argmax(1).numpy()
        first += len(labels)
