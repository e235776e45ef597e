"""What the methods are given in each test, and what is known of the truth.

coregistered   one Wald step of the pair, after pan and MS of the pair were brought onto each other, for every method
               alike, so that the reference and the pan show the same place
noisy          the same, with the noise that reduction averages away put back
reduced        one Wald step of the pair as it comes
eye            the pair at full resolution, its MS brought onto the pan, for every method alike; no reference
full           the pair as it comes, without a reference

Where the source gives a reference, which lies on the pan, the pair was reduced by its source and takes no Wald step.
Arrays `(bands, rows, cols)` float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.benchmark.wald import Reduced, reduce_pair
from models.pansharpening.classical import interpolate
from models.pansharpening.shift import measure_reference_shift
from rsfusion_qgis.core.grid.degradation import kept_noise
from rsfusion_qgis.core.grid.noise import noise_of
from rsfusion_qgis.core.measures.images.contrast import contrast_of
from rsfusion_qgis.core.measures.images.scene import Contrast, scene_of_arrays

WORTH_SAYING_PX = 0.25
"""A shift between pan and MS from this many pan pixels on stands in the row."""
SEED = 1
"""Of the noise that is put back."""


@dataclass(frozen=True)
class Seen:
    """A pair at full resolution whose MS lies on the pan, and what the measures to the eye are scaled by."""

    ms: np.ndarray
    pan: np.ndarray
    expanded: np.ndarray
    """MS interpolated onto the grid of the pan."""
    contrast: Contrast


def reduced_test(pair: Pair) -> Reduced:
    """What the methods get at reduced resolution, and the reference."""
    if pair.reference is not None:
        return Reduced(pair.ms, pair.pan, pair.reference)
    return reduce_pair(pair.ms, pair.pan, pair.ratio, pair.gains, pair.sensor.pan_gain)


def coregistered_test(pair: Pair) -> Reduced:
    """The same after the shift between MS and pan, as measured on them, was undone.

    The pan is decimated where the MS pixels really lie, without resampling it. Where the source gives a reference,
    the MS is moved instead.
    """
    if pair.reference is not None:
        return Reduced(moved_ms(pair), pair.pan, pair.reference)
    return reduce_pair(pair.ms, pair.pan, pair.ratio, pair.gains, pair.sensor.pan_gain, pair.shift)


def noisy_test(pair: Pair, clean: Reduced) -> Reduced:
    """What `coregistered_test` gave, MS and pan as noisy as before they were reduced.

    The noise of MS is measured on the reference, which is MS before its reduction, that of the pan on the pair's pan.
    Where the source reduced the pan, that is less than its sensor had.
    """
    ms_noise, pan_noise = _noise(clean.reference), _noise(pair.pan)
    return replace(
        clean,
        ms=clean.ms + _missing_noise(ms_noise, pair.gains, pair.ratio, clean.ms.shape, SEED),
        pan=clean.pan + _missing_noise(pan_noise, [pair.sensor.pan_gain], pair.ratio, clean.pan.shape, SEED + 1),
    )


def eye_test(pair: Pair) -> Seen:
    """The pair with its MS on the pan."""
    ms = moved_ms(pair)
    expanded = interpolate(ms, pair.ratio, pair.pan.shape[1:])
    scene = scene_of_arrays(fused=expanded, fine=pair.pan, coarse=ms, ratio=pair.ratio, gains=pair.gains)
    return Seen(ms, pair.pan, expanded, contrast_of(scene))


def moved_ms(pair: Pair) -> np.ndarray:
    """The MS brought onto the pan by the measured shift (quintic splines along the axes, by a part of its pixel)."""
    return ndimage.shift(pair.ms, (0, *(part / pair.ratio for part in pair.shift)), order=5, mode="nearest")


def remarks(pair: Pair) -> tuple[str, ...]:
    """What a reader of the pair's row has to know: where MS and pan lie, who reduced it, which gains were guessed."""
    notes = list(pair.notes)
    if max(map(abs, pair.shift)) >= WORTH_SAYING_PX:
        notes.append(f"MS lies {_signed(pair.shift)} off its nominal place on the pan")
    if pair.reference is not None:
        phase = measure_reference_shift(pair.reference, pair.ms, pair.ratio, pair.gains)
        notes.append(f"reduced by its source, reference given; MS decimated {_signed(phase)} off centre")
    elif pair.reduced_by_source:
        notes.append("reduced by its source, reduced again here")
    if pair.sensor.name == "unknown":
        notes.append("sensor unknown: MTF gains .30 and .15")
    return tuple(notes)


def _signed(shift: tuple[float, float]) -> str:
    return f"{shift[0]:+.2f} rows, {shift[1]:+.2f} columns (pan pixels)"


def _noise(image: np.ndarray) -> np.ndarray:
    """Standard deviation of each band's noise, `(bands,)`."""
    return noise_of([(image, np.ones(image.shape, bool))])


def _missing_noise(
    noise: np.ndarray, gains: Sequence[float], ratio: float, shape: tuple[int, ...], seed: int
) -> np.ndarray:
    """White noise of the variance that reduction takes from each band's."""
    missing = [sigma * np.sqrt(1.0 - kept_noise(gain, ratio) ** 2) for sigma, gain in zip(noise, gains)]
    return np.array(missing)[:, None, None] * np.random.default_rng(seed).normal(size=shape)
