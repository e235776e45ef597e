"""Percentiles against numpy's on every window, and the sorting behind them."""

import threading

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.sensors.lidar.feature import Setting, View
from rsfusion_qgis.core.sensors.lidar.percentiles import Percentiles, parse_percentiles, percentiles, thinning
from rsfusion_qgis.core.sensors.lidar.sorted_windows import merged, sorted_windows, unflattened
from rsfusion_qgis.core.sensors.lidar.steps import Steps

STEPS = Steps((1.0, 0.0), (0.0, -1.0))


def heights(rows=24, cols=31, missing=0.0, seed=0):
    rng = np.random.default_rng(seed)
    values = np.round(rng.gamma(1.0, 4.0, (rows, cols)), 1).astype(np.float32)  # many ties
    values[rng.random(values.shape) < missing] = np.nan
    return values


def each_window(values, reach, step=1):
    sides = [2 * r + 1 for r in reach]
    windows = np.lib.stride_tricks.sliding_window_view(values, sides)
    rows, cols = (slice(r % step, None, step) for r in reach)
    windows = windows[:, :, rows, cols]
    return windows.reshape(*windows.shape[:2], -1)


@pytest.mark.parametrize("reach", [(1, 1), (3, 3), (2, 5), (1, 6)])
@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_every_window(reach, missing):
    values, wanted = heights(missing=missing), (0, 10, 50, 90, 99.5, 100)
    found = percentiles(np.where(np.isnan(values), np.inf, values).astype(np.float32), reach, wanted)
    expected = np.nanpercentile(each_window(values, reach).astype(np.float64), wanted, axis=-1)
    np.testing.assert_allclose(found, expected, atol=2e-5)


@pytest.mark.parametrize(("reach", "step"), [((10, 10), 1), ((11, 11), 2), ((25, 3), 3)])
def test_wide_windows_look_at_every_second_or_third_pixel(reach, step):
    assert thinning(reach) == step
    values = heights(2 * reach[0] + 6, 2 * reach[1] + 9, 0.1)
    found = percentiles(np.where(np.isnan(values), np.inf, values).astype(np.float32), reach, (25, 75))
    expected = np.nanpercentile(each_window(values, reach, step).astype(np.float64), (25, 75), axis=-1)
    np.testing.assert_allclose(found, expected, atol=2e-5)


@pytest.mark.parametrize("lengths", [(0, 3), (1, 1), (1, 6), (4, 4), (5, 2), (7, 14), (21, 20)])
def test_merging_sorts_lists_of_any_lengths(lengths):
    rng = np.random.default_rng(1)
    parts = [np.sort(rng.integers(0, 9, (n, 500)), axis=0) for n in lengths]
    found = merged(*(list(part) for part in parts))
    np.testing.assert_array_equal(np.stack(found), np.sort(np.concatenate(parts), axis=0))


@pytest.mark.parametrize("counts", [(3, 5), (5, 3), (7, 7)])
@pytest.mark.parametrize("wanted", [{0}, {1, 2}, {0, 2}])
def test_what_nobody_wants_is_left_out_and_the_rest_is_the_same(counts, wanted):
    values, last = heights(12, 15), counts[0] * counts[1] - 1
    wanted = wanted | {last, last // 2}
    whole, part = sorted_windows(values, counts), sorted_windows(values, counts, wanted=wanted)
    assert len(part) == len(whole) == last + 1
    for place in wanted:
        np.testing.assert_array_equal(part[place], whole[place])
    assert sum(plane is None for plane in part) > last // 3


@pytest.mark.parametrize("counts", [(1, 1), (3, 5), (4, 2), (7, 7)])
def test_every_window_is_sorted(counts):
    values = heights(12, 15)
    planes = [unflattened(plane, values.shape, counts) for plane in sorted_windows(values, counts)]
    windows = np.lib.stride_tricks.sliding_window_view(values, counts)
    expected = np.sort(windows.reshape(*windows.shape[:2], -1), axis=-1)
    np.testing.assert_array_equal(np.stack(planes, axis=-1), expected)


def test_the_feature_puts_parts_together_and_names_its_bands():
    values, setting = heights(70, 1200, 0.01), Setting(STEPS, (1, 1), (5.0, 97.5), "DTM")
    found = Percentiles().compute(View(values, values, None, (1, 1)), setting)
    expected = np.nanpercentile(each_window(values, (1, 1)).astype(np.float64), (5, 97.5), axis=-1)
    np.testing.assert_allclose(found, expected, atol=2e-5)
    assert [band.description for band in Percentiles().bands(setting)] == [
        "height percentile 5", "height percentile 97.5",
    ]  # fmt: skip


def test_it_ends_soon_when_it_shall_stop():
    stopped, calls = threading.Event(), []

    def stop():
        calls.append(1)
        if len(calls) > 2:
            stopped.set()
            raise RuntimeError("stop")

    view = View(heights(3000, 600), heights(3000, 600), None, (1, 1), stop)
    with pytest.raises(RuntimeError, match="stop"):
        Percentiles().compute(view, Setting(STEPS, (1, 1)))
    assert len(calls) == 3


@pytest.mark.parametrize(("text", "expected"), [("10,50,90", (10, 50, 90)), (" 5; 97.5 ", (5, 97.5)), ("0", (0,))])
def test_numbers_of_a_text(text, expected):
    assert parse_percentiles(text) == expected


@pytest.mark.parametrize("text", ["", "x", "10,,a", "-1", "101", "nan", "50,50", ",".join(map(str, range(21)))])
def test_what_are_no_percentiles_is_said(text):
    with pytest.raises(InputError, match=r"PERCENTILES .*0 to 100"):
        parse_percentiles(text)
