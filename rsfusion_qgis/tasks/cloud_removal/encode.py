"""What a cloud removal writes: the image, and where wished the uncertainty and the mask.

Where nothing is replaced within reach of the blending, stored values pass through as they are, bit by bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import ModelError
from ...core.basics.findings import Finding
from ...core.basics.optional import OptionalModule
from ...core.engine.chain import Encoder
from ...core.engine.contract import NETWORK
from ...core.engine.output_profile import DOMAIN, history, output_profile
from ...core.engine.plan import Plan
from ...core.rasters import radiometry
from ...core.rasters.sink import OutputProfile
from ...core.rasters.source import BandInfo, numpy_type
from .card import MASK, OPTICAL, RESTORED, SIGMA
from .codes import CLASSES, NO_CODE, covered

ndimage = OptionalModule("scipy.ndimage")

TILE_PX = 384
"""Side of a tile where the surroundings that it needs are small: clear tiles are passed over, so they are small."""
WIDE_PX, WIDE_TILE_PX = 128, 288
"""Pixels around a tile from which on they count more than the tile, and its side then: with the shipped network's
323 px and 1.2 kB for each pixel that it sees, a tile takes about 1.1 GB."""
_FLOAT_NODATA = float("nan")


class CloudEncoder(Encoder):
    """Up to three rasters.

    Parameters
    ----------
    plan : Plan
    work : what the operators share, see `operators.Work`.

    Attributes
    ----------
    pixels, masked : int
        Valid pixels that were written, and those of them that were replaced.
    """

    wants = (OPTICAL, MASK)
    sparse = True

    def __init__(self, plan: Plan, work: Any) -> None:
        wishes = plan.job.options
        self.margin, self._everywhere, self._uncertain = wishes.blend_px, wishes.everywhere, wishes.replace_uncertain
        self._work, self._unit, network = work, work.scene.inputs.unit, work.network
        if plan.job.outputs.get("UNCERTAINTY") and network and not network.gives_sigma and not plan.job.method:
            raise ModelError(
                f"UNCERTAINTY is wished, but MODEL '{plan.card.name}' gives none; leave it empty, or choose a "
                "network that has an output 'sigma', or METHOD auto."
            )
        self.profile = output_profile(plan)
        profiles = {"OUTPUT": self.profile, "UNCERTAINTY": self._uncertainty(plan), "MASK": _mask(plan)}
        self.names = tuple(plan.job.outputs)
        self.targets = tuple((path, profiles[name]) for name, path in plan.job.outputs.items())
        self.pixels = self.masked = 0
        self._storing = radiometry.Storing(numpy_type(self.profile.data_type), self.profile.nodata)

    def _uncertainty(self, plan: Plan) -> OutputProfile:
        bands = tuple(
            BandInfo(n, "Float32", f"sigma of {band.description or f'band {n}'}")
            for n, band in enumerate(self.profile.bands, start=1)
        )
        return OutputProfile(self.profile.grid, bands, "Float32", _FLOAT_NODATA, "none", {DOMAIN: history(plan)})

    def bytes_per_pixel(self, bands: int) -> float:
        """See `Encoder`."""
        return 500.0 + 25.0 * bands

    def tile_size(self, memory: int, bands: int, halo: int) -> Optional[int]:
        """See `Encoder`."""
        return TILE_PX if halo <= WIDE_PX else WIDE_TILE_PX

    def needs(self, kept: Mapping[str, np.ndarray]) -> bool:
        """Whether anything in a tile, `kept` as in `stored`, is to be replaced."""
        return self._everywhere or bool(self._replaced(kept[MASK][0]).any())

    def wanted(self, codes: np.ndarray) -> np.ndarray:
        """Where an estimate has a part in the result: (rows, cols) bool, of codes (rows, cols)."""
        return self._weight(codes) > 0

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        inner = slice(self.margin, valid.shape[1] - self.margin), slice(self.margin, valid.shape[2] - self.margin)
        codes, weight = kept[MASK][0][inner], self._weight(kept[MASK][0])[inner]
        optical, there = kept[OPTICAL][:, inner[0], inner[1]], valid[:, inner[0], inner[1]]
        known = there.all(axis=0)
        self.pixels += int(known.sum())
        self.masked += int((self._replaced(codes) & known).sum())
        made = {"OUTPUT": self._image(arrays, optical, there, weight, inner)}
        if "UNCERTAINTY" in self.names:
            sigma = np.zeros(optical.shape, np.float32)
            if arrays:
                sigma = arrays[SIGMA][:, inner[0], inner[1]] / np.float32(self._unit) * weight
            made["UNCERTAINTY"] = np.where(there, sigma, np.float32(_FLOAT_NODATA))
        if "MASK" in self.names:
            made["MASK"] = np.where(known, codes, NO_CODE).astype(np.uint8)[None]
        return [made[name] for name in self.names]

    def _replaced(self, codes: np.ndarray) -> np.ndarray:
        return covered(codes, self._uncertain)

    def _weight(self, codes: np.ndarray) -> np.ndarray:
        mask = self._replaced(codes)
        return np.ones(mask.shape, np.float32) if self._everywhere else blending(mask, self.margin)

    def _image(
        self, arrays: Mapping[str, np.ndarray], optical: np.ndarray, there: np.ndarray, weight: np.ndarray,
        inner: tuple[slice, slice],
    ) -> np.ndarray:  # fmt: skip
        values = optical
        if arrays and weight.any():
            restored = arrays[RESTORED][:, inner[0], inner[1]]
            values = np.where(weight > 0, weight * restored + (1 - weight) * optical, optical)
        return self._storing(values, there)

    def findings(self) -> tuple[Finding, ...]:
        """What the run has shown about the clouds."""
        share = self.masked / max(self.pixels, 1)
        if not self.masked and not self._everywhere:
            told = "No pixel is under the mask, so the result equals OPTICAL"
            return (Finding("clouds", "warning", "OPTICAL", told), *self._storing.findings())
        told = f"{100 * share:.1f} % of the pixels are under the mask"
        if self.masked == self.pixels:
            told += ": no clear pixel shows what the ground looks like, so trust the result little"
        severity = "warning" if share == 1 else "info"
        found = Finding("clouds", severity, "OPTICAL", told, share, None, "share")
        return (found, *self._storing.findings())

    def summary(self) -> Any:
        """See `Encoder`: what the operators share."""
        return self._work

    @property
    def method(self) -> str:
        """What did the work."""
        used = self._work.used.name if self._work.used is not None else ""
        if self._work.network is None:
            return used
        return NETWORK if self._work.ways.network != "averaged" else f"{NETWORK} and {used}"


def blending(mask: np.ndarray, reach: int) -> np.ndarray:
    """The estimate's weight: 1 under the mask, falling to 0 at `reach + 1` pixels from it; (rows, cols) float32."""
    if not mask.any():
        return np.zeros(mask.shape, np.float32)
    away = ndimage.distance_transform_edt(~mask)
    return np.clip(1.0 - away / (reach + 1), 0.0, 1.0).astype(np.float32)


def _mask(plan: Plan) -> OutputProfile:
    grid = plan.domain.crop(plan.extent)
    bands = (BandInfo(1, "Byte", "clouds and shadows"),)
    return OutputProfile(grid, bands, "Byte", NO_CODE, "none", {DOMAIN: history(plan)}, CLASSES)
