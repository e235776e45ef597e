"""Stored raster values to network values and back: network = (stored - offset) / scale, band by band.

Axes are (bands, rows, cols) or (bands, n); offset and scale have the shape (bands,), in stored units.
With a scaling of the kind "dataset" they come from one sample of the whole raster, the low percentile and
the standard deviation of each band, so that a network becomes equivariant to gain and offset.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..basics.errors import InputError
from ..basics.findings import Finding
from .band_info import LARGEST_EXACT
from .scaling import Scaling

DATASET_LOW_PERCENTILE = 0.5

# A spread below this part of the largest value is rounding of float32, not texture.
_FLAT = 1e-7

CLIPPED_SHARE = 1e-3
"""From this share of clipped values on, a run warns."""


def sample_scaling(values: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the offset and scale of each band from a sample of a raster.

    Parameters
    ----------
    values : np.ndarray
        Shape (bands, n), stored values of any real type.
    valid : np.ndarray
        Shape (bands, n) or (n,), bool; values that are not finite count as invalid.

    Returns
    -------
    offset, scale : np.ndarray
        Shape (bands,), float32. The offset is the DATASET_LOW_PERCENTILE-th percentile; the scale is the
        standard deviation, 1 for a flat band, always above zero.

    Raises
    ------
    InputError
        If a band has no valid value.
    """
    masks = np.broadcast_to(valid, values.shape)
    pairs = [_band_scaling(band, mask, n) for n, (band, mask) in enumerate(zip(values, masks), start=1)]
    offset, scale = np.array(pairs, dtype=np.float32).reshape(-1, 2).T
    return np.ascontiguousarray(offset), np.ascontiguousarray(scale)


def _band_scaling(values: np.ndarray, valid: np.ndarray, number: int) -> tuple[float, float]:
    usable = values[valid].astype(np.float64)
    usable = usable[np.isfinite(usable)]
    if usable.size == 0:
        raise InputError(
            f"Band {number} has no valid pixel in the sample of the raster, but its brightness and contrast are "
            "needed; check its nodata value and mask, or leave the band out."
        )
    spread = float(usable.std())
    flat = spread <= _FLAT * float(np.abs(usable).max()) or spread < np.finfo(np.float32).tiny
    return float(np.percentile(usable, DATASET_LOW_PERCENTILE)), 1.0 if flat else spread


def resolve(
    scaling: Scaling, bands: int, offset: np.ndarray | None = None, scale: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the offset and scale of each band that a card's scaling means.

    Parameters
    ----------
    scaling : Scaling
    bands : int
        Number of bands of the raster.
    offset, scale : np.ndarray
        Shape (bands,), from `sample_scaling`; needed for the kind "dataset", not looked at for others.

    Returns
    -------
    offset, scale : np.ndarray
        Shape (bands,), float32.
    """
    if scaling.kind == "bands":
        return np.array(scaling.offsets, np.float32), np.array(scaling.scales, np.float32)
    if scaling.kind not in ("none", "linear", "patch", "dataset"):
        raise ValueError(f"the numbers of a scaling of the kind '{scaling.kind}' come from the raster")
    if scaling.kind != "dataset":
        linear = scaling if scaling.kind == "linear" else Scaling()
        return np.full(bands, linear.offset, np.float32), np.full(bands, linear.scale, np.float32)
    if offset is None or scale is None or offset.shape != (bands,) or scale.shape != (bands,):
        raise ValueError(f"a scaling of the kind 'dataset' needs the offset and scale of {bands} bands")
    return offset.astype(np.float32), scale.astype(np.float32)


def to_network(values: np.ndarray, offset: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return (values - offset) / scale as float32, shape (bands, rows, cols) as given.

    Types of more than 24 bits are subtracted in float64, so that large offsets cost no precision.
    """
    if not np.any(offset) and np.all(np.asarray(scale) == 1):
        return values.astype(np.float32)
    wide = np.result_type(values.dtype, np.float32)
    network = values.astype(wide)
    network -= _per_band(offset, values.ndim).astype(wide)
    network /= _per_band(scale, values.ndim).astype(wide)
    return network.astype(np.float32, copy=False)


def from_network(values: np.ndarray, offset: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return values * scale + offset as float32, the inverse of `to_network`; the input is not changed."""
    stored = values.astype(np.float32)
    stored *= _per_band(scale, values.ndim)
    stored += _per_band(offset, values.ndim)
    return stored


class Storing:
    """Values to the type of an output raster, as `to_stored`, and how many of them that type cannot hold.

    Parameters
    ----------
    dtype, nodata : as of `to_stored`.
    """

    def __init__(self, dtype: Any, nodata: float | None) -> None:
        self._kind, self._nodata = np.dtype(dtype), nodata
        self._limits = _limits(self._kind)
        self._values = self._clipped = 0

    def __call__(self, values: np.ndarray, valid: np.ndarray) -> np.ndarray:
        """See `to_stored`; one thread at a time."""
        low, high = self._limits
        half = 0.5 if self._kind.kind in "iu" else 0.0
        with np.errstate(invalid="ignore"):
            beyond = ((values < low - half) | (values > high + half)) & valid
        self._clipped += int(beyond.sum())
        self._values += int(np.broadcast_to(valid, values.shape).sum())
        return to_stored(values, valid, self._kind, self._nodata)

    def findings(self) -> tuple[Finding, ...]:
        """A warning where more than `CLIPPED_SHARE` of the values were clipped."""
        share, (low, high) = self._clipped / max(self._values, 1), self._limits
        if share < CLIPPED_SHARE:
            return ()
        found = f"{100 * share:.3g} % of the values of OUTPUT lie outside {low:g} to {high:g}, which is all that "
        found += f"{self._kind.name} holds, and were clipped"
        cure = "choose a larger DATA_TYPE, such as Float32, where there is one, or rescale the rasters first"
        return (Finding("clipping", "warning", "OUTPUT", found, share, CLIPPED_SHARE, "share", cure),)


def rounded(sources: Iterable[Any]) -> list[Finding]:
    """What is said of rasters (`RasterSource`) with values that float32, in which all is computed, does not hold."""
    said = {}
    for one in sources:
        if one.largest > LARGEST_EXACT:
            step = float(np.spacing(np.float32(one.largest)))
            found = (f"{one.role} holds values up to {one.largest:.10g}, and numbers are computed in single precision "
                     f"(24 bit), so those of the result have steps of up to {step:g}")  # fmt: skip
            cure = "subtract a constant from the raster first where such steps matter"
            said[one.role] = Finding("precision", "warning", one.role, found, one.largest, LARGEST_EXACT, "", cure)
    return list(said.values())


def to_stored(values: np.ndarray, valid: np.ndarray, dtype: Any, nodata: float | None) -> np.ndarray:
    """Return values in the type of the output raster.

    Parameters
    ----------
    values : np.ndarray
        Shape (bands, rows, cols), real, in stored units.
    valid : np.ndarray
        Shape (bands, rows, cols) or (rows, cols), bool; a value that is not finite counts as invalid.
    dtype : np.dtype or name
        Whole numbers are rounded to the nearest (ties to even) and clipped to the type's range.
    nodata : float or None
        Written where invalid (None: 0, for rasters with a mask). A valid value that would equal it moves by
        one step of the type towards where it came from, or inwards at the end of the range.

    Raises
    ------
    InputError
        If the type has no room for `nodata` or cannot be written.
    """
    kind = np.dtype(dtype)
    fill = require_nodata(kind, nodata)
    usable = np.broadcast_to(valid, values.shape) & np.isfinite(values)
    whole = np.issubdtype(kind, np.integer)
    stored = _to_integer(values, usable, kind) if whole else _to_float(values, usable, kind)
    if nodata is not None:
        hit = usable & (stored == fill)
        if hit.any():
            stored[hit] = _beside(values[hit], fill, kind)
    stored[~usable] = fill
    return stored


def require_nodata(dtype: Any, nodata: float | None) -> Any:
    """Return `nodata` as a scalar of the type (0 for None); raises InputError where it does not fit."""
    kind = np.dtype(dtype)
    limits = _limits(kind)
    if nodata is None:
        return kind.type(0)
    number = float(nodata)
    if np.issubdtype(kind, np.integer):
        fits = limits[0] <= number <= limits[1] and number == round(number)
        number = int(number) if fits else 0
    else:
        fits = not np.isfinite(number) or limits[0] <= number <= limits[1]
    if not fits:
        raise InputError(
            f"NODATA is {nodata:g}, but {kind.name} holds {limits[0]:g} to {limits[1]:g}"
            f"{' in whole numbers' if kind.kind in 'iu' else ''}; choose another NODATA or data type."
        )
    return kind.type(number)


def _limits(kind: np.dtype) -> tuple[float, float]:
    if kind.kind in "iu" and kind.itemsize <= 4:
        return float(np.iinfo(kind).min), float(np.iinfo(kind).max)
    if kind.kind == "f" and kind.itemsize in (4, 8):
        return float(np.finfo(kind).min), float(np.finfo(kind).max)
    raise InputError(
        f"The data type is {kind.name}, but whole numbers of up to 32 bits, float32 and float64 can be written; "
        "choose one of them as DATA_TYPE."
    )


def _to_integer(values: np.ndarray, usable: np.ndarray, kind: np.dtype) -> np.ndarray:
    # float32 cannot hold the ends of 32-bit types: a clip in float32 would overflow in the cast.
    wide = np.where(usable, values, 0).astype(np.float64 if kind.itemsize > 2 else np.float32)
    np.rint(wide, out=wide)
    np.clip(wide, *_limits(kind), out=wide)
    return wide.astype(kind)


def _to_float(values: np.ndarray, usable: np.ndarray, kind: np.dtype) -> np.ndarray:
    with np.errstate(over="ignore"):
        stored = np.where(usable, values, 0).astype(kind)
    return np.clip(stored, *np.array(_limits(kind), kind), out=stored)


def _beside(values: np.ndarray, fill: Any, kind: np.dtype) -> np.ndarray:
    """Return for each valid value the neighbour of `fill` that is written instead of it."""
    low, high = (kind.type(limit) for limit in _limits(kind))
    up = values > fill if low < fill < high else np.full(values.shape, fill == low)
    if kind.kind == "f":
        return np.where(up, np.nextafter(fill, high), np.nextafter(fill, low))
    return np.where(up, int(fill) + 1, int(fill) - 1).astype(kind)


def _per_band(numbers: np.ndarray, axes: int) -> np.ndarray:
    return np.asarray(numbers, np.float32).reshape((-1,) + (1,) * (axes - 1))
