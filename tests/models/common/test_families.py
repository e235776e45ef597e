"""Networks are found by walking the folders of `models`; a folder dropped there is exported like the others."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

import models  # noqa: E402
from models.common import export, parity  # noqa: E402
from models.common.families import families, family_of  # noqa: E402
from models.common.rebuild import rebuilt  # noqa: E402
from rsfusion_qgis.core.networks.card_files import read_card  # noqa: E402
from rsfusion_qgis.core.networks.session import InferenceSession  # noqa: E402

FOLDERS = [path.parent for path in Path(models.__file__).parent.glob("*/networks/__init__.py")]
TOY = """
from torch import nn

from models.common.families import Family


class Toy(nn.Module):
    slug, halo, multiple_of = "toy", 1, 2

    def __init__(self, bands, classes):
        super().__init__()
        self.config = {"bands": bands, "classes": classes}
        self.layer = nn.Conv2d(bands, classes, 3, padding=1)

    def forward(self, image):
        return self.layer(image)


def specs(network):
    classes = [f"class {number}" for number in range(network.config["classes"])]
    inputs = [{"name": "image", "role": "hs", "bands": network.config["bands"]}]
    return {"inputs": inputs, "outputs": [{"name": "scores", "classes": classes}]}


FAMILY = Family("classification", (Toy,), specs)
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of `models` with one network, elsewhere on disk."""
    package = tmp_path / "more_models" / "toy_task" / "networks"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").write_text(TOY, encoding="utf-8")
    monkeypatch.setattr(models, "__path__", [*models.__path__, str(tmp_path / "more_models")])
    yield package
    for name in [name for name in sys.modules if name.startswith("models.toy_task")]:
        del sys.modules[name]


def test_every_folder_with_networks_is_found() -> None:
    assert len(families()) == len(FOLDERS) >= 3


def test_an_architecture_has_one_name_in_all_tasks() -> None:
    counted = Counter(slug for family in families() for slug in family.slugs)
    assert max(counted.values()) == 1


@pytest.mark.parametrize(("slug", "task"), [("nonesuch", None), ("gated_fusion", "pansharpening")])
def test_an_unknown_architecture_is_refused(slug: str, task: str | None) -> None:
    with pytest.raises(ValueError, match=f"Found the network '{slug}', expected one of pan_basis_fusion"
                       if task else f"Found the network '{slug}'"):  # fmt: skip
        family_of(slug, task)


def test_a_new_task_is_exported_and_rebuilt_with_no_edit_elsewhere(toy: Path, tmp_path: Path) -> None:
    network = family_of("toy").build("toy", {"bands": 5, "classes": 3})
    saved = {"architecture": "toy", "config": network.config, "state": network.state_dict(), "training": {}}
    torch.save(saved, tmp_path / "toy.pt")
    (tmp_path / "card.json").write_text(json.dumps({"name": "Toy network"}), encoding="utf-8")
    path = tmp_path / "toy.onnx"
    assert export.main([str(tmp_path / "toy.pt"), "--card", str(tmp_path / "card.json")]) == 0
    card = read_card(path)
    assert (card.name, card.task, card.architecture) == ("Toy network", "classification", "toy")
    assert (card.halo, card.multiple_of, len(card.inputs[0].bands), len(card.outputs[0].classes)) == (1, 2, 5, 3)
    assert dict(card.flop_per_pixel) == {5: 2 * 9 * 5 * 3}
    again = rebuilt(path, card)
    feeds = parity.scene(card, 5, 12, 14, 1.0)
    found = parity.run(InferenceSession(path, card), feeds)["scores"]
    np.testing.assert_allclose(found, parity.in_torch(again, card, feeds)["scores"], atol=1e-5)
