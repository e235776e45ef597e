"""The literature's benchmark on a generated pair: what both sensors see, that networks learn, and what is printed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

from models.common.fitting import threads  # noqa: E402
from models.hyperspectral_sharpening.benchmark import Scene, made_bands  # noqa: E402
from models.hyperspectral_sharpening.literature.__main__ import SUPERVISED, UNSUPERVISED, rows  # noqa: E402
from models.hyperspectral_sharpening.literature.deep_prior import deep_prior  # noqa: E402
from models.hyperspectral_sharpening.literature.guided_deep_decoder import NOISE, GuidedDeepDecoder  # noqa: E402
from models.hyperspectral_sharpening.literature.pairs import (  # noqa: E402
    Pair,
    by_plugin,
    reduced,
    response,
    scored,
    sensor,
)
from models.hyperspectral_sharpening.literature.supervised import Supervised  # noqa: E402
from models.hyperspectral_sharpening.literature.unsupervised import Unsupervised  # noqa: E402
from models.hyperspectral_sharpening.literature.whole_scene import whole_scene  # noqa: E402
from models.hyperspectral_sharpening.networks import FAMILY  # noqa: E402
from tests.tasks.hyperspectral_sharpening.scenes import truth, wavelengths  # noqa: E402

BANDS = 12


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    with threads(1):
        yield


@pytest.fixture(scope="module")
def pair() -> Pair:
    image = truth(36, 45, BANDS)
    return reduced(Scene("made", "MS", image, made_bands(image, wavelengths(BANDS) / 1000), False), 3)


def test_the_parts_of_a_pair(pair: Pair) -> None:
    assert pair.truth.shape == pair.base.shape == (BANDS, 36, 45) and pair.coarse.shape == (BANDS, 12, 15)
    assert pair.split == 27
    assert scored(pair.truth, pair) == (0.0, pytest.approx(0.0, abs=1e-4))
    down, across = sensor(pair)
    np.testing.assert_allclose(down @ pair.truth @ across.T, pair.coarse)


def test_the_guide_is_made_of_the_bands(pair: Pair) -> None:
    weights, constant = response(pair)
    made = np.tensordot(weights, pair.truth, 1) + constant[:, None, None]
    assert (weights >= 0).all() and np.abs(made - pair.guide).mean() < 0.02 * pair.guide.mean()


def test_every_network_has_its_place() -> None:
    named = [slug for kind in SUPERVISED for slug in (*SUPERVISED[kind], *UNSUPERVISED[kind])]
    assert sorted(named) == sorted({*FAMILY.slugs, "gdd"} - {"scene_detail"})


@pytest.mark.parametrize(
    ("make", "slug", "steps"),
    [
        (Supervised, "mog_dcn", 6), (Supervised, "mhf_net", 10), (Supervised, "pgnet", 25),
        (Unsupervised, "hyconet", 40), (Unsupervised, "miae", 40), (Unsupervised, "usdn", 40),
        (Unsupervised, "gdd", 20),
    ],
)  # fmt: skip
def test_a_network_learns(pair: Pair, make: type, slug: str, steps: int) -> None:
    one = make(slug, pair)
    before = scored(one.fused(), pair)[0]
    one.train(steps)
    assert one.seconds > 0 and scored(one.fused(), pair)[0] < 0.99 * before


def test_a_deep_prior_comes_nearer_to_what_the_sensors_recorded(pair: Pair) -> None:
    scene = whole_scene(pair)
    losses = []
    for steps in (1, 20):
        made = torch.from_numpy(deep_prior(pair, steps) / scene.hs_scale).float()[None]
        losses.append(float(scene.loss(made)))
    assert losses[1] < 0.8 * losses[0]


def test_a_guided_deep_decoder_has_the_pixels_of_its_guide() -> None:
    network = GuidedDeepDecoder(BANDS, 4)
    with torch.no_grad():
        made = network(torch.rand(1, NOISE, 4, 5), torch.rand(1, 4, 32, 40))
    assert made.shape == (1, BANDS, 32, 40) and 0 <= float(made.min()) <= float(made.max()) <= 1
    assert sum(weight.numel() for weight in network.parameters()) < 110_000


def test_a_table_has_the_plugins_methods_and_the_networks_asked_for(pair: Pair) -> None:
    found = list(rows(pair, "MS", 2, 2, ("mhf_net", "usdn")))
    assert [row[0] for row in found] == ["hp1", "glp", "cnmf", "cubic", "mhf_net", "usdn"]
    assert all(row[1].shape == pair.truth.shape for row in found)
    assert all((row[2] > 0) == (row[3] > 0) == (row[0] in ("mhf_net", "usdn")) for row in found)


def test_the_plugins_methods_see_the_same_pair(pair: Pair) -> None:
    errors = {name: scored(made, pair)[0] for name, made in by_plugin(pair, ("hp1", "gsa")).items()}
    assert errors["hp1"] < errors["gsa"] < scored(pair.base, pair)[0]
