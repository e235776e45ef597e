"""What an unmixing writes: shares of all classes, and where wished the largest class, the error and the shade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.chain import Encoder
from ...core.engine.output_profile import DOMAIN, history
from ...core.engine.plan import Plan
from ...core.rasters.class_spec import MAX_CLASS_CODE, ClassSpec
from ...core.rasters.class_table import colour_of
from ...core.rasters.sink import OutputProfile
from ...core.rasters.source import BandInfo

ABUNDANCES, ERROR, SHADE = "abundances", "error", "shade"
"""Names of the arrays."""
_NONE = float("nan")


class ShareEncoder(Encoder):
    """OUTPUT with one band per class; CLASSES, ERROR and SHADE beside it.

    Parameters
    ----------
    plan : Plan
    unmix : the operator whose endmembers are known when the first raster is opened.
    more : values per pixel of HS that are read beside it.
    """

    late = True

    def __init__(self, plan: Plan, unmix: Any, more: int) -> None:
        self._plan, self._unmix, self._more = plan, unmix, more
        self._names = tuple(plan.job.outputs)
        self._sums = self._counts = np.zeros(0)
        self._errors, self._pixels, self._fill = 0.0, 0, 0

    @property
    def classes(self) -> tuple[ClassSpec, ...]:
        """Those of the endmembers, each with a colour."""
        given = self._unmix.endmembers.spectra.classes
        return tuple(ClassSpec(one.name, one.code, colour_of(one, place)) for place, one in enumerate(given))

    @property
    def targets(self) -> tuple[tuple[str, OutputProfile], ...]:
        """See `Encoder`; known when the endmembers are."""
        classes, job = self.classes, self._plan.job
        shares = tuple(BandInfo(n, "Float32", one.name) for n, one in enumerate(classes, start=1))
        largest = (BandInfo(1, "Byte", "class of the largest share"),)
        profiles = {
            "OUTPUT": self._profile(shares, "Float32", _NONE),
            "CLASSES": self._profile(largest, "Byte", self._empty, classes),
            "ERROR": self._profile((BandInfo(1, "Float32", "reconstruction error"),), "Float32", _NONE),
            "SHADE": self._profile((BandInfo(1, "Float32", "shade"),), "Float32", _NONE),
        }
        return tuple((path, profiles[name]) for name, path in job.outputs.items())

    @property
    def _empty(self) -> int:
        """The value of pixels without a class."""
        used = {one.code for one in self.classes}
        return next(code for code in (0, *range(MAX_CLASS_CODE, 0, -1)) if code not in used)

    def _profile(
        self, bands: tuple[BandInfo, ...], data_type: str, nodata: float, classes: tuple[ClassSpec, ...] = ()
    ) -> OutputProfile:
        grid = self._plan.domain.crop(self._plan.extent)
        return OutputProfile(grid, bands, data_type, nodata, "none", {DOMAIN: history(self._plan)}, classes)

    def bytes_per_pixel(self, bands: int) -> float:
        """See `Encoder`."""
        return 600.0 + 40.0 * bands + 100.0 * self._more

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        classes, shape = self.classes, valid.shape[1:]
        shares = arrays.get(ABUNDANCES, np.full((len(classes), *shape), _NONE, np.float32))
        one = np.full((1, *shape), _NONE, np.float32)
        there = ~np.isnan(shares[0])
        self._fill += int((valid.all(axis=0) & ~there).sum())
        largest = np.nan_to_num(shares, nan=-1.0).argmax(axis=0)
        codes = np.array([item.code for item in classes], np.uint8)
        made = {
            "OUTPUT": shares,
            "CLASSES": np.where(there, codes[largest], np.uint8(self._empty))[None],
            "ERROR": arrays.get(ERROR, one),
            "SHADE": arrays.get(SHADE, one),
        }
        self._count(shares[:, there], largest[there], made["ERROR"][0][there])
        return [made[name] for name in self._names]

    def written(self, valid: np.ndarray, stored: Sequence[np.ndarray]) -> np.ndarray:
        """See `Encoder`."""
        return ~np.isnan(stored[self._names.index("OUTPUT")][0])

    def findings(self) -> Sequence[Finding]:
        """See `Encoder`."""
        if not self._fill:
            return ()
        words = f"HS holds 0 in every band of {self._fill} pixels, which are taken for pixels without data"
        return (Finding("fill", "warning", "HS", words, cure="declare 0 as its nodata value"),)

    def _count(self, shares: np.ndarray, largest: np.ndarray, errors: np.ndarray) -> None:
        if not self._sums.size:
            self._sums, self._counts = np.zeros(len(shares)), np.zeros(len(shares), np.int64)
        self._sums += shares.sum(axis=1, dtype=float)
        self._counts += np.bincount(largest, minlength=len(shares))
        self._errors += float((errors.astype(float) ** 2).sum())
        self._pixels += len(largest)

    def summary(self) -> dict[str, Any]:
        """What the report is made of."""
        pixels, empty = max(self._pixels, 1), np.zeros(len(self.classes))
        return {
            "classes": self.classes,
            "spectra": self._unmix.endmembers.spectra,
            "origin": self._unmix.endmembers.origin,
            "means": (self._sums if self._sums.size else empty) / pixels,
            "largest": (self._counts if self._counts.size else empty) / pixels,
            "error": float(np.sqrt(self._errors / pixels)),
        }
