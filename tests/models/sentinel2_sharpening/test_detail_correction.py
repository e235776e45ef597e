"""The network that corrects sharpened bands of 20 m, and what it learns from."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
import torch

from models.sentinel2_sharpening import examples, train
from models.sentinel2_sharpening.benchmark import Pair, gains_of, ours
from models.sentinel2_sharpening.detail_correction import DetailCorrection
from models.sentinel2_sharpening.regression import regressed
from rsfusion_qgis.core.grid.degradation import degrade
from tests.tasks.sentinel2_sharpening.products import MIXES
from tests.tasks.sentinel2_sharpening.scenes import fields


@pytest.fixture(scope="module")
def truth() -> examples.Truth:
    fine = fields(96, 96)
    coarse = degrade(np.tensordot(MIXES[:6], fine, 1), 2, examples.COARSE_GAINS)
    return examples.Truth("generated", fine, coarse)


def given(rows: int = 40, cols: int = 48, seed: int = 1) -> tuple[torch.Tensor, ...]:
    draw = torch.Generator().manual_seed(seed)
    return tuple(torch.randn(1, bands, rows, cols, generator=draw) for bands in (4, 6, 6))


def trained(network: torch.nn.Module) -> torch.nn.Module:
    draw = torch.Generator().manual_seed(2)
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_(0.2 * torch.randn(weight.shape, generator=draw))
    return network.eval()


def test_before_training_it_changes_nothing() -> None:
    fine, coarse, sharp = given()
    assert torch.equal(DetailCorrection()(fine, coarse, sharp), sharp)


def test_it_is_small() -> None:
    assert sum(weight.numel() for weight in DetailCorrection().parameters()) <= 50_000


def test_nothing_beyond_its_halo_matters() -> None:
    network, halo = trained(DetailCorrection(8)), DetailCorrection().halo
    fine, coarse, sharp = given(80, 80)
    row = col = 40
    near = tuple(part[..., row - halo : row + halo + 1, col - halo : col + halo + 1] for part in (fine, coarse, sharp))
    with torch.no_grad():
        whole, alone = network(fine, coarse, sharp), network(*near)
    torch.testing.assert_close(alone[..., halo, halo], whole[..., row, col], rtol=1e-4, atol=1e-4)


def test_an_offset_of_the_scene_changes_no_correction() -> None:
    network, (fine, coarse, sharp) = trained(DetailCorrection(8)), given()
    with torch.no_grad():
        moved = network(fine + 3, coarse + 3, sharp + 3) - (sharp + 3)
        torch.testing.assert_close(moved, network(fine, coarse, sharp) - sharp, rtol=1e-3, atol=1e-3)


def test_the_regression_of_the_training_is_that_of_a_run(truth: examples.Truth) -> None:
    fine, coarse = examples.degraded(truth, examples.Trouble(), np.random.default_rng(1))
    found = regressed(fine, coarse, examples.COARSE_GAINS, 2).sharp
    by_run = ours(Pair(fine, coarse, np.empty((6, 0, 0)), 2, gains_of(20)))
    inner = np.s_[:, 12:-12, 12:-12]
    assert np.abs(found - by_run)[inner].max() < 0.02 * by_run.std()


def test_trouble_does_what_it_says(truth: examples.Truth) -> None:
    random = np.random.default_rng(1)
    _, plain = examples.degraded(truth, examples.Trouble(), random)
    _, softer = examples.degraded(truth, examples.Trouble(blur=1.4), random)
    _, noisy = examples.degraded(truth, examples.Trouble(noise=0.05), random)
    assert softer.std() < plain.std()
    share = (noisy - plain).std((1, 2)) / plain.mean((1, 2))
    np.testing.assert_allclose(share, 0.05, rtol=0.1)


def test_no_scene_is_trained_on_and_held() -> None:
    assert not set(examples.SPLIT["training"]) & set(examples.SPLIT["held"])


def test_a_correction_that_the_sensor_sees_is_taken_back() -> None:
    sensor = train.Sensor()
    flat, strength = (torch.ones(1, 6, side, side) for side in (train.CHIP_PX, train.CHIP_PX // 2))
    assert sensor.invisible(flat, strength).abs().max() < 1e-4
    assert torch.equal(sensor.invisible(flat, 0 * strength), flat)


def test_it_learns_keeps_its_state_and_goes_on(truth: examples.Truth, tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    batches = train.chips([examples.example(truth, examples.drawn(random), random) for _ in range(2)], random)
    wanted = argparse.Namespace(minutes=0.05, out=tmp_path, seed=1, set=["width=8", "blocks=1"])
    run = train.Run(wanted, ["generated"])
    before = train.loss_of(run.network, train.Sensor(), next(batches)).item()
    assert before == pytest.approx(1.0)
    train.learn(run, batches, wanted)
    assert run.record["step"] > 2 and (tmp_path / "checkpoint.pt").is_file()
    again = train.Run(wanted, ["generated"])
    again.take_over(torch.load(tmp_path / "state.pt", weights_only=True))
    assert again.record["step"] == run.record["step"]
