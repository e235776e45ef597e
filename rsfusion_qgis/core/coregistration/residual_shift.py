"""How far two rasters really lie off each other: measured chip by chip over a mesh, and combined.

Axis order (bands, rows, cols). Chips are compared by structure at every shift within reach; the surfaces of all chips
together give shift, rotation and scale (`joint`). Where the secondary's bands explain the reference's values, as
between images of one kind or pan and MS, each chip's shift is then refined by intensities, to hundredths of a pixel.
Sign and units: see `shift_estimate`. Only the chips are read, whatever the size of the rasters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Optional, Protocol

import numpy as np

from ..grid import Window
from . import confidence, intensity, joint, similarity_fit, structure
from .shift_estimate import LocalShift, ShiftEstimate

LEAST_VALID = 0.3
"""Share of a chip that must be valid in both rasters."""
LEAST_CHIP_PX = 24
"""Secondary pixels; smaller rasters, after the search range is taken off, cannot be measured."""
MOST_BANDS = 12
REFINED_FROM = 0.4
"""Share of the reference's fine structure that must be explained for intensities to be believed."""


class Reader(Protocol):
    """Windows of a raster, as `AlignedInput` gives them."""

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32 and validity, bool of the same shape."""


@dataclass(frozen=True)
class Search:
    """How to look.

    Attributes
    ----------
    max_shift_px : float
        Largest shift looked for, reference pixels.
    mesh : int
        Chips along the longer side.
    chip_px : int
        Side of a chip, secondary pixels.
    refine : bool
        Whether intensities may be used where they explain enough.
    """

    max_shift_px: float = 8.0
    mesh: int = 5
    chip_px: int = 96
    refine: bool = True


@dataclass(frozen=True)
class _Chip:
    """A place that was compared: centre, reference image, secondary bands, validity, and the surface of scores."""

    centre: tuple[float, float]  # secondary pixels, from the middle of the area
    reference: np.ndarray
    reference_valid: np.ndarray
    secondary: np.ndarray
    secondary_valid: np.ndarray
    surface: np.ndarray
    usable: float


def measure(
    reference: Reader, secondary: Reader, size: tuple[int, int], ratio: int, search: Search = Search(),
    watch: Optional[Callable[[float], None]] = None,
) -> ShiftEstimate:  # fmt: skip
    """The displacement between two rasters on nested grids with a common first corner.

    Parameters
    ----------
    reference : read in windows of the domain.
    secondary : read in windows of the domain's grid made `ratio` times coarser.
    size : (width, height) of the domain in reference pixels, all of it covered by both.
    ratio : secondary pixel size over the reference's, whole.
    search : how to look.
    watch : called with the share that is done; may raise to stop.
    """
    width, height = size[0] // ratio, size[1] // ratio
    reach = math.ceil(search.max_shift_px / ratio) + 2
    border = -(-intensity.reach_px(ratio) // ratio)
    spots = windows(width, height, border, search, reach)
    middle = width / 2, height / 2
    chips, seen = [], 0.0
    for number, spot in enumerate(spots):
        if watch is not None:
            watch(number / len(spots))
        chip = _read_chip(reference, secondary, spot, border, ratio, reach, middle)
        if chip is not None:
            chips.append(chip)
            seen += chip.usable
    usable = seen / max(len(spots), 1)
    centre = width * ratio / 2, height * ratio / 2
    if not chips:
        return nothing(centre, usable)
    found = joint.combine(np.array([c.centre for c in chips]), np.stack([c.surface for c in chips]), _weights(chips))
    refined = [_refined(c, found, ratio, border) for c in chips] if search.refine else []
    if refined and np.median([r.explained if r else 0.0 for r in refined]) >= REFINED_FROM:
        return _by_intensity(chips, refined, found, centre, ratio, usable, search)
    return _by_structure(chips, found, centre, ratio, usable, search)


def nothing(centre: tuple[float, float], usable: float) -> ShiftEstimate:
    """What is said where there is nothing to compare."""
    return ShiftEstimate(0.0, 0.0, 0.0, 1.0, centre, math.nan, math.nan, 0.0, usable, 0.0, False, (), "structure")


def windows(width: int, height: int, border: int, search: Search, reach: int) -> list[Window]:
    """Where chips lie, in secondary pixels: a regular mesh inside the border, neighbours at most half overlapping."""
    side = min(search.chip_px + reach, width - 2 * border, height - 2 * border)
    if side < LEAST_CHIP_PX + reach:
        return []

    def starts(length: int) -> list[int]:
        room = length - 2 * border - side
        count = min(search.mesh, 1 + room * 2 // side)
        return [border + room // 2] if count <= 1 else [border + round(i * room / (count - 1)) for i in range(count)]

    return [Window(col, row, side, side) for row in starts(height) for col in starts(width)]


def _read_chip(
    reference: Reader, secondary: Reader, spot: Window, border: int, ratio: int, reach: int,
    middle: tuple[float, float],
) -> Optional[_Chip]:  # fmt: skip
    around = spot.grown(border)
    fine = Window(around.col_off * ratio, around.row_off * ratio, around.width * ratio, around.height * ratio)
    values, valid = reference.read(fine)
    bands, bands_valid = secondary.read(spot)
    valid, bands_valid = valid.all(0) & np.isfinite(values).all(0), bands_valid.all(0) & np.isfinite(bands).all(0)
    bands = bands[:: -(-len(bands) // MOST_BANDS)]
    coarse, coarse_valid = _at_secondary(values, valid, border, ratio)
    both = bands_valid & coarse_valid
    if both.mean() < LEAST_VALID or not _varies(bands, both) or not _varies(coarse, both):
        return None
    first, second = (structure.orientation_field(*part) for part in ((coarse, coarse_valid), (bands, bands_valid)))
    surface = structure.similarity(first, second, reach)
    if not np.isfinite(surface).any():
        return None
    centre = spot.col_off + spot.width / 2 - middle[0], spot.row_off + spot.height / 2 - middle[1]
    return _Chip(centre, _one_image(values, valid), valid, bands, bands_valid, surface, float(both.mean()))


def _at_secondary(values: np.ndarray, valid: np.ndarray, border: int, ratio: int) -> tuple[np.ndarray, np.ndarray]:
    """The reference sampled at the secondary's pixels of the chip, and where that is valid."""
    rows, cols = values.shape[1] // ratio - 2 * border, values.shape[2] // ratio - 2 * border
    first = border * ratio + (ratio - 1) / 2
    down, _ = intensity.sampling(first, ratio, rows, values.shape[1], intensity.sigma_px(ratio))
    across, _ = intensity.sampling(first, ratio, cols, values.shape[2], intensity.sigma_px(ratio))
    weight = down @ valid.astype(float) @ across.T
    filled = np.where(valid, values, 0)
    return (down @ filled @ across.T) / np.maximum(weight, 1e-6), weight > 0.99


def _varies(bands: np.ndarray, valid: np.ndarray) -> bool:
    return bool(max(band[valid].std() for band in bands) > 0)


def _one_image(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """First principal component of the standardised bands, (rows, cols)."""
    if len(values) == 1 or not valid.any():
        return values[0]
    known = values[:, valid].astype(float)
    known = (known - known.mean(1, keepdims=True)) / (known.std(1, keepdims=True) + 1e-12)
    _, vectors = np.linalg.eigh(known @ known.T / known.shape[1])
    image = np.zeros(valid.shape)
    image[valid] = vectors[:, -1] @ known
    return image


def _weights(chips: list[_Chip]) -> np.ndarray:
    return np.array([chip.usable for chip in chips])


def _refined(chip: _Chip, found: joint.Joint, ratio: int, border: int) -> Optional[intensity.Refined]:
    """The chip's shift by intensities, from where all chips together say that it lies; reference pixels."""
    start = similarity_fit.displacements(found.model, np.array([chip.centre]))[0] * ratio
    cut = math.ceil(np.abs(start).max() / ratio) + 2
    side = chip.secondary.shape[1] - 2 * cut
    if side < LEAST_CHIP_PX // 2:
        return None
    inner = slice(cut, cut + side)
    return intensity.refine(
        chip.reference, chip.reference_valid, chip.secondary[:, inner, inner], chip.secondary_valid[inner, inner],
        ratio, (border + cut) * ratio, (float(start[0]), float(start[1])),
    )  # fmt: skip


def _by_intensity(
    chips: list[_Chip], refined: list[Optional[intensity.Refined]], found: joint.Joint, centre: tuple[float, float],
    ratio: int, usable: float, search: Search,
) -> ShiftEstimate:  # fmt: skip
    kept = [(chip, r) for chip, r in zip(chips, refined) if r is not None]
    places = np.array([chip.centre for chip, _ in kept]) * ratio
    shifts = np.array([(r.cols, r.rows) for _, r in kept])
    weights = np.array([r.explained / (r.deviation**2 + 0.01**2) for _, r in kept])
    start = np.array([*found.model[:2] * ratio, *found.model[2:]])
    model, agrees = similarity_fit.fit(places, shifts, weights, start, 0.02 * ratio, ratio)
    sure = confidence.of_intensity([r for _, r in kept], agrees, found, ratio)
    scores = [min(max(r.explained, 0.0), 1.0) for _, r in kept]
    return _estimate(model, places, shifts, scores, agrees, centre, usable, sure, "intensity", search)


def _by_structure(
    chips: list[_Chip], found: joint.Joint, centre: tuple[float, float], ratio: int, usable: float, search: Search
) -> ShiftEstimate:
    model = np.array([*found.model[:2] * ratio, *found.model[2:]])
    places = np.array([chip.centre for chip in chips]) * ratio
    sure = confidence.of_structure(found)
    scores = list(np.clip(found.scores, 0, 1))
    return _estimate(
        model, places, found.shifts * ratio, scores, found.agrees, centre, usable, sure, "structure", search
    )


def _estimate(
    model: np.ndarray, places: np.ndarray, shifts: np.ndarray, scores: list[float], agrees: np.ndarray,
    centre: tuple[float, float], usable: float, sure: float, method: str, search: Search,
) -> ShiftEstimate:  # fmt: skip
    lengths, left = np.hypot(*shifts.T), np.hypot(*(shifts - similarity_fit.displacements(model, places)).T)
    some = agrees.any()
    rmse, spread = (float(np.sqrt((v[agrees] ** 2).mean())) if some else math.nan for v in (lengths, left))
    chips = tuple(
        LocalShift(centre[0] + x, centre[1] + y, float(c), float(r), float(s), bool(a))
        for (x, y), (c, r), s, a in zip(places, shifts, scores, agrees)
    )
    at_limit = bool(np.abs(model[:2]).max() > search.max_shift_px)
    return ShiftEstimate(
        float(model[0]), float(model[1]), math.degrees(model[2]), 1.0 + float(model[3]), centre, rmse, spread,
        float(agrees.mean()), usable, 0.0 if at_limit else sure, at_limit, chips, method,
    )  # fmt: skip
