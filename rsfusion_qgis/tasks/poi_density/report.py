"""What the report and the results say about densities of points."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.engine.job import Job, Result
from ...core.reports import page as html_page
from ...core.reports.charts import bar_chart


def rows(job: Job) -> list[tuple[str, str]]:
    """Rows of the report about the run."""
    options = job.options
    told = [("POINTS", options.points), ("KERNEL", f"{options.kernel}, {options.bandwidth:g} m")]
    told += [("CATEGORY_FIELD", options.category_field)] if options.category_field else []
    told += [("TAGS", options.tags)] if options.tags else []
    if options.value_fields:
        return [*told, ("VALUE_FIELDS", options.value_fields)]
    told += [("WEIGHT_FIELD", options.weight_field)] if options.weight_field else []
    told += [("DISTANCES", "yes")] if options.distances else []
    return [*told, ("EDGES", "made up for" if options.edges else "not made up for")]


def parts(result: Result, watch: object = None) -> Sequence[str]:
    """How many points each category has; markup."""
    found = result.summary
    if found.values:
        means = [(name, str(len(one)), f"{one.mean():.4g}", f"{one.std():.4g}")
                 for name, one in zip(found.categories, found.values)]  # fmt: skip
        return [html_page.heading("What do the points tell?"),
                html_page.table(means, ("field", "points", "mean", "deviation"))]  # fmt: skip
    area = found.size[0] * found.size[1] / 1e6
    cells = [(name, str(len(weights)), f"{weights.sum() / area:.4g}")
             for name, weights in zip(found.categories, found.weights)]  # fmt: skip
    counts = [float(len(weights)) for weights in found.weights]
    return [
        html_page.heading("How many points has each category?"),
        html_page.table(cells, ("category", "points", "mean per km²")),
        html_page.figure(bar_chart([name[:8] for name in found.categories], {"points": counts}, "points"), "Points."),
    ]


def values(result: Result) -> dict[str, object]:
    """What models and scripts get beside the raster."""
    found = result.summary
    return {"CATEGORIES": ",".join(found.categories), "POINTS_USED": sum(len(one) for one in found.weights)}
