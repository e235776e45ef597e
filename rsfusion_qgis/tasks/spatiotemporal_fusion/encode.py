"""What a prediction writes: the bands of the fine raster in its stored units, and how far to trust them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.chain import Encoder
from ...core.engine.output_profile import DOMAIN, history, output_profile
from ...core.engine.plan import Plan
from ...core.rasters import radiometry
from ...core.rasters.sink import OutputProfile
from ...core.rasters.source import BandInfo, numpy_type
from .dates import DIMENSIONS, ITEM, KEYS
from .layers import DatedLayer
from .preparation import PREDICTED, TRUST
from .selection import FINE
from .units import physical, wished_index


class PredictionEncoder(Encoder):
    """One raster or two.

    Parameters
    ----------
    plan : Plan
    layers : by name.
    predict : what makes the prediction; it has `chosen`, `survey_of` and `decision` for the report.
    """

    def __init__(self, plan: Plan, layers: Mapping[str, DatedLayer], predict: Any) -> None:
        self._predict, index = predict, wished_index(plan)
        profile = _of_index(plan, index.name) if index else output_profile(plan)
        self.profile = _dated(profile, predict.chosen.target.when.isoformat())
        bands = self.profile.bands
        self._scale, self._offset = (np.float32(1), np.float32(0)) if index else (
            part[:, None, None] for part in physical(bands, FINE, plan.job.options)
        )  # fmt: skip
        self._storing = radiometry.Storing(numpy_type(self.profile.data_type), self.profile.nodata)
        profiles = {"OUTPUT": self.profile, "TRUST": _trust(plan, self.profile)}
        self._names = tuple(plan.job.outputs)
        self.targets = tuple((path, profiles[name]) for name, path in plan.job.outputs.items())
        self._bands, self._pairs = len(bands), len(predict.chosen.pairs)

    def bytes_per_pixel(self, bands: int) -> float:
        """See `Encoder`."""
        return 200.0 + 12.0 * self._bands * (4 + self._pairs)

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        there = np.broadcast_to(valid.all(axis=0), (self._bands, *valid.shape[1:]))
        if not arrays:
            there = np.zeros_like(there)
            arrays = {name: np.zeros(there.shape, np.float32) for name in (PREDICTED, TRUST)}
        made = {"OUTPUT": self._storing((arrays[PREDICTED] - self._offset) / self._scale, there)}
        if "TRUST" in self._names:
            made["TRUST"] = np.where(there, arrays[TRUST], np.float32(np.nan))
        return [made[name] for name in self._names]

    def findings(self) -> Sequence[Finding]:
        """See `Encoder`."""
        return self._storing.findings()

    def summary(self) -> Any:
        """The operator that predicted, for the report."""
        return self._predict


def _dated(profile: OutputProfile, when: str) -> OutputProfile:
    """The profile of the wanted date: what the fine raster says of its own date does not hold for the result."""
    kept = _undated(profile.metadata)
    bands = tuple(replace(band, metadata=_undated(band.metadata)) for band in profile.bands)
    return replace(profile, bands=bands, metadata={**kept, "": {**kept.get("", {}), ITEM: when}})


def _undated(metadata: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Metadata without what tells a date, by its key or as a dimension of a NetCDF."""
    return {domain: {key: value for key, value in items.items()
                     if domain == DOMAIN or not (key.upper() in KEYS or key.upper().startswith(DIMENSIONS))}
            for domain, items in metadata.items()}  # fmt: skip


def _of_index(plan: Plan, name: str) -> OutputProfile:
    """One band of numbers, whatever the fine raster stores."""
    job = replace(plan.job, data_type=plan.job.data_type or "Float32")
    if plan.job.nodata is None:
        job = replace(job, nodata=float("nan") if job.data_type.startswith("Float") else 0.0)
    profile = output_profile(replace(plan, job=job))
    return replace(profile, bands=(BandInfo(1, job.data_type, name),), mask_kind="none")


def _trust(plan: Plan, profile: OutputProfile) -> OutputProfile:
    bands = tuple(BandInfo(n, "Float32", f"trust in {band.description or f'band {n}'}")
                  for n, band in enumerate(profile.bands, start=1))  # fmt: skip
    return OutputProfile(profile.grid, bands, "Float32", float("nan"), "none", {DOMAIN: history(plan)})
