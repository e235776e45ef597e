"""Affines: taken apart and joined, undone, fitted, and agreed on among wrong ones."""

import math

import numpy as np
import pytest

from rsfusion_qgis.core.alignment.shift import affine

SHEARED = np.column_stack([affine.joined(0.05, 1.02, 0.01, -0.02), (3.0, -4.0)])
PLACES = np.random.default_rng(0).uniform(-300, 300, (60, 2))


def test_parts_of_what_was_joined_are_the_parts():
    assert affine.parts(SHEARED) == pytest.approx((0.05, 1.02, 0.01, -0.02))


def test_counter_clockwise_turns_what_lies_right_upwards():
    (col, row), = affine.moved(affine.matrix(math.radians(90)), np.array([[1.0, 0.0]]))
    assert (col, row) == pytest.approx((0.0, -1.0))


def test_the_inverse_undoes_it_before_and_after():
    for both in (affine.after(affine.inverse(SHEARED), SHEARED), affine.after(SHEARED, affine.inverse(SHEARED))):
        np.testing.assert_allclose(both, affine.IDENTITY, atol=1e-9)


def test_half_of_the_places_may_be_wrong():
    belong = affine.moved(SHEARED, PLACES)
    belong[::2] += np.random.default_rng(1).uniform(-8, 8, (30, 2))
    found, agrees = affine.robust(PLACES, belong, np.ones(60), SHEARED + 1e-3, 3.0)
    np.testing.assert_allclose(affine.moved(found, PLACES), affine.moved(SHEARED, PLACES), atol=0.3)
    assert agrees[1::2].all()


def test_of_places_on_a_line_only_a_shift_is_told():
    line = np.column_stack([np.arange(9.0), np.arange(9.0)])
    np.testing.assert_allclose(affine.fit(line, line * 1.1 + 2, np.ones(9))[:, :2], np.eye(2))
