"""How well flood water is found on events that were not seen: thresholds, forests, single sensors, kinds of fusion.

    python -m models.segmentation.benchmark --data FOLDER [--out runs/water] [--picture water.png]

FOLDER holds the chips, see `chips`; `--out` the networks that `train` made. Prints Markdown. Every fold of events is
judged by networks that had not seen it, on every fourth pixel along both axes where all images have data.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import torch

from models.segmentation.chips import FOLDS, Chip, read_chips
from models.segmentation.networks.base import MISSING, SENSORS
from models.segmentation.samples import BOTH, ONE, STEP, Pixels, read_pixels
from models.segmentation.scores import GROUPS, Score, fused_score, nested, of_networks, score
from models.segmentation.train import SEEDS, member_path
from models.segmentation.votes import Votes, combined, fold_of, load, logits, mean_votes
from models.segmentation.writing import unseen_votes
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.operators.otsu import otsu
from rsfusion_qgis.tasks.segmentation.baselines import MNDWI, NDWI, OTSU, Thresholds
from rsfusion_qgis.tasks.segmentation.roles import SAR, SAR_BEFORE

JOINT = {"early": "early fusion, modality dropout", "gate": "gate (after CMGFNet)",
         "attention": "cross-attention (after MCANet)"}  # fmt: skip
_TREES = {"max_iter": 60, "learning_rate": 0.1, "max_leaf_nodes": 15, "l2_regularization": 1.0}
_PER_CHIP = 300


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the chips")
    parser.add_argument("--out", type=Path, default=Path("runs/water"), help="folder of the trained members")
    parser.add_argument("--seeds", type=int, nargs="*", default=list(SEEDS))
    parser.add_argument("--picture", type=Path, help="a PNG of chips, labels and maps to write")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        _run(options)
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace) -> None:
    every = read_pixels(options.data, options.out / "pixels.pt")
    held = [one for one in every if fold_of(one)]
    chips = {chip.name: chip for chip in read_chips(options.data)}
    seeds = [unseen_votes(every, options.out, [seed]) for seed in options.seeds]
    together = mean_votes(seeds)
    tables, table = [nested(votes) for votes in seeds], nested(together)
    print("| what | IoU | mIoU | F1 | " + " | ".join(GROUPS) + " |\n|" + "---|" * (4 + len(GROUPS)))
    for name, found in _thresholds(held, chips):
        _tell(name, [found])
    _tell("gradient boosting, both sensors and dates", [_boosted(every, held, SENSORS)])
    for name, optical, sar in _STATES:
        _tell(f"network, {name}", [fused_score(votes, one, optical, sar) for votes, one in zip(seeds, tables)])
    for member, name in JOINT.items():
        _tell_joint(options, held, member, name)
    _tell("sum of the logits, not calibrated", [of_networks(v, _plain_sum) for v in seeds])
    for name, optical, sar in _STATES:
        _tell(f"shipped ({len(seeds)} voters), {name}", [fused_score(together, table, optical, sar)])
    if options.picture:
        from models.segmentation.picture import write_picture

        maps = {one.pixels.name: combined(one, table[one.fold], BOTH, BOTH) for one in together}
        write_picture(options.picture, chips, {one.pixels.name: one.pixels for one in together}, maps)


_STATES = (
    ("SAR of both dates", 0, BOTH), ("optical of both dates", BOTH, 0), ("both sensors and dates", BOTH, BOTH),
    ("SAR of one date", 0, ONE), ("optical of one date", ONE, 0), ("both sensors, one date", ONE, ONE),
    ("SAR of both dates, optical of one", ONE, BOTH), ("optical of both dates, SAR of one", BOTH, ONE),
)  # fmt: skip


def _plain_sum(one: Votes) -> np.ndarray:
    return one.logits["optical", BOTH] + one.logits["sar", BOTH]


def _tell(name: str, found: Iterable[Score]) -> None:
    """One row; of several seeds the means and the deviation of the IoU."""
    scores = list(found)
    ious = [one.iou for one in scores]
    spread = f" ± {np.std(ious, ddof=1):.3f}" if len(ious) > 1 else ""
    means = [np.mean([getattr(one, what) for one in scores]) for what in ("mean_iou", "f1")]
    groups = np.mean([one.groups for one in scores], axis=0)
    cells = [f"{np.mean(ious):.3f}{spread}", *(f"{value:.3f}" for value in means), *(f"{v:.2f}" for v in groups)]
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def _tell_joint(options: argparse.Namespace, held: Sequence[Pixels], member: str, name: str) -> None:
    """A network of both sensors, with all images and with one sensor taken away, where it was trained."""
    for what, states in (("", {"optical": BOTH, "sar": BOTH}), (", SAR alone", {"sar": BOTH}),
                         (", optical alone", {"optical": BOTH})):  # fmt: skip
        scores = []
        for seed in options.seeds:
            paths = {fold: member_path(options.out, member, fold, seed) for fold in FOLDS}
            if all(path.exists() for path in paths.values()):
                networks = {fold: load(path) for fold, path in paths.items()}
                maps = [logits([networks[fold_of(one)]], one, states) > 0 for one in held]
                scores.append(score(held, maps))
        if scores:
            _tell(f"{name}{what}", scores)


def _thresholds(held: Sequence[Pixels], chips: dict[str, Chip]) -> list[tuple[str, Score]]:
    """The plugin's own methods, with and without the date before."""
    made = []
    for method, sensor in ((OTSU, "sar"), (NDWI, "optical"), (MNDWI, "optical")):
        for dates in (BOTH, ONE):
            maps = [_by_threshold(method, sensor, dates, chips[one.name]) for one in held]
            name = f"{method}, {'both dates' if dates == BOTH else 'one date'}"
            made.append((name, score(held, maps, dates == ONE)))
    return made


def _by_threshold(method: str, sensor: str, dates: int, chip: Chip) -> np.ndarray:
    now, before = (chip.images[role] for role in (sensor, f"{sensor}_before"))
    if dates == ONE:
        before = np.full_like(before, MISSING)
    levels = {}
    if method == OTSU:
        for role in (SAR, SAR_BEFORE):
            values = chip.images[role][chip.images[role] > MISSING / 2]
            levels[role] = otsu(values)
    found = Thresholds(method, levels).scores(now, before)[1]
    return (found[STEP // 2 :: STEP, STEP // 2 :: STEP] > 0).ravel()


def _boosted(every: Sequence[Pixels], held: Sequence[Pixels], sensors: Sequence[str]) -> Score:
    """Gradient boosting on the features of pixels of both dates: what many would try first."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    draw = np.random.default_rng(1)
    maps: dict[str, np.ndarray] = {}
    roles = [role for sensor in sensors for role in (sensor, f"{sensor}_before")]
    seen: Callable[[Pixels], np.ndarray] = lambda one: np.concatenate([one.dates[role] for role in roles]).T  # noqa: E731
    for fold in FOLDS:
        learned = [one for one in every if set(roles) <= set(one.dates) and fold_of(one) != fold]
        rows, truth = [], []
        for one in learned:
            places = draw.permutation(np.flatnonzero(one.judged(False)))[:_PER_CHIP]
            rows.append(seen(one)[places])
            truth.append(one.water[places])
        model = HistGradientBoostingClassifier(random_state=1, **_TREES)
        model.fit(np.concatenate(rows), np.concatenate(truth))
        maps |= {one.name: model.predict(seen(one)) for one in held if fold_of(one) == fold}
    return score(held, [maps[one.name] for one in held])


if __name__ == "__main__":
    sys.exit(main())
