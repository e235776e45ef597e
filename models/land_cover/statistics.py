"""Mean and deviation of every band over the training chips, and the standardising of inputs with them.

Axis order: (bands, rows, cols). Statistics are in stored units; standardised values have no unit.
Extremes (1 % on either side) are drawn in before they are taken, so that glints, wires and wrong returns of a LiDAR do
not make everything else small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from models.land_cover.networks import MISSING
from models.land_cover.samples.scenes import Chip

TRIMMED = 0.01
MOST_PIXELS = 200_000
"""Statistics come from no more pixels than these, spread evenly."""


@dataclass(frozen=True)
class BandStatistics:
    """Per role one value a band, stored units."""

    mean: Mapping[str, np.ndarray]
    """Role -> (bands,) float32."""
    deviation: Mapping[str, np.ndarray]
    """Role -> (bands,) float32, above 0; 1 for a band without variation."""
    low: Mapping[str, np.ndarray] = field(default_factory=dict)
    high: Mapping[str, np.ndarray] = field(default_factory=dict)
    """Role -> (bands,) float32: all values but the extremes lie between these."""

    def standardised(self, role: str, values: np.ndarray, valid: np.ndarray) -> np.ndarray:
        """(values - mean) / deviation, `MISSING` where invalid.

        Parameters
        ----------
        values : (..., bands, rows, cols), stored units; valid : (..., rows, cols) bool.

        Returns
        -------
        (..., bands, rows, cols) float32.
        """
        mean, deviation = (s[role].reshape(-1, 1, 1) for s in (self.mean, self.deviation))
        scaled = (np.where(valid[..., None, :, :], values, mean) - mean) / deviation
        return np.where(valid[..., None, :, :], scaled, MISSING).astype(np.float32)


def band_statistics(chips: Iterable[Chip]) -> BandStatistics:
    """Statistics over all valid pixels of the chips, those around the labelled ones included."""
    chips = list(chips)
    mean, deviation, lows, highs = {}, {}, {}, {}
    for role in chips[0].inputs:
        pixels = _valid_pixels(chips, role)
        low, high = np.quantile(pixels, (TRIMMED, 1 - TRIMMED), axis=1, keepdims=True)
        lows[role], highs[role] = low[:, 0].astype(np.float32), high[:, 0].astype(np.float32)
        drawn_in = np.clip(pixels, low, high)
        mean[role] = drawn_in.mean(axis=1, dtype=np.float64).astype(np.float32)
        spread = drawn_in.std(axis=1, dtype=np.float64).astype(np.float32)
        deviation[role] = np.where(spread > 1e-6 * np.maximum(1.0, np.abs(mean[role])), spread, np.float32(1))
    return BandStatistics(mean, deviation, lows, highs)


def _valid_pixels(chips: list[Chip], role: str) -> np.ndarray:
    """(bands, pixels); one row of zeros where the role is valid nowhere."""
    step = max(1, sum(int(chip.valid[role].sum()) for chip in chips) // MOST_PIXELS)
    parts = [chip.inputs[role][:, chip.valid[role]][:, ::step] for chip in chips]
    pixels = np.concatenate(parts, axis=1)
    return pixels if pixels.shape[1] else np.zeros((pixels.shape[0], 1), np.float32)
