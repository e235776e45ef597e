"""Wald's protocol: degrade a pan + MS pair by its ratio, so that the original MS becomes the reference.

Arrays `(bands, rows, cols)`. Blur: a Gaussian per band with the sensor's MTF gain at Nyquist, for the MS and,
with the pan's own gain, for the pan. Phase: the reduced pixel covers exactly `ratio x ratio` original ones
(see `core.grid.degradation`). Sizes that are no multiple of the ratio are cropped at the end of the axis.
Wald, Ranchin & Mangolini 1997, Photogrammetric Engineering & Remote Sensing 63(6), 691-699.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.degradation import degrade

BORDER_PX = 16
"""Pixels left out on each side when a fused image is compared, where the size allows it."""


@dataclass(frozen=True)
class Reduced:
    """A reduced pair with its reference: `ms` is coarse, `pan` and `reference` are `ratio` times finer."""

    ms: np.ndarray
    pan: np.ndarray
    reference: np.ndarray


def crop_to_multiple(values: np.ndarray, multiple: int) -> np.ndarray:
    """Drop the last rows and columns beyond a multiple of `multiple`."""
    rows, cols = (size // multiple * multiple for size in values.shape[1:])
    return values[:, :rows, :cols]


def nest(ms: np.ndarray, pan: np.ndarray, ratio: int) -> tuple[np.ndarray, np.ndarray]:
    """Crop both to their common part, whole MS pixels, same upper-left corner."""
    rows = min(ms.shape[1], pan.shape[1] // ratio)
    cols = min(ms.shape[2], pan.shape[2] // ratio)
    return ms[:, :rows, :cols], pan[:, : rows * ratio, : cols * ratio]


def reduce_pair(
    ms: np.ndarray,
    pan: np.ndarray,
    ratio: int,
    ms_gains: Sequence[float],
    pan_gain: float,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Reduced:
    """One Wald step.

    Parameters
    ----------
    ms
        `(bands, rows, cols)`; after cropping it is the reference.
    pan
        `(1, rows * ratio, cols * ratio)`, nested on `ms`.
    shift
        `(rows, cols)` in pan pixels: MS lies so much further down and right on the pan than nested; the pan is
        decimated there.

    Raises
    ------
    InputError
        When the two are not nested.
    """
    if pan.shape[1:] != (ms.shape[1] * ratio, ms.shape[2] * ratio):
        raise InputError(
            f"The pan has {pan.shape[1]} x {pan.shape[2]} pixels, the MS {ms.shape[1]} x {ms.shape[2]}; "
            f"at ratio {ratio} they do not nest, so crop them with nest() first."
        )
    reference = crop_to_multiple(ms, ratio)
    pan = crop_to_multiple(pan, ratio * ratio)
    return Reduced(degrade(reference, ratio, ms_gains), degrade(pan, ratio, [pan_gain], [shift]), reference)


def inner(values: np.ndarray, border: int = BORDER_PX) -> np.ndarray:
    """Without `border` pixels on each side; an image of less than four borders is left whole."""
    if min(values.shape[1:]) < 4 * border:
        return values
    return values[:, border:-border, border:-border]
