"""Adapt a pansharpening network to one pair of rasters, on that pair alone.

    python -m models.recipes.adaptation job.json

The job is a JSON object: pan, ms, model, output, gains, pan_gain, minutes, seed, threads. Lines of JSON on stdout say
how it goes: {"progress": share}, {"info": text}, {"warning": text}, and at the end {"result": numbers}; on an error one
sentence stands on stderr, and the exit code is 1.

Scarpa, Vitale, Cozzolino 2018, Target-adaptive CNN-based pansharpening, doi:10.1109/TGRS.2018.2817393; the losses at
full resolution: see `adaptation_losses`. The weights are pulled towards those they began with (L2-SP, Li, Grandvalet,
Davoine 2018, arXiv:1802.01483), averaged over steps, and taken from the moment at which held-out blocks were best.
"""

from __future__ import annotations

import json
import math
import shutil
import sys
import tempfile
import time
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from models.export import export_checkpoint
from models.rebuild import rebuilt
from models.recipes.adaptation_data import Level, Material, read_material
from models.recipes.adaptation_losses import CHIP_PX, FULL_CHIP_PX, chip_at, cut, full_parts, wald_parts
from rsfusion_qgis.core.errors import InputError, ModelError, RsFusionError
from rsfusion_qgis.core.metrics.d_rho import d_rho
from rsfusion_qgis.core.model_card import ModelCard, file_sha256, read_card
from rsfusion_qgis.core.raster_io import RasterSource
from rsfusion_qgis.core.sensors import band_gains, pan_gain_of

PEAK_RATE, WARM_UP = 1e-4, 0.05
AVERAGING = 0.97
PULL = 1e-2
"""Weight of the squared distance to the weights at the beginning."""
WEIGHTS = {"error": 1.0, "angle": 0.7, "consistency": 0.2, "correlation": 0.2}
CHIPS = 3
"""Of each level per step."""
CHECKS = 8
"""How often held-out blocks are looked at."""
LEAST_GAIN = 0.01
"""By how much the held-out score must fall for the network to count as better."""
WINDOW_PX, WINDOWS = 256, 6
MEASURES = ("ergas", "sam", "consistency", "d_rho")


def say(**message: object) -> None:
    """One line to whoever started this."""
    print(json.dumps(message), flush=True)


@dataclass(frozen=True)
class Scores:
    """On held-out blocks: ERGAS and SAM (degrees) of the reduced pair; at full resolution the relative error of the
    result seen at MS's scale, in ERGAS's units, what the local correlation lacks, and D_rho."""

    ergas: float
    sam: float
    consistency: float
    lacking: float
    d_rho: float

    def over(self, parent: Scores) -> float:
        """Logarithm of the score over the parent's: below 0 is better. Errors count whole, the others half."""
        pairs = ((self.ergas, parent.ergas, 1.0), (self.sam, parent.sam, 1.0),
                 (self.consistency, parent.consistency, 0.25), (self.lacking, parent.lacking, 0.25))  # fmt: skip
        return sum(weight * math.log((own + 1e-6) / (theirs + 1e-6)) for own, theirs, weight in pairs)


class Adaptation:
    """One network on one pair."""

    def __init__(self, network: nn.Module, material: Material, seed: int) -> None:
        self.network, self.material = network, material
        self.start = {name: value.clone() for name, value in network.named_parameters()}
        self.average = deepcopy(network).requires_grad_(False)
        self.optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=0.0)
        self.rng = np.random.default_rng(seed)
        reduced, full = material.reduced, material.full
        self.train_reduced = reduced.valid & ~reduced.held_out
        self.train_coarse = full.coarse_valid & ~_coarse_mask(full)
        self.held_coarse = full.coarse_valid & _coarse_mask(full)
        self.scales = self._typical()

    def _run(self, network: nn.Module, chip: object, level: Level) -> torch.Tensor:
        return network(chip.ms, chip.pan, torch.tensor([level.ratio], dtype=torch.float32))

    def _parts(self) -> dict[str, torch.Tensor]:
        """Every loss on one chip of each level."""
        reduced, full, multiple = self.material.reduced, self.material.full, self.network.multiple_of
        small = cut(reduced, CHIP_PX, multiple, self.train_reduced, self.rng)
        large = cut(full, FULL_CHIP_PX, multiple, full.valid, self.rng)
        error, angle = wald_parts(self._run(self.network, small, reduced), small, reduced)
        consistency, lacking = full_parts(self._run(self.network, large, full), large, full, self.train_coarse)
        return {"error": error, "angle": angle, "consistency": consistency, "correlation": lacking}

    def _typical(self) -> dict[str, float]:
        """Size of every loss before the first step, so that their weights mean the same on every scene."""
        with torch.no_grad():
            found = [self._parts() for _ in range(4)]
        return {name: max(float(np.mean([float(one[name]) for one in found])), 1e-4) for name in WEIGHTS}

    def step(self, share: float) -> None:
        """One step of the optimiser; `share` of the budget that is used up."""
        rate = PEAK_RATE * min(share / WARM_UP + 0.05, 0.5 + 0.5 * math.cos(math.pi * share))
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad()
        for _ in range(CHIPS):
            parts = self._parts()
            loss = sum(WEIGHTS[name] * value / self.scales[name] for name, value in parts.items()) / CHIPS
            loss.backward()
        pull = sum(((value - self.start[name]) ** 2).sum() for name, value in self.network.named_parameters())
        (PULL * pull).backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        with torch.no_grad():
            for kept, new in zip(self.average.parameters(), self.network.parameters()):
                kept.lerp_(new, 1 - AVERAGING)

    def scores(self, network: nn.Module) -> Scores:
        """On held-out blocks."""
        reduced, full = self.material.reduced, self.material.full
        with torch.no_grad():
            small = [self._wald(network, *window) for window in _windows(reduced)]
            large = [self._full(network, *window) for window in _windows(full)]
        ergas, sam = (float(np.mean(values)) for values in zip(*[part for part in small if part]))
        consistency, lacking, rho = (float(np.nanmean(values)) for values in zip(*large))
        return Scores(100 / reduced.ratio * ergas, math.degrees(sam), 100 / full.ratio * consistency, lacking, rho)

    def _wald(self, network: nn.Module, rows: slice, cols: slice) -> tuple[float, float] | None:
        level = self.material.reduced
        keep = level.valid & level.held_out
        if not keep[rows, cols].any():
            return None
        chip = chip_at(level, rows, cols, network.multiple_of, keep)
        error, angle = wald_parts(self._run(network, chip, level), chip, level)
        return float(error), float(angle)

    def _full(self, network: nn.Module, rows: slice, cols: slice) -> tuple[float, float, float]:
        level = self.material.full
        chip = chip_at(level, rows, cols, network.multiple_of, level.valid)
        fused = self._run(network, chip, level)
        consistency, lacking = full_parts(fused, chip, level, self.held_coarse)
        size = rows.stop - rows.start, cols.stop - cols.start
        valid = level.valid[rows, cols] & level.held_out[rows, cols]
        image = fused[0, :, : size[0], : size[1]].numpy().astype(np.float64)
        rho = d_rho(image, level.pan[:, rows, cols], max(2, round(level.ratio)), valid) if valid.any() else math.nan
        return float(consistency) or math.nan, float(lacking), rho


def _coarse_mask(level: Level) -> np.ndarray:
    """Held-out blocks on the MS's own pixels."""
    at = [
        np.clip(((np.arange(count) + 0.5) * level.ratio + offset).astype(int), 0, size - 1)
        for count, offset, size in zip(level.coarse.shape[1:], level.offset, level.shape)
    ]
    return level.held_out[np.ix_(*at)]


def _windows(level: Level) -> list[tuple[slice, slice]]:
    """What is looked at to judge: everything where the level is small, else windows that hold held-out blocks."""
    rows, cols = level.shape
    if max(rows, cols) <= 2 * WINDOW_PX:
        return [(slice(0, rows), slice(0, cols))]
    found = []
    for row in range(0, rows - WINDOW_PX + 1, WINDOW_PX // 2):
        for col in range(0, cols - WINDOW_PX + 1, WINDOW_PX // 2):
            part = slice(row, row + WINDOW_PX), slice(col, col + WINDOW_PX)
            found.append(((level.held_out & level.valid)[part].mean(), *part))
    best = [window for window in found if window[0] > 0.3] or found
    return [best[i][1:] for i in sorted({round(v) for v in np.linspace(0, len(best) - 1, min(WINDOWS, len(best)))})]


def adapt(network: nn.Module, material: Material, minutes: float, seed: int) -> tuple[nn.Module, Scores, Scores, int]:
    """The best network that was met, the parent's scores, its scores, and how many steps were made."""
    torch.manual_seed(seed)
    run = Adaptation(network, material, seed)
    parent = run.scores(network)
    best, best_scores, steps, checked = deepcopy(network), parent, 0, 0
    began, limit = time.monotonic(), 60 * minutes
    say(info=f"before: {_told(parent)}")
    while (share := (time.monotonic() - began) / limit) < 1:
        run.step(share)
        steps += 1
        say(progress=round(min(share, 1.0), 4))
        if share * CHECKS >= checked + 1:
            checked = int(share * CHECKS)
            now = run.scores(run.average)
            if now.over(parent) < best_scores.over(parent) and now.ergas <= parent.ergas:
                best, best_scores = deepcopy(run.average), now
    now = run.scores(run.average)
    if now.over(parent) < best_scores.over(parent) and now.ergas <= parent.ergas:
        best, best_scores = deepcopy(run.average), now
    say(info=f"after: {_told(best_scores)}")
    return best, parent, best_scores, steps


def _told(scores: Scores) -> str:
    return (
        f"ERGAS {scores.ergas:.3f}, SAM {scores.sam:.3f}°, consistency with MS {scores.consistency:.3f}, "
        f"D_rho {scores.d_rho:.3f} on held-out blocks"
    )


def main(arguments: list[str]) -> int:
    try:
        result = work(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    say(result=result)
    return 0


def work(job: dict) -> dict[str, float]:
    """Adapt, and write the model; returns the numbers."""
    started, torch_threads = time.monotonic(), int(job.get("threads") or 0)
    if torch_threads:
        torch.set_num_threads(torch_threads)
    model, output = Path(job["model"]), Path(job["output"])
    card = read_card(model)
    if card.task != "pansharpening":
        raise ModelError(f"MODEL: '{card.name}' is a network for {card.task}; expected one for pansharpening.")
    with RasterSource(job["ms"], "MS") as source:
        bands = len(source.bands)
    _check_bands(card, bands)
    network = rebuilt(model, card).to(memory_format=torch.channels_last)
    gains = band_gains(job["sensor"], tuple(job["gains"]), bands)
    say(info="Reading the pair and making it coarser.")
    material = read_material(job["pan"], job["ms"], gains, pan_gain_of(job["sensor"], job["pan_gain"], bands))
    best, before, after, steps = adapt(network, material, job["minutes"], job["seed"])
    improved = after.over(before) < -LEAST_GAIN
    if improved:
        _export(best, card, model, output, job, before, after, steps)
    else:
        shutil.copyfile(model, output)
        say(warning="The network did not get better on held-out blocks of this pair; OUTPUT is MODEL as it was.")
    numbers = {f"{name.upper()}_{when}": getattr(scores, name)
               for when, scores in (("BEFORE", before), ("AFTER", after)) for name in MEASURES}  # fmt: skip
    return {**numbers, "IMPROVED": int(improved), "STEPS": steps, "SECONDS": time.monotonic() - started}


def _card_name(text: str) -> str:
    """A name that a card may have: a letter first, then letters, digits, blanks and `_ . -`."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in " _.-") else "_" for letter in text)
    return plain if len(plain) > 2 and plain[0].isalpha() else f"adapted_{plain}"


def _check_bands(card: ModelCard, bands: int) -> None:
    wanted = card.input("ms").bands
    if wanted is not None and len(wanted) != bands:
        raise InputError(f"MS has {bands} bands; expected the {len(wanted)} that MODEL '{card.name}' takes.")


def _export(
    network: nn.Module, parent: ModelCard, model: Path, output: Path, job: dict, before: Scores, after: Scores,
    steps: int,
) -> None:  # fmt: skip
    quality = {f"{name} {when}, held-out blocks": round(getattr(scores, name), 5)
               for name in MEASURES for when, scores in (("before", before), ("after", after))}  # fmt: skip
    names = f"{Path(job['pan']).name} and {Path(job['ms']).name}"
    extra = {
        "name": _card_name(job["name"]),
        "description": (
            f"{parent.name} (SHA-256 {file_sha256(model)}) adapted to {names} in {job['minutes']:g} minutes, {steps} "
            f"steps, seed {job['seed']}. Quality: on blocks of that pair which were held out."
        ),
        "license": parent.license, "training_terms": parent.training_terms, "ratio_range": list(parent.ratio_range),
        "training_data": [*parent.training_data, f"adapted to {names}"], "max_shift_px": parent.max_shift_px,
        "quality": quality,
    }  # fmt: skip
    state = {"architecture": network.slug, "config": network.config, "state": network.state_dict()}
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        checkpoint, made = Path(folder) / "checkpoint.pt", Path(folder) / output.name
        torch.save({**state, "training": {}}, checkpoint)
        printed, sys.stdout = sys.stdout, sys.stderr  # what the export says is not for the one who reads lines of JSON
        try:
            export_checkpoint(checkpoint, made, {name: value for name, value in extra.items() if value})
        finally:
            sys.stdout = printed
        shutil.copyfile(made, output)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
