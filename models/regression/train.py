"""Train an estimate of a number on samples of one place, as `rsfusion:trainregressor` asks for it.

    python -m models.regression.train job.json

The job is a JSON object: inputs {role: path}, samples (the fields of `SampleSource`), policy, grid (the role that gives
it, or ""), architecture, minutes, coverage, absent ("all but the first", "none" or "any"), folds, block, seed, threads,
output, name, and where wanted report, and steps, the largest number of them. How it goes is said as in
`models.common.child`.
"""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path
from typing import Any

import torch

from models.common.child import run_child, say
from models.land_cover.drafting import roles_of
from models.land_cover.samples.reading import opened
from models.regression.fitting import ALL_THERE, Recipe, fit_estimate, halo_of, validate
from models.regression.intervals import Measured, WithInterval, measured, offsets_of
from models.regression.material import Numbers, dealt_folds, gather, of_folds, targets_of
from models.regression.report import Training, sentence, training_report
from models.regression.writing import write_estimate
from rsfusion_qgis.core.basics.errors import one_line
from rsfusion_qgis.core.networks.card import ModelCard, usable_name
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.tasks.regression.task import TASK

ABSENT = ("all but the first", "none", "any")
READ, VALIDATED, TRAINED = 0.1, 0.8, 0.95
"""Shares of the progress at which chips are read, the cross-validation has ended, and the training has."""


def work(job: dict[str, Any]) -> dict[str, float]:
    """Train, measure and write; returns the numbers."""
    started = time.monotonic()
    if int(job["threads"]):
        torch.set_num_threads(int(job["threads"]))
    recipe = _recipe(job)
    plan = opened(job["inputs"], recipe.optional, job["policy"], lambda share: None, job["grid"], TASK)
    for finding in plan.findings:
        say(**{"warning" if finding.severity == "warning" else "info": finding.sentence})
    halo = halo_of(recipe.method, {spec.role: len(spec.bands) for spec in plan.card.inputs})
    say(info="Reading the rasters around the samples.")
    material = gather(plan, SampleSource(**job["samples"]), halo, job["seed"], _watch(0.0, READ))
    for told in material.warnings:
        say(warning=told)
    fold_of, blocks, side = dealt_folds(material.chips, job["folds"], job["block"], job["seed"])
    say(info=f"{blocks} blocks of {side:.0f} pixels in {job['folds']} folds.")
    found = validate(material.chips, fold_of, recipe, _watch(READ, VALIDATED))
    quality = {role: measured(found, role, job["coverage"]) for role in found.estimates}
    say(info=sentence(quality[ALL_THERE], material.name, job["coverage"]))
    rest = [fold for fold in range(job["folds"]) if fold]
    fit = fit_estimate(*(of_folds(material.chips, fold_of, which) for which in (rest, [0])), recipe,
                       _watch(VALIDATED, TRAINED))  # fmt: skip
    offsets = {role: offsets_of(one, found.truth, job["coverage"]) for role, one in found.estimates.items()}
    values = targets_of(material.chips)
    network = WithInterval(fit, offsets, (float(values.min()), float(values.max()))).eval()
    card = _written(job, fit, network, material, quality[ALL_THERE])
    if job.get("report"):
        told = Training(job, material, recipe, fit, found, quality, blocks, side, card)
        Path(job["report"]).write_text(training_report(told), encoding="utf-8")
    return {**_numbers(quality[ALL_THERE]), "STEPS": fit.steps, "SECONDS": time.monotonic() - started}


def _recipe(job: dict[str, Any]) -> Recipe:
    roles = roles_of(job["inputs"], job["grid"], TASK)
    optional = {ABSENT[0]: roles[1:], ABSENT[1]: (), ABSENT[2]: roles}[job["absent"]]
    return Recipe(job["architecture"], job["minutes"] / (job["folds"] + 1), optional if len(roles) > 1 else (),
                  job["seed"], job["threads"], int(job.get("steps") or 0))  # fmt: skip


def _watch(begin: float, end: float) -> Any:
    return lambda share: say(progress=round(begin + share * (end - begin), 4))


def _numbers(found: Measured) -> dict[str, float]:
    return {"R2": found.r2, "RMSE": found.rmse, "BIAS": found.bias, "RMSE_OF_MEAN": found.rmse_of_mean,
            "COVERAGE_FOUND": found.coverage, "WIDTH": found.width, "SAMPLE_PIXELS": found.pixels}  # fmt: skip


def _written(job: dict[str, Any], fit: Any, network: WithInterval, material: Numbers, found: Measured) -> ModelCard:
    plan = material.plan
    facts = {
        "name": usable_name(job["name"], "network"),
        "architecture": job["architecture"],
        "description": (
            f"Estimates {material.name}. Trained by rsfusion:trainregressor, seed {job['seed']}. "
            f"{sentence(found, material.name, job['coverage'])}"
        ),
        "created": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "training_data": (
            *(one_line(Path(path).name) for path in job["inputs"].values()),
            one_line(job["samples"]["label"] or Path(job["samples"]["path"]).name),
        ),
        "quality": tuple((f"{name}, blocks left out", round(value, 4)) for name, value in (
            ("R²", found.r2), ("RMSE", found.rmse), ("bias", found.bias), ("coverage of the interval", found.coverage),
            ("width of the interval", found.width))),
    }  # fmt: skip
    bands = {role: header.bands for role, header in plan.headers.items()}
    first = plan.reference_role
    ratios = {role: one.ratio for role, one in plan.geometry.items() if role != first}
    return write_estimate(fit, network, plan.card, Path(job["output"]), facts, material.name, ratios, bands)


if __name__ == "__main__":
    sys.exit(run_child(sys.argv[1:], work))
