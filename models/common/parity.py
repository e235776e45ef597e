"""Is an exported network the trained one, and does its halo hold? Both in numbers, on a generated scene.

Tensors are float32 (1, bands, rows, cols), in network units (a standard deviation is 1). What they are, the card says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import InputSpec
from rsfusion_qgis.core.networks.session import InferenceSession

Feeds = dict[str, np.ndarray]
"""Name of an input, or of an output, -> tensor."""
SIZES = ((64, 48), (40, 100), (128, 128))
BAND_COUNTS = (1, 3, 4, 8, 13)
RATIOS = (2.0, 3.3, 4.0, 8.0)
TILE_PX = 32
USUAL_BANDS, USUAL_RATIO = 4, 4.0


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


def scene(card: ModelCard, bands: int, rows: int, cols: int, ratio: float, seed: int = 7) -> Feeds:
    """Return tensors with structure at all scales that they share.

    What an output is like comes from coarser pixels and is smooth; what may be absent has a hole.
    bands : of the inputs that take any number of them.
    """
    draw = np.random.default_rng([seed, bands, rows, cols])
    size = (rows, cols)
    shared = _texture(draw, size, 2.0)
    smooth = {output.like for output in card.outputs}
    tensors = {}
    for spec in card.inputs:
        if not spec.is_raster:
            tensors[spec.name] = np.array([ratio], np.float32)
            continue
        own = np.stack([_texture(draw, size, 2.0) for _ in range(count_of(spec, bands))])
        values = 2.0 + shared + 0.5 * own
        if spec.role in smooth:
            values = np.fft.irfft2(np.fft.rfft2(values) * _low_pass(size, ratio), size)
        if not spec.required:
            values[:, : rows // 3] = spec.stand_in
        coarse = values[:, :: spec.ratio, :: spec.ratio]
        tensors[spec.name] = np.ascontiguousarray(coarse[None], np.float32)
    return tensors


def count_of(spec: InputSpec, bands: int) -> int:
    """Bands of an input's tensor; `bands` where it takes any number of them."""
    return bands if spec.bands is None else len(spec.bands)


def example(card: ModelCard, bands: int, rows: int, cols: int) -> tuple[Tensor, ...]:
    """Tensors at random, in the order of the card's inputs."""
    return tuple(
        torch.rand(1, count_of(spec, bands), rows // spec.ratio, cols // spec.ratio) if spec.is_raster
        else torch.tensor([USUAL_RATIO]) for spec in card.inputs
    )  # fmt: skip


def in_torch(network: nn.Module, card: ModelCard, feeds: Feeds) -> Feeds:
    """What the network answers; `card` has all the inputs of `forward`, in its order."""
    with torch.inference_mode():
        answer = network(*(torch.from_numpy(feeds[spec.name]) for spec in card.inputs))
    answers = (answer,) if isinstance(answer, Tensor) else answer
    return {output.name: one.numpy() for output, one in zip(card.outputs, answers)}


def run(session: InferenceSession, feeds: Feeds) -> Feeds:
    """Run the exported network; what it does not take is left out."""
    return session.run({spec.name: feeds[spec.name] for spec in session.card.inputs})


def against_torch(network: nn.Module, card: ModelCard, session: InferenceSession) -> list[Difference]:
    """Compare ONNX Runtime with torch on several shapes, numbers of bands and ratios; `card` as for `in_torch`."""
    multiple = card.multiple_of
    found = []
    for at, bands in enumerate(band_counts(card)):
        for rows, cols in SIZES:
            place = (-(-rows // multiple) * multiple, -(-cols // multiple) * multiple, RATIOS[at % len(RATIOS)])
            feeds = scene(card, bands, *place)
            largest = _largest(in_torch(network, card, feeds), run(session, feeds))
            found.append(Difference(bands, *place, largest))
    return found


def across_tiles(session: InferenceSession) -> list[Difference]:
    """Compare a tile that was read with its halo only with the same pixels of a larger run."""
    card = session.card
    halo = -(-card.halo // card.multiple_of) * card.multiple_of
    tile = -(-TILE_PX // card.multiple_of) * card.multiple_of
    bands = min(band_counts(card), key=lambda count: abs(count - USUAL_BANDS))
    read, kept = (halo, 3 * halo + tile), np.s_[..., halo : halo + tile, halo : halo + tile]
    found = []
    for ratio in card.ratio_range:
        feeds = scene(card, bands, tile + 4 * halo, tile + 4 * halo, ratio)
        middle = {name: one[..., slice(*read), slice(*read)][kept] for name, one in run(session, feeds).items()}
        alone = {name: one[kept] for name, one in run(session, _part(card, feeds, read, read)).items()}
        found.append(Difference(bands, 2 * halo + tile, 2 * halo + tile, ratio, _largest(middle, alone)))
    return found


def require_same(
    network: nn.Module, session: InferenceSession, feeds: Feeds, corner: tuple[int, int], tolerance: float, cure: str
) -> None:
    """Compare a file with torch on these tensors, and the part from `corner` on with the whole inside its halo.

    Raises
    ------
    ModelError
        Something differs by more than `tolerance`, as a share of the largest value where that is above 1: sums in
        another order, as other processors make them, differ in proportion to what is summed.
    """
    card = session.card
    halo = -(-card.halo // card.multiple_of) * card.multiple_of
    expected, whole = in_torch(network, card, feeds), run(session, feeds)
    part = run(session, _part(card, feeds, (corner[0], None), (corner[1], None)))
    for name, image in whole.items():
        across = part[name][..., halo:, halo:] - image[..., corner[0] + halo :, corner[1] + halo :]
        for what, difference in (("torch", image - expected[name]), ("itself across tiles", across)):
            largest = float(np.abs(difference).max())
            if not largest <= tolerance * max(1.0, float(np.abs(image).max())):
                raise ModelError(
                    f"'{name}' of the exported network differs from {what} by {largest:.1e}, but at most "
                    f"{tolerance:g} is expected; {cure}."
                )


def band_counts(card: ModelCard) -> tuple[int, ...]:
    """Return the numbers of bands to try: several where an input takes any, else that of the first raster."""
    rasters = [spec for spec in card.inputs if spec.is_raster]
    return BAND_COUNTS if any(spec.bands is None for spec in rasters) else (count_of(rasters[0], 0),)


def flop_per_pixel(network: nn.Module, card: ModelCard, bands: int, size: int = 256) -> float:
    """Return the floating-point operations of convolutions and products per output pixel, 2 per multiply-add."""
    from torch.utils.flop_counter import FlopCounterMode

    tensors = example(card, bands, size, size)
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network(*tensors)
    return round(counter.get_total_flops() / size**2)


def largest(found: list[Difference]) -> float:
    """Return the largest difference of all; NaN counts as the largest."""
    return float(np.max([one.largest for one in found]))


def _part(card: ModelCard, feeds: Feeds, rows: tuple[int, int | None], cols: tuple[int, int | None]) -> Feeds:
    """The tensors between these output pixels."""
    cut = {}
    for spec in card.inputs:
        down, across = (slice(*(end and end // spec.ratio for end in ends)) for ends in (rows, cols))
        cut[spec.name] = np.ascontiguousarray(feeds[spec.name][..., down, across]) if spec.is_raster else (
            feeds[spec.name])  # fmt: skip
    return cut


def _largest(first: Feeds, second: Feeds) -> float:
    return float(np.max([np.abs(one - second[name]).max() for name, one in first.items()]))


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
