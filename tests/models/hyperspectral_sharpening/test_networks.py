"""Networks for hyperspectral sharpening: shapes, halo, what they give before training, and training on one scene."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

from models.hyperspectral_sharpening.adaptation.run import work  # noqa: E402
from models.hyperspectral_sharpening.networks import ARCHITECTURES, build  # noqa: E402
from rsfusion_qgis.core.basics.errors import InputError  # noqa: E402
from rsfusion_qgis.core.engine.job import Job  # noqa: E402
from rsfusion_qgis.core.engine.run import run  # noqa: E402
from rsfusion_qgis.core.networks.card_files import read_card  # noqa: E402
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions  # noqa: E402
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK  # noqa: E402
from tests.rasters import read_raster  # noqa: E402
from tests.tasks.hyperspectral_sharpening.scenes import truth, write_scene  # noqa: E402

BANDS, GUIDE = 8, 2
MOST_PARAMETERS = 300_000
SLUGS = [network.slug for network in ARCHITECTURES]
every_network = pytest.mark.parametrize("slug", SLUGS)


def made(slug: str) -> torch.nn.Module:
    torch.manual_seed(1)
    network = build(slug, {"bands": BANDS, "guide_bands": GUIDE}).eval()
    for parameter in network.parameters():
        if not parameter.any():  # else a part of the network would not be tested
            torch.nn.init.normal_(parameter, 0, 0.05)
    if slug == "scene_detail":
        torch.nn.init.orthogonal_(network.vectors[..., 0, 0])
    return network


@every_network
def test_results_for_every_pixel_and_few_parameters(slug: str) -> None:
    network = made(slug)
    with torch.no_grad():
        found = network(torch.randn(1, BANDS, 32, 40), torch.randn(1, GUIDE, 32, 40))
    assert found.shape == (1, BANDS, 32, 40) and torch.isfinite(found).all()
    assert sum(weight.numel() for weight in network.parameters()) <= MOST_PARAMETERS


@every_network
def test_nothing_beyond_the_halo_matters(slug: str) -> None:
    network = made(slug)
    side = -(-(2 * network.halo + 24) // network.multiple_of) * network.multiple_of
    hs, guide = torch.randn(1, BANDS, 16, side), torch.randn(1, GUIDE, 16, side)
    touched, at = guide.clone(), side // 2
    touched[..., 9, at] += 3
    with torch.no_grad():
        change = (network(hs, touched) - network(hs, guide)).abs().amax((0, 1))
    assert change[9, at] > 1e-7
    change[:, at - network.halo : at + network.halo + 1] = 0
    assert change.max() < 1e-6


@every_network
def test_config_builds_the_same_network(slug: str) -> None:
    network = made(slug)
    again = build(slug, json.loads(json.dumps(network.config))).eval()
    again.load_state_dict(network.state_dict())
    given = torch.randn(1, BANDS, 16, 16), torch.randn(1, GUIDE, 16, 16)
    with torch.no_grad():
        assert torch.equal(again(*given), network(*given))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path, dict[str, float]]:
    """A scene of 36 x 40 pixels and 12 bands, the network after a few steps, and what the training told."""
    folder = tmp_path_factory.mktemp("scene")
    paths, output = write_scene(folder, rows=36, cols=40, bands=12, count=2), folder / "network.onnx"
    wish = {"output": str(output), "name": "my scene", "policy": "warn", "bad_bands": [2], "hs_gain": 0.3,
            "minutes": 60.0, "steps": 25, "seed": 1, "threads": 1}  # fmt: skip
    return paths, output, work({**paths, **wish})


def sharpened(paths: dict[str, str], folder: Path, **more: str) -> np.ndarray:
    output = str(folder / "sharp.tif")
    run(Job(TASK, paths, output=output, options=HyperspectralOptions(), policy="warn", threads=1, **more))
    return read_raster(output)


def test_the_network_of_a_scene_fuses_that_scene_better_than_gsa(
    trained: tuple[dict[str, str], Path, dict[str, float]], tmp_path: Path
) -> None:
    paths, output, told = trained
    assert told["STEPS"] == 25 and 0 < told["ERROR_AFTER"] <= told["ERROR_BEFORE"]
    card = read_card(output)
    assert (card.name, card.task, card.architecture) == ("my scene", "hyperspectral_sharpening", "scene_detail")
    fine = truth(108, 120, 12)
    errors = [float(np.sqrt(np.mean((sharpened(paths, tmp_path, **one)[:, 6:-6, 6:-6] - fine[:, 6:-6, 6:-6]) ** 2)))
              for one in ({"model": str(output)}, {"method": "gsa"})]  # fmt: skip
    assert errors[0] < errors[1]


def test_a_guide_with_other_bands_gets_one_sentence(
    trained: tuple[dict[str, str], Path, dict[str, float]], tmp_path: Path
) -> None:
    other = write_scene(tmp_path, rows=36, cols=40, bands=12, count=3)
    with pytest.raises(InputError, match="GUIDE has 3 bands; expected the 2 that MODEL 'my scene' takes"):
        sharpened(other, tmp_path, model=str(trained[1]))
    assert not (tmp_path / "sharp.tif").exists()
