"""The network of cloud masks: what it looks at, what it learns from, and one training from scenes to a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from models.cloud_removal.mask_network import fitting, network, train
from models.cloud_removal.mask_network.examples import (
    CLEAR,
    CLOUD,
    SHADOW,
    Ground,
    Pair,
    carried,
    classes_of,
    fed,
    skies,
)
from rsfusion_qgis.core.networks.card_files import read_card
from tests.core.sensors.clouds.skies import LEVEL_1C
from tests.models.cloud_removal.test_mask_benchmark import pair


def test_a_member_says_what_its_perceptron_says_of_every_pixel() -> None:
    torch.manual_seed(0)
    perceptron = network.Perceptron()
    perceptron.spread.uniform_(0.5, 2)
    perceptron.mean.uniform_(-1, 1)
    optical = 0.5 * torch.rand(1, len(network.BANDS), 48, 64)
    optical[:, 0] = network.ABSENT
    found = torch.softmax(perceptron(network.flat(optical)[0].flatten(1).T), dim=1).T.reshape(1, 4, 48, 64)
    made = network.Member(perceptron)(*network.features(optical))
    torch.testing.assert_close(made, found, rtol=0, atol=1e-5)


def test_what_it_looks_at_ends_within_its_halo() -> None:
    optical = torch.full((1, len(network.BANDS), 272, 272), 0.1)
    other = optical.clone()
    other[:, :, :, :40] = 0.6
    found, changed = network.flat(optical), network.flat(other)
    first = 40 + network.HALO
    assert torch.equal(found[..., first:], changed[..., first:]) and not torch.equal(found, changed)


def test_clouds_are_carried_to_other_ground() -> None:
    cloudy, clear, cloud, shade = pair()
    below = {name: band * np.float32(0.7) for name, band in clear.items()}
    above = carried(cloudy, clear, below)
    beside = ~(cloud | shade)
    np.testing.assert_allclose(above["B4"][beside], below["B4"][beside], atol=0.02)
    assert (above["B2"][cloud] > below["B2"][cloud] + 0.1).all()
    assert (above["B8A"][shade] < 0.6 * below["B8A"][shade]).all()


def test_classes_are_those_of_the_reference() -> None:
    cloudy, clear, cloud, shade = pair()
    classes = classes_of(cloudy, clear)
    assert (classes[cloud] == CLOUD).mean() > 0.9 and (classes[shade] == SHADOW).mean() > 0.9
    assert (classes[~(cloud | shade)] == CLEAR).mean() > 0.9


def test_a_training_gives_a_file_with_its_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "BATCH", 256)
    cloudy, clear, cloud, _ = pair()
    scenes = [Pair("one", "here", cloudy, clear, LEVEL_1C)], [Ground(clear, LEVEL_1C)]
    found = list(skies(*scenes, np.random.default_rng(0)))
    assert all(one.optical.shape[1:] == one.classes.shape for one in found)
    taught = train.learned(*scenes, seed=1)
    with torch.no_grad():
        said = network.MaskNetwork([taught])(torch.from_numpy(fed(cloudy, LEVEL_1C)[None]))[0].numpy()
    assert (said[1] + said[2])[cloud].mean() > 0.8 > 0.3 > (said[1] + said[2])[~cloud].mean()
    torch.save([taught.state_dict()], train.network_path(tmp_path, train.ALL))
    target = tmp_path / "cloud_mask_v1.onnx"
    assert train.main(["--data", ".", "--out", str(tmp_path), "--export", str(target)]) == 0
    assert read_card(target).halo == network.HALO


def test_a_network_that_was_not_trained_is_named(tmp_path: Path) -> None:
    assert train.main(["--data", ".", "--out", str(tmp_path), "--export", str(tmp_path / "x.onnx")]) == 1
