"""Endmembers from class polygons or a raster of classes: pure pixels, pixels of known shares, and what the guide shows.

Samples are brought onto a grid finer than HS, so that a pixel of HS is known by the shares of the classes in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import CancelledError, InputError
from ...core.basics.findings import Finding
from ...core.grid.grid import Grid, Window
from ...core.rasters.samples.opening import open_samples
from ...core.rasters.samples.samples import Samples, SampleSource
from ...core.rasters.spectra import Spectra
from ...core.rasters.spectral import centres_and_widths
from .layers import Pixels
from .sources import Endmembers, Known

LEAST_STEPS = 5
"""Places along a pixel of HS at which it is asked for its class, at least."""
COVERED = 0.9
"""Share of a pixel that samples must cover, so that its shares are known."""
SIDE_PX = 64
_MOST_KNOWN, _MOST_LABELLED = 20000, 100000


class FromSamples(Endmembers):
    """What samples tell.

    Parameters
    ----------
    given : SampleSource
    pixels : Pixels
    domain : Grid of HS.
    source : RasterSource of HS.
    guide : (steps, bands) of the guide; (1, 0) = there is none.
    purity : share of one class in a pixel that stands for it.
    """

    COST = 0.5

    def __init__(
        self, given: SampleSource, pixels: Pixels, domain: Grid, source: Any, guide: tuple[int, int], purity: float
    ) -> None:
        self._given, self._pixels, self._domain, self._purity = given, pixels, domain, purity
        self._guide_steps, self._guide_bands = guide
        self._steps = self._guide_steps * -(-LEAST_STEPS // self._guide_steps)
        self._bands = centres_and_widths(source)
        self._samples: Optional[Samples] = None
        self._found: list[tuple[np.ndarray, ...]] = []
        self._fine: list[tuple[np.ndarray, ...]] = []
        self._said: list[Finding] = []
        self.windows: Sequence[Window] = ()
        self.origin = f"samples ({given.parameter})"

    def survey(self, run: Any, place: int) -> FromSamples:
        """See `Operator`; raises InputError as `open_samples`."""

        def watch(_: float) -> None:
            if run.monitor.is_cancelled():
                raise CancelledError("The run was cancelled; nothing was written.")

        self._samples = open_samples(self._given, self._domain.finer(self._steps), watch)
        self.windows = self._occupied()
        return self

    def _occupied(self) -> list[Window]:
        """Windows of HS in which samples lie, row by row."""
        area, side, found = self._domain.window, SIDE_PX * self._steps, set()
        for block in self._samples.windows():
            rows = range(block.row_off // side, -(-block.row_end // side))
            found |= {(row, col) for row in rows for col in range(block.col_off // side, -(-block.col_end // side))}
        windows = (Window(col * SIDE_PX, row * SIDE_PX, SIDE_PX, SIDE_PX) for row, col in sorted(found))
        return [window.intersection(area) for window in windows]

    def read_sample(self, window: Window) -> Any:
        """Pixels with a sample, the shares of the classes in them, and the guide's pixels with their class."""
        values, valid = self._pixels.read(window)
        n, rows, cols = self._steps, window.height, window.width
        labels = self._samples.read(Window(window.col_off * n, window.row_off * n, cols * n, rows * n))[0]
        apart = labels.reshape(rows, n, cols, n)
        shares = np.stack([(apart == k).mean(axis=(1, 3)) for k in range(len(self._samples.classes))])
        there = valid & (shares.sum(axis=0) > 0)
        fine = self._pixels.guide(window)
        if fine is None:
            return (values[:, there], shares[:, there]), None
        return (values[:, there], shares[:, there], fine[:, there]), self._guide_pixels(window, labels, fine)

    def _guide_pixels(self, window: Window, labels: np.ndarray, fine: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        g, rows, cols = self._guide_steps, window.height, window.width
        middle = self._steps // g
        at = labels[middle // 2 :: middle, middle // 2 :: middle].reshape(rows, g, cols, g).transpose(1, 3, 0, 2)
        values = fine.reshape(self._guide_bands, g, g, rows, cols)
        there = (at >= 0) & ~np.isnan(values).any(axis=0)
        return values[:, there], at[there]

    def add_sample(self, sample: Any) -> None:
        """Take them in."""
        found, fine = sample
        self._found = _kept([*self._found, found], _MOST_KNOWN)
        if fine is not None:
            self._fine = _kept([*self._fine, fine], _MOST_LABELLED)

    def solve(self) -> None:
        """End the survey; raises InputError where a class has no spectrum at all."""
        classes = self._samples.classes
        pixels, shares, *fine = (np.concatenate(parts, axis=1) for parts in zip(*self._found))
        kept = [k for k in range(len(classes)) if shares[k].any()]
        if len(kept) < 2:
            raise InputError(
                f"{self._given.parameter} has samples of {len(kept)} class inside HS; expected two or more, so add "
                "samples of another class."
            )
        covered = shares.sum(axis=0)
        sure = covered >= COVERED
        known = pixels[:, sure], (shares[:, sure] / covered[sure])[kept]
        columns, of = [], []
        for place, k in enumerate(kept):
            some = self._of_class(classes[k].name, place, known, pixels, shares[k], covered)
            columns.append(some)
            of += [place] * some.shape[1]
        chosen = tuple(classes[k] for k in kept)
        names = tuple(chosen[place].name for place in of)
        self.spectra = Spectra(np.concatenate(columns, axis=1).astype(float), names, tuple(of), chosen, *self._bands)
        self.known = Known(*known, fine[0][:, sure] if fine else None) if sure.any() else None
        if self._fine:
            values, labels = (np.concatenate(parts, axis=-1) for parts in zip(*self._fine))
            self.labelled = values, (labels == np.array(kept)[:, None]).astype(float)
        self._found, self._fine = [], []
        self._samples.close()

    def _of_class(
        self, name: str, place: int, known: tuple[np.ndarray, np.ndarray], pixels: np.ndarray, share: np.ndarray,
        covered: np.ndarray,
    ) -> np.ndarray:  # fmt: skip
        """Spectra of one class, (bands, m): of pure pixels, else what fits the mixed ones, else the best there are."""
        pure = known[1][place] >= self._purity
        if pure.any():
            return known[0][:, pure]
        if known[0].shape[1] >= 2 * len(known[1]) and np.linalg.matrix_rank(known[1]) == len(known[1]):
            self._doubt(name, "its spectrum is the one that fits the mixed pixels")
            return np.maximum(np.linalg.lstsq(known[1].T, known[0].T, rcond=None)[0][place], 0.0)[:, None]
        alone = (share > 0) & (share >= covered - 1e-6)
        if not alone.any():
            alone = share >= share.max()
        best = alone & (share >= 0.5 * share[alone].max())
        self._doubt(name, "its spectrum is that of pixels that samples cover less, or of points")
        return pixels[:, best]

    def _doubt(self, name: str, instead: str) -> None:
        words = f"No pixel of HS is covered to {self._purity:.0%} by samples of '{name}', so {instead}"
        self._said.append(Finding("endmembers", "warning", self._given.parameter, words))

    def learned(self, run: Any) -> Sequence[Finding]:
        """How many spectra each class has, and what was left out."""
        counts = ", ".join(f"{one.name} {self.spectra.of.count(k)}" for k, one in enumerate(self.spectra.classes))
        name = self._given.parameter
        told = [Finding("samples", "warning", name, words.rstrip(".")) for words in self._samples.warnings]
        return (*told, *self._said, Finding("endmembers", "info", name, f"Spectra of each class: {counts}"))

    def close(self) -> None:
        """See `Operator`."""
        if self._samples is not None:
            self._samples.close()


def _kept(parts: list[tuple[np.ndarray, ...]], most: int) -> list[tuple[np.ndarray, ...]]:
    """The parts, every second pixel where they are more than twice as many as is needed."""
    if sum(part[0].shape[1] for part in parts) <= 2 * most:
        return parts
    return [tuple(values[..., ::2] for values in part) for part in parts]
