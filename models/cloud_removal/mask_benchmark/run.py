"""How well clouds and shadows are found: ours beside a plain brightness threshold and two published scores.

    python -m models.cloud_removal.mask_benchmark --data FOLDER [--choose] [--places NETWORKS] [--pictures FOLDER]

Thresholds were chosen on one half of the scenes and are reported on the other (`split.json`; what counts as
cloud and shadow is said in `scenes`). `--choose` chooses them again and prints them. Peers: B2 above a
threshold; CloudScore as used with Google Earth Engine for Sentinel-2 (Housman et al. 2018, doi:10.3390/rs10081184);
Braaten, Cohen, Yang 2015 (doi:10.1016/j.rse.2015.08.006). Their thresholds are chosen on the same half.
The mean recall is that of the images with at least 1 % of clouds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import numpy as np

from models.cloud_removal.mask_benchmark.choice import LEAST_CLOUD, chosen_settings, settings_text
from models.cloud_removal.mask_benchmark.pictures import write_codes, write_pictures
from models.cloud_removal.mask_benchmark.scenes import CHOOSE, REPORT, Example, read_examples
from rsfusion_qgis.core.grid.moving import grown
from rsfusion_qgis.core.sensors.clouds.cloud_tests import normalised_difference, ramp
from rsfusion_qgis.core.sensors.clouds.detection import Masks, MaskSettings, cloud_score, detect

CUTS = tuple(np.round(np.arange(0.04, 0.5, 0.02), 2))
GROW_PX = 3


@dataclass(frozen=True)
class Count:
    """Pixels of one image: found rightly, found wrongly, missed, and all decided ones; counts add up over images."""

    hit: int = 0
    false: int = 0
    missed: int = 0
    clear: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.hit + other.hit, self.false + other.false, self.missed + other.missed, self.clear + other.clear
        )

    @property
    def precision(self) -> float:
        return self.hit / max(self.hit + self.false, 1)

    @property
    def recall(self) -> float:
        return self.hit / max(self.hit + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.hit / max(2 * self.hit + self.false + self.missed, 1)

    @property
    def false_share(self) -> float:
        return self.false / max(self.clear, 1)


def count(found: np.ndarray, positive: np.ndarray, negative: np.ndarray) -> Count:
    """Hold a mask against decided pixels, all (rows, cols) bool."""
    return Count(
        int((found & positive).sum()), int((found & negative).sum()), int((~found & positive).sum()),
        int(negative.sum()),
    )  # fmt: skip


def brightness(example: Example) -> np.ndarray:
    """B2 as it is."""
    return example.bands["B2"]


def earth_engine_score(example: Example) -> np.ndarray:
    """CloudScore: the least of five gradual tests."""
    b = example.bands
    parts = [
        ramp(b["B2"], (0.1, 0.5)), ramp(b["B1"], (0.1, 0.3)), ramp(b["B2"] + b["B3"] + b["B4"], (0.2, 0.8)),
        ramp(normalised_difference(b["B8"], b["B11"]), (-0.1, 0.1)),
        ramp(normalised_difference(b["B3"], b["B11"]), (0.8, 0.6)),
    ]  # fmt: skip
    if "B10" in b:
        parts.append(ramp(b["B1"] + b["B10"], (0.15, 0.20)))
    return np.minimum.reduce(parts)


def braaten_score(example: Example) -> np.ndarray:
    """1 where green is above 0.39, or above 0.175 and above red."""
    green, red = example.bands["B3"], example.bands["B4"]
    return ((green > 0.39) | ((green > 0.175) & (green > red))).astype(np.float32)


def our_score(example: Example, settings: MaskSettings | None = None) -> np.ndarray:
    """The cloud score of the plugin."""
    return cloud_score(example.bands, example.scene, None, settings)


Score = Callable[[Example], np.ndarray]
PEERS: dict[str, Score] = {
    "B2 above a threshold": brightness, "CloudScore (Earth Engine)": earth_engine_score,
    "Braaten-Cohen-Yang": braaten_score,
}  # fmt: skip


def cloud_count(example: Example, found: np.ndarray) -> Count:
    """Clouds alone; in a clear image everything is a false alarm."""
    reference = example.reference
    if reference is None:
        return count(found, np.zeros_like(found), np.ones_like(found))
    return count(found, reference.cloud, reference.no_cloud)


def chosen_cut(score: Score, examples: Sequence[Example]) -> float:
    """The threshold with the best F1 over all images of the half that is for choosing."""
    kept = [(example, score(example)) for example in examples if example.half == CHOOSE]

    def f1(cut: float) -> float:
        return sum((cloud_count(example, values >= cut) for example, values in kept), Count()).f1

    return float(max(CUTS, key=f1))


def clouds_table(examples: Sequence[Example], half: str) -> str:
    """Clouds alone, method by method, over the images of a half."""
    rows = [(name, score, chosen_cut(score, examples)) for name, score in PEERS.items()]
    rows.append(("ours", our_score, MaskSettings().cloud))
    lines = [
        "| clouds | threshold | precision | recall | F1 | mean recall | false alarms: pairs' clear images "
        "| other clear scenes |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, score, cut in rows:
        cut_text = f"{cut:.2f}" if name != "Braaten-Cohen-Yang" else "its own"
        lines.append(f"| {name} | {cut_text} | {_figures(examples, half, lambda e: score(e) >= cut)} |")  # noqa: B023
    return "\n".join(lines)


def _figures(examples: Iterable[Example], half: str, find: Callable[[Example], np.ndarray]) -> str:
    own = [example for example in examples if example.half == half]
    counts = [(example, cloud_count(example, find(example))) for example in own]
    cloudy = [c for e, c in counts if e.reference is not None]
    total = sum(cloudy, Count())
    recalls = [c.recall for e, c in counts if e.reference is not None and e.reference.cloud.mean() >= LEAST_CLOUD]
    clear = [(e.of_pair, c.false_share) for e, c in counts if e.reference is None]
    shares = [np.mean([share for of_pair, share in clear if of_pair == wanted]) for wanted in (True, False)]
    figures = (total.precision, total.recall, total.f1, float(np.mean(recalls)))
    return " | ".join([*(f"{one:.3f}" for one in figures), *(f"{100 * share:.2f} %" for share in shares)])


def mask_table(examples: Sequence[Example], half: str, cut: float) -> str:
    """Clouds and shadows together, image by image: the plugin's mask beside B2 above the cut, grown as far."""
    lines = [
        "| image | cloud | shadow | found: cloud recall | shadow recall | precision of the mask | false alarms | "
        "B2 grown: cloud recall | shadow recall | precision | false alarms |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    totals = [[Count()] * 3, [Count()] * 3]
    for example in (e for e in examples if e.half == half and e.reference is not None):
        masks = detect(example.bands, example.scene)
        found = (masks.mask, grown(example.bands["B2"] >= cut, GROW_PX))
        counts = [_by_kind(example, mask) for mask in found]
        totals = [[a + b for a, b in zip(total, one)] for total, one in zip(totals, counts)]
        reference = example.reference
        shares = f"{100 * reference.cloud.mean():.0f} % | {100 * reference.shadow.mean():.0f} %"
        lines.append(f"| {example.name} | {shares} | " + " | ".join(_cells(one) for one in counts) + " |")
    lines.append("| all | | | " + " | ".join(_cells(total) for total in totals) + " |")
    return "\n".join(lines)


def _by_kind(example: Example, mask: np.ndarray) -> list[Count]:
    """Clouds, shadows, and both, each against pixels that are neither."""
    reference = example.reference
    kinds = (reference.cloud, reference.shadow, reference.cloud | reference.shadow)
    return [count(mask, kind, reference.neither) for kind in kinds]


def _cells(counts: Sequence[Count]) -> str:
    cloud, shadow, both = counts
    recalls = [f"{one.recall:.2f}" if one.hit + one.missed else "—" for one in (cloud, shadow)]
    precision = f"{both.precision:.2f}" if both.hit + both.false else "—"
    false = f"{100 * both.false_share:.0f} %" if both.clear else "—"
    return " | ".join([*recalls, precision, false])


def clear_table(examples: Sequence[Example], cut: float) -> str:
    """What is marked in every clear scene that is no pair's, both halves."""
    lines = ["| clear scene | half | level | marked by ours | by B2, grown |", "|---|---|---|---|---|"]
    for example in (e for e in examples if e.reference is None and not e.of_pair):
        masks: Masks = detect(example.bands, example.scene)
        bright = grown(example.bands["B2"] >= cut, GROW_PX).mean()
        shares = f"{100 * masks.mask.mean():.2f} % | {100 * bright:.2f} %"
        lines.append(f"| {example.name} | {example.half} | {example.scene.level} | {shares} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure cloud masks.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--choose", action="store_true", help="choose the thresholds again and print them")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of every image and its masks")
    parser.add_argument("--places", type=Path, help="networks of `mask_network.train`: measure them place by place")
    options = parser.parse_args(arguments)
    examples = read_examples(options.data)
    if options.places is not None:
        from models.cloud_removal.mask_benchmark.places import places_table  # torch, which the rest does without

        text, found = places_table(examples, options.places, options.data)
        print(text)
        if options.pictures is not None:
            write_codes(examples, found, options.pictures)
        return 0
    if options.choose:
        print(settings_text(chosen_settings([e for e in examples if e.half == CHOOSE])))
        return 0
    cut = chosen_cut(brightness, examples)
    for half in (REPORT, CHOOSE):
        print(f"## Half: {half}\n\n{clouds_table(examples, half)}\n\n{mask_table(examples, half, cut)}\n")
    print(f"## Clear scenes\n\n{clear_table(examples, cut)}")
    if options.pictures is not None:
        write_pictures(examples, options.pictures)
    return 0
