"""The benchmark as Markdown: protocol, one table per test, means over the pairs, and the verdict.

A row is a pair, a column a method, EXP first; a cell holds the metrics in the order that the heading gives, and is —
where the method does not take the pair. The best ERGAS and the best SAM of a row are bold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from models.pansharpening.benchmark.contender import COREGISTERED, EYE, FULL, NOISY, OURS, REDUCED, TRUTH
from models.pansharpening.benchmark.evaluate import METRICS, Result
from models.pansharpening.benchmark.means import geometric_mean, kind_of, mean, methods_of, pairs_of, select
from models.pansharpening.benchmark.pairs import APART, MAIN, SEEN
from models.pansharpening.benchmark.verdict import aims_in_words, aims_table, wins_in_words
from rsfusion_qgis.core.measures.images import METRICS as EVERY_METRIC
from rsfusion_qgis.core.measures.images import Metric

PROTOCOL = """\
Protocol. Reduced resolution: MS and pan are blurred with a Gaussian of the sensor's MTF gain at Nyquist (each band
its own, the pan its own) and decimated by the ratio; the fused image is compared with the original MS, {border} pixels
inside its edges where it is at least four times as large. Phase: a reduced pixel covers exactly ratio x ratio original
ones, so that x_ms = (x_pan + 0.5) / ratio - 0.5, for every method. EXP is plain cubic interpolation. All methods work
on the same floating-point arrays.

Coregistered: before the reduction, MS and pan of the pair are brought onto each other, the same for every method: the
pan is decimated where the MS was measured to lie. Pairs with a reference of their source are not reduced; their MS is
moved onto the pan, where that reference lies.

Noise restored: the same, and MS and pan are as noisy as before the reduction, which averages noise away and hides what
a method makes of it. The noise of each band is measured on flat areas of the original, and white noise of the variance
that is missing is added, the same for every method.

As they come: the pair is reduced as it is. MS and pan lie off one another, and a result may lie on either. So every
method is judged at the sub-pixel place of the reference that suits it best: the reference is moved in the Fourier
domain by the shift at which ERGAS is lowest, by the same search for every method. A reference of the source lies on
the pan and is not moved.

To the eye: the pair at full resolution, its MS brought onto the pan, the same for every method. CHF: detail that the
pan does not carry; CFLAT: coloured speckle where the pan is flat; CMF: coloured blotches of about an MS pixel (both
over those of interpolation); SLOPE: the strength of the pan's detail, 1 = crisp; D_ρ: detail that does not vary as the
pan does, in ratio x ratio windows; HQNR: quality without a reference. CHF, CFLAT and CMF are no losses: the
truth has colours of its own, too. Read them beside BT-H and MTF-GLP-FS.

Full resolution: the pair as it comes; the fused image is brought back to the MS (D_λ,K and R-SAM; R-SAM after undoing
each band's measured shift) or compared with the pan (D_ρ). Seconds are the whole call, for other programs and networks
with start-up and files.

Our networks run with COREGISTRATION=correct, which moves the MS onto the pan, where the pairs are as they come, and
with COREGISTRATION=warn where they were coregistered before. At reduced resolution they are told the sensor's MTF
gains, as GSA and MTF-GLP-FS are, and the pan's. At full resolution they are told the sensor, whose gains are measured
anew where the pair is not like them. "Sensor not said": the gains are measured on the pair itself, and the pan is taken
for a usual one. DETAIL is balanced where nothing is said. The literature's networks fuse as published. MTF-GLP-FS, made
consistent with the MS as our networks are, and with its pan sharpened, are rows of their own; no verdict speaks of
them. "Adapted to the other half": each half of the pair as delivered taught a network that fuses the other half. A
network made for one number of bands or one ratio fuses the pairs that have them and is — elsewhere; its means stand in
a table of such pairs only."""

WITH_REFERENCE = (
    (COREGISTERED, "ergas", "ERGAS"), (COREGISTERED, "sam", "SAM°"), (COREGISTERED, "q2n", "Q2n"),
    (COREGISTERED, "scc", "SCC"), (COREGISTERED, "d_rho", "D_ρ"), (NOISY, "ergas", "ERGAS, noise restored"),
    (NOISY, "sam", "SAM°, noise restored"), (REDUCED, "ergas", "ERGAS as they come"),
    (REDUCED, "sam", "SAM° as they come"),
)  # fmt: skip
WITHOUT = (
    (EYE, "chf", "CHF"), (EYE, "cflat", "CFLAT"), (EYE, "cmf", "CMF"), (EYE, "slope", "SLOPE"), (EYE, "d_rho", "D_ρ"),
    (EYE, "hqnr", "HQNR"), (FULL, "d_lambda_k", "D_λ,K as they come"), (FULL, "d_rho", "D_ρ as they come"),
    (FULL, "r_sam", "R-SAM° as they come"),
)  # fmt: skip
"""Columns of the two tables of means: test, metric, title."""
GEOMETRIC = ("ergas", "sam", "r_sam", "d_lambda_k", "cflat", "cmf")
"""Metrics whose means are geometric; those of the others are arithmetic."""


def table(results: Sequence[Result], test: str, remarks: Mapping[str, Sequence[str]] | None = None) -> str:
    """Markdown table of a test, one row per pair.

    Parameters
    ----------
    remarks : pair to what stands in its last column; None = there is no such column.
    """
    chosen, remarks = select(results, test), remarks or {}
    methods, with_remarks = methods_of(chosen), any((remarks or {}).values())
    heading = ["pair", *methods, *(["remarks"] if with_remarks else [])]
    names = " / ".join(f"{metric.label}{metric.unit}" for metric in METRICS[test])
    lines = [f"Cells: {names}.", "", row(heading), row(["---"] * len(heading))]
    for pair in dict.fromkeys(result.pair for result in chosen):
        found = {result.method: result for result in chosen if result.pair == pair}
        best = _lowest(list(found.values()), ("ergas", "sam"))
        cells = [_cell(found.get(method), METRICS[test], best) for method in methods]
        lines.append(row([pair, *cells, *(["; ".join(remarks.get(pair, ()))] if with_remarks else [])]))
    return "\n".join(lines)


def summary(results: Sequence[Result], group: str) -> str:
    """Means over the pairs of a group, the aims of all of ours, and a verdict per network without its variants."""
    results = [result for result in results if result.group == group]
    truth, results = select(results, TRUTH), [result for result in results if result.test != TRUTH]
    lines, name = _all_means(results, group), _group_name(group)
    if truth:
        lines.append(
            f"D_ρ of {truth[0].method} against the coregistered reduced pan: "
            f"{mean([result.values['d_rho'] for result in truth]):.3f} in the mean; a method below that is more like "
            "the pan than the truth is."
        )
    ours = [method for method in methods_of(results) if kind_of(results, method) == OURS]
    networks = [one for one in ours if not any(one.startswith(other) and one != other for other in ours)]
    lines += [told for method in networks if (told := aims_in_words(results, method, name))]
    lines += _lines_of_table(aims_table(results, ours))
    for test in (COREGISTERED, NOISY, REDUCED):
        lines += [line for method in networks for line in wins_in_words(results, test, method, name)]
    return "\n\n".join(lines)


def _lines_of_table(cells: Sequence[Sequence[str]]) -> list[str]:
    """One Markdown table, or nothing where there are no cells."""
    if not cells:
        return []
    return ["\n".join([row(cells[0]), row(["---"] * len(cells[0])), *(row(line) for line in cells[1:])])]


def row(cells: Sequence[str]) -> str:
    """A line of a Markdown table."""
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


def _all_means(results: Sequence[Result], group: str) -> list[str]:
    """Means of the methods that take every pair and, where some do not, of all methods over the pairs that all take."""
    pairs = pairs_of(results)
    limited = {method for method in methods_of(results) if pairs_of(results, method) != pairs}
    whole = [result for result in results if result.method not in limited]
    parts = [_means(whole, f"the {len(pairs)} pairs ({_group_name(group)})")]
    if not limited:
        return parts
    common = pairs.intersection(*(pairs_of(results, method) for method in limited))
    if not common:
        return [*parts, "There is no pair that every method takes."]
    chosen = [result for result in results if result.pair in common]
    forms = sorted({f"{result.bands} bands, ratio {result.ratio}" for result in chosen})
    return [*parts, _means(chosen, f"the {len(common)} pairs that every method takes ({'; '.join(forms)})")]


def _means(results: Sequence[Result], over: str) -> str:
    """Two tables of each method's means over some pairs: with a reference, and without one."""
    labels = ", ".join(metric.label for metric in EVERY_METRIC if metric.id in GEOMETRIC)
    lines = [f"Means over {over}; geometric for {labels}, arithmetic for the others.", ""]
    for columns, last in ((WITH_REFERENCE, []), (WITHOUT, ["s, these pairs at full size"])):
        heading = ["method", *(title for _, _, title in columns), *last]
        lines += [row(heading), row(["---"] * len(heading))]
        for method in methods_of(results):
            means = [_mean(results, test, method, name) for test, name, _ in columns]
            cells = ["—" if math.isnan(found) else f"{found:.3f}" for found in means]
            seconds = sum(r.seconds for r in select(results, FULL) if r.method == method)
            lines.append(row([method, *cells, *([f"{seconds:.1f}"] if last else [])]))
        lines.append("")
    return "\n".join(lines[:-1])


def _mean(results: Sequence[Result], test: str, method: str, metric: str) -> float:
    """Of a method in a test; NaN where it does not take every pair or failed on one."""
    chosen = select(results, test)
    values = [r.values.get(metric, math.nan) for r in chosen if r.method == method]
    if len(values) != len(pairs_of(chosen)):
        return math.nan
    return geometric_mean(values) if metric in GEOMETRIC else mean(values)


def _group_name(group: str) -> str:
    return {
        MAIN: "all but those apart",
        APART: "apart: reduced by their source by no known protocol",
        SEEN: "networks were trained on these or chosen by them, so this says little",
    }[group]
