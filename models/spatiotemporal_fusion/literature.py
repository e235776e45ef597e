"""Networks of the literature beside the default, on scenes that they were not trained on.

Coarse images are means over squares of `benchmark.RATIO` pixels. Each network is trained on all scenes but one, for a
number of seconds of one processor, and predicts both dates of that one, beside all methods of the plugin. Scores are
those of `benchmark`. The real MODIS images of the scene are predicted, too, by the network that has not seen that
scene. From several pairs, a network gives the mean of what it makes of each. Usage:

    python -m models.spatiotemporal_fusion.literature DATA [--seconds 280] [--held fields fire]
        [--networks ganstfm] [--methods regression]

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
from models.spatiotemporal_fusion.literature_networks.ganstfm import GANSTFM
from models.spatiotemporal_fusion.literature_networks.stfdcnn import STFDCNN
from rsfusion_qgis.tasks.spatiotemporal_fusion.cells import Cells
from rsfusion_qgis.tasks.spatiotemporal_fusion.methods import METHODS

NETWORKS: tuple[Callable[[], nn.Module], ...] = (EDCSTFN, STFDCNN, GANSTFM)
_BY_NAME = {make.slug: make for make in NETWORKS}
CROP, BATCH, PEAK_RATE = 64, 4, 1e-3
CHANGES = (0.3, 1.5)
"""The true change is multiplied by a number between these in training, so that there are more kinds of it."""
MADE = tuple(one for one in SERIES if not one.coarse and all(len(pairs) == 1 for pairs, _ in one.trials))
SEVERAL = tuple(one for one in SERIES if not one.coarse and one not in MADE)
"""Scenes whose coarse images are made: with one pair, and with several."""
MODIS = SERIES[0]
Images, Numbers = dict[str, np.ndarray], dict[str, list[float]]


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
    """A network after so many seconds of one processor, or so many steps where they are given, and its steps.

    A network that has an opponent is trained against it, step by step in turn.
    """
    torch.manual_seed(0)
    network = make()
    optimiser = torch.optim.Adam(network.parameters(), PEAK_RATE)
    opponent = network.opponent() if hasattr(network, "opponent") else None
    against = torch.optim.Adam(opponent.parameters(), PEAK_RATE) if opponent else None
    started = time.process_time()
    for steps, batch in enumerate(crops(examples, np.random.default_rng(0))):
        share = steps / most_steps if most_steps else (time.process_time() - started) / seconds
        if share >= 1:
            return network.eval(), steps
        rate = cosine_rate(share, PEAK_RATE, 0.05, 0.1)
        set_rate(optimiser, rate)
        if opponent is None:
            descend(network, optimiser, network.loss(*batch))
            continue
        descend(network, optimiser, network.loss(*batch, opponent))
        set_rate(against, rate)
        with torch.no_grad():
            made = network(*batch[:3])
        descend(opponent, against, opponent.loss(made, batch[3], batch[2]))
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


def of_dates(network: nn.Module, fine: Images, coarse: Images, pairs: Sequence[str], wanted: str) -> np.ndarray:
    """The fine image of the wanted date, the mean of what each pair gives, (bands, rows, cols)."""
    return np.mean([applied(network, fine[one], coarse[one], coarse[wanted]) for one in pairs], axis=0)


def trials(
    data: Path, held: Series, networks: dict[str, nn.Module], methods: Sequence[str], scores: Numbers, paces: Numbers
) -> Iterator[str]:  # fmt: skip
    """A line for each trial of a scene whose coarse images are made; by every network and method."""
    with tempfile.TemporaryDirectory() as folder:
        paths, coarser = files(data, held, Path(folder))
        fine = {day: read_all(path).astype(np.float32) for day, path in paths.items()}
        coarse = {day: on_fine(read_all(path), RATIO) for day, path in coarser.items()}
        for pairs, wanted in held.trials:
            row: dict[str, float] = {}
            truth, before = fine[wanted], fine[pairs[0]]
            for name, network in networks.items():
                started = time.process_time()
                made = of_dates(network, fine, coarse, pairs, wanted)
                paces[name].append((time.process_time() - started) / made.size * 1e6)
                row[name] = float(np.mean(errors(made, truth) / errors(before, truth)))
            for method in methods:
                outcome = predicted(paths, coarser, pairs, wanted, method, held.wishes)
                if outcome is not None:
                    row[method] = outcome.score
                    paces[method].append(outcome.pace)
            if len(pairs) == 1:
                for name, value in row.items():
                    scores[name].append(value)
            cells = (f"{row[name]:>12.3f}" if name in row else f"{'':>12}" for name in scores)
            yield f"{held.name:<42}{' '.join(pairs):<18}{wanted:<10}" + "".join(cells)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder with one folder per series")
    parser.add_argument("--seconds", type=float, default=280.0, help="of one processor, for each training")
    parser.add_argument("--held", nargs="+", default=[""], help="words of the names of scenes that are predicted")
    parser.add_argument("--networks", nargs="+", default=list(_BY_NAME), choices=list(_BY_NAME))
    parser.add_argument("--methods", nargs="*", default=list(METHODS), choices=METHODS, help="beside them")
    told = parser.parse_args(arguments)
    makers = [_BY_NAME[name] for name in told.networks]
    columns = (*told.networks, *told.methods)
    examples = {series.name: example(told.data, series) for series in MADE}
    print(f"{'scene':<42}{'from':<18}{'to':<10}" + "".join(f"{name:>12}" for name in columns))
    scores: Numbers = {name: [] for name in columns}
    paces: Numbers = {name: [] for name in columns}
    with threads(1):
        for held in (one for one in MADE if any(word in one.name for word in told.held)):
            others = [one for name, one in examples.items() if name != held.name]
            networks = {}
            for make in makers:
                networks[make.slug], steps = trained(make, others, told.seconds)
                print(f"# {make.slug} without {held.name}: {steps} steps", flush=True)
            for series in (held, *(one for one in SEVERAL if one.folder == held.folder)):
                for line in trials(told.data, series, networks, told.methods, scores, paces):
                    print(line, flush=True)
            if held.folder == MODIS.folder:
                for (pair,), wanted in MODIS.trials:
                    cells = [f"{on_modis(network, told.data, pair, wanted):>12.3f}" for network in networks.values()]
                    print(f"{'real MODIS':<42}{pair:<18}{wanted:<10}" + "".join(cells), flush=True)
    print(f"{'geometric mean, one pair':<70}" + "".join(
        f"{mean(scores[name]):>12.3f}" if scores[name] else f"{'':>12}" for name in columns
    ))  # fmt: skip
    print(f"{'s for a million pixels and band':<70}" + "".join(
        f"{np.median(paces[name]):>12.2f}" if paces[name] else f"{'':>12}" for name in columns
    ))  # fmt: skip
    for make in makers:
        network = make()
        count = sum(one.numel() for one in network.parameters())
        print(f"{make.slug}: {count:,} parameters, {multiply_adds(network):,} multiply-adds for a pixel and band")


if __name__ == "__main__":
    main(sys.argv[1:])
