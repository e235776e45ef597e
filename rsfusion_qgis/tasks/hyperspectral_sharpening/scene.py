"""What a method learns of the whole scene first: how the bands and the guide vary together at the coarse pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Block, Layer, Operator
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.grid.sampling import whole_or_spread
from ...core.grid.tile_arrays import within
from ...core.measures.moments import Moments, columns
from ...core.operators.back_projection import Recorded
from ...core.rasters.spectral import physical, ranges
from .coarse import GUIDE, HS, Coarse
from .response import Response, estimate

SIDE_PX, MOST_WINDOWS = 512, 8
"""Side of a window of the survey, and how many there are at most along each axis."""
LEAST_EXPLAINED = 0.3
"""Share of the variance of the guide's best band that the image should explain."""
AT_ONCE = 16
"""Bands that are changed at once."""
LEAST_SHARED = 0.5
"""Share of a band's variance that some other band should explain; noise is shared with none."""


@dataclass(frozen=True)
class Tile:
    """A tile as a method gets it.

    Attributes
    ----------
    guide : ndarray
        (guide bands, rows, cols) float32 of the block's read window.
    base : ndarray
        (bands, rows, cols) float32 of the block's seen window: the image interpolated, invalid pixels filled.
    recorded : Recorded or None
        What the image holds in the read window, see `Coarse.recorded`; None = nothing.
    read, seen : Window
    """

    guide: np.ndarray
    base: np.ndarray
    recorded: Optional[Recorded]
    read: Window
    seen: Window

    def inner(self, planes: np.ndarray) -> np.ndarray:
        """The part of the seen window of planes that lie on `recorded.inside`."""
        return within(planes, self.recorded.inside, self.seen)

    def plus(self, places: np.ndarray, weights: np.ndarray, planes: np.ndarray) -> np.ndarray:
        """`base`, to whose bands at some places weights (places, planes) of planes (planes, rows, cols) are added.

        It is changed in place, since a copy of all bands would double what a tile takes.
        """
        flat, mix = np.ascontiguousarray(planes, np.float32).reshape(len(planes), -1), weights.astype(np.float32)
        for start in range(0, len(places), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            self.base[places[some]] += (mix[some] @ flat).reshape(-1, *planes.shape[1:])
        return self.base


class Scene(Operator):
    """Reads the image for the methods, and gathers the moments of the scene.

    Parameters
    ----------
    plan : Plan
    layers : by role; the guide's is read.
    coarse : Coarse

    Attributes
    ----------
    mean, covariance : ndarray
        After the survey: of the bands in use and, behind them, of the guide's as the sensor sees them; stored units.
    used, noisy : ndarray
        (bands,) bool: in use, see `Coarse.used`; after the survey without those that are noisy, see `alone`.
    response : Response
        After the survey, in physical units of both.
    """

    COST = 1.0

    def __init__(self, plan: Plan, layers: dict[str, Layer], coarse: Coarse) -> None:
        self._plan, self._guide, self.coarse = plan, layers[GUIDE], coarse
        self.noisy = np.zeros(len(coarse.used), bool)
        self.used, self.guide_bands = coarse.used, len(layers[GUIDE].source.bands)
        self.domain, self.guide_infos = plan.domain.window, layers[GUIDE].source.bands
        self.windows = whole_or_spread(plan.domain.window, SIDE_PX, MOST_WINDOWS)
        self._moments = Moments(self.bands + self.guide_bands)
        self.mean, self.covariance = np.zeros(0), np.zeros((0, 0))
        self.response: Optional[Response] = None

    @property
    def bands(self) -> int:
        """How many bands are in use."""
        return int(self.used.sum())

    def survey(self, run: Any, place: int) -> Scene:
        """See `Operator`."""
        return self

    def read_sample(self, window: Window) -> Optional[tuple[np.ndarray, Recorded]]:
        """The guide where the image is recorded, and what is recorded; None where nothing is."""
        guide, there = self._guide.read(window)
        recorded = self.coarse.recorded(window, there.all(axis=0))
        self._guide.source.release_blocks()
        return None if recorded is None else (within(guide, window, recorded.inside), recorded)

    def add_sample(self, sample: Optional[tuple[np.ndarray, Recorded]]) -> None:
        """Take it in."""
        if sample is not None:
            guide, recorded = sample
            seen = self.coarse.sees(guide, recorded)
            self._moments.add(columns(recorded.values[self.coarse.used], seen, valid=recorded.counts[0]))

    def solve(self) -> None:
        """End the survey.

        Raises
        ------
        InputError
            Too few pixels are valid in both.
        """
        hs, guide = (self._plan.task.parameter(role) for role in (HS, GUIDE))
        if self._moments.count < 2:
            raise InputError(
                f"{hs} and {guide} have {self._moments.count} pixels of {hs} in common that are valid in all bands; "
                "more are needed to learn how they are related, so choose rasters of one area, or name bands without "
                "data in BAD_BANDS."
            )
        known = np.flatnonzero(self.used)
        self.noisy[known[alone(self._moments.covariance[: len(known), : len(known)])]] = True
        self.used = self.used & ~self.noisy
        kept = np.concatenate([self.used[known], np.ones(self.guide_bands, bool)])
        self.mean, self.covariance = self._moments.mean[kept], self._moments.covariance[np.ix_(kept, kept)]
        scales = [physical(source.bands) for source in (self.coarse.layer.source, self._guide.source)]
        scale = np.concatenate([scales[0][0][self.used], scales[1][0]])
        offset = np.concatenate([scales[0][1][self.used], scales[1][1]])
        self.response = estimate(self.mean * scale + offset, self.covariance * np.outer(scale, scale), self.bands)

    def learned(self, run: Any) -> Sequence[Finding]:
        """Which bands are noise, and how much of the guide the image explains."""
        name, hs = (self._plan.task.parameter(role) for role in (GUIDE, HS))
        shares = self.response.explained
        told = ", ".join(f"{100 * share:.0f}" for share in shares)
        words = f"At the pixels of {hs}, its bands explain so many % of the variance of each band of {name}: {told}"
        said = [Finding("response", "info", name, words)]
        if shares.max() < LEAST_EXPLAINED:
            cure = f"check that {name} shows the same ground on a near date"
            said = [replace(said[0], severity="warning", cure=cure)]
        if self.noisy.any():
            words = f"{hs}: bands {ranges(np.flatnonzero(self.noisy))} are mostly noise, as no other band shares what "
            words += "they show, so nothing is learned from them and they are interpolated"
            said.append(Finding("noisy_bands", "info", hs, words))
        return said

    def look(self, block: Block) -> None:
        """Read the image under a block."""
        recorded = self.coarse.recorded(block.tile.read, block.everywhere.all(axis=0))
        base, valid = self.coarse.layer.read(block.seen)
        block.notes[self] = recorded, base, valid

    def tile(self, block: Block) -> Tile:
        """What `look` found, for a method."""
        recorded, base, _ = block.notes[self]
        return Tile(block.arrays[GUIDE][0], base, recorded, block.tile.read, block.seen)

    def close(self) -> None:
        """See `Operator`."""
        self.coarse.close()


def alone(covariance: np.ndarray) -> np.ndarray:
    """(bands,) bool: of which no other one explains `LEAST_SHARED` of the variance, so that they are mostly noise.

    Neighbouring bands of a hyperspectral image resemble each other. Where all bands stand alone, none counts as noise.
    """
    spread = np.sqrt(np.maximum(np.diag(covariance), np.finfo(float).tiny))
    shared = (covariance / np.outer(spread, spread)) ** 2
    np.fill_diagonal(shared, 0)
    found = shared.max(axis=0, initial=0) < LEAST_SHARED
    return found & ~found.all()
