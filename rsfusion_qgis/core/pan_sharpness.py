"""PAN made as sharp as the sensor of MS would see at PAN's pixel size, where the MTF gains of both are known.

A fused image is what the sensor of MS would record with pixels as small as PAN's, and most sensors blur PAN more, in
its own pixels, than MS in its. Both blurs are Gaussians with a gain at Nyquist, as in `metrics.degradation`, and so is
what PAN has more than it should: its variance is the *excess*, in squares of PAN's pixel. It is undone by a Wiener
filter along both axes, or done where it is negative. The filter sums to 1 and does not depend on the values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from .coregistration import Finding
from .metrics.degradation import mtf_sigma
from .preparation import Preparation
from .sensors import GENERIC, UNKNOWN, band_gains, pan_gain_of, sensor_by_id

REACH_PX = 4
"""Pixels on each side that the filter reads."""
NOISE = 0.05
"""Power of noise over that of detail which the filter is made for: nothing is amplified more than 2.4 times."""
_FREQUENCIES = 64


def excess_of(pan_gain: float, ms_gains: Sequence[float]) -> float:
    """Variance in squares of a pixel that a PAN of this MTF gain at Nyquist is blurred more than bands of those gains.

    Raises
    ------
    InputError
        A gain is not between 0 and 1.
    """
    return mtf_sigma(pan_gain, 1) ** 2 - float(np.mean([mtf_sigma(gain, 1) ** 2 for gain in ms_gains]))


def excess_for(sensor: str, gains: tuple[float, ...], pan_gain: float, bands: int) -> float:
    """The excess of a sensor and of gains by hand, which are told as in `fusion_job.ImageWishes`.

    Gains of MS by hand alone tell nothing of PAN: as where no sensor is told, the typical excess stands in.

    Raises
    ------
    InputError
        As `sensors.band_gains` and `sensors.pan_gain_of`.
    """
    own, pan = band_gains(sensor, gains, bands), pan_gain_of(sensor, pan_gain, bands)
    if sensor == GENERIC and not pan_gain:
        return excess_of(UNKNOWN.pan_gain, UNKNOWN.ms_gains)
    return excess_of(pan, own)


def filters_of(preparation: Preparation) -> tuple[dict[str, np.ndarray], Optional[Finding]]:
    """By the names of the network's inputs that want it, the filter of each; and what to say about it before the run.

    Raises
    ------
    InputError
        The gains cannot be used.
    """
    wanted = [spec for spec in preparation.raster_specs if spec.sharpness == "like"]
    if not wanted:
        return {}, None
    image, task = preparation.job.image, preparation.task
    like = preparation.card.outputs[0].like or task.like_role
    bands = len(preparation.headers[like].bands)
    excess = excess_for(image.sensor, image.gains, image.pan_gain, bands)
    taps = equalising_taps(excess)
    name, other = task.parameter(wanted[0].role), task.parameter(like)
    if image.sensor == GENERIC and not image.pan_gain:
        pan, ms = UNKNOWN.pan_gain, UNKNOWN.ms_gains[0]
        how = f"the sensor is not said, so what is usual holds, MTF gains at Nyquist of {pan:.2f} and {ms:.2f}"
    else:
        pan = pan_gain_of(image.sensor, image.pan_gain, bands)
        ms = float(np.mean(band_gains(image.sensor, image.gains, bands)))
        by = "" if image.sensor == GENERIC else f" ({sensor_by_id(image.sensor, bands).name})"
        how = f"their MTF gains at Nyquist are {pan:.2f} and {ms:.2f}{by}"
    done = "sharpened" if excess > 0 else "blurred"
    words = f"{name} is {done} to what the sensor of {other} would see with pixels of its size: {how}"
    return {spec.name: taps for spec in wanted}, Finding("sharpness", "info", name, words)


def equalising_taps(excess: float) -> np.ndarray:
    """The filter along one axis, (2 REACH_PX + 1,) float32, symmetric, of sum 1."""
    at = np.arange(-REACH_PX, REACH_PX + 1)
    frequencies = np.pi * (np.arange(_FREQUENCIES) + 0.5) / _FREQUENCIES
    seen = np.exp(-0.5 * excess * frequencies**2)
    wanted = (1 + NOISE) * seen / (seen**2 + NOISE)
    taps = np.cos(at[:, None] * frequencies) @ wanted / _FREQUENCIES
    taps *= 0.5 + 0.5 * np.cos(np.pi * at / (REACH_PX + 1))
    return (taps / taps.sum()).astype(np.float32)


def equalised(pan: np.ndarray, taps: np.ndarray) -> np.ndarray:
    """(..., rows, cols) float32 through the filter along both axes; beyond the ends stands the mirror image."""
    for axis in (-2, -1):
        pan = _along(pan, taps, axis)
    return pan


def _along(values: np.ndarray, taps: np.ndarray, axis: int) -> np.ndarray:
    pads = [(0, 0)] * values.ndim
    pads[axis] = (REACH_PX, REACH_PX)
    padded, size = np.pad(values, pads, mode="symmetric"), values.shape[axis]

    def part(first: int) -> np.ndarray:
        return padded[(slice(None),) * (values.ndim + axis) + (slice(first, first + size),)]

    total = taps[REACH_PX] * part(REACH_PX)
    for step in range(1, REACH_PX + 1):
        total += taps[REACH_PX + step] * (part(REACH_PX - step) + part(REACH_PX + step))
    return total
