"""What a trained correction of the sharpened 20 m bands is worth on scenes that it has never seen.

    python -m models.sentinel2_sharpening.held --data <folder> --checkpoint runs/sentinel2/checkpoint.pt

Wald's protocol at 20 m: error of each band as a share of its mean (ERGAS) with the correction over that without it,
both after back-projection, for each scene of the split's "held" and each way to degrade it. One coarse pixel along the
edges is left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from models.common import checkpoints
from models.sentinel2_sharpening.detail_correction import DetailCorrection
from models.sentinel2_sharpening.examples import COARSE_GAINS, RATIO, Example, Trouble, example, read_truths
from models.sentinel2_sharpening.regression import Nested, projected

TROUBLES = {
    "as it is": Trouble(), "blur x 0.7": Trouble(0.7), "blur x 1.4": Trouble(1.4), "noise 1 %": Trouble(noise=0.01),
    "noise 2 %": Trouble(noise=0.02), "noise 3 %": Trouble(noise=0.03), "noise 5 %": Trouble(noise=0.05),
    "shift 0.3 px": Trouble(shift=(0.3, 0.3)),
}  # fmt: skip
SEED = 3


def error(values: np.ndarray, one: Example) -> float:
    """Root mean square over bands and pixels of the error as a share of the band's mean."""
    share = (values - one.target) * one.level[:, None, None]
    return float(np.sqrt(np.mean(share[:, RATIO:-RATIO, RATIO:-RATIO] ** 2)))


def corrected(network: DetailCorrection, one: Example) -> np.ndarray:
    """The sharpened bands with the network's correction, (6, rows, cols), consistent as the regression's are."""
    with torch.no_grad():
        made = network(*(torch.from_numpy(part)[None] for part in (one.fine, one.coarse, one.sharp)))[0].numpy()
    nested = Nested(one.fine.shape[1:], RATIO, COARSE_GAINS)
    added = made - one.sharp
    return one.sharp + projected(added, np.zeros_like(one.strength), nested, one.strength)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="data folder, see examples.read_truths")
    parser.add_argument("--checkpoint", type=Path, required=True)
    wanted = parser.parse_args()
    saved = checkpoints.read(wanted.checkpoint)
    network = DetailCorrection(**saved["config"])
    network.load_state_dict(saved["state"])
    truths, random = read_truths(wanted.data, "held"), np.random.default_rng(SEED)
    print(f"{'':14}" + "".join(f"{truth.name[-12:]:>14}" for truth in truths) + f"{'mean':>8}")
    for label, trouble in TROUBLES.items():
        found = []
        for truth in truths:
            one = example(truth, trouble, random)
            found.append(error(corrected(network.eval(), one), one) / error(one.sharp, one))
        cells = "".join(f"{share:>14.3f}" for share in found)
        print(f"{label:14}{cells}{np.exp(np.mean(np.log(found))):>8.3f}", flush=True)


if __name__ == "__main__":
    main()
