"""Train the network that corrects the sharpened 20 m bands of Sentinel-2.

    python -m models.sentinel2_sharpening.train --data <folder> --out runs/sentinel2 --minutes 15 [--resume]

Writes checkpoint.pt (averaged weights, usable at any time), state.pt (to resume) and curve.csv into --out. Set
OMP_NUM_THREADS=1 to leave the other cores alone. The loss is what the benchmark measures, after back-projection: the
error of each band as a share of its mean (ERGAS: Wald 2000, Quality of high resolution synthesised images), over that
of the regression on the same chip.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.common import checkpoints
from models.common.fitting import cosine_rate, descend, follow, keeping, set_rate
from models.sentinel2_sharpening.detail_correction import DetailCorrection
from models.sentinel2_sharpening.examples import COARSE_GAINS, RATIO, Example, pool, read_truths
from models.sentinel2_sharpening.regression import STEPS, interpolation_matrix, sampling_matrix

CHIP_PX, CHIPS, BORDER_PX = 48, 12, 8
PEAK, WARM_UP, FIRST, AVERAGING = 2e-3, 0.02, 0.05, 0.998
FLOOR = 0.002
"""Share of the mean that is added to the regression's error where the loss divides by it."""
MIXED_SHARE, MIXING = 0.7, 0.25
KEEP_S, TELL_STEPS = 60.0, 100


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="data folder, see examples.read_truths")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the curve")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--draws", type=int, default=12, help="degradations of every scene")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="go on from state.pt in --out")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=INT", help="the architecture's own arguments")
    return parser.parse_args()


class Sensor:
    """What the coarse bands' sensor sees of a chip, and the way back, as matrices of `CHIP_PX`."""

    def __init__(self) -> None:
        down = np.stack([sampling_matrix(CHIP_PX, RATIO, gain) for gain in COARSE_GAINS])
        self.down = torch.from_numpy(down.astype(np.float32))  # (bands, coarse, fine)
        self.up = torch.from_numpy(interpolation_matrix(CHIP_PX, RATIO))  # (fine, coarse)

    def invisible(self, added: Tensor, strength: Tensor) -> Tensor:
        """What back-projection leaves of a correction (N, bands, H, W) of a consistent image."""
        for _ in range(STEPS):
            seen = self.down @ added @ self.down.transpose(1, 2)
            added = added - self.up @ (strength * seen) @ self.up.T
        return added


def chips(examples: Sequence[Example], rng: np.random.Generator) -> Iterator[tuple[Tensor, ...]]:
    """Batches of (fine, coarse, sharp, target, strength, level), each chip turned and mirrored at random."""
    sizes = np.array([one.sharp.shape[1] * one.sharp.shape[2] for one in examples], float) ** 0.5
    odds = sizes / sizes.sum()
    while True:
        drawn = [_chip(examples[place], rng) for place in rng.choice(len(examples), CHIPS, p=odds)]
        yield tuple(torch.from_numpy(np.stack(part)) for part in zip(*drawn))


def _chip(one: Example, rng: np.random.Generator) -> list[np.ndarray]:
    side = CHIP_PX // RATIO
    row, col = (int(rng.integers(0, size - side + 1)) for size in one.strength.shape[1:])
    turns, mirrored = int(rng.integers(4)), bool(rng.integers(2))
    cut = []
    for planes in (one.fine, one.coarse, one.sharp, one.target, one.strength):
        times = 1 if planes is one.strength else RATIO
        part = planes[:, times * row : times * (row + side), times * col : times * (col + side)]
        part = np.rot90(part, turns, (1, 2))
        cut.append(np.ascontiguousarray(part[:, ::-1] if mirrored else part))
    if rng.random() < MIXED_SHARE:
        fine, coarse = (mixture(len(planes), rng) for planes in (cut[0], cut[1]))
        cut[:4] = [np.tensordot(fine, cut[0], 1), *(np.tensordot(coarse, planes, 1) for planes in cut[1:4])]
    return [*cut, one.level]


def mixture(bands: int, rng: np.random.Generator) -> np.ndarray:
    """(bands, bands) float32: what bands are mixed by, so that spectra are seen that no scene has."""
    matrix = np.eye(bands) + MIXING * rng.standard_normal((bands, bands))
    return (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)


def loss_of(network: torch.nn.Module, sensor: Sensor, batch: tuple[Tensor, ...]) -> Tensor:
    """Error after back-projection over that of the regression, mean over chips."""
    fine, coarse, sharp, target, strength, level = batch
    added = sensor.invisible(network(fine, coarse, sharp) - sharp, strength)
    inner = (..., slice(BORDER_PX, -BORDER_PX), slice(BORDER_PX, -BORDER_PX))

    def error(values: Tensor) -> Tensor:
        share = (values - target)[inner] * level[:, :, None, None]
        return share.square().mean((1, 2, 3)).add(1e-10).sqrt()

    return ((error(sharp + added) + FLOOR) / (error(sharp) + FLOOR)).mean()


class Run:
    """Network, its running average and optimiser, and the record that goes into checkpoints."""

    def __init__(self, wanted: argparse.Namespace, scenes: list[str]) -> None:
        config = {name: int(value) for name, value in (item.split("=") for item in wanted.set)}
        self.network = DetailCorrection(**config)
        self.average = deepcopy(self.network).requires_grad_(False)
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=PEAK, weight_decay=1e-3)
        self.record = {"seed": wanted.seed, "step": 0, "minutes": 0.0, "planned_minutes": wanted.minutes,
                       "data": scenes}  # fmt: skip

    def checkpoint(self) -> dict:
        return {"config": self.network.config, "state": self.average.state_dict(), "training": self.record}

    def state(self) -> dict:
        return {"network": self.network.state_dict(), "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(), "record": self.record}  # fmt: skip

    def take_over(self, state: dict) -> None:
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.record = state["record"]


def main() -> None:
    wanted = arguments()
    wanted.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(wanted.seed)
    truths = read_truths(wanted.data, "training")
    run = Run(wanted, [truth.name for truth in truths])
    if wanted.resume:
        run.take_over(checkpoints.read(wanted.out / "state.pt"))
    started = time.monotonic()
    examples = pool(truths, wanted.draws, wanted.seed)
    print(f"{len(truths)} scenes, {len(examples)} examples in {time.monotonic() - started:.0f} s", flush=True)
    batches = chips(examples, np.random.default_rng([wanted.seed, run.record["step"]]))
    learn(run, batches, wanted)


def learn(run: Run, batches: Iterator[tuple[Tensor, ...]], wanted: argparse.Namespace) -> None:
    """Go on until the planned minutes are over."""
    sensor, keeper = Sensor(), checkpoints.Keeper(wanted.out / "state.pt", KEEP_S)
    before, clock, losses = run.record["minutes"], time.monotonic(), []
    while run.record["minutes"] < wanted.minutes:
        set_rate(run.optimiser, cosine_rate(run.record["minutes"] / wanted.minutes, PEAK, WARM_UP, FIRST))
        losses.append(descend(run.network, run.optimiser, loss_of(run.network, sensor, next(batches))))
        follow(run.average, run.network, keeping(AVERAGING, run.record["step"]))
        run.record["step"] += 1
        run.record["minutes"] = before + (time.monotonic() - clock) / 60
        keeper.keep(run.state)
        if run.record["step"] % TELL_STEPS == 0:
            checkpoints.write(wanted.out / "checkpoint.pt", run.checkpoint())
            with (wanted.out / "curve.csv").open("a", newline="", encoding="utf-8") as file:
                row = (run.record["step"], f"{run.record['minutes']:.2f}", f"{np.mean(losses[-TELL_STEPS:]):.4f}")
                csv.writer(file).writerow(row)
    keeper.keep(run.state, now=True)
    checkpoints.write(wanted.out / "checkpoint.pt", run.checkpoint())


if __name__ == "__main__":
    main()
