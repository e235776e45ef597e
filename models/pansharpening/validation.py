"""Choosing between networks: Wald's protocol on material that is neither trained on nor in any results table.

Axis order: (bands, rows, cols). Units: those of the sources. Classical methods run on the same pairs, so that a
network's error is read as a fraction of the best of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable

import numpy as np
from scipy import ndimage

from models.common.sampling import blur_and_decimate, interpolate
from models.pansharpening.classical import METHODS, exp
from models.pansharpening.degradation import Source, blur_variance
from models.pansharpening.scenes import FOUR_BANDS_UM, WORLDVIEW_UM
from models.pansharpening.sources import berlin_source, generated_source, landsat_source, real_sources
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.measures.images.sam import sam
from rsfusion_qgis.core.operators.back_projection import STEPS
from rsfusion_qgis.core.operators.sharpness import matched
from rsfusion_qgis.core.rasters.radiometry import sample_scaling

BORDER_PX = 16
HELD_OUT_SEEDS = range(90_001, 90_007)
Fuse = Callable[[np.ndarray, np.ndarray, float], np.ndarray]


@dataclass(frozen=True)
class Pair:
    """One Wald pair: coarse ms, pan (1, rows, cols), reference, the ratio, MS's MTF gain, classical scores, and the
    variance, in squares of a pixel, that pan is blurred more than the reference; and the noise of MS, (bands, 1, 1)."""

    name: str
    ms: np.ndarray
    pan: np.ndarray
    reference: np.ndarray
    ratio: int
    gain: float
    classical: dict[str, tuple[float, float]]
    pan_excess: float = 0.0
    noise: np.ndarray | float = 0.0


def wald_pair(source: Source, ratio: int, bands_um: tuple[float, ...] = (), shift: tuple[float, float] = (0.0, 0.0),
              gain: float = 0.3, pan_sigma: float | None = None, soft: float = 0.0, crop: int = 320,
              noise: tuple[float, float] = (0.005, 0.01)) -> Pair:
    """A pair from a source: a plain pan over 0.45-0.80 um, and MS, which shows what lies `shift` (rows, cols) pixels of
    pan below and to the right of where it should lie. The reference lies on pan.

    `noise`: of MS and pan, in standard deviations of the scene. `pan_sigma`: further blur of pan in pixels (None: none
    for a source that has a pan of its own, else 0.45); `soft`: blur of the reference, and so of MS.
    """
    rng = np.random.default_rng(5)
    picked = [int(np.abs(source.wavelengths_um - um).argmin()) for um in bands_um] or range(len(source.wavelengths_um))
    rows, cols = (min(size, crop) // (4 * ratio) * 4 * ratio for size in source.reference.shape[1:])
    reference = source.reference[list(picked), :rows, :cols].astype(np.float64)
    centres = source.pan_wavelengths_um
    seen = np.clip((centres - 0.43) / 0.03, 0, 1) * np.clip((0.83 - centres) / 0.06, 0, 1)
    pan = np.tensordot(seen / seen.sum(), source.pan_bands[:, :rows, :cols], 1)
    pan_sigma = (0.0 if source.pan_is_sharp else 0.45) if pan_sigma is None else pan_sigma
    pan, reference = ndimage.gaussian_filter(pan, pan_sigma), ndimage.gaussian_filter(reference, (0, soft, soft))
    pan = pan + noise[1] * pan.std() * rng.standard_normal(pan.shape)
    moved = ndimage.shift(reference, (0, -shift[0], -shift[1]), order=3, mode="mirror") if any(shift) else reference
    ms = blur_and_decimate(moved.astype(np.float32), ratio, gain).astype(np.float64)
    level = noise[0] * ms.std(axis=(1, 2), keepdims=True)
    ms = ms + level * rng.standard_normal(ms.shape)
    name = f"{source.name[:30]}, {len(reference)}b, r{ratio}" + (", shifted" if any(shift) else "")
    name += ", noisy" if noise[0] > 0.01 else ""
    excess = source.pan_excess + blur_variance(pan_sigma) - blur_variance(soft)
    return Pair(name, ms, pan[None], reference, ratio, gain, {}, excess, level)


def score(pair: Pair, fused: np.ndarray) -> tuple[float, float]:
    """ERGAS and SAM (degrees), without the border."""
    inner = (slice(None), slice(BORDER_PX, -BORDER_PX), slice(BORDER_PX, -BORDER_PX))
    return ergas(fused[inner], pair.reference[inner], pair.ratio), sam(fused[inner], pair.reference[inner])


def with_classical(pair: Pair) -> Pair:
    gains = [pair.gain] * len(pair.ms)
    scores = {name: score(pair, method(pair.ms, pair.pan, pair.ratio, gains)) for name, method in METHODS}
    return replace(pair, classical=scores)


def validation_pairs(folder: Path, quick: bool = False) -> list[Pair]:
    """The pairs, with the classical methods' scores; `quick`: the first only."""
    if quick:
        return [with_classical(wald_pair(berlin_source(folder, east=True), 4))]
    off, noise = (0.2, -0.15), (0.06, 0.04)
    found = {source.name: source for source in real_sources(folder, held_out=True)}
    berlin, landsat = berlin_source(folder, east=True), landsat_source(folder, 220, south=True)
    generated = [generated_source(seed) for seed in HELD_OUT_SEEDS]
    near = (0.08, -0.05)
    pairs = [wald_pair(berlin, 4, shift=near, pan_sigma=0.6), wald_pair(berlin, 4, shift=off, noise=noise),
             wald_pair(berlin, 2)]
    pairs += [wald_pair(landsat, 2, shift=(0.1, -0.12), gain=0.55, pan_sigma=0.3, soft=0.45),
              wald_pair(landsat, 2, gain=0.55, noise=noise)]
    pairs += [wald_pair(found["s2s_usa 10 m"], 4, pan_sigma=0.6),
              wald_pair(found["s2s_usa 20 m"], 2, gain=0.45, shift=off, pan_sigma=0.2, soft=0.5),
              wald_pair(found["patch_2729_s2_clear 10 m"], 4, shift=near),
              wald_pair(found["mlbs_10_rgb_10cm"], 4, noise=noise),
              wald_pair(found["osbs_1_rgb_10cm /2"], 3)]
    for number, source in enumerate(generated):
        bands = WORLDVIEW_UM if number % 2 else FOUR_BANDS_UM
        pairs.append(wald_pair(source, 4, bands, (near, (0.0, 0.0), off)[number % 3], gain=(0.25, 0.35)[number % 2],
                               pan_sigma=(0.62, 0.0, 0.45)[number // 2], noise=((0.005, 0.01), noise)[number % 2]))
    return [with_classical(pair) for pair in pairs]


def fuse_scaled(pair: Pair, network: Fuse, match_pan: bool = False) -> np.ndarray:
    """Run a network as the engine does: interpolate, scale by the data set's statistics, fuse, scale back.

    match_pan: pan is brought to where MS shows the same and made as sharp as the reference, see `core.pan_matching`.
    """
    offset, scale = (part[:, None, None] for part in scaling_of(pair.ms))
    pan_offset, pan_scale = (part[:, None, None] for part in scaling_of(pair.pan))
    expanded = exp(pair.ms, pair.pan, pair.ratio, [])
    pan = (pair.pan - pan_offset) / pan_scale
    if match_pan:
        pan = matched(pan.astype(np.float32), pair.pan_excess)
    fused = network((expanded - offset) / scale, pan, pair.ratio)
    return fused * scale + offset


def consistent(pair: Pair, fused: np.ndarray) -> np.ndarray:
    """Fused (bands, rows, cols) brought nearer to the pair's MS, as `BackProjector` does for a known sensor."""
    share = None
    for _ in range(STEPS):
        lacking = pair.ms - blur_and_decimate(fused.astype(np.float32), pair.ratio, pair.gain)
        if share is None:
            power = (lacking * lacking).mean((1, 2), keepdims=True)
            share = np.clip(1 - pair.noise**2 / np.maximum(power, 1e-12), 0, 1)
        lacking = lacking * share
        fused = fused + interpolate(lacking.astype(np.float32), pair.ratio, *fused.shape[1:])
    return fused


def scaling_of(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    flat = image.reshape(len(image), -1)
    return sample_scaling(flat, np.ones(flat.shape, bool))


def table(pairs: list[Pair], network: Fuse, match_pan: bool = False) -> tuple[dict[str, float], str]:
    """Summary numbers and a printed table, of results made `consistent`; `match_pan`: see `fuse_scaled`.

    Summary: geometric mean over the pairs of network / best classical, for ERGAS and SAM, and the worst pair of each.
    """
    lines, ratios = [], []
    for pair in pairs:
        ours = score(pair, consistent(pair, fuse_scaled(pair, network, match_pan)))
        best = [min(values[metric] for values in pair.classical.values()) for metric in range(2)]
        ratios.append([ours[0] / best[0], ours[1] / best[1]])
        row = "  ".join(f"{name} {e:5.2f} {s:5.2f}" for name, (e, s) in {**pair.classical, "ours": ours}.items())
        lines.append(f"{pair.name:56s} {row}  x{ratios[-1][0]:.3f} x{ratios[-1][1]:.3f}")
    mean, worst = np.exp(np.log(ratios).mean(0)), np.max(ratios, 0)
    summary = {"ergas_ratio": mean[0], "sam_ratio": mean[1], "ergas_worst": worst[0], "sam_worst": worst[1]}
    return {key: round(float(value), 4) for key, value in summary.items()}, "\n".join(lines)
