"""What a network learns of one scene: components of the image, the guide, and the same pair one scale coarser.

The scene is opened, moved and surveyed as rsfusion:sharpenhyperspectral does it. Then some areas are taken, and of each
two levels. `full`: the image on the guide's pixels, as it will be fused; nobody knows the truth, but what the sensor
and the guide see of the result is known. `reduced`: the image's components made coarser by a whole number and
interpolated again, the guide at the image's pixels; the truth are the components themselves (Wald's protocol).

Arrays are (planes, rows, cols) float32; components in units of their spread, guide in units of its deviation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from models.common.child import say
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.plan import plan_job
from rsfusion_qgis.core.engine.register import register_inputs
from rsfusion_qgis.core.engine.run import Run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.grid.resampling_weights import weights
from rsfusion_qgis.core.grid.sampling import spread
from rsfusion_qgis.core.rasters.band_info import BandInfo
from rsfusion_qgis.tasks.hyperspectral_sharpening.components import principal
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions
from rsfusion_qgis.tasks.hyperspectral_sharpening.scene import Scene
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK

COMPONENTS = 20
AREA_COARSE_PX, MOST_AREAS = 96, 3
"""Side of an area in pixels of the image, and how many there are at most along each axis."""
LEAST_REDUCED_PX = 8
"""Pixels that the shorter side of a reduced image should have; the pair is made less coarse where it has fewer."""
HELD_PX, HELD_EVERY = 6, 5
"""Side, in pixels of the image, of the blocks that are held out, and of how many blocks one is."""


@dataclass(frozen=True)
class Full:
    """A pair as it will be fused: the components on the guide's pixels, the guide (twice, see `SceneDetail`), and what
    the sensor recorded.

    `down`, `across`: matrices by which the sensor sees, (rows, fine rows) and (cols, fine cols).
    """

    planes: Tensor
    guide: Tensor
    recorded: Tensor
    counts: Tensor
    down: Tensor
    across: Tensor


@dataclass(frozen=True)
class Reduced:
    """The pair one scale coarser; `learned`, `held`: (rows, cols) bool, which pixels are learned from and judged by."""

    planes: Tensor
    guide: Tensor
    truth: Tensor
    learned: Tensor
    held: Tensor


@dataclass(frozen=True)
class Material:
    """All that is learned from.

    Attributes
    ----------
    vectors : (bands, components) of the standardised bands; rows of 0 for bands that stay as they are.
    spread : (components,)
    offset, scale, guide_offset, guide_scale : of the bands, stored units: standardised = (stored - offset) / scale.
    metric : (components, components) lower triangle L: |L' e| is the error e of the components in units of the mean
        of each band.
    response : (guide bands, components): the guide that components give, both standardised.
    explained : (guide bands,): share of the guide that they explain.
    """

    vectors: np.ndarray
    spread: np.ndarray
    offset: np.ndarray
    scale: np.ndarray
    guide_offset: np.ndarray
    guide_scale: np.ndarray
    metric: np.ndarray
    response: np.ndarray
    explained: np.ndarray
    ratio: float
    bands: tuple[BandInfo, ...]
    guide_bands: tuple[BandInfo, ...]
    full: tuple[Full, ...]
    reduced: tuple[Reduced, ...]


def read_material(paths: dict[str, str], options: HyperspectralOptions, policy: str) -> Material:
    """Read a pair.

    Raises
    ------
    RsFusionError
        It cannot be sharpened, see the task.
    """
    job = Job(TASK, paths, output="", method="hp1", options=options, policy=policy)
    plan = plan_job(job)
    TASK.check(plan)
    plan = register_inputs(plan)
    with Run(plan, _Saying()) as run:
        scene: Scene = run.operators[0]
        for window in scene.windows:
            scene.add_sample(scene.read_sample(window))
        scene.solve()
        return _gathered(scene)


class _Saying(Monitor):
    """Passes warnings on to whoever started this."""

    def warning(self, text: str) -> None:
        say(warning=text)


def _gathered(scene: Scene) -> Material:
    coarse, count = scene.coarse, scene.bands
    own = scene.covariance[:count, :count]
    vectors, deviation = principal(own, COMPONENTS)
    correlation = own / np.outer(deviation, deviation)
    spread = np.sqrt(np.maximum(np.einsum("bc,bd,dc->c", vectors, correlation, vectors), 1e-8))
    guide_mean = scene.mean[count:]
    guide_deviation = np.sqrt(np.maximum(np.diag(scene.covariance)[count:], np.finfo(float).tiny))
    standardised = scene.covariance / np.outer(*(np.concatenate([deviation, guide_deviation]),) * 2)
    cross = vectors.T @ standardised[:count, count:] / spread[:, None]  # (C, G): components are uncorrelated
    level = np.abs(scene.mean[:count])
    level = np.maximum(level, 0.1 * np.median(level))
    towards = (deviation / level)[:, None] * vectors * spread
    metric = np.linalg.cholesky(towards.T @ towards / count + 1e-9 * np.eye(len(spread)))

    bands = len(scene.used)
    offset, scale, wide = np.zeros(bands), np.ones(bands), np.zeros((bands, len(spread)))
    offset[scene.used], scale[scene.used], wide[scene.used] = scene.mean[:count], deviation, vectors
    full, reduced = [], []
    side = round(AREA_COARSE_PX * coarse.ratio)
    for window in spread_windows(scene.domain, side):
        sample = scene.read_sample(window)
        if sample is None:
            continue
        guide, recorded = sample
        values = (recorded.values[scene.used] - scene.mean[:count, None, None]) / deviation[:, None, None]
        planes = np.tensordot((vectors / spread).T, values, 1)
        planes = np.where(recorded.counts, planes, 0).astype(np.float32)
        guide = ((guide - guide_mean[:, None, None]) / guide_deviation[:, None, None]).astype(np.float32)
        down, across = coarse.sampling.blurs(recorded, (coarse.gain,))
        seen = coarse.sees(guide, recorded)
        twice = np.concatenate([guide, coarse.spreads(seen, recorded)])
        full.append(Full(*map(torch.from_numpy, (
            coarse.spreads(planes, recorded), twice, planes, recorded.counts[0], down[0], across[0],
        ))))  # fmt: skip
        made = _reduced(planes, seen, recorded.counts[0], coarse.ratio, coarse.gain)
        if made is not None:
            reduced.append(made)
    if not full:
        raise InputError("HS and GUIDE have no area in common that is large enough to learn from; choose larger ones.")
    return Material(
        wide, spread, offset, scale, guide_mean, guide_deviation, metric, cross.T, (cross**2).sum(axis=0),
        coarse.ratio, coarse.layer.source.bands, scene.guide_infos,
        tuple(full), tuple(reduced),
    )  # fmt: skip


def spread_windows(domain: Window, side: int) -> Sequence[Window]:
    """Areas of a domain."""
    return spread(domain, side, MOST_AREAS)


def _reduced(
    planes: np.ndarray, guide: np.ndarray, counts: np.ndarray, ratio: float, gain: float
) -> Reduced | None:
    """The pair one scale coarser; None where it is too small, or has no valid pixel to be judged by."""
    shorter = min(planes.shape[1:])
    step = min(max(round(ratio), 2), shorter // LEAST_REDUCED_PX)
    if step < 2:
        return None
    rows, cols = (size // step * step for size in planes.shape[1:])
    planes, guide, counts = (one[..., :rows, :cols] for one in (planes, guide, counts))

    def there_and_back(values: np.ndarray) -> np.ndarray:
        small = degrade(values, step, (gain,) * len(values))
        back = [weights(0, size * step, 1 / step, 0.0, "cubic", 0, size, size) for size in small.shape[1:]]
        return np.asarray(back[0] @ small @ back[1].T, np.float32)

    wide, whole = there_and_back(planes), there_and_back(counts[None].astype(float))
    good = counts & (whole[0] > 0.999)
    place = np.add.outer(np.arange(rows) // HELD_PX * 2, np.arange(cols) // HELD_PX)
    held = good & (place % HELD_EVERY == 0)
    if not held.any() or not (good & ~held).any():
        return None
    twice = np.concatenate([guide, there_and_back(guide)]).astype(np.float32)
    arrays = (wide, twice, np.ascontiguousarray(planes), good & ~held, held)
    return Reduced(*map(torch.from_numpy, arrays))
