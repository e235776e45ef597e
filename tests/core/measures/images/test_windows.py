"""Moments of sliding windows against each window worked out alone."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from rsfusion_qgis.core.measures.images.windows import whole_windows, window_moments


@pytest.mark.parametrize("side", [2, 3, 8])
@pytest.mark.parametrize("mean", [0.0, 1e7])
def test_moments_against_each_window_alone(side: int, mean: float) -> None:
    """A mean of 1e7 over a variation of 1 leaves two digits to a difference of mean squares."""
    first, second = np.random.default_rng(side).normal(size=(2, 19, 23))
    views = [sliding_window_view(image, (side, side)).reshape(20 - side, 24 - side, -1) for image in (first, second)]
    off = [view - view.mean(axis=-1, keepdims=True) for view in views]
    covariance, one, two, _, square = window_moments(first + mean, second + mean, side)
    np.testing.assert_allclose(covariance, (off[0] * off[1]).mean(axis=-1), atol=1e-8)
    np.testing.assert_allclose(one, views[0].var(axis=-1), atol=1e-8)
    np.testing.assert_allclose(two, views[1].var(axis=-1), atol=1e-8)
    np.testing.assert_allclose(square, ((views[1] + mean) ** 2).mean(axis=-1), rtol=1e-9)


def test_moments_do_not_depend_on_what_was_read_around() -> None:
    first, second = np.random.default_rng(1).normal(size=(2, 30, 30)) + 500
    whole = window_moments(first, second, 4)
    part = window_moments(first[7:20, 11:25], second[7:20, 11:25], 4)
    for all_of, some in zip(whole, part):
        np.testing.assert_array_equal(all_of[7:17, 11:22], some)


def test_whole_windows_by_hand() -> None:
    mask = np.ones((4, 5), bool)
    mask[1, 1] = False
    assert whole_windows(mask, 2).tolist() == [[False, False, True, True], [False, False, True, True], [True] * 4]
