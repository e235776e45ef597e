"""How far two rasters really lie off each other: measured chip by chip over a mesh, and combined.

Axis order (bands, rows, cols). Chips are compared by structure at every shift within reach; the surfaces of all chips
together give shift, rotation and scale (`joint`). Where the secondary's bands explain the reference's values, as
between images of one kind or pan and MS, each chip's shift is then refined by intensities, to hundredths of a pixel.
Sign and units: see `shift_estimate`. Only the chips are read, whatever the size of the rasters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Callable, Optional

import numpy as np

from ...grid.grid import Placement, Window
from . import confidence, intensity, joint, similarity_fit, structure
from .chips import LEAST_CHIP_PX, Pixels, Reader, at_secondary, common_area, one_image, read, windows
from .shift_estimate import LocalShift, ShiftEstimate

LEAST_VALID = 0.3
"""Share of a chip that must be valid in both rasters."""
BY_INTENSITY = "intensity"
"""What `ShiftEstimate.method` says where values were compared, not structure alone."""
KEPT_CHIPS = 64
"""The pixels of so many chips are kept for the refinement; of more, they are read again."""
REFINED_FROM = 0.4
"""Share of the reference's fine structure that must be explained for intensities to be believed."""


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
    widest_px : float, optional
        How far is looked for shift, rotation, scale and shear where nothing is found within `max_shift_px`, reference
        pixels; None = as far as the rasters' sizes suggest, 0 = not at all. Only `wide.measure_widely` heeds it.
    whole : bool
        Whether large rasters are read as a whole where their middle tells nothing; heeded there, too.
    """

    max_shift_px: float = 8.0
    mesh: int = 5
    chip_px: int = 96
    refine: bool = True
    widest_px: Optional[float] = 0.0
    whole: bool = False


@dataclass(frozen=True)
class _Chip:
    """A place that was compared, and its scores; `pixels` where they are kept."""

    spot: Window
    centre: tuple[float, float]  # secondary pixels, from the middle of the area
    surface: np.ndarray
    usable: float
    pixels: Optional[Pixels]


def measure(
    reference: Reader, secondary: Reader, size: tuple[int, int], ratio: int, search: Search = Search(),
    watch: Optional[Callable[[float], None]] = None,
) -> ShiftEstimate:  # fmt: skip
    """`measure_placed` for rasters on nested grids with a common first corner.

    Parameters
    ----------
    size : (width, height) of the reference in its own pixels.
    ratio : secondary pixel size over the reference's, whole.
    """
    where = Placement(1 / ratio, 0.0, 1 / ratio, 0.0)
    inner = size[0] // ratio, size[1] // ratio
    return measure_placed(reference, secondary, size, inner, where, search, watch)


def measure_placed(
    reference: Reader, secondary: Reader, size: tuple[int, int], secondary_size: tuple[int, int], where: Placement,
    search: Search = Search(), watch: Optional[Callable[[float], None]] = None,
) -> ShiftEstimate:  # fmt: skip
    """The displacement between two rasters with parallel axes; neither is interpolated.

    Parameters
    ----------
    reference, secondary : each read in windows of its own pixels.
    size, secondary_size : (width, height) of the two.
    where : from the reference's pixel coordinates to the secondary's, whose pixels are as large or larger.
    search : how to look.
    watch : called with the share that is done; may raise to stop.
    """
    ratio = max(where.ratio, 1.0)
    reach = math.ceil(search.max_shift_px / ratio) + 2
    area = common_area(size, secondary_size, where)
    spots = windows(area, search.mesh, search.chip_px, reach)
    middle = area.col_off + area.width / 2, area.row_off + area.height / 2
    tell = watch or (lambda share: None)

    def pixels_at(spot: Window) -> Pixels:
        return read(reference, secondary, spot, where)

    chips = []
    for number, spot in enumerate(spots):
        tell(0.5 * number / len(spots))
        chip = _compared(pixels_at(spot), spot, reach, middle, len(spots) <= KEPT_CHIPS)
        if chip is not None:
            chips.append(chip)
    usable = sum(chip.usable for chip in chips) / max(len(spots), 1)
    centre = (middle[0] - where.offset_x) / where.scale_x, (middle[1] - where.offset_y) / where.scale_y
    if not chips:
        return nothing(centre, usable)
    places, surfaces = np.array([c.centre for c in chips]), np.stack([c.surface for c in chips])
    found = joint.combine(places, surfaces, _weights(chips), lambda: tell(0.5))
    refined, unexplained = [], 0
    for number, chip in enumerate(chips):
        if not search.refine or unexplained > len(chips) / 2:  # the median of all cannot be enough any more
            return _by_structure(chips, found, centre, ratio, usable, search)
        tell(0.5 + 0.5 * number / len(chips))
        refined.append(_refined(chip.pixels or pixels_at(chip.spot), chip.centre, found, ratio))
        unexplained += refined[-1] is None or refined[-1].explained < REFINED_FROM
    if np.median([r.explained if r else 0.0 for r in refined]) >= REFINED_FROM:
        return _by_intensity(chips, refined, found, centre, ratio, usable, search)
    return _by_structure(chips, found, centre, ratio, usable, search)


def nothing(centre: tuple[float, float], usable: float) -> ShiftEstimate:
    """What is said where there is nothing to compare."""
    unknown = (math.nan,) * 6
    return ShiftEstimate(*unknown[:4], centre, *unknown[4:], 0.0, usable, 0.0, False, (), "structure")


def _compared(pixels: Pixels, spot: Window, reach: int, middle: tuple[float, float], keep: bool) -> Optional[_Chip]:
    """The chip with its scores by structure, None where there is too little to compare."""
    bands, bands_valid = pixels.secondary, pixels.secondary_valid
    coarse, coarse_valid = at_secondary(pixels)
    both = bands_valid & coarse_valid
    if both.mean() < LEAST_VALID or not _varies(bands, both) or not _varies(coarse, both):
        return None
    first, second = (structure.orientation_field(*part) for part in ((coarse, coarse_valid), (bands, bands_valid)))
    surface = structure.similarity(first, second, reach)
    if not np.isfinite(surface).any():
        return None
    centre = spot.col_off + spot.width / 2 - middle[0], spot.row_off + spot.height / 2 - middle[1]
    return _Chip(spot, centre, surface, float(both.mean()), pixels if keep else None)


def _varies(bands: np.ndarray, valid: np.ndarray) -> bool:
    """Whether any band does, by more than float32's rounding."""
    return any(band[valid].std() > 1e-5 * np.abs(band[valid]).max() for band in bands)


def _weights(chips: list[_Chip]) -> np.ndarray:
    return np.array([chip.usable for chip in chips])


def _refined(
    pixels: Pixels, centre: tuple[float, float], found: joint.Joint, ratio: float
) -> Optional[intensity.Refined]:
    """A chip's shift by intensities, from where all chips together say that it lies; reference pixels."""
    start = similarity_fit.displacements(found.model, np.array([centre]))[0] * ratio
    cut = math.ceil(np.abs(start).max() / ratio) + 2
    if pixels.secondary.shape[1] - 2 * cut < LEAST_CHIP_PX // 2:
        return None
    inner = slice(cut, -cut)
    return intensity.refine(
        one_image(pixels.reference, pixels.reference_valid), pixels.reference_valid,
        pixels.secondary[:, inner, inner], pixels.secondary_valid[inner, inner],
        pixels.rows.inner(cut), pixels.cols.inner(cut), (float(start[0]), float(start[1])),
    )  # fmt: skip


def _by_intensity(
    chips: list[_Chip], refined: list[Optional[intensity.Refined]], found: joint.Joint, centre: tuple[float, float],
    ratio: float, usable: float, search: Search,
) -> ShiftEstimate:  # fmt: skip
    kept = [(chip, r) for chip, r in zip(chips, refined) if r is not None]
    places = np.array([chip.centre for chip, _ in kept]) * ratio
    shifts = np.array([(r.cols, r.rows) for _, r in kept])
    weights = np.array([r.explained / (r.deviation**2 + 0.01**2) for _, r in kept])
    start = np.array([*found.model[:2] * ratio, *found.model[2:]])
    model, agrees = similarity_fit.fit(places, shifts, weights, start, 0.02 * ratio, ratio)
    scores = [min(max(r.explained, 0.0), 1.0) for _, r in kept]
    estimate = _estimate(model, places, shifts, scores, agrees, centre, usable, BY_INTENSITY, search)
    return _sure(estimate, confidence.of_intensity([r for _, r in kept], agrees, estimate.spread))


def _by_structure(
    chips: list[_Chip], found: joint.Joint, centre: tuple[float, float], ratio: float, usable: float, search: Search
) -> ShiftEstimate:
    model = np.array([*found.model[:2] * ratio, *found.model[2:]])
    places, scores = np.array([chip.centre for chip in chips]) * ratio, list(np.clip(found.scores, 0, 1))
    shifts = found.shifts * ratio
    estimate = _estimate(model, places, shifts, scores, found.agrees, centre, usable, "structure", search)
    return _sure(estimate, confidence.of_structure(found, _side_px(chips), estimate.spread, ratio))


def _side_px(chips: list[_Chip]) -> float:
    """Side of a square as large as what the chips cover together, secondary pixels."""
    side = chips[0].spot.width
    places = np.array([chip.centre for chip in chips])
    width, height = np.minimum(places.max(0) - places.min(0), side * (np.sqrt(len(chips)) - 1)) + side
    return math.sqrt(width * height * float(np.mean(_weights(chips))))


def _sure(estimate: ShiftEstimate, value: float) -> ShiftEstimate:
    unknown = estimate.at_limit or not math.isfinite(value)
    return replace(estimate, confidence=0.0 if unknown else value)


def _estimate(
    model: np.ndarray, places: np.ndarray, shifts: np.ndarray, scores: list[float], agrees: np.ndarray,
    centre: tuple[float, float], usable: float, method: str, search: Search,
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
        float(agrees.mean()), usable, 0.0, at_limit, chips, method,
    )  # fmt: skip
