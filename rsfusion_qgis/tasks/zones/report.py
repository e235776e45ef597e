"""What the report says about classified zones."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.assessment.classes.accuracy_report import confusion_table
from ...core.measures.classes.confusion import OVERALL
from ...core.reports import page as html_page
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
    parts = [html_page.note(sentence(found)), *(html_page.note(text, "unknown") for text in notes)]
    parts += [html_page.heading("How good is it?"), html_page.paragraph(_BLOCKS)]
    parts += [html_page.table(told, ("measure", "value")), html_page.heading("Confusion matrix")]
    parts.append(confusion_table(found.matrix, ("",) * len(zones.classes), ("layer", "forest")))
    if found.without:
        parts.append(html_page.heading("What did each source give?"))
        parts.append(html_page.table(_sources(found), ("with", "OA", "κ")))
    parts += [html_page.heading("What the forest looks at"), html_page.table(
        [(name, f"{100 * share:.1f} %") for name, share in found.importances], ("feature", "importance"))]  # fmt: skip
    return html_page.page(title, *parts, html_page.heading("The run"), html_page.table(rows))


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
