"""PAN made as sharp as the sensor of MS would see at PAN's pixel size.

A fused image is what the sensor of MS would record with pixels as small as PAN's, where PAN lies.

Most sensors blur PAN more, in its own pixels, than MS in its. Both blurs are Gaussians with a gain at Nyquist, as in
`grid.degradation`, and so is what PAN has more than it should: its variance is the *excess*, in squares of PAN's pixel.
It is undone by a Wiener filter along both axes, or done where it is negative. The filter sums to 1, does not depend on
the values, and in a run it is even: PAN stays where it is. Trainings may move what they draw by the same filter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..basics.findings import Finding
from ..engine.chain import Block, Operator
from ..engine.plan import Plan
from ..grid.degradation import mtf_sigma
from ..sensors.catalogue import GENERIC, SensorChoice, band_gains, pan_gain_of, sensor_by_id, usual_sensor

KERNEL_PX = 4
"""Pixels on each side of its centre that the filter reads."""
NOISE = 0.05
"""Power of noise over that of detail which the filter is made for: nothing is amplified more than 2.4 times."""
_FREQUENCIES = 64

Taps = tuple[np.ndarray, np.ndarray]
"""The filter of the rows and that of the columns."""


def excess_of(pan_gain: float, ms_gains: Sequence[float]) -> float:
    """Variance in squares of a pixel that a PAN of this MTF gain at Nyquist is blurred more than bands of those gains.

    Raises
    ------
    InputError
        A gain is not between 0 and 1.
    """
    return mtf_sigma(pan_gain, 1) ** 2 - float(np.mean([mtf_sigma(gain, 1) ** 2 for gain in ms_gains]))


def excess_for(sensor: str, gains: tuple[float, ...], pan_gain: float, bands: int, ratio: float) -> float:
    """The excess of a sensor and of gains by hand, which are told as in `SensorChoice`.

    Gains of MS by hand alone tell nothing of PAN: as where no sensor is told, or its gain is doubtful, what is usual
    for the ratio of pixel sizes stands in.

    Raises
    ------
    InputError
        As `sensors.band_gains` and `sensors.pan_gain_of`.
    """
    own, pan = band_gains(sensor, gains, bands), pan_gain_of(sensor, pan_gain, bands)
    if _unknown(sensor, pan_gain, bands):
        usual = usual_sensor(ratio)
        return excess_of(usual.pan_gain, usual.ms_gains)
    return excess_of(pan, own)


def _unknown(sensor: str, pan_gain: float, bands: int) -> bool:
    """Whether nothing is known of PAN's gain, so that what is usual holds."""
    return not pan_gain and (sensor == GENERIC or sensor_by_id(sensor, bands).doubtful_pan)


class SharpnessMatch(Operator):
    """Makes the inputs that the network wants matched as sharp as the input that the result is like would be.

    Parameters
    ----------
    plan : Plan
    sensor : SensorChoice

    Raises
    ------
    InputError
        The gains cannot be used.
    """

    def __init__(self, plan: Plan, sensor: SensorChoice) -> None:
        self._names = [spec.name for spec in plan.raster_specs if spec.matched]
        if self._names:
            bands = len(plan.headers[like_role(plan)].bands)
            excess = excess_for(sensor.sensor, sensor.gains, sensor.pan_gain, bands, plan.ratio)
            taps = matching_taps(excess)
            self._taps = taps, taps
            self.sees = self.widens = KERNEL_PX

    def look(self, block: Block) -> None:
        """See `Operator`."""
        for name in self._names:
            block.arrays[name] = filtered(block.arrays[name], self._taps)


def like_role(plan: Plan) -> str:
    """The role that the result is like."""
    return plan.card.outputs[0].like or plan.task.like


def sharpness_findings(plan: Plan, sensor: SensorChoice) -> tuple[Finding, ...]:
    """What to say about the sharpness before a run; raises as `SharpnessMatch`."""
    wanted = [spec for spec in plan.raster_specs if spec.matched]
    if not wanted:
        return ()
    task, like = plan.task, like_role(plan)
    bands = len(plan.headers[like].bands)
    excess = excess_for(sensor.sensor, sensor.gains, sensor.pan_gain, bands, plan.ratio)
    name, other = task.parameter(wanted[0].role), task.parameter(like)
    if _unknown(sensor.sensor, sensor.pan_gain, bands):
        usual = usual_sensor(plan.ratio)
        pan, ms = usual.pan_gain, float(np.mean(usual.ms_gains))
        why = "the sensor is not said" if sensor.sensor == GENERIC else "what is published of its blur is doubtful"
        how = f"{why}, so what is usual holds, MTF gains at Nyquist of {pan:.2f} and {ms:.2f}"
    else:
        pan = pan_gain_of(sensor.sensor, sensor.pan_gain, bands)
        ms = float(np.mean(band_gains(sensor.sensor, sensor.gains, bands)))
        by = "" if sensor.sensor == GENERIC else f" ({sensor_by_id(sensor.sensor, bands).name})"
        how = f"their MTF gains at Nyquist are {pan:.2f} and {ms:.2f}{by}"
    done = "sharpened" if excess > 0 else "blurred"
    words = f"{name} is {done} to what the sensor of {other} would see with pixels of its size: {how}"
    return (Finding("sharpness", "info", name, words),)


def matching_taps(excess: float, shift: float = 0.0) -> np.ndarray:
    """The filter along one axis, (2 n + 1,) float32, of sum 1; n is `KERNEL_PX`, and more by the shift.

    `shift` : pixels; what is filtered shows at a place what was so far down or right. 0 in every run.
    """
    reach = KERNEL_PX + math.ceil(abs(shift))
    at = np.arange(-reach, reach + 1) - shift
    frequencies = np.pi * (np.arange(_FREQUENCIES) + 0.5) / _FREQUENCIES
    seen = np.exp(-0.5 * excess * frequencies**2)
    wanted = (1 + NOISE) * seen / (seen**2 + NOISE)
    taps = np.cos(at[:, None] * frequencies) @ wanted / _FREQUENCIES
    taps *= np.where(np.abs(at) < KERNEL_PX + 1, 0.5 + 0.5 * np.cos(np.pi * at / (KERNEL_PX + 1)), 0)
    return (taps / taps.sum()).astype(np.float32)


def filtered(pan: np.ndarray, taps: Taps) -> np.ndarray:
    """(..., rows, cols) float32 through the filters of both axes; beyond the ends stands the mirror image."""
    return _along(_along(pan, taps[0], -2), taps[1], -1)


def matched(pan: np.ndarray, excess: float, shift: tuple[float, float] = (0.0, 0.0)) -> np.ndarray:
    """(..., rows, cols) float32 without its excess, and showing at a place what was `shift` (rows, cols) from there.

    Only trainings and measurements, which draw shifts, tell one.
    """
    return filtered(pan, (matching_taps(excess, shift[0]), matching_taps(excess, shift[1])))


def _along(values: np.ndarray, taps: np.ndarray, axis: int) -> np.ndarray:
    pads, reach = [(0, 0)] * values.ndim, len(taps) // 2
    pads[axis] = (reach, reach)
    padded, size = np.pad(values, pads, mode="symmetric"), values.shape[axis]
    total = np.zeros_like(values)
    for first in np.flatnonzero(taps):
        total += taps[first] * padded[(slice(None),) * (values.ndim + axis) + (slice(first, first + size),)]
    return total
