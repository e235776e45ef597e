"""What the reports say: the spectra of the endmembers, and how much of the area each class has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...core.engine.job import Job, Result
from ...core.rasters.spectra import Spectra
from ...core.reports import page as html_page
from ...core.reports.charts import COLOURS, line_chart

_MOST_CURVES = len(COLOURS)


def rows(job: Job) -> list[tuple[str, str]]:
    """Rows of the report about the run."""
    return [("LIBRARY", job.options.library)] if job.options.library else []


def parts(result: Result, watch: object = None) -> Sequence[str]:
    """Shares and spectra; markup."""
    told = result.summary
    cells = [
        (one.name, one.colour, [(f"{100 * share:.2f}", ""), (f"{100 * most:.2f}", "")])
        for one, share, most in zip(told["classes"], told["means"], told["largest"])
    ]
    return [
        html_page.heading("How much of the area has each class?"),
        html_page.shaded_table(("class", "mean share, %", "largest in, % of the pixels"), cells),
        html_page.paragraph(f"Root mean square of the reconstruction error: {told['error']:.4g}, in the unit of HS."),
        *spectra_parts(told["spectra"], told["origin"]),
    ]


def spectra_parts(spectra: Spectra, origin: str, places: Any = None) -> list[str]:
    """The endmembers as curves and as a table."""
    means = spectra.means()
    known = not np.isnan(means.wavelengths).any()
    at = 1000 * means.wavelengths if known else np.arange(1, len(means.values) + 1.0)
    order = np.argsort(at)
    lowest = min(0.0, float(means.values.min()))
    curves = {name: means.values[order, k] - lowest for k, name in enumerate(means.names[:_MOST_CURVES])}
    drawn = line_chart(list(at[order]), curves, "wavelength, nm" if known else "band", "value", float("nan"))
    angles = _angles(means.values)
    table = [
        (name, str(spectra.of.count(k)), f"{means.values[:, k].mean():.4g}", *_place(places, k), f"{angles[k]:.2f}")
        for k, name in enumerate(means.names)
    ]
    more = "" if len(means.names) <= _MOST_CURVES else f" The first {_MOST_CURVES} of {len(means.names)} are drawn."
    header = ("class", "spectra", "mean", *(("column, row",) if places is not None else ()), "nearest other, degrees")
    return [
        html_page.heading("What do the endmembers look like?"),
        html_page.paragraph(f"They come from {origin}.{more}"),
        html_page.figure(drawn, "Mean spectrum of each class."),
        html_page.table(table, header),
    ]


def _place(places: Any, k: int) -> tuple[str, ...]:
    return () if places is None else (f"{places[k][0]}, {places[k][1]}",)


def _angles(values: np.ndarray) -> np.ndarray:
    """(m,) spectral angle of each spectrum to the most similar other one, degrees."""
    unit = values / np.maximum(np.linalg.norm(values, axis=0), np.finfo(float).tiny)
    cosines = np.clip(unit.T @ unit, -1.0, 1.0)
    np.fill_diagonal(cosines, -1.0)
    return np.degrees(np.arccos(cosines.max(axis=0)))
