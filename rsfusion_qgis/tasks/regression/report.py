"""What the report of an estimate says: the mean, the range, how wide the intervals are, and a histogram."""

from __future__ import annotations

from typing import Any

from ...core.reports import page as html_page
from ...core.reports.charts import bar_chart


def number_parts(result: Any, watch: object = None) -> list[str]:
    """Markup; see `contract.Task`."""
    found = result.summary
    if not found.pixels:
        return [html_page.heading("What was estimated?"), html_page.paragraph("No pixel has data.")]
    rows = [("pixels", f"{found.pixels:,}"), ("mean", f"{found.mean:.4g}"), ("lowest", f"{found.low:.4g}"),
            ("highest", f"{found.high:.4g}")]  # fmt: skip
    if found.widths == found.widths:
        rows.append(("mean width of the interval", f"{found.widths:.4g}"))
    middles = [f"{(low + high) / 2:.3g}" for low, high in zip(found.edges[:-1], found.edges[1:])]
    shares = {found.name: [100 * float(count) / found.pixels for count in found.counts]}
    quality = [(name, f"{value:.4g}") for name, value in result.plan.card.quality]
    return [
        html_page.heading(f"Estimate: {found.name}"),
        html_page.table(rows, ("measure", "value")),
        html_page.figure(bar_chart(middles, shares, "%"), "Share of the pixels with data by the estimate; the numbers "
                         "are the middles of the bars."),
        *([html_page.heading("How good was it in its training?"), html_page.table(quality, ("measure", "value"))]
          if quality else []),
    ]  # fmt: skip


def number_values(result: Any) -> dict[str, float]:
    """See `contract.Task`."""
    found = result.summary
    told = {"MEAN": found.mean, "LOWEST": found.low, "HIGHEST": found.high}
    return {name: value if value == value else -1.0 for name, value in told.items()}
