"""The chain of a sharpening of a hyperspectral image: what is learned of the scene, and the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Block, Chain, Layer, Operator
from ...core.engine.contract import NETWORK
from ...core.engine.job import Job
from ...core.engine.plan import Plan
from ...core.grid.fit import Fit
from ...core.networks.card import ModelCard
from ...core.networks.card_fields import InputSpec, OutputSpec
from ...core.operators.scales import scales_of
from ...core.rasters.spectral import ranges
from .bands import told_bad
from .cnmf import Cnmf
from .coarse import FUSED, GUIDE, HS, Coarse, Presence, all_bands
from .components import COMPONENTS, Components
from .encode import HyperspectralEncoder
from .hysure import HySure
from .linear import Glp, Gsa
from .options import check_options
from .scene import Scene
from .scene_network import by_network

KINDS = {kind.id: kind for kind in (Components, Gsa, Glp, Cnmf, HySure)}
METHODS = tuple(KINDS)
METHODS_OFFERED = (*METHODS, NETWORK)
RATIO_RANGE = (1.5, 16.0)
MOST_GUIDE_BANDS = 24


def method_card(job: Job) -> ModelCard:
    """What is taken and given: both rasters on the pixels of the guide, unscaled; raises InputError for no method."""
    if job.method not in METHODS:
        raise InputError(f"METHOD is '{job.method}'; expected one of {', '.join(METHODS)}.")
    inputs = (InputSpec(HS, HS), InputSpec(GUIDE, GUIDE))
    return ModelCard(job.method, job.task.card_task, inputs, (OutputSpec(FUSED, like=HS),), halo=0,
                     ratio_range=RATIO_RANGE)  # fmt: skip


def findings(plan: Plan) -> Sequence[Finding]:
    """Those of the engine; bands that the metadata call bad are not left out here, as it would say, see `check`."""
    name = plan.task.parameter(HS)

    def wrong(one: Finding) -> bool:
        return one.check == "bands" and one.role == name and "left out" in one.found

    return tuple(one for one in plan.findings if not wrong(one))


def check(plan: Plan) -> tuple[Finding, ...]:
    """Which bands are called bad; raises InputError where an option or a raster cannot be used."""
    check_options(plan.job.options)
    hs, guide = plan.task.parameter(HS), plan.task.parameter(GUIDE)
    if Fit(plan.domain, plan.geometry[HS].grid).warped:
        raise InputError(
            f"{hs} lies in another CRS than {guide} or turned against it, so its pixels cannot be compared; warp "
            f"{hs} first."
        )
    count = len(plan.headers[GUIDE].bands)
    if count > MOST_GUIDE_BANDS:
        raise InputError(
            f"{guide} has {count} bands; expected 1 to {MOST_GUIDE_BANDS}, so name a panchromatic or multispectral "
            "raster."
        )
    if not plan.job.method:
        return ()
    bad = np.flatnonzero(told_bad(all_bands(plan), plan.job.options.bad_bands))
    if not len(bad):
        return ()
    words = f"{hs}: bands {ranges(bad)} are called bad, so nothing is learned from them and they are interpolated"
    return (Finding("bad_bands", "info", hs, words),)


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    said, options = check(plan), plan.job.options
    if not plan.job.method:
        return by_network(plan, layers, said)
    layers[HS].close()  # it has the good bands alone
    coarse = Coarse(plan, options.hs_gain, told_bad(all_bands(plan), options.bad_bands))
    presence = {**layers, HS: Presence(coarse.layer, coarse.used)}
    scene = Scene(plan, dict(layers), coarse)
    fusing = Fuse(scene, KINDS[plan.job.method](scene))
    planes = 3 * len(layers[GUIDE].source.bands) + 3 * COMPONENTS
    encoder = HyperspectralEncoder(plan, scene, planes, fusing.method)
    return Chain([scene, fusing], encoder, scales_of(plan, presence), {HS: presence[HS]}, (*said, *seen(plan, coarse)))


def seen(plan: Plan, coarse: Coarse) -> tuple[Finding, ...]:
    """What a look at the values tells of the bands."""
    name, said = plan.task.parameter(HS), []
    flat, empty = (ranges(np.flatnonzero(some)) for some in (coarse.flat, coarse.empty))
    if flat:
        words = f"{name}: bands {flat} have one value everywhere, so nothing is learned from them"
        said.append(Finding("flat_bands", "info", name, words))
    if empty:
        words = f"{name}: bands {empty} have no valid pixel, so the result has none there"
        said.append(Finding("empty_bands", "warning", name, words))
    return tuple(said)


class Fuse(Operator):
    """A method at work.

    Parameters
    ----------
    scene : Scene
        Surveyed before.
    method : one of `KINDS`
    """

    provider = "NumPy"

    def __init__(self, scene: Scene, method: Any) -> None:
        self._scene, self.method = scene, method
        self.sees = method.reach(scene)

    def survey(self, run: Any, place: int) -> Optional[Any]:
        """Let the method take its constants from the scene, and look again where it must."""
        self.method.learn(self._scene)
        return self.method.survey(run, place) if isinstance(self.method, Operator) else None

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        fused = self.method.fuse(self._scene, self._scene.tile(block))
        valid = block.notes[self._scene][2]
        if not valid.all():
            fused = np.where(valid, fused, np.float32(np.nan))
        block.arrays[FUSED] = fused[None]
