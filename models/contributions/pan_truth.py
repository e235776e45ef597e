"""How much of the detail of PAN does the truth of a pair hold? Why PAN may get a negative share of the credit.

    python -m models.contributions.pan_truth --data <folder>

For each pair with a reference: the detail that the reference has beyond the interpolated MS, and that of PAN beyond its
own low-pass; their correlation, at no shift and at the best whole-pixel shift; the gain with which the detail of PAN
fits that of the reference best; and the share of the spectral power beyond half the Nyquist frequency in both.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import ndimage

from models.common.rasters import open_raster, read_values
from models.contributions.benchmark import pairs_with_truth

FARTHEST_PX = 3
LOWEST, HALF = 0.02, 0.25
"""Cycles per pixel: power below the first is that of the scene's brightness; the second is half of Nyquist."""


def row(name: str, truth: np.ndarray, pan: np.ndarray, ms: np.ndarray) -> str:
    """A row of the table.

    Parameters
    ----------
    truth : (bands, rows, cols); pan : (rows, cols); ms : (bands, rows / ratio, cols / ratio).
    """
    ratio = truth.shape[1] // ms.shape[1]
    low = np.stack([ndimage.zoom(band, ratio, order=3, grid_mode=True, mode="nearest") for band in ms])
    wanted, given = truth - low, pan - ndimage.gaussian_filter(pan, ratio / 1.18)
    shifts = [(dy, dx) for dy in range(-FARTHEST_PX, FARTHEST_PX + 1) for dx in range(-FARTHEST_PX, FARTHEST_PX + 1)]
    alike = {at: np.mean([_correlation(one, np.roll(given, at, (0, 1))) for one in wanted]) for at in shifts}
    best = max(alike, key=lambda at: alike[at])
    gains = [float((one * given).sum() / (given**2).sum()) for one in wanted]
    return (f"| {name} | {alike[(0, 0)]:.2f} | {alike[best]:.2f} at {best} | {min(gains):.2f} to {max(gains):.2f} | "
            f"{100 * _fine(pan):.0f} % | {100 * np.mean([_fine(one) for one in truth]):.0f} % |")  # fmt: skip


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def _fine(image: np.ndarray) -> float:
    """Share of the power beyond half the Nyquist frequency."""
    power = np.abs(np.fft.fft2(image - image.mean())) ** 2
    rows, cols = (np.fft.fftfreq(size) for size in power.shape)
    away = np.hypot(rows[:, None], cols)
    return float(power[away > HALF].sum() / power[away > LOWEST].sum())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    print("| pair | correlation | at the best shift | gain of PAN's detail | fine in PAN | fine in the reference |")
    print("|---|---|---|---|---|---|")
    for name, truth in pairs_with_truth(parser.parse_args(arguments).data).items():
        paths = [str(truth).replace("ms_reference", kind) for kind in ("ms_reference", "pan", "ms")]
        reference, pan, ms = (read_values(open_raster(Path(path))).astype(float) for path in paths)
        print(row(name, reference, pan[0], ms))


if __name__ == "__main__":
    main()
