"""The mixture that a pair teaches: nothing by itself, found in closed form, held to the MS and to what is held out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from models.common.export import export_checkpoint
from models.common.rebuild import rebuilt
from models.pansharpening.adaptation.data import read_material
from models.pansharpening.adaptation.mix import _weights, features, filled, measured_gains, mixtures, whole
from models.pansharpening.adaptation.run import work
from models.pansharpening.adaptation.scores import scores
from models.pansharpening.networks import build
from rsfusion_qgis.core.networks.card_files import read_card
from tests.models.pansharpening.made_scenes import write_textured_pair

RATIO, GAIN = 4, 0.35
SMALL = {"trunk": 8, "band": 8}


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """PAN and MS of one scene; the bands are pan's detail with a share that no general network can know."""
    return write_textured_pair(tmp_path_factory.mktemp("pair"), 320, RATIO, GAIN)


@pytest.fixture(scope="module")
def material(pair):
    return read_material(*pair, (GAIN,) * 3, 0.15)


def half_injecting():
    """A network of ours that adds less detail than there is."""
    torch.manual_seed(0)
    network = build("pan_basis_fusion", SMALL).eval()
    with torch.no_grad():
        network.inject.copy_(torch.tensor([0.2, 0.2, 0.1]))
    return network


def test_the_network_mixes_what_the_equations_were_made_of(material):
    """The same weights on the arrays of the fit, and in the network that is exported."""
    parent, level = half_injecting(), material.areas[0].full
    weights = np.random.default_rng(2).normal(0, 0.2, (3, 13))
    empty = build("scene_mix", {"bands": 3, "parent": parent.slug, "parent_config": parent.config})
    mix = filled(empty, weights, level)
    mix.parent.load_state_dict(parent.state_dict())
    fused = whole(parent, level)
    shared, own = features(fused, level)
    expected = fused + np.tensordot(weights[:, :-1], shared, 1) + weights[:, -1][:, None, None] * own
    inner = np.s_[:, 24:-24, 24:-24]
    np.testing.assert_allclose(whole(mix.eval(), level)[inner], expected[inner], atol=1e-4)


def test_a_pair_teaches_what_the_network_lacks(material):
    parent = half_injecting()
    before, found = scores(parent, material), [scores(mix, material) for mix in mixtures(parent, material)]
    assert found[0].ergas < 0.9 * before.ergas
    assert found[0].consistency < 0.7 * before.consistency
    assert [one.ergas for one in found] == sorted(one.ergas for one in found), "parts of the mixture help less"


def test_held_out_blocks_take_no_part(material):
    """Nonsense in the blocks that are held out leaves the weights as they were."""
    parent, area = half_injecting(), material.areas[0]
    reference = area.reduced[0].reference.copy()
    for block in area.reduced[0].blocks:
        reference[(slice(None), *block)] = 1e3
    spoiled = replace(area, reduced=(replace(area.reduced[0], reference=reference), *area.reduced[1:]))
    np.testing.assert_array_equal(_weights(parent, material), _weights(parent, replace(material, areas=(spoiled,))))


def test_the_gains_are_measured_where_nobody_says_them(material):
    found = measured_gains(material)
    assert max(abs(gain - GAIN) for gain in found) < 0.06


def test_an_adapted_network_with_a_mixture_comes_back_from_its_file(pair, tmp_path):
    parent = half_injecting()
    checkpoint, model = tmp_path / "parent.pt", tmp_path / "parent.onnx"
    torch.save({"architecture": parent.slug, "config": parent.config, "state": parent.state_dict()}, checkpoint)
    export_checkpoint(checkpoint, model, {"license": "MIT", "training_data": ["nothing"]})
    paths = {"pan": pair[0], "ms": pair[1], "model": str(model), "output": str(tmp_path / "mine.onnx")}
    sensor = {"sensor": "generic", "gains": [], "pan_gain": 0.0}
    job = {**paths, **sensor, "name": "mine", "minutes": 10, "seed": 1, "threads": 1, "steps": 2}
    result = work(job)
    assert result["IMPROVED"] == 1 and result["ERGAS_AFTER"] < 0.95 * result["ERGAS_BEFORE"]
    card = read_card(tmp_path / "mine.onnx")
    assert card.architecture == "scene_mix" and len(card.input("ms").bands) == 3
    assert rebuilt(tmp_path / "mine.onnx", card).slug == "scene_mix"
