"""The registration benchmark: every pair of a folder, known displacements put in, every method.

    python -m models.alignment.benchmark --data FOLDER [--out runs/bench] [--trials 6] [--seed 0] [--quick]

Prints Markdown and writes it to `<out>/coregistration.md`, beside one line per trial in `coregistration.csv` and the
figures of the tables in `coregistration.json`. What is measured against what: see `registration_report`.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path

from models.alignment import report
from models.alignment.arosics import LOCAL_EVERY, MISSING, Arosics
from models.alignment.fusion import Fused, fuse_shifted
from models.alignment.methods import Method, ours
from models.alignment.offsets import Offset, offset_of
from models.alignment.pairs import LIDAR, PAN_GROUPS, TOO_SMALL, Couple, find_couples
from models.alignment.peers import peer_methods
from models.alignment.trials import STRANGERS, Trial, run_couple, strangers, unrelated
from models.common.workers import mapping
from rsfusion_qgis.core.basics.errors import RsFusionError

NAME = "coregistration"
QUICK_TRIALS, QUICK_COUPLES, QUICK_STRANGERS = 1, 2, 2
PAN_SHARE = 0.5
"""Trials of a pan pair over those of the others: they are many, large, and vary little."""


@dataclass(frozen=True)
class Plan:
    """What is run on one pair."""

    trials: int
    seed: int
    arosics: bool
    local: bool
    """Whether AROSICS' local mode takes part, too."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when it ran, 1 with one sentence on stderr when it could not."""
    options = _parser().parse_args(arguments)
    try:
        print(benchmark(options))
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder; see its README for the layout")
    parser.add_argument("--out", type=Path, default=Path("runs/bench"), help="folder for the results")
    parser.add_argument("--trials", type=int, default=6, help="motions of each kind put into each pair (pans: half)")
    parser.add_argument("--seed", type=int, default=0, help="of everything that is drawn")
    parser.add_argument("--workers", type=int, default=2, help="processes side by side")
    parser.add_argument("--pairs", nargs="*", default=(), help="only pairs whose name contains one of these words")
    parser.add_argument("--no-arosics", action="store_true", help="leave AROSICS out")
    parser.add_argument("--no-fusion", action="store_true", help="leave the end-to-end part out")
    parser.add_argument("--quick", action="store_true", help="one motion, two pairs of each group, no AROSICS")
    return parser


def benchmark(options: argparse.Namespace) -> str:
    """All pairs, all methods; writes the files and returns the Markdown."""
    couples = _chosen(options)
    counts = dict.fromkeys(STRANGERS, QUICK_STRANGERS) if options.quick else STRANGERS
    apart = list(strangers(couples, counts, options.seed))
    with_arosics = Arosics.installed() and not options.quick and not options.no_arosics
    trials, offsets = [], []
    with mapping(options.workers) as mapped:
        for number, (of_couple, offset) in enumerate(mapped(_run, couples, _plans(couples, options, with_arosics))):
            print(f"{number + 1}/{len(couples)} {couples[number].group}: {couples[number].name}", file=sys.stderr)
            trials += of_couple
            offsets += [offset] if offset else []
        trials += mapped(partial(_strange, options.seed), apart, range(len(apart)))
    fused = [] if options.no_fusion else fuse_shifted(options.data, QUICK_COUPLES if options.quick else None)
    text = report.markdown(trials, offsets, fused, _remarks(options, couples, with_arosics))
    _write(options.out, trials, offsets, fused, text)
    return text


def _chosen(options: argparse.Namespace) -> list[Couple]:
    found = [c for c in find_couples(options.data) if not options.pairs or any(w in c.name for w in options.pairs)]
    if not found:
        raise RsFusionError(f"No pair is named like {' or '.join(options.pairs)}; leave --pairs out to take them all.")
    if not options.quick:
        return found
    groups = dict.fromkeys(couple.group for couple in found)
    return [c for group in groups for c in [c for c in found if c.group == group][:QUICK_COUPLES]]


def _plans(couples: Sequence[Couple], options: argparse.Namespace, arosics: bool) -> Iterator[Plan]:
    for number, couple in enumerate(couples):
        trials = QUICK_TRIALS if options.quick else options.trials
        if couple.group in PAN_GROUPS:
            trials = max(1, round(trials * PAN_SHARE))
        yield Plan(trials, options.seed, arosics, number % LOCAL_EVERY == 0)


def _run(couple: Couple, plan: Plan) -> tuple[list[Trial], Offset | None]:
    """All trials of one pair, in a process of the pool."""
    with Arosics() as arosics:
        methods: list[Method] = [ours(), *peer_methods()[0], *(arosics.methods(plan.local) if plan.arosics else [])]
        trials = run_couple(couple, methods, plan.trials, plan.seed)
    return trials, offset_of(couple, trials)


def _strange(seed: int, pair: tuple[Couple, Couple], number: int) -> Trial:
    return unrelated(pair, number, ours(), seed)


def _remarks(options: argparse.Namespace, couples: Sequence[Couple], with_arosics: bool) -> list[str]:
    """What is missing, and why."""
    lines = list(peer_methods()[1])
    if not with_arosics:
        asked = options.quick or options.no_arosics
        lines.append("Left out, as asked: AROSICS." if asked else MISSING)
    if any(couple.group == LIDAR for couple in couples) or (options.data / "hs_lidar").is_dir():
        lines.append(TOO_SMALL)
    return lines


def _write(
    folder: Path, trials: Sequence[Trial], offsets: Sequence[Offset], fused: Sequence[Fused], text: str
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.md").write_text(text, encoding="utf-8")
    figures = {
        "groups": [asdict(row) for row in report.all_statistics(trials)],
        "offsets": [asdict(offset) for offset in offsets],
        "fused": [asdict(row) for row in fused],
    }
    (folder / f"{NAME}.json").write_text(json.dumps(_plain(figures), indent=1, ensure_ascii=False), encoding="utf-8")
    with (folder / f"{NAME}.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        names = [field.name for field in fields(Trial) if field.name != "put_in"]
        writer.writerow([*names, "put_in_cols", "put_in_rows", "put_in_rotation_deg", "put_in_scale"])
        writer.writerows([*(getattr(trial, name) for name in names), *trial.put_in] for trial in trials)


def _plain(value: object) -> object:
    """JSON has neither NaN nor infinity: null stands for them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


if __name__ == "__main__":
    sys.exit(main())
