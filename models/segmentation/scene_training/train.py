"""Train a segmenter on samples of one or several scenes, as `rsfusion:trainsegmenter` asks for it.

    python -m models.segmentation.scene_training.train job.json

The job is a JSON object: inputs {role: path}, samples (the fields of `SampleSource`), scenes (a CSV file or ""),
policy, grid, method, architecture, fusion, minutes, seed, threads, absent, validation_share, test_share, sar_unit,
output, name, and where wanted report, checkpoint, and steps. How it goes is said as in `models.common.child`.
"""

from __future__ import annotations

import datetime
import math
import sys
import time
from pathlib import Path
from typing import Any

import torch

from models.common.child import run_child, say
from models.land_cover.accuracy import NOT_MEASURED
from models.land_cover.calibration import Calibration, calibrated
from models.land_cover.drafting import roles_of
from models.land_cover.fitting import Fitted, fit
from models.land_cover.report import Training, training_report
from models.land_cover.samples.split import TEST, TRAINING, VALIDATION, Split
from models.land_cover.scores import Check
from models.land_cover.settings import Settings, network_for
from models.land_cover.writing import coloured
from models.segmentation.networks import OWN
from models.segmentation.networks.pyramid_fusion import DECISION, PyramidFusion
from models.segmentation.scene_training.material import (
    Material,
    drafted,
    gather,
    narrowed,
    opened,
    scenes_of,
    split_of,
)
from models.segmentation.scene_training.measuring import Measured, measured
from models.segmentation.scene_training.report import further_parts, peak_mib
from models.segmentation.scene_training.trees import PixelFeatures, fit_trees
from models.segmentation.scene_training.writing import write_segmenter
from rsfusion_qgis.core.basics.errors import InputError, one_line
from rsfusion_qgis.core.networks.card import ModelCard, usable_name
from rsfusion_qgis.tasks.segmentation.task import TASK

ABSENT = ("all but the first", "none", "any")
NETWORK = "network"
READ, TRAINED = 0.1, 0.92
"""Shares of the progress at which chips are read, and at which the training has ended."""
LEARNED_HALO_PX = 8
"""Around a cell, in training: what lies beyond is cut off, which costs little and saves most of the time."""
BATCH, RATE, STEPS = 8, 3e-3, 2000


def work(job: dict[str, Any]) -> dict[str, float]:
    """Train, measure and write; returns the numbers."""
    started = time.monotonic()
    if int(job["threads"]):
        torch.set_num_threads(int(job["threads"]))
    settings, scenes = _settings(job), scenes_of(job)
    card = drafted(scenes[0], settings.optional or (), job["grid"])
    plans = [opened(one, card, job["policy"], job["sar_unit"], lambda share: None) for one in scenes]
    for finding in plans[0].findings:
        say(**{"warning" if finding.severity == "warning" else "info": finding.sentence})
    bands = {spec.role: len(spec.bands) for spec in card.inputs}
    say(info="Reading the rasters around the samples.")
    halo = network_for(settings, bands, 2).halo if job["method"] == NETWORK else PixelFeatures.halo
    material = gather(scenes, plans, halo, job["seed"], _watch(0.0, READ))
    split = split_of(material, job["validation_share"], job["test_share"], job["seed"])
    for sentence in (*material.warnings, *split.said):
        say(warning=sentence)
    fitted, calibrations = _trained(job, settings, material, split)
    say(progress=TRAINED)
    found = measured(fitted, split.of(TEST), job["seed"])
    say(info=found.accuracy.sentence)
    card = _written(job, fitted, material, found)
    if job.get("report"):
        training = Training(job, material, split, fitted, calibrations, found.accuracy, card)
        parts = further_parts(found, card, fitted, time.monotonic() - started)
        Path(job["report"]).write_text(training_report(training, "Train a segmenter", parts), encoding="utf-8")
    boundary = found.boundary_mean
    return {
        **found.accuracy.numbers, "BOUNDARY_F1": boundary if math.isfinite(boundary) else NOT_MEASURED,
        "CLASSES": len(material.classes), "PARAMETERS": card.total_parameters or 0, "MEMORY_MIB": peak_mib(),
        "FLOP_PER_PIXEL": card.flop_per_pixel[0][1] if card.flop_per_pixel else NOT_MEASURED,
        "STEPS": fitted.steps, "SECONDS": time.monotonic() - started,
    }  # fmt: skip


def _settings(job: dict[str, Any]) -> Settings:
    roles = roles_of(job["inputs"], job["grid"], TASK)
    optional = {ABSENT[0]: roles[1:], ABSENT[1]: (), ABSENT[2]: roles}[job["absent"]]
    architecture = job["architecture"]
    if architecture not in [one.slug for one in OWN]:
        raise InputError(f"ARCHITECTURE is '{architecture}'; expected one of {', '.join(one.slug for one in OWN)}.")
    if job["fusion"] != DECISION and architecture != PyramidFusion.slug:
        raise InputError(
            f"FUSION is '{job['fusion']}', but ARCHITECTURE {architecture} has one way of fusing only; leave FUSION as "
            f"it is ({DECISION}), or choose {PyramidFusion.slug}."
        )
    return Settings(
        architecture=architecture, fusion=job["fusion"] if architecture == PyramidFusion.slug else "",
        minutes=job["minutes"], seed=job["seed"], threads=job["threads"], batch=BATCH, rate=RATE,
        most_steps=int(job.get("steps") or STEPS), optional=optional if len(roles) > 1 else (), refit=False,
    )  # fmt: skip


def _watch(begin: float, end: float) -> Any:
    return lambda share: say(progress=round(begin + share * (end - begin), 4))


def _trained(
    job: dict[str, Any], settings: Settings, material: Material, split: Split
) -> tuple[Fitted, tuple[Calibration, ...]]:
    names, watch = [one.name for one in material.classes], _watch(READ, TRAINED)
    if job["method"] != NETWORK:
        fitted = fit_trees(job["method"], split.of(TRAINING), names, settings)
        say(info=f"{fitted.ending}.")
        return calibrated(fitted, split.of(VALIDATION))

    def progress(share: float, check: Check | None) -> None:
        watch(share)
        if check is not None and check.loss == check.loss:  # NaN without validation
            say(info=f"step {check.steps}: loss {check.training_loss:.3f}, held out {check.loss:.3f}, mean accuracy of "
                     f"the classes {100 * check.accuracy:.1f} %{' (best so far)' if check.best else ''}")  # fmt: skip

    checkpoint = Path(job["checkpoint"]) if job.get("checkpoint") else None
    if checkpoint is not None and checkpoint.is_file():
        say(info=f"Going on from '{checkpoint.name}'.")
    learned, held = (narrowed(split.of(side), LEARNED_HALO_PX) for side in (TRAINING, VALIDATION))
    fitted = fit(learned, held, names, settings, progress, checkpoint)
    say(info=f"The training ended after {fitted.steps} steps: {fitted.ending}.")
    return calibrated(fitted, held)


def _written(job: dict[str, Any], fitted: Fitted, material: Material, found: Measured) -> ModelCard:
    plan, boundary = material.plan, found.boundary_mean
    further = (("boundary f1, held-out regions", round(boundary, 4)),) if math.isfinite(boundary) else ()
    facts = {
        "name": usable_name(job["name"], "network"),
        "description": (
            f"Trained by rsfusion:trainsegmenter in {fitted.seconds / 60:.1f} minutes, {fitted.steps} steps, seed "
            f"{job['seed']}. {found.accuracy.sentence}"
        ),
        "created": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "training_data": (
            *(one_line(Path(path).name) for path in job["inputs"].values()),
            one_line(job["samples"]["label"] or Path(job["samples"]["path"]).name),
        ),
        "quality": (*found.accuracy.quality, *further),
    }
    first = plan.reference_role
    ratios = {role: one.ratio for role, one in plan.geometry.items() if role != first}
    return write_segmenter(fitted, plan.card, Path(job["output"]), facts, coloured(material.classes), ratios)


if __name__ == "__main__":
    sys.exit(run_child(sys.argv[1:], work))
