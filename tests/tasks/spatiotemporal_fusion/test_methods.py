"""The methods: laws that hold for each, and how good they are where the truth is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from rsfusion_qgis.tasks.spatiotemporal_fusion import estarfm, fsdaf
from rsfusion_qgis.tasks.spatiotemporal_fusion.methods import MEAN_SHIFT, PREDICTORS, REGRESSION, STARFM, UNCHANGED
from rsfusion_qgis.tasks.spatiotemporal_fusion.pair import Pair
from tests.tasks.spatiotemporal_fusion.pairs import model_of, pair_and_truth, rmse
from tests.tasks.spatiotemporal_fusion.scenes import coarse_image, fine_image

METHODS = [name for name in PREDICTORS if name not in (MEAN_SHIFT, UNCHANGED)]


@pytest.fixture(scope="module")
def exact() -> tuple[Pair, np.ndarray]:
    return pair_and_truth()


@pytest.mark.parametrize("name", METHODS)
def test_it_beats_both_baselines_with_a_perfect_coarse_sensor(name: str, exact: tuple[Pair, np.ndarray]) -> None:
    pair, truth = exact
    model = model_of(pair)
    off = rmse(PREDICTORS[name](pair, model), truth)
    assert off < 0.75 * rmse(pair.fine, truth)
    assert off < (1.0 if name == "starfm" else 0.6) * rmse(PREDICTORS[MEAN_SHIFT](pair, model), truth)


def test_the_default_beats_starfm_and_fit_fc(exact: tuple[Pair, np.ndarray]) -> None:
    """FSDAF is better here: fields of five classes are what it assumes."""
    pair, truth = exact
    off = {name: rmse(PREDICTORS[name](pair, model_of(pair)), truth) for name in METHODS}
    assert off[REGRESSION] < 0.6 * min(off["starfm"], off["fitfc"])


@pytest.mark.parametrize("name", METHODS)
def test_without_change_nothing_is_changed(name: str, exact: tuple[Pair, np.ndarray]) -> None:
    pair = replace(exact[0], second=exact[0].first)
    limit = {"fitfc": 0.4, "starfm": 0.4}.get(name, 1e-3)  # those that smooth or replace, do so without change too
    made = PREDICTORS[name](pair, model_of(pair))
    assert rmse(made, pair.fine) <= limit * float(pair.fine.std())


@pytest.mark.parametrize("name", METHODS)
def test_the_unit_of_the_coarse_image_does_not_matter(name: str, exact: tuple[Pair, np.ndarray]) -> None:
    pair = exact[0]
    other = replace(pair, first=1e-4 * pair.first - 0.1, second=1e-4 * pair.second - 0.1)
    made, again = (PREDICTORS[name](one, model_of(one)) for one in (pair, other))
    spread = float(pair.fine.std())
    assert rmse(again, made) < 1e-3 * spread
    # STARFM takes or leaves a neighbour by a hard limit, which rounding may cross
    assert (np.abs(again - made) > 0.02 * spread).mean() <= (1e-4 if name == STARFM else 0)


def test_the_default_is_consistent_with_what_a_perfect_sensor_saw(exact: tuple[Pair, np.ndarray]) -> None:
    pair, _ = exact
    model = model_of(pair)
    seen, _ = model.cells.seen(PREDICTORS[REGRESSION](pair, model), pair.valid)
    assert rmse(seen, pair.second) < 0.15 * rmse(pair.first, pair.second)


def test_with_a_useless_sensor_the_default_is_no_worse_than_the_mean_change() -> None:
    pair, truth = pair_and_truth(noise=3000.0)
    model = model_of(pair)
    shifted = rmse(PREDICTORS[MEAN_SHIFT](pair, model), truth)
    assert rmse(PREDICTORS[REGRESSION](pair, model), truth) <= 1.02 * shifted


def test_a_cell_without_data_is_bridged(exact: tuple[Pair, np.ndarray]) -> None:
    pair, truth = exact
    there = pair.there.copy()
    there[10:12, 10:12] = False
    gap = replace(pair, there=there, second=np.where(there, pair.second, np.float32(0)))
    made = PREDICTORS[REGRESSION](gap, model_of(gap))
    hole = np.s_[:, 80:96, 80:96]
    assert np.isfinite(made).all()
    assert rmse(made[hole], truth[hole]) < rmse(pair.fine[hole], truth[hole])


def test_estarfm_takes_two_pairs() -> None:
    days = {day: fine_image(240, 240, day).astype(np.float32) for day in (200, 216, 232)}
    coarse = {day: coarse_image(image).astype(np.float32) for day, image in days.items()}
    whole, there = np.ones((240, 240), bool), np.ones((30, 30), bool)
    pairs = [Pair(days[day], whole, coarse[day], coarse[216], there) for day in (200, 232)]
    made = estarfm.predict(pairs, [model_of(pair) for pair in pairs])
    assert rmse(made, days[216]) < 0.75 * min(rmse(pair.fine, days[216]) for pair in pairs)


def test_unmixing_finds_the_change_of_each_class() -> None:
    rng = np.random.default_rng(0)
    shares = rng.dirichlet(np.ones(5), 400).T
    changes = rng.normal(0, 100, (5, 3))
    np.testing.assert_allclose(fsdaf.unmix(shares, (shares.T @ changes).T), changes, atol=8.0)


def _finite(make: Callable[..., np.ndarray], pair: Pair) -> bool:
    return bool(np.isfinite(make(pair, model_of(pair))).all())


@pytest.mark.parametrize("name", list(PREDICTORS))
def test_a_constant_band_makes_no_infinite_value(name: str, exact: tuple[Pair, np.ndarray]) -> None:
    flat = [image.copy() for image in (exact[0].fine, exact[0].first, exact[0].second)]
    for image in flat:
        image[1] = 7.0
    assert _finite(PREDICTORS[name], replace(exact[0], fine=flat[0], first=flat[1], second=flat[2]))
