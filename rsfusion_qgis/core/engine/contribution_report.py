"""What each raster gave, as a page for the browser and as a table of numbers."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

from ..reports import page as html_page
from ..reports.charts import bar_chart
from .contributions import Contributions

_TRUTH = (
    "Measured against the reference. A value above zero means that the raster makes the result better, below zero that "
    "it makes it worse."
)
_NO_TRUTH = (
    "No reference was given. The values say how much of the result comes from each raster, not whether it gets better."
)
_HOW = (
    "A raster that is left out is replaced by what the network's card says for an absent one. Shapley value: the mean "
    "of what a raster adds, over all orders in which the rasters can come. The values add up to the difference between "
    "all rasters and none. Left out: what is lost where this raster alone is missing. Alone: what it gives without the "
    "others."
)
_SAMPLED = "There are more than four rasters, so the orders were drawn at random, in opposite pairs."


def contribution_page(title: str, found: Contributions) -> str:
    """The whole page."""
    parts = [html_page.note(sentence(found)), html_page.paragraph(_TRUTH if found.against_truth else _NO_TRUTH)]
    parts += [html_page.note(text, "unknown") for text in untrained(found)]
    for place, (name, meaning) in enumerate(found.measures):
        parts += [html_page.heading(name.capitalize()), html_page.paragraph(f"Unit: {meaning}.")]
        parts.append(html_page.table(_rows(found, place), ("raster", "Shapley value", "share", "left out", "alone")))
    shares = {"share": [100 * float(share) if share > 0 else 0.0 for share in found.shares[:, 0]]}
    parts.append(html_page.figure(bar_chart(found.roles, shares, "%"), f"Credit for {found.measures[0][0]}."))
    parts.append(html_page.heading("Which rasters together"))
    parts.append(html_page.table(_set_rows(found), ("rasters", *_names(found))))
    parts += [html_page.paragraph(_HOW), *([] if found.design.exact else [html_page.paragraph(_SAMPLED)])]
    return html_page.page(title, *parts, html_page.heading("The run"), html_page.table(_run_rows(found)))


def sentence(found: Contributions) -> str:
    """Who gave most, in words."""
    shares = found.shares[:, 0]
    order = sorted(range(len(found.roles)), key=lambda one: -shares[one])
    told = ", ".join(f"{found.roles[one]} {100 * shares[one]:.0f} %" for one in order)
    worse = [found.roles[one] for one in order if found.values[one, 0] < 0]
    hurts = f" {' and '.join(worse)} made the result worse." if worse and found.against_truth else ""
    return f"Shares of the credit ({found.measures[0][0]}): {told}.{hurts}"


def untrained(found: Contributions) -> list[str]:
    """A sentence where the network never learned to do without a raster."""
    names = [role for role, free in zip(found.roles, found.optional) if not free]
    if not names:
        return []
    return [f"The network was not trained to do without {', '.join(names)}: its answers there say how much it leans on "
            "that raster, not what another network would make of the rest."]  # fmt: skip


def contribution_csv(found: Contributions) -> str:
    """Two tables, separated by an empty line: the rasters, and the sets that were tried."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["raster", "measure", "shapley_value", "share", "left_out", "alone"])
    for place, (name, _) in enumerate(found.measures):
        for row, role in enumerate(found.roles):
            columns = (found.values, found.shares, found.left_out, found.alone)
            writer.writerow([role, name, *(_number(column[row, place]) for column in columns)])
    writer.writerow([])
    writer.writerow(["rasters", *_names(found)])
    for place, chosen in enumerate(found.design.sets):
        writer.writerow([_set_name(found, chosen), *(_number(value) for value in found.results[place])])
    return stream.getvalue()


def _rows(found: Contributions, place: int) -> list[tuple[str, ...]]:
    rows = []
    for row, role in enumerate(found.roles):
        value, share, left, alone = (column[row, place] for column in (
            found.values, found.shares, found.left_out, found.alone))  # fmt: skip
        rows.append((role, _text(value), f"{100 * share:.1f} %", _text(left), _text(alone)))
    return [*rows, ("together", _text(found.total[place]), "", "", "")]


def _set_rows(found: Contributions) -> list[tuple[str, ...]]:
    return [(_set_name(found, chosen), *(f"{value:.4g}" for value in values))
            for chosen, values in zip(found.design.sets, found.results)]  # fmt: skip


def _run_rows(found: Contributions) -> list[tuple[str, str]]:
    job, task = found.plan.job, found.plan.task
    return [
        *((task.parameter(role), path) for role, path in job.inputs.items()),
        ("Network", Path(job.model).name),
        ("Pixels", str(found.pixels)),
        ("Sets of rasters", f"{found.runs}, {'all' if found.design.exact else 'drawn at random'}"),
        ("Seconds", f"{found.seconds:.1f}"),
        *(("Finding", finding.sentence) for finding in found.findings),
    ]


def _set_name(found: Contributions, chosen: int) -> str:
    return " + ".join(role for player, role in enumerate(found.roles) if chosen >> player & 1) or "none"


def _names(found: Contributions) -> list[str]:
    return [name for name, _ in found.measures]


def _text(value: float) -> str:
    return "not tried" if math.isnan(value) else f"{value:+.4g}"


def _number(value: float) -> str:
    return "" if math.isnan(value) else repr(round(float(value), 8))
