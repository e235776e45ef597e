"""Train a pansharpening network on randomised degradations of sharp scenes.

    python -m models.pansharpening.train --data <folder> --out runs/pansharpening --minutes 60 --seed 1 [--resume]

Axis order: (chips, bands, rows, cols), float32, scaled as the engine scales (see `degradation.Batch`).
Writes into --out: checkpoint.pt (the averaged weights, usable at any time), best.pt (lowest validation error so far),
state.pt (to resume) and curve.csv. A checkpoint holds architecture, config, state and the training record.
Every thread works on a batch of its own: set OMP_NUM_THREADS=1.
The loss is what the benchmark measures, relative to plain interpolation of the same chip: the error of the bands in
relation to their means (ERGAS: Wald 2000, Quality of high resolution synthesised images) and the spectral angle.
"""

from __future__ import annotations

import argparse
import csv
import math
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from copy import deepcopy
from functools import partial
from pathlib import Path

import joblib
import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

from models.common import checkpoints, workers
from models.common.fitting import LARGEST_GRADIENT, follow, set_rate
from models.pansharpening.back_projection import CONSISTENT_SHARE, consistent
from models.pansharpening.degradation import Batch, Source, make_batch
from models.pansharpening.networks import build
from models.pansharpening.networks.layers import low_pass
from models.pansharpening.sources import KIND_ODDS, generated_sources, real_sources
from models.pansharpening.validation import table, validation_pairs

CHIP_PX, CHIPS, BATCHES, BORDER_PX = 128, 6, 2, 8
SLOPE_SHARE, LEAST_SLOPE = 0.8, 0.9
"""Of the loss: how much it costs that the intensity shows less of pan's detail than this share of it."""
FINAL_RATE, WARM_UP = 2e-5, 0.02
AVERAGING = 0.998
VALIDATE_MINUTES = 4.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="data folder, see models/pansharpening/sources.py")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the curve")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="go on from state.pt in --out")
    parser.add_argument("--start", type=Path, help="checkpoint or .onnx to begin with; new inputs begin at zero")
    parser.add_argument("--peak", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--architecture", default="pan_basis_fusion")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=INT", help="the architecture's own arguments")
    parser.add_argument("--bands", type=int, default=0, help="train for this band count only; 0: any")
    parser.add_argument("--ratio", type=float, default=0, help="train for this ratio only; 0: any")
    parser.add_argument("--scenes", type=int, default=48, help="generated scenes")
    parser.add_argument("--cache", type=Path, help="folder that keeps what is made once: scenes and validation pairs")
    parser.add_argument("--quick", action="store_true", help="small scenes, one validation pair: to try the script")
    parser.add_argument("--threads", type=int, default=1, help="processes that make the chips")
    return parser.parse_args()


def errors(fused: Tensor, target: Tensor, dark: Tensor, weight: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Per chip: ERGAS-like error, mean absolute error in scaled units, mean spectral angle in radians."""
    inner = (..., slice(BORDER_PX, -BORDER_PX), slice(BORDER_PX, -BORDER_PX))
    fused, target = fused[inner], target[inner]
    level = (target.mean((2, 3), keepdim=True) + dark).clamp_min(0.3)
    difference = fused - target
    relative = ((difference / level) ** 2).mean((1, 2, 3)).add(1e-7).sqrt()
    spectra = ((image + dark) * weight for image in (fused, target))
    first, second = (image * (image * image).sum(1, keepdim=True).add(1e-6).rsqrt() for image in spectra)
    angle = ((first - second) ** 2).sum(1).add(1e-7).sqrt().mean((1, 2))
    return relative, difference.abs().mean((1, 2, 3)), angle


def loss_of(fused: Tensor, ms: Tensor, target: Tensor, dark: Tensor, weight: Tensor) -> Tensor:
    """Error, absolute error and angle, each relative to that of the interpolated MS, averaged over the chips."""
    with torch.no_grad():
        plain = errors(ms, target, dark, weight)
    parts = errors(fused, target, dark, weight)
    floors, shares = (0.02, 0.03, 0.01), (1.0, 0.5, 0.7)
    return sum(share * (part / (base + floor)).mean() for part, base, floor, share in zip(parts, plain, floors, shares))


def softness(fused: Tensor, target: Tensor, pan: Tensor, ratio: float) -> Tensor:
    """Mean over windows of how far the intensity's detail falls short of pan's, from 0; where the bands do not make
    up pan, as those of Landsat hardly do, it counts less.

    Intensity: the bands' combination that fits pan best. Detail: what a Gaussian of 0.45 ratio takes away.
    """
    n, b = target.shape[:2]
    size = torch.tensor([ratio])
    inner = (..., slice(BORDER_PX, -BORDER_PX), slice(BORDER_PX, -BORDER_PX))
    with torch.no_grad():
        low = low_pass(torch.cat((target.flatten(0, 1).unsqueeze(1), pan)), size)[inner]
        low = low - low.mean((2, 3), keepdim=True)
        bands, seen = low[: n * b].reshape(n, b, -1), low[n * b :].reshape(n, -1, 1)
        matrix = bands @ bands.transpose(1, 2) / bands.shape[2]
        ridge = 1e-3 * matrix.diagonal(dim1=1, dim2=2).mean(1)[:, None, None] + 1e-6
        right = bands @ seen / bands.shape[2]
        found = torch.linalg.solve(matrix + ridge * torch.eye(b), right)
        fits = (found * right).sum((1, 2)) / (seen * seen).mean((1, 2)).clamp_min(1e-6)
        window = int(6 * ratio)
        detail = (pan - low_pass(pan, size))[inner]
        power = F.avg_pool2d(detail * detail, window, window // 2).clamp_min(1e-6)
    intensity = (fused * found[:, :, :, None]).sum(1, keepdim=True)
    shown = (intensity - low_pass(intensity, size))[inner]
    slope = F.avg_pool2d(shown * detail, window, window // 2) / power
    return (fits.clamp(0, 1) ** 4 * F.relu(LEAST_SLOPE - slope).mean((1, 2, 3))).mean()


def kept(folder: Path | None, name: str, make: Callable[[], list]) -> list:
    """What `make` returns, from the folder where it was made before; written there by this script only."""
    if folder is None:
        return make()
    path = folder / f"{name}.pickle"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(make(), protocol=5))
    return pickle.loads(path.read_bytes())


def rate_at(progress: float, peak: float) -> float:
    """Learning rate after a share 0..1 of the time: linear warm-up to the peak, then half a cosine."""
    if progress < WARM_UP:
        return peak * (0.05 + 0.95 * progress / WARM_UP)
    fall = (progress - WARM_UP) / (1 - WARM_UP)
    return FINAL_RATE + 0.5 * (peak - FINAL_RATE) * (1 + math.cos(math.pi * min(fall, 1.0)))


def has_bfloat16() -> bool:
    """Whether the processor computes in bfloat16 itself; where it does not, that costs thirty times the time."""
    return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


def saved_weights(path: Path) -> tuple[dict[str, Tensor], object]:
    """Weights by name from a checkpoint or an exported network, and what is known of how they came about.

    Exported numbers without axes have lost their names; a network begins with its own.
    """
    if path.suffix != ".onnx":
        saved = torch.load(path, weights_only=True)
        return saved["state"], saved["training"]
    exported = onnx.load(str(path)).graph.initializer
    return {part.name: torch.from_numpy(numpy_helper.to_array(part).copy()) for part in exported}, path.stem


def middle(kernels: Tensor, size: Sequence[int]) -> Tensor:
    """The middle of kernels (outputs, inputs, rows, cols) that has this many rows and columns."""
    cuts = ((have - want) // 2 for have, want in zip(kernels.shape[2:], size))
    return kernels[(slice(None), slice(None), *(slice(cut, cut + want) for cut, want in zip(cuts, size)))]


def as_function(network: nn.Module):
    """The network on numpy arrays (bands, rows, cols), as `validation.table` calls it."""

    def fuse(ms: np.ndarray, pan: np.ndarray, ratio: float) -> np.ndarray:
        multiple = network.multiple_of
        pads = ((0, 0), *((0, -size % multiple) for size in ms.shape[1:]))
        padded = (np.pad(image, pads, mode="reflect").astype(np.float32)[None] for image in (ms, pan))
        with torch.no_grad():
            fused = network(*map(torch.from_numpy, padded), torch.tensor([float(ratio)]))[0].numpy()
        return fused[:, :ms.shape[1], :ms.shape[2]].astype(np.float64)

    return fuse


class Batches:
    """Batches by their seeds, made in processes of their own while the network learns; a context manager.

    Parameters
    ----------
    wanted : of the command line; the seeds decide what is drawn, whatever the number of processes. The sources are
        too large to be sent: all processes read them from one file in `wanted.out`, as memory that they share.
    """

    def __init__(
        self, sources: list[Source], wanted: argparse.Namespace, match_pan: bool, seeds: Iterator[int]
    ) -> None:  # fmt: skip
        self._seeds, self._workers, self._shared = seeds, wanted.threads, wanted.out / "sources.joblib"
        joblib.dump(sources, self._shared)
        self._make = partial(_made, wanted.seed, wanted.bands, wanted.ratio, match_pan)
        self._pool = workers.pool(wanted.threads, _open_sources, (self._shared,))
        self._coming: deque[Future] = deque()

    def __enter__(self) -> Batches:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._shared.unlink()

    def __next__(self) -> Batch:
        while len(self._coming) <= 2 * self._workers:
            self._coming.append(self._pool.submit(self._make, next(self._seeds)))
        return self._coming.popleft().result()


_sources: list[Source] = []
"""In a process that makes batches: what it draws chips from."""


def _open_sources(path: Path) -> None:
    _sources.extend(joblib.load(path, mmap_mode="r"))


def _made(run_seed: int, bands: int, ratio: int, match_pan: bool, seed: int) -> Batch:
    rng = np.random.default_rng([run_seed, seed])
    return make_batch(_sources, KIND_ODDS, CHIPS, CHIP_PX, rng, bands, ratio, match_pan)


class Run:
    """The state of one training: network, its running average, optimiser, and the record that goes into checkpoints."""

    def __init__(self, args: argparse.Namespace, sources: list[str]) -> None:
        config = {name: int(value) for name, value in (item.split("=") for item in args.set)}
        self.args = args
        self.network = build(args.architecture, config).to(memory_format=torch.channels_last)  # the fastest on a CPU
        self.average = deepcopy(self.network).requires_grad_(False)
        decay = [p for p in self.network.parameters() if p.ndim > 1]
        rest = [p for p in self.network.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW([{"params": decay, "weight_decay": 1e-3},
                                            {"params": rest, "weight_decay": 0.0}], lr=args.peak)
        self.record = {"seed": args.seed, "step": 0, "minutes": 0.0, "chip_px": CHIP_PX, "chips": CHIPS,
                       "planned_minutes": args.minutes, "data": sources, "validation": {}}
        self.best = math.inf

    def start_from(self, path: Path) -> None:
        """Take over the weights of another run: where a layer has grown by inputs, those begin at zero; of a kernel
        that has become smaller the middle stays.
        """
        found, self.record["began_with"] = saved_weights(path)
        weights = self.network.state_dict()
        for name, value in found.items():
            if name in weights and value.ndim > 1:
                weights[name].zero_()
                weights[name][:, : value.shape[1]] = middle(value, weights[name].shape[2:])
            elif name in weights:
                weights[name].copy_(value)
        self.average.load_state_dict(weights)

    def gradients(self, batch: Batch) -> tuple[float, tuple[Tensor, ...]]:
        """Loss of a batch and the gradients of the parameters."""
        arrays = (batch.ms, batch.pan, batch.target, batch.dark, batch.weight)
        ms, pan, target, dark, weight = map(torch.from_numpy, arrays)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16(), cache_enabled=False):
            fused = self.network(ms, pan, torch.tensor([batch.ratio]))
        observed = tuple(torch.from_numpy(part) for part in vars(batch.observed).values())
        known = consistent(fused.float(), observed)
        images = ((fused.float(), 1 - CONSISTENT_SHARE), (known, CONSISTENT_SHARE))
        loss = sum(share * loss_of(image, ms, target, dark, weight) for image, share in images)
        loss = loss + SLOPE_SHARE * softness(fused.float(), target, pan, batch.ratio)
        return loss.item(), torch.autograd.grad(loss, list(self.network.parameters()))

    def step(self, parts: list[tuple[float, tuple[Tensor, ...]]]) -> float:
        """Move by the mean of several batches' gradients; returns the mean loss."""
        rate = rate_at(self.record["minutes"] / self.args.minutes, self.args.peak)
        set_rate(self.optimiser, rate)
        for parameter, *found in zip(self.network.parameters(), *(gradients for _, gradients in parts)):
            parameter.grad = torch.stack(found).mean(0)
        nn.utils.clip_grad_norm_(self.network.parameters(), LARGEST_GRADIENT)
        self.optimiser.step()
        self.record["step"] += 1
        follow(self.average, self.network, min(AVERAGING, 1 - 10 / (10 + self.record["step"])))
        return float(np.mean([loss for loss, _ in parts]))

    def checkpoint(self) -> dict:
        return {"architecture": self.args.architecture, "config": self.network.config,
                "state": self.average.state_dict(), "training": dict(self.record)}

    def save(self) -> None:
        checkpoints.write(self.args.out / "checkpoint.pt", self.checkpoint())
        everything = {"network": self.network.state_dict(), "average": self.average.state_dict(), "best": self.best,
                      "optimiser": self.optimiser.state_dict(), "record": self.record}
        checkpoints.write(self.args.out / "state.pt", everything)
        error = self.record["validation"]["ergas_ratio"] * self.record["validation"]["sam_ratio"]
        if error < self.best:
            self.best = error
            checkpoints.write(self.args.out / "best.pt", self.checkpoint())

    def resume(self) -> None:
        saved = checkpoints.read(self.args.out / "state.pt")
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["average"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.record, self.best = saved["record"], saved["best"]


def validate(run: Run, pairs: list, recent: float, path: Path) -> None:
    """Score the averaged weights, print, add a line to the curve, save."""
    start = time.monotonic()
    summary, text = table(pairs, as_function(run.average.eval()), run.network.matched_pan)
    run.record["validation"] = summary
    row = {"step": run.record["step"], "minutes": round(run.record["minutes"], 2), "loss": round(recent, 4), **summary}
    new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, row)
        if new:
            writer.writeheader()
        writer.writerow(row)
    numbers = ", ".join(f"{key} {value}" for key, value in row.items())
    print(text, numbers, f"in {time.monotonic() - start:.0f} s", sep="\n", flush=True)
    run.save()


def main() -> None:
    args = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    seeds = range(args.seed * 1000, args.seed * 1000 + args.scenes)
    size = 256 if args.quick else 1024
    generated = kept(args.cache, f"scenes_{seeds.start}_{seeds.stop}_{size}", lambda: generated_sources(seeds, size))
    sources = real_sources(args.data) + generated
    names = sorted({source.name for source in sources if source.kind != "generated"})
    run = Run(args, [*names, f"{args.scenes} generated scenes, seeds from {seeds.start}"])
    if args.start:
        run.start_from(args.start)
    if args.resume:
        run.resume()
    found = kept(args.cache, f"validation{'_quick' * args.quick}", lambda: validation_pairs(args.data, args.quick))
    pairs = [pair for pair in found
             if args.bands in (0, len(pair.ms)) and args.ratio in (0, pair.ratio)]
    match_pan = run.network.matched_pan
    chip_seeds = iter(range(run.record["step"] * BATCHES, 1 << 62))
    losses, last, clock = [], run.record["minutes"], time.monotonic()

    with Batches(sources, args, match_pan, chip_seeds) as batches:
        while run.record["minutes"] < args.minutes:
            losses.append(run.step([run.gradients(next(batches)) for _ in range(BATCHES)]))
            now = time.monotonic()
            run.record["minutes"] += (now - clock) / 60
            clock = now
            if run.record["minutes"] - last >= VALIDATE_MINUTES:
                validate(run, pairs, float(np.mean(losses[-200:])), args.out / "curve.csv")
                last, clock = run.record["minutes"], time.monotonic()
    validate(run, pairs, float(np.mean(losses[-200:])), args.out / "curve.csv")


if __name__ == "__main__":
    main()
