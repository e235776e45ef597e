"""Predictions judged on dates that are known: the protocol `dates` of the algorithm that assesses fusion."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...core.basics.findings import Finding
from ...core.basics.monitor import Monitor
from ...core.engine.contract import Derived, Protocol
from ...core.engine.job import Job
from ...core.engine.options import option
from ...core.engine.plan import plan_job
from ...core.rasters.source import RasterSource
from ...core.reports import page as html_page
from . import pixel_series
from .guard import MEAN_SHIFT, UNCHANGED
from .methods import METHODS, REGRESSION, STARFM
from .options import FusionOptions
from .selection import FINE
from .trials import Trial, split, try_dates, wanted_dates, without
from .units import index_of_job

USUAL = (REGRESSION, STARFM)
WIDTH, WORST_PERCENT = 320, 98.0
RAMP = np.array([[255, 255, 255], [253, 212, 158], [227, 74, 51], [90, 0, 0]], np.float64)
"""Colours of errors, from none to the largest."""
NO_DATA = (205, 214, 224)


@dataclass(frozen=True)
class DateOptions(FusionOptions):
    """Those of a prediction, and the methods that are compared."""

    methods: tuple[str, ...] = option(
        (), "Methods compared", f"Beside '{MEAN_SHIFT}' and '{UNCHANGED}', which always are. Empty: "
        f"{' and '.join(USUAL)}.", kind="choices", choices=METHODS, empty=True,
    )  # fmt: skip


def check(job: Job, fused: str) -> None:
    """Refuse what headers tell, see `contract.Protocol`."""
    each = split(job)
    for when in wanted_dates(each, fused)[:1]:
        plan = plan_job(without(each, when)[0])
        plan.task.check(plan)


def assess(job: Job, fused: str, monitor: Monitor) -> Derived:
    """Predict known dates from the others, and compare, see `contract.Protocol`."""
    each = split(job)
    with tempfile.TemporaryDirectory(prefix="rsfusion_dates_") as folder:
        trials = list(try_dates(each, fused, job.options.methods or USUAL, Path(folder), monitor))
        names = band_names(each)
        parts = [*_tables(trials, names), *_maps(trials, names), *_series(each, trials, names)]
    text = _table_text(trials, names)
    return Derived(lambda path: path.write_text(text, encoding="utf-8"), _findings(trials), parts, _values(trials))


def band_names(job: Job) -> list[str]:
    """What the bands of a prediction are called."""
    index = index_of_job(job)
    if index is not None:
        return [index.name]
    with RasterSource(job.inputs[FINE], FINE.upper()) as source:
        return [band.description or f"band {n}" for n, band in enumerate(source.bands, start=1)]


def relative(trials: Sequence[Trial], name: str) -> float:
    """Geometric mean over dates of the error over that of the rasters left unchanged, the mean of the bands."""
    found = [float(np.mean(one.relative(name))) for one in trials]
    return float(np.exp(np.mean(np.log(np.maximum(found, 1e-12)))))


def verdict(trials: Sequence[Trial]) -> str:
    """One sentence about the first row."""
    name, first = trials[0].first, relative(trials, trials[0].first)
    least = min((MEAN_SHIFT, UNCHANGED), key=lambda one: relative(trials, one))
    times = first / max(relative(trials, least), 1e-12)
    said = "better than" if times < 0.98 else "worse than" if times > 1.02 else "as good as"
    return (
        f"{name} has {first:.3f} times the error of the fine rasters left unchanged (dates: {len(trials)}). It is "
        f"{said} '{least}', the better of the two that any method should beat: it has {times:.3f} times its error."
    )


def _findings(trials: Sequence[Trial]) -> list[Finding]:
    """Every method in a line, what it fell back to, and the verdict."""
    said = []
    for one in trials:
        told = ", ".join(f"{name} {np.mean(one.relative(name)):.3f}" for name in one.paths)
        said.append(Finding("dates", "info", FINE.upper(), f"{one.when}, error over that of 'unchanged': {told}"))
        for method, result in one.results.items():
            fallback = result.summary.decision.fallback
            if fallback and method not in (MEAN_SHIFT, UNCHANGED):
                said.append(Finding("fallback", "warning", FINE.upper(), f"{one.when}, {method}: {fallback}"))
    return [*said, Finding("verdict", "info", FINE.upper(), verdict(trials))]


def _values(trials: Sequence[Trial]) -> dict[str, Any]:
    first = [one.compared.measured(one.first) for one in trials]
    return {
        "RMSE": float(np.mean([np.mean(one.rmse) for one in first])),
        "CC": float(np.nan_to_num(np.mean([np.mean(one.cc) for one in first]), nan=-1.0)),
        "RELATIVE_ERROR": relative(trials, trials[0].first), "VERDICT": verdict(trials),
    }  # fmt: skip


def _tables(trials: Sequence[Trial], names: Sequence[str]) -> list[str]:
    header = ("date", *trials[0].paths)
    table = [(str(one.when), *(f"{np.mean(one.relative(name)):.3f}" for name in one.paths)) for one in trials]
    if len(trials) > 1:
        table.append(("geometric mean", *(f"{relative(trials, name):.3f}" for name in trials[0].paths)))
    made = [
        html_page.note(verdict(trials)),
        html_page.heading("Error over that of the fine rasters left unchanged"),
        html_page.table(table, header),
        html_page.paragraph(
            "Each date was predicted as if the fine sensor had not seen it. The number is the root of the mean squared "
            "error over that of 'unchanged', the mean over the bands: 1 is no better than doing nothing."
        ),
        html_page.heading("Band by band"),
    ]
    for one in trials:
        found = {name: one.compared.measured(name) for name in one.paths}
        rows = [(band, *(f"{each.rmse[at]:.4g} ({each.cc[at]:.3f})" for each in found.values()))
                for at, band in enumerate(names)]  # fmt: skip
        made += [html_page.paragraph(f"{one.when}, {one.compared.pixels} pixels: RMSE, and correlation in brackets"),
                 html_page.table(rows, ("band", *found))]  # fmt: skip
    return made


def _maps(trials: Sequence[Trial], names: Sequence[str]) -> list[str]:
    """Where each prediction is off; all maps of a date have one scale."""
    made = [html_page.heading("Where the predictions are off")]
    for one in trials:
        one.compared.measured(UNCHANGED)
        spread = np.maximum(one.compared.truth_spread, 1e-12)[:, None, None]
        shown = {name: (one.compared.maps[name] / spread).mean(axis=0) for name in one.paths}
        known = shown[UNCHANGED][np.isfinite(shown[UNCHANGED])]
        top = max(float(np.percentile(known, WORST_PERCENT)) if known.size else 1.0, 1e-9)
        figures = [html_page.figure(html_page.image(painted(field / top), name, WIDTH), name)
                   for name, field in shown.items()]  # fmt: skip
        made += [html_page.paragraph(
            f"{one.when}: white = no error, darkest = {top:.2f} standard deviations of the true raster, or more."
        ), html_page.beside(*figures)]  # fmt: skip
    return made


def painted(field: np.ndarray) -> np.ndarray:
    """(rows, cols, 3) uint8 of errors (rows, cols), 0 to 1; NaN = no data."""
    place = np.linspace(0, 1, len(RAMP))
    value = np.clip(np.nan_to_num(field), 0, 1)
    picture = np.stack([np.interp(value, place, RAMP[:, channel]) for channel in range(3)], axis=-1)
    return np.where(np.isfinite(field)[..., None], picture, np.array(NO_DATA)).astype(np.uint8)


def _series(job: Job, trials: Sequence[Trial], names: Sequence[str]) -> list[str]:
    """Series of a few pixels, chosen on the date that changed most, of the band that changed most."""
    def changed(one: Trial) -> np.ndarray:
        rmse = one.compared.measured(UNCHANGED).rmse
        return rmse / np.maximum(one.compared.truth_spread, 1e-12)

    most = max(trials, key=lambda one: float(np.mean(changed(one))))
    band = int(np.argmax(changed(most)))
    regression = most.results.get(REGRESSION) or most.results[UNCHANGED]
    models = regression.summary.model(0).bands
    units = (models[band].slope, models[band].offset) if len(models) == len(names) else (1.0, 0.0)
    places = pixel_series.spots(most.compared.maps[UNCHANGED][band], most.compared.step)
    predicted = {one.when: one.paths[one.first] for one in trials}
    drawn = pixel_series.figures(job, regression.grid, places, band, names[band], units, predicted)
    said = f"Orange dots: '{most.first}'. The coarse raster is shown as slope x value + offset of one pair."
    return [html_page.heading("Series of a few pixels"), html_page.paragraph(said), *drawn] if drawn else []


def _table_text(trials: Sequence[Trial], names: Sequence[str]) -> str:
    made = io.StringIO()
    write = csv.writer(made, lineterminator="\n").writerow
    write(("date", "method", "measure", "band", "value"))
    for one in trials:
        for name in one.paths:
            measured = one.compared.measured(name)
            told = {"rmse": measured.rmse, "bias": measured.bias, "cc": measured.cc, "relative": one.relative(name)}
            for measure, values in told.items():
                for band, value in zip(names, values):
                    write((one.when, name, measure, band, f"{value:.6g}"))
    return made.getvalue()


PROTOCOL = Protocol(
    "dates",
    "Dates of a time series: needs the fine and the coarse rasters",
    "FINE and COARSE of at least two dates. Each date that both sensors saw is predicted from the others and compared "
    "with its true fine raster, beside doing nothing; with FUSED, that raster is compared with the fine one of its "
    "date.",
    DateOptions, REGRESSION, check, assess,
    {"RELATIVE_ERROR": "Error of the first row over that of the fine rasters left unchanged (dates)"},
)  # fmt: skip
