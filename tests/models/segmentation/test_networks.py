"""Networks that find water: what they see, what an absent image costs, and that they leave torch unchanged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from models.common.families import families
from models.segmentation.networks import ARCHITECTURES, MISSING, ROLES, build
from models.segmentation.networks.base import BANDS, SENSORS, around, features, present
from models.segmentation.networks.decision_fusion import DecisionFusion
from models.segmentation.samples import around as sampled
from models.segmentation.writing import example, write_network
from rsfusion_qgis.core.networks.card_files import read_card

LARGEST = 300_000


def images(**given: torch.Tensor) -> list[torch.Tensor]:
    """All images, absent where they are not given."""
    size = next(iter(given.values())).shape[2:]
    return [given.get(role, torch.full((1, BANDS[role.split("_")[0]], *size), MISSING)) for role in ROLES]


@pytest.fixture
def drawn() -> dict[str, torch.Tensor]:
    torch.manual_seed(1)
    return dict(zip(ROLES, example(40, 56)))


@pytest.mark.parametrize("sensor", SENSORS)
def test_samples_are_what_the_network_sees(sensor: str, drawn: dict[str, torch.Tensor]) -> None:
    image = drawn[sensor]
    there = present(image)
    in_torch = around(sensor, image, there)[0].numpy()
    in_scipy = sampled(sensor, image[0].numpy(), there[0, 0].numpy() > 0)
    assert in_torch.shape[0] == features(sensor)
    inside = there[0, 0].numpy() > 0
    np.testing.assert_allclose(in_torch[:, inside], in_scipy[:, inside], atol=2e-3)


@pytest.mark.parametrize("kind", ARCHITECTURES, ids=lambda one: one.slug)
def test_every_architecture_decides_with_any_image_missing(kind: type, drawn: dict[str, torch.Tensor]) -> None:
    torch.manual_seed(2)
    network = kind().eval()
    for gone in (None, *ROLES):
        given = {role: image for role, image in drawn.items() if role != gone}
        with torch.inference_mode():
            made = network(*images(**given))
        assert made.shape == (1, 2, 40, 56)
        assert torch.isfinite(made).all()
    assert sum(weight.numel() for weight in network.parameters()) < LARGEST
    assert build(kind.slug, network.config).config == network.config


def test_an_absent_sensor_leaves_the_other_ones_own_decision(drawn: dict[str, torch.Tensor]) -> None:
    torch.manual_seed(3)
    table = [[[0.5 * (o > 0), 0.7 * (s > 0), 0.1 * (o + s)] for s in range(3)] for o in range(3)]
    fused = DecisionFusion(voters=2, weights=table).eval()
    alone = [build("single_sensor", {"sensor": "sar"}).eval() for _ in range(2)]
    for voter, one in zip(fused.voters["sar"], alone):
        one.head.load_state_dict(voter.state_dict())
    given = images(sar=drawn["sar"], sar_before=drawn["sar_before"])
    there = (present(drawn["sar"]) * present(drawn["sar_before"])) > 0
    with torch.inference_mode():
        found = fused(*given)[:, 1:]
        votes = sum(one(*given)[:, 1:] for one in alone) / 2
    torch.testing.assert_close(found[there], (0.7 * votes + 0.2)[there])
    assert found[present(drawn["sar"]) == 0].abs().max() == 0  # nobody knows


def test_new_water_by_the_rule_is_none_where_it_was_water_before() -> None:
    torch.manual_seed(4)
    network = build("single_sensor", {"sensor": "optical"}).eval()
    image = torch.rand(1, 3, 30, 30) + 0.2
    with torch.inference_mode():
        same = network(*images(optical=image, optical_before=image))[:, 1]
        learned = network.learn({"optical": network.seen("optical", image, image)})[:, 0]
    assert (2 * same - learned).max() <= 1e-5  # min(water, -water) is never above 0


def test_the_written_network_is_the_trained_one(tmp_path: Path) -> None:
    torch.manual_seed(5)
    card = write_network(DecisionFusion(voters=2).eval(), tmp_path / "water.onnx", {"name": "water test"})
    assert read_card(tmp_path / "water.onnx").inputs == card.inputs
    assert [spec.role for spec in card.inputs] == list(ROLES)
    assert all(not spec.required for spec in card.inputs)
    assert card.halo == 25
    assert card.outputs[0].classes[1].name == "water"
    assert [family.task for family in families("segmentation")] == ["segmentation"]
