"""What the benchmarks know of each sensor: MTF gains at Nyquist, per band and for the panchromatic one.

Values as published by the sensors' makers and collected in the pansharpening literature
(Vivone et al., A new benchmark based on recent advances in multispectral pansharpening,
doi:10.1109/MGRS.2020.3019315). Band order follows the wavelength unless the band names say otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sensor:
    """MTF gains at Nyquist of one sensor; the neutral value is `UNKNOWN`."""

    name: str
    ms_gains: tuple[float, ...]
    """One gain per band, or a single one that holds for every band."""
    pan_gain: float

    def band_gains(self, bands: int) -> tuple[float, ...]:
        """One gain for each of `bands` bands; a table of another length falls back to its mean."""
        if len(self.ms_gains) == bands:
            return self.ms_gains
        return (sum(self.ms_gains) / len(self.ms_gains),) * bands


UNKNOWN = Sensor("unknown", (0.30,), 0.15)

SENSORS: tuple[Sensor, ...] = (
    Sensor("QuickBird", (0.34, 0.32, 0.30, 0.22), 0.15),
    Sensor("IKONOS", (0.26, 0.28, 0.29, 0.28), 0.17),
    Sensor("GeoEye-1", (0.23,), 0.16),
    Sensor("WorldView-2", (0.35, 0.35, 0.35, 0.35, 0.35, 0.35, 0.35, 0.27), 0.11),
    Sensor("WorldView-3", (0.325, 0.355, 0.360, 0.350, 0.365, 0.360, 0.335, 0.315), 0.14),
    Sensor("WorldView-4", (0.23,), 0.16),
    Sensor("Pléiades", (0.30,), 0.15),
    Sensor("GaoFen-2", (0.25, 0.21, 0.20, 0.15), 0.05),
    Sensor("Landsat 8", (0.55, 0.55, 0.55, 0.55, 0.53, 0.53, 0.53), 0.40),
)
"""Landsat 8 OLI: .55 for B1-B4, .53 from the near infrared on."""


def find_sensor(name: str) -> Sensor:
    """The sensor whose name `name` starts with, ignoring case, or `UNKNOWN`."""
    lowered = name.lower()
    return next((sensor for sensor in SENSORS if lowered.startswith(sensor.name.lower())), UNKNOWN)


def pick_bands(gains: Sequence[float], indices: Sequence[int]) -> tuple[float, ...]:
    """The gains of a subset of bands, by zero-based index."""
    return tuple(gains[index] for index in indices)
