"""Accuracy as parts of a page: measures with intervals, the confusion matrix, and the classes one by one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Optional

import numpy as np

from ...measures.classes.boundary import LABEL, TOLERANCE_PX
from ...measures.classes.confusion import OVERALL, PER_CLASS, ConfusionMatrix, class_mean
from ...measures.classes.intervals import Intervals
from ...reports import page as html_page
from ...reports.charts import Ranged, interval_plot

RIGHT, WRONG = (47, 143, 78), (196, 101, 26)
"""Colours of a matrix's diagonal and of what lies off it, as red, green, blue."""
_FAINTEST = 0.005  # share of a row that is shaded at all
_UPRIGHT_FROM = 7  # columns
NOTHING = "—"
_TITLES = tuple(text for label in ("PA", "UA", "F1", "IoU") for text in (label, "95 %"))  # in the order of PER_CLASS


def accuracy_parts(
    matrix: ConfusionMatrix, found: Intervals, colours: Sequence[str] = (), axes: tuple[str, str] = ("reference", "map")
) -> list[str]:
    """Everything about a matrix, to stand in any report.

    Parameters
    ----------
    colours : of the classes, "#rrggbb" or "".
    axes : what the rows and the columns are.
    """
    colours = tuple(colours) or ("",) * len(matrix.names)
    return [
        html_page.table(overall_rows(matrix, found), ("measure", "value", "95 % interval")),
        html_page.heading("Confusion matrix"),
        confusion_table(matrix, colours, axes),
        html_page.paragraph(
            f"Rows: what the {axes[0]} says; columns: what the {axes[1]} says; numbers of pixels, shaded by the share "
            f"of their row. Producer's accuracy (PA, recall) tells how much of a class the {axes[1]} has found, user's "
            f"accuracy (UA, precision) how much of what the {axes[1]} calls so is right."
        ),
        html_page.heading("Class by class"),
        interval_plot(matrix.names, class_ranges(matrix, found)),
        html_page.shaded_table(("class", "regions", "pixels", *_TITLES), _class_rows(matrix, found, colours)),
    ]


def boundary_parts(scores: Optional[np.ndarray], names: Sequence[str]) -> list[str]:
    """Boundary F1 of the classes, (classes,); nothing where there is none."""
    if scores is None or np.isnan(scores).all():
        return []
    rows = [(LABEL, share(float(class_mean(scores)))), *((name, share(value)) for name, value in zip(names, scores))]
    return [
        html_page.heading("Outlines"),
        html_page.paragraph(f"A boundary pixel counts as found where the other map has one of that class within "
                            f"{TOLERANCE_PX} pixels."),
        html_page.table(rows, ("class", "boundary F1")),
    ]  # fmt: skip


def overall_rows(matrix: ConfusionMatrix, found: Intervals) -> list[tuple[str, str, str]]:
    """(measure, value, interval) of everything in `OVERALL`."""
    values = matrix.overall()
    return [(label, share(values[name]), span(*found.overall[name])) for name, label in OVERALL.items()]


def class_ranges(matrix: ConfusionMatrix, found: Intervals) -> dict[str, list[Ranged]]:
    """Producer's and user's accuracy of every class, for a plot."""
    values = matrix.per_class()
    return {
        PER_CLASS[name]: [(float(v), float(low), float(high))
                          for v, (low, high) in zip(values[name], found.per_class[name])]
        for name in ("pa", "ua")
    }  # fmt: skip


def confusion_table(matrix: ConfusionMatrix, colours: Sequence[str], axes: tuple[str, str]) -> str:
    """The matrix with sums and accuracies at its edges."""
    per_class, rows = matrix.per_class(), []
    for i, name in enumerate(matrix.names):
        total = max(int(matrix.true[i]), 1)
        cells = [
            (str(count), _shade(count / total, RIGHT if i == j else WRONG)) for j, count in enumerate(matrix.counts[i])
        ]
        rows.append((name, colours[i], [*cells, (str(matrix.true[i]), ""), (share(per_class["pa"][i]), "")]))
    sums = [(str(count), "") for count in matrix.predicted]
    rows.append(("sum", "", [*sums, (str(matrix.total), ""), ("", "")]))
    rows.append(("UA", "", [*((share(value), "") for value in per_class["ua"]), ("OA", ""),
                            (share(matrix.overall()["oa"]), "")]))  # fmt: skip
    header = (f"{axes[0]} ↓   {axes[1]} →", *matrix.names, "sum", "PA")
    return html_page.shaded_table(header, rows, upright=len(matrix.names) >= _UPRIGHT_FROM)


def _class_rows(
    matrix: ConfusionMatrix, found: Intervals, colours: Sequence[str]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    values, rows = matrix.per_class(), []
    for i, name in enumerate(matrix.names):
        cells = [(str(int(found.regions[i])), ""), (str(matrix.true[i]), "")]
        for measure in PER_CLASS:
            cells += [(share(values[measure][i]), ""), (span(*found.per_class[measure][i]), "")]
        rows.append((name, colours[i], cells))
    return rows


def _shade(part: float, colour: tuple[int, int, int]) -> str:
    """White for nothing to a light shade of the colour for everything, so that black digits can be read."""
    if part < _FAINTEST:
        return ""
    strength = 0.12 + 0.55 * min(part, 1.0)
    return "#" + "".join(f"{round(255 + (c - 255) * strength):02x}" for c in colour)


def share(value: float) -> str:
    """Three decimals."""
    return NOTHING if math.isnan(value) else f"{value:.3f}"


def span(low: float, high: float) -> str:
    """ "0.812–0.901"."""
    return NOTHING if math.isnan(low) or math.isnan(high) else f"{low:.3f}–{high:.3f}"


def percent(value: float) -> str:
    """One decimal."""
    return NOTHING if math.isnan(value) else f"{100 * value:.1f} %"


def accuracy_sentence(matrix: ConfusionMatrix, found: Intervals, who: str) -> str:
    """What share is right, and which class fares worst, in words; `who` was right."""
    low, high = found.overall["oa"]
    told = "" if math.isnan(low) else f" (95 % interval {100 * low:.1f} to {100 * high:.1f} %)"
    values = matrix.overall()
    said = (
        f"{who} is right for {percent(values['oa'])} of {matrix.total} reference pixels in "
        f"{int(found.regions.sum())} regions{told}; the mean of the classes is {percent(values['aa'])}."
    )
    return said + _weakest(matrix)


def _weakest(matrix: ConfusionMatrix) -> str:
    found = matrix.per_class()["pa"]
    if np.isnan(found).all() or len(matrix.names) < 2:
        return ""
    worst = int(np.nanargmin(found))
    errors = matrix.counts[worst].copy()
    errors[worst] = 0
    if not errors.any():
        return " No reference pixel is wrong."
    return (
        f" '{matrix.names[worst]}' is found least ({percent(found[worst])}), most often it is taken for "
        f"'{matrix.names[int(errors.argmax())]}'."
    )
