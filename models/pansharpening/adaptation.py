"""Adapt a pansharpening network to one pair of rasters, on that pair alone.

    python -m models.pansharpening.adaptation job.json

The job is a JSON object: pan, ms, model, output, name, sensor, gains, pan_gain, minutes, seed, threads, and where
wanted steps, the largest number of training steps. How it goes is said as in `child`.

Scarpa, Vitale, Cozzolino 2018, Target-adaptive CNN-based pansharpening, doi:10.1109/TGRS.2018.2817393; the losses at
full resolution: see `adaptation_losses`. What the pair teaches one scale coarser holds only in part at its own. So the
network is also held, at full resolution, to what its parent gives there (distillation: Li, Hoiem 2016, Learning without
forgetting, arXiv:1606.09282); the weights are averaged over steps, and taken from the moment at which held-out blocks
were best.
"""

from __future__ import annotations

import math
import shutil
import sys
import time
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from models.common.child import run_child, say
from models.common.rebuild import rebuilt
from models.pansharpening.adaptation_data import Area, Material, raster_names, read_material
from models.pansharpening.adaptation_losses import (
    CHIP_PX,
    coarse_mask,
    cut,
    full_parts,
    fuse,
    made_consistent,
    wald_parts,
)
from models.pansharpening.adaptation_mix import measured_gains, mixtures
from models.pansharpening.adaptation_scores import MEASURES, Scores, scores
from models.pansharpening.adaptation_writing import write_adapted
from models.pansharpening.back_projection import CONSISTENT_SHARE
from rsfusion_qgis.core.assessment.images.quality_rasters import open_rasters
from rsfusion_qgis.core.basics.errors import InputError, ModelError
from rsfusion_qgis.core.networks.model_card import ModelCard, read_card
from rsfusion_qgis.core.operators.gain_survey import settled
from rsfusion_qgis.core.operators.sharpness import excess_for
from rsfusion_qgis.core.sensors.catalogue import GENERIC, band_gains, pan_gain_of

PEAK_RATE, WARM_UP = 5e-4, 0.05
AVERAGING = 0.97
WEIGHTS = {"error": 1.0, "angle": 0.7, "consistency": 0.5, "correlation": 0.2, "distance": 0.5}
DISTANCE_UNIT = 0.1
"""Standard deviations from the parent that count as one."""
LEAST_SIZE = 1e-4
CHECKS = 8
"""How often held-out blocks are looked at."""
LEAST_GAIN = 0.01
"""By how much the logarithm of the held-out score must fall for the network to count as better."""


class Adaptation:
    """One network on one pair."""

    def __init__(self, network: nn.Module, material: Material, seed: int) -> None:
        self.network, self.material = network, material
        self.parent = deepcopy(network).requires_grad_(False)
        self.average = deepcopy(network).requires_grad_(False)
        self.optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=0.0)
        self.rng = np.random.default_rng(seed)
        self.learned = [[level.learned() for level in (area.full, *area.reduced)] for area in material.areas]
        self.coarse = [coarse_mask(area.full, masks[0]) for area, masks in zip(material.areas, self.learned)]
        self.sizes = self._typical()

    def _flips(self) -> tuple[int, ...]:
        return tuple(axis for axis in (2, 3) if self.rng.random() < 0.5)

    def _parts(self) -> dict[str, Tensor]:
        """Every loss on one chip of each level, somewhere."""
        at = int(self.rng.integers(len(self.material.areas)))
        area = self.material.areas[at]
        return {**self._wald(area, at), **self._full(area, at)}

    def _wald(self, area: Area, at: int) -> dict[str, Tensor]:
        draw = int(self.rng.integers(len(area.reduced)))
        level = area.reduced[draw]
        chip = cut(level, CHIP_PX, self.network.multiple_of, self.learned[at][1 + draw], self.rng)
        fused = fuse(self.network, chip, level, self._flips())
        images = (fused, 1 - CONSISTENT_SHARE), (made_consistent(fused, chip, level), CONSISTENT_SHARE)
        parts = [[share * part for part in wald_parts(image, chip, level)] for image, share in images]
        return {"error": parts[0][0] + parts[1][0], "angle": parts[0][1] + parts[1][1]}

    def _full(self, area: Area, at: int) -> dict[str, Tensor]:
        level, flips = area.full, self._flips()
        chip = cut(level, CHIP_PX, self.network.multiple_of, self.learned[at][0], self.rng)
        fused = fuse(self.network, chip, level, flips)
        with torch.no_grad():
            before = fuse(self.parent, chip, level, flips)
        consistency, lacking = full_parts(fused, chip, level, self.coarse[at])
        distance = (((fused - before) ** 2) * chip.weight).mean().add(1e-6).sqrt()
        return {"consistency": consistency, "correlation": lacking, "distance": distance}

    def _typical(self) -> dict[str, float]:
        """Size of every loss before the first step, so that their weights mean the same on every scene."""
        with torch.no_grad():
            found = [self._parts() for _ in range(4)]
        sizes = {name: max(float(np.mean([float(one[name]) for one in found])), LEAST_SIZE) for name in found[0]}
        return {**sizes, "distance": DISTANCE_UNIT}

    def step(self, share: float) -> None:
        """One step of the optimiser; `share` of the budget that is used up."""
        rate = PEAK_RATE * min(share / WARM_UP + 0.05, 0.5 + 0.5 * math.cos(math.pi * share))
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad()
        sum(WEIGHTS[name] * value / self.sizes[name] for name, value in self._parts().items()).backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        with torch.no_grad():
            for kept, new in zip(self.average.parameters(), self.network.parameters()):
                kept.lerp_(new, 1 - AVERAGING)


class Best:
    """The best network that was met on held-out blocks, the parent at first."""

    def __init__(self, network: nn.Module, material: Material) -> None:
        self.network, self.material = deepcopy(network), material
        self.parent = self.scores = scores(network, material)

    def look_at(self, network: nn.Module) -> None:
        """Take a network over where it is better, and in no measure of the reduced pair worse than the parent."""
        now = scores(network, self.material)
        worse = now.ergas > self.parent.ergas or now.sam > 1.01 * self.parent.sam
        if not worse and now.over(self.parent) < self.scores.over(self.parent):
            self.network, self.scores = deepcopy(network), now

    @property
    def improved(self) -> bool:
        return self.scores.over(self.parent) < -LEAST_GAIN


def adapt(network: nn.Module, material: Material, minutes: float, seed: int, most_steps: int = 0) -> tuple[Best, int]:
    """The best network that was met, and how many steps were made.

    `most_steps` : where the training ends, if the minutes do not end it before; 0 = only the minutes count.
    """
    torch.manual_seed(seed)
    best = Best(network, material)
    say(info=f"before: {best.parent.told()}")
    say(info="Looking for a mixture of details in closed form.")
    for mixture in mixtures(network, material):
        best.look_at(mixture)
    if best.improved:
        say(info=f"with a mixture found in closed form: {best.scores.told()}")
    run = Adaptation(deepcopy(best.network), material, seed)
    began, steps, checked, share = time.monotonic(), 0, 0, 0.0
    while share < 1:
        run.step(share)
        steps += 1
        share = max((time.monotonic() - began) / (60 * minutes), steps / most_steps if most_steps else 0.0)
        say(progress=round(min(share, 1.0), 4))
        if share * CHECKS >= checked + 1:
            checked = int(share * CHECKS)
            best.look_at(run.average)
    say(info=f"after: {best.scores.told()}")
    return best, steps


def work(job: dict) -> dict[str, float]:
    """Adapt, and write the model; returns the numbers."""
    started = time.monotonic()
    if int(job.get("threads") or 0):
        torch.set_num_threads(int(job["threads"]))
    model, output = Path(job["model"]), Path(job["output"])
    card = read_card(model)
    if card.task != "pansharpening":
        raise ModelError(f"MODEL: '{card.name}' is a network for {card.task}; expected one for pansharpening.")
    fine, coarse = raster_names(job["pan"], job["ms"])
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
        found = settled(told, measured_gains(network, material)) or gains[0]
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


if __name__ == "__main__":
    sys.exit(run_child(sys.argv[1:], work))
