"""Which correction do the chips bear out? Each is fitted to some chips and asked what the others say.

The simplest one is taken whose error, on chips that it has not seen, is not clearly larger than the smallest: noise of
single chips then never bends a raster. Displacements in reference pixels, what must be added to the secondary.
Thin plate splines: Bookstein, Principal warps, 1989, doi:10.1109/34.24792.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Callable, Optional

import numpy as np

from .shift import affine
from .shift.shift_estimate import ShiftEstimate
from .shift.wide import of_affine

NEIGHBOURS = 1.5
"""Chips nearer than so many spacings may share pixels with the one that is left out, and so its noise."""
ALONE = 0.5
"""The same where a chip is left out by itself."""
LEAST_CHIPS = {"shift": 1, "similarity": 4, "affine": 6, "polynomial": 15, "tps": 15}
"""Chips that must agree before a correction is considered, simplest first."""
WORTH = {"similarity": (0.05, 0.95), "affine": (0.05, 0.95), "polynomial": (0.1, 0.8), "tps": (0.1, 0.8)}
"""How much better than the simpler one a correction must be: pixels, and share of its error that may be left."""
TURNS, TURN_WORTH = ("similarity", "affine"), (0.1, 0.8)
"""What turns the raster as a whole, and how much better than a shift that must be where nobody chose it; as `WORTH`."""
TURN_WORTH_OF_FEW = (0.2, 0.4)
"""The same of chips too few to leave out neighbours."""
ALONG_ONE_AXIS, BY_COLUMN = 0.85, 0.6
"""Shares of the remaining field from which on it looks like parallax, or like steps between detectors."""
SEEN_PX = 0.2
"""Fields smaller than this are not interpreted, reference pixels."""

Model = Callable[[np.ndarray], np.ndarray]
"""From places (n, 2) to displacements (n, 2)."""


@dataclass(frozen=True)
class Choice:
    """The correction that is borne out.

    Attributes
    ----------
    method : str
    errors : dict
        method -> root mean square error on chips that it has not seen, reference pixels; without those that there
        were too few chips for.
    sense : str
        What the field that shift, rotation, scale and shear leave over looks like; "" = nothing in particular.
    """

    method: str
    errors: dict[str, float]
    sense: str

    @property
    def sentence(self) -> str:
        """What was compared, in words."""
        told = ", ".join(f"{method} {error:.2f}" for method, error in self.errors.items())
        return f"METHOD '{self.method}' is chosen: on chips left out of the fit the errors are {told} pixels"


def choose(estimate: ShiftEstimate) -> Choice:
    """The simplest correction that the chips that agree bear out."""
    places, steps = arrays(estimate)
    errors = {m: _error(m, places, steps) for m, least in LEAST_CHIPS.items() if len(places) >= max(least, 2)}
    errors = {m: error for m, error in errors.items() if math.isfinite(error)}
    method = "shift"
    if not errors:
        return Choice("affine" if _is_turned(estimate) else method, {}, "")
    for other, (px, share) in WORTH.items():
        if other in errors and errors[other] < min(errors[method] - px, share * errors[method]):
            method = other
    return Choice(method, errors, sense(places, steps))


def turning(estimate: ShiftEstimate) -> Optional[ShiftEstimate]:
    """The estimate with the rotation, scale and shear that the chips clearly bear out; None where a shift says it all.

    On chips that were left out of the fit, see `choose`. Where there are too few to leave out their neighbours as well,
    it takes more to bear it out; of less than four, a shift says it all.
    """
    places, steps = arrays(estimate)
    if len(places) < LEAST_CHIPS["similarity"]:
        return None
    methods = [m for m in ("shift", *TURNS) if len(places) >= LEAST_CHIPS[m]]
    errors, worth = {m: _error(m, places, steps) for m in methods}, TURN_WORTH
    if not math.isfinite(errors["similarity"]):
        errors, worth = {m: _error(m, places, steps, ALONE) for m in methods[:2]}, TURN_WORTH_OF_FEW
    method = "shift"
    for other in TURNS:
        px, share = worth if method == "shift" else WORTH[other]
        if errors.get(other, math.inf) < min(errors[method] - px, share * errors[method]):
            method = other
    found = {"similarity": replace(estimate, aspect=0.0, shear_deg=0.0), "affine": with_shear(estimate)}.get(method)
    return found if found is not None and _is_turned(found) else None


def with_shear(estimate: ShiftEstimate) -> ShiftEstimate:
    """The estimate with the affine that fits its chips, where no more than a similarity was looked for."""
    places, steps = arrays(estimate)
    if estimate.aspect or estimate.shear_deg or len(places) < LEAST_CHIPS["affine"]:
        return estimate
    found = of_affine(affine.fit(places, places + steps, np.ones(len(places))), estimate.centre, estimate.chips,
                      estimate.method)  # fmt: skip
    keys = "cols", "rows", "rotation_deg", "scale", "aspect", "shear_deg", "spread"
    return replace(estimate, **{key: getattr(found, key) for key in keys})


def _is_turned(estimate: ShiftEstimate) -> bool:
    return not np.array_equal(estimate.linear, np.eye(2))


def arrays(estimate: ShiftEstimate) -> tuple[np.ndarray, np.ndarray]:
    """(places (n, 2) from the centre, displacements (n, 2)) of the chips that agree, reference pixels."""
    chips = [chip for chip in estimate.chips if chip.agrees]
    places = np.array([(chip.col, chip.row) for chip in chips], float).reshape(-1, 2) - estimate.centre
    return places, np.array([(chip.cols, chip.rows) for chip in chips], float).reshape(-1, 2)


def _error(method: str, places: np.ndarray, steps: np.ndarray, apart: float = NEIGHBOURS) -> float:
    """Root mean square error on chips that were left out in turn, with those nearer than so many spacings."""
    away = np.hypot(*(places[:, None] - places[None]).T)
    spacing = float(np.median((away + np.diag(np.full(len(places), np.inf))).min(0)))
    left = []
    for number in range(len(places)):
        seen = away[number] > apart * spacing
        if seen.sum() >= min(LEAST_CHIPS[method], 3):
            model = MODELS[method](places[seen], steps[seen])
            left.append(steps[number] - model(places[number : number + 1])[0])
    return float(np.sqrt(np.square(left).sum(1).mean())) if left else math.inf


def _shift(places: np.ndarray, steps: np.ndarray) -> Model:
    mean = steps.mean(0)
    return lambda wanted: np.broadcast_to(mean, wanted.shape)


def _similarity(places: np.ndarray, steps: np.ndarray) -> Model:
    middle, mean = places.mean(0), steps.mean(0)
    (x, y), (u, v) = (places - middle).T, (steps - mean).T
    reach = float((x * x + y * y).sum()) + 1e-12
    stretch, turn = float((x * u + y * v).sum()) / reach, float((y * u - x * v).sum()) / reach
    linear = np.array([[stretch, turn], [-turn, stretch]])
    return lambda wanted: mean + (wanted - middle) @ linear.T


def _affine(places: np.ndarray, steps: np.ndarray) -> Model:
    found = affine.fit(places, places + steps, np.ones(len(places)))
    return lambda wanted: affine.displacements(found, wanted)


def _polynomial(places: np.ndarray, steps: np.ndarray) -> Model:
    size = np.abs(places).max() + 1e-9

    def terms(where: np.ndarray) -> np.ndarray:
        x, y = (where / size).T
        return np.column_stack([np.ones_like(x), x, y, x * x, x * y, y * y])

    found = np.linalg.lstsq(terms(places), steps, rcond=None)[0]
    return lambda wanted: terms(wanted) @ found


def thin_plate(places: np.ndarray, steps: np.ndarray) -> Model:
    """The thin plate spline through every displacement."""
    size = np.abs(places).max() + 1e-9

    def kernel(where: np.ndarray) -> np.ndarray:
        squared = (((where[:, None] - places[None]) / size) ** 2).sum(2)
        return squared * np.log(squared + 1e-12)

    def plane(where: np.ndarray) -> np.ndarray:
        return np.column_stack([np.ones(len(where)), where / size])

    count = len(places)
    system = np.zeros((count + 3, count + 3))
    system[:count, :count], system[:count, count:] = kernel(places), plane(places)
    system[count:, :count] = system[:count, count:].T
    found = np.linalg.lstsq(system, np.vstack([steps, np.zeros((3, 2))]), rcond=None)[0]
    return lambda wanted: kernel(wanted) @ found[:count] + plane(wanted) @ found[count:]


MODELS: dict[str, Callable[[np.ndarray, np.ndarray], Model]] = {
    "shift": _shift, "similarity": _similarity, "affine": _affine, "polynomial": _polynomial, "tps": thin_plate,
}  # fmt: skip


def sense(places: np.ndarray, steps: np.ndarray) -> str:
    """What the displacements look like that an affine leaves over, in words; "" = noise, or nothing in particular."""
    if len(places) < LEAST_CHIPS["tps"]:
        return ""
    left = steps - _affine(places, steps)(places)
    if math.sqrt((left**2).sum(1).mean()) < SEEN_PX:
        return ""
    by_column = _explained_by(places[:, 0], left)
    if by_column > BY_COLUMN and _explained_by(places[:, 1], left) < 0.5 * by_column:
        return "what is left changes from column to column alone, as between the detectors of a push-broom scanner"
    values, vectors = np.linalg.eigh(left.T @ left)
    if values[-1] > ALONG_ONE_AXIS * values.sum():
        col, row = vectors[:, -1] * (1 if vectors[0, -1] >= 0 else -1)
        angle = math.degrees(math.atan2(-row, col))
        return (
            f"what is left runs along one direction ({angle:.0f} degrees from the columns' axis), as parallax over "
            "relief does: a terrain model (orthorectification) corrects it better than a warp"
        )
    return ""


def _explained_by(axis: np.ndarray, left: np.ndarray) -> float:
    """Share of the field that its means over equal positions on one axis explain, corrected for their number."""
    groups = [np.isclose(axis, value, atol=1.0) for value in np.unique(axis.round())]
    groups = [group for group in groups if group.any()]
    count, most = len(left), len(groups)
    if count <= most + 1:
        return 0.0
    means = sum(group.sum() * (left[group].mean(0) ** 2).sum() for group in groups)
    share = float(means / ((left**2).sum() + 1e-12))
    return max(0.0, 1 - (1 - share) * (count - 1) / (count - most))
