"""Randomised degradation: from a sharp multi-band source to what pan and MS sensors would have recorded of it.

Axis order: (bands, rows, cols), batches (chips, bands, rows, cols), float32. Units: chips are scaled as the engine
scales a data set (offset = low percentile, scale = standard deviation of the whole scene, per band and for pan).
Everything that differs between sensors is drawn at random: ratio, MTF gains, pan's spectral response, where the two
grids lie, misregistration, noise, quantisation, dark offset, the scene's statistics.
Wald, Ranchin, Mangolini, Fusion of satellite images of different spatial resolutions, PE&RS 63(6), 1997.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from scipy import ndimage

from models.common.sampling import coarse_centres, cubic_matrix, gaussian_matrix, mtf_sigma
from rsfusion_qgis.core.operators.sharpness import matched

LOW_PERCENTILE = 0.5
BAND_COUNTS = {1: 0.02, 2: 0.03, 3: 0.10, 4: 0.44, 5: 0.06, 6: 0.07, 7: 0.10, 8: 0.18}
RATIOS = {4.0: 0.54, 2.0: 0.23, 3.0: 0.06, 5.0: 0.04, 6.0: 0.03, 8.0: 0.03, 0.0: 0.07}  # 0: any from 1.5 to 6

MOVED_SHARE, MOVED_PX, LARGEST_MOVE_PX = 0.6, 0.3, 0.9  # share of chips whose MS lies off pan and target, and how far
BANDS_MOVED_PX = 0.08  # standard deviation of a band's own place around that of all bands
MS_NOISE, PAN_NOISE = 0.15, 0.14  # most noise, in standard deviations of the scene; real sensors have 0.006 to 0.16
NOISY_SHARE, SMOOTH_NOISE = 0.7, 0.35  # share of chips with noise, and of those where resampling has smoothed it
FAINT_SHARE, MOST_FAINT = 0.3, 6.0  # share of chips whose scale clouds or glints elsewhere make so much larger
NOISE_DOUBT = 0.15  # standard deviation of the logarithm of what is known of the noise
SOFT_TARGET = 0.25  # share whose MS sensor is softer than its pixel, as a resampled product or Landsat's is
GAIN_DOUBT = 0.02  # standard deviation of what is known of an MTF gain, around the true one
KNOWN_SIGMAS = 3.0  # of the blur of an MS pixel that a chip holds
EXCESS_DOUBTS = {0.04: 0.7, 0.12: 0.3}  # standard deviation of what is known of pan's excess blur: sensor told, or not
WIDE_SIGMA = 1.3  # of the blur that a crispened pan was compared with
NARROW_PAN = 0.25  # share of pans that see green to red only, as Landsat's do (0.50 to 0.68 micrometres)


@dataclass(frozen=True)
class Source:
    """A sharp scene to make chips from.

    name: what it was read from. kind: group for the sampling odds.
    reference: (bands, rows, cols) what an ideal MS sensor of the pan's pixel size records.
    pan_bands: (pan bands, rows, cols) narrow bands whose weighted sum is pan; may be the reference itself.
    pan_excess: variance, in squares of a pixel, that these are blurred more than the reference.
    wavelengths_um, pan_wavelengths_um: centres of both. pan_is_sharp: pan_bands already carry a pan's own blur.
    reference_pixels, pan_pixels: (bands, pixels) the same random pixels of both, for the scene's statistics.
    """

    name: str
    kind: str
    reference: np.ndarray
    pan_bands: np.ndarray
    wavelengths_um: np.ndarray
    pan_wavelengths_um: np.ndarray
    pan_is_sharp: bool
    reference_pixels: np.ndarray
    pan_pixels: np.ndarray
    pan_excess: float = 0.0


@dataclass(frozen=True)
class Observation:
    """The MS of a chip in its own pixels, and how it came about; leading axis: chips, where they are a batch.

    coarse: (bands, count, count) scaled. down, across: (bands, count, size) the sensor's blur and decimation, as far as
    it is known. back_down, back_across: (size, count) cubic interpolation. Only MS pixels whose blur ends inside the
    chip stand here; rows of the matrices, and the values, beyond the last are 0. noise: (bands, 1, 1) what is known of
    the standard deviation of the noise in `coarse`.
    """

    coarse: np.ndarray
    down: np.ndarray
    across: np.ndarray
    back_down: np.ndarray
    back_across: np.ndarray
    noise: np.ndarray


@dataclass(frozen=True)
class Batch:
    """ms, target (chips, bands, rows, cols), pan (chips, 1, rows, cols), ratio; all float32 and scaled.

    dark: (chips, bands, 1, 1) the scaled value is (stored - offset) / scale; dark = offset / scale, so that
    scaled + dark is proportional to what is stored. weight: (chips, bands, 1, 1) scale of each band, mean 1.
    """

    ms: np.ndarray
    pan: np.ndarray
    target: np.ndarray
    ratio: float
    dark: np.ndarray
    weight: np.ndarray
    observed: Observation


def draw(odds: dict, rng: np.random.Generator) -> float:
    """A key of the table, with the probability that stands beside it."""
    return list(odds)[rng.choice(len(odds), p=np.array(list(odds.values())) / sum(odds.values()))]


def draw_ratio(rng: np.random.Generator) -> float:
    ratio = draw(RATIOS, rng)
    return float(np.exp(rng.uniform(np.log(1.5), np.log(6)))) if ratio == 0 else ratio


def pan_response(wavelengths_um: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Weights (bands,) of a random pan: a flat response with soft ends, every band off by its own factor."""
    low, high = rng.uniform(0.40, 0.53), rng.uniform(0.66, 0.93)
    if rng.random() < NARROW_PAN:
        low, high = rng.uniform(0.48, 0.53), rng.uniform(0.66, 0.71)
    soft = rng.uniform(0.008, 0.04)
    response = 1 / (1 + np.exp(-(wavelengths_um - low) / soft)) / (1 + np.exp((wavelengths_um - high) / soft))
    tilt = np.exp(rng.normal(0, 0.4) * (wavelengths_um - 0.65) / 0.2)
    response = np.maximum(response, 1e-3) * tilt * np.exp(rng.normal(0, 0.25, response.shape))
    return (response / response.sum()).astype(np.float32)


def _pick_bands(source: Source, count: int, rng: np.random.Generator) -> np.ndarray:
    """Which bands of the source the MS sensor has: any, or evenly spread ones as real sensors have them."""
    total = len(source.wavelengths_um)
    if rng.random() < 0.5 or count == total:
        return np.sort(rng.choice(total, count, replace=False))
    wanted = np.linspace(rng.uniform(0.42, 0.49), rng.uniform(0.8, 0.9), count)
    free, picked = list(range(total)), []
    for wavelength in wanted:
        nearest = min(free, key=lambda band: abs(source.wavelengths_um[band] - wavelength))
        free.remove(nearest)
        picked.append(nearest)
    return np.sort(np.array(picked))


def _window(source: Source, size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The same random square of reference and pan bands, mirrored at the source's ends, turned at random."""
    arrays = [source.reference, source.pan_bands]
    rows, cols = arrays[0].shape[1:]
    top, left = rng.integers(0, max(rows - size, 0) + 1), rng.integers(0, max(cols - size, 0) + 1)
    arrays = [array[:, top:top + size, left:left + size] for array in arrays]
    if min(rows, cols) < size:
        pads = ((0, 0), (0, max(size - rows, 0)), (0, max(size - cols, 0)))
        arrays = [np.pad(array, pads, mode="symmetric") for array in arrays]
    turn, flip = rng.integers(4), rng.random() < 0.5
    arrays = [np.rot90(array, turn, (1, 2)) for array in arrays]
    first, second = (array[:, :, ::-1] if flip else array for array in arrays)
    return first, second


def _draw_noise(most: float, rng: np.random.Generator) -> float:
    """Standard deviation of a chip's noise: small more often than large."""
    return most * rng.uniform(0, 1) ** 2 if rng.random() < NOISY_SHARE else 0.0


def _noise(image: np.ndarray, level: np.ndarray | float, step: float, rng: np.random.Generator) -> np.ndarray:
    """Gaussian noise, white or smoothed by resampling, and rounding; both in standard deviations of the scene."""
    if np.max(level) > 0:
        noise = rng.standard_normal(image.shape, dtype=np.float32)
        if rng.random() < SMOOTH_NOISE:
            noise = ndimage.gaussian_filter(noise, (0, *rng.uniform(0.3, 0.7, 2)), mode="wrap")
            noise /= noise.std()
        image = image + level * noise
    return np.round(image / step) * step if step > 0 else image


def _statistics(pixels: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Offset and scale (bands, 1, 1) that the engine would find, from a random part of the pixels."""
    part = pixels[:, rng.integers(pixels.shape[1] // 2):][:, :2048]
    offset = np.percentile(part, LOW_PERCENTILE, axis=1)
    scale = np.maximum(part.std(axis=1), 1e-6) * np.exp(rng.normal(0, 0.15))
    offset = offset + np.minimum(rng.normal(0, 0.1), 0.15) * scale
    return offset.astype(np.float32)[:, None, None], scale.astype(np.float32)[:, None, None]


def blur_variance(sigma: float) -> float:
    """Of a Gaussian that is sampled at whole pixels, which for a narrow one is less than sigma squared."""
    at = np.arange(-6, 7)
    weight = np.exp(-0.5 * (at / max(sigma, 0.05)) ** 2)
    return float((weight * at**2).sum() / weight.sum())


def _see_pan(bands: np.ndarray, source: Source, weights: np.ndarray, inner: slice,
             rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """Pan over the inner window, (1, rows, cols): response and blur; and the variance of its blur over that of the
    reference.
    """
    flat = np.tensordot(weights, bands, 1)
    size = flat.shape[-1]
    centres = np.arange(inner.start, inner.stop)
    if source.pan_is_sharp and rng.random() < 0.7:
        return flat[inner, inner][None], source.pan_excess
    sigma = rng.uniform(0.2, 0.8)
    crispen = rng.choice((0.0, rng.uniform(0, 0.6)))
    blurs = (gaussian_matrix(centres, size, width) for width in (sigma, WIDE_SIGMA))
    sharp, soft = (blur @ flat @ blur.T for blur in blurs)
    excess = (1 + crispen) * blur_variance(sigma) - crispen * blur_variance(WIDE_SIGMA)
    return (sharp + crispen * (sharp - soft))[None], source.pan_excess + excess


def _see_ms(reference: np.ndarray, ratio: float, inner: slice, rng: np.random.Generator
            ) -> tuple[np.ndarray, Observation]:
    """The reference as the MS sensor sees it: interpolated back over the inner window (bands, rows, cols), and as it
    is, unscaled. Most lie a little off the place that is known of them.
    """
    size, bands = reference.shape[-1], len(reference)
    gain = np.clip(rng.uniform(0.18, 0.6) + rng.normal(0, 0.03, bands), 0.12, 0.65)
    sigma = mtf_sigma(ratio, gain)
    level = _draw_noise(MS_NOISE, rng) * np.exp(rng.normal(0, 0.3, (bands, 1, 1))).astype(np.float32)
    step = rng.choice((0.0, 0.0, 0.0, rng.uniform(0, 0.05)))
    moved = _draw_move(bands, rng)
    told = mtf_sigma(ratio, np.clip(gain + rng.normal(0, GAIN_DOUBT, bands), 0.1, 0.7))
    matrices, known = [], []
    for axis in range(2):
        edge = rng.uniform(0, ratio) if rng.random() < 0.3 else float(rng.integers(0, int(ratio) + 1))
        count = int((size - edge) / ratio)
        blur = gaussian_matrix(coarse_centres(count, ratio, edge)[None] + moved[axis][:, None], size, sigma)
        back = cubic_matrix((np.arange(inner.start, inner.stop) + 0.5 - edge) / ratio - 0.5, count)
        matrices.append((blur, back))
        known.append(_known_axis(coarse_centres(count, ratio, edge), told, inner, ratio))
    coarse = matrices[0][0] @ reference @ np.swapaxes(matrices[1][0], -1, -2)
    deviation = coarse.std(axis=(1, 2), keepdims=True) + 1e-9
    coarse = _noise(coarse / deviation, level, step, rng) * deviation
    (rows, down, back_down), (cols, across, back_across) = known
    own = np.zeros((bands, down.shape[1], across.shape[1]), np.float32)
    own[:, : len(rows), : len(cols)] = coarse[:, rows[:, None], cols]
    noise = level * deviation * np.exp(rng.normal(0, NOISE_DOUBT, level.shape))
    observed = Observation(own, down, across, back_down, back_across, noise)
    return matrices[0][1] @ coarse @ matrices[1][1].T, observed


def _draw_move(bands: int, rng: np.random.Generator) -> np.ndarray:
    """How far every band lies below and to the right of where it is thought to be, (2, bands) fine pixels."""
    if rng.random() >= MOVED_SHARE:
        return np.zeros((2, bands))
    moved = rng.normal(0, MOVED_PX, (2, 1)) + rng.normal(0, BANDS_MOVED_PX, (2, bands))
    return moved.clip(-LARGEST_MOVE_PX, LARGEST_MOVE_PX)


def _known_axis(centres: np.ndarray, sigma: np.ndarray, inner: slice, ratio: float) -> tuple[np.ndarray, ...]:
    """MS pixels whose blur ends inside the inner window; matrices to them (bands, most, size) and back (size, most)."""
    size = inner.stop - inner.start
    most, at = int(size / ratio) + 1, centres - inner.start
    reach = KNOWN_SIGMAS * float(sigma.max())
    there = np.flatnonzero((at >= reach) & (at <= size - 1 - reach))
    blur = np.zeros((len(sigma), most, size), np.float32)
    back = np.zeros((size, most), np.float32)
    if len(there):
        blur[:, : len(there)] = gaussian_matrix(np.tile(at[there], (len(sigma), 1)), size, sigma)
        first = np.arange(size) - at[there[0]]
        wide = cubic_matrix(first / ratio + 2, len(there) + 4)  # two MS pixels of no correction on both sides
        back[:, : len(there)] = wide[:, 2:-2]
    return there, blur, back


def make_chip(source: Source, ratio: float, bands: int, size: int, rng: np.random.Generator, match_pan: bool = False
              ) -> tuple[np.ndarray, ...]:
    """One chip: ms, pan, target, dark, weight, observed as in `Batch`, without the leading axis.

    match_pan: pan is made as sharp as the reference, as far as one knows, see `core.operators.sharpness`.
    """
    margin = int(np.ceil(3.2 * ratio)) + 3
    inner = slice(margin, margin + size)
    picked = _pick_bands(source, bands, rng)
    reference, pan_bands = _window(source, size + 2 * margin, rng)
    reference = np.ascontiguousarray(reference[picked])
    softened = rng.uniform(0.25, 0.65) if rng.random() < SOFT_TARGET else 0.0
    if softened:
        reference = ndimage.gaussian_filter(reference, (0, softened, softened), mode="nearest", truncate=3)
    weights = pan_response(source.pan_wavelengths_um, rng)
    pan, excess = _see_pan(pan_bands, source, weights, inner, rng)
    ms, observed = _see_ms(reference, ratio, inner, rng)
    offset, scale = _statistics(source.reference_pixels[picked], rng)
    pan_offset, pan_scale = _statistics((weights @ source.pan_pixels)[None], rng)
    faint = np.float32(rng.uniform(1, MOST_FAINT) if rng.random() < FAINT_SHARE else 1)
    scale, pan_scale = faint * scale, faint * pan_scale
    haze = rng.uniform(0, 1.0) * rng.uniform(0, 1, offset.shape).astype(np.float32) * scale
    gains = scale * np.exp(rng.normal(0, 0.3, scale.shape)).astype(np.float32)
    level, step = _draw_noise(PAN_NOISE, rng), rng.choice((0.0, 0.0, 0.0, rng.uniform(0, 0.05)))
    dark = np.maximum((offset + haze) / scale, 0.05)
    pan = _noise((pan - pan_offset) / pan_scale, level / faint, step / faint, rng)
    if match_pan:
        told = excess - blur_variance(softened) + rng.normal(0, draw(EXCESS_DOUBTS, rng))
        pan = matched(pan.astype(np.float32), float(np.clip(told, -0.4, 0.6)))
    there = observed.down.any(-1)[:, :, None] & observed.across.any(-1)[:, None]
    coarse = np.where(there, (observed.coarse - offset) / scale, 0)
    observed = replace(observed, coarse=coarse, noise=observed.noise / scale)
    target = (reference[:, inner, inner] - offset) / scale
    return (ms - offset) / scale, pan, target, dark, gains / gains.mean(), observed


def make_batch(sources: list[Source], odds: dict[str, float], chips: int, size: int,
               rng: np.random.Generator, bands: int = 0, ratio: float = 0.0, match_pan: bool = False) -> Batch:
    """A batch of one ratio and one band count (0: drawn); the sources are drawn by the odds of their kind.

    match_pan: see `make_chip`.
    """
    ratio, bands = ratio or draw_ratio(rng), bands or int(draw(BAND_COUNTS, rng))
    able: dict[str, list[Source]] = {}
    for source in sources:
        if len(source.wavelengths_um) >= bands:
            able.setdefault(source.kind, []).append(source)
    kinds = {kind: odds[kind] for kind in able}
    rows = []
    for _ in range(chips):
        group = able[draw(kinds, rng)]
        rows.append(make_chip(group[rng.integers(len(group))], ratio, bands, size, rng, match_pan))
    *images, observed = zip(*rows)
    ms, pan, target, dark, weight = (np.stack(parts).astype(np.float32) for parts in images)
    parts = [np.stack([getattr(one, part.name) for one in observed]).astype(np.float32) for part in fields(Observation)]
    return Batch(ms, pan, target, ratio, dark, weight, Observation(*parts))
