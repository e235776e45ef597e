"""Every network of the zoo on a device against the CPU: largest difference, times, and what really ran.

    python -m models.own_networks.devices --devices cuda tensorrt [--side 512]

A device that is not there is told in one line, and the exit code is 1 where none of those asked for ran.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import rsfusion_qgis.tasks  # noqa: F401  cards are of tasks
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.networks.devices import PROVIDERS
from rsfusion_qgis.core.networks.session import InferenceSession

ANY_BANDS, RATIO, RUNS = 4, 4.0, 3


def networks() -> list[Path]:
    """Those that the plugin ships, or that lie in the folders of models."""
    here = sorted(Path(__file__).parents[1].glob("*/zoo/*.onnx"))
    return here or list(shipped_networks())


def tensors(card: ModelCard, side: int) -> dict[str, np.ndarray]:
    """Smooth noise of about 0 to 1 for each input."""
    draw, made = np.random.default_rng(1), {}
    step = int(np.lcm.reduce([card.multiple_of, *(spec.ratio for spec in card.inputs)]))
    side = -(-side // step) * step
    for spec in card.inputs:
        if not spec.is_raster:
            made[spec.name] = np.array(spec.value or [RATIO], np.float32)
            continue
        part = side // spec.ratio
        made[spec.name] = draw.random((1, len(spec.bands or range(ANY_BANDS)), part, part)).astype(np.float32)
    return made


def timed(path: Path, card: ModelCard, device: str, side: int) -> tuple[dict[str, np.ndarray], float, str]:
    """Outputs, seconds of the fastest of some runs, and the provider that ran."""
    with InferenceSession(path, card, device) as session:
        feeds = tensors(card, side)
        made, best = session.run(feeds), float("inf")
        for _ in range(RUNS):
            started = time.perf_counter()
            made = session.run(feeds)
            best = min(best, time.perf_counter() - started)
        return made, best, session.provider


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--devices", nargs="+", choices=[one for one in PROVIDERS if one != "cpu"], required=True)
    parser.add_argument("--side", type=int, default=512)
    asked = parser.parse_args(arguments)
    ran = False
    print("| network | device | provider | largest difference, of the range | CPU | device "
          "|\n|---|---|---|---|---|---|")
    for path in networks():
        card = read_card(path)
        plain, cpu_s, _ = timed(path, card, "cpu", asked.side)
        for device in asked.devices:
            try:
                made, device_s, provider = timed(path, card, device, asked.side)
            except RsFusionError as error:
                print(f"| {card.name} | {device} | {error} | | {cpu_s:.3f} s | |")
                continue
            ran = True
            spread = {name: max(float(np.ptp(values)), 1e-12) for name, values in plain.items()}
            worst = max(float(np.abs(made[name] - plain[name]).max()) / spread[name] for name in plain)
            print(f"| {card.name} | {device} | {provider} | {worst:.2g} | {cpu_s:.3f} s | {device_s:.3f} s |")
    return 0 if ran else 1


if __name__ == "__main__":
    sys.exit(main())
