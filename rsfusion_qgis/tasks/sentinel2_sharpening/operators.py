"""The chain of a sharpening: for each coarse raster one operator that learns, injects and projects back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Block, Chain, Layer, Operator
from ...core.engine.job import Job
from ...core.engine.plan import Plan
from ...core.grid.fit import Fit
from ...core.grid.grid import Window
from ...core.grid.sampling import whole_or_spread
from ...core.grid.tile_arrays import within
from ...core.networks.card import ModelCard
from ...core.networks.card_fields import InputSpec, OutputSpec
from ...core.operators import detail_regression as method
from ...core.operators.back_projection import BackProjector, CoarseSampling, Recorded, through
from ...core.operators.scales import scales_of
from .bands import COARSE, FINE, RoleBands, require_found, role_bands
from .encode import BandsEncoder, output_name
from .options import MEASURED
from .planes import WithValidity, split, with_validity

REGRESSION, CUBIC = METHODS = ("regression", "cubic")
RATIO_RANGE = (1.5, 8.0)
SIDE_PX, MOST_WINDOWS = 512, 8
"""Side of a window of the survey, and how many there are at most along each axis."""


def method_card(job: Job) -> ModelCard:
    """What is taken and given: rasters on the pixels of the fine one, unscaled; raises InputError for no coarse one."""
    if job.method not in METHODS:
        raise InputError(f"METHOD is '{job.method}'; expected one of {', '.join(METHODS)}.")
    coarse = [role for role in COARSE if job.inputs.get(role)]
    if not coarse:
        names = " or ".join(job.task.parameter(role) for role in COARSE)
        raise InputError(f"{names} is missing; name at least one raster of coarser bands.")
    inputs = tuple(InputSpec(role, role) for role in (FINE, *coarse))
    outputs = tuple(OutputSpec(output_name(role), like=role) for role in coarse)
    return ModelCard(job.method, job.task.card_task, inputs, outputs, halo=0, ratio_range=RATIO_RANGE)


def bands_of(plan: Plan) -> dict[str, RoleBands]:
    """The bands of each given raster that belong to its role; raises InputError where they cannot be told."""
    wanted = plan.job.options.bands
    found = {role: role_bands(header.bands, role, plan.task.parameter(role), wanted)
             for role, header in plan.headers.items()}  # fmt: skip
    require_found(wanted, [name for one in found.values() for name in one.names])
    return found


def check(plan: Plan) -> tuple[Finding, ...]:
    """What is said about the bands; raises InputError where they cannot be told, or a raster must be warped."""
    for role, geometry in plan.geometry.items():
        if Fit(plan.domain, geometry.grid).warped and role != FINE:
            name = plan.task.parameter(role)
            raise InputError(
                f"{name} lies in another CRS than {plan.task.parameter(FINE)} or turned against it, so its pixels "
                f"cannot be compared; warp {name} first."
            )
    return tuple(said for one in bands_of(plan).values() for said in one.said)


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    found, said = bands_of(plan), check(plan)
    for role, layer in layers.items():
        layer.source.select(found[role].places)
    doubting = plan.job.options.noise == MEASURED
    coarse = [role for role in COARSE if role in layers]
    kind = Sharpen if plan.job.method == REGRESSION else Interpolate
    operators = [kind(plan, role, layers, found[role], doubting) for role in coarse]
    whole = {role: WithValidity(layer) for role, layer in layers.items()}
    return Chain(operators, BandsEncoder(plan, found, operators), scales_of(plan, layers), whole, said)


class Interpolate(Operator):
    """The coarse bands on the fine pixels, for comparison."""

    model: Optional[method.Model] = None

    def __init__(self, plan: Plan, role: str, layers: Mapping[str, Layer], bands: RoleBands, doubting: bool) -> None:
        self.role, self.bands = role, bands

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        values, valid = split(block.arrays[self.role][0])
        block.arrays[output_name(self.role)] = with_validity(values, valid)[None]


class Sharpen(Operator):
    """The bands of one coarse raster with the detail of the fine bands, see `method`.

    Parameters
    ----------
    plan : Plan
    role : of the coarse raster.
    layers : by role, with the bands of `bands_of`.
    bands : RoleBands
        Of the coarse raster.
    doubting : whether noise is measured and left out.

    Attributes
    ----------
    model : Model or None
        After the survey.
    """

    COST = 1.0

    def __init__(self, plan: Plan, role: str, layers: Mapping[str, Layer], bands: RoleBands, doubting: bool) -> None:
        self.role, self.bands, self._doubting = role, bands, doubting
        self._fine, self._coarse, self._name = layers[FINE], layers[role], plan.task.parameter(role)
        scale = scales_of(plan, {role: self._coarse})[role]
        self._sampling = CoarseSampling(self._coarse, scale, plan.geometry[role].ratio)
        self._back = BackProjector(self._sampling, bands.gains)
        self.sees = method.halo_px(bands.gains, self._sampling.ratio) + self._back.reach
        self.windows = whole_or_spread(plan.domain.window, SIDE_PX, MOST_WINDOWS)
        self._sums: Optional[method.Sums] = None
        self.model: Optional[method.Model] = None

    def survey(self, run: Any, place: int) -> Sharpen:
        """See `Operator`."""
        return self

    def read_sample(self, window: Window) -> tuple[np.ndarray, Optional[Recorded]]:
        """The fine bands of a window, and what is recorded there."""
        fine, there = self._fine.read(window)
        recorded = self._recorded(window, there.all(axis=0))
        for layer in (self._fine, self._coarse):  # windows lie far apart, so that no block is wanted twice
            layer.source.release_blocks()
        return (fine if recorded is None else within(fine, window, recorded.inside)), recorded

    def _recorded(self, window: Window, valid: np.ndarray) -> Optional[Recorded]:
        every = np.broadcast_to(valid, (self._sampling.bands, *valid.shape))
        return self._back.recorded(window, every)

    def add_sample(self, sample: tuple[np.ndarray, Optional[Recorded]]) -> None:
        """Take it in."""
        fine, recorded = sample
        if recorded is not None:
            sums = method.gather(fine, recorded.values, recorded.counts, self.bands.gains, self._sees(recorded))
            self._sums = sums if self._sums is None else self._sums + sums

    def solve(self) -> None:
        """End the survey.

        Raises
        ------
        InputError
            Not one coarse pixel is valid together with the fine ones under it.
        """
        if self._sums is None or not self._sums.counts[:, 0].any():
            raise InputError(f"{self._name} has no valid pixel where the fine bands have; choose rasters of one area.")
        model = method.solve(self._sums, self.bands.gains)
        self.model = model if self._doubting else replace(model, noise_left=np.zeros_like(model.noise_left))

    def learned(self, run: Any) -> Sequence[Finding]:
        """How much noise was found in which band."""
        if not self._doubting:
            return ()
        told = ", ".join(f"{name} {noise:.3g}" for name, noise in zip(self.bands.names, self.model.noise))
        words = f"Noise found in {self._name} and left out, standard deviation in stored units: {told}"
        return (Finding("noise", "info", self._name, words),)

    def look(self, block: Block) -> None:
        """See `Operator`."""
        there = [split(block.arrays[role][0])[1] for role in (FINE, self.role)]
        if self.model is not None and all(valid.any() for valid in there):
            block.notes[self] = self._recorded(block.tile.read, there[0].all(axis=0))

    def apply(self, block: Block) -> None:
        """See `Operator`; a band is valid where its coarse pixel and all fine bands are."""
        (fused, valid), (fine, there) = (split(block.arrays[role][0]) for role in (self.role, FINE))
        recorded = block.notes.get(self)
        if recorded is not None:
            fused = fused.copy()
            read, inside = block.tile.read, recorded.inside
            part = method.inject(
                within(fine, read, inside), within(fused, read, inside), recorded.values, recorded.counts,
                self.model, self.bands.gains, self._sees(recorded), self._spreads(recorded),
            )  # fmt: skip
            within(fused, read, inside)[:] = part.values
            wanted = replace(recorded, values=part.recorded)
            fused = self._back.improve(fused, read, wanted, part.strength)
        block.arrays[output_name(self.role)] = with_validity(fused, valid & there.all(axis=0))[None]

    def _sees(self, recorded: Recorded) -> method.Sees:
        return lambda planes, gain: self._sampling.seen(planes, recorded, (gain,) * len(planes))

    def _spreads(self, recorded: Recorded) -> method.Spreads:
        back = self._sampling.back(recorded)
        return lambda planes: through(planes, *back)
