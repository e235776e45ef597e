"""Adapt a pansharpening network to one pair of rasters, on that pair alone.

    python -m models.pansharpening.adaptation job.json

The job is a JSON object: pan, ms, model, output, name, sensor, gains, pan_gain, minutes, seed, threads, and where
wanted steps, the largest number of training steps. How it goes is said as in `models.common.child`; how the network
learns: see `fitting`.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import torch
from torch import nn

from models.common.child import say
from models.common.rebuild import rebuilt
from models.pansharpening.adaptation.data import Material, read_material
from models.pansharpening.adaptation.fitting import adapt
from models.pansharpening.adaptation.mix import measured_gains
from models.pansharpening.adaptation.scores import MEASURES, Scores, scores
from models.pansharpening.adaptation.writing import write_adapted
from rsfusion_qgis.core.assessment.images.quality_rasters import open_rasters
from rsfusion_qgis.core.basics.errors import InputError, ModelError
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.operators.gain_survey import settled
from rsfusion_qgis.core.operators.sharpness import excess_for
from rsfusion_qgis.core.sensors.catalogue import GENERIC, band_gains, pan_gain_of
from rsfusion_qgis.tasks.pansharpening.roles import raster_names


def work(job: dict) -> dict[str, float]:
    """Adapt, and write the model; returns the numbers."""
    started = time.monotonic()
    if int(job.get("threads") or 0):
        torch.set_num_threads(int(job["threads"]))
    model, output = Path(job["model"]), Path(job["output"])
    card = read_card(model)
    if card.task != "pansharpening":
        raise ModelError(f"MODEL: '{card.name}' is a network for {card.task}; expected one for pansharpening.")
    fine, coarse = raster_names(job)
    with open_rasters({"fine": fine}, coarse) as rasters:
        bands, ratio = rasters.coarse.bands, rasters.coarse.ratio
    _check_bands(card, bands)
    network = rebuilt(model, card).to(memory_format=torch.channels_last)
    say(info="Reading the pair and making it coarser.")
    gains = band_gains(job["sensor"], tuple(job["gains"]), bands), pan_gain_of(job["sensor"], job["pan_gain"], bands)
    excess = None
    if network.matched_pan:
        excess = excess_for(job["sensor"], tuple(job["gains"]), job["pan_gain"], bands, ratio)
    material = read_material(job["pan"], job["ms"], *gains, job["seed"], excess)
    if not job["gains"]:
        told = () if job["sensor"] == GENERIC else gains[0]
        found = settled(told, measured_gains(material)) or gains[0]
        if found != gains[0]:
            say(info=f"MTF gains of MS as measured: {', '.join(f'{gain:.2f}' for gain in found)}")
            material = read_material(job["pan"], job["ms"], found, gains[1], job["seed"], excess)
    before, after, steps = _tuned(network, material, job, card)
    improved = after is not before
    if not improved:
        shutil.copyfile(model, output)
    numbers = {**before.numbers("BEFORE"), **after.numbers("AFTER")}
    return {**numbers, "IMPROVED": int(improved), "STEPS": steps, "SECONDS": time.monotonic() - started}


def _tuned(network: nn.Module, material: Material, job: dict, card: ModelCard) -> tuple[Scores, Scores, int]:
    """The scores before and after, and the steps; writes OUTPUT where it got better, else both scores are one."""
    if not material.has_reduced:
        say(warning="The pair is too small to be made coarser and learned from; OUTPUT is MODEL as it was.")
        before = scores(network, material)
        return before, before, 0
    best, steps = adapt(network, material, job["minutes"], job["seed"], int(job.get("steps") or 0))
    if not best.improved:
        say(warning="The network did not get better on held-out blocks of this pair; OUTPUT is MODEL as it was.")
        return best.parent, best.parent, steps
    measured = {name: (getattr(best.parent, name), getattr(best.scores, name)) for name in MEASURES}
    write_adapted(best.network, card, job, measured, steps)
    return best.parent, best.scores, steps


def _check_bands(card: ModelCard, bands: int) -> None:
    wanted = card.input("ms").bands
    if wanted is not None and len(wanted) != bands:
        raise InputError(f"MS has {bands} bands; expected the {len(wanted)} that MODEL '{card.name}' takes.")
