"""The shift between two rasters on disk: opened on nested grids, measured over a mesh of chips.

Sign and units of what is found: see `alignment.shift.shift_estimate`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Callable, Optional

import numpy as np

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..grid.fit import Fit
from ..grid.grid import Grid, Window, placement
from ..grid.sampling import whole_or_spread
from ..rasters.aligned_input import AlignedInput, open_aligned
from ..rasters.fill import IMAGE
from ..rasters.source import RasterSource
from ..rasters.turned import Turn
from .pairing import checked, make_pair
from .shift.chips import MOST_BANDS
from .shift.residual_shift import Search
from .shift.shift_estimate import ShiftEstimate
from .shift.wide import measure_widely, seconds_at_most

REFERENCE, SECONDARY = "REFERENCE", "SECONDARY"
RATIO_RANGE = (1 / 16, 16.0)
"""Pixel size of the secondary over the reference's that can be compared."""
SAMPLE_PX, SAMPLE_MOST = 64, 3
"""Side of the windows that tell which bands have values, and how many there are along each axis."""


@dataclass(frozen=True)
class RegistrationJob:
    """What to compare.

    Attributes
    ----------
    reference, secondary : str
        Paths or GDAL names.
    reference_bands, secondary_bands : tuple of int
        Bands to compare by, from 1; () = the structure of all.
    search : Search
    tolerance_px : float
        Shift that still counts as aligned, reference pixels.
    """

    reference: str
    secondary: str
    reference_bands: tuple[int, ...] = ()
    secondary_bands: tuple[int, ...] = ()
    search: Search = field(default=Search())
    tolerance_px: float = 0.5


@dataclass(frozen=True)
class Registration:
    """What was compared, and what came out.

    Attributes
    ----------
    estimate : ShiftEstimate
        Positions count from the first pixel of `domain`.
    domain : Grid
        The part of the reference's grid that both cover.
    findings : tuple of Finding
        Of the checks on headers.
    """

    estimate: ShiftEstimate
    domain: Grid
    findings: tuple[Finding, ...]


class Overlay:
    """Two rasters opened on grids with parallel axes; a context manager, see `open_overlay`.

    Attributes
    ----------
    domain : Grid
        The part of the reference's grid that both cover.
    findings : tuple of Finding
    reference, secondary : Selected
        Readers of the chosen bands, each in pixels of its own grid.
    """

    def __init__(self, reference: Selected, secondary: Selected, findings: tuple[Finding, ...] = ()) -> None:
        self.domain, self.findings = reference.grid, findings
        self.reference, self.secondary = reference, secondary

    def measure(self, search: Search, watch: Optional[Callable[[float], None]] = None) -> ShiftEstimate:
        """See `alignment.shift.wide.measure_widely`."""
        sizes = [(grid.width, grid.height) for grid in (self.reference.grid, self.secondary.grid)]
        where = placement(self.reference.grid, self.secondary.grid)
        return measure_widely(self.reference, self.secondary, *sizes, where, search, watch)

    def of_band(self, band: int) -> Overlay:
        """The same rasters, opened once, with one band of the secondary, from 1."""
        return Overlay(self.reference, self.secondary.of_band(band), self.findings)

    def __enter__(self) -> Overlay:
        return self

    def __exit__(self, *_: object) -> None:
        self.reference.close()
        self.secondary.close()


class Selected:
    """Some bands of an aligned input.

    Parameters
    ----------
    source : AlignedInput
    bands : tuple of int
        From 1; () = all of a few, of many those that `comparable` takes. No others are read.
    """

    def __init__(self, source: AlignedInput, bands: tuple[int, ...] = ()) -> None:
        count = len(source.source.bands)
        wrong = [band for band in bands if not 1 <= band <= count]
        if wrong:
            role, path = source.source.role, source.source.path
            raise InputError(
                f"{role}: '{path}' has {count} bands but band {wrong[0]} is to be compared; choose from 1 to {count}."
            )
        self._source, self._picked = source, [band - 1 for band in bands] or list(comparable(source.source))
        self.grid = source.target

    def of_band(self, band: int) -> Selected:
        """One band of the same input, from 1."""
        return Selected(self._source, (band,))

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32 and validity, as `AlignedInput.read`."""
        source, every = self._source.source, self._source.source.bands
        source.select(tuple(self._picked))
        try:
            return self._source.read(window)
        finally:
            source.bands = every

    def close(self) -> None:
        self._source.close()


def time_sentence(job: RegistrationJob) -> str:
    """How long a measurement takes at most, said before it begins; headers only."""
    with open_overlay(job) as overlay:
        domain, ratio = overlay.domain, placement(overlay.reference.grid, overlay.secondary.grid).ratio
    if job.search.widest_px == 0:
        return "Measuring the shift takes a few seconds."
    seconds = seconds_at_most((domain.width, domain.height), max(ratio, 1.0), job.search.whole)
    return (
        f"Measuring the shift takes a second or two, and at most about {seconds:.0f} seconds of one core where it has "
        "to be looked for."
    )


def register(job: RegistrationJob, watch: Optional[Callable[[float], None]] = None) -> Registration:
    """Measure the shift between two rasters.

    Parameters
    ----------
    watch : called with the share that is done; may raise to stop.

    Raises
    ------
    InputError, CoregistrationError
        They cannot be compared.
    """
    with open_overlay(job) as overlay:
        return Registration(overlay.measure(job.search, watch), overlay.domain, overlay.findings)


def open_overlay(
    job: RegistrationJob, own_grid: Optional[Grid] = None, moved: tuple[float, float] = (0.0, 0.0), turned: Turn = ()
) -> Overlay:
    """Open both rasters on nested grids.

    Parameters
    ----------
    own_grid : Grid, optional
        Where the secondary is taken to lie instead of where its header says; in the reference's CRS.
    moved : (dx, dy)
        What is added to its map coordinates; of rasters without georeferencing, after they were laid on each other.
    turned : Turn
        What is done to its content in its own pixels before.
    """
    sources = [RasterSource(path, role) for path, role in ((job.reference, REFERENCE), (job.secondary, SECONDARY))]
    grids, said = [source.grid for source in sources], [one for source in sources for one in source.findings]
    for source in sources:
        source.close()
    pair = make_pair(
        (REFERENCE, SECONDARY), grids[0], own_grid or grids[1], RATIO_RANGE, job.tolerance_px, "correct"
    )  # fmt: skip
    findings = [*said, *checked(pair)]
    pair = pair.moved(*moved)
    covered = pair.fit.covered()
    if covered.is_empty:
        raise InputError(f"{REFERENCE} and {SECONDARY} share no pixel; choose rasters of one area.")
    domain = grids[0].crop(covered)
    reference = open_aligned(job.reference, REFERENCE, domain, 1, "cubic", grids[0], 1.0)
    secondary = open_uninterpolated(job.secondary, SECONDARY, domain, pair.other, pair.fit.ratio, turned=turned)
    chosen = Selected(reference, job.reference_bands), Selected(secondary, job.secondary_bands)
    return Overlay(*chosen, tuple(findings))


def comparable(source: RasterSource) -> tuple[int, ...]:
    """Places, from 0, of the bands that a raster is compared by: all of a few, of many some that have values.

    Of a hyperspectral image few bands tell as much as all, some may be empty, and none of the others need be read.
    """
    count = len(source.bands)
    if count <= MOST_BANDS:
        return tuple(range(count))
    known = np.zeros(count, bool)
    for window in whole_or_spread(source.grid.window, SAMPLE_PX, SAMPLE_MOST):
        known |= source.read(window)[1].any(axis=(1, 2))
    places = np.flatnonzero(known) if known.any() else np.arange(count)
    return tuple(int(place) for place in places[:: -(-len(places) // MOST_BANDS)])


def open_uninterpolated(
    path: str, role: str, domain: Grid, own_grid: Grid, true_ratio: float, moved: tuple[float, float] = (0.0, 0.0),
    kind: str = IMAGE, turned: Turn = (),
) -> AlignedInput:  # fmt: skip
    """A raster for comparing with the domain: in its own pixels where they are parallel to the domain's and coarser.

    Else it is warped, or averaged, onto the domain's grid or a nested coarser one. Arguments as in `open_aligned`.
    """
    if not Fit(domain, own_grid).warped and true_ratio > 0.99:
        return open_aligned(
            path, role, own_grid.moved(*moved), 1, "cubic", own_grid, 1.0, moved, kind=kind, turned=turned
        )
    ratio = max(1, math.floor(true_ratio + 0.01))
    return open_aligned(path, role, domain, ratio, "cubic", own_grid, true_ratio, moved, kind=kind, turned=turned)
