"""The pansharpening benchmark: every pan + MS pair of a folder, every method, both resolutions.

    python -m models.pansharpening.benchmark --data FOLDER [--out runs/bench] [--models NETWORK.onnx ...]

FOLDER holds `pan_ms/<pair>/pan.tif` and `ms.tif`. Prints Markdown and writes it to `<out>/pansharpening.md`, beside
one line per pair, test and method in `pansharpening.csv` and the same in `pansharpening.json`. What each method costs,
measured on a generated pair, is the last table, and one line per method in `pansharpening_costs.csv`.
Networks are those of the zoo and of `literature`; one for a fixed number of bands or ratio fuses what it takes.
Pairs that networks were trained on or chosen by (`models/pansharpening/split.json`) are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from models.pansharpening.benchmark import report
from models.pansharpening.benchmark.adapted import adapted_contender, other_half_contender
from models.pansharpening.benchmark.contender import OURS, Contender, classical_contenders
from models.pansharpening.benchmark.costs import PAN_PX, ROUNDS, Costs, candidates, measure_costs
from models.pansharpening.benchmark.evaluate import FULL_METRICS, REDUCED_METRICS, Result, evaluate, remarks
from models.pansharpening.benchmark.ours import (
    as_fused_contender,
    consistent_contender,
    corrected_contender,
    literature_networks,
    network_contenders,
    unsaid_contender,
    views_contender,
    zoo_networks,
)
from models.pansharpening.benchmark.pairs import APART, MAIN, Pair, find_pairs
from models.pansharpening.benchmark.peers import peer_contenders
from models.pansharpening.benchmark.wald import BORDER_PX
from models.pansharpening.split import was_used
from rsfusion_qgis.core.basics.errors import InputError, RsFusionError

NAME = "pansharpening"


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
    contenders, left_out = _contenders(options)
    pairs = _chosen(options)
    left_out += _idle(contenders, pairs)
    results: list[Result] = []
    notes: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        print(f"{pair.name}: MS {pair.ms.shape}, ratio {pair.ratio}, {pair.sensor.name}", file=sys.stderr)
        notes[pair.name] = remarks(pair)
        results.extend(evaluate(pair, contenders))
    text = _markdown(results, notes, left_out)
    _write(options.out, results, text)
    if options.cost_rounds:
        found = measure_costs(candidates(_networks(options)), options.cost_rounds, PAN_PX)
        text += _cost_markdown(found, options.adapt)
        _write(options.out, results, text)
        _write_costs(options.out, found)
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
    parser.add_argument("--pan-gain", type=float, help="MTF gain of every pan instead of the sensor's")
    parser.add_argument(
        "--cost-rounds", type=_rounds, default=ROUNDS, metavar="N",
        help="how often every method is run to measure its cost; 0 leaves that table out (default: %(default)s)",
    )  # fmt: skip
    return parser


def _rounds(text: str) -> int:
    rounds = int(text)
    if rounds < 0:
        raise argparse.ArgumentTypeError(f"found {rounds}, expected 0 or more")
    return rounds


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
        networks = (*networks, corrected_contender(own[0]), unsaid_contender(own[0]))
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
    found = [pair for pair in find_pairs(options.data) if not was_used(pair.name)]
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
    for group in (MAIN, APART):
        chosen = [result for result in results if result.group == group]
        if not chosen:
            continue
        title = "" if group == MAIN else ", pairs apart"
        parts += [f"## Reduced resolution, coregistered{title}", report.coregistered_table(chosen)]
        parts += [f"## Reduced resolution, the pairs as they come{title}", report.reduced_table(chosen, notes)]
        parts += [f"## Full resolution{title}", report.full_table(chosen, notes)]
        parts += [f"## Over all the pairs{title}", report.summary(chosen, group)]
    parts += [f"{r.method} failed on {r.pair} ({r.test}): {r.trouble}" for r in results if r.trouble]
    return "\n\n".join(parts) + "\n"


def _cost_markdown(found: Costs, adapted_min: float | None) -> str:
    parts = ["## Cost", report.cost_table(found)]
    if any(row.kind == OURS for row in found.rows):
        parts.append("The corrected network costs what the first one does, and one more measurement of the shift.")
    if adapted_min:
        parts.append(f"The adapted network costs what the first one does, after a training of {adapted_min:g} min.")
    return "\n" + "\n\n".join(parts) + "\n"


def _write(folder: Path, results: list[Result], text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.md").write_text(text, encoding="utf-8")
    rows = [_without_nan(asdict(result)) for result in results]
    (folder / f"{NAME}.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    columns = [metric.id for metric in (*REDUCED_METRICS, *FULL_METRICS)]
    with (folder / f"{NAME}.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["pair", "group", "bands", "ratio", "test", "method", "kind", *columns, "seconds", "trouble"])
        for r in results:
            values = [r.values.get(column, "") for column in columns]
            about_pair = r.pair, r.group, r.bands, r.ratio
            writer.writerow([*about_pair, r.test, r.method, r.kind, *values, r.seconds, r.trouble])


def _write_costs(folder: Path, found: Costs) -> None:
    """Figures of methods that failed, and operations of those that are no networks, stay empty."""
    columns = ["method", "kind", "seconds", "mpx_per_s", "peak_mib", "kflop_per_px", "gflop_per_s", "share_of_peak"]
    with (folder / f"{NAME}_costs.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([*columns, "convolution_peak_gflop_per_s", "pan_px", "threads", "round_seconds", "trouble"])
        for row in found.rows:
            figures = [row.seconds, row.mpx_per_s, row.peak_mib, row.flop_per_px / 1e3, row.gflop_per_s]
            figures += [found.share_of_peak(row), found.peak_gflop_per_s]
            cells = ["" if math.isnan(figure) else figure for figure in figures]
            rounds = " ".join(f"{seconds:.3f}" for seconds in row.round_seconds)
            writer.writerow([row.method, row.kind, *cells, found.pan_px, found.threads, rounds, row.trouble])


def _without_nan(row: dict[str, object]) -> dict[str, object]:
    """JSON has no NaN: null stands for it."""
    values = {key: None if math.isnan(value) else value for key, value in row["values"].items()}
    seconds = None if math.isnan(row["seconds"]) else row["seconds"]
    return {**row, "values": values, "seconds": seconds}
