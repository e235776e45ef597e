"""Training on arrays: a city where only height tells some classes apart, few samples, resumption, missing rasters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from models.land_cover import generated_city
from models.land_cover.benchmark import run as hs_lidar
from models.land_cover.benchmark.methods import Method, run
from models.land_cover.calibration import ALL_THERE, calibrated, calibration_error
from models.land_cover.fitting import fit
from models.land_cover.prediction import predict
from models.land_cover.samples.scenes import UNLABELLED, cut_chips
from models.land_cover.samples.split import TEST, TRAINING, VALIDATION, split_regions
from models.land_cover.settings import Settings, network_for
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.measures.classes.confusion import overall_measures

CLASSES = generated_city.CLASSES
BOTH = ("hs", "lidar")
SHORT = Settings(minutes=5, most_steps=60, threads=1, batch=16, seed=1, refit=False)


@pytest.fixture(scope="module")
def cities():
    """One city to learn from, another to be judged by."""
    learned, shown = (generated_city.city(seed, 132, 132, 32) for seed in (11, 12))
    return generated_city.samples(learned, 10, 1), generated_city.scene(shown)


def accuracy(method, cities, settings=SHORT):
    learned = run(method, [cities[0]], None, [cities[1]], CLASSES, settings)
    return float((learned.predicted[0] == cities[1].labels).mean())


def test_height_is_decisive_where_spectra_are_the_same(cities):
    settings = replace(SHORT, most_steps=100)
    assert accuracy(hs_lidar.FUSED, cities, settings) >= 0.95
    assert accuracy(hs_lidar.SINGLE[0], cities, settings) < 0.8


@pytest.mark.parametrize("architecture", ["two_branch_cnn", "endnet"])
def test_other_networks_learn_it_too(cities, architecture):
    assert accuracy(Method(architecture, BOTH, architecture), cities) > 0.75


def trained(scene, settings, **more):
    bands = {role: len(values) for role, values in scene.inputs.items()}
    chips = cut_chips(scene, network_for(settings, bands, len(CLASSES)).halo)
    split = split_regions(chips, CLASSES, 1)
    return fit(split.of(TRAINING), split.of(VALIDATION), CLASSES, settings, **more), split


def test_the_same_seed_gives_the_same_network_and_a_state_goes_on(cities, tmp_path):
    settings = replace(SHORT, most_steps=6)
    whole, _ = trained(cities[0], settings)
    again, _ = trained(cities[0], settings)
    state = tmp_path / "state.pt"
    trained(cities[0], replace(settings, most_steps=3), checkpoint=state)
    resumed, _ = trained(cities[0], settings, checkpoint=state)
    assert resumed.steps == whole.steps == 6
    scene = cities[0]
    first, second = (predict(one, scene.inputs, scene.valid)[1] for one in (whole, again))
    np.testing.assert_allclose(first, second, atol=1e-6)
    with pytest.raises(InputError, match="another seed"):
        trained(cities[0], replace(settings, seed=2), checkpoint=state)


def test_a_second_training_has_all_samples(cities, tmp_path):
    """It takes the weights of the experts from the first, lasts as long as that was best, and can be gone on with."""
    settings, state = replace(SHORT, most_steps=8, refit=True), tmp_path / "state.pt"
    fitted, split = trained(cities[0], settings, checkpoint=state)
    best = max(check.steps for check in fitted.history if check.best)
    assert fitted.steps == 8 + best and "trained anew on all samples" in fitted.ending
    assert fitted.rehearsal is not None
    assert torch.equal(fitted.network.weights, fitted.rehearsal.weights)
    again, _ = trained(cities[0], settings, checkpoint=state)
    assert again.steps == fitted.steps
    scene = cities[0]
    first, second = (predict(one, scene.inputs, scene.valid)[1] for one in (fitted, again))
    np.testing.assert_allclose(first, second, atol=1e-6)
    rehearsed = replace(fitted, network=fitted.rehearsal, rehearsal=None)
    assert calibrated(fitted, split.of(VALIDATION))[1] == calibrated(rehearsed, split.of(VALIDATION))[1]
    assert np.abs(predict(rehearsed, scene.inputs, scene.valid)[1] - first).max() > 1e-4


def test_pixels_without_surroundings(cities):
    """A list of single pixels teaches, and each is told by itself."""
    scene = cities[0]
    pixels = []
    for number, (row, col) in enumerate(np.argwhere(scene.labels != UNLABELLED)[::4]):
        at = np.s_[..., row:row + 1, col:col + 1]
        inputs, valid = ({role: values[at] for role, values in one.items()} for one in (scene.inputs, scene.valid))
        pixels.append(replace(scene, inputs=inputs, valid=valid, labels=scene.labels[at],
                              regions=np.full((1, 1), number + 1, np.int32)))
    learned = run(Method("EndNet", BOTH, "endnet"), pixels[::2], None, pixels[1::2], CLASSES, SHORT)
    right = [int(found[0, 0] == one.labels[0, 0]) for found, one in zip(learned.predicted, pixels[1::2])]
    assert np.mean(right) > 0.8


def test_confidence_is_lower_without_the_lidar(cities):
    fitted, split = trained(cities[0], SHORT)
    fitted, found = calibrated(fitted, split.of(VALIDATION))
    assert {one.absent for one in found} == {ALL_THERE, "lidar"}
    scene = cities[1]
    sure = [predict(fitted, scene.inputs, scene.valid, absent)[1].max(axis=0).mean() for absent in ((), ("lidar",))]
    assert sure[1] < sure[0] - 0.05


def test_no_pixel_of_a_region_is_on_two_sides(cities):
    _, split = trained(cities[0], replace(SHORT, most_steps=1))
    sides = [{int(r) for chip in split.of(role) for r in np.unique(chip.regions) if r} for role in
             (TRAINING, VALIDATION, TEST)]  # fmt: skip
    assert all(sides)
    assert not sides[0] & sides[1] and not sides[0] & sides[2] and not sides[1] & sides[2]


def test_calibration_error_of_honest_and_of_boasting_probabilities():
    draw = np.random.default_rng(0)
    labels = (draw.random(4000) < 0.7).astype(int)
    honest = np.tile([0.3, 0.7], (4000, 1))
    assert calibration_error(honest, labels) < 0.02
    assert calibration_error(np.tile([0.01, 0.99], (4000, 1)), labels) == pytest.approx(0.29, abs=0.02)


def test_the_table_of_the_benchmark(cities):
    """Two methods on two folds of small scenes; ours is compared with the other, fold by fold."""
    scenes = [replace(cities[0], labels=np.where(np.arange(132) < 66, cities[0].labels, UNLABELLED)[:, :]), cities[0]]
    scenes = [replace(s, regions=np.where(s.labels == UNLABELLED, 0, s.regions)) for s in scenes]
    methods = (Method("EndNet", BOTH, "endnet"), hs_lidar.FUSED)
    found = hs_lidar.cross_validated(scenes, [0, 1], CLASSES, replace(SHORT, most_steps=3), False, 1, methods)
    lines = hs_lidar.table(found)
    assert len(lines) == 4
    assert "of 2 | p = " in lines[2]
    assert 0 <= float(overall_measures(found["EndNet"][0][0].sum(0))["oa"]) <= 1
