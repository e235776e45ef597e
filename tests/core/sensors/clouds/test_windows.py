"""Windows of fixed size, against plain loops and known shapes."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.sensors.clouds.windows import (
    box_counts,
    box_mean,
    box_sums,
    disk,
    grown,
    highest,
    lowest,
    opened,
    pixels,
)

VALUES = np.random.default_rng(0).random((17, 23))


def around(values: np.ndarray, row: int, col: int, reach: int) -> np.ndarray:
    return values[max(row - reach, 0) : row + reach + 1, max(col - reach, 0) : col + reach + 1]


@pytest.mark.parametrize("reach", [0, 1, 4, 30])
def test_every_window_is_what_a_loop_says(reach: int) -> None:
    mask = VALUES > 0.6
    found = box_sums(VALUES, reach), box_counts(mask, reach), highest(VALUES, reach), lowest(VALUES, reach)
    mean = box_mean(VALUES, mask, reach)
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
