"""Every method on a generated scene: better than the mean in blocks left out, with one raster absent, and as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from models.land_cover.losses import neighbouring, ordered_loss
from models.regression.estimators.closed_form import Rows, plsr_path
from models.regression.fitting import ALL_THERE, Recipe, validate
from models.regression.intervals import Offsets, WithInterval, measured, offsets_of
from models.regression.material import bins_of, dealt_folds, number_chips, number_scene, targets_of
from models.regression.train import work
from rsfusion_qgis.core.networks.card_files import read_card
from tests.tasks.regression.scene import write_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return write_scene(tmp_path_factory.mktemp("scene"), size=64)


def chips_of(scene: dict[str, Any], halo: int = 3) -> list[Any]:
    number = scene["number"]
    known = np.zeros(number.shape, bool)
    known[::2, ::2] = True
    cells = (np.arange(64) // 8)[:, None] * 8 + np.arange(64) // 8 + 1
    valid = dict.fromkeys(scene["rasters"], np.ones(number.shape, bool))
    rasters = {role: values.astype(np.float32) for role, values in scene["rasters"].items()}
    return number_chips(number_scene(rasters, valid, number, np.where(known, cells, 0).astype(np.int32), known), halo)


@pytest.mark.parametrize("method, steps", [("plsr", 0), ("krr", 0), ("forest", 0), ("pixel_context_fusion", 60)])
def test_each_method_is_better_than_the_mean_and_bears_an_absent_raster(
    scene: dict[str, Any], method: str, steps: int
) -> None:
    if method == "forest":
        pytest.importorskip("sklearn")
    chips = chips_of(scene)
    fold_of, blocks, _ = dealt_folds(chips, 3, 0.0, 1)
    assert blocks >= 9 and set(fold_of.values()) == {0, 1, 2}
    found = validate(chips, fold_of, Recipe(method, 5.0, ("hs", "lidar"), threads=1, steps=steps))
    np.testing.assert_allclose(np.sort(found.truth), np.sort(targets_of(chips)))
    quality = {role: measured(found, role, 0.9) for role in found.estimates}
    assert set(quality) == {ALL_THERE, "hs", "lidar"}
    assert quality[ALL_THERE].r2 > (0.6 if steps else 0.85)
    for role in ("hs", "lidar"):
        assert 0 < quality[role].r2 < quality[ALL_THERE].r2, role
        assert quality[role].width > quality[ALL_THERE].width


@pytest.mark.parametrize("method", ["forest", "krr", "endnet"])
def test_the_file_is_what_was_trained(scene: dict[str, Any], tmp_path: Path, method: str) -> None:
    """`write_estimate` compares file and torch itself, and refuses what differs."""
    if method == "forest":
        pytest.importorskip("sklearn")
    output = tmp_path / "net.onnx"
    found = work({
        "inputs": {"hs": scene["hs"], "lidar": scene["lidar"]}, "policy": "warn", "grid": "", "architecture": method,
        "samples": {"path": scene["values"], "field": "", "layer": "", "parameter": "VALUES", "label": ""},
        "minutes": 1.0, "steps": 5, "coverage": 0.9, "absent": "any", "folds": 3, "block": 0.0, "seed": 1, "threads": 1,
        "output": str(output), "name": "biomass"})  # fmt: skip
    assert found["SAMPLE_PIXELS"] == 64 * 64
    card = read_card(output)
    assert [one.name for one in card.outputs] == ["value", "interval"] and not any(s.required for s in card.inputs)


def test_partial_least_squares_is_least_squares_with_all_components() -> None:
    draw = np.random.default_rng(2)
    x = draw.normal(size=(80, 5)) @ draw.normal(size=(5, 5))
    y = x @ [1.0, -2.0, 0.5, 0.0, 3.0] + 7 + 0.1 * draw.normal(size=80)
    weights, offset = plsr_path(Rows(x, y), 9)[-1]
    plain, *_ = np.linalg.lstsq(np.column_stack([x, np.ones(80)]), y, rcond=None)
    np.testing.assert_allclose([*weights, offset], plain, rtol=1e-6)


def test_partial_least_squares_as_scikit_learn() -> None:
    cross_decomposition = pytest.importorskip("sklearn.cross_decomposition")
    draw = np.random.default_rng(3)
    x = draw.normal(size=(60, 12)) @ draw.normal(size=(12, 12))
    y = x[:, 0] - x[:, 5] + draw.normal(size=60)
    weights, offset = plsr_path(Rows(x, y), 3)[-1]
    theirs = cross_decomposition.PLSRegression(3).fit(x, y)
    np.testing.assert_allclose(x @ weights + offset, theirs.predict(x).ravel(), rtol=1e-5, atol=1e-6)


def test_intervals_cover_as_often_as_they_say_where_errors_are_alike() -> None:
    draw = np.random.default_rng(4)
    estimates = draw.uniform(0, 30, 6000)
    truth = estimates + draw.normal(size=6000) * (0.5 + estimates / 10)
    offsets = offsets_of(estimates[:3000], truth[:3000], 0.9)
    low, high = offsets.ends(estimates[3000:])
    assert 0.88 < ((truth[3000:] >= low) & (truth[3000:] <= high)).mean() < 0.92
    assert offsets.high[-1] > 3 * offsets.high[0]


def test_ends_in_the_network_are_those_of_numpy() -> None:
    class Plain(torch.nn.Module):
        halo, multiple_of = 0, 1

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x

    from models.regression.estimators.base import Fit

    offsets = Offsets((1.0, 4.0, 9.0), (-1.0, -3.0, -2.0), (0.5, 2.0, 7.0))
    fit = Fit(Plain(), ("hs",), (), None, "", 0.0)
    values = np.linspace(-3, 14, 40)
    _, ends = WithInterval(fit, {ALL_THERE: offsets}, (-100.0, 100.0))(torch.tensor(values)[None, None, None])
    np.testing.assert_allclose(ends[0, :, 0], offsets.ends(values), rtol=1e-6)


def test_bins_hold_samples_and_the_loss_prefers_near_bins() -> None:
    draw = np.random.default_rng(5)
    values = np.concatenate([np.zeros(400), draw.gamma(3, 5, 600)])
    bins = bins_of(values)
    held = np.bincount(bins.of(values), minlength=len(bins.centres))
    assert held.min() >= 4 and (np.diff(bins.centres) > 0).all() and len(bins.centres) > 10
    centres = torch.tensor([0.0, 1.0, 2.0, 8.0])
    np.testing.assert_allclose(neighbouring(centres).sum(1), 1.0, rtol=1e-6)
    labels = torch.zeros(1, 1, 1, dtype=torch.long)
    losses = []
    for guess in range(4):
        logits = torch.full((1, 4, 1, 1), -4.0)
        logits[0, guess] = 4.0
        losses.append(float(ordered_loss((logits,), torch.zeros(()), labels, centres)))
    assert losses == sorted(losses)
