"""Who judges a network's answers when some of its rasters are left out: the truth, or its answer with all of them.

Arrays are (bands or classes, rows, cols); scores are (measures, rows, cols), more is better.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..basics.errors import InputError
from ..basics.monitor import Monitor
from ..grid.grid import Window
from ..networks.band_choice import choose_bands
from ..rasters.aligned_input import open_aligned
from ..rasters.class_legend import LegendEntry
from ..rasters.samples.matching import match_classes
from ..rasters.samples.opening import open_samples
from ..rasters.samples.samples import SampleSource
from ..rasters.source import RasterSource
from .plan import Plan

ERROR = ("error", "fall of the mean absolute error")
CHANGE = ("change", "share of the change of the result")
RIGHT = ("accuracy", "share of pixels with the right class")
TRUE = ("probability of the true class", "probability that the network gives the true class")
SURE = ("confidence", "probability of the class that all rasters together give")
SAME = ("agreement", "share of pixels with the class that all rasters together give")


class Judge:
    """Scores of an answer, (measures, rows, cols), more is better; NaN where a pixel takes no part."""

    measures: tuple[tuple[str, str], ...] = ()
    knows_truth = False
    changed_only = False

    def scores(self, answer: np.ndarray, whole: np.ndarray, window: Window) -> np.ndarray:
        """`whole` is the answer with all rasters."""
        raise NotImplementedError

    def close(self) -> None:
        """Give handles back."""


def judge_of(plan: Plan, truth: str, samples: Optional[SampleSource], monitor: Monitor) -> Judge:
    """Return who judges: a true image, known classes, or the answer with all rasters; raises InputError."""
    output = plan.card.outputs[0]
    if output.classes is None:
        if samples is not None and samples.field:
            raise InputError(
                f"{samples.parameter} is given, but MODEL '{plan.card.name}' gives an image and no classes; give a "
                "true image as REFERENCE_RASTER instead, or none."
            )
        return TrueImage(plan, truth) if truth else Unchanged()
    return KnownClasses(plan, samples, monitor) if samples is not None else Likeness()


class Unchanged(Judge):
    """How near an image is to that of all rasters."""

    measures, changed_only = (CHANGE,), True

    def scores(self, answer: np.ndarray, whole: np.ndarray, window: Window) -> np.ndarray:
        """See `Judge`."""
        return -np.abs(answer - whole).mean(axis=0, keepdims=True)


class TrueImage(Judge):
    """How near an image is to the true one."""

    measures, knows_truth, changed_only = (ERROR,), True, True

    def __init__(self, plan: Plan, path: str) -> None:
        name, output = "REFERENCE_RASTER", plan.card.outputs[0]
        wanted = len(output.bands or plan.headers[output.like].bands)
        with RasterSource(path, name) as source:
            grid, bands = source.grid, len(source.bands)
            spec = plan.card.input(output.like) if output.like else None
            places = tuple(range(bands))
            if bands > wanted and spec is not None and spec.bands:
                places = choose_bands(source, spec, plan.card.name, plan.task.role(spec.role).instrument).positions
        if len(places) != wanted:
            raise InputError(f"{name}: '{path}' has {bands} bands; expected the {wanted} of the result, in its order.")
        self._truth = open_aligned(path, name, plan.domain, 1, "cubic", grid, 1.0, partial=True)
        self._truth.source.select(places)

    def scores(self, answer: np.ndarray, whole: np.ndarray, window: Window) -> np.ndarray:
        """See `Judge`."""
        values, valid = self._truth.read(window)
        error = -np.abs(answer - values).mean(axis=0, keepdims=True)
        return np.where(valid.all(axis=0), error, np.float32(np.nan))

    def close(self) -> None:
        """See `Judge`."""
        self._truth.close()


class Likeness(Judge):
    """How sure the network is of the class that all rasters together give."""

    measures = (SURE, SAME)

    def scores(self, answer: np.ndarray, whole: np.ndarray, window: Window) -> np.ndarray:
        """See `Judge`."""
        chosen = whole.argmax(axis=0)
        sure = np.take_along_axis(answer, chosen[None], axis=0)[0]
        return np.stack([sure, (answer.argmax(axis=0) == chosen).astype(np.float32)])


class KnownClasses(Judge):
    """Whether the class is the known one."""

    measures, knows_truth = (RIGHT, TRUE), True

    def __init__(self, plan: Plan, samples: SampleSource, monitor: Monitor) -> None:
        classes = plan.card.outputs[0].classes
        self._samples = open_samples(samples, plan.domain, lambda _: monitor.raise_when_cancelled())
        legend = {one.code: LegendEntry(one.name) for one in classes}
        codes = [one.code for one in classes]
        ours = self._samples
        matching = match_classes(ours.classes, ours.values, codes, legend, (samples.parameter, "MODEL"))
        values = [matching.classes[place].value for place in matching.of_reference]
        places = [codes.index(value) if value in codes else -1 for value in values]
        self._place = np.array([*places, -1])  # the last is "no sample"

    def scores(self, answer: np.ndarray, whole: np.ndarray, window: Window) -> np.ndarray:
        """See `Judge`."""
        labels, _ = self._samples.read(window)
        true = self._place[labels]
        chance = np.take_along_axis(answer, np.maximum(true, 0)[None], axis=0)[0]
        scores = np.stack([(answer.argmax(axis=0) == true).astype(np.float32), chance])
        return np.where(true >= 0, scores, np.float32(np.nan))

    def close(self) -> None:
        """See `Judge`."""
        self._samples.close()
