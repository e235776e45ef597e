"""Train a classifier on samples of one place, as `rsfusion:trainclassifier` asks for it.

    python -m models.land_cover.train job.json

The job is a JSON object: inputs {role: path}, samples (the fields of `SampleSource`), policy, grid (the role that gives
it, or ""), architecture, fusion, minutes, seed, threads, absent ("all but the first", "none" or "any": rasters that
the network learns to do without), validation_share, test_share, output, name, and where wanted report, checkpoint, and
steps, the largest number of them.
How it goes is said as in `models.common.child`.
"""

from __future__ import annotations

import datetime
import inspect
import sys
import time
from pathlib import Path
from typing import Any

import torch

from models.common.child import run_child, say
from models.land_cover.accuracy import Accuracy, tested
from models.land_cover.calibration import Calibration, calibrated
from models.land_cover.drafting import roles_of
from models.land_cover.fitting import Fitted, fit
from models.land_cover.networks import ARCHITECTURES
from models.land_cover.report import Training, training_report
from models.land_cover.samples.reading import Material, gather, opened
from models.land_cover.samples.split import TEST, TRAINING, VALIDATION, Split, split_regions
from models.land_cover.scores import Check
from models.land_cover.settings import Settings, network_for
from models.land_cover.writing import coloured, write_classifier
from rsfusion_qgis.core.basics.errors import InputError, one_line
from rsfusion_qgis.core.engine.plan import Plan
from rsfusion_qgis.core.networks.card import ModelCard, usable_name
from rsfusion_qgis.core.rasters.samples.samples import SampleSource

ABSENT = ("all but the first", "none", "any")
READ, TRAINED = 0.1, 0.95
"""Shares of the progress at which chips are read, and at which the training has ended."""


def work(job: dict[str, Any]) -> dict[str, float]:
    """Train, measure and write; returns the numbers."""
    started = time.monotonic()
    if int(job["threads"]):
        torch.set_num_threads(int(job["threads"]))
    settings = _settings(job)
    plan = opened(job["inputs"], settings.optional, job["policy"], lambda share: None, job["grid"])
    for finding in plan.findings:
        say(**{"warning" if finding.severity == "warning" else "info": finding.sentence})
    bands = {spec.role: len(spec.bands) for spec in plan.card.inputs}
    halo = network_for(settings, bands, 2).halo
    say(info="Reading the rasters around the samples.")
    material = gather(plan, SampleSource(**job["samples"]), halo, job["seed"], _watch(0.0, READ))
    split = _split(job, material)
    for sentence in (*material.warnings, *split.said):
        say(warning=sentence)
    fitted, calibrations = _trained(job, settings, material, split)
    accuracy = tested(fitted, split.of(TEST), job["seed"])
    say(info=accuracy.sentence)
    card = _written(job, fitted, material, accuracy)
    if job.get("report"):
        training = Training(job, material, split, fitted, calibrations, accuracy, card)
        Path(job["report"]).write_text(training_report(training), encoding="utf-8")
    return {
        **accuracy.numbers, "CLASSES": len(material.classes), "STEPS": fitted.steps,
        "SECONDS": time.monotonic() - started,
    }  # fmt: skip


def _settings(job: dict[str, Any]) -> Settings:
    roles = roles_of(job["inputs"], job["grid"])
    optional = {ABSENT[0]: roles[1:], ABSENT[1]: (), ABSENT[2]: roles}[job["absent"]]
    _check_fusion(job["architecture"], job["fusion"])
    steps = {"most_steps": int(job["steps"])} if job.get("steps") else {}
    return Settings(
        architecture=job["architecture"], fusion=job["fusion"], minutes=job["minutes"], seed=job["seed"],
        threads=job["threads"], optional=optional if len(roles) > 1 else (), **steps,
    )  # fmt: skip


def _check_fusion(architecture: str, fusion: str) -> None:
    """Refuse a fusion for an architecture that has only its own."""
    kind = next((one for one in ARCHITECTURES if one.slug == architecture), None)
    if fusion and kind is not None and "fusion" not in inspect.signature(kind).parameters:
        raise InputError(
            f"FUSION is '{fusion}', but ARCHITECTURE {architecture} has one way of fusing only; leave FUSION as it is, "
            "or choose another ARCHITECTURE."
        )


def _watch(begin: float, end: float) -> Any:
    return lambda share: say(progress=round(begin + share * (end - begin), 4))


def _split(job: dict[str, Any], material: Material) -> Split:
    test, validation = job["test_share"], job["validation_share"]
    names = [one.name for one in material.classes]
    return split_regions(material.chips, names, job["seed"], (1.0 - test - validation, validation, test))


def _trained(
    job: dict[str, Any], settings: Settings, material: Material, split: Split
) -> tuple[Fitted, tuple[Calibration, ...]]:
    names = [one.name for one in material.classes]
    watch = _watch(READ, TRAINED)

    def progress(share: float, check: Check | None) -> None:
        watch(share)
        if check is not None:
            say(info=_told(check))

    checkpoint = Path(job["checkpoint"]) if job.get("checkpoint") else None
    if checkpoint is not None and checkpoint.is_file():
        say(info=f"Going on from '{checkpoint.name}'.")
    fitted = fit(split.of(TRAINING), split.of(VALIDATION), names, settings, progress, checkpoint)
    say(info=f"The training ended after {fitted.steps} steps: {fitted.ending}.")
    return calibrated(fitted, split.of(VALIDATION))


def _told(check: Check) -> str:
    told = f"step {check.steps}: loss {check.training_loss:.3f}"
    if check.loss == check.loss:  # NaN without validation
        told += f", held out {check.loss:.3f}, mean accuracy of the classes {100 * check.accuracy:.1f} %"
    return told + (" (best so far)" if check.best else "")


def _written(job: dict[str, Any], fitted: Fitted, material: Material, accuracy: Accuracy) -> ModelCard:
    classes = coloured(material.classes)
    facts = {
        "name": usable_name(job["name"], "network"),
        "description": (
            f"Trained by rsfusion:trainclassifier in {fitted.seconds / 60:.1f} minutes, {fitted.steps} steps, seed "
            f"{job['seed']}. {accuracy.sentence}"
        ),
        "created": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "training_data": (
            *(one_line(Path(path).name) for path in job["inputs"].values()),
            one_line(job["samples"]["label"] or Path(job["samples"]["path"]).name),
        ),
        "quality": accuracy.quality,
    }
    plan = material.plan
    bands = {role: header.bands for role, header in plan.headers.items()}
    return write_classifier(fitted, plan.card, Path(job["output"]), facts, classes, _ratios(plan), bands)


def _ratios(plan: Plan) -> dict[str, float]:
    first = plan.reference_role
    return {role: one.ratio for role, one in plan.geometry.items() if role != first}


if __name__ == "__main__":
    sys.exit(run_child(sys.argv[1:], work))
