"""Networks of the literature beside the default, on scenes that they were not trained on.

Coarse images are means over squares of `benchmark.RATIO` pixels. Each network is trained on all scenes but one, for a
number of seconds of one processor, and predicts both dates of that one. Scores are those of `benchmark`. The real
MODIS images of the scene are predicted, too, by the network that has not seen that scene. Usage:

    python -m models.spatiotemporal_fusion.literature DATA [--seconds 280] [--held fields fire]

Arrays are (bands, rows, cols), tensors (N, 1, rows, cols); a network sees one band at a time, divided by its mean.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from models.common.fitting import cosine_rate, descend, set_rate, threads
from models.common.rasters import read_all
from models.spatiotemporal_fusion.benchmark import RATIO, SERIES, Series, errors, files, mean, predicted
from models.spatiotemporal_fusion.literature_networks.edcstfn import EDCSTFN
from models.spatiotemporal_fusion.literature_networks.stfdcnn import STFDCNN
from rsfusion_qgis.tasks.spatiotemporal_fusion.cells import Cells
from rsfusion_qgis.tasks.spatiotemporal_fusion.methods import REGRESSION

NETWORKS: tuple[Callable[[], nn.Module], ...] = (EDCSTFN, STFDCNN)
CROP, BATCH, PEAK_RATE = 64, 4, 1e-3
CHANGES = (0.3, 1.5)
"""The true change is multiplied by a number between these in training, so that there are more kinds of it."""
MADE = tuple(series for series in SERIES if not series.coarse)
MODIS = SERIES[0]


@dataclass(frozen=True)
class Example:
    """Two dates of a scene: fine images, and coarse ones on the fine pixels, each band divided by its mean."""

    fine: tuple[np.ndarray, np.ndarray]
    coarse: tuple[np.ndarray, np.ndarray]


def on_fine(coarse: np.ndarray, side: int) -> np.ndarray:
    """A coarse image on the fine pixels, linear between the centres."""
    return Cells(side, side, 0.0).spread(coarse.astype(np.float32))


def example(data: Path, series: Series) -> Example:
    """The first two dates of a series whose coarse images are made."""
    with tempfile.TemporaryDirectory() as folder:
        fine, coarse = files(data, series, Path(folder))
        fines = [read_all(path).astype(np.float32) for path in fine.values()]
        coarses = [on_fine(read_all(path), RATIO) for path in coarse.values()]
    level = np.abs(fines[0]).mean(axis=(1, 2), keepdims=True)
    return Example(tuple(one / level for one in fines), tuple(one / level for one in coarses))


def crops(examples: Sequence[Example], rng: np.random.Generator) -> Iterator[tuple[torch.Tensor, ...]]:
    """Batches of (fine, first, second, truth), each (N, 1, CROP, CROP), without end."""
    while True:
        parts = []
        for _ in range(BATCH):
            one = examples[rng.integers(len(examples))]
            now, then = rng.permutation(2)
            band, (rows, cols) = rng.integers(len(one.fine[0])), one.fine[0].shape[1:]
            top, left = rng.integers(rows - CROP + 1), rng.integers(cols - CROP + 1)
            part = np.s_[band, top : top + CROP, left : left + CROP]
            fine, first = one.fine[now][part], one.coarse[now][part]
            share = rng.uniform(*CHANGES)
            second = first + share * (one.coarse[then][part] - first)
            truth = fine + share * (one.fine[then][part] - fine)
            turn, flip = rng.integers(4), rng.integers(2)
            shown = np.rot90(np.stack([fine, first, second, truth]), turn, (1, 2))
            parts.append(shown[..., ::-1] if flip else shown)
        batch = torch.from_numpy(np.ascontiguousarray(np.stack(parts), np.float32))
        yield tuple(batch[:, n : n + 1] for n in range(4))


def trained(
    make: Callable[[], nn.Module], examples: Sequence[Example], seconds: float, most_steps: int = 0
) -> tuple[nn.Module, int]:
    """A network after so many seconds of one processor, or so many steps where they are given, and its steps."""
    torch.manual_seed(0)
    network = make()
    optimiser = torch.optim.Adam(network.parameters(), PEAK_RATE)
    started = time.process_time()
    for steps, batch in enumerate(crops(examples, np.random.default_rng(0))):
        share = steps / most_steps if most_steps else (time.process_time() - started) / seconds
        if share >= 1:
            return network.eval(), steps
        set_rate(optimiser, cosine_rate(share, PEAK_RATE, 0.05, 0.1))
        descend(network, optimiser, network.loss(*batch))
    raise AssertionError("crops has no end")


def applied(network: nn.Module, fine: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The fine image of the wanted date; all images (bands, rows, cols) in one unit, the coarse ones on the pixels."""
    level = np.abs(fine).mean(axis=(1, 2), keepdims=True)
    tensors = [torch.from_numpy((one / level).astype(np.float32))[:, None] for one in (fine, first, second)]
    with torch.no_grad():
        return network(*tensors)[:, 0].numpy() * level


def multiply_adds(network: nn.Module) -> int:
    """Multiplications for each pixel and band, by the shapes of the convolutions."""

    def count(part: nn.Module) -> int:
        return sum(one.weight.numel() for one in part.modules() if isinstance(one, nn.Conv2d))

    if isinstance(network, STFDCNN):  # both dates go through its stages, the first of which sees fewer pixels
        return 2 * (count(network.mapping) // network.step**2 + count(network.finer))
    return count(network)


def smoothed(image: np.ndarray) -> np.ndarray:
    """An image as a sensor of coarse square pixels sees it, on its own pixels; so the blocks of MODIS vanish."""
    seen, _ = Cells(RATIO, RATIO, 0.0).seen(image.astype(np.float32), np.ones(image.shape[1:], bool))
    return on_fine(seen, RATIO)


def on_modis(network: nn.Module, data: Path, pair: str, wanted: str) -> float:
    """The score of a network on real coarse images, in fine units by mean and spread of the pair."""
    fine, first, truth, second = (
        read_all(data / MODIS.folder / name.format(day))
        for day in (pair, wanted) for name in (MODIS.fine, MODIS.coarse)
    )  # fmt: skip
    rows, cols = (size // RATIO * RATIO for size in fine.shape[1:])
    fine, first, truth, second = (one[:, :rows, :cols] for one in (fine, first, truth, second))
    seen, first, second = smoothed(fine), smoothed(first), smoothed(second)
    axes = {"axis": (1, 2), "keepdims": True}
    slope = seen.std(**axes) / np.maximum(first.std(**axes), 1e-9)
    offset = seen.mean(**axes) - slope * first.mean(**axes)
    made = applied(network, fine, slope * first + offset, slope * second + offset)
    return float(np.mean(errors(made, truth) / errors(fine, truth)))


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder with one folder per series")
    parser.add_argument("--seconds", type=float, default=280.0, help="of one processor, for each training")
    parser.add_argument("--held", nargs="+", default=[""], help="words of the names of scenes that are predicted")
    told = parser.parse_args(arguments)
    held_scenes = [one for one in MADE if any(word in one.name for word in told.held)]
    names = [make.slug for make in NETWORKS]
    columns = (*names, REGRESSION)
    examples = {series.name: example(told.data, series) for series in MADE}
    print(f"{'scene':<34}{'from':<10}{'to':<10}" + "".join(f"{name:>12}" for name in columns))
    scores: dict[str, list[float]] = {name: [] for name in columns}
    paces: dict[str, list[float]] = {name: [] for name in names}
    with threads(1):
        for held in held_scenes:
            others = [one for name, one in examples.items() if name != held.name]
            networks = dict(zip(names, (trained(make, others, told.seconds) for make in NETWORKS)))
            for name, (_, steps) in networks.items():
                print(f"# {name} without {held.name}: {steps} steps", flush=True)
            for line in _rows(told.data, held, examples[held.name], networks, scores, paces):
                print(line, flush=True)
            if held.folder == MODIS.folder:
                for (pair,), wanted in MODIS.trials:
                    cells = [f"{on_modis(network, told.data, pair, wanted):>12.3f}" for network, _ in networks.values()]
                    print(f"{'real MODIS':<34}{pair:<10}{wanted:<10}" + "".join(cells), flush=True)
    print(f"{'geometric mean':<54}" + "".join(f"{mean(scores[name]):>12.3f}" for name in columns))
    for make in NETWORKS:
        network = make()
        count = sum(one.numel() for one in network.parameters())
        print(f"{make.slug}: {count:,} parameters, {multiply_adds(network):,} multiply-adds for a pixel and band, "
              f"{np.median(paces[make.slug]):.2f} s for a million pixels and band")  # fmt: skip


def _rows(
    data: Path, held: Series, one: Example, networks: dict[str, tuple[nn.Module, int]], scores: dict[str, list[float]],
    paces: dict[str, list[float]],
) -> Iterator[str]:  # fmt: skip
    """A line for each direction of a scene."""
    with tempfile.TemporaryDirectory() as folder:
        fine, coarse = files(data, held, Path(folder))
        days = list(fine)
        for now, then in ((0, 1), (1, 0)):
            row = {}
            for name, (network, _) in networks.items():
                started = time.process_time()
                made = applied(network, one.fine[now], one.coarse[now], one.coarse[then])
                paces[name].append((time.process_time() - started) / made.size * 1e6)
                row[name] = float(np.mean(errors(made, one.fine[then]) / errors(one.fine[now], one.fine[then])))
            outcome = predicted(fine, coarse, (days[now],), days[then], REGRESSION, held.wishes)
            row[REGRESSION] = outcome.score
            for name, value in row.items():
                scores[name].append(value)
            yield f"{held.name:<34}{days[now]:<10}{days[then]:<10}" + "".join(f"{v:>12.3f}" for v in row.values())


if __name__ == "__main__":
    main(sys.argv[1:])
