"""What a training did, as a page for the browser: errors, a scatter plot, intervals, samples, rasters, and the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.regression.estimators.base import Fit
from models.regression.fitting import ALL_THERE, Recipe, Validated
from models.regression.intervals import Measured
from models.regression.material import Numbers, targets_of
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.reports import page as html_page
from rsfusion_qgis.core.reports.charts import bar_chart
from rsfusion_qgis.core.reports.scatter import scatter_chart

GROUPS = 8


@dataclass(frozen=True)
class Training:
    """All that the page tells of."""

    job: dict[str, Any]
    material: Numbers
    recipe: Recipe
    fit: Fit
    found: Validated
    quality: Mapping[str, Measured]
    blocks: int
    side: float
    """Pixels."""
    card: ModelCard


def sentence(found: Measured, name: str, coverage: float) -> str:
    """How good the estimates are, in words."""
    return (
        f"In blocks that the training has not seen ({found.pixels} pixels), {name} is estimated with "
        f"R² {found.r2:.3f}, RMSE {found.rmse:.4g} and bias {found.bias:+.3g}; the mean of all samples has RMSE "
        f"{found.rmse_of_mean:.4g}. Intervals for {100 * coverage:.0f} % held the truth in "
        f"{100 * found.coverage:.1f} %, and are {found.width:.4g} wide on average."
    )


def training_report(training: Training) -> str:
    """The page, HTML."""
    job, found, best = training.job, training.found, training.quality[ALL_THERE]
    name = training.material.name
    worse = best.r2 <= 0
    return html_page.page(
        f"Training: {name}",
        html_page.note(sentence(best, name, job["coverage"]), "unknown" if worse else ""),
        *([html_page.note("The estimates are no better than the mean of all samples, so the map will tell nothing.",
                          "unknown")] if worse else []),
        html_page.heading("How good is it?"),
        html_page.paragraph(
            f"The samples lie in {training.blocks} blocks of {training.side:.0f} pixels, which were dealt out to "
            f"{job['folds']} folds. Each fold was left out once, and estimated by a training that had not seen it. "
            "Neighbouring pixels resemble each other, so leaving out single pixels would make the numbers look better "
            "than they are."),
        html_page.table(_quality(training), ("given", "R²", "RMSE", "bias", "within the interval", "width")),
        html_page.figure(_scatter(found), "Estimate against truth in blocks that were left out. Dashed: both are "
                         "equal. Orange: mean estimate of eight groups of equal size by their truth."),
        html_page.heading("Fold by fold"),
        html_page.table(_folds(found), ("fold", "pixels", "mean truth", "R²", "RMSE", "RMSE of the mean", "bias")),
        html_page.heading("What was learned from"),
        html_page.figure(_histogram(training), "How the samples are spread; the numbers are the middles of the bars."),
        html_page.table(_rasters(training), ("raster", "file", "bands", "may be absent")),
        html_page.listing(finding.sentence for finding in training.material.plan.findings),
        *([html_page.listing(training.material.warnings)] if training.material.warnings else []),
        html_page.heading("The run"),
        html_page.table(_run(training)),
    )  # fmt: skip


def _quality(training: Training) -> list[tuple[str, ...]]:
    rows = []
    for role, one in training.quality.items():
        given = "all rasters" if role == ALL_THERE else f"without {role.upper()}"
        numbers = (f"{one.r2:.3f}", f"{one.rmse:.4g}", f"{one.bias:+.3g}", f"{100 * one.coverage:.1f} %",
                   f"{one.width:.4g}")  # fmt: skip
        rows.append((given, *numbers))
    best = training.quality[ALL_THERE]
    return [*rows, ("mean of all samples", "0 or less", f"{best.rmse_of_mean:.4g}", "", "", "")]


def _scatter(found: Validated) -> str:
    estimates = found.estimates[ALL_THERE]
    groups = np.array_split(np.argsort(found.truth, kind="stable"), GROUPS)
    path = [(float(found.truth[part].mean()), float(estimates[part].mean())) for part in groups if len(part)]
    return scatter_chart(found.truth, estimates, ("truth", "estimate"), path)


def _folds(found: Validated) -> list[tuple[str, ...]]:
    rows = []
    for fold in np.unique(found.fold):
        own = found.fold == fold
        truth, errors = found.truth[own], found.estimates[ALL_THERE][own] - found.truth[own]
        spread = ((truth - truth.mean()) ** 2).sum()
        r2 = f"{1 - (errors**2).sum() / spread:.3f}" if spread > 0 else "-"
        plain = np.sqrt(((found.means[own] - truth) ** 2).mean())
        rows.append((str(fold + 1), str(len(truth)), f"{truth.mean():.4g}", r2, f"{np.sqrt((errors**2).mean()):.4g}",
                     f"{plain:.4g}", f"{errors.mean():+.3g}"))  # fmt: skip
    return rows


def _histogram(training: Training) -> str:
    counts, edges = np.histogram(targets_of(training.material.chips), 16)
    middles = [f"{(low + high) / 2:.3g}" for low, high in zip(edges[:-1], edges[1:])]
    return bar_chart(middles, {training.material.name: (100 * counts / counts.sum()).tolist()}, "%")


def _rasters(training: Training) -> list[tuple[str, ...]]:
    rows = []
    for spec in training.card.inputs:
        path, absent = training.job["inputs"][spec.role], "no" if spec.required else "yes"
        rows.append((spec.role.upper(), Path(path).name, str(len(spec.bands or ())), absent))
    return rows


def _run(training: Training) -> list[tuple[str, str]]:
    job = training.job
    samples = job["samples"]
    field = f", field {samples['field']}" if samples["field"] else ""
    return [
        ("OUTPUT", f"{training.card.name}.onnx"), ("ARCHITECTURE", f"{job['architecture']}: {training.fit.told}"),
        ("Sees", f"{training.card.halo} pixels around a pixel"), ("COVERAGE", f"{job['coverage']:g}"),
        ("FOLDS", str(job["folds"])), ("BLOCK", f"{training.side:.1f} pixels"), ("SEED", str(job["seed"])),
        ("Samples", f"{samples['label'] or Path(samples['path']).name}{field}"),
    ]  # fmt: skip
