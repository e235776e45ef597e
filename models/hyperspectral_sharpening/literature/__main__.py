"""Networks of the literature for hyperspectral sharpening beside the plugin's methods: size, cost, quality, time.

    python -m models.hyperspectral_sharpening.literature DATA [--ratio 3] [--steps 400] [--alone 1500]
        [--only samson] [--kinds PAN] [--networks pgnet] [--keep FOLDER]

Scenes and reduction are those of `benchmark`. The right 40 % of the columns are scored, for all. Supervised networks
are trained as they are published: with a truth, on a part of each scene (its left 60 %), for its bands. Unsupervised
ones learn from the whole pair, without its truth, and so do hp1, glp (with back-projection) and cnmf, through the
engine. Those for a PAN guide and those for several bands are apart, as in their papers. Training is short: chips of 32
pixels and a few hundred steps, or the whole pair and some more, on one core. `--keep` writes every result as a GeoTIFF.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from models.common.fitting import threads
from models.common.parity import flop_per_pixel
from models.common.rasters import Frame, write_raster
from models.hyperspectral_sharpening.benchmark import CUBIC, read_scenes
from models.hyperspectral_sharpening.literature.pairs import Pair, by_plugin, reduced, scored
from models.hyperspectral_sharpening.literature.supervised import Supervised
from models.hyperspectral_sharpening.literature.unsupervised import Unsupervised
from models.hyperspectral_sharpening.networks import FAMILY

SUPERVISED = {"PAN": ("hyperpnn", "dhp_like", "hyperkite", "mog_dcn", "pgnet"),
              "MS": ("ssrnet", "hs_tfnet", "two_cnn_fu", "mhf_net")}  # fmt: skip
UNSUPERVISED = {"PAN": (), "MS": ("hyconet", "miae", "usdn", "gdd")}
PLUGIN = ("hp1", "glp", "cnmf")
HEAD = ("scene", "guide", "method", "parameters", "multiply-adds per pixel", "ERGAS", "SAM", "over hp1",
        "training, processor s")  # fmt: skip

Row = tuple[str, np.ndarray, int, float, float]
"""Method, fused image, parameters, multiply-adds per pixel and seconds; 0 where there are none."""


def rows(pair: Pair, kind: str, steps: int, alone: int, wanted: Sequence[str] = ()) -> Iterator[Row]:
    """Every method and network on one pair, hp1 first.

    Parameters
    ----------
    kind : of the guide, "PAN" or "MS".
    steps, alone : of the training of supervised and of unsupervised networks.
    wanted : networks; () = all for that guide.
    """
    for method, fused in (*by_plugin(pair, PLUGIN).items(), (CUBIC, pair.base)):
        yield method, fused, 0, 0.0, 0.0
    for slug in SUPERVISED[kind]:
        if not wanted or slug in wanted:
            one = Supervised(slug, pair)
            one.train(steps)
            adds = flop_per_pixel(one.network, FAMILY.draft_card(one.network), len(pair.truth)) / 2
            yield slug, one.fused(), _size(one), adds, one.seconds
    for slug in UNSUPERVISED[kind]:
        if not wanted or slug in wanted:
            other = Unsupervised(slug, pair)
            other.train(alone)
            yield slug, other.fused(), _size(other), other.multiply_adds(), other.seconds


def _size(one: Supervised | Unsupervised) -> int:
    return sum(weight.numel() for weight in one.network.parameters())


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--ratio", type=int, default=3)
    parser.add_argument("--steps", type=int, default=400, help="of supervised networks")
    parser.add_argument("--alone", type=int, default=1500, help="steps of unsupervised networks")
    parser.add_argument("--only", nargs="+", default=[""], help="parts of the names of the scenes")
    parser.add_argument("--kinds", nargs="+", default=list(SUPERVISED), choices=list(SUPERVISED), help="of guides")
    parser.add_argument("--networks", nargs="+", default=[], help="these alone")
    parser.add_argument("--keep", type=Path, help="folder for the results")
    asked = parser.parse_args(arguments)
    print(f"| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|", flush=True)
    for scene in read_scenes(asked.data, only=asked.only):
        if scene.kind not in asked.kinds:
            continue
        name = f"{scene.name}{', real guide' if scene.real else ''}"
        with threads(1):
            print_rows(name, scene.kind, reduced(scene, asked.ratio), asked)


def print_rows(name: str, kind: str, pair: Pair, asked: argparse.Namespace) -> None:
    """The rows of one pair, each as soon as it is there."""
    first = 0.0
    for method, fused, count, adds, seconds in rows(pair, kind, asked.steps, asked.alone, asked.networks):
        if asked.keep:
            path = asked.keep / f"{name}_{kind}_{method}.tif".replace(", ", "_").replace(" ", "_")
            path.parent.mkdir(parents=True, exist_ok=True)
            write_raster(path, fused, Frame.square((0.0, 0.0), 1.0), data_type="Float32")
        error, angle = scored(fused, pair)
        first = first or error
        cost = f"{count:,} | {adds:,.0f}" if count else " | "
        print(f"| {name} | {kind} | {method} | {cost} | {error:.3f} | {angle:.2f} | {error / first:.3f} | "
              f"{f'{seconds:.0f}' if count else ''} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
