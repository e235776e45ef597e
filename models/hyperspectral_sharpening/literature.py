"""Networks of the literature for hyperspectral sharpening beside hp1: parameters, multiply-adds, quality, time.

    python -m models.hyperspectral_sharpening.literature DATA [--ratio 3] [--steps 300] [--only samson] [--kinds PAN]

As those networks are published: trained with a truth, on a part of each scene (its left 60 % of columns), for its
bands, and scored on the rest (right 40 %). hp1 needs no truth; it fuses the whole pair and is scored on the same
part. Scenes and reduction are those of `benchmark`. SSR-NET and TFNet take the guide of several bands, HyperPNN and the
DHP-like network PAN, as in their papers. Training is short: chips of 32 pixels, a few hundred steps, one core.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.common.fitting import cosine_rate, descend, set_rate, threads
from models.common.parity import flop_per_pixel
from models.common.rasters import Frame, write_raster
from models.hyperspectral_sharpening.benchmark import Scene, interpolated, read_scenes, sharpened
from models.hyperspectral_sharpening.networks import FAMILY
from models.hyperspectral_sharpening.networks.ssrnet import edge_losses
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.measures.images.sam import sam
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import GAIN

SLUGS = {"MS": ("ssrnet", "hs_tfnet"), "PAN": ("hyperpnn", "dhp_like")}
TRAINED_SHARE, CHIP_PX, BATCH, RATE, SEED = 0.6, 32, 4, 2e-3, 1


@dataclass(frozen=True)
class Pair:
    """A scene reduced: truth, interpolated image, guide (bands, rows, cols); `split`: first column of the test."""

    truth: np.ndarray
    coarse: np.ndarray
    base: np.ndarray
    guide: np.ndarray
    split: int


def reduced(scene: Scene, ratio: int) -> Pair:
    """The scene one scale coarser; the split lies between two coarse pixels."""
    rows, cols = (size // ratio * ratio for size in scene.image.shape[1:])
    truth, guide = scene.image[:, :rows, :cols], scene.guide[:, :rows, :cols]
    coarse = degrade(truth, ratio, (GAIN,) * len(truth))
    split = round(TRAINED_SHARE * cols / ratio) * ratio
    return Pair(truth, coarse, interpolated(coarse, ratio), guide, split)


def scored(fused: np.ndarray, pair: Pair, ratio: int) -> tuple[float, float]:
    """ERGAS and SAM of the test's part, one coarse pixel along its edges left out."""
    part = np.s_[:, ratio:-ratio, pair.split + ratio : -ratio]
    return ergas(fused[part], pair.truth[part], ratio), sam(fused[part], pair.truth[part])


class Literature:
    """One network of the literature on one pair.

    Parameters
    ----------
    slug : its architecture's.
    """

    def __init__(self, slug: str, pair: Pair) -> None:
        torch.manual_seed(SEED)
        self.pair, self.rng, left = pair, np.random.default_rng(SEED), np.s_[:, :, : pair.split]
        self.mean, self.spread = _standard(pair.base[left])
        guide_mean, guide_spread = _standard(pair.guide[left])
        self.hs = torch.from_numpy(((pair.base - self.mean) / self.spread).astype(np.float32))
        self.guide = torch.from_numpy(((pair.guide - guide_mean) / guide_spread).astype(np.float32))
        self.truth = torch.from_numpy(((pair.truth - self.mean) / self.spread).astype(np.float32))
        config: dict[str, Any] = {"bands": len(pair.truth), "guide_bands": len(pair.guide)}
        if slug == "ssrnet":
            config["nearest"] = _nearest(self.hs, self.guide, pair.split)
        self.slug, self.network = slug, FAMILY.build(slug, config)
        self.weight = torch.from_numpy(np.abs(self.spread / _level(self.mean)).astype(np.float32))[None]

    def train(self, steps: int) -> float:
        """Train, and return the processor's seconds."""
        started = time.process_time()
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=RATE)
        for step in range(steps):
            set_rate(optimiser, cosine_rate(step / steps, RATE, 0.05, 0.1))
            hs, guide, truth = self._chips()
            fused = self.network(hs, guide)
            loss = F.l1_loss(fused * self.weight, truth * self.weight)
            if self.slug == "ssrnet":
                loss = loss + edge_losses(fused * self.weight, truth * self.weight)
            descend(self.network, optimiser, loss)
        return time.process_time() - started

    def _chips(self) -> tuple[Tensor, ...]:
        rows, found = self.truth.shape[1], []
        side = min(CHIP_PX, rows // 4 * 4, self.pair.split // 4 * 4)
        for _ in range(BATCH):
            row, col = (int(self.rng.integers(size - side + 1)) for size in (rows, self.pair.split))
            axes = [axis for axis in (1, 2) if self.rng.random() < 0.5]
            found.append([one[:, row : row + side, col : col + side].flip(axes)
                          for one in (self.hs, self.guide, self.truth)])  # fmt: skip
        return tuple(torch.stack(one) for one in zip(*found))

    def fused(self) -> np.ndarray:
        """The whole image, stored units."""
        rows, cols = self.truth.shape[1:]
        more = [-size % self.network.multiple_of for size in (rows, cols)]
        around = [F.pad(one[None], (0, more[1], 0, more[0]), mode="replicate") for one in (self.hs, self.guide)]
        with torch.inference_mode():
            made = self.network(*around)[0, :, :rows, :cols].numpy()
        return made * self.spread + self.mean


def _standard(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean, spread = values.mean(axis=(1, 2), keepdims=True), values.std(axis=(1, 2), keepdims=True)
    return mean, np.maximum(spread, 1e-6 * max(float(spread.max()), 1e-12))


def _level(mean: np.ndarray) -> np.ndarray:
    return np.maximum(np.abs(mean), 0.1 * np.median(np.abs(mean)))


def _nearest(hs: Tensor, guide: Tensor, split: int) -> list[int]:
    """For each band of the guide the band that resembles it most."""
    ours, theirs = hs[:, :, :split].flatten(1), guide[:, :, :split].flatten(1)
    return [int(place) for place in (theirs @ ours.T).argmax(1)]


def run_hp1(pair: Pair, ratio: int) -> np.ndarray:
    """hp1 on the whole pair, through the engine."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, values, side in (("hs", pair.coarse, float(ratio)), ("guide", pair.guide, 1.0)):
            frame = Frame("", (1000.0, side, 0.0, 1000.0, 0.0, -side))
            paths[name] = str(write_raster(Path(folder) / f"{name}.tif", values, frame, data_type="Float32"))
        return sharpened(paths, "hp1", Path(folder))


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--ratio", type=int, default=3)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--only", nargs="+", default=[""], help="parts of the names of the scenes")
    parser.add_argument("--kinds", nargs="+", default=list(SLUGS), choices=list(SLUGS), help="of guides")
    asked = parser.parse_args(arguments)
    print("| scene | guide | method | parameters | multiply-adds per pixel | ERGAS | SAM | over hp1 | training, "
          "processor s |\n|---|---|---|---|---|---|---|---|---|")  # fmt: skip
    for scene in read_scenes(asked.data):
        if scene.kind not in asked.kinds or not any(part.lower() in scene.name.lower() for part in asked.only):
            continue
        pair = reduced(scene, asked.ratio)
        name = f"{scene.name}{', real guide' if scene.real else ''} | {scene.kind}"
        first = scored(run_hp1(pair, asked.ratio), pair, asked.ratio)
        print(f"| {name} | hp1 | | | {first[0]:.3f} | {first[1]:.2f} | 1.000 | |", flush=True)
        with threads(1):
            for slug in SLUGS[scene.kind]:
                one = Literature(slug, pair)
                seconds = one.train(asked.steps)
                found = scored(one.fused(), pair, asked.ratio)
                count = sum(weight.numel() for weight in one.network.parameters())
                adds = flop_per_pixel(one.network, FAMILY.draft_card(one.network), len(pair.truth)) / 2
                print(f"| {name} | {slug} | {count:,} | {adds:,.0f} | {found[0]:.3f} | {found[1]:.2f} | "
                      f"{found[0] / first[0]:.3f} | {seconds:.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
