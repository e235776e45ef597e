"""The registration benchmark as Markdown: protocol, goals, tables per group, and where ours falls short."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from models.alignment import statistics as figures
from models.alignment.fusion import SHIFT, Fused
from models.alignment.offsets import Offset
from models.alignment.pairs import GROUPS
from models.alignment.statistics import Statistics, all_statistics, self_error, truth_error
from models.alignment.trials import SHIFTED, TURNED, UNRELATED, Trial

__all__ = ["all_statistics", "markdown"]

PROTOCOL = """\
Protocol. Known displacements are put into one image of a pair by splines about its middle, what they make up at the
edge is cut off both images, and every method gets the same two arrays. Shifts: each of columns and rows 0.1 to 8
reference pixels of either sign, evenly on a logarithmic scale; the second set adds up to 0.5° and 0.5 % of scale.
Ours and the peers that can be told look up to 12 pixels far. Pan-MS: the pan is moved (quintic), so that the aliased
MS is not interpolated; methods that need one grid get the pan blurred by the sensor's MTF and decimated, and their
errors are scaled back to pan pixels. Optical-SAR and optical-LiDAR: the secondary is moved (cubic), windows of
256 x 256 pixels where the raster is large enough, else the whole patch without the cut edge (230 x 230 of 256).
Sentinel-2 takes part with its 10 m bands.

What an error is. Pan-pan, and pan-MS made from one pan (blurred and decimated; noise of 2 % of the deviation in either
image, another gain): distance from the truth, as the images lie on each other by construction. All others: real pairs
do not lie exactly on each other, so (a) *against itself*: distance from what the same method measures where nothing was
put in, plus what was put in; this is consistency and says nothing of a common bias. (b) *Against control points*:
distance from an affine displacement fitted robustly to the control points of the window; single points scatter about it
by 0.5 to 0.9 px, so the fit itself is good to one or two tenths of a pixel. The CSV of visible_lidar_intensity_1 names
its columns the other way round (phase correlation, ECC and mutual information all say so) and is read that way.
For Sentinel-1/2 the true offset is unknown: the table of offsets shows ours beside an independent measurement. A method
that fails counts as a trial with infinite error (∞). Seconds: median of a whole call."""


def markdown(
    trials: Sequence[Trial], offsets: Sequence[Offset], fused: Sequence[Fused], remarks: Sequence[str]
) -> str:
    """Everything, in the order of the reader's questions."""
    parts = ["# Registration benchmark", PROTOCOL, *remarks, "## Goals", _goals(trials, fused)]
    for group in GROUPS:
        for error, against in ((self_error, "itself"), (truth_error, "control points")):
            parts += _group(trials, group, error, against)
    parts += ["## Rotation and scale", _rotation(trials)]
    parts += ["## Does the confidence mean something?", _confidence(trials)]
    parts += ["## False alarms and unrelated pairs", _alarms(trials)]
    parts += ["## What real pairs lie off by themselves", _offsets(offsets)]
    parts += ["## Where ours falls short", _outliers(trials)]
    parts += ["## End to end", _fused(fused)]
    return "\n\n".join(parts) + "\n"


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value: float, digits: int = 2, sign: str = "") -> str:
    """A number, ∞ for a failure, – for what is not known."""
    if math.isnan(value):
        return "–"
    return "∞" if math.isinf(value) else f"{value:{sign}.{digits}f}"


def share(value: float) -> str:
    """A share as per cent."""
    return "–" if math.isnan(value) else f"{100 * value:.1f} %"


def _goals(trials: Sequence[Trial], fused: Sequence[Fused]) -> str:
    back = [-math.inf if row.trouble else row.brought_back for row in fused]
    rows = []
    for goal in figures.goals(trials, back):
        said = "not measured" if math.isnan(goal.measured) else ("met" if goal.met else "**falls short**")
        value = share(goal.measured) if goal.as_share and math.isfinite(goal.measured) else number(goal.measured, 3)
        rows.append([goal.text, value, said])
    return table(["goal", "measured", ""], rows)


def _group(trials: Sequence[Trial], group: str, error: figures.Error, against: str) -> list[str]:
    parts = []
    for kind in (SHIFTED, TURNED):
        rows = figures.statistics(trials, group, kind, error, against)
        if rows:
            parts += [f"## {group}: {kind}{_against(group, against)}", _statistics(rows)]
    return parts


def _against(group: str, against: str) -> str:
    if against != "itself":
        return ", against control points"
    return ", against the truth" if group in GROUPS[:2] else ", against itself"


def _statistics(rows: Sequence[Statistics]) -> str:
    heading = ["method", "trials", "failed", "median px", "95th percentile px", "< 0.5 px", "< 1 px", "s"]
    return table(
        heading,
        [
            [
                row.method, str(row.trials), str(row.failed), number(row.median, 3), number(row.p95, 3),
                share(row.below_half), share(row.below_one), number(row.seconds, 2),
            ]
            for row in rows
        ],
    )  # fmt: skip


def _rotation(trials: Sequence[Trial]) -> str:
    rows = []
    for group in GROUPS:
        mine = figures.ours_of(trials, (TURNED,), group)
        if mine:
            turns, scales = ([getattr(t, name) for t in mine] for name in ("rotation_error_deg", "scale_error"))
            found = float(np.mean([t.found_turn for t in mine]))
            values = [number(float(np.quantile(v, q)), d) for v, d in ((turns, 3), (scales, 5)) for q in (0.5, 0.95)]
            rows.append([group, str(len(mine)), share(found), *values])
    heading = ["group", "trials", "rotation or scale found", "median °", "95th percentile °", "median scale"]
    note = "Ours; drawn were up to 0.5° (median 0.25°) and 0.005 of scale (median 0.0025)."
    return f"{note}\n\n{table([*heading, '95th percentile scale'], rows)}"


def _confidence(trials: Sequence[Trial]) -> str:
    rows = []
    for group in GROUPS:
        for error, against in ((self_error, ""), (truth_error, ", against control points")):
            bins = figures.by_confidence(trials, group, error)
            if any(b.trials for b in bins):
                rows.append([group + against, *(f"{b.trials}: {share(b.below_half)}" for b in bins)])
    heading = ["group", "confidence below 0.3", "0.3 to 0.5", "0.5 to 0.9", "0.9 and more"]
    return f"Ours, all motions; trials: share of them with an error below 0.5 px.\n\n{table(heading, rows)}"


def _alarms(trials: Sequence[Trial]) -> str:
    rows = []
    for group in (*GROUPS, None):
        count, shifted, unsure = figures.false_alarms(trials, group)
        if count:
            rows.append([group or "all", str(count), str(shifted), share(shifted / count), str(unsure)])
    first = table(["aligned pairs", "trials", "called shifted", "share", "called uncertain"], rows)
    rows = []
    for group in (*dict.fromkeys(t.group for t in figures.ours_of(trials, (UNRELATED,))), None):
        count, unsure, sure = figures.strangers_unsure(trials, group)
        if count:
            rows.append([group or "all", str(count), share(unsure / count), str(count - unsure), str(sure)])
    second = table(["unrelated pairs", "trials", "confidence < 0.3", "0.3 and more", "0.9 and more"], rows)
    note = (
        "Aligned: by construction, or after what ours had measured was undone by a spline (which tests its "
        "consistency, not its truth); windows cut a few pixels elsewhere each time; tolerance 0.5 px. Unrelated: the "
        "reference of one place with the secondary of another, drawn at random."
    )
    return f"{note}\n\n{first}\n\n{second}"


def _offsets(offsets: Sequence[Offset]) -> str:
    heading = ["group", "pair", "ours", "confidence", "independent", "apart px", "control points", "ours from them px"]
    rows = [
        [
            o.group, o.couple, _place(o.ours), number(o.confidence), f"{_place(o.other)} ({o.method})",
            number(o.apart_px), _place(o.points), number(o.from_points_px),
            f"{number(o.before_px)} / {number(o.after_px)}",
        ]
        for o in offsets
    ]  # fmt: skip
    note = (
        "To be added to the secondary as the pair comes, (columns, rows) in reference pixels. Last column: median "
        "distance of the window's control points before / after ours is applied."
    )
    return f"{note} {_agreement(offsets)}\n\n{table([*heading, 'points before / after px'], rows)}"


def _agreement(offsets: Sequence[Offset]) -> str:
    """How often the independent measurement says the same where ours is sure, and where it is not."""
    parts = []
    for group in dict.fromkeys(o.group for o in offsets):
        for name, low, high in (("0.9 and more", figures.SURE, math.inf), ("less", -math.inf, figures.SURE)):
            apart = [o.apart_px for o in offsets if o.group == group and low <= o.confidence < high]
            if apart:
                near = sum(value < figures.ONE for value in apart)
                parts.append(f"{group}, confidence {name}: {near} of {len(apart)}")
    return f"Less than 1 px apart from the independent measurement: {'; '.join(parts)}."


def _place(place: tuple[float, float]) -> str:
    return "–" if math.isnan(place[0]) else f"({place[0]:+.2f}, {place[1]:+.2f})"


def _outliers(trials: Sequence[Trial]) -> str:
    rows = [
        [o.couple, o.group, number(o.median), number(o.worst), number(o.confidence), str(o.sure_and_wrong)]
        for o in figures.outliers(trials)
    ]
    if not rows:
        return "On no pair is the median error half a pixel or more, and no trial is sure and wrong."
    heading = ["pair", "group", "median px", "worst px", "median confidence", "sure (0.9) and wrong (0.5 px)"]
    return table(heading, rows)


def _fused(fused: Sequence[Fused]) -> str:
    if not fused:
        return "Not run: no network in the zoo, no pan_ms, or left out as asked."
    rows = [
        [f.pair, number(f.aligned, 3), number(f.warned, 3), number(f.corrected, 3), _back(f), f.trouble] for f in fused
    ]
    note = (
        f"ERGAS at reduced resolution, a pan {SHIFT} px off its MS (columns, rows), by the engine from files to a "
        'file with the network of the zoo; share of the loss that policy "correct" brings back.'
    )
    heading = ["pair", "aligned", 'shifted, "warn"', 'shifted, "correct"', "brought back", "trouble"]
    return f"{note}\n\n{table(heading, rows)}"


def _back(row: Fused) -> str:
    return "–" if row.trouble else share(row.brought_back)
