"""A SAR raster of a plan as decibels, whatever unit it is stored in. Axis order (bands, rows, cols)."""

from __future__ import annotations

import numpy as np

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..engine.chain import Layer
from ..grid.grid import Window
from ..sensors.sentinel1 import DECIBEL, find_unit, to_decibel


def unit_of(name: str, layer: Layer, values: np.ndarray, wished: str = "") -> tuple[str, Finding]:
    """The unit that decibels are made of, "" for values that are taken as they are, and what is said of it.

    Parameters
    ----------
    name : the user's parameter.
    values : (bands, n), a valid sample.
    wished : what SAR_UNIT says; "" = find it.
    """
    if wished:
        unit = "" if wished == DECIBEL else wished
        return unit, Finding("units", "info", name, f"{name}: the values are {wished}, as SAR_UNIT says")
    try:
        told = find_unit(layer.source.bands, values, None, name)
    except InputError:
        found = (f"{name} holds values from {values.min():.4g} to {values.max():.4g}, which are no calibrated "
                 "backscatter, so they are taken for decibels that were stretched")  # fmt: skip
        return "", Finding("units", "warning", name, found, cure="set SAR_UNIT if they are amplitude or power")
    unit = "" if told.unit == DECIBEL else told.unit
    return unit, Finding("units", "warning" if told.doubtful else "info", name, told.why.rstrip("."))


class DecibelLayer:
    """A SAR raster as decibels; invalid where the power is not positive."""

    def __init__(self, layer: Layer, unit: str) -> None:
        self.source, self._layer, self._unit = layer.source, layer, unit

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values and validity, as `AlignedInput.read`."""
        values, valid = self._layer.read(window)
        decibel, there = to_decibel(values, valid, self._unit)
        return decibel, np.broadcast_to(there, decibel.shape)

    def sample(self) -> tuple[np.ndarray, np.ndarray]:
        """As `AlignedInput.sample`."""
        values, valid = self._layer.sample()  # type: ignore[attr-defined]
        decibel, there = to_decibel(values[:, None], valid[:, None], self._unit)
        return decibel[:, 0], np.broadcast_to(there[0], values.shape)

    def close(self) -> None:
        """Give the handle back."""
        self._layer.close()
