"""What the report says about classified zones."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.assessment.classes.accuracy_report import confusion_table
from ...core.measures.classes.confusion import OVERALL
from ...core.reports import page as html_page
from ...core.reports.charts import bar_chart
from .calibration import Reliability
from .forest import Classified
from .reading import Zones

_BLOCKS = (
    "Each zone was classified by a forest that had not seen the part of the map in which it lies: the zones are put "
    "into blocks by where they are, and whole blocks are left out. Neighbouring zones resemble each other, so leaving "
    "out single zones would make the numbers look better than they are."
)


def zones_page(
    title: str, zones: Zones, found: Classified, rows: Sequence[tuple[str, str]], notes: Sequence[str]
) -> str:
    """The whole page."""
    values = found.matrix.overall()
    told = [(label, f"{float(values[name]):.3f}") for name, label in OVERALL.items()]
    parts = [html_page.note(sentence(found))]
    parts += [html_page.heading("How good is it?"), html_page.paragraph(_BLOCKS)]
    parts += [html_page.table(told, ("measure", "value")), html_page.heading("Confusion matrix")]
    parts.append(confusion_table(found.matrix, ("",) * len(zones.classes), ("layer", "forest")))
    if found.without:
        parts.append(html_page.heading("What did each source give?"))
        parts.append(html_page.table(_sources(found), ("with", "OA", "κ")))
    if found.partly:
        parts += [html_page.heading("Where a source is absent"), html_page.table(
            _partly(found), ("source", "zones with it", "κ there", "zones without it", "κ there"))]  # fmt: skip
    parts += [html_page.heading("How far to trust the probability"), *_reliability(found.reliability)]
    parts += [html_page.heading("What the forest looks at"), html_page.table(
        [(name, f"{100 * share:.1f} %") for name, share in found.importances], ("feature", "importance"))]  # fmt: skip
    read = [html_page.heading("What was read"), html_page.listing(notes)] if notes else []
    return html_page.page(title, *parts, *read, html_page.heading("The run"), html_page.table(rows))


def _partly(found: Classified) -> list[tuple[str, ...]]:
    rows = []
    for kind, given, absent in found.partly:
        numbers = ((str(int(one.counts.sum())), f"{float(one.overall()['kappa']):.3f}") for one in (given, absent))
        rows.append((kind, *(text for pair in numbers for text in pair)))
    return rows


def _reliability(found: Reliability) -> list[str]:
    names = [f"{100 * one:.0f} %" for one in found.confidence]
    bars = {"confidence": [100 * one for one in found.confidence], "right": [100 * one for one in found.right]}
    return [
        html_page.paragraph(
            "Of zones with the probability 0.8, 80 % should be right. The zones of known class are put into groups by "
            "their probability, which was set by zones of other parts of the map. The mean distance between both is "
            f"{100 * found.error:.1f} %; of the plain votes of the trees it was {100 * found.error_before:.1f} %."),
        html_page.figure(bar_chart(names, bars, "%"), "Mean probability of each group of zones, and the share of its "
                         "zones that are right."),
        html_page.table([(name, f"{100 * right:.0f} %", str(zones)) for name, right, zones in zip(
            names, found.right, found.zones)], ("probability", "right", "zones")),
    ]  # fmt: skip


def sentence(found: Classified) -> str:
    """How good it is, in words."""
    values = found.matrix.overall()
    total = int(found.matrix.counts.sum())
    return (f"{100 * float(values['oa']):.1f} % of {total} zones of known class were found right in parts of the map "
            f"that the forest had not seen (kappa {float(values['kappa']):.3f}).")  # fmt: skip


def _sources(found: Classified) -> list[tuple[str, str, str]]:
    rows = [(" and ".join(kinds), matrix) for kinds, matrix in found.without.items()]
    rows.append(("all", found.matrix))
    return [(name, *(f"{float(matrix.overall()[one]):.3f}" for one in ("oa", "kappa"))) for name, matrix in rows]
