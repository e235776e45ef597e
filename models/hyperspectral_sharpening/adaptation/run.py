"""Train a network for one hyperspectral scene, on that scene alone.

    python -m models.hyperspectral_sharpening.adaptation job.json

The job is a JSON object: hs, guide, output, name, policy, bad_bands, hs_gain, minutes, seed, threads, and where wanted
steps, the largest number of training steps. How it goes is said as in `models.common.child`; how the network learns:
see `fitting`, from what: see `data`.
"""

from __future__ import annotations

import math
import time
from typing import Any

import torch

from models.common.child import say
from models.hyperspectral_sharpening.adaptation.data import read_material
from models.hyperspectral_sharpening.adaptation.fitting import fit
from models.hyperspectral_sharpening.adaptation.writing import write_network
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions

NOT_MEASURED = -1.0


def work(job: dict[str, Any]) -> dict[str, float]:
    """Train, and write the network; returns the numbers."""
    started = time.monotonic()
    if int(job.get("threads") or 0):
        torch.set_num_threads(int(job["threads"]))
    say(info="Reading the scene.")
    paths = {role: job[role] for role in ("hs", "guide")}
    options = HyperspectralOptions(bad_bands=tuple(job["bad_bands"]), hs_gain=job["hs_gain"])
    material = read_material(paths, options, job["policy"])
    if not material.reduced:
        say(warning="HS is too small to be made coarser, so the network learns without a truth, and how good it is "
                    "cannot be told.")  # fmt: skip
    found = fit(material, job["minutes"], job["seed"], int(job.get("steps") or 0))
    improved = math.isfinite(found.after) and found.after < found.before
    if math.isfinite(found.after) and not improved:
        say(warning="Training made nothing better on held-out blocks; OUTPUT is the network in closed form.")
    write_network(found, material, job)
    numbers = {"ERROR_BEFORE": found.before, "ERROR_AFTER": found.after}
    told = {name: value if math.isfinite(value) else NOT_MEASURED for name, value in numbers.items()}
    return {**told, "IMPROVED": int(improved), "STEPS": found.steps, "SECONDS": time.monotonic() - started}
