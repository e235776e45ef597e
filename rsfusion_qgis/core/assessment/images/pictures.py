"""Pictures for a quality report: where the spectra differ, and the same places as every method shows them.

Axis order (bands, rows, cols); pictures are (rows, cols, 3) uint8, first row on top.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Optional, Protocol

import numpy as np

from ...rasters.source import BandInfo

Read = Callable[[int, int, int, int], tuple[np.ndarray, np.ndarray]]
"""(row, col, rows, cols) -> values (bands, rows, cols) and validity."""

LONGER_SIDE = 520
"""Of the map of angles, picture pixels."""
CROP_PX = 96
"""Side of a crop in pixels of the fused raster."""
CROPS = 2
MESH = 6
"""Places along each side among which the crops are chosen."""
STRETCH_PERCENT = (1.0, 99.0)
NATURAL_UM = (0.66, 0.56, 0.48)
NO_DATA = (205, 214, 224)
RAMP = np.array([(22, 11, 57), (89, 21, 110), (166, 45, 96), (229, 92, 48), (252, 171, 15), (252, 253, 164)], float)
"""From no angle to the largest one shown; lightness rises evenly, so it also reads in grey."""
_STRIP_PX = 2**20


@dataclass(frozen=True)
class Crop:
    """One place as every method shows it: (name, picture (rows, cols, 3) uint8), all stretched alike."""

    row: int
    col: int
    images: tuple[tuple[str, np.ndarray], ...]


@dataclass(frozen=True)
class Pictures:
    """What a report shows.

    Attributes
    ----------
    angles : (rows, cols) float32
        Mean spectral angles in blocks, degrees; NaN where nothing is valid.
    angles_between : str
        What the angles are between.
    crops : tuple of Crop
    """

    angles: np.ndarray
    angles_between: str
    crops: tuple[Crop, ...]


class Shown(Protocol):
    """A raster to be shown, as `quality_rasters.FineReader`."""

    bands: int
    band_infos: Sequence[BandInfo]

    def __call__(self, row: int, col: int, rows: int, cols: int) -> tuple[np.ndarray, np.ndarray]: ...


def crops_of(
    readers: dict[str, Shown], shape: tuple[int, int], like: str, apart: Sequence[str] = ()
) -> tuple[Crop, ...]:
    """Close-ups of every raster at the same places.

    Parameters
    ----------
    readers : name -> raster, in the order in which they are shown.
    like : the one whose bands and values decide the colours of all but those of one band.
    apart : names of those that have bands of their own, and so colours of their own, too.
    """
    frame = readers[like]
    own = {name: natural_bands(reader.band_infos) for name, reader in readers.items()
           if reader.bands == 1 or name in apart}  # fmt: skip
    bands = natural_bands(frame.band_infos)
    rows, cols = min(CROP_PX, shape[0]), min(CROP_PX, shape[1])
    crops = []
    for row, col in busiest_places(frame, shape):
        stretch = Stretch(*frame(row, col, rows, cols), bands)
        images = []
        for name, reader in readers.items():
            values, valid = reader(row, col, rows, cols)
            mine = Stretch(values, valid, own[name]) if name in own else stretch
            images.append((name, mine(values, valid)))
        crops.append(Crop(row, col, tuple(images)))
    return tuple(crops)


def angles_map(
    pair: Callable[[int, int, int, int], tuple[np.ndarray, np.ndarray, np.ndarray]],
    shape: tuple[int, int], watch: Optional[Callable[[float], None]] = None,
) -> np.ndarray:  # fmt: skip
    """Mean spectral angle in blocks, (rows, cols) float32 degrees, NaN where nothing is valid.

    Parameters
    ----------
    pair : (row, col, rows, cols) -> two images (bands, rows, cols) and where both are valid (rows, cols).
    shape : (rows, cols) of the images; the map's longer side is at most `LONGER_SIDE`.
    """
    step = max(1, -(-max(shape) // LONGER_SIDE))
    rows, cols = max(1, shape[0] // step), max(1, shape[1] // step)
    lines = max(1, _STRIP_PX // (step * step * cols))
    parts = []
    for first in range(0, rows, lines):
        if watch is not None:
            watch(first / rows)
        count = min(lines, rows - first)
        size = (min(count * step, shape[0]), min(cols * step, shape[1]))
        parts.append(_block_means(*pair(first * step, 0, *size), step))
    return np.concatenate(parts)


def _block_means(first: np.ndarray, second: np.ndarray, valid: np.ndarray, step: int) -> np.ndarray:
    angle = np.zeros(valid.shape)
    length = np.linalg.norm(first, axis=0) * np.linalg.norm(second, axis=0)
    known = valid & (length > 0)
    cosine = (first.astype(np.float64) * second).sum(0)[known] / length[known]
    angle[known] = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    step = min(step, *valid.shape)
    size = (valid.shape[0] // step, step, valid.shape[1] // step, step)
    cut = slice(size[0] * step), slice(size[2] * step)
    total, count = (image[cut].reshape(size).sum((1, 3)) for image in (angle, known))
    return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)


def coloured(values: np.ndarray, top: float) -> np.ndarray:
    """A map in the colours of `RAMP`, 0 to `top`; NaN in light blue."""
    known = np.isfinite(values)
    at = np.clip(np.where(known, values, 0) / max(top, 1e-12), 0, 1) * (len(RAMP) - 1)
    below = np.minimum(at.astype(int), len(RAMP) - 2)
    share = (at - below)[..., None]
    colours = RAMP[below] * (1 - share) + RAMP[below + 1] * share
    return np.where(known[..., None], colours, NO_DATA).round().astype(np.uint8)


def legend(width: int = 260, height: int = 12) -> np.ndarray:
    """The ramp as a picture."""
    return coloured(np.tile(np.linspace(0, 1, width), (height, 1)), 1.0)


def natural_bands(bands: Sequence[BandInfo]) -> tuple[int, int, int]:
    """Indices of the bands to show as red, green and blue.

    By wavelength where all bands that matter have one, else by description, else the order blue, green, red of most
    satellites; one or two bands are shown in grey.
    """
    count = len(bands)
    if count < 3:
        return 0, 0, 0
    centres = [band.wavelength_um for band in bands]
    known = [(um, index) for index, um in enumerate(centres) if um is not None]
    if len(known) >= 3:
        picked = [min(known, key=lambda item: abs(item[0] - um))[1] for um in NATURAL_UM]
        if len(set(picked)) == 3:
            return picked[0], picked[1], picked[2]
    texts = [band.description.lower() for band in bands]
    named = [next((i for i, text in enumerate(texts) if text == name), None) for name in ("red", "green", "blue")]
    if None not in named:
        return named[0], named[1], named[2]  # type: ignore[return-value]
    return (4, 2, 1) if count == 8 else (2, 1, 0)


def busiest_places(
    read: Read, shape: tuple[int, int], side: int = CROP_PX, count: int = CROPS
) -> list[tuple[int, int]]:
    """(row, col) of the crops: of places spread over the image, those with the most detail, not next to each other."""
    side_rows, side_cols = min(side, shape[0]), min(side, shape[1])
    rows = sorted({round(v) for v in np.linspace(0, shape[0] - side_rows, MESH)})
    cols = sorted({round(v) for v in np.linspace(0, shape[1] - side_cols, MESH)})
    scored = []
    for row in rows:
        for col in cols:
            values, valid = read(row, col, side_rows, side_cols)
            scored.append((_detail(values.mean(0), valid.all(0)), row, col))
    picked: list[tuple[int, int]] = []
    for _, row, col in sorted(scored, reverse=True):
        if all(max(abs(row - r), abs(col - c)) >= side for r, c in picked):
            picked.append((row, col))
    return picked[:count]


def _detail(image: np.ndarray, valid: np.ndarray) -> float:
    """Median step between neighbouring pixels where most are valid: robust against a single bright roof."""
    if valid.mean() < 0.9 or min(image.shape) < 2:
        return -1.0
    return float(np.median(np.abs(np.diff(image, axis=0)))) + float(np.median(np.abs(np.diff(image, axis=1))))


class Stretch:
    """One mapping from values to colours for all the crops of a place, so that they can be compared."""

    def __init__(self, values: np.ndarray, valid: np.ndarray, bands: Sequence[int]) -> None:
        self.bands = tuple(bands)
        chosen = values[list(self.bands)].astype(np.float64)
        known = valid[list(self.bands)]
        limits = [np.percentile(b[v], STRETCH_PERCENT) if v.any() else (0.0, 1.0) for b, v in zip(chosen, known)]
        self.low, self.high = (np.array(side)[:, None, None] for side in zip(*limits))

    def __call__(self, values: np.ndarray, valid: np.ndarray) -> np.ndarray:
        """A crop as a picture."""
        bands = [min(band, len(values) - 1) for band in self.bands]
        grey = (values[bands] - self.low) / np.maximum(self.high - self.low, 1e-12)
        picture = np.moveaxis(np.clip(grey * 255, 0, 255), 0, -1)
        return np.where(valid.all(0)[..., None], picture, NO_DATA).astype(np.uint8)
