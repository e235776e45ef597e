"""Rasters as unmixing reads them: pixels of HS as a list, and the fine pixels of the guide under each pixel of HS."""

from __future__ import annotations

import numpy as np

from ...core.engine.chain import Layer
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.rasters import radiometry
from ...core.rasters.aligned_input import Scale, open_aligned
from ...core.rasters.source import RasterSource
from ...core.rasters.spectral import physical

HS, GUIDE = "hs", "guide"
MOST_STEPS = 16
"""Fine pixels along a pixel of HS that are told apart at most."""


class FineLayer:
    """The guide's pixels under each pixel of HS, as bands: band by band, row by row, (bands * steps^2, rows, cols).

    Values stay as they are: where its pixels do not fill those of HS, the nearest is taken. What has no data is NaN,
    and everything counts as valid: a guide that lacks a pixel does not take it from HS.

    Attributes
    ----------
    steps : int
        Fine pixels along a pixel of HS.
    bands : int
        Of the guide.
    """

    def __init__(self, plan: Plan) -> None:
        geometry, name = plan.geometry[GUIDE], plan.task.parameter(GUIDE)
        self.steps = steps_of(plan)
        self._fine = open_aligned(
            plan.job.inputs[GUIDE], name, plan.domain.finer(self.steps), 1, "nearest", geometry.grid,
            geometry.ratio * self.steps, geometry.moved, "mirror", True, turned=geometry.turned,
        )  # fmt: skip
        self._fine.source.select(plan.bands[GUIDE])
        self.source, self.bands = self._fine.source, len(plan.bands[GUIDE])

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See `Layer`."""
        n, rows, cols = self.steps, window.height, window.width
        fine = Window(window.col_off * n, window.row_off * n, cols * n, rows * n)
        values, valid = self._fine.read(fine)
        values = np.where(valid.all(axis=0), values, np.float32(np.nan))
        apart = values.reshape(self.bands, rows, n, cols, n).transpose(0, 2, 4, 1, 3)
        return apart.reshape(-1, rows, cols), np.ones((1, rows, cols), bool)

    def close(self) -> None:
        """See `Layer`."""
        self._fine.close()


def steps_of(plan: Plan) -> int:
    """Fine pixels of the guide along a pixel of HS; 1 where there is no guide."""
    return int(np.clip(round(1 / plan.geometry[GUIDE].ratio), 1, MOST_STEPS)) if GUIDE in plan.geometry else 1


class Pixels:
    """Pixels of HS, and of the guide under them, read window by window while something is learned.

    Parameters
    ----------
    layers : by role.
    scale : of HS.
    """

    def __init__(self, layers: dict[str, Layer], scale: Scale) -> None:
        self._layers, self._scale = layers, scale
        self.bands = len(layers[HS].source.bands)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """(bands, rows, cols) float32 in the unit of the spectra, and where there is data, (rows, cols) bool."""
        values, valid = self._layers[HS].read(window)
        scaled = radiometry.to_network(values, self._scale.offset, self._scale.scale)
        return scaled, valid.all(axis=0) & ~is_fill(scaled, self._scale)

    def guide(self, window: Window) -> np.ndarray | None:
        """(bands * steps^2, rows, cols) of the guide; None where there is none."""
        return self._layers[GUIDE].read(window)[0] if GUIDE in self._layers else None


def is_fill(scaled: np.ndarray, scale: Scale) -> np.ndarray:
    """Where every band stores 0, (rows, cols) bool: no material is as black as that, so it is fill.

    Parameters
    ----------
    scaled : ndarray
        (bands, rows, cols) after `scale`.
    """
    zero = radiometry.to_network(np.zeros((len(scaled), 1, 1), np.float32), scale.offset, scale.scale)
    found = scaled[0] == zero[0]
    return (scaled == zero).all(axis=0) if found.any() else found


def scale_of(source: RasterSource, told: float) -> Scale:
    """How stored values of HS become those that are computed with.

    Parameters
    ----------
    told : what the user says, 0 = the scale and offset that the bands state; those that state none stay as they are.
    """
    if told:
        return Scale(np.zeros(len(source.bands), np.float32), np.full(len(source.bands), told, np.float32))
    factor, offset = physical(source.bands)
    return Scale((-offset / factor).astype(np.float32), (1 / factor).astype(np.float32))
