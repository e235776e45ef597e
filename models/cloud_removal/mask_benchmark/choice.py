"""Choosing the thresholds of the cloud and shadow tests on one half of the benchmark's scenes, one after the other.

For each threshold in turn the pair of values with the best score is kept, until nothing changes. For clouds the score
is the mean over the cloudy images of F1, what is wrongly found in the clear image of the pair counted in, less the mean
share that is found in the clear scenes. For shadows it is F1 over the decided pixels of the cloudy images that were
taken for no clouds, less the mean share that is found in the clear images. The guards against rock, snow and water and
the threshold of the cirrus band are left as the papers have them: a half holds too few kinds of ground to choose them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from models.cloud_removal.mask_benchmark.scenes import Example
from rsfusion_qgis.core.sensors.clouds.cloud_tests import Ramp, Thresholds
from rsfusion_qgis.core.sensors.clouds.detection import MaskSettings, cloud_score, shadow_score

ROUNDS = 4
LEAST_CLOUD = 0.01
"""Share of clouds below which an image says nothing about finding them."""
SMOOTH_M = (0.0, 10.0, 20.0, 30.0, 40.0)
CLOSING_M, DEPTHS = (160.0, 240.0, 320.0, 480.0), (0.25, 0.3, 0.35, 0.4, 0.45)
DEPTH_WIDTH = 0.3


def _around(centres: Sequence[float], width: float) -> tuple[Ramp, ...]:
    return tuple((round(c - width / 2, 4), round(c + width / 2, 4)) for c in centres)


GRID: dict[str, tuple[Ramp, ...]] = {
    "visible": _around((0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.10, 0.11, 0.12), 0.06),
    "haze": _around((0.02, 0.03, 0.04, 0.05, 0.06), 0.04),
}


def chosen_settings(examples: Sequence[Example]) -> MaskSettings:
    """The settings that these images choose."""
    settings = MaskSettings()
    settings = _climb(settings, _cloud_steps, lambda s: cloud_gain(s, examples))
    return _climb(settings, _shadow_steps, lambda s: shadow_gain(s, examples))


def cloud_gain(settings: MaskSettings, examples: Sequence[Example]) -> float:
    """What the choice of the thresholds for clouds makes as large as possible."""
    found = {(e.name, e.reference is None): our_clouds(e, settings) for e in examples}
    scores, shares = [], []
    for example in examples:
        mask, reference = found[example.name, example.reference is None], example.reference
        if reference is not None and reference.cloud.mean() >= LEAST_CLOUD:
            hit, missed = (mask & reference.cloud).sum(), (~mask & reference.cloud).sum()
            wrong = (mask & reference.no_cloud).sum() + found[example.name, True].sum()
            scores.append(2 * hit / (2 * hit + wrong + missed))
        elif reference is None and not example.of_pair:
            shares.append(mask.mean())
    return float(np.mean(scores) - np.mean(shares))


def our_clouds(example: Example, settings: MaskSettings) -> np.ndarray:
    """Where the plugin's cloud score reaches its threshold, (rows, cols) bool."""
    return cloud_score(example.bands, example.scene, None, settings) >= settings.cloud


def shadow_gain(settings: MaskSettings, examples: Sequence[Example]) -> float:
    """What the choice of the thresholds for shadows makes as large as possible."""
    hit = wrong = missed = 0
    shares = []
    for example in examples:
        cloud = cloud_score(example.bands, example.scene, None, settings)
        valid, reference = np.ones(cloud.shape, bool), example.reference
        found = shadow_score(example.bands, example.scene, cloud, valid, settings) >= settings.shadow_from
        if reference is None:
            shares.append(found.mean())
            continue
        seen = cloud < settings.cloud
        hit += int((found & reference.shadow & seen).sum())
        missed += int((~found & reference.shadow & seen).sum())
        wrong += int((found & reference.neither & seen).sum())
    return 2 * hit / max(2 * hit + wrong + missed, 1) - float(np.mean(shares))


def settings_text(settings: MaskSettings) -> str:
    """What was chosen, as it stands in the code."""
    shadow = settings.shadow
    lines = [f"{name} = {getattr(settings.thresholds, name)}" for name in GRID]
    lines += [f"smooth_m = {settings.smooth_m}", f"depth = {shadow.depth}", f"closing_m = {shadow.closing_m}"]
    return "\n".join(lines)


def _climb(
    settings: MaskSettings, steps: Callable[[MaskSettings], list[list[MaskSettings]]],
    gain: Callable[[MaskSettings], float],
) -> MaskSettings:  # fmt: skip
    best = gain(settings)
    for _ in range(ROUNDS):
        before = best
        for number in range(len(steps(settings))):
            for candidate in steps(settings)[number]:
                reached = gain(candidate)
                if reached > best:
                    best, settings = reached, candidate
        if best == before:
            break
    return settings


def _cloud_steps(settings: MaskSettings) -> list[list[MaskSettings]]:
    """For each threshold the settings with its other values."""

    def with_ramp(name: str, ramp: Ramp) -> MaskSettings:
        thresholds: Thresholds = replace(settings.thresholds, **{name: ramp})
        return replace(settings, thresholds=thresholds)

    steps = [[with_ramp(name, ramp) for ramp in ramps] for name, ramps in GRID.items()]
    return [*steps, [replace(settings, smooth_m=length) for length in SMOOTH_M]]


def _shadow_steps(settings: MaskSettings) -> list[list[MaskSettings]]:
    half = DEPTH_WIDTH / 2
    depths = [replace(settings.shadow, depth=(round(d - half, 3), round(d + half, 3))) for d in DEPTHS]
    closings = [replace(settings.shadow, closing_m=length) for length in CLOSING_M]
    return [[replace(settings, shadow=shadow) for shadow in part] for part in (depths, closings)]
