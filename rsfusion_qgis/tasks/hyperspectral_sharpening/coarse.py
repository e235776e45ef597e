"""The hyperspectral image on the pixels of the guide: its own pixels, its interpolation, and where it is valid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.grid.resampling_weights import nearest_index
from ...core.grid.sampling import whole_or_spread
from ...core.networks.card_fields import InputSpec
from ...core.operators.back_projection import BackProjector, CoarseSampling, Effort, Recorded, through
from ...core.rasters.aligned_input import AlignedInput, Scale, open_aligned
from ...core.rasters.source import RasterSource

HS, GUIDE, FUSED = "hs", "guide", "fused"
"""The roles, and the array that is made."""
SAMPLE_PX, SAMPLE_MOST = 64, 6
"""Side of the windows of the sample, and how many there are along each axis."""


def all_bands(plan: Plan) -> RasterSource:
    """The image as its header describes it, with all its bands; closed."""
    source = RasterSource(plan.job.inputs[HS], plan.task.parameter(HS))
    source.close()
    return source


def open_image(plan: Plan) -> AlignedInput:
    """The image with all its bands, on the pixels of the domain."""
    geometry, spec = plan.geometry[HS], InputSpec(HS, HS)
    return open_aligned(
        plan.job.inputs[HS], plan.task.parameter(HS), plan.domain, spec.ratio, spec.resampling, geometry.grid,
        geometry.ratio, geometry.moved, "mirror", turned=geometry.turned,
    )  # fmt: skip


def stored_sampling(layer: AlignedInput, ratio: float) -> CoarseSampling:
    """How the image's pixels lie on those of the domain; values in stored units."""
    bands = len(layer.source.bands)
    return CoarseSampling(layer, Scale(np.zeros(bands, np.float32), np.ones(bands, np.float32)), ratio)


class Coarse:
    """The image with all its bands, those that are called bad among them.

    Parameters
    ----------
    plan : Plan
    gain : float
        MTF gain at Nyquist of its bands.
    bad : ndarray
        (bands,) bool: which of them are called bad.

    Attributes
    ----------
    layer : AlignedInput
    sampling : CoarseSampling
    gain, ratio : float
    empty, flat : ndarray
        (bands,) bool: which have no value at all, and which have one value alone.
    used : ndarray
        (bands,) bool: all but those and the bad ones.
    """

    def __init__(self, plan: Plan, gain: float, bad: np.ndarray) -> None:
        geometry = plan.geometry[HS]
        self.layer = open_image(plan)
        lowest, self.empty, self.flat = looked_at(self.layer.source, bad)
        self.layer.low = lowest
        self.sampling, self.gain, self.ratio = stored_sampling(self.layer, geometry.ratio), gain, geometry.ratio

        self.used = ~(bad | self.empty | self.flat)

    def recorded(self, window: Window, valid: np.ndarray) -> Optional[Recorded]:
        """The pixels inside a window of the domain, see `CoarseSampling.recorded`.

        Parameters
        ----------
        valid : (rows, cols) bool of the window: where the guide is valid.

        Returns
        -------
        Recorded
            Its values are those of all bands, its counts are (1, rows, cols): where all bands that are of use are
            valid. What does not count is 0.
        """
        found = self.sampling.recorded(window, valid[None], self.gain)
        if found is None:
            return None
        counts = found.counts[self.used].all(axis=0, keepdims=True)
        return Recorded(found.inside, found.there, np.where(counts, found.values, np.float32(0)), counts)

    def sees(self, planes: np.ndarray, recorded: Recorded) -> np.ndarray:
        """Fine planes (planes, rows, cols) of `recorded.inside` as the sensor sees them."""
        return through(planes, *self.sampling.blurs(recorded, (self.gain,)))

    def spreads(self, planes: np.ndarray, recorded: Recorded) -> np.ndarray:
        """Planes at the pixels of `recorded.there` on the fine ones of `recorded.inside`."""
        return through(planes, *self.sampling.back(recorded))

    def spreads_to(self, planes: np.ndarray, recorded: Recorded, window: Window) -> np.ndarray:
        """As `spreads`, on a window inside `recorded.inside` alone."""
        return through(planes, *self.sampling.back(replace(recorded, inside=window)))

    def reach(self, steps: int) -> int:
        """Pixels around a tile that matter to so many steps of back-projection."""
        return BackProjector(self.sampling, (self.gain,), effort=Effort(steps)).reach

    def close(self) -> None:
        """Give the handle back."""
        self.layer.close()


def looked_at(source: RasterSource, bad: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What a sample of the image tells of its bands, (bands,) each.

    Parameters
    ----------
    bad : (bands,) bool: which of them are called bad.

    Returns
    -------
    lowest, empty, flat
        The lowest value (0 where there is none), whether there is none, and whether all values are one.

    Raises
    ------
    InputError
        No band is left that is neither bad nor empty nor flat.
    """
    lowest, highest = np.full(len(bad), np.inf), np.full(len(bad), -np.inf)
    for window in whole_or_spread(source.grid.window, SAMPLE_PX, SAMPLE_MOST):
        values, valid = source.read(window)
        lowest = np.minimum(lowest, values.min(axis=(1, 2), where=valid, initial=np.inf))
        highest = np.maximum(highest, values.max(axis=(1, 2), where=valid, initial=-np.inf))
    source.release_blocks()
    empty = np.isinf(lowest)
    flat = ~empty & (highest <= lowest)
    if (bad | empty | flat).all():
        raise InputError(f"{source.role}: '{source.path}' has no band with contrast; check its nodata value and bands.")
    return np.where(empty, 0, lowest).astype(np.float32), empty, flat


@dataclass
class _OneBand:
    """Stands for the source of a layer that is read as one band."""

    source: Any

    @property
    def bands(self) -> tuple[Any, ...]:
        return self.source.bands[:1]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)


class Presence:
    """Layer of one band without values: where the bands that count are valid. No band is interpolated for it.

    Parameters
    ----------
    layer : AlignedInput
    used : (bands,) bool
    """

    def __init__(self, layer: AlignedInput, used: np.ndarray) -> None:
        self._layer, self._used, self.source = layer, used, _OneBand(layer.source)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See `chain.Layer`; (1, rows, cols) each."""
        p, own, whole = self._layer.placement, self._layer.source.grid.window, self._layer.target.window
        inside = window.intersection(whole)
        rows = nearest_index(inside.row_off, inside.height, p.scale_y, p.offset_y, 0, own.height)
        cols = nearest_index(inside.col_off, inside.width, p.scale_x, p.offset_x, 0, own.width)
        there = Window(int(cols[0]), int(rows[0]), int(cols[-1] - cols[0]) + 1, int(rows[-1] - rows[0]) + 1)
        valid = self._layer.source.read(there)[1][self._used].all(axis=0)
        valid = valid[rows - rows[0]][:, cols - cols[0]]
        around = ((inside.row_off - window.row_off, window.row_end - inside.row_end),
                  (inside.col_off - window.col_off, window.col_end - inside.col_end))  # fmt: skip
        valid = np.pad(valid, around, mode="symmetric")[None]
        return np.zeros(valid.shape, np.float32), valid

    def close(self) -> None:
        """Give the handle back."""
        self._layer.close()
