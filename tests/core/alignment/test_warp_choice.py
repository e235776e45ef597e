"""The correction that chips bear out: the simplest that predicts those left out, and what is left told in words."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rsfusion_qgis.core.alignment.shift import affine
from rsfusion_qgis.core.alignment.shift.shift_estimate import LocalShift
from rsfusion_qgis.core.alignment.shift.wide import of_affine
from rsfusion_qgis.core.alignment.warp_choice import choose, turning

SIDE, STEP = 9, 50.0


def estimate(field, noise: float = 0.1):
    """Chips on a mesh that say what `field` (x, y -> cols, rows; from the middle) says, with noise."""
    rng = np.random.default_rng(0)
    axis = (np.arange(SIDE) - SIDE // 2) * STEP
    chips = []
    for y in axis:
        for x in axis:
            cols, rows = np.array(field(x, y)) + rng.normal(0, noise, 2)
            chips.append(LocalShift(300 + x, 300 + y, float(cols), float(rows), 0.5, True))
    return of_affine(affine.IDENTITY, (300.0, 300.0), tuple(chips), "structure")


FIELDS = {
    "shift": lambda x, y: (2.0, -1.0),
    "similarity": lambda x, y: (0.01 * y, -0.01 * x),
    "affine": lambda x, y: (0.01 * y, 0.0),
    "polynomial": lambda x, y: (4e-5 * x * x, 3e-5 * x * y),
    "tps": lambda x, y: (2.0 * math.sin(x / 60), 2.0 * math.cos(y / 60)),
}


@pytest.mark.parametrize("method", FIELDS)
def test_the_simplest_that_fits_is_chosen(method: str):
    choice = choose(estimate(FIELDS[method]))
    assert choice.method == method, choice.sentence
    assert choice.errors[method] < 1.0


def test_noise_bends_nothing():
    assert choose(estimate(FIELDS["shift"], noise=0.8)).method == "shift"


def test_parallax_is_told_by_its_one_direction():
    relief = lambda x, y: math.sin(x / 40) * math.cos(y / 55)  # noqa: E731
    assert "parallax" in choose(estimate(lambda x, y: (2 * relief(x, y), relief(x, y)))).sense


def test_detectors_are_told_by_their_columns():
    assert "push-broom" in choose(estimate(lambda x, y: (0.0, 1.0 * (int(x // 100) % 2)))).sense


def test_of_too_few_chips_nothing_is_said():
    assert choose(of_affine(affine.IDENTITY, (0.0, 0.0), (), "structure")).errors == {}


@pytest.mark.parametrize(("method", "rotation", "shear"), [("similarity", 0.573, 0.0), ("affine", 0.286, 0.573)])
def test_what_turns_is_told_from_a_shift(method, rotation, shear):
    """The chips' own affine, where no more than a similarity was looked for."""
    looked = replace(estimate(FIELDS[method]), rotation_deg=rotation)
    found = turning(looked)
    assert found.rotation_deg == pytest.approx(rotation, abs=0.02)
    assert found.shear_deg == pytest.approx(shear, abs=0.03)


def test_noise_turns_nothing():
    assert turning(replace(estimate(FIELDS["shift"], noise=0.5), rotation_deg=0.05, scale=1.0005)) is None
    assert turning(replace(estimate(FIELDS["similarity"]), chips=())) is None


def test_of_four_places_it_takes_more():
    few = [chip for chip in estimate(FIELDS["similarity"]).chips if abs(chip.col - 300) == abs(chip.row - 300) == 200]
    four = replace(estimate(FIELDS["similarity"]), chips=tuple(few), rotation_deg=0.573)
    assert turning(four) is not None
    noisy = [replace(chip, cols=chip.cols + 2 * (-1) ** number) for number, chip in enumerate(few)]
    assert turning(replace(four, chips=tuple(noisy))) is None
