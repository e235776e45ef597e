"""Control points of a pair of images: an independent truth for its displacement.

A CSV with columns x_reference, y_reference, x_sensed, y_sensed, in pixels of either image. What must be added to a
sensed place is an affine function of it, fitted robustly (Tukey's weights), so that single bad points hardly count.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SWAPPED = ("visible_lidar_intensity_1",)
"""Folders whose CSV names its columns the other way round: phase correlation, ECC and mutual information, none of them
ours, find the negative of what its columns say, over 3 to 5 pixels; the one beside it (visible_sar_1) is right."""
LEAST_POINTS = 12
"""Fewer inside a window, and the fit over the whole image stands for it."""
TUKEY, ROUNDS = 4.685, 20


@dataclass(frozen=True)
class ControlPoints:
    """Points in the pixels of a window, and the affine displacement fitted to them.

    Attributes
    ----------
    sensed : np.ndarray
        (n, 2), (col, row).
    steps : np.ndarray
        (n, 2), what must be added to each.
    coefficients : np.ndarray
        (3, 2): steps = [1, col, row] @ coefficients.
    deviation : float
        Robust deviation of the points from the fit, pixels (1.48 times the median distance).
    local : bool
        Whether the fit is the window's own.
    """

    sensed: np.ndarray
    steps: np.ndarray
    coefficients: np.ndarray
    deviation: float
    local: bool = False

    def at(self, place: tuple[float, float]) -> tuple[float, float]:
        """What must be added at a place of the sensed image, (cols, rows)."""
        cols, rows = np.array([1.0, *place]) @ self.coefficients
        return float(cols), float(rows)

    def inside(self, corner: tuple[int, int], side: int) -> ControlPoints:
        """Those in a window, in its pixels; with a fit of their own where they are enough."""
        moved = self.sensed - corner
        kept = ((moved >= 0) & (moved < side)).all(1)
        if kept.sum() >= LEAST_POINTS:
            return fitted(moved[kept], self.steps[kept], local=True)
        base = self.coefficients.copy()
        base[0] += np.asarray(corner, float) @ base[1:]
        return ControlPoints(moved[kept], self.steps[kept], base, self.deviation)

    def cropped(self, margin: int, size: tuple[int, int]) -> ControlPoints:
        """The same in a window (width, height) whose corner lies `margin` pixels further in."""
        base = self.coefficients.copy()
        base[0] += np.array([margin, margin], float) @ base[1:]
        places = self.sensed - margin
        kept = ((places >= 0) & (places < size)).all(1)
        return ControlPoints(places[kept], self.steps[kept], base, self.deviation, self.local)


def read_control_points(path: Path) -> ControlPoints:
    """Points of a CSV file and their fit, in pixels of the image."""
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    reference, sensed = (
        np.array([[float(row[f"{axis}_{name}"]) for axis in "xy"] for row in rows]) for name in ("reference", "sensed")
    )
    if path.parent.name in SWAPPED:
        reference, sensed = sensed, reference
    return fitted(sensed, reference - sensed)


def fitted(sensed: np.ndarray, steps: np.ndarray, local: bool = False) -> ControlPoints:
    """Control points with the affine displacement that most of them agree on."""
    terms = np.column_stack([np.ones(len(sensed)), sensed])
    trust = np.ones(len(sensed))
    for _ in range(ROUNDS):
        root = np.sqrt(trust)[:, None]
        coefficients = np.linalg.lstsq(terms * root, steps * root, rcond=None)[0]
        away = np.hypot(*(steps - terms @ coefficients).T)
        deviation = 1.4826 * float(np.median(away)) + 1e-9
        trust = np.clip(1 - (away / (TUKEY * deviation)) ** 2, 0, None) ** 2
    return ControlPoints(sensed, steps, coefficients, deviation, local)
