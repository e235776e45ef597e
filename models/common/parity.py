"""Is an exported network the trained one, and does its halo hold? Both in numbers, on a generated scene.

Tensors are float32 (1, bands, rows, cols), in network units (a standard deviation is 1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.session import InferenceSession

Feeds = dict[str, np.ndarray]
SIZES = ((64, 48), (40, 100), (128, 128))
BAND_COUNTS = (1, 3, 4, 8, 13)
RATIOS = (2.0, 3.3, 4.0, 8.0)
TILE_PX = 32


@dataclass(frozen=True)
class Difference:
    """One comparison: the tensor's shape, the ratio, and the largest absolute difference in network units."""

    bands: int
    rows: int
    cols: int
    ratio: float
    largest: float

    def __str__(self) -> str:
        return f"{self.bands} bands, {self.rows} x {self.cols}, ratio {self.ratio:g}: {self.largest:.1e}"


def scene(bands: int, rows: int, cols: int, ratio: float, seed: int = 7) -> Feeds:
    """Return tensors with structure at all scales: bands that share it, an interpolated MS, a sharp pan."""
    draw = np.random.default_rng([seed, bands, rows, cols])
    size = (rows, cols)
    shared = _texture(draw, size, 2.0)
    own = np.stack([_texture(draw, size, 2.0) for _ in range(bands)])
    sharp = 2.0 + shared + 0.5 * own
    pan = sharp.mean(0, keepdims=True) + 0.02 * draw.normal(size=(1, *size))
    smooth = np.fft.irfft2(np.fft.rfft2(sharp) * _low_pass(size, ratio), size)
    tensors = {"ms": smooth[None], "pan": pan[None], "ratio": np.array([ratio])}
    return {name: np.ascontiguousarray(values, np.float32) for name, values in tensors.items()}


def against_torch(network: nn.Module, session: InferenceSession) -> list[Difference]:
    """Compare ONNX Runtime with torch on several shapes, numbers of bands and ratios."""
    multiple = session.card.multiple_of

    def in_torch(feeds: Feeds) -> np.ndarray:
        with torch.inference_mode():
            return network(*(torch.from_numpy(feeds[name]) for name in ("ms", "pan", "ratio"))).numpy()

    found = []
    for at, bands in enumerate(band_counts(session.card)):
        for rows, cols in SIZES:
            ratio = RATIOS[at % len(RATIOS)]
            feeds = scene(bands, -(-rows // multiple) * multiple, -(-cols // multiple) * multiple, ratio)
            found.append(_compare(feeds, in_torch(feeds), run(session, feeds)))
    return found


def across_tiles(session: InferenceSession) -> list[Difference]:
    """Compare a tile that was read with its halo only with the same pixels of a larger run."""
    card = session.card
    halo = -(-card.halo // card.multiple_of) * card.multiple_of
    tile = -(-TILE_PX // card.multiple_of) * card.multiple_of
    bands = min(band_counts(card), key=lambda count: abs(count - 4))
    found = []
    for ratio in card.ratio_range:
        feeds = scene(bands, tile + 4 * halo, tile + 4 * halo, ratio)
        whole = run(session, feeds)
        read, kept = slice(halo, 3 * halo + tile), slice(halo, halo + tile)
        part = {name: v[..., read, read] if v.ndim == 4 else v for name, v in feeds.items()}
        alone = run(session, {name: np.ascontiguousarray(values) for name, values in part.items()})
        middle = whole[..., read, read]
        found.append(_compare(part, middle[..., kept, kept], alone[..., kept, kept]))
    return found


def band_counts(card: ModelCard) -> tuple[int, ...]:
    """Return the numbers of MS bands to try: the one that the card names, or several."""
    ms = card.input("ms")
    return (len(ms.bands),) if ms is not None and ms.bands is not None else BAND_COUNTS


def run(session: InferenceSession, feeds: Feeds) -> np.ndarray:
    """Run the network on tensors by role; return its first output."""
    outputs = session.run({spec.name: feeds[spec.role] for spec in session.card.inputs})
    return outputs[session.card.outputs[0].name]


def flop_per_pixel(network: nn.Module, bands: int, size: int = 256) -> float:
    """Return the floating-point operations of convolutions and products per output pixel, 2 per multiply-add."""
    from torch.utils.flop_counter import FlopCounterMode

    ms, pan, ratio = torch.rand(1, bands, size, size), torch.rand(1, 1, size, size), torch.tensor([4.0])
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network(ms, pan, ratio)
    return round(counter.get_total_flops() / size**2)


def largest(found: list[Difference]) -> float:
    """Return the largest difference of all; NaN counts as the largest."""
    return float(np.max([one.largest for one in found]))


def _compare(feeds: Feeds, first: np.ndarray, second: np.ndarray) -> Difference:
    bands, rows, cols = feeds["ms"].shape[1:]
    return Difference(bands, rows, cols, float(feeds["ratio"][0]), float(np.abs(first - second).max()))


def _texture(draw: np.random.Generator, size: tuple[int, int], power: float) -> np.ndarray:
    """Noise whose spectrum falls with the frequency, as that of land does; mean 0, deviation 1."""
    spectrum = np.fft.rfft2(draw.normal(size=size)) / (_frequency(size) + 0.5 / max(size)) ** (power / 2)
    noise = np.fft.irfft2(spectrum, size)
    return (noise - noise.mean()) / noise.std()


def _low_pass(size: tuple[int, int], ratio: float) -> np.ndarray:
    """A Gaussian that falls to 0.3 at the Nyquist frequency of the coarser pixels."""
    return np.exp(np.log(0.3) * (_frequency(size) * 2 * ratio) ** 2)


def _frequency(size: tuple[int, int]) -> np.ndarray:
    rows, cols = size
    return np.hypot(np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(cols)[None])
