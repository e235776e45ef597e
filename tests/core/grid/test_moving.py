"""Windows of fixed size, against every window by itself, plain loops and known shapes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from rsfusion_qgis.core.grid.moving import (
    box_means,
    counts_around,
    disk,
    grown,
    highest,
    lowest,
    means_around,
    opened,
    pixels,
    sums_around,
    valid_extremes,
    valid_means,
    weighted_sums,
    whole_windows,
    window_moments,
)

VALUES = np.random.default_rng(0).random((17, 23))


def around(values: np.ndarray, row: int, col: int, reach: int) -> np.ndarray:
    return values[max(row - reach, 0) : row + reach + 1, max(col - reach, 0) : col + reach + 1]


@pytest.mark.parametrize("reach", [0, 1, 4, 30])
def test_every_window_is_what_a_loop_says(reach: int) -> None:
    mask = VALUES > 0.6
    found = sums_around(VALUES, reach), counts_around(mask, reach), highest(VALUES, reach), lowest(VALUES, reach)
    mean = means_around(VALUES, mask, reach)
    for row in range(17):
        for col in range(23):
            part, kept = around(VALUES, row, col, reach), around(mask, row, col, reach)
            expected = part.sum(), kept.sum(), part.max(), part.min()
            assert [one[row, col] for one in found] == pytest.approx(expected)
            assert mean[row, col] == pytest.approx(part[kept].mean() if kept.any() else 0, rel=1e-6)


def test_a_disk_and_what_it_grows() -> None:
    assert disk(0).tolist() == [[True]]
    assert disk(1).tolist() == [[False, True, False], [True, True, True], [False, True, False]]
    point = np.zeros((9, 9), bool)
    point[4, 4] = True
    assert (grown(point, 3)[1:8, 1:8] == disk(3)).all()
    assert grown(point, 3).sum() == disk(3).sum()
    assert (grown(point, 0) == point).all()


def test_opening_drops_what_is_thinner_than_its_disk_and_keeps_the_rest() -> None:
    mask = np.zeros((30, 30), bool)
    mask[3:10, 3:10], mask[20, :], mask[15, 15] = True, True, True
    kept = opened(mask, 1)
    assert kept[4:9, 4:9].all()
    assert not kept[12:].any()
    assert opened(np.ones((6, 6), bool), 2).all(), "the ends cut nothing off"


def test_distances_in_pixels() -> None:
    assert [pixels(40, size) for size in (10, 20, 60)] == [4, 2, 1]


def test_box_means_by_hand() -> None:
    assert box_means(np.arange(12.0).reshape(3, 4), 2).tolist() == [[2.5, 3.5, 4.5], [6.5, 7.5, 8.5]]


REACHES = [(1, 1), (3, 2), (2, 5)]


def scattered(rows=20, cols=23, missing=0.3, seed=1):
    rng = np.random.default_rng(seed)
    values = rng.normal(500, 10, (rows, cols)).astype(np.float32)
    values[rng.random(values.shape) < missing] = np.nan
    return values


def each_window(values, reach):
    """(rows, cols, pixels of the window)"""
    sides = [2 * r + 1 for r in reach]
    windows = np.lib.stride_tricks.sliding_window_view(values, sides)
    return windows.reshape(*windows.shape[:2], -1)


@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize("powers", [(0, 0), (1, 0), (0, 2), (1, 1)])
def test_weighted_sums(reach, powers):
    values = scattered(missing=0).astype(np.float64)
    row, col = np.mgrid[-reach[0] : reach[0] + 1, -reach[1] : reach[1] + 1]
    weight = (row ** powers[0] * col ** powers[1]).ravel()
    np.testing.assert_allclose(weighted_sums(values, reach, *powers), each_window(values, reach) @ weight, atol=1e-8)


@pytest.mark.parametrize("reach", REACHES)
def test_means_and_extremes_leave_out_what_has_no_data(reach):
    values = scattered()
    windows = each_window(values, reach)
    low, high = valid_extremes(values, reach)
    np.testing.assert_array_equal(low, np.nanmin(windows, axis=-1))
    np.testing.assert_array_equal(high, np.nanmax(windows, axis=-1))
    np.testing.assert_allclose(valid_means(values, reach), np.nanmean(windows.astype("f8"), axis=-1), rtol=1e-6)


def test_a_window_without_data_has_no_mean():
    assert np.isnan(valid_means(np.full((3, 3), np.nan, np.float32), (1, 1))).all()


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
