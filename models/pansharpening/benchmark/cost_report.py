"""The costs as Markdown: how they were measured, one table per size and number of threads, and the aim."""

from __future__ import annotations

import math

from models.pansharpening.benchmark.contender import OURS
from models.pansharpening.benchmark.costs import AIM, UNIT, Costs
from models.pansharpening.benchmark.report import row

PROTOCOL = """\
Every method fuses the same generated pair from file to file: 4 bands of 11 bit, ratio 4, UInt16 result. Every run is a
process of its own, confined to as many cores as the table says threads; the methods take turns, round by round: median
of the seconds, largest memory. EXP, GSA, BT-H and MTF-GLP-FS are here those of the plugin, tile by tile by the engine,
not the whole-array ones of the other tables. Seconds are those of the whole process, from its start to its end. For
these and the networks that is the start of Python, the imports, ONNX Runtime, checks and statistics, and a compressed
result; other programs write uncompressed, as they do by default; gdal fitted fits its weights in NumPy. Networks are
told the MTF gains, with which the result is made consistent. Mpx are output pixels. "Over {unit}" is the median of the
ratios in the same round; "by processor time" is the same of the time that the processor spent, which does not grow
when the machine has other work. Memory is the peak of resident memory of the whole process, libraries and all. kFLOP
per output pixel are those on the network's card (convolutions and products, 2 per multiply-add); GFLOP/s are these
times the Mpx/s, so what tiles compute twice at their edges does not count. The convolution peak is that of the best
moment and the seconds are the median, so on a busy machine the shares are too low."""


def cost_tables(found: tuple[Costs, ...]) -> str:
    """Markdown of all the tables."""
    return "\n\n".join([PROTOCOL.format(unit=UNIT), *(cost_table(costs) for costs in found)])


def cost_table(costs: Costs) -> str:
    """Markdown: one row per method, the aim, and a sentence for each method that failed."""
    heading = ["method", "s", "Mpx/s", f"over {UNIT}", "by processor time", "peak memory, MiB", "kFLOP per px"]
    heading += ["GFLOP/s", "of the convolution peak"]
    lines = [row(heading), row(["---"] * len(heading))]
    for cost in costs.rows:
        figures = (
            f"{cost.seconds:.2f}", f"{cost.mpx_per_s:.2f}", f"{costs.over_unit(cost):.2f}",
            f"{costs.over_unit_by_processor(cost):.2f}", f"{cost.peak_mib:.0f}",
            f"{cost.flop_per_px / 1e3:.1f}", f"{cost.gflop_per_s:.1f}", f"{100 * costs.share_of_peak(cost):.0f} %",
        )  # fmt: skip
        cells = ["—" if "nan" in figure else figure for figure in figures]
        lines.append(row([cost.method, *(["failed", *["—"] * (len(heading) - 2)] if cost.trouble else cells)]))
    title = f"### Pan {costs.pan_px} x {costs.pan_px}, {costs.threads} thread(s), {costs.rounds} round(s)"
    troubles = [f"{cost.method} failed (cost): {cost.trouble}" for cost in costs.rows if cost.trouble]
    return "\n\n".join([title, _convolution_peak(costs), "\n".join(lines), *_aims(costs), *troubles])


def _aims(costs: Costs) -> list[str]:
    """A sentence for each network of ours whose ratio is known."""
    told = [(cost.method, costs.over_unit(cost)) for cost in costs.rows if cost.kind == OURS]
    return [
        f"{method} takes {times:.2f} times as long as {UNIT} (aim: at most {AIM:g}; "
        f"{'met' if times <= AIM else 'not met'})."
        for method, times in told
        if not math.isnan(times)
    ]


def _convolution_peak(costs: Costs) -> str:
    if math.isnan(costs.peak_gflop_per_s):
        return "The convolution peak was not measured: ONNX Runtime cannot be imported."
    return (
        f"Convolution peak: {costs.peak_gflop_per_s:.1f} GFLOP/s, the fastest chain of 3 x 3 convolutions between many "
        f"channels in ONNX Runtime with {costs.threads} thread(s), measured before, between and after the rounds."
    )
