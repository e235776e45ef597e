"""Windows spread over an area: all of a small one, once; of a large one equal steps from end to end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.grid.sampling import places, spread, stretches, whole_or_spread

areas = st.builds(Window, st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 900), st.integers(1, 900))


@pytest.mark.parametrize(("length", "mesh"), [(100, 8), (512, 8), (513, 8), (20000, 8), (20000, 72), (5, 8)])
def test_stretches_reach_both_ends_and_stay_inside(length, mesh):
    found = stretches(10, length, 64, mesh)
    assert found[0][0] == 10 and sum(found[-1]) == 10 + length
    assert all(first >= 10 and first + count <= 10 + length for first, count in found)
    assert len(found) <= max(mesh, -(-length // 64))


@given(areas, st.integers(1, 80), st.integers(1, 9))
def test_no_pixel_twice_and_none_left_out_of_what_so_many_cover(area: Window, side: int, most: int) -> None:
    seen = np.zeros(area.shape, int)
    for window in whole_or_spread(area, side, most):
        assert window.intersection(area) == window
        rows, cols = window.row_off - area.row_off, window.col_off - area.col_off
        seen[rows : rows + window.height, cols : cols + window.width] += 1
    assert seen.max() == 1
    assert seen.min() == (max(area.shape) <= most * side)


@given(areas, st.integers(1, 80), st.integers(1, 9), st.booleans())
def test_spread_windows_have_one_size_and_lie_inside(area: Window, side: int, most: int, to_the_ends: bool) -> None:
    windows = spread(area, side, most, to_the_ends=to_the_ends)
    assert 1 <= len(windows) <= most**2
    assert {w.shape for w in windows} == {(min(side, area.height), min(side, area.width))}
    assert all(w.intersection(area) == w for w in windows)


@pytest.mark.parametrize(("overlap", "expected"), [(0.0, [2]), (0.5, [0, 5]), (0.75, [0, 2, 5])])
def test_neighbours_overlap_no_more_than_they_may(overlap: float, expected: list[int]) -> None:
    assert [w.col_off for w in spread(Window(0, 0, 15, 10), 10, 9, overlap)] == expected


def test_places_by_hand() -> None:
    assert places(5, 100, 10, 3) == [5, 50, 95]
    assert places(5, 100, 10, 1) == [50]
    assert places(0, 90, 0, 3, to_the_ends=False) == [15, 45, 75]
    assert places(0, 7, 10, 1) == [0]
