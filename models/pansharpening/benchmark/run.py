"""The pansharpening benchmark: every pan + MS pair of a folder, every method, both resolutions.

    python -m models.pansharpening.benchmark --data FOLDER [--out runs/bench] [--models NETWORK.onnx ...] [--pictures]

FOLDER holds `pan_ms/<pair>/pan.tif` and `ms.tif`. Prints Markdown and writes it to `<out>/pansharpening.md`, beside
one line per pair, test and method in `pansharpening.csv` and the same in `pansharpening.json`. `frontier.svg` shows
what a lower error costs in colour noise, `pictures/<pair>.png` the same places by several methods. What each method
costs, measured on a generated pair, is the last table, and one line per method in `pansharpening_costs.csv`.
Networks are those of the zoo and of `literature`; one for a fixed number of bands or ratio fuses what it takes.
Pairs that networks were trained on or chosen by (`models/pansharpening/split.json`) are left out, or stand apart.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from models.pansharpening.benchmark import files, report
from models.pansharpening.benchmark.adapted import adapted_contender, other_half_contender
from models.pansharpening.benchmark.contender import (
    COREGISTERED,
    EYE,
    FULL,
    NOISY,
    OURS,
    REDUCED,
    Contender,
    classical_contenders,
)
from models.pansharpening.benchmark.cost_report import cost_tables
from models.pansharpening.benchmark.costs import PAN_PX, ROUNDS, THREADS, Costs, candidates, measure_costs
from models.pansharpening.benchmark.evaluate import Result, evaluate
from models.pansharpening.benchmark.frontier import NEUTRAL, frontier
from models.pansharpening.benchmark.ours import (
    as_fused_contender,
    consistent_contender,
    detail_contender,
    literature_networks,
    network_contenders,
    unsaid_contender,
    views_contender,
    zoo_networks,
)
from models.pansharpening.benchmark.pairs import GROUPS, MAIN, SEEN, Pair, find_pairs
from models.pansharpening.benchmark.peers import peer_contenders
from models.pansharpening.benchmark.pictures import Page
from models.pansharpening.benchmark.protocols import eye_test, remarks
from models.pansharpening.benchmark.verdict import BLEND, CRISP
from models.pansharpening.benchmark.wald import BORDER_PX
from models.pansharpening.generated_pair import RATIO
from models.pansharpening.split import was_used
from rsfusion_qgis.core.basics.errors import InputError, RsFusionError
from rsfusion_qgis.core.networks.devices import cpu_threads
from rsfusion_qgis.tasks.pansharpening.options import EFFORTS

TITLES = {
    COREGISTERED: "Reduced resolution, coregistered",
    NOISY: "Reduced resolution, noise restored",
    REDUCED: "Reduced resolution, the pairs as they come",
    EYE: "Full resolution, to the eye",
    FULL: "Full resolution, the pairs as they come",
}
APART_TITLES = {group: f", pairs {group}" for group in GROUPS} | {MAIN: ""}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when it ran, 1 with one sentence on stderr when it could not."""
    options = _parser().parse_args(arguments)
    try:
        print(benchmark(options))
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def benchmark(options: argparse.Namespace) -> str:
    """All pairs, all methods; writes the files and returns the Markdown."""
    if options.costs_only:
        return _costs_alone(options)
    contenders, left_out = _contenders(options)
    pairs = _chosen(options)
    left_out += _idle(contenders, pairs)
    results: list[Result] = []
    notes: dict[str, tuple[str, ...]] = {}
    shown = [BLEND, CRISP, *(one.name for one in contenders if one.kind == OURS)][:3]
    for pair in pairs:
        print(f"{pair.name}: MS {pair.ms.shape}, ratio {pair.ratio}, {pair.sensor.name}", file=sys.stderr)
        notes[pair.name] = remarks(pair)
        seen = eye_test(pair)
        page = Page(pair, seen, shown) if options.pictures else None
        results.extend(evaluate(pair, seen, contenders, page.show if page else None))
        if page:
            page.write(options.out / "pictures" / f"{pair.name.replace('/', '_')}.png")
    text = _markdown(results, notes, left_out)
    files.write_results(options.out, results, text)
    group = next(group for group in GROUPS if any(result.group == group for result in results))
    drawing = frontier([result for result in results if result.group == group])
    (options.out / "frontier.svg").write_text(drawing, encoding="utf-8")
    if options.cost_rounds:
        found = _costs(options)
        text += _cost_markdown(found, options.adapt)
        files.write_results(options.out, results, text)
        files.write_costs(options.out, found)
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, required=True, help="folder that holds pan_ms/<pair>/pan.tif, ms.tif"
    )
    parser.add_argument("--out", type=Path, default=Path("runs/bench"), help="folder for the results")
    parser.add_argument(
        "--models", type=Path, nargs="*", help="ONNX files with cards; the zoo and the literature's when not given"
    )
    parser.add_argument(
        "--pairs", nargs="*", default=(), help="only pairs whose name contains one of these words"
    )
    parser.add_argument(
        "--adapt", type=float, metavar="MINUTES", help="also the first network, adapted to each pair for so long"
    )
    parser.add_argument(
        "--adapt-half", type=float, metavar="MINUTES",
        help="also the first network, adapted so long to each half of a pair and measured on the other one",
    )  # fmt: skip
    parser.add_argument("--pictures", action="store_true", help="also close-ups of every pair")
    parser.add_argument(
        "--seen", action="store_true", help="also pairs that networks were trained on or chosen by, in tables apart"
    )
    parser.add_argument("--pan-gain", type=float, help="MTF gain of every pan instead of the sensor's")
    parser.add_argument(
        "--cost-rounds", type=_rounds, default=ROUNDS, metavar="N",
        help="how often every method is run to measure its cost; 0 leaves these tables out (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--cost-sides", type=_side, nargs="+", default=PAN_PX, metavar="PX",
        help="sides of the pans on which costs are measured (default: 2048)",
    )  # fmt: skip
    parser.add_argument(
        "--cost-threads", type=int, nargs="+", default=THREADS, metavar="N",
        help="numbers of cores with which costs are measured (default: 1 2)",
    )  # fmt: skip
    parser.add_argument("--costs-only", action="store_true", help="only what the methods cost; the data are not read")
    return parser


def _rounds(text: str) -> int:
    rounds = int(text)
    if rounds < 0:
        raise argparse.ArgumentTypeError(f"found {rounds}, expected 0 or more")
    return rounds


def _side(text: str) -> int:
    side = int(text)
    if side < 4 * RATIO or side % RATIO:
        raise argparse.ArgumentTypeError(f"found {side}, expected a multiple of {RATIO}, {4 * RATIO} or more")
    return side


def _own(options: argparse.Namespace) -> Sequence[Path]:
    return zoo_networks() if options.models is None else options.models


def _networks(options: argparse.Namespace) -> Sequence[Path]:
    """In the order of the tables."""
    return (*literature_networks(), *zoo_networks()) if options.models is None else options.models


def _contenders(options: argparse.Namespace) -> tuple[list[Contender], list[str]]:
    """Every method there is, and a sentence for each one that is missing."""
    peers, left_out = peer_contenders()
    networks, own = network_contenders(_networks(options)), _own(options)
    missing = [] if networks else ["No network was given and the zoo has none: classical methods only."]
    if own:
        networks = (*networks, *(detail_contender(own[0], detail) for detail in EFFORTS if detail != NEUTRAL))
        networks = (*networks, unsaid_contender(own[0]))
        networks = (*networks, as_fused_contender(own[0], ", CONSISTENCY=off"), views_contender(own[0]))
    if options.adapt and own:
        networks = (*networks, adapted_contender(own[0], options.adapt))
    if options.adapt_half and own:
        networks = (*networks, other_half_contender(own[0], options.adapt_half))
    helped = [consistent_contender("mtf_glp_fs", sharpened) for sharpened in (False, True)]
    return [*classical_contenders(), *peers, *helped, *networks], [*left_out, *missing]


def _idle(contenders: Sequence[Contender], pairs: Sequence[Pair]) -> list[str]:
    """A sentence on the networks that take none of the pairs, if there are any."""
    names = [one.name for one in contenders if not any(one.takes(pair) for pair in pairs)]
    return [f"No pair has the bands and the ratio that these networks take: {', '.join(names)}."] if names else []


def _chosen(options: argparse.Namespace) -> list[Pair]:
    found = [replace(pair, group=SEEN) if was_used(pair.name) else pair for pair in find_pairs(options.data)]
    found = [pair for pair in found if options.seen or pair.group != SEEN]
    pairs = [pair for pair in found if not options.pairs or any(word in pair.name for word in options.pairs)]
    if not pairs:
        raise InputError(
            f"No pair is named like {' or '.join(options.pairs)}; leave --pairs out to take them all."
        )
    if options.pan_gain is None:
        return pairs
    return [replace(pair, sensor=replace(pair.sensor, pan_gain=options.pan_gain)) for pair in pairs]


def _markdown(results: list[Result], notes: dict[str, tuple[str, ...]], left_out: list[str]) -> str:
    parts = ["# Pansharpening benchmark", report.PROTOCOL.format(border=BORDER_PX), *left_out]
    for group in GROUPS:
        chosen = [result for result in results if result.group == group]
        if not chosen:
            continue
        for test, title in TITLES.items():
            parts += [f"## {title}{APART_TITLES[group]}"]
            parts += [report.table(chosen, test, notes if test == REDUCED else None)]
        parts += [f"## Over all the pairs{APART_TITLES[group]}", report.summary(chosen, group)]
    parts += [f"{r.method} failed on {r.pair} ({r.test}): {r.trouble}" for r in results if r.trouble]
    return "\n\n".join(parts) + "\n"


def _costs_alone(options: argparse.Namespace) -> str:
    """Writes the costs, and no other table."""
    options.out.mkdir(parents=True, exist_ok=True)
    found = _costs(options)
    files.write_costs(options.out, found)
    return _cost_markdown(found, None)


def _costs(options: argparse.Namespace) -> tuple[Costs, ...]:
    """For every size and number of threads."""
    chosen = candidates(_networks(options))
    threads = sorted({min(count, cpu_threads(0)) for count in options.cost_threads})
    return tuple(
        measure_costs(chosen, options.cost_rounds, side, count) for side in options.cost_sides for count in threads
    )


def _cost_markdown(found: tuple[Costs, ...], adapted_min: float | None) -> str:
    parts = ["## Cost", cost_tables(found)]
    if adapted_min:
        parts.append(f"The adapted network costs what the first one does, after a training of {adapted_min:g} min.")
    return "\n" + "\n\n".join(parts) + "\n"
