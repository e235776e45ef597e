"""Intervals that know of regions, and area estimates against a paper's worked example."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.measures.classes.area_estimates import area_estimates, area_estimates_of_regions
from rsfusion_qgis.core.measures.classes.confusion import ConfusionMatrix
from rsfusion_qgis.core.measures.classes.intervals import RegionTally, draws, intervals

# Olofsson et al. 2014, doi:10.1016/j.rse.2014.02.015, section 5: 641 sample units; rows here are the reference.
PAPER = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]]).T
PAPER_MAP = np.array([200_000, 150_000, 3_200_000, 6_450_000]) / 10_000_000
HECTARES = 900_000


def regions_of(rng: np.random.Generator, count: int, pixels: int, accuracy: float) -> tuple[np.ndarray, np.ndarray]:
    """Regions of two classes whose pixels are all right or all wrong."""
    true = rng.integers(0, 2, count)
    right = rng.random(count) < accuracy
    counts = np.zeros((count, 2), np.int64)
    counts[np.arange(count), np.where(right, true, 1 - true)] = pixels
    return true, counts


def test_the_worked_example_of_olofsson() -> None:
    found = area_estimates(PAPER, PAPER_MAP)
    np.testing.assert_allclose(found.mapped, [0.020, 0.015, 0.320, 0.645])
    np.testing.assert_allclose(HECTARES * found.estimated, [21158, 11686, 285770, 581386], atol=0.5)
    np.testing.assert_allclose(HECTARES * found.margin, [6158, 3756, 15510, 16282], atol=1)
    assert found.covered == pytest.approx(1.0)


def test_regions_of_one_pixel_give_the_papers_errors() -> None:
    pairs = np.argwhere(PAPER > 0)
    cells = np.repeat(pairs, [PAPER[tuple(pair)] for pair in pairs], axis=0)
    found = area_estimates_of_regions(cells[:, 0], np.eye(4, dtype=np.int64)[cells[:, 1]], PAPER_MAP, 2000)
    np.testing.assert_allclose(found.estimated, area_estimates(PAPER, PAPER_MAP).estimated)
    np.testing.assert_allclose(found.error, area_estimates(PAPER, PAPER_MAP).error, rtol=0.12)


def test_a_perfect_map_keeps_its_areas_and_classes_without_samples_are_said() -> None:
    found = area_estimates(np.diag([10, 20, 0]), np.array([0.5, 0.3, 0.2]))
    np.testing.assert_allclose(found.estimated, [0.5, 0.3, np.nan])
    np.testing.assert_allclose(found.error, [0.0, 0.0, np.nan])
    assert found.covered == pytest.approx(0.8)
    single = area_estimates(np.diag([10, 1]), np.array([0.5, 0.5]))
    assert np.isnan(single.error).all()


def test_pixels_of_one_polygon_are_not_independent() -> None:
    true, counts = regions_of(np.random.default_rng(1), 40, 100, 0.8)
    together = intervals(true, counts)
    single = intervals(np.repeat(true, 100), np.repeat(counts // 100, 100, axis=0))
    width = np.ptp(together.overall["oa"])
    assert width > 5 * np.ptp(single.overall["oa"])
    accuracy = counts[np.arange(40), true].sum() / counts.sum()
    assert width == pytest.approx(2 * 1.96 * np.sqrt(accuracy * (1 - accuracy) / 40), rel=0.2)


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng, inside = np.random.default_rng(0), 0
    for seed in range(200):
        low, high = intervals(*regions_of(rng, 40, 25, 0.8), replicates=300, seed=seed).overall["oa"]
        inside += low <= 0.8 <= high
    assert 0.89 <= inside / 200 <= 0.99


def test_the_same_seed_gives_the_same_numbers() -> None:
    regions = regions_of(np.random.default_rng(2), 30, 5, 0.7)
    assert intervals(*regions).overall == intervals(*regions).overall
    assert intervals(*regions).overall != intervals(*regions, seed=1).overall


def test_draws_keep_the_number_of_regions_and_the_mean() -> None:
    true, counts = regions_of(np.random.default_rng(3), 50, 1, 0.6)
    drawn = np.concatenate(list(draws(true, counts, 4000)))
    assert drawn.shape == (4000, 2, 2)
    np.testing.assert_allclose(drawn.sum((1, 2)), 50)
    whole = np.zeros((2, 2))
    np.add.at(whole, true, counts)
    np.testing.assert_allclose(drawn.mean(0), whole, atol=0.3)


def test_of_a_class_with_one_region_nothing_is_said() -> None:
    true = np.array([0, 0, 0, 1])
    counts = np.array([[5, 0, 0], [4, 1, 0], [5, 0, 0], [2, 3, 0]])
    found = intervals(true, counts)
    assert np.isfinite(found.per_class["pa"][0]).all()
    assert np.isnan(found.per_class["pa"][1]).all()
    assert np.isfinite(found.per_class["ua"][1]).all()  # two regions were predicted so
    assert np.isnan(found.per_class["iou"][2]).all()
    assert found.regions.tolist() == [3, 1, 0]
    alone = intervals(true[:1], counts[:1])
    assert np.isnan([*alone.overall.values()]).all()
    assert set(alone.overall) == set(found.overall)


def test_means_do_not_jump_where_a_draw_lacks_a_rare_class() -> None:
    true = np.array([*[0] * 30, *[1] * 30, 2])
    counts = np.zeros((61, 3), np.int64)
    counts[np.arange(61), true] = 10
    counts[60] = (10, 0, 0)  # the rare class is always wrong
    low, high = intervals(true, counts).overall["aa"]
    assert low == pytest.approx(2 / 3)
    assert high == pytest.approx(2 / 3)


def test_a_tally_of_windows_is_the_matrix_of_all_pixels() -> None:
    rng = np.random.default_rng(4)
    regions = rng.integers(1, 90, (40, 50))
    true = (regions % 3).astype(np.int16)
    predicted = rng.integers(-1, 3, (40, 50))
    tally = RegionTally(3)
    for row in range(0, 40, 7):
        tally.add(regions[row : row + 7], true[row : row + 7], predicted[row : row + 7])
    np.testing.assert_array_equal(tally.matrix(), ConfusionMatrix.of(true, predicted, "abc").counts)
    classes, counts, number = tally.groups()
    np.testing.assert_array_equal(number, [29, 30, 30])
    for index, region in enumerate(sorted(range(1, 90))):
        inside = (regions == region) & (predicted >= 0)
        expected = np.bincount(predicted[inside], minlength=3)
        assert classes[index] == region % 3
        np.testing.assert_array_equal(counts[index], expected)


def test_very_many_regions_are_drawn_in_groups_of_one_class() -> None:
    true, counts = regions_of(np.random.default_rng(5), 3000, 1, 0.8)
    tally = RegionTally(2)
    tally.add(np.arange(1, 3001), true, counts.argmax(1))
    grouped_true, grouped, number = tally.groups(most=200)
    assert len(grouped_true) <= 200
    np.testing.assert_array_equal(number, np.bincount(true))
    whole = np.zeros((2, 2), np.int64)
    np.add.at(whole, grouped_true, grouped)
    np.testing.assert_array_equal(whole, tally.matrix())
    few, all_of_them = intervals(grouped_true, grouped, number), intervals(true, counts)
    assert np.ptp(few.overall["oa"]) == pytest.approx(np.ptp(all_of_them.overall["oa"]), rel=0.3)


def test_where_all_regions_agree_the_interval_is_that_of_so_many():
    """Clopper and Pearson for 20 of 20: 0.025 ** (1 / 20) = 0.8316 (scipy.stats.binomtest(20, 20).proportion_ci())."""
    true = np.repeat([0, 1], 10)
    found = intervals(true, 4 * np.eye(2, dtype=np.int64)[true])
    assert found.overall["oa"] == pytest.approx((0.83157, 1.0), abs=1e-5)
    np.testing.assert_allclose(found.per_class["pa"], [[0.69150, 1.0]] * 2, atol=1e-5)
