"""What a cloud removal writes: the image, and where wished the uncertainty and the mask.

Where nothing is masked within reach of the blending, stored values pass through as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...core.basics.errors import ModelError
from ...core.basics.findings import Finding
from ...core.basics.optional import OptionalModule
from ...core.engine.chain import Encoder
from ...core.engine.output_profile import DOMAIN, history, output_profile
from ...core.engine.plan import Plan
from ...core.networks.card import OutputSpec
from ...core.rasters import radiometry
from ...core.rasters.aligned_input import Scale
from ...core.rasters.class_spec import ClassSpec
from ...core.rasters.sink import OutputProfile
from ...core.rasters.source import BandInfo, numpy_type
from .inputs import MASK, OPTICAL

ndimage = OptionalModule("scipy.ndimage")

RESTORED, SIGMA = "restored", "sigma"
CLEAR_CODE, CLOUD_CODE, NO_CODE = 1, 2, 0
_CLASSES = (ClassSpec("clear", CLEAR_CODE, "#9fc5e8"), ClassSpec("cloud or shadow", CLOUD_CODE, "#ff7f0e"))
_FLOAT_NODATA = float("nan")


class CloudEncoder(Encoder):
    """Up to three rasters.

    Parameters
    ----------
    plan : Plan
    outputs : tuple of OutputSpec
        The network's: `restored`, and `sigma` where it has one.
    scale : Scale
        Of the optical input: network = (stored - offset) / scale.
    unit : float
        Stored units per unit of reflectance.
    """

    wants = (OPTICAL, MASK)

    def __init__(self, plan: Plan, outputs: tuple[OutputSpec, ...], scale: Scale, unit: float) -> None:
        self._scale, self._unit, wishes = scale, unit, plan.job.options
        self.margin, self._everywhere = wishes.blend_px, wishes.everywhere
        names = [one.name for one in outputs]
        if plan.job.outputs.get("UNCERTAINTY") and SIGMA not in names:
            raise ModelError(
                f"UNCERTAINTY is wished, but MODEL '{plan.card.name}' gives none; leave it empty, or choose a "
                "network that has an output 'sigma'."
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

    def needs(self, kept: Mapping[str, np.ndarray]) -> bool:
        """Whether anything in a tile, `kept` as in `stored`, is to be replaced."""
        return self._everywhere or bool((kept[MASK] >= 0.5).any())

    def replaced(self, kept: Mapping[str, np.ndarray]) -> np.ndarray:
        """Where the network's estimate has a part in the result, (rows, cols) bool; `kept` as in `stored`."""
        return self._weight(kept) > 0

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        inner = slice(self.margin, valid.shape[1] - self.margin), slice(self.margin, valid.shape[2] - self.margin)
        mask, weight = (kept[MASK][0] >= 0.5)[inner], self._weight(kept)[inner]
        optical, there = kept[OPTICAL][:, inner[0], inner[1]], valid[:, inner[0], inner[1]]
        known = there.all(axis=0)
        self.pixels += int(known.sum())
        self.masked += int((mask & known).sum())
        made = {"OUTPUT": self._image(arrays, optical, there, weight, inner)}
        if "UNCERTAINTY" in self.names:
            sigma = np.zeros(optical.shape, np.float32)
            if arrays:
                sigma = arrays[SIGMA][:, inner[0], inner[1]] * self._scale.scale[:, None, None] / self._unit * weight
            made["UNCERTAINTY"] = np.where(there, sigma, np.float32(_FLOAT_NODATA))
        if "MASK" in self.names:
            made["MASK"] = np.where(known, np.where(mask, CLOUD_CODE, CLEAR_CODE), NO_CODE).astype(np.uint8)[None]
        return [made[name] for name in self.names]

    def _weight(self, kept: Mapping[str, np.ndarray]) -> np.ndarray:
        mask = kept[MASK][0] >= 0.5
        return np.ones(mask.shape, np.float32) if self._everywhere else blending(mask, self.margin)

    def _image(
        self, arrays: Mapping[str, np.ndarray], optical: np.ndarray, there: np.ndarray, weight: np.ndarray,
        inner: tuple[slice, slice],
    ) -> np.ndarray:  # fmt: skip
        values = optical
        if arrays and weight.any():
            restored = arrays[RESTORED][:, inner[0], inner[1]]
            restored = radiometry.from_network(restored, self._scale.offset, self._scale.scale)
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


def blending(mask: np.ndarray, reach: int) -> np.ndarray:
    """The network's weight: 1 under the mask, falling to 0 at `reach + 1` pixels from it; (rows, cols) float32."""
    if not mask.any():
        return np.zeros(mask.shape, np.float32)
    away = ndimage.distance_transform_edt(~mask)
    return np.clip(1.0 - away / (reach + 1), 0.0, 1.0).astype(np.float32)


def _mask(plan: Plan) -> OutputProfile:
    grid = plan.domain.crop(plan.extent)
    bands = (BandInfo(1, "Byte", "clouds and shadows"),)
    return OutputProfile(grid, bands, "Byte", NO_CODE, "none", {DOMAIN: history(plan)}, _CLASSES)
