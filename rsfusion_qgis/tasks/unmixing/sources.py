"""Where endmembers come from: a library, or the scene itself; each is learned before the first tile is unmixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Operator
from ...core.grid.grid import Window
from ...core.grid.sampling import whole_or_spread
from ...core.rasters.class_spec import ClassSpec
from ...core.rasters.spectra import Spectra, resampled, unit_between
from ...core.rasters.spectral import centres_and_widths
from ...core.rasters.spectral_library import read_library
from .extraction import MOST_ENDMEMBERS, Extremes, Moments, signal_dimension
from .layers import Pixels

SIDE_PX, MOST_WINDOWS = 128, 8
WIDE_PX = 256
MANY = 12
"""Endmembers; more are seldom materials."""
MOST_PIXELS = 131072
"""Pixels whose correlation is taken; more change nothing."""


@dataclass(frozen=True)
class Known:
    """Pixels of which samples tell the shares.

    Attributes
    ----------
    pixels : ndarray
        (bands, n).
    shares : ndarray
        (classes, n), sum 1.
    fine : ndarray or None
        (bands * steps^2, n) of the guide; None where there is none.
    """

    pixels: np.ndarray
    shares: np.ndarray
    fine: Optional[np.ndarray] = None


class Endmembers(Operator):
    """What knows the endmembers, once it has learned.

    Attributes
    ----------
    spectra : Spectra or None
        After the survey.
    known : Known or None
        Where samples tell shares.
    labelled : (values, weights) or None
        (bands, n) and (classes, n) of the guide's pixels whose class samples tell.
    places : ndarray or None
        (m, 2) column and row of each spectrum in the scene.
    origin : str
        Where they come from, for the report.
    """

    spectra: Optional[Spectra] = None
    known: Optional[Known] = None
    labelled: Optional[tuple[np.ndarray, np.ndarray]] = None
    places: Optional[np.ndarray] = None
    origin = ""


class FromLibrary(Endmembers):
    """Spectra of a file, at the bands of HS and in its unit.

    Parameters
    ----------
    path : str
    pixels : Pixels
    source : RasterSource of HS.
    whole : Window of the domain.
    unit : stored value of HS per unit of the library, 0 = found.
    """

    COST = 0.2

    def __init__(self, path: str, pixels: Pixels, source: Any, whole: Window, unit: float) -> None:
        self._path, self._pixels, self._unit = path, pixels, unit
        self.spectra = resampled(read_library(path, "LIBRARY"), *centres_and_widths(source), "LIBRARY", path, "HS")
        self.windows = whole_or_spread(whole, SIDE_PX, 2)
        self._sample: list[np.ndarray] = []
        self.origin = f"the library '{path}'"

    def survey(self, run: Any, place: int) -> Optional[FromLibrary]:
        """See `Operator`."""
        return None if self._unit else self

    def read_sample(self, window: Window) -> np.ndarray:
        """Some pixels of a window."""
        values, valid = self._pixels.read(window)
        return values[:, valid][:, ::8]

    def add_sample(self, sample: np.ndarray) -> None:
        """Take them in."""
        self._sample.append(sample)

    def solve(self) -> None:
        """End the survey."""
        pixels = np.concatenate(self._sample, axis=1)
        self._unit = unit_between(pixels, self.spectra.values) if pixels.size else 1.0
        self.spectra = _times(self.spectra, self._unit)
        self._sample = []

    def learned(self, run: Any) -> Sequence[Finding]:
        """Which factor lies between the library and HS."""
        if self._unit == 1.0 or run.job.options.scale:
            return ()
        words = (f"HS holds values about {self._unit:g} times those of LIBRARY, so the library's are multiplied by "
                 f"that; "
                 "give SCALE where this is wrong")  # fmt: skip
        return (Finding("scale", "info", "HS", words),)


def _times(spectra: Spectra, factor: float) -> Spectra:
    return replace(spectra, values=spectra.values * factor)


class SceneMoments(Operator):
    """The first look at a scene: correlation and number of endmembers.

    Parameters
    ----------
    pixels : Pixels
    whole : Window of the domain.
    count : how many are wished, 0 = estimated.
    """

    COST = 0.5

    def __init__(self, pixels: Pixels, whole: Window, count: int) -> None:
        self._pixels, self._wished = pixels, count
        self.windows = whole_or_spread(whole, SIDE_PX, MOST_WINDOWS)
        self._step = max(1, -(-sum(w.width * w.height for w in self.windows) // MOST_PIXELS))
        self.moments, self.count = Moments(pixels.bands), count

    def survey(self, run: Any, place: int) -> SceneMoments:
        """See `Operator`."""
        return self

    def read_sample(self, window: Window) -> np.ndarray:
        """Some pixels of a window."""
        values, valid = self._pixels.read(window)
        return values[:, valid][:, :: self._step]

    def add_sample(self, sample: np.ndarray) -> None:
        """Take them in."""
        self.moments.add(sample)

    def solve(self) -> None:
        """End the survey; raises InputError where there is nothing to learn from."""
        if self.moments.count < 2:
            raise InputError("HS holds no valid pixel; check its nodata value and mask, or choose another raster.")
        if not self._wished:
            found = signal_dimension(self.moments.correlation)
            self.count = int(np.clip(found, 2, min(MOST_ENDMEMBERS, self._pixels.bands)))

    def learned(self, run: Any) -> Sequence[Finding]:
        """How many endmembers were estimated."""
        if self._wished:
            return ()
        words = f"HS holds {self.count} endmembers by its noise and signal (HySime)"
        if self.count > MANY:
            cure = "give COUNT, since so many are more than most scenes have materials"
            return (Finding("endmembers", "warning", "HS", words, self.count, MANY, cure=cure),)
        return (Finding("endmembers", "info", "HS", words),)


class FromScene(Endmembers):
    """The second look: the purest pixels; what `first` learned must be known by then."""

    COST = 0.5
    origin = "HS itself"

    def __init__(self, pixels: Pixels, whole: Window, first: SceneMoments, source: Any) -> None:
        self._pixels, self._first, self._bands = pixels, first, centres_and_widths(source)
        self.windows = whole_or_spread(whole, WIDE_PX, MOST_WINDOWS)
        self._extremes: Optional[Extremes] = None

    def survey(self, run: Any, place: int) -> FromScene:
        """See `Operator`."""
        if self._first.count > self._pixels.bands:
            raise InputError(
                f"COUNT is {self._first.count}, but HS has {self._pixels.bands} bands; expected at most as many "
                "endmembers as bands, so lower it."
            )
        self._extremes = Extremes(self._first.moments, self._first.count)
        if not self._extremes.dimensions:
            raise InputError("HS has the same spectrum everywhere, so no endmembers can be told apart; give a LIBRARY.")
        return self

    def read_sample(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Pixels of a window, and where they lie."""
        values, valid = self._pixels.read(window)
        rows, cols = np.nonzero(valid)
        return values[:, valid], np.stack([cols + window.col_off, rows + window.row_off], axis=1)

    def add_sample(self, sample: tuple[np.ndarray, np.ndarray]) -> None:
        """Take them in."""
        self._extremes.add(*sample)

    def solve(self) -> None:
        """End the survey."""
        found, self._extremes = self._extremes.solve(), None
        count = found.spectra.shape[1]
        names = tuple(f"endmember {n}" for n in range(1, count + 1))
        classes = tuple(ClassSpec(name, n) for n, name in enumerate(names, start=1))
        self.spectra = Spectra(found.spectra, names, tuple(range(count)), classes, *self._bands)
        self.places = found.places

    def learned(self, run: Any) -> Sequence[Finding]:
        """Whether there are fewer than was wished."""
        count, wished = len(self.spectra.classes), self._first.count
        if count >= wished:
            return ()
        words = f"HS has only {count} pixels that differ, fewer than the {wished} endmembers that were looked for"
        return (Finding("endmembers", "warning", "HS", words, cure="lower COUNT, or give a LIBRARY"),)
