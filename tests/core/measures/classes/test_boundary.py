"""Boundary F1: what is right is 1, a moved outline is right within the tolerance, and windows do not matter."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.measures.classes.boundary import MARGIN_PX, TOLERANCE_PX, BoundaryTally


def box(row: int, col: int = 10, size: int = 12) -> np.ndarray:
    made = np.zeros((40, 44), int)
    made[row : row + size, col : col + size] = 1
    return made


def scores(true: np.ndarray, predicted: np.ndarray, classes: int = 2) -> np.ndarray:
    tally = BoundaryTally(classes)
    tally.add(true, predicted)
    return tally.per_class()


def test_the_same_map_is_perfect() -> None:
    assert scores(box(10), box(10)).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("moved", range(1, TOLERANCE_PX + 1))
def test_within_the_tolerance_an_outline_is_right(moved: int) -> None:
    assert scores(box(10), box(10 + moved)).tolist() == [1.0, 1.0]


def test_beyond_it_only_the_sides_that_run_along_are() -> None:
    found = scores(box(10), box(15))
    assert (found < 0.9).all()
    assert (found > 0.4).all()


def test_far_away_nothing_is_right_and_a_class_without_boundary_is_not_counted() -> None:
    assert scores(box(2, 2, 8), box(28, 30, 8))[1] == 0.0
    assert np.isnan(scores(np.zeros((9, 9), int), np.zeros((9, 9), int))).all()


def test_unknown_pixels_have_no_boundary() -> None:
    true = box(10)
    hidden = np.where(np.abs(np.gradient(true.astype(float))).sum(0) > 0, -1, true)
    assert np.isnan(scores(hidden, box(10))).all()


def test_windows_do_not_matter() -> None:
    draw = np.random.default_rng(1)
    true, predicted = (np.kron(draw.integers(0, 3, (10, 11)), np.ones((4, 4), int)) for _ in range(2))
    whole, parts = BoundaryTally(3), BoundaryTally(3)
    whole.add(true, predicted)
    for row in range(0, 40, 16):
        for col in range(0, 44, 16):
            top, left = max(row - MARGIN_PX, 0), max(col - MARGIN_PX, 0)
            cut = np.s_[top : row + 16 + MARGIN_PX, left : col + 16 + MARGIN_PX]
            inner = slice(row - top, min(row + 16, 40) - top), slice(col - left, min(col + 16, 44) - left)
            parts.add(true[cut], predicted[cut], inner)
    np.testing.assert_array_equal(parts.counts, whole.counts)
