"""The benchmark as Markdown: protocol, one table per test, means over the pairs, the verdict, and the costs.

A row is a pair, a column a method, EXP first; a cell holds the metrics in the order that the heading gives, and is —
where the method does not take the pair. The best ERGAS and the best SAM of a row are bold. In the table of costs a
row is a method.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from models.pansharpening.benchmark.contender import COREGISTERED, FULL, KINDS, OURS, REDUCED, RIVALS, TRUTH
from models.pansharpening.benchmark.costs import Costs
from models.pansharpening.benchmark.evaluate import FULL_METRICS, REDUCED_METRICS, Result
from models.pansharpening.benchmark.pairs import APART, MAIN
from rsfusion_qgis.core.measures.images import Metric

GOAL = 0.80
"""Geometric mean of ERGAS, ours over the best classical, that the project aims at."""

_TEST_NAMES = {COREGISTERED: "coregistered", REDUCED: "as they come"}

PROTOCOL = """\
Protocol. Reduced resolution: MS and pan are blurred with a Gaussian of the sensor's MTF gain at Nyquist (each band
its own, the pan its own) and decimated by the ratio; the fused image is compared with the original MS, {border} pixels
inside its edges where it is at least four times as large. Phase: a reduced pixel covers exactly ratio x ratio original
ones, so that x_ms = (x_pan + 0.5) / ratio - 0.5, for every method. Pairs with a reference of their own are fused as
they come. Coregistered: before that, MS and pan of the pair are brought onto each other, the same for every method:
the pan is decimated where the MS was measured to lie. Full resolution: the pair as it is; the fused image is brought
back to the MS (D_λ,K and R-SAM; R-SAM after undoing each band's measured shift) or correlated with the pan in
ratio x ratio windows (D_ρ). EXP is plain cubic interpolation. All methods work on the same floating-point arrays;
seconds are the whole call, for other programs and networks with start-up and files. A network made for one number of
bands or one ratio fuses the pairs that have them and is — elsewhere; its means stand in a table of such pairs only.
"Corrected" is the first network with COREGISTRATION=correct, which moves the MS onto the pan; at reduced resolution
only the references of some sources lie there. Our networks are told the sensor's MTF gains, as GSA and MTF-GLP-FS are,
and the pan's: by them the pan is made as sharp as the MS before the fusion, and the results are made consistent with
the MS (CONSISTENCY of the algorithms). At full resolution they are told the sensor, whose gains are measured anew where
the pair is not like them. "Sensor not said": they are measured on the pair itself, and the pan is taken for a usual
one. The literature's networks fuse as published. MTF-GLP-FS, made consistent likewise, and with its pan sharpened, are
rows of their own; no verdict speaks of them. "Adapted to the other half": each half of the pair as delivered taught a
network that fuses the other half."""

COST_PROTOCOL = """\
Every method fuses the same generated pair from file to file: pan {pan_px} x {pan_px}, 4 bands of 11 bit, UInt16
result. Every run is a process of its own; the methods take turns in {rounds} round(s): median of the seconds, largest
memory. EXP, GSA, BT-H and MTF-GLP-FS are here those of the plugin, tile by tile by the engine, not the whole-array
ones of the other tables. Seconds of these and of the networks are those of the whole run as the engine reports it
(checks and statistics, loading ONNX Runtime and the network, reading, computing, writing compressed), without the
start of Python and the imports before it; of other programs those of the whole process, which writes uncompressed, as
it does by default; gdal fitted with the fitting of its weights in NumPy. Mpx are output pixels. Memory is the peak of
resident memory of the whole process, libraries and all. kFLOP per output pixel are those on the network's card
(convolutions and products, 2 per multiply-add); GFLOP/s are these times the Mpx/s of the whole run, so what tiles
compute twice at their edges does not count. The convolution peak is that of the best moment and the seconds are the
median, so on a busy machine the shares are too low. The engine runs on the CPU with {threads} thread(s), other
programs with as many as they choose."""


def cost_table(costs: Costs) -> str:
    """Markdown: how it was measured, one row per method, and a sentence for each method that failed."""
    heading = ["method", "s", "Mpx/s", "peak memory, MiB", "kFLOP per px", "GFLOP/s", "of the convolution peak"]
    lines = [_row(heading), _row(["---"] * len(heading))]
    for cost in costs.rows:
        figures = (
            f"{cost.seconds:.2f}", f"{cost.mpx_per_s:.2f}", f"{cost.peak_mib:.0f}", f"{cost.flop_per_px / 1e3:.1f}",
            f"{cost.gflop_per_s:.1f}", f"{100 * costs.share_of_peak(cost):.0f} %",
        )  # fmt: skip
        cells = ["—" if "nan" in figure else figure for figure in figures]
        lines.append(_row([cost.method, *(["failed", *["—"] * 5] if cost.trouble else cells)]))
    troubles = [f"{cost.method} failed (cost): {cost.trouble}" for cost in costs.rows if cost.trouble]
    protocol = COST_PROTOCOL.format(pan_px=costs.pan_px, rounds=costs.rounds, threads=costs.threads)
    return "\n\n".join([protocol, _convolution_peak(costs), "\n".join(lines), *troubles])


def _convolution_peak(costs: Costs) -> str:
    if math.isnan(costs.peak_gflop_per_s):
        return "The convolution peak was not measured: ONNX Runtime cannot be imported."
    return (
        f"Convolution peak: {costs.peak_gflop_per_s:.1f} GFLOP/s, the fastest chain of 3 x 3 convolutions between many "
        f"channels in ONNX Runtime with {costs.threads} thread(s), measured before, between and after the rounds."
    )


def coregistered_table(results: Sequence[Result]) -> str:
    """Markdown table of the test at reduced resolution on coregistered pairs; remarks stand in the other table."""
    return _table(results, COREGISTERED, REDUCED_METRICS, {})


def reduced_table(results: Sequence[Result], remarks: Mapping[str, Sequence[str]]) -> str:
    """Markdown table of the test at reduced resolution on the pairs as they come."""
    return _table(results, REDUCED, REDUCED_METRICS, remarks)


def full_table(results: Sequence[Result], remarks: Mapping[str, Sequence[str]]) -> str:
    """Markdown table of the test at full resolution; remarks stand in the other table."""
    return _table(results, FULL, FULL_METRICS, dict.fromkeys(remarks, ()))


def summary(results: Sequence[Result], group: str) -> str:
    """Geometric means over the pairs of a group, seconds, and a verdict per network of ours."""
    truth, results = _select(results, TRUTH, group), [result for result in results if result.test != TRUTH]
    ours = [name for name in _methods(results) if _kind(results, name) == OURS]
    lines = _all_means(results, group)
    if truth:
        values = [result.values["d_rho"] for result in truth]
        lines.append(
            f"D_ρ of {truth[0].method} against the reduced pan: {geometric_mean(values):.3f} in the geometric mean, "
            f"{np.median(values):.3f} in the median; a method below that is more like the pan than the truth is."
        )
    for test in (COREGISTERED, REDUCED):
        taking_part = _methods(_select(results, test))
        lines += [line for name in ours if name in taking_part for line in _verdict(results, test, group, name)]
    return "\n\n".join(lines)


def best_classical(results: Sequence[Result], test: str, pair: str, metric: str) -> Result | None:
    """The result with the lowest value of a metric on a pair in a test, networks of any kind left aside."""
    rivals = [r for r in _select(results, test) if r.pair == pair and r.kind in RIVALS]
    rivals = [r for r in rivals if not math.isnan(r.values[metric])]
    return min(rivals, key=lambda result: result.values[metric], default=None)


def geometric_mean(values: Sequence[float]) -> float:
    """NaN when there is nothing to take the mean of."""
    return float(np.exp(np.mean(np.log(values)))) if len(values) else math.nan


def _table(
    results: Sequence[Result], test: str, metrics: tuple[Metric, ...], remarks: Mapping[str, Sequence[str]]
) -> str:
    chosen = _select(results, test)
    methods = _methods(chosen)
    with_remarks = any(remarks.values())
    heading = ["pair", *methods, *(["remarks"] if with_remarks else [])]
    names = " / ".join(f"{metric.label}{metric.unit}" for metric in metrics)
    lines = [f"Cells: {names}.", "", _row(heading), _row(["---"] * len(heading))]
    for pair in dict.fromkeys(result.pair for result in chosen):
        found = {result.method: result for result in chosen if result.pair == pair}
        best = _lowest(found.values(), ("ergas", "sam"))
        cells = [_cell(found.get(method), metrics, best) for method in methods]
        lines.append(_row([pair, *cells, *(["; ".join(remarks.get(pair, ()))] if with_remarks else [])]))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(result: Result | None, metrics: tuple[Metric, ...], best: Mapping[str, float]) -> str:
    if result is None:
        return "—"
    if result.trouble:
        return "failed"
    texts = []
    for metric in metrics:
        value = result.values[metric.id]
        text = f"{value:.3f}" if metric.unit == "" and metric.id != "ergas" else f"{value:.2f}"
        texts.append(f"**{text}**" if value == best.get(metric.id) else text)
    return " / ".join(texts)


def _lowest(results: Sequence[Result], metrics: tuple[str, ...]) -> dict[str, float]:
    """Lowest value of each metric among the results that have it."""
    lowest = {}
    for metric in metrics:
        values = [r.values[metric] for r in results if not math.isnan(r.values.get(metric, math.nan))]
        if values:
            lowest[metric] = min(values)
    return lowest


def _select(results: Sequence[Result], test: str, group: str | None = None) -> list[Result]:
    return [r for r in results if r.test == test and group in (None, r.group)]


def _methods(results: Sequence[Result]) -> list[str]:
    """Kind by kind, since the first pair may be one that some networks do not take."""
    kinds = {result.method: result.kind for result in results}
    return sorted(kinds, key=lambda method: KINDS.index(kinds[method]))


def _kind(results: Sequence[Result], method: str) -> str:
    return next(result.kind for result in results if result.method == method)


def _all_means(results: Sequence[Result], group: str) -> list[str]:
    """Means of the methods that take every pair and, where some do not, of all methods over the pairs that all take."""
    pairs = _pairs_of(results)
    limited = {method for method in _methods(results) if _pairs_of(results, method) != pairs}
    whole = [result for result in results if result.method not in limited]
    parts = [_means(whole, group, f"the {len(pairs)} pairs ({_group_name(group)})")]
    if not limited:
        return parts
    common = pairs.intersection(*(_pairs_of(results, method) for method in limited))
    if not common:
        return [*parts, "There is no pair that every method takes."]
    chosen = [result for result in results if result.pair in common]
    forms = sorted({f"{result.bands} bands, ratio {result.ratio}" for result in chosen})
    return [*parts, _means(chosen, group, f"the {len(common)} pairs that every method takes ({'; '.join(forms)})")]


def _pairs_of(results: Sequence[Result], method: str | None = None) -> set[str]:
    return {result.pair for result in results if method in (None, result.method)}


def _means(results: Sequence[Result], group: str, over: str) -> str:
    """Table of each method's means over some pairs: geometric for errors, with the seconds in all."""
    heading = ["method", "ERGAS", "SAM°", "Q2n", "SCC", "ERGAS as they come", "SAM° as they come"]
    heading += ["D_ρ as they come", "D_λ,K", "D_ρ", "R-SAM°", "D_ρ, median", "s, these pairs at full size"]
    columns = [(COREGISTERED, "ergas"), (COREGISTERED, "sam"), (COREGISTERED, "q2n"), (COREGISTERED, "scc")]
    columns += [(REDUCED, "ergas"), (REDUCED, "sam"), (REDUCED, "d_rho")]
    columns += [(FULL, "d_lambda_k"), (FULL, "d_rho"), (FULL, "r_sam")]
    lines = [f"Geometric means over {over}.", ""]
    lines += [_row(heading), _row(["---"] * len(heading))]
    for method in _methods(results):
        means = [geometric_mean(_values(results, test, group, method, name)) for test, name in columns]
        means.append(float(np.median(_values(results, FULL, group, method, "d_rho") or [math.nan])))
        cells = ["—" if math.isnan(mean) else f"{mean:.3f}" for mean in means]
        seconds = sum(r.seconds for r in _select(results, FULL, group) if r.method == method)
        lines.append(_row([method, *cells, f"{seconds:.1f}"]))
    return "\n".join(lines)


def _values(results: Sequence[Result], test: str, group: str, method: str, metric: str) -> list[float]:
    """Of a method in a test; none where it does not take every pair."""
    chosen = _select(results, test, group)
    values = [r.values.get(metric, math.nan) for r in chosen if r.method == method]
    return values if len(values) == len(_pairs_of(chosen)) else []


def _group_name(group: str) -> str:
    return {MAIN: "all but those apart", APART: "apart: reduced by their source by no known protocol"}[group]


def _verdict(results: Sequence[Result], test: str, group: str, ours: str) -> list[str]:
    """Sentences on one network in one test: on how many pairs it wins, and by how much."""
    mine = {r.pair: r.values for r in _select(results, test, group) if r.method == ours}
    ratios, wins, losses = [], 0, []
    for pair, values in mine.items():
        rivals = {name: best_classical(results, test, pair, name) for name in ("ergas", "sam")}
        if rivals["ergas"] is None or rivals["sam"] is None:
            continue
        ratios.append(values["ergas"] / rivals["ergas"].values["ergas"])
        lost = [name for name, rival in rivals.items() if not values[name] < rival.values[name]]
        wins += not lost
        if lost:
            losses.append(f"{pair} ({', '.join(f'{name.upper()}: {rivals[name].method}' for name in lost)})")
    mean = geometric_mean(ratios)
    lines = [
        f"**{ours} beats every classical on ERGAS and SAM on {wins} of {len(mine)} pairs**, "
        f"{_TEST_NAMES[test]} ({_group_name(group)}); "
        f"ERGAS over the best classical of each pair: {mean:.3f} in the geometric mean "
        f"({'reaches' if mean <= GOAL else 'misses'} the goal of {GOAL:.2f})."
    ]
    if losses:
        lines.append("Not beaten: " + "; ".join(losses) + ".")
    lines.append(
        "ERGAS over each method, geometric mean: " + ", ".join(_over_each(results, test, group, mine)) + "."
    )
    return lines


def _over_each(
    results: Sequence[Result], test: str, group: str, mine: Mapping[str, Mapping[str, float]]
) -> list[str]:
    texts = []
    for method in _methods(results):
        if _kind(results, method) not in RIVALS:
            continue
        theirs = [r for r in _select(results, test, group) if r.method == method and not r.trouble]
        ratios = [mine[r.pair]["ergas"] / r.values["ergas"] for r in theirs if r.pair in mine]
        texts.append(f"{method} {geometric_mean(ratios):.3f}")
    return texts
