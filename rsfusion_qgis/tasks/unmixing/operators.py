"""The chain of an unmixing: what knows the endmembers, what the guide tells, and the shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Block, Chain, Layer, Operator
from ...core.engine.job import Job
from ...core.engine.method_card import MethodCard
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.grid.sampling import whole_or_spread
from ...core.networks.card_fields import InputSpec, OutputSpec
from ...core.rasters.aligned_input import Scale
from . import steering
from .encode import ABUNDANCES, ERROR, SHADE, ShareEncoder
from .layers import GUIDE, HS, MOST_STEPS, FineLayer, Pixels, is_fill, scale_of, steps_of
from .methods import METHODS, Unmixer
from .samples import FromSamples
from .sources import SIDE_PX, Endmembers, FromLibrary, FromScene, SceneMoments

RATIOS = (1 / 64, 1.02)
"""Pixel size of the guide over that of HS."""
_MOST_SEEN = 16384


def method_card(job: Job) -> MethodCard:
    """What is taken and given; raises InputError for a method that there is not."""
    if job.method not in METHODS:
        raise InputError(f"METHOD is '{job.method}'; expected one of {', '.join(METHODS)}.")
    inputs = (InputSpec(HS, HS), InputSpec(GUIDE, GUIDE, required=False))
    outputs = tuple(OutputSpec(name, like=HS) for name in (ABUNDANCES, ERROR, SHADE))
    return MethodCard(job.method, inputs, outputs, ratio_range=RATIOS)


def check(plan: Plan) -> tuple[Finding, ...]:
    """Raise InputError for what headers and options tell."""
    job, name = plan.job, plan.task.parameter(HS)
    bands = len(plan.headers[HS].bands)
    if bands < 2:
        raise InputError(f"{name} has {bands} band; expected a raster of several bands, so choose another one.")
    library = getattr(job.options, "library", "")
    if library and job.samples is not None:
        raise InputError(
            f"LIBRARY and {job.samples.parameter} are both given; expected one of them, so leave one empty."
        )
    if job.options.count == 1 or job.options.count > bands:
        raise InputError(f"COUNT is {job.options.count}; expected 0 (estimated) or 2 to {bands}, the bands of {name}.")
    return ()


def endmembers_of(plan: Plan, layers: Mapping[str, Layer], scale: Scale) -> tuple[list[Operator], Endmembers]:
    """The operators that find the endmembers, in order, and the one that knows them in the end."""
    job, pixels, whole = plan.job, Pixels(dict(layers), scale), plan.domain.window
    source = layers[HS].source
    library = getattr(job.options, "library", "")
    if library:
        found: Endmembers = FromLibrary(library, pixels, source, whole, 1.0 if job.options.scale else 0.0)
        return [found], found
    if job.samples is not None:
        guide = (layers[GUIDE].steps, layers[GUIDE].bands) if GUIDE in layers else (1, 0)
        found = FromSamples(job.samples, pixels, plan.domain, source, guide, job.options.purity)
        return [found], found
    first = SceneMoments(pixels, whole, job.options.count)
    found = FromScene(pixels, whole, first, source)
    return [first, found], found


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    check(plan)
    own = dict(layers)
    scales = {HS: scale_of(layers[HS].source, plan.job.options.scale)}
    if GUIDE in layers:
        layers[GUIDE].close()
        own[GUIDE] = FineLayer(plan)
        scales[GUIDE] = Scale(np.zeros(1, np.float32), np.ones(1, np.float32))
    finders, endmembers = endmembers_of(plan, own, scales[HS])
    guided = GUIDE in own and plan.job.options.guide_weight > 0
    guide = [Guide(plan, endmembers, Pixels(own, scales[HS]), own[GUIDE])] if guided else []
    unmix = Unmix(plan, endmembers, guide[0] if guide else None, scales[HS])
    encoder = ShareEncoder(plan, unmix, own[GUIDE].bands * own[GUIDE].steps ** 2 if GUIDE in own else 0)
    left_out = _too_fine(plan) if GUIDE in own else ()
    return Chain([*finders, *guide, unmix], encoder, scales, own, findings=left_out)


def _too_fine(plan: Plan) -> tuple[Finding, ...]:
    steps, ratio = steps_of(plan), 1 / plan.geometry[GUIDE].ratio
    if ratio <= 1.5 * MOST_STEPS:
        return ()
    words = f"GUIDE has {ratio:.0f} pixels along one of HS, of which {steps} are looked at"
    return (Finding("guide", "info", "GUIDE", words),)


class Guide(Operator):
    """What the guide tells of the shares in each pixel.

    Attributes
    ----------
    chances : Chances or None
        After the survey.
    """

    COST = 1.0

    def __init__(self, plan: Plan, endmembers: Endmembers, pixels: Pixels, layer: FineLayer) -> None:
        self._endmembers, self._pixels, self._bands = endmembers, pixels, layer.bands
        self.windows: Sequence[Window] = whole_or_spread(plan.domain.window, SIDE_PX, 4)
        self._step = max(1, -(-sum(w.width * w.height for w in self.windows) // _MOST_SEEN))
        self._seen: list[tuple[np.ndarray, np.ndarray]] = []
        self.chances: Optional[steering.Chances] = None

    def survey(self, run: Any, place: int) -> Optional[Guide]:
        """See `Operator`."""
        labelled = self._endmembers.labelled
        if labelled is not None and (labelled[1].sum(axis=1) > 1).all():
            self.chances = steering.from_labels(*labelled)
            return None
        return self

    def read_sample(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Some pixels of a window, and the guide's under them."""
        values, valid = self._pixels.read(window)
        fine = self.fine(self._pixels.guide(window)[:, valid])
        return values[:, valid][:, :: self._step], fine[:, :, :: self._step]

    def add_sample(self, sample: tuple[np.ndarray, np.ndarray]) -> None:
        """Take them in."""
        self._seen.append(sample)

    def solve(self) -> None:
        """End the survey; raises InputError where the guide has no data under HS."""
        pixels, fine = (np.concatenate(parts, axis=-1) for parts in zip(*self._seen))
        self._seen = []
        if not (~np.isnan(fine)).all(axis=0).any():
            raise InputError("GUIDE has no data where HS has; choose rasters of one area.")
        self.chances = steering.from_shares(fine, Unmixer(self._endmembers, "fcls").shares(pixels))

    def fine(self, values: np.ndarray) -> np.ndarray:
        """(bands * steps^2, n) as (bands, steps^2, n)."""
        return values.reshape(self._bands, -1, values.shape[-1])

    def tells(self, values: np.ndarray, alone: Optional[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Shares by the guide, (classes, n), and where it has data, (n,) bool; see `Chances.shares`."""
        return self.chances.shares(self.fine(values).astype(float), alone)


class Unmix(Operator):
    """Shares of the classes in every pixel.

    Attributes
    ----------
    endmembers : Endmembers
    guide : Guide or None
    unmixer : Unmixer or None
        After the survey.
    """

    def __init__(self, plan: Plan, endmembers: Endmembers, guide: Optional[Guide], scale: Scale) -> None:
        self.endmembers, self.guide, self._job, self._scale = endmembers, guide, plan.job, scale
        self.unmixer: Optional[Unmixer] = None

    def survey(self, run: Any, place: int) -> None:
        """Called when the endmembers are known: make ready what unmixes."""
        options = self._job.options
        weight = options.guide_weight if self.guide else 0.0
        tells = self.guide.tells if self.guide else None
        self.unmixer = Unmixer(self.endmembers, self._job.method, options.penalty, weight, tells)

    def learned(self, run: Any) -> Sequence[Finding]:
        """What the method has to say."""
        return self.unmixer.said

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        there = block.everywhere.all(axis=0) & ~is_fill(block.arrays[HS][0], self._scale)
        fine = _listed(block.arrays[GUIDE][0], there) if self.guide else None
        wanted = bool(self._job.report) or any(self._job.further.values())
        found = self.unmixer(_listed(block.arrays[HS][0], there), fine, wanted)
        for name, values in zip((ABUNDANCES, ERROR, SHADE), found if wanted else found[:1]):
            made = np.full((1, *np.atleast_2d(values).shape[:1], *there.shape), np.nan, np.float32)
            made[0][:, there] = values
            block.arrays[name] = made


def _listed(values: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Pixels of (bands, rows, cols) as (bands, n)."""
    return values.reshape(len(values), -1) if there.all() else values[:, there]
