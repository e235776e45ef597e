"""Trees that learn from clear pixels: features, learning, what is refused."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from rsfusion_qgis.tasks.cloud_removal.scene_forest import (
    LEAST_PIXELS,
    REACH_PX,
    SceneForest,
    features,
    missing_package,
)

SIDE = 64


def radar(seed: int = 0) -> np.ndarray:
    """Decibels of fields of 16 x 16 pixels with speckle."""
    rng = np.random.default_rng(seed)
    fields = np.kron(rng.uniform(-20, -6, (2, SIDE // 16, SIDE // 16)), np.ones((1, 16, 16)))
    return (fields + rng.normal(0, 1, (2, SIDE, SIDE))).astype(np.float32)


def test_features_of_a_uniform_image_are_uniform_beside_holes_too() -> None:
    sar, there = np.full((2, SIDE, SIDE), -12, np.float32), np.ones((SIDE, SIDE), bool)
    sar[:, 20:40, 10:30] = -1e6
    there[20:40, 10:30] = False
    made = features(sar, there, 5, 7)
    np.testing.assert_allclose(made[:10, there], -12, atol=1e-4)
    np.testing.assert_allclose(made[10, there], 0, atol=1e-4)
    assert made[11, 0, 0] == 5 and made[12, 0, 0] == 7, "the place in the scene"


def test_features_depend_on_nothing_beyond_their_reach() -> None:
    sar, there = radar(), np.ones((SIDE, SIDE), bool)
    whole = features(sar, there, 0, 0)
    part = features(sar[:, 8:], there[8:], 0, 8)
    np.testing.assert_allclose(part[:, REACH_PX:], whole[:, 8 + REACH_PX :], atol=1e-3)
    assert not np.allclose(part[:, :REACH_PX], whole[:, 8 : 8 + REACH_PX], atol=1e-3)


def test_the_forest_learns_what_backscatter_says() -> None:
    sar, there = radar(), np.ones((SIDE, SIDE), bool)
    truth = 0.3 + 0.01 * np.kron(sar.reshape(2, 4, 16, 4, 16).mean((2, 4)), np.ones((1, 16, 16)))
    known, hidden = features(sar, there, 0, 0), np.zeros((SIDE, SIDE), bool)
    hidden[24:40, 24:40] = True
    forest = SceneForest()
    forest.add(known[:, ~hidden].T, truth[:, ~hidden].T)
    assert forest.learn() and forest.pixels == (~hidden).sum()
    found = forest.estimate(known[:, hidden].T).T
    mean = truth[:, ~hidden].mean(1, keepdims=True)
    assert np.abs(found - truth[:, hidden]).mean() < 0.6 * np.abs(mean - truth[:, hidden]).mean()
    again = SceneForest()
    again.add(known[:, ~hidden].T, truth[:, ~hidden].T)
    again.learn()
    np.testing.assert_array_equal(again.estimate(known[:, hidden].T).T, found)


def test_too_few_pixels_teach_nothing() -> None:
    forest = SceneForest()
    forest.add(np.zeros((LEAST_PIXELS - 1, 3), np.float32), np.zeros((LEAST_PIXELS - 1, 2), np.float32))
    assert not forest.learn()


def test_a_package_that_is_missing_or_broken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing_package() == ""
    for module in [name for name in sys.modules if name.split(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, module)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "meta_path", [])
        assert missing_package() == "the Python package scikit-learn is not installed"
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    assert "scikit-learn cannot be imported (import of sklearn.ensemble halted" in missing_package()
