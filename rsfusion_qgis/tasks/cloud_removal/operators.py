"""The chain of a cloud removal: a survey of the scene, a trial under simulated clouds, and then tile by tile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Optional

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.chain import Block, Chain, Layer, Operator
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.rasters.aligned_input import Scale
from . import seams
from .card import AUTO, MASK, OPTICAL, RESTORED, SIGMA, CloudCard
from .choice import Ways, chosen, compared, ways_of, why_not
from .codes import UNCERTAIN, clear, covered
from .encode import CloudEncoder
from .estimates import ForestAndMean, Pixels
from .inputs import StoredMask, cloud_inputs
from .network import CloudNetwork, usable
from .scene import Scene, scene_of
from .scene_forest import REACH_PX
from .survey import Survey, nothing_to_do
from .trial import DISTANCES_PX, FAR_PX, Trial, distance_class
from .view import View, cut

AROUND_PX = max(REACH_PX, FAR_PX)
"""Pixels around an estimated one that forests, and its sigma, look at."""
UNSURE = 1.0
"""Sigma, in spreads of the bands, where no simulated cloud told one."""
FAR_CLASS = 2
"""Class of distance from which on what the four directions tell counts, too."""
WIDENED = 1.39
"""Factor of sigma without clear images of other dates: real clouds are larger than simulated ones. Measured by
`models.cloud_removal.methods_benchmark` on other days' clear images."""


@dataclass
class Work:
    """What the operators of a run share.

    Attributes
    ----------
    used : the way that is used, after the trial.
    """

    scene: Scene
    ways: Ways
    network: Optional[CloudNetwork]
    survey: Survey
    trial: Optional[Trial] = None
    used: Any = None
    notes: list[Finding] = field(default_factory=list)


class Learn(Operator):
    """The survey of the scene."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def survey(self, run: Any, place: int) -> Survey:
        """See `Operator`."""
        return self._work.survey

    def learned(self, run: Any) -> Sequence[Finding]:
        """See `Operator`."""
        work = self._work
        if nothing_to_do(work.survey.counts) and not work.scene.plan.job.options.everywhere:
            return ()
        forests = work.survey.learned.forests
        wished = work.ways.keys
        pixels = work.survey.clear_pixels
        if work.ways.finding is not None:
            return (work.ways.finding,)
        if wished and not forests:
            end = "so the network works alone" if work.ways.network else "so no forest is grown"
            return (Finding("scene", "info", "OPTICAL", f"{pixels} clear pixels are too few to learn from, {end}"),)
        told = f"{pixels} clear pixels of the scene taught what lies under the clouds"
        if work.ways.network == "averaged":
            told += "; that and the network's own estimate are averaged"
        return (Finding("scene", "info", "OPTICAL", told, pixels, None, "px"),)

    def terminate(self) -> None:
        """See `Operator`."""
        self._work.scene.inputs.terminate()

    def close(self) -> None:
        """See `Operator`."""
        self._work.scene.inputs.close()


class Fill(Operator):
    """What stands in the place of clouds, and how far to trust it."""

    stage = "Replacing the clouds"

    def __init__(self, work: Work, encoder: CloudEncoder) -> None:
        self._work, self._encoder = work, encoder
        halo = work.network.card.halo if work.network else 0
        self.sees = max(AROUND_PX, halo) + (0 if self._plain else seams.REACH_PX)

    @property
    def _plain(self) -> bool:
        """Whether nothing is done at the edges: a network on its own is taken as it is."""
        return not self._work.scene.plan.job.method

    @property
    def provider(self) -> str:  # type: ignore[override]
        """See `Operator`."""
        return self._work.network.session.provider if self._work.network else ""

    @property
    def fallback(self) -> str:  # type: ignore[override]
        """See `Operator`."""
        return self._work.network.session.fallback if self._work.network else ""

    def survey(self, run: Any, place: int) -> Optional[Trial]:
        """See `Operator`."""
        work = self._work
        for way in work.ways.all:
            if isinstance(way, ForestAndMean):
                way.learn(work.survey.learned)
        work.trial = Trial(work.scene, work.survey, work.ways.all)
        return work.trial

    def learned(self, run: Any) -> Sequence[Finding]:
        """See `Operator`."""
        work = self._work
        for way in work.ways.all:
            if hasattr(way, "weights"):
                way.weights.update(work.trial.weights(tuple(way.weights)))
        work.used = chosen(work.ways, work.trial, work.scene.plan.job)
        if work.used is None or nothing_to_do(work.survey.counts):
            return tuple(work.notes)
        return (*work.notes, *compared(work.trial, work.used, work.ways))

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        read, seen, work = block.tile.read, block.seen, self._work
        part = seen if self._plain else seen.grown(seams.REACH_PX)
        near = part.grown(AROUND_PX)
        arrays = {name: cut(values[0], read, near).copy() for name, values in block.arrays.items()}
        view = work.scene.view(near, arrays, cut(block.everywhere, read, near).all(axis=0))
        codes = arrays[MASK][0].astype(np.uint8)
        wanted = self._encoder.wanted(cut(codes, near, part))
        known = seams.trusted(codes, view.known)
        if not self._plain:
            wanted = wanted | cut(_near(known, codes), near, part)
        made, sigma = self._estimate(view, part, wanted, codes)
        standard = work.scene.standards[OPTICAL]
        if work.network is not None:
            made, sigma = self._with_network(block, part, wanted, made, sigma)
        if not self._plain:
            made = self._joined(view, part, cut(known, near, part) & wanted, made, sigma)
        block.arrays[RESTORED] = standard.back(cut(made, part, seen))[None]
        block.arrays[SIGMA] = (cut(sigma, part, seen) * standard.spread[:, None, None])[None]

    def _estimate(self, view: View, part: Window, wanted: np.ndarray, codes: np.ndarray) -> tuple[Any, Any]:
        """Estimate and sigma of the wanted pixels of a part: (bands, rows, cols) each, standardised."""
        work = self._work
        made, sigma = np.zeros((2, len(view.optical), *part.shape), np.float32)
        rows, cols = np.nonzero(wanted)
        if not len(rows):
            return made, sigma
        pixels = Pixels(part, rows, cols)
        values, there = work.used.estimate(work.survey.learned, view, pixels)
        for other in (way for way in reversed(work.ways.all) if way is not work.used):
            if there.all():
                break
            more, known = other.estimate(work.survey.learned, view, pixels)
            values, there = np.where((~there & known)[:, None], more, values), there | known
        made[:, rows, cols] = values.T
        classes = cut(distance_class(clear(codes) & view.valid), view.window, part)
        sigma[:, rows, cols] = self._sigma(classes[rows, cols]).T
        return made, sigma

    def _sigma(self, classes: np.ndarray) -> np.ndarray:
        """(pixels, bands) float32."""
        used = self._work.used
        errors, trust = self._work.trial.errors.get(used.name), getattr(used, "trust", None)
        if errors is None and trust is None:
            return np.full((len(classes), len(self._work.scene.standards[OPTICAL].mean)), UNSURE, np.float32)
        sigma = np.zeros((len(DISTANCES_PX) + 1, 1), np.float32) if errors is None else errors.sigma()
        if trust is not None:  # what is far from what taught
            far = np.arange(len(sigma))[:, None] >= FAR_CLASS
            sigma = np.where(far | (errors is None), np.maximum(sigma, trust.sigma), sigma)
        return (np.float32(1 if self._work.scene.clear_roles else WIDENED) * sigma)[classes]

    def _with_network(
        self, block: Block, part: Window, wanted: np.ndarray, made: np.ndarray, sigma: np.ndarray
    ) -> tuple[Any, Any]:
        """The network's estimate in its own bands: alone, or averaged with what the scene taught.

        Only around the wanted pixels; elsewhere `made` and `sigma` stay as they are.
        """
        work, network = self._work, self._work.network
        inner = around(wanted, part)
        if inner is None:
            return made, sigma
        places = np.array(network.places)
        standard = work.scene.standards[OPTICAL].picked(places)
        own, doubt = cut(made, part, inner), cut(sigma, part, inner)
        there = self._taught(block, inner)
        found = network.run(block, inner)
        restored = standard.of(found[RESTORED])
        stated = found[SIGMA] / standard.spread[:, None, None] if SIGMA in found else doubt[places]
        taught = work.ways.network == "averaged" and bool(work.survey.learned.forests or not self._plain)
        if taught:
            restored = np.where(there, (restored + own[places]) / 2, restored)
            if not self._plain:
                stated = (stated + doubt[places]) / 2
        own[places], doubt[places] = restored, stated
        return made, sigma

    def _taught(self, block: Block, inner: Window) -> np.ndarray:
        """Where the scene's estimate has a part in the average: where it saw SAR, or everywhere."""
        sar = block.arrays.get("sar")
        if not self._plain or sar is None:
            return np.ones(inner.shape, bool)
        return cut((sar[0] > -1e5).all(axis=0), block.tile.read, inner)

    def _joined(self, view: View, part: Window, known: np.ndarray, made: np.ndarray, sigma: np.ndarray) -> np.ndarray:
        """The estimate, joined to the clear pixels around without a seam."""
        if not known.any():
            return made
        missed = cut(view.optical, view.window, part) - made
        most = seams.MOST * np.maximum(sigma, np.float32(0.05))
        return made + seams.membrane(np.clip(missed, -most, most), known)

    def terminate(self) -> None:
        """See `Operator`."""
        if self._work.network is not None:
            self._work.network.session.terminate()

    def close(self) -> None:
        """See `Operator`."""
        if self._work.network is not None:
            self._work.network.close()


def around(wanted: np.ndarray, part: Window) -> Optional[Window]:
    """The smallest window of a part that holds all wanted pixels, (rows, cols) bool; None where there are none."""
    rows, cols = np.flatnonzero(wanted.any(axis=1)), np.flatnonzero(wanted.any(axis=0))
    if not len(rows):
        return None
    top, left = int(rows[0]), int(cols[0])
    return Window(part.col_off + left, part.row_off + top, int(cols[-1]) + 1 - left, int(rows[-1]) + 1 - top)


def _near(known: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Known pixels within reach of what is to be replaced."""
    bad = (covered(codes) | (codes == UNCERTAIN)).astype(np.float32)
    side = 2 * seams.REACH_PX + 1
    return known & (seams.ndimage.maximum_filter(bad, side, mode="constant") > 0)


def check(plan: Plan) -> tuple[Finding, ...]:
    """Refuse options with which nothing could be done; raises InputError."""
    why_not(plan.job)
    return ()


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    card: CloudCard = plan.card
    auto, said = plan.job.method == AUTO, []
    inputs = cloud_inputs(plan, dict(layers), not plan.job.method)
    own = {**{role: layer for role, layer in layers.items() if role != MASK}, **inputs.readers}
    scene = scene_of(plan, own, inputs)
    network, reason = (None, "")
    if not plan.job.method:
        network = CloudNetwork(plan, card.network, scene)
    elif auto and card.network is not None and not scene.clear_roles:
        if find_spec("onnxruntime") is None:
            reason = "the Python package onnxruntime is not installed"
        else:
            network, reason = usable(plan, card.network, scene)
    elif auto and card.network is not None:
        reason = "CLEARREFERENCE is given, from which more can be learned"
    if reason:
        said.append(Finding("methods", "info", "OPTICAL", f"No network takes part: {reason}"))
    if network is not None:
        said += [Finding("bands", "warning" if bad else "info", "OPTICAL", note) for note, bad in network.notes]
    ways = ways_of(plan.job, scene, network is not None)
    work = Work(scene, ways, network, Survey(scene, ways.keys))
    encoder = CloudEncoder(plan, work)
    own[MASK] = StoredMask(scene.store, inputs.mask.source, layers.get(MASK))
    one = {name: Scale(np.zeros(len(layer.source.bands), np.float32), np.ones(len(layer.source.bands), np.float32))
           for name, layer in own.items()}  # fmt: skip
    align = network.card.multiple_of if network else 1
    return Chain([Learn(work), Fill(work, encoder)], encoder, one, own, (*inputs.findings, *said), align)
