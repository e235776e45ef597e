"""Local regression in cells: exact where the relation is linear, local where it changes, a mean without predictors."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.tasks.cloud_removal.local_regression import WIDE_PX, LocalRegression, cell_px
from rsfusion_qgis.tasks.cloud_removal.seams import REACH_PX, membrane
from rsfusion_qgis.tasks.cloud_removal.simulation import simulated

SIDE = 192
DOMAIN = Window(0, 0, SIDE, SIDE)


def learned(
    given: np.ndarray, wanted: np.ndarray, known: np.ndarray, parts: int = 1, **more: object
) -> LocalRegression:
    made = LocalRegression(DOMAIN, len(given), len(wanted), **more)
    size = SIDE // parts
    for row in range(0, SIDE, size):
        for col in range(0, SIDE, size):
            cut = np.s_[..., row : row + size, col : col + size]
            made.add(Window(col, row, size, size), given[cut], wanted[cut], known[cut])
    made.solve()
    return made


@pytest.fixture
def scene() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(0)
    given = draw.standard_normal((3, SIDE, SIDE)).astype(np.float32)
    mixing = draw.standard_normal((2, 3)).astype(np.float32)
    known = np.ones((SIDE, SIDE), bool)
    known[60:110, 50:120] = False
    return given, np.einsum("bp,phw->bhw", mixing, given) + np.float32(0.5), known


def predicted(made: LocalRegression, given: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    rows, cols = np.nonzero(hidden)
    return made.predict(np.ascontiguousarray(given[:, rows, cols].T), rows, cols).T


@pytest.mark.parametrize("parts", [1, 4])
def test_a_linear_relation_is_found_whatever_the_windows(scene, parts: int) -> None:
    given, wanted, known = scene
    found = predicted(learned(given, wanted, known, parts), given, ~known)
    np.testing.assert_allclose(found, wanted[:, ~known], atol=0.02)


@pytest.mark.parametrize("scale", [1e-2, 1.0, 1e2])
def test_the_unit_of_the_predictors_does_not_matter(scene, scale: float) -> None:
    given, wanted, known = scene
    found = predicted(learned(given * scale + 5 * scale, wanted, known), given * scale + 5 * scale, ~known)
    np.testing.assert_allclose(found, wanted[:, ~known], atol=0.03)


def test_a_relation_that_changes_from_place_to_place(scene) -> None:
    given, _, known = scene
    wanted = given[:1] * np.linspace(0, 2, SIDE, dtype=np.float32)
    found = predicted(learned(given, wanted, known), given, ~known)
    whole = predicted(learned(given, wanted, known, reaches=(np.inf,)), given, ~known)
    errors = [np.abs(one - wanted[:, ~known]).mean() for one in (found, whole)]
    assert errors[0] < 0.7 * errors[1]


def test_without_predictors_it_is_a_mean(scene) -> None:
    _, wanted, known = scene
    nothing = np.zeros((0, SIDE, SIDE), np.float32)
    found = predicted(learned(nothing, wanted, known, reaches=WIDE_PX), nothing, ~known)
    np.testing.assert_allclose(found, np.broadcast_to(wanted[:, known].mean(axis=1)[:, None], found.shape), atol=0.05)


def test_nothing_known_gives_nothing() -> None:
    given = np.ones((1, SIDE, SIDE), np.float32)
    made = learned(given, given, np.zeros((SIDE, SIDE), bool))
    assert made.pixels == 0
    assert (predicted(made, given, np.ones((SIDE, SIDE), bool)) == 0).all()


def test_cells_are_few_in_any_scene() -> None:
    for side in (100, 3000, 10980):
        assert (side / cell_px(Window(0, 0, side, side))) ** 2 < 40000


def test_a_membrane_follows_what_is_missed_and_ends() -> None:
    known = np.ones((120, 200), bool)
    known[30:90, 30:170] = False
    missed = np.full((2, 120, 200), 0.3, np.float32)
    missed[1] = 0
    made = membrane(missed, known)
    np.testing.assert_allclose(made[0, known], 0.3, atol=1e-5)
    np.testing.assert_allclose(made[0, 30:32, 40:160], 0.3, atol=1e-3)
    far = np.s_[30 + REACH_PX + 1 : 90 - REACH_PX - 1, 30 + REACH_PX + 1 : 170 - REACH_PX - 1]
    assert (made[0][far] == 0).all() and (made[1] == 0).all()


def test_simulated_clouds_hide_clear_pixels_only_and_not_most_of_them() -> None:
    codes = np.ones((256, 256), np.uint8)
    codes[:180] = 2
    codes[250:, :40] = 5
    hidden = simulated(codes)
    assert hidden.any() and (codes[hidden] == 1).all()
    assert hidden.sum() <= 0.6 * (codes == 1).sum()
    assert not simulated(np.ones((64, 64), np.uint8)).any()
