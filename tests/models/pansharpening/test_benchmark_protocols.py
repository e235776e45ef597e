"""What the methods are given: noise put back, MS on the pan, and the place of the reference that suits a result."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from models.pansharpening import classical
from models.pansharpening.benchmark import protocols, wald
from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.benchmark.place import Movable, best_place
from rsfusion_qgis.core.sensors.catalogue import Sensor
from tests.models.pansharpening.made_scenes import GAINS, make_scene, rms

SENSOR = Sensor("made", GAINS, 0.3)


def make_pair(shift: tuple[float, float]) -> Pair:
    """MS lies `shift` off its nominal place on the pan."""
    fine, pan = make_scene(seed=4)
    return Pair("pair", wald.degrade(fine, 4, GAINS, [shift] * 3), pan, 4, SENSOR)


def flat_pair(noise: float) -> Pair:
    """Hardly anything but noise."""
    rng, slope = np.random.default_rng(9), np.linspace(100, 101, 512)
    pan = np.broadcast_to(slope[:, None], (1, 512, 512))
    ms = np.broadcast_to(slope[::4, None], (3, 128, 128))
    return Pair("flat", ms + noise * rng.normal(size=ms.shape), pan + noise * rng.normal(size=pan.shape), 4, SENSOR)


# --- noise


def test_noise_is_put_back_as_strong_as_it_was() -> None:
    """White noise of 5 is 0.7 of that after the reduction of a gain of 0.3, and 5 again after the rest is added."""
    pair = flat_pair(5.0)
    clean = protocols.coregistered_test(pair)
    noisy = protocols.noisy_test(pair, clean)
    for before, after in ((clean.ms, noisy.ms), (clean.pan, noisy.pan)):
        flat = after - ndimage.gaussian_filter(before, (0, 0, 9))
        assert np.std(before - ndimage.gaussian_filter(before, (0, 0, 9))) < 1.5
        assert np.std(flat[:, 4:-4, 4:-4]) == pytest.approx(5.0, rel=0.15)
    assert (noisy.reference == clean.reference).all()


def test_the_noise_is_always_the_same_and_its_own_in_each_band() -> None:
    pair = flat_pair(5.0)
    clean = protocols.coregistered_test(pair)
    first, second = (protocols.noisy_test(pair, clean) for _ in range(2))
    assert (first.ms == second.ms).all() and (first.pan == second.pan).all()
    added = (first.ms - clean.ms).reshape(3, -1)
    assert np.abs(np.corrcoef(added) - np.eye(3)).max() < 0.15


def test_a_pair_reduced_by_its_source_gets_the_noise_of_its_reference() -> None:
    whole = flat_pair(5.0)
    reduced = protocols.coregistered_test(whole)
    pair = Pair("given", reduced.ms, reduced.pan, 4, SENSOR, reference=whole.ms)
    noisy = protocols.noisy_test(pair, protocols.coregistered_test(pair))
    flat = noisy.ms - ndimage.gaussian_filter(reduced.ms, (0, 0, 9))
    assert np.std(flat[:, 4:-4, 4:-4]) == pytest.approx(5.0, rel=0.15)


# --- MS on the pan


def test_ms_is_brought_onto_the_pan() -> None:
    off, straight = (protocols.eye_test(make_pair(shift)) for shift in ((1.4, -0.9), (0.0, 0.0)))
    as_it_comes = classical.interpolate(make_pair((1.4, -0.9)).ms, 4, (256, 256))
    assert off.expanded.shape == (3, 256, 256)
    assert rms(off.expanded, straight.expanded) < 0.3 * rms(as_it_comes, straight.expanded)
    assert off.contrast.spreads == pytest.approx(straight.contrast.spreads, rel=0.05)


# --- the place of the reference


def test_an_image_is_moved_by_parts_of_a_pixel() -> None:
    image = np.random.default_rng(1).normal(size=(2, 40, 52)).cumsum(1).cumsum(2)
    movable = Movable(image)
    np.testing.assert_allclose(movable.at((0.0, 0.0)), image, atol=1e-9)
    np.testing.assert_allclose(movable.at((2.0, -1.0))[:, 2:, :-1], image[:, :-2, 1:], atol=1e-9)


def test_the_best_place_is_where_the_result_lies() -> None:
    fine, _ = make_scene(seed=4)
    fused = ndimage.shift(fine, (0, 0.62, -0.37), order=5, mode="nearest")
    np.testing.assert_allclose(best_place(fused, Movable(fine)), (0.62, -0.37), atol=0.02)


def test_a_result_on_the_pan_is_judged_like_one_on_the_ms() -> None:
    """One method, fused where the pan is and where the MS is: only the place differs, and it counts no more."""
    shift, gains = (1.4, -0.9), GAINS
    as_it_comes = protocols.reduced_test(make_pair(shift))
    movable = Movable(as_it_comes.reference)
    plain = classical.exp(as_it_comes.ms, as_it_comes.pan, 4, gains)
    moved = ndimage.shift(plain, (0, 0.35, -0.22), order=5, mode="nearest")  # as a pan pixel is 4 times smaller
    errors = [rms(fused, movable.at(best_place(fused, movable))) for fused in (plain, moved)]
    assert errors[1] == pytest.approx(errors[0], rel=0.03)
    assert rms(moved, as_it_comes.reference) > 1.01 * errors[0]


def test_no_place_is_worse_than_none() -> None:
    rng = np.random.default_rng(2)
    fused, reference = rng.normal(5, 1, (2, 2, 64, 64))
    movable = Movable(reference)
    off = wald.inner(fused - movable.at(best_place(fused, movable)))
    assert (off**2).sum() <= (wald.inner(fused - reference) ** 2).sum()
