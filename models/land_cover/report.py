"""What a training did, as a page for the browser: accuracy, classes, curve of the losses, rasters, and the run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.land_cover.accuracy import Accuracy
from models.land_cover.calibration import ALL_THERE, Calibration
from models.land_cover.fitting import Fitted
from models.land_cover.samples.reading import Material
from models.land_cover.samples.scenes import region_counts
from models.land_cover.samples.split import ROLES, Split
from rsfusion_qgis.core.assessment.classes.accuracy_report import accuracy_parts
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.reports import page as html_page
from rsfusion_qgis.core.reports.charts import line_chart


@dataclass(frozen=True)
class Training:
    """All that the page tells of."""

    job: dict[str, Any]
    material: Material
    split: Split
    fitted: Fitted
    calibrations: tuple[Calibration, ...]
    accuracy: Accuracy
    card: ModelCard


def training_report(training: Training, title: str = "Train a classifier", more: Sequence[str] = ()) -> str:
    """The page, HTML; `more`: parts that stand after the accuracy."""
    accuracy = training.accuracy
    measured = accuracy.matrix.total > 0
    colours = tuple(one.colour for one in training.card.outputs[0].classes or ())
    said = (*training.material.warnings, *training.split.said)
    again = ", before a second training learns from it, too" if training.fitted.rehearsal is not None else ""
    return html_page.page(
        title,
        html_page.note(accuracy.sentence, "good" if measured else "unknown"),
        *(accuracy_parts(accuracy.matrix, accuracy.intervals, colours) if measured else ()),
        *more,
        html_page.heading("What was learned from"),
        html_page.paragraph("Regions (polygons, points, connected patches, blocks) are on one side whole. Training "
                            f"teaches, validation says how long to train and calibrates the confidence{again}; test "
                            "gives the accuracy."),
        _samples(training),
        *([html_page.listing(said)] if said else []),
        *_course(training),
        html_page.heading("How far to trust the confidence"),
        *_calibration(training),
        html_page.heading("The rasters"),
        html_page.table(_rasters(training), ("raster", "file", "bands", "may be absent")),
        html_page.listing(finding.sentence for finding in training.material.plan.findings),
        html_page.heading("The run"),
        html_page.table(_run(training)),
    )  # fmt: skip


def _samples(training: Training) -> str:
    """Regions and pixels of each class on each side."""
    classes = training.material.classes
    numbers, counts = region_counts(training.split.chips, len(classes))
    sides = np.array([ROLES.index(training.split.roles[int(number)]) for number in numbers])
    rows = []
    for place, one in enumerate(classes):
        cells = []
        for side in range(len(ROLES)):
            own = counts[sides == side, place]
            cells.append(f"{int((own > 0).sum())} ({int(own.sum())})")
        rows.append((one.name, str(one.code), *cells))
    return html_page.table(rows, ("class", "code", *(f"{role}: regions (pixels)" for role in ROLES)))


def _course(training: Training) -> list[str]:
    """The curve of the losses; nothing where there were no steps."""
    if not training.fitted.history:
        return []
    return [
        html_page.heading("How the training went"),
        html_page.figure(_curve(training), "Losses over the steps; the dashed line is where the network was taken "
                         "from. Training losses are those of varied samples, so that they may lie above the others."),
    ]  # fmt: skip


def _curve(training: Training) -> str:
    checks = training.fitted.history
    best = max((check.steps for check in checks if check.best), default=math.nan)
    losses = {"training": [check.training_loss for check in checks], "validation": [check.loss for check in checks]}
    return line_chart([check.steps for check in checks], losses, "steps", "loss", best)


def _calibration(training: Training) -> list[str]:
    if not training.calibrations:
        return [html_page.paragraph("Nothing was held out for validation, so the confidence is not calibrated.")]
    rows = []
    for one in training.calibrations:
        name = "all rasters" if one.absent == ALL_THERE else f"without {one.absent.upper()}"
        errors = (f"{100 * error:.1f} %" for error in (one.error_before, one.error_after))
        rows.append((name, f"{100 * one.accuracy:.1f} %", *errors, f"{one.temperature:.2f}", str(one.pixels)))
    header = ("given", "accuracy", "error before", "error after", "temperature", "pixels")
    return [
        html_page.paragraph("Of pixels with the confidence 0.8, 80 % should be right. The error is the mean distance "
                            "from that on the validation regions, before and after it was corrected; accuracy is the "
                            "share of their pixels that are right."),
        html_page.table(rows, header),
    ]  # fmt: skip


def _rasters(training: Training) -> list[tuple[str, ...]]:
    rows = []
    for spec in training.card.inputs:
        path, absent = training.job["inputs"][spec.role], "no" if spec.required else "yes"
        rows.append((spec.role.upper(), Path(path).name, str(len(spec.bands or ())), absent))
    return rows


def _run(training: Training) -> list[tuple[str, str]]:
    job, fitted, card = training.job, training.fitted, training.card
    samples = job["samples"]
    field = f", field {samples['field']}" if samples["field"] else ""
    return [
        ("OUTPUT", f"{card.name}.onnx"),
        ("ARCHITECTURE", f"{card.architecture}, {card.total_parameters} parameters"),
        ("FUSION", job["fusion"] or "the architecture's own"),
        ("Sees", f"{card.halo} pixels around a pixel"),
        ("Steps", f"{fitted.steps}: {fitted.ending}"),
        ("Minutes", f"{fitted.seconds / 60:.1f} of {job['minutes']:g}"),
        ("SEED", str(job["seed"])),
        ("Samples", f"{samples['label'] or Path(samples['path']).name}{field}"),
    ]
