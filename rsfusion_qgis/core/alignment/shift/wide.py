"""The displacement between two rasters, looked for as far as need be.

First near (`residual_shift`), which costs least and is most exact. Where that is unsure, everywhere within the wider
bound, over shift, rotation, scale and shear (`wide_search`), in the middle of large rasters; then what is left is
measured near again, on the secondary moved as was found. Where the middle of large rasters tells nothing, they are
looked at as a whole in larger pixels, where that is wished. Between unlike sensors, what was found near is made better
by an affine. Sign and units: see `shift_estimate`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Callable, Optional

import numpy as np

from ...grid.grid import Placement, Window
from ...grid.sampling import spread
from . import affine, confidence
from .chip_consensus import Agreement
from .chips import Reader, at_secondary, common_area, read
from .coarser_reader import CoarserReader
from .moved_reader import MovedReader
from .residual_shift import BY_INTENSITY, Search, measure_placed
from .shift_estimate import LocalShift, ShiftEstimate
from .wide_search import Image, find

LARGEST_PX, LARGEST_COARSE_PX = 1536, 1024
"""Side of the area that is searched, secondary pixels: of pixels as large as the reference's, and of larger ones."""
LEAST_VALID = 0.4
"""Share of that area that must be valid; else another place is tried."""
SHARE_OF_IMAGE, LEAST_BOUND_PX, LARGEST_BOUND_PX = 0.05, 100.0, 256.0
"""By itself the search goes to 5 % of the longer side, or to 100 pixels."""
SHARE_OF_SIDE, WIDENED_SHARE = 0.2, 0.35
"""But no farther than this share of the shorter side; and where the best match lies at the edge, to the second one."""
EDGE = 0.9
"""Share of the bound beyond which a match lies at the edge."""
MOST_BANDS = 4
BLOCK_PX = 256
RESIDUAL_PX = 6.0
"""How far around the wide search's answer is measured again, secondary pixels."""
WORTH_A_LOOK = 0.2
"""Confidence of the wide search from which on that is done."""

SURE = 0.9
"""Confidence of the near search from which on it needs no support by chips; below, it is doubted without any."""
NEAR_MOST_PX = 16.0
"""A bound up to this is looked through near, at once."""

WITHOUT_WHOLE = 0.4
"""Share of the progress before large rasters are looked at as a whole."""

Watch = Callable[[float], None]


def search_within(bound: Optional[float], mesh: int = Search.mesh, near_px: float = Search.max_shift_px) -> Search:
    """How to look for shifts of up to so many reference pixels; None = as far as the rasters' sizes suggest."""
    near = near_px if bound is None or bound > NEAR_MOST_PX else bound
    return Search(max_shift_px=near, mesh=mesh, widest_px=bound, whole=True)


@dataclass(frozen=True)
class _Pair:
    """Two rasters with parallel axes; see `residual_shift.measure_placed`."""

    reference: Reader
    secondary: Reader
    size: tuple[int, int]
    secondary_size: tuple[int, int]
    where: Placement

    @property
    def ratio(self) -> float:
        return max(self.where.ratio, 1.0)

    def on_reference(self, place: tuple[float, float]) -> tuple[float, float]:
        """(col, row) of a secondary pixel position on the reference."""
        w = self.where
        return (place[0] - w.offset_x) / w.scale_x, (place[1] - w.offset_y) / w.scale_y

    @property
    def largest_px(self) -> int:
        """Side of the area that is searched, secondary pixels."""
        return _largest_px(self.ratio)

    @property
    def times_larger(self) -> int:
        """By how much pixels must grow for the whole to be searched at once."""
        area = common_area(self.size, self.secondary_size, self.where)
        return -(-max(area.width, area.height) // self.largest_px)

    def coarser(self, factor: int) -> _Pair:
        """The same in pixels that are so many times larger."""
        w, readers = self.where, (self.reference, self.secondary)
        where = Placement(w.scale_x, w.offset_x / factor, w.scale_y, w.offset_y / factor)
        sizes = [(size[0] // factor, size[1] // factor) for size in (self.size, self.secondary_size)]
        return _Pair(*(CoarserReader(one, factor) for one in readers), *sizes, where)

    def measured(self, search: Search, watch: Watch) -> ShiftEstimate:
        return measure_placed(
            self.reference, self.secondary, self.size, self.secondary_size, self.where, search, watch
        )  # fmt: skip


def measure_widely(
    reference: Reader, secondary: Reader, size: tuple[int, int], secondary_size: tuple[int, int], where: Placement,
    search: Search, watch: Optional[Watch] = None,
) -> ShiftEstimate:  # fmt: skip
    """`residual_shift.measure_placed`, and farther where that is unsure; arguments as there.

    `Search.widest_px` bounds it: 0 = not at all, None = by itself, see `bound_px`. `Search.whole`: large rasters as a
    whole where their middle tells nothing.
    """
    pair = _Pair(reference, secondary, size, secondary_size, where)
    wide = search.widest_px != 0
    as_a_whole = wide and search.whole and pair.times_larger > 1

    def tell(share: float) -> None:
        if watch is not None:
            watch(WITHOUT_WHOLE * share if as_a_whole else share)

    near = pair.measured(search, (lambda share: tell(0.3 * share)) if wide else tell)
    known = near.verdict(0.0) != "uncertain"
    if not wide or (known and near.method == BY_INTENSITY):
        return near
    looking = _Wide(pair, search)
    farther = looking.estimate(near if known else None, lambda share: tell(0.3 + 0.7 * share))
    if known and farther is not None and farther.confidence < near.confidence:
        doubted = near.confidence < SURE and farther.confidence < WORTH_A_LOOK
        return replace(near, confidence=farther.confidence) if doubted else near
    if known:
        return near if farther is None else farther
    if farther is not None and farther.verdict(0.0) != "uncertain":
        return farther
    if as_a_whole:
        of_whole = _as_a_whole(pair, search, lambda share: tell(1 + share * (1 / WITHOUT_WHOLE - 1)))
        if of_whole is not None:
            return of_whole
    at_limit = near.at_limit if looking.reach_px <= search.max_shift_px else bool(farther and farther.at_limit)
    return replace(near, at_limit=at_limit, confidence=0.0 if at_limit else near.confidence,
                   searched_px=looking.reach_px)  # fmt: skip


def bound_px(size: tuple[int, int]) -> float:
    """How far is looked by itself on a raster of (width, height) reference pixels, reference pixels."""
    longer, shorter = max(size), min(size)
    return min(max(SHARE_OF_IMAGE * longer, LEAST_BOUND_PX), SHARE_OF_SIDE * shorter, LARGEST_BOUND_PX)


def seconds_at_most(size: tuple[int, int], ratio: float, whole: bool = False) -> float:
    """How long a search takes at most on one core of a desktop, where it has to go far; (width, height) as above.

    `whole`: large rasters are read as a whole in the end.
    """
    side = _largest_px(ratio)
    pixels = min(size[0] / ratio, side) * min(size[1] / ratio, side)
    once = 2.0 + 7.0 * pixels / 1e6
    return 2 * once + 0.2 * size[0] * size[1] / 1e6 if whole and max(size) / ratio > side else once


def _largest_px(ratio: float) -> int:
    return LARGEST_PX if ratio < 1.5 else LARGEST_COARSE_PX


def _as_a_whole(pair: _Pair, search: Search, watch: Watch) -> Optional[ShiftEstimate]:
    """What large rasters tell in larger pixels, measured again in their own; None where that is not sure."""
    factor = pair.times_larger
    reach = None if search.widest_px is None else search.widest_px / factor
    near = replace(search, max_shift_px=max(search.max_shift_px / factor, 2.0), widest_px=reach)
    found = _Wide(pair.coarser(factor), near).estimate(None, lambda done: watch(0.7 * done))
    if found is None or found.verdict(0.0) == "uncertain":
        return None
    middle = pair.secondary_size[0] / 2, pair.secondary_size[1] / 2
    centre = pair.on_reference(middle)
    col, row = found.displacement(centre[0] / factor, centre[1] / factor)
    first = np.column_stack([found.linear, np.array([col, row]) * factor / pair.ratio])
    around = replace(search, max_shift_px=(RESIDUAL_PX + factor) * pair.ratio)
    moved = replace(pair, secondary=MovedReader(pair.secondary, pair.secondary_size, first, middle))
    left = moved.measured(around, lambda done: watch(0.7 + 0.3 * done))
    if left.verdict(0.0) == "uncertain":
        return None
    whole = of_both(left, first * np.array([1, 1, pair.ratio]), centre)
    sure = left.confidence if left.method == BY_INTENSITY else min(left.confidence, found.confidence)
    return replace(whole, usable=left.usable, confidence=sure, searched_px=found.searched_px * factor)


class _Wide:
    """One wide search, from the area to the estimate."""

    def __init__(self, pair: _Pair, search: Search) -> None:
        self.pair, self.search = pair, search
        given = search.widest_px
        self.reach_px = max(bound_px(pair.size), search.max_shift_px) if given is None else given
        self.widened_px = max(self.reach_px, WIDENED_SHARE * min(pair.size)) if given is None else given

    def estimate(self, near: Optional[ShiftEstimate], watch: Watch) -> Optional[ShiftEstimate]:
        """What was found; None where there is nothing to compare. `near`: what is known already."""
        area, reference, secondary = self._images(lambda share: watch(0.3 * share))
        if area is None:
            return None
        middle = area.col_off + area.width / 2, area.row_off + area.height / 2
        usable = float((reference.valid & secondary.valid).mean())

        def looked(reach_px: float, start: Optional[np.ndarray] = None) -> tuple[Optional[Agreement], float]:
            one = find(reference, secondary, reach_px / self.pair.ratio, start, lambda s: watch(0.3 + 0.4 * s))
            return one, math.inf if one is None else float(np.abs(one.matrix[:, 2]).max()) * self.pair.ratio

        if near is not None:
            found, _ = looked(self.reach_px, self._of_estimate(near, middle))
            return None if found is None else self._estimate(found, middle, usable)
        found, length = looked(self.reach_px)
        if length > EDGE * self.reach_px and self.widened_px > self.reach_px:
            self.reach_px = self.widened_px
            found, length = looked(self.reach_px)
        if found is None:
            return None
        estimate = self._estimate(found, middle, usable)
        if estimate.confidence < WORTH_A_LOOK:
            return estimate
        left = self._left(found.matrix, middle, lambda share: watch(0.7 + 0.3 * share))
        return self._with(estimate, left, found.matrix, middle)

    def _images(self, watch: Watch) -> tuple[Optional[Window], Image, Image]:
        """The area that is searched and both rasters there in secondary pixels; None without enough valid pixels."""
        pair = self.pair
        whole = common_area(pair.size, pair.secondary_size, pair.where)
        nothing = Image(np.zeros((1, 1, 1), np.float32), np.zeros((1, 1), bool))
        if whole.is_empty:
            return None, nothing, nothing
        largest = pair.largest_px
        width, height = min(whole.width, largest), min(whole.height, largest)
        col, row = whole.col_off + (whole.width - width) // 2, whole.row_off + (whole.height - height) // 2
        places = [Window(col, row, width, height)]
        if (width, height) != (whole.width, whole.height):
            places += spread(whole, min(largest, whole.width, whole.height), 3)
        for number, place in enumerate(places):
            one = self._read(place, lambda share, number=number: watch((number + share) / len(places)))
            if (one[0].valid & one[1].valid).mean() >= LEAST_VALID:
                return (place, *one)
        return None, nothing, nothing

    def _read(self, area: Window, watch: Watch) -> tuple[Image, Image]:
        """Both rasters over the area, block by block."""
        images: list[Optional[Image]] = [None, None]
        rows, cols = (range(0, size, BLOCK_PX) for size in area.shape)
        for number, (row, col) in enumerate((row, col) for row in rows for col in cols):
            watch(number / (len(rows) * len(cols)))
            part = Window(area.col_off + col, area.row_off + row, min(BLOCK_PX, area.width - col),
                          min(BLOCK_PX, area.height - row))  # fmt: skip
            pixels = read(self.pair.reference, self.pair.secondary, part, self.pair.where)
            for place, one in enumerate((at_secondary(pixels), (pixels.secondary, pixels.secondary_valid))):
                values = one[0][:: -(-len(one[0]) // MOST_BANDS)]
                if images[place] is None:
                    images[place] = Image(np.zeros((len(values), *area.shape), np.float32), np.zeros(area.shape, bool))
                block = slice(row, row + part.height), slice(col, col + part.width)
                images[place].values[(slice(None), *block)], images[place].valid[block] = values, one[1]
        return images[0], images[1]

    def _of_estimate(self, near: ShiftEstimate, middle: tuple[float, float]) -> np.ndarray:
        """The affine about the middle, in secondary pixels, of an estimate."""
        step = near.displacement(*self.pair.on_reference(middle))
        return np.column_stack([near.linear, np.array(step) / self.pair.ratio])

    def _estimate(self, found: Agreement, middle: tuple[float, float], usable: float) -> ShiftEstimate:
        ratio, (col, row) = self.pair.ratio, self.pair.on_reference(middle)
        places, steps = found.places * ratio, found.steps * ratio
        matrix = found.matrix * np.array([1, 1, ratio])
        chips = tuple(
            LocalShift(col + x, row + y, float(c), float(r), float(np.clip(s, 0, 1)), bool(k))
            for (x, y), (c, r), s, k in zip(places, steps, found.scores, found.kept)
        )
        estimate = of_affine(matrix, (col, row), chips, "structure")
        value = confidence.of_search(found, estimate.spread, ratio)
        at_limit = bool(np.abs(matrix[:, 2]).max() > self.reach_px)
        return replace(
            estimate, usable=usable, confidence=0.0 if at_limit else value, at_limit=at_limit, searched_px=self.reach_px
        )  # fmt: skip

    def _left(self, matrix: np.ndarray, middle: tuple[float, float], watch: Watch) -> ShiftEstimate:
        """What is left after the secondary was moved, over the whole of both."""
        pair = self.pair
        moved = replace(pair, secondary=MovedReader(pair.secondary, pair.secondary_size, matrix, middle))
        return moved.measured(replace(self.search, max_shift_px=RESIDUAL_PX * pair.ratio), watch)

    def _with(
        self, estimate: ShiftEstimate, left: ShiftEstimate, matrix: np.ndarray, middle: tuple[float, float]
    ) -> ShiftEstimate:
        """Both steps as one, where the second was by intensities, or saw more of large rasters than the first."""
        pair = self.pair
        large = max(pair.secondary_size) > 1.5 * LARGEST_PX
        if left.verdict(0.0) == "uncertain" or not (left.method == BY_INTENSITY or large):
            return estimate
        both = of_both(left, matrix * np.array([1, 1, pair.ratio]), pair.on_reference(middle))
        sure = left.confidence if left.method == BY_INTENSITY else min(left.confidence, estimate.confidence)
        return replace(both, usable=left.usable, confidence=sure, searched_px=estimate.searched_px)


def of_both(left: ShiftEstimate, first: np.ndarray, centre: tuple[float, float]) -> ShiftEstimate:
    """What was left after the secondary was moved by an affine about `centre`, and that affine, as one estimate."""
    rest = np.column_stack([left.linear, left.displacement(*centre)])
    back = affine.inverse(first)
    chips = []
    for chip in left.chips:
        there = np.array([chip.col - centre[0], chip.row - centre[1]])
        here = affine.moved(back, there[None])[0]
        step = there + np.array([chip.cols, chip.rows]) - here
        place = {"col": centre[0] + here[0], "row": centre[1] + here[1]}
        chips.append(replace(chip, **place, cols=float(step[0]), rows=float(step[1])))
    return of_affine(affine.after(rest, first), centre, tuple(chips), left.method)


def of_affine(
    matrix: np.ndarray, centre: tuple[float, float], chips: tuple[LocalShift, ...], method: str
) -> ShiftEstimate:
    """The estimate whose model is an affine about `centre`, reference pixels; without confidence."""
    turn, scale, aspect, shear = affine.parts(matrix)
    shift = (float(matrix[0, 2]), float(matrix[1, 2]))
    kept = [chip for chip in chips if chip.agrees]
    model = ShiftEstimate(
        *shift, math.degrees(turn), scale, centre, math.nan, math.nan, len(kept) / max(len(chips), 1), 0.0, 0.0, False,
        chips, method, aspect, math.degrees(shear),
    )  # fmt: skip
    if not kept:
        return model
    left = [np.subtract((chip.cols, chip.rows), model.displacement(chip.col, chip.row)) for chip in kept]
    rmse = math.sqrt(np.mean([chip.cols**2 + chip.rows**2 for chip in kept]))
    return replace(model, rmse=rmse, spread=float(np.sqrt(np.mean(np.sum(np.square(left), 1)))))
