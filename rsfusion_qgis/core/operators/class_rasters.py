"""What a map of classes is written as: class codes, and where wished the confidence and every class's probability."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..basics.errors import ModelError
from ..engine.chain import Encoder
from ..engine.contract import Output
from ..engine.output_profile import DOMAIN, history
from ..engine.plan import Plan
from ..grid.moving import counts_around
from ..measures.classes.probabilities import probabilities
from ..networks.card_fields import OutputSpec
from ..rasters.class_spec import MAX_CLASS_CODE, ClassSpec
from ..rasters.sink import OutputProfile
from ..rasters.source import BandInfo

CONFIDENCE = Output("CONFIDENCE", "Confidence", "Probability of the chosen class, 0 to 1. That of a trained network is "
                    "calibrated on samples that the training did not learn from.")  # fmt: skip
PROBABILITIES = Output("PROBABILITIES", "Probabilities of all classes", "One band for each class, in the order of the "
                       "classes; they sum to 1.")  # fmt: skip
"""What a face that maps classes offers beside OUTPUT."""
_FLOAT_NODATA = float("nan")


class ClassEncoder(Encoder):
    """Up to three rasters from one output of the network.

    Attributes
    ----------
    classes : tuple of ClassSpec
    pixels : ndarray
        (classes,) int64, how many pixels were written of each so far.
    """

    def __init__(self, plan: Plan, output: OutputSpec) -> None:
        job, self._name = plan.job, output.name
        self.classes = output.classes or ()
        self._scores = "probabilities" if output.scores == "labels" else output.scores  # of labels they are 0 and 1
        self.margin = job.options.majority
        self.nodata = unused_code(self.classes)
        self._codes = np.array([one.code for one in self.classes], np.uint8)
        self._names = tuple(job.outputs)
        self.pixels = np.zeros(len(self.classes), np.int64)
        profiles = {"OUTPUT": self._class_profile, CONFIDENCE.parameter: self._confidence_profile}
        profiles[PROBABILITIES.parameter] = self._probability_profile
        self.targets = tuple((path, profiles[name](plan)) for name, path in job.outputs.items())

    def bytes_per_pixel(self, bands: int) -> float:
        """See `Encoder`."""
        return 1500.0 + 100.0 * (bands + len(self.classes))

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        output = arrays.get(self._name)
        inner = slice(self.margin, valid.shape[1] - self.margin), slice(self.margin, valid.shape[2] - self.margin)
        there = valid[0][inner]
        if output is None:
            output = np.zeros((len(self.classes), *valid.shape[1:]), np.float32)
        places = output.argmax(axis=0)
        if self.margin:
            places = most_frequent(places, valid[0], len(self.classes), self.margin)
        places = places[inner]
        self.pixels += np.bincount(places[there], minlength=len(self.classes))
        made = {"OUTPUT": np.where(there, self._codes[places], np.uint8(self.nodata))[None]}
        if len(self._names) > 1:
            chances = probabilities(output[:, inner[0], inner[1]], self._scores)
            chances[:, ~there] = _FLOAT_NODATA
            made[CONFIDENCE.parameter] = np.take_along_axis(chances, places[None], axis=0)
            made[PROBABILITIES.parameter] = chances
        return [made[name] for name in self._names]

    def summary(self) -> tuple[tuple[ClassSpec, int], ...]:
        """How many pixels were given each class."""
        return tuple(zip(self.classes, self.pixels.tolist()))

    def _class_profile(self, plan: Plan) -> OutputProfile:
        bands = (BandInfo(1, "Byte", "class"),)
        return self._profile(plan, bands, "Byte", self.nodata, self.classes)

    def _confidence_profile(self, plan: Plan) -> OutputProfile:
        bands = (BandInfo(1, "Float32", "probability of the class"),)
        return self._profile(plan, bands, "Float32", _FLOAT_NODATA)

    def _probability_profile(self, plan: Plan) -> OutputProfile:
        bands = tuple(BandInfo(n, "Float32", one.name) for n, one in enumerate(self.classes, start=1))
        return self._profile(plan, bands, "Float32", _FLOAT_NODATA)

    @staticmethod
    def _profile(
        plan: Plan, bands: tuple[BandInfo, ...], data_type: str, nodata: float,
        classes: tuple[ClassSpec, ...] = (),
    ) -> OutputProfile:  # fmt: skip
        grid, metadata = plan.domain.crop(plan.extent), {DOMAIN: history(plan)}
        return OutputProfile(grid, bands, data_type, nodata, "none", metadata, classes)


def unused_code(classes: tuple[ClassSpec, ...]) -> int:
    """The value of pixels without a class: 0, else the largest that no class has; raises ModelError."""
    used = {one.code for one in classes}
    free = [0, *range(MAX_CLASS_CODE, 0, -1)]
    found = next((code for code in free if code not in used), None)
    if found is None:
        raise ModelError("The card names 256 classes, but one value must be left for pixels without data; take fewer.")
    return found


def most_frequent(places: np.ndarray, valid: np.ndarray, classes: int, radius: int) -> np.ndarray:
    """Each pixel's most frequent class in the square of `2 radius + 1` pixels around it; invalid ones have no vote.

    Where several are equally frequent, the pixel's own class wins if it is among them, else the first of them.

    Parameters
    ----------
    places : ndarray
        (rows, cols) int, 0 … classes - 1.
    valid : ndarray
        (rows, cols) bool.
    """
    best, chosen = np.full(places.shape, -1), places.copy()
    own = np.zeros(places.shape, np.int64)
    for one in range(classes):
        votes = counts_around((places == one) & valid, radius)
        better = votes > best
        best, chosen = np.where(better, votes, best), np.where(better, one, chosen)
        own = np.where(places == one, votes, own)
    return np.where(own == best, places, chosen)
