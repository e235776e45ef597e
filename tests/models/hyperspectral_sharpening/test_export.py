"""Networks of the literature as a user would bring them: exported with a card, and run from file to file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from models.common import export  # noqa: E402
from models.hyperspectral_sharpening.networks import ARCHITECTURES, build  # noqa: E402
from rsfusion_qgis.core.basics.errors import ModelError  # noqa: E402
from rsfusion_qgis.core.engine.job import Job  # noqa: E402
from rsfusion_qgis.core.engine.run import run  # noqa: E402
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions  # noqa: E402
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK  # noqa: E402
from tests.rasters import read_raster  # noqa: E402
from tests.tasks.hyperspectral_sharpening.scenes import write_scene  # noqa: E402

BANDS, GUIDE = 6, 2
SMALL = {"hs_tfnet": {"width": 4}, "dhp_like": {"width": 8, "blocks": 1}, "hyperkite": {"width": 4},
         "mog_dcn": {"width": 4, "steps": 1}, "mhf_net": {"width": 4, "steps": 2}}  # fmt: skip
OWN = {"scene_detail"}
"""Exported by its own training, see `test_networks`."""
GUIDE_ALONE = ("hyconet", "usdn")
"""What they make, once trained, is made of the guide alone."""
IN_LARGEST = {"hs_scale": 4000.0, "guide_scale": 4000.0}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return write_scene(tmp_path_factory.mktemp("scene"), rows=20, cols=24, bands=BANDS, count=GUIDE)


def checkpoint(folder: Path, slug: str) -> torch.nn.Module:
    """A small network with random weights, and its checkpoint as net.pt."""
    torch.manual_seed(2)
    scales = IN_LARGEST if slug in (*GUIDE_ALONE, "miae") else {}
    network = build(slug, {"bands": BANDS, "guide_bands": GUIDE, **SMALL.get(slug, {}), **scales})
    saved = {"architecture": slug, "config": network.config, "state": network.state_dict(), "training": {}}
    torch.save(saved, folder / "net.pt")
    return network


@pytest.mark.parametrize("slug", [one.slug for one in ARCHITECTURES if one.slug not in (*OWN, *GUIDE_ALONE)])
def test_an_exported_network_runs_from_file_to_file(slug: str, scene: dict[str, str], tmp_path: Path) -> None:
    network = checkpoint(tmp_path, slug)
    card = export.export_checkpoint(tmp_path / "net.pt", tmp_path / "net.onnx")
    assert card.total_parameters == sum(weight.numel() for weight in network.parameters())
    output = str(tmp_path / "sharp.tif")
    run(Job(TASK, scene, output=output, options=HyperspectralOptions(), policy="warn", threads=1,
            model=str(tmp_path / "net.onnx")))  # fmt: skip
    made = read_raster(output)
    assert made.shape == (BANDS, 60, 72) and np.isfinite(made).all() and made.std() > 0


@pytest.mark.parametrize("slug", GUIDE_ALONE)
def test_a_network_of_the_guide_alone_gets_one_sentence(slug: str, tmp_path: Path) -> None:
    checkpoint(tmp_path, slug)
    with pytest.raises(ModelError, match="have the roles 'guide', but hyperspectral_sharpening takes 'hs', 'guide"):
        export.export_checkpoint(tmp_path / "net.pt", tmp_path / "net.onnx")
    assert not (tmp_path / "net.onnx").exists()
