"""What is measured on a pair: slope, offset, noise, and how far change is trusted."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.tasks.spatiotemporal_fusion.agreement import LEVELS, gather, levels
from rsfusion_qgis.tasks.spatiotemporal_fusion.guard import CONTAMINATED, contamination_of
from rsfusion_qgis.tasks.spatiotemporal_fusion.pair import Pair
from tests.tasks.spatiotemporal_fusion.pairs import model_of, pair_and_truth
from tests.tasks.spatiotemporal_fusion.scenes import coarse_image, fine_image


def test_levels_add_up() -> None:
    field = np.random.default_rng(0).random((2, 30, 30)).astype(np.float32)
    parts = levels(field, np.ones((30, 30), np.float32))
    assert parts.shape == (LEVELS, 2, 30, 30)
    np.testing.assert_allclose(parts.sum(axis=0), field, atol=1e-5)


def test_moments_of_parts_add_up() -> None:
    images = np.random.default_rng(0).random((3, 1, 12, 40)).astype(np.float32)
    weight = np.ones((12, 40), np.float32)
    whole = gather(*images, weight, (slice(None), slice(None)))
    assert whole.count.tolist() == [480.0]
    np.testing.assert_allclose(whole.means[0], images.mean(axis=(1, 2, 3)), rtol=1e-5)
    twice = whole + whole
    np.testing.assert_allclose(twice.covariances, whole.covariances, rtol=1e-6)


@pytest.mark.parametrize("gain", [1.0, 1e-4, 7.0])
def test_a_perfect_coarse_sensor_is_believed_whatever_its_unit(gain: float) -> None:
    pair, truth = pair_and_truth(gain=gain)
    for band, one in enumerate(model_of(pair).bands):
        assert one.slope == pytest.approx(1 / gain, rel=1e-3)
        assert one.offset == pytest.approx(0, abs=3.0)
        assert one.agrees == pytest.approx(1, abs=1e-4)
        assert one.shift == pytest.approx((truth - pair.fine)[band].mean(), rel=0.01, abs=1.0)
        assert min(one.trust) > 0.99 and one.belief > 0.99


def test_the_slope_of_a_noisy_sensor_is_not_drawn_towards_zero() -> None:
    pair, _ = pair_and_truth(noise=300.0)
    seen_by_regression = []
    for band, one in enumerate(model_of(pair).bands):
        assert 0.3 < one.agrees < 0.95
        assert one.slope == pytest.approx(1, abs=0.25)
        seen = model_of(pair).cells.seen(pair.fine, pair.valid)[0][band]
        seen_by_regression.append(np.polyfit(pair.first[band].ravel(), seen.ravel(), 1)[0])
    assert max(seen_by_regression) < 0.9


def test_known_scales_draw_the_slope_towards_theirs() -> None:
    pair, _ = pair_and_truth(noise=300.0)
    plain, known = model_of(pair), model_of(pair, np.full(2, 1.0))
    for one, other in zip(plain.bands, known.bands):
        assert abs(np.log(other.slope)) <= abs(np.log(one.slope)) + 1e-9


def test_noise_takes_trust_away_step_by_step() -> None:
    beliefs = [np.mean([one.belief for one in model_of(pair_and_truth(noise)[0]).bands]) for noise in (0, 30, 100, 400)]
    assert beliefs == sorted(beliefs, reverse=True)
    assert beliefs[0] > 0.99 and beliefs[-1] < 0.3


def test_the_right_blur_agrees_best() -> None:
    pair, _ = pair_and_truth()
    agree = {sigma: np.mean([one.agrees for one in model_of(pair, sigma=sigma).bands]) for sigma in (0.0, 4.0, 11.0)}
    assert max(agree, key=agree.get) == 0.0


def test_clouds_in_a_coarse_image_are_contamination_and_real_change_is_not() -> None:
    pair, _ = pair_and_truth(noise=150.0)
    assert contamination_of(model_of(pair), "2016-08-19") == ""
    clouds = 4000 * (np.random.default_rng(5).random(pair.there.shape) > 0.8)
    cloudy = Pair(pair.fine, pair.valid, pair.first, pair.second + clouds.astype(np.float32), pair.there)
    words = contamination_of(model_of(cloudy), "2016-08-19")
    assert "2016-08-19 contradict each other" in words and f"limit {CONTAMINATED:g}" in words
    first, other = fine_image(240, 240, 200).astype(np.float32), fine_image(240, 240, 200, seed=9)
    changed = Pair(first, pair.valid, coarse_image(first).astype(np.float32), coarse_image(other).astype(np.float32),
                   pair.there)  # fmt: skip
    assert contamination_of(model_of(changed), "2016-08-19") == ""
