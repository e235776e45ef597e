"""Fine: chips of a moved secondary beside their surroundings in the reference, and the affine on which they agree.

A chip of two unlike sensors may have its highest score anywhere. Affines through triples of chips are scored by what
all chips say where the affine puts them; the best is refined by least squares. Surfaces (chips, 2 reach + 1,
2 reach + 1) as of `structure.similarity`; affines as in `affine`, pixels from the centre of the fields. Source of the
consensus: Fischler, Bolles, Random sample consensus, 1981, doi:10.1145/358669.358692.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...basics.optional import OptionalModule
from . import affine, structure
from .structure import Field

fft = OptionalModule("scipy.fft")
ndimage = OptionalModule("scipy.ndimage")

CHIP_PX, REACH_PX = 80, 8
"""Side of a chip, and how far around its own displacement is looked for, pixels."""
MOST_CHIPS = 12
"""Along an axis."""
LEAST_CHIPS = 4
AGREES_PX = 1.5
"""Distance from the affine within which a chip's highest score agrees; chance puts 2.5 % of them there."""
LEAST_VALID = 0.5
"""Share of a chip that must be valid in both."""
_CHUNK = 24


@dataclass(frozen=True)
class Agreement:
    """What the chips say together.

    Attributes
    ----------
    matrix : (2, 3)
    places, steps : (n, 2)
        Centres of the chips, and each chip's own displacement near the affine's.
    scores : (n,)
        Correlation there.
    kept : (n,) bool
        Whether the chip takes part in the affine.
    share : float
        Of the chips whose highest score, anywhere within reach, lies at the affine.
    score : float
        Mean of the chips' scores at the affine, -1..1.
    lead, height : float
        How many deviations that stands above the second highest, and above chance.
    """

    matrix: np.ndarray
    places: np.ndarray
    steps: np.ndarray
    scores: np.ndarray
    kept: np.ndarray
    share: float
    score: float
    lead: float
    height: float


def agree(reference: Field, moved: Field) -> Agreement | None:
    """See `Agreement`; None where too few chips have enough valid pixels."""
    rows, cols = moved.weight.shape
    side = min(CHIP_PX, (min(rows, cols) - 2 * REACH_PX) * 2 // 3)
    if side < 24:
        return None
    corners = [
        (row, col) for row in _starts(rows, side) for col in _starts(cols, side)
        if all(f.weight[row : row + side, col : col + side].mean() > LEAST_VALID for f in (moved, reference))
    ]  # fmt: skip
    if len(corners) < LEAST_CHIPS:
        return None
    places = np.array([(col + (side - cols) / 2, row + (side - rows) / 2) for row, col in corners])
    chunks = [corners[start : start + _CHUNK] for start in range(0, len(corners), _CHUNK)]
    return _agreed(places, np.concatenate([_surfaces(reference, moved, chunk, side) for chunk in chunks]))


def _starts(length: int, side: int) -> list[int]:
    """First pixels of chips along an axis, which keep `REACH_PX` from the ends and overlap by half or less."""
    room = length - 2 * REACH_PX - side
    count = min(MOST_CHIPS, max(1, 1 + round(room / (side / 2))))
    return [REACH_PX + round(i * room / max(count - 1, 1)) for i in range(count)]


def _surfaces(reference: Field, moved: Field, corners: Sequence[tuple[int, int]], side: int) -> np.ndarray:
    """Normalised correlation of each chip with its surroundings, at every whole shift within reach."""
    wide = side + 2 * REACH_PX
    shape = (fft.next_fast_len(wide),) * 2

    def cut(values: np.ndarray, border: int, length: int) -> np.ndarray:
        parts = [(row - border, col - border) for row, col in corners]
        return np.stack([values[..., row : row + length, col : col + length] for row, col in parts])

    energy = (np.abs(reference.values) ** 2).sum(0) * reference.weight
    first, first_energy = cut(reference.values * reference.weight, REACH_PX, wide), cut(energy, REACH_PX, wide)
    second, mask = cut(moved.values * moved.weight, 0, side), cut(moved.weight, 0, side)
    steps = slice(0, 2 * REACH_PX + 1)
    cross = (fft.fft2(first, shape) * fft.fft2(second, shape).conj()).sum(1)
    cross = fft.ifft2(cross).real[:, steps, steps]
    there = fft.irfft2(fft.rfft2(first_energy, shape) * fft.rfft2(mask, shape).conj(), shape)[:, steps, steps]
    own = (np.abs(second) ** 2).sum((1, 2, 3))[:, None, None]
    return (cross / np.sqrt(np.maximum(there * own, 1e-6))).astype(np.float32)


def _agreed(places: np.ndarray, surfaces: np.ndarray) -> Agreement:
    smooth = ndimage.gaussian_filter(surfaces, (0, 0.7, 0.7))
    tops = np.array([structure.peak(surface) for surface in smooth])
    clear = np.clip((tops[:, 2] - smooth.mean((1, 2))) / (smooth.std((1, 2)) + 1e-9), 0.1, None) ** 2
    drawn = affine.triples(places, places + tops[:, :2], clear)
    found = _best(np.concatenate([affine.IDENTITY[None], drawn]), places, smooth)
    for near in (3, 2):
        steps, scores = _near(found, places, smooth, near)
        found, kept = affine.robust(places, places + steps, np.clip(scores, 1e-3, None) ** 2, found, near)
    away = np.hypot(*(tops[:, :2] - affine.displacements(found, places)).T)
    total = _total(found, places, surfaces)
    share = float((away < AGREES_PX).mean())
    return Agreement(found, places, steps, scores, kept, share, *_standing_out(total))


def _best(tries: np.ndarray, places: np.ndarray, surfaces: np.ndarray) -> np.ndarray:
    """The affine with the highest mean score; chips that it puts out of reach say nothing."""
    moves = np.einsum("mij,nj->mni", tries[:, :, :2], places) + tries[:, None, :, 2] - places
    cols, rows = np.rint(moves).astype(int).transpose(2, 0, 1)
    inside = (np.abs(cols) <= REACH_PX) & (np.abs(rows) <= REACH_PX)
    at = (np.arange(len(places)), *(np.clip(v, -REACH_PX, REACH_PX) + REACH_PX for v in (rows, cols)))
    scores = np.where(inside, surfaces[at], 0).mean(1)
    return tries[int(np.argmax(np.where(inside.mean(1) < 0.7, -np.inf, scores)))]


def _near(one: np.ndarray, places: np.ndarray, surfaces: np.ndarray, near: int) -> tuple[np.ndarray, np.ndarray]:
    """Each chip's highest score within `near` pixels of the affine: displacement (n, 2) and score (n,)."""
    moves, scores = affine.displacements(one, places), np.empty(len(places))
    for number, surface in enumerate(surfaces):
        col, row = (int(np.clip(round(v), near - REACH_PX, REACH_PX - near)) for v in moves[number])
        top, left = REACH_PX + row - near, REACH_PX + col - near
        cols, rows, scores[number] = structure.peak(surface[top : top + 2 * near + 1, left : left + 2 * near + 1])
        moves[number] = col + cols, row + rows
    return moves, scores


def _total(one: np.ndarray, places: np.ndarray, surfaces: np.ndarray) -> np.ndarray:
    """Mean of the surfaces about the affine's displacements; its middle is the affine."""
    moves = np.clip(affine.displacements(one, places), -REACH_PX, REACH_PX)
    shifted = [ndimage.shift(s, (-rows, -cols), order=1, mode="nearest") for (cols, rows), s in zip(moves, surfaces)]
    return np.mean(shifted, 0)


def _standing_out(total: np.ndarray) -> tuple[float, float, float]:
    """(score in the middle, lead over the second highest, height above the mean); in deviations of what is beyond."""
    middle = total.shape[0] // 2
    rows, cols = np.ogrid[: total.shape[0], : total.shape[1]]
    beyond = total[np.hypot(rows - middle, cols - middle) > 4]
    top = float(total[middle - 1 : middle + 2, middle - 1 : middle + 2].max())
    deviation = float(beyond.std()) + 1e-9
    return top, (top - float(beyond.max())) / deviation, (top - float(beyond.mean())) / deviation
