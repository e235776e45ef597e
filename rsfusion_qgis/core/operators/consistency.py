"""The fused image made consistent with the coarse image: back-projection as an operator.

The MTF gains are those that the user gives by hand, or those of a classical method. Where a network fuses they are
else measured on the scene itself, see `gain_survey`, and a sensor's are held against that: many products were sharpened
before they were delivered, and a blur that they do not have would ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..engine.chain import Block, Operator
from ..engine.contract import FINE
from ..engine.plan import Plan
from ..grid.fit import Fit
from ..rasters.aligned_input import AlignedInput, Scale
from ..sensors.catalogue import GENERIC, SensorChoice, band_gains
from .back_projection import FULL, LEAST_GAIN, BackProjector, CoarseSampling, Effort
from .gain_survey import GainSurvey, settled

PARAMETER, GAINS = "CONSISTENCY", "gains"
AUTO, ON, OFF = CHOICES = ("auto", "on", "off")


@dataclass(frozen=True)
class Wish:
    """What is to be done.

    Attributes
    ----------
    wanted : bool
    gains : tuple of float
        MTF gain of each band; () = unknown.
    doubted : bool
        Whether the scene is to confirm the gains.
    said : tuple of Finding
        What to say about it before the run.
    """

    wanted: bool
    gains: tuple[float, ...] = ()
    doubted: bool = False
    said: tuple[Finding, ...] = ()


def wish_of(plan: Plan, choice: str, sensor: SensorChoice) -> Wish:
    """What the user wishes and the rasters allow.

    Parameters
    ----------
    choice : one of CHOICES.
    sensor : SensorChoice

    Raises
    ------
    InputError
        The parameter or the gains cannot be used, or it is to be done but the coarse image must be warped.
    """
    if choice not in CHOICES:
        raise InputError(f"{PARAMETER} is '{choice}'; expected one of {', '.join(CHOICES)}.")
    if choice == OFF:
        return Wish(False)
    role, method = plan.task.like, bool(plan.job.method)
    name = plan.task.parameter(role)
    gains = band_gains(sensor.sensor, sensor.gains, len(plan.headers[role].bands))
    if Fit(plan.domain, plan.geometry[role].grid).warped:
        reason = f"{name} lies in another CRS or turned against the result, so its pixels cannot be compared"
        if choice == ON:
            raise InputError(f"{PARAMETER} is on, but {reason}; warp it before, or set {PARAMETER} to {AUTO}.")
        return Wish(False, said=(remark(name, f"The result is not made consistent with {name}: {reason}"),))
    if not method and sensor.sensor == GENERIC and not sensor.gains:
        return Wish(True)
    gains = tuple(max(gain, LEAST_GAIN) for gain in gains)
    if not method and not sensor.gains:
        return Wish(True, gains, doubted=True)
    return Wish(True, gains, said=(made_consistent(name, gains),))


def made_consistent(name: str, gains: Sequence[float], how: str = "") -> Finding:
    """What is said where it is done."""
    same = len({round(gain, 2) for gain in gains}) == 1
    numbers = f"{gains[0]:.2f}" if same else ", ".join(f"{gain:.2f}" for gain in gains)
    return remark(name, f"The result is made consistent with {name}, its MTF gain at Nyquist being {numbers}{how}")


def remark(name: str, words: str, cure: str = "") -> Finding:
    """A remark on the raster of that parameter."""
    return Finding("consistency", "info", name, words, cure=cure)


class Consistency(Operator):
    """Back-projection of the output that is like a coarse input, with gains that are told or measured on the scene.

    Parameters
    ----------
    plan : Plan
    coarse : AlignedInput
        What the output is like, on the pixels of the domain.
    scale : Scale
        Of that input.
    wish : Wish
    effort : Effort
    """

    def __init__(self, plan: Plan, coarse: AlignedInput, scale: Scale, wish: Wish, effort: Effort = FULL) -> None:
        self._plan, self._wish, self._output, self._effort = plan, wish, plan.card.outputs[0].name, effort
        self._by: Optional[BackProjector] = None
        self._pupil: Optional[GainSurvey] = None
        if wish.wanted:
            self._sampling = CoarseSampling(coarse, scale, plan.ratio)
            self._noise = coarse.noise() / scale.scale
            if wish.gains and not wish.doubted:
                self._use(wish.gains)

    def _use(self, gains: Sequence[float]) -> None:
        self._by = BackProjector(self._sampling, gains, self._noise, self._effort)
        self.numbers = {GAINS: tuple(gains)}
        self.widens = self._by.reach

    def survey(self, run: Any, place: int) -> Optional[GainSurvey]:
        """Measure the gains where they are unknown or doubted."""
        if not self._wish.wanted or self._by is not None:
            return None
        task = self._plan.task
        fine = next((one.name for one in self._plan.raster_specs if task.role(one.role).tag == FINE), None)
        if fine is None:
            return None

        def read(tile: Any) -> tuple[Optional[np.ndarray], Any]:
            block = run.read(tile)
            return None if block.arrays is None else block.arrays[fine][0], block.notes.get(self)

        self._pupil = GainSurvey(self._sampling, self._plan.domain, run.halo(place), run.align, read)
        return self._pupil

    def learned(self, run: Any) -> Sequence[Finding]:
        """Take the measured gains, or go without."""
        if self._pupil is None:
            return ()
        told, measured, self._pupil = self._wish.gains, self._pupil.gains, None
        name, gains, how = self._plan.task.parameter(self._plan.task.like), settled(told, measured), ""
        if gains != told:
            how = " as measured" + (f" (SENSOR says {np.mean(told):.2f})" if told else "")
        if gains:
            self._use(gains)
            return (made_consistent(name, gains, how),)
        words = f"The result is not made consistent with {name}: how blurred that is could not be measured"
        return (remark(name, words, "say SENSOR or GAINS where they are known"),)

    def look(self, block: Block) -> None:
        """Read what the coarse image holds under the block."""
        by = self._by or self._pupil
        if by is not None:
            block.notes[self] = by.recorded(block.tile.read, block.everywhere)

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        if self._by is not None:
            fused = block.arrays[self._output][0]
            block.arrays[self._output] = self._by.improve(fused, block.tile.read, block.notes[self])[None]
