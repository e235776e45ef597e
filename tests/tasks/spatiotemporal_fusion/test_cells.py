"""Fine pixels and cells: weights sum to one, parts equal the whole, and the blur is that of the sensor."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.tasks.spatiotemporal_fusion.cells import Cells, banded, sampling, smooth

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("side", [2, 5, 8])
def test_without_blur_a_cell_is_the_mean_of_its_pixels(side: int) -> None:
    fine = RNG.random((2, 6 * side, 7 * side)).astype(np.float32)
    seen, share = Cells(side, side, 0.0).seen(fine, np.ones(fine.shape[1:], bool))
    np.testing.assert_allclose(seen, fine.reshape(2, 6, side, 7, side).mean(axis=(2, 4)), rtol=1e-5)
    np.testing.assert_allclose(share, 1, rtol=1e-5)


@pytest.mark.parametrize(("side", "pixel", "sigma"), [(8, 8.0, 4.0), (5, 7.3, 2.0), (6, 6.0, 0.3), (2, 15.4, 3.0)])
def test_weights_have_the_variance_of_a_square_and_a_gaussian(side: int, pixel: float, sigma: float) -> None:
    size = 40 * side
    row = sampling(size, side, pixel, sigma)[20].astype(np.float64)
    place = np.arange(size) - (20.5 * side - 0.5)
    assert row.sum() == pytest.approx(1, abs=1e-3)
    assert (row * place).sum() == pytest.approx(0, abs=1e-3)
    wanted = (pixel**2 + 1) / 12 + sigma**2  # the fine pixels are squares, too
    assert (row * place**2).sum() == pytest.approx(wanted, rel=0.06)


def test_invalid_pixels_are_left_out() -> None:
    fine = np.full((1, 40, 40), 5.0, np.float32)
    valid = np.ones((40, 40), bool)
    valid[:20] = False
    seen, share = Cells(8, 8, 0.0).seen(np.where(valid, fine, 1e9), valid)
    np.testing.assert_allclose(seen[0, 3:], 5.0, rtol=1e-5)
    np.testing.assert_allclose(share[:, 0], [0, 0, 0.5, 1, 1], atol=1e-5)


def test_a_plane_of_cells_is_a_plane_of_pixels_inside() -> None:
    rows, cols = np.mgrid[0:6, 0:7].astype(np.float32)
    fine = Cells(4, 4, 0.0).spread(2 * rows + cols)
    down, across = (np.arange(4 * size) / 4 + 0.125 - 0.5 for size in (6, 7))
    plane = 2 * down[:, None] + across
    np.testing.assert_allclose(fine[2:-2, 2:-2], plane[2:-2, 2:-2], atol=1e-5)


@pytest.mark.parametrize("side", [1, 2, 3, 8, 15])
def test_a_field_is_linear_between_the_centres_of_cells_and_constant_beyond(side: int) -> None:
    field = RNG.standard_normal((2, 7, 5)).astype(np.float32)
    places = [(np.arange(size * side) + 0.5) / side - 0.5 for size in field.shape[1:]]
    wanted = np.apply_along_axis(lambda line: np.interp(places[0], range(7), line), 1, field)
    wanted = np.apply_along_axis(lambda line: np.interp(places[1], range(5), line), 2, wanted)
    np.testing.assert_allclose(Cells(side, side, 0.0).spread(field), wanted, atol=1e-5)


@pytest.mark.parametrize("moves", [(0.0,), (-7.0, 0.5, 12.0)])
def test_leaving_out_zeros_changes_no_product(moves: tuple[float, ...]) -> None:
    weights = np.stack([sampling(110, 5, 5.0, 4.0, move) for move in moves], axis=1).reshape(-1, 110)
    values = RNG.random((2, 110, 30)).astype(np.float32)
    np.testing.assert_allclose(banded(weights, values, len(moves)), weights @ values, rtol=1e-5, atol=1e-6)


def test_a_mean_over_neighbours_keeps_a_constant_whatever_is_missing() -> None:
    weight = (RNG.random((20, 20)) > 0.3).astype(np.float32)
    np.testing.assert_allclose(smooth(np.full((20, 20), 3.0, np.float32), weight, 2.0), 3.0, rtol=1e-4)


def test_a_part_gives_what_the_whole_gives() -> None:
    cells, fine = Cells(4, 4, 3.0), RNG.random((1, 160, 160)).astype(np.float32)
    whole, _ = cells.seen(fine, np.ones((160, 160), bool))
    part, _ = cells.seen(fine[:, 40:120, 40:120], np.ones((80, 80), bool))
    around = -(-cells.reach // 4)
    np.testing.assert_allclose(part[:, around:-around, around:-around],
                               whole[:, 10 + around : 30 - around, 10 + around : 30 - around], rtol=1e-5)  # fmt: skip
