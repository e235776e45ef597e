"""What is written of the features: bands of floating point that say what they are, NaN where there is no data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.chain import Encoder
from ...core.engine.job import Result
from ...core.engine.output_profile import DOMAIN
from ...core.engine.plan import Plan
from ...core.rasters.sink import OutputProfile
from ...core.sensors.lidar.memory import tile_size
from .preparation import MADE, Preparation
from .seen import Seen

_LARGEST_TILE, _HALOS = 1024, 2  # pixels, so that progress is smooth; or so many halos, so that little is read twice
_NONE = np.float32(np.nan)


class FeatureEncoder(Encoder):
    """One raster, a band for each feature or percentile."""

    def __init__(self, plan: Plan, prepared: Preparation, seen: Seen) -> None:
        grid, metadata = plan.domain.crop(plan.extent), {DOMAIN: _history(plan, prepared)}
        profile = OutputProfile(grid, prepared.bands, "Float32", float("nan"), metadata=metadata)
        self.targets = ((plan.job.output, profile),)
        self._bands, self._seen = len(prepared.bands), seen
        self._cell = prepared.ground.cell if prepared.ground else 0

    def tile_size(self, memory: int, bands: int, halo: int) -> int:
        """See `Encoder`."""
        return min(tile_size(memory, self._bands, halo, self._cell), max(_LARGEST_TILE, _HALOS * halo))

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        made = arrays.get(MADE)
        return [np.full((self._bands, *valid.shape[1:]), _NONE) if made is None else made]

    def findings(self) -> Sequence[Finding]:
        """See `Encoder`."""
        return self._seen.judged()


def _history(plan: Plan, prepared: Preparation) -> dict[str, str]:
    """How the result came about, for its metadata."""
    setting, ground = prepared.setting, prepared.setting.ground
    said = {
        "TASK": plan.task.history_id,
        "FEATURES": ",".join(feature.id for feature in prepared.features),
        "WINDOW": " x ".join(str(2 * r + 1) for r in setting.reach),
        "HEIGHTS": {"DTM": "DSM - DTM", "estimate": "DSM - estimated ground"}.get(ground, "DSM"),
        "GROUND_WINDOW": f"{plan.job.options.ground_window_m:g}" if ground == "estimate" else "",
        **{f"FINDING_{i}": finding.sentence for i, finding in enumerate(plan.findings, start=1)},
    }
    return {key: value for key, value in said.items() if value}


def values(result: Result) -> dict[str, object]:
    """What models and scripts get beside the raster."""
    return {"BANDS": len(result.bands), "BAND_NAMES": "\n".join(result.bands)}
