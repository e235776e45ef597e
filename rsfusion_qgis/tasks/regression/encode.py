"""What a map of numbers is written as: the estimate, and where wished both ends of its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...core.basics.errors import InputError
from ...core.engine.chain import Encoder
from ...core.engine.output_profile import DOMAIN, history
from ...core.engine.plan import Plan
from ...core.rasters.band_info import BandInfo
from ...core.rasters.sink import OutputProfile

INTERVAL = "INTERVAL"
BINS, STEPS = 20, 256
"""Bars of the histogram, and steps between a number and its double in which it is counted: no tile changes them."""
_NODATA = float("nan")


@dataclass(frozen=True)
class Estimates:
    """What a run gave.

    Attributes
    ----------
    name : str
        What is estimated.
    pixels : int
    mean, low, high : float
        Of the estimates; NaN without pixels.
    widths : float
        Mean width of the interval; NaN where none was written.
    edges, counts : ndarray
        Histogram, (bins + 1,) and (bins,).
    """

    name: str
    pixels: int
    mean: float
    low: float
    high: float
    widths: float
    edges: np.ndarray
    counts: np.ndarray


class NumberEncoder(Encoder):
    """OUTPUT from the network's first output, INTERVAL from its second."""

    def __init__(self, plan: Plan) -> None:
        job, outputs = plan.job, plan.card.outputs
        self._value = outputs[0]
        self._ends = outputs[1] if len(outputs) > 1 else None
        if INTERVAL in job.outputs and self._ends is None:
            raise InputError(
                f"INTERVAL is given, but MODEL '{plan.card.name}' tells no interval; leave it empty, or take a network "
                "of rsfusion:trainregressor."
            )
        self.name = (self._value.bands[0].name if self._value.bands else "") or "value"
        profiles = {"OUTPUT": (self.name,), INTERVAL: (f"{self.name}, low end", f"{self.name}, high end")}
        self._names = tuple(job.outputs)
        self.targets = tuple((path, _profile(plan, profiles[name])) for name, path in job.outputs.items())
        self.pixels, self._sum, self._widths = 0, 0.0, 0.0
        self._low, self._high = np.inf, -np.inf
        self._histogram: dict[float, int] = {}

    def bytes_per_pixel(self, bands: int) -> float:
        """See `Encoder`."""
        return 3000.0 + 100.0 * bands

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        there = valid[0]
        made = {}
        for name, output, bands in (("OUTPUT", self._value, 1), (INTERVAL, self._ends, 2)):
            found = arrays.get(output.name) if output is not None else None
            blank = np.full((bands, *there.shape), np.nan, np.float32)
            made[name] = blank if found is None else np.where(there, found, np.float32(np.nan)).astype(np.float32)
        self._count(made["OUTPUT"][0][there], made[INTERVAL][:, there])
        return [made[name] for name in self._names]

    def _count(self, values: np.ndarray, ends: np.ndarray) -> None:
        known = np.isfinite(values)
        if not known.any():
            return
        values = values[known].astype(np.float64)
        self.pixels += len(values)
        self._sum += float(values.sum())
        self._low, self._high = min(self._low, float(values.min())), max(self._high, float(values.max()))
        self._widths += float((ends[1] - ends[0])[known].sum(dtype=np.float64))
        parts, powers = np.frexp(values)
        counted = np.unique(np.ldexp(np.round(parts * STEPS) / STEPS, powers), return_counts=True)
        for value, count in zip(*(one.tolist() for one in counted)):
            self._histogram[value] = self._histogram.get(value, 0) + count

    def summary(self) -> Estimates:
        """See `Estimates`."""
        if not self.pixels:
            return Estimates(self.name, 0, np.nan, np.nan, np.nan, np.nan, np.zeros(1), np.zeros(0))
        places, counts = np.array(list(self._histogram)), np.array(list(self._histogram.values()))
        ends = min(self._low, places.min()), max(self._high, places.max(), self._low + 1e-6)
        shown, edges = np.histogram(places, BINS, ends, weights=counts)
        return Estimates(self.name, self.pixels, self._sum / self.pixels, self._low, self._high,
                         self._widths / self.pixels, edges, shown)  # fmt: skip


def _profile(plan: Plan, names: tuple[str, ...]) -> OutputProfile:
    bands = tuple(BandInfo(n, "Float32", name) for n, name in enumerate(names, start=1))
    grid = plan.domain.crop(plan.extent)
    return OutputProfile(grid, bands, "Float32", _NODATA, "none", {DOMAIN: history(plan)})
