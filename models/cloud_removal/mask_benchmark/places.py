"""Masks as they are written, place by place: by the network that has not seen the place, and by rules.

A pair counts where at least 1 % are clouds. Precision and recall of clouds (thin ones too) and of shadows are over the
decided pixels of `scenes.reference`. The limit of the network is that which the other places choose, by the mean of F1.
What such a reference is worth: how far it agrees with itself at other thresholds, and with another rule for the same
two images (`models.cloud_removal.masks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from scipy import ndimage

from models.cloud_removal.mask_benchmark.choice import LEAST_CLOUD
from models.cloud_removal.mask_benchmark.scenes import CLOUD, Example
from models.cloud_removal.mask_network.examples import fed
from models.cloud_removal.mask_network.network import STEP
from models.cloud_removal.mask_network.train import read_network
from models.cloud_removal.masks import brightened
from models.cloud_removal.scenes import read_triplets
from models.cloud_removal.split import group_of
from rsfusion_qgis.core.sensors.clouds.detection import MaskSettings, detect
from rsfusion_qgis.tasks.cloud_removal import codes as kinds
from rsfusion_qgis.tasks.cloud_removal.found_mask import coded
from rsfusion_qgis.tasks.cloud_removal.mask_network import CLOUDY, codes_of

LIMITS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
PIXEL_M = 10.0
COLUMNS = ("cloud precision", "cloud recall", "shadow precision", "shadow recall")

Found = dict[str, np.ndarray]
"""Name of a way -> codes of an image."""


def places_table(examples: Sequence[Example], networks: Path, data: Path) -> tuple[str, dict[str, Found]]:
    """Markdown, and the codes of every pair."""
    pairs = [one for one in examples if one.reference is not None]
    given = {one.name: probabilities(one, networks) for one in pairs}
    counted = [one for one in pairs if one.reference.cloud.mean() >= LEAST_CLOUD]
    scores = {(one.name, limit): figures(one, _codes(one, given[one.name], limit)) for one in counted
              for limit in LIMITS}  # fmt: skip
    rows, found, means = [], {}, []
    for one in pairs:
        others = [other for other in counted if group_of(other.name) != group_of(one.name)]
        limit = max(LIMITS, key=lambda cut: np.mean([f1(*scores[other.name, cut][:2]) for other in others]))
        found[one.name] = {"rules": by_rules(one), "network": _codes(one, given[one.name], limit)}
        if one not in counted:
            continue
        both = [figures(one, found[one.name][way]) for way in ("rules", "network")]
        doubt = float((found[one.name]["network"] == kinds.UNCERTAIN).mean())
        means.append([*both[0], *both[1], doubt])
        rows.append([one.name, f"{one.reference.cloud.mean():.2f}", f"{limit:.2f}", *map(_number, means[-1])])
    rows.append(["mean", "", "", *(f"{one:.3f}" for one in np.nanmean(means, axis=0))])
    head = ["pair", "clouds", "limit", *(f"rules: {one}" for one in COLUMNS), *(f"network: {one}" for one in COLUMNS),
            "uncertain"]  # fmt: skip
    lines = ["| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rows)]
    return "\n".join([*lines, "", *_agreement(counted, data), *_false_alarms(examples, networks)]), found


def probabilities(example: Example, networks: Path) -> np.ndarray:
    """(4, rows, cols) by the network that has not seen the place; a place without pairs is seen by all."""
    network = read_network(networks, group_of(example.name) if example.of_pair or example.reference else "all")
    given = fed(example.bands, example.scene)
    rows, cols = given.shape[1:]
    wide = np.pad(given, ((0, 0), (0, -rows % STEP), (0, -cols % STEP)), mode="symmetric")
    with torch.no_grad():
        return network(torch.from_numpy(wide[None]))[0].numpy()[:, :rows, :cols]


def _codes(example: Example, given: np.ndarray, limit: float) -> np.ndarray:
    known = np.ones(given.shape[1:], bool)
    return codes_of(given, example.bands, example.scene, known, MaskSettings(), None, PIXEL_M, limit)


def by_rules(example: Example) -> np.ndarray:
    """What is used where the network cannot be."""
    settings, known = MaskSettings(), np.ones(example.bands["B2"].shape, bool)
    return coded(detect(example.bands, example.scene, known, settings), known, settings, PIXEL_M)


def figures(example: Example, codes: np.ndarray) -> tuple[float, float, float, float]:
    """See `COLUMNS`; NaN where there is nothing to find."""
    reference = example.reference
    cloud = np.isin(codes, (kinds.CLOUD, kinds.THIN))
    return (*_both(cloud, reference.cloud, reference.no_cloud),
            *_both(codes == kinds.SHADOW, reference.shadow, reference.neither))  # fmt: skip


def _both(found: np.ndarray, positive: np.ndarray, negative: np.ndarray) -> tuple[float, float]:
    if positive.mean() < LEAST_CLOUD:
        return float("nan"), float("nan")
    hit, marked = (found & positive).sum(), (found & (positive | negative)).sum()
    return float(hit / max(marked, 1)), float(hit / positive.sum())


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean."""
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _agreement(examples: Sequence[Example], data: Path) -> list[str]:
    """How far the reference agrees with itself at other thresholds, and with another rule."""
    shifted, other = {0.03: [], 0.05: []}, []
    for one in examples:
        triplet = read_triplets(data, [one.name])[0]
        rise = ndimage.median_filter((triplet.cloudy - triplet.clear)[:3].mean(0), 3)
        for limit, found in shifted.items():
            found.append(_both(rise > limit, rise > CLOUD, rise <= CLOUD))
        other.append(_both(brightened(triplet), one.reference.cloud, one.reference.no_cloud))
    said = [f"threshold {limit:g}: {np.mean(found, axis=0)[0]:.3f} and {np.mean(found, axis=0)[1]:.3f}"
            for limit, found in shifted.items()]  # fmt: skip
    told = np.mean(other, axis=0)
    return [f"The reference against itself, all pixels, precision and recall: {'; '.join(said)}. Another rule for the "
            f"same two images, decided pixels: {told[0]:.3f} and {told[1]:.3f}."]  # fmt: skip


def _false_alarms(examples: Sequence[Example], networks: Path) -> list[str]:
    clear = [one for one in examples if one.of_pair]
    rules = np.mean([np.isin(by_rules(one), (kinds.CLOUD, kinds.THIN)).mean() for one in clear])
    ours = np.mean([np.isin(_codes(one, probabilities(one, networks), CLOUDY), (kinds.CLOUD, kinds.THIN)).mean()
                    for one in clear])  # fmt: skip
    return [f"Marked as cloud in the clear images of the pairs: rules {100 * rules:.1f} %, network {100 * ours:.1f} %."]


def _number(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.2f}"
