"""Which blocks the statistics come from: all of a small domain, once; of a large one a sample, spread over it."""

import numpy as np
import pytest

from rsfusion_qgis.core.grid.grid import Grid
from rsfusion_qgis.core.operators.sharpening.survey import FULL_PX, survey_windows


def domain(width, height):
    return Grid("", (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), width, height)


def counts(windows, width, height):
    seen = np.zeros((height, width), int)
    for window in windows:
        seen[window.row_off : window.row_end, window.col_off : window.col_end] += 1
    return seen


@pytest.mark.parametrize("size", [(1, 1), (512, 512), (1300, 700)])
@pytest.mark.parametrize("bands", [1, 8, 200])
def test_a_small_domain_is_read_once_and_whole(size, bands):
    assert (counts(survey_windows(domain(*size), bands), *size) == 1).all()


def test_4096_is_small():
    windows = survey_windows(domain(4096, 4096), 4)
    assert sum(w.width * w.height for w in windows) == 4096**2


@pytest.mark.parametrize("size", [(20000, 20000), (300, 10**6), (10**6, 300), (9000, 4000)])
def test_of_a_large_one_a_sample_is_read_that_is_spread_over_it(size):
    windows = survey_windows(domain(*size), 4)
    assert 0.5 * FULL_PX < sum(w.width * w.height for w in windows) < 1.5 * FULL_PX
    for axis, length in (("col", size[0]), ("row", size[1])):
        first = sorted({getattr(w, f"{axis}_off") for w in windows})
        last = max(getattr(w, f"{axis}_end") for w in windows)
        assert first[0] == 0
        assert last == length
        assert len(first) < 3 or np.ptp(np.diff(first)) <= 512


def test_windows_do_not_overlap_and_stand_row_by_row():
    windows = survey_windows(domain(3000, 2500), 4, full_px=2_000_000)
    assert counts(windows, 3000, 2500).max() == 1
    assert [w.row_off for w in windows] == sorted(w.row_off for w in windows)
