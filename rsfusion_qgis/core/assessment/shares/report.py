"""An assessment of shares as a page for the browser, as a table of numbers, and in one sentence."""

from __future__ import annotations

import csv
import io
import math

from ...reports import page as html_page
from ...reports.charts import bar_chart
from .assess import SharesAssessment

_COLUMNS = (("RMSE", "rmse"), ("MAE", "mae"), ("bias", "bias"), ("correlation", "correlation"),
            ("true mean", "true_mean"), ("spectral angle (°)", "angle"))  # fmt: skip


def verdict(found: SharesAssessment) -> str:
    """One sentence: how large the error is, beside that of constant shares."""
    better = "better" if found.rmse < found.constant else "not better"
    return (
        f"The shares have a root mean square error of {found.rmse:.3f}, which is {better} than the true mean of each "
        f"class everywhere ({found.constant:.3f})."
    )


def shares_page(found: SharesAssessment) -> str:
    """The whole page."""
    rows = [(one.name, *(_number(getattr(one, field)) for _, field in _COLUMNS)) for one in found.classes]
    names = [one.name for one in found.classes]
    series = {"RMSE": [one.rmse for one in found.classes], "MAE": [one.mae for one in found.classes]}
    facts = [("Pixels compared", f"{found.pixels:,}"),
             ("Largest distance of the sum of a pixel's shares from 1", f"{found.sum_error:.2g}")]  # fmt: skip
    if found.unmatched:
        facts.append(("Classes that only one raster has, left out", ", ".join(found.unmatched)))
    if math.isfinite(found.angle):
        facts.append(("Mean spectral angle of the endmembers", f"{found.angle:.2f}°"))
    return html_page.page(
        "Quality of the shares",
        html_page.note(verdict(found), "good" if found.rmse < found.constant else "bad"),
        html_page.paragraph(f"{found.job.shares.parameter} is compared with {found.job.truth.parameter}, class by "
                            "class. All errors are in shares, 0 to 1."),
        html_page.table(rows, ("class", *(label for label, _ in _COLUMNS))),
        html_page.figure(bar_chart(names, series, "share"), "Errors of each class."),
        html_page.table(facts),
    )  # fmt: skip


def shares_csv(found: SharesAssessment) -> str:
    """One line per class and measure: class ("all" for all of them), measure, value."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("class", "measure", "value"))
    for one in found.classes:
        for _, field in _COLUMNS:
            writer.writerow((one.name, field, repr(getattr(one, field))))
    for field in ("rmse", "constant", "sum_error", "angle"):
        writer.writerow(("all", field, repr(getattr(found, field))))
    return stream.getvalue()


def _number(value: float) -> str:
    return f"{value:.4g}" if math.isfinite(value) else "—"
