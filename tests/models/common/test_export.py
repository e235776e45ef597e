"""A checkpoint becomes an ONNX file that is the same network, with a card inside and a STAC item beside."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from models.common import export, parity  # noqa: E402
from models.pansharpening.networks import ARCHITECTURES, FAMILY, build  # noqa: E402
from rsfusion_qgis.core.basics.errors import ModelError  # noqa: E402
from rsfusion_qgis.core.networks.card_files import card_to_text, read_card, read_card_file  # noqa: E402
from rsfusion_qgis.core.networks.onnx_file import file_sha256  # noqa: E402
from rsfusion_qgis.core.networks.session import InferenceSession  # noqa: E402
from tests import onnx_files  # noqa: E402

SMALL = {
    "pan_basis_fusion": {"trunk": 4, "band": 4, "pan": 4, "basis": 3},
    "pannet": {"bands": 3, "width": 4, "blocks": 1},
    "fusionnet": {"bands": 3, "width": 4, "blocks": 1},
    "scene_mix": {"bands": 3, "parent": "fusionnet", "parent_config": {"bands": 3, "width": 4, "blocks": 1}},
}
TRAINING = {"data": ["generated scenes"], "validation": {"ERGAS": 2.5}, "step": 10}


def checkpoint(folder: Path, slug: str) -> Path:
    """A tiny network with random weights, as a training writes it."""
    torch.manual_seed(3)
    network = build(slug, SMALL.get(slug, {"bands": 3, "width": 4}))
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(0.02 * torch.randn_like(weight))
    saved = {"architecture": slug, "config": network.config, "state": network.state_dict(), "training": TRAINING}
    torch.save(saved, folder / f"{slug}.pt")
    return folder / f"{slug}.pt"


@pytest.mark.parametrize("slug", [architecture.slug for architecture in ARCHITECTURES])
def test_every_architecture_is_exported(tmp_path, slug):
    path = checkpoint(tmp_path, slug)
    out = tmp_path / "zoo" / "net.onnx"
    returned = export.export_checkpoint(path, out)
    card = read_card(out)
    saved = torch.load(path, weights_only=True)
    network = build(slug, saved["config"]).eval()
    network.load_state_dict(saved["state"])

    assert replace(returned, sha256="") == card
    assert (card.architecture, card.halo, card.multiple_of) == (slug, network.halo, network.multiple_of)
    assert card.total_parameters == sum(weight.numel() for weight in network.parameters())
    quality = dict(card.quality)
    assert quality["ERGAS"] == 2.5
    assert quality["difference to torch"] < 1e-3 and quality["difference across tiles"] < 1e-4

    # A shape that the exporter did not try.
    whole = FAMILY.draft_card(network)
    feeds = parity.scene(whole, parity.band_counts(card)[-1], 56, 88, 4.0, seed=99)
    expected = parity.in_torch(network, whole, feeds)["fused"]
    found = parity.run(InferenceSession(out, card), feeds)["fused"]
    np.testing.assert_allclose(found, expected, atol=1e-3)

    model = onnx.load(str(out))
    assert (model.ir_version, model.opset_import[0].version) == (8, 17)
    assert str(Path.cwd()).encode() not in out.read_bytes(), "the file names folders of this machine"
    assert sorted(file.name for file in out.parent.iterdir()) == ["net.json", "net.onnx"]


def test_the_item_beside_knows_the_file(tmp_path):
    out = tmp_path / "net.onnx"
    export.export_checkpoint(checkpoint(tmp_path, "fusionnet"), out)
    beside = read_card_file(out.with_suffix(".json"))
    assert beside.sha256 == file_sha256(out)
    item = json.loads(out.with_suffix(".json").read_text())
    assert item["assets"]["model"]["file:size"] == out.stat().st_size
    assert item["assets"]["model"]["href"] == "./net.onnx"


def test_more_fields_come_from_a_file(tmp_path, capsys):
    extra = {"name": "Sharp one", "license": "CC-BY-4.0", "max_shift_px": 0.25, "quality": {"SAM": 3.5}}
    (tmp_path / "extra.json").write_text(json.dumps(extra))
    path, out = checkpoint(tmp_path, "fusionnet"), tmp_path / "sharp.onnx"
    assert export.main([str(path), "--out", str(out), "--card", str(tmp_path / "extra.json")]) == 0
    card = read_card(out)
    assert (card.name, card.license, card.max_shift_px) == ("Sharp one", "CC-BY-4.0", 0.25)
    assert {"ERGAS": 2.5, "SAM": 3.5}.items() <= dict(card.quality).items()
    printed = capsys.readouterr().out
    assert "difference to torch: 3 bands, 64 x 48" in printed and file_sha256(out) in printed


def test_a_halo_that_is_too_small_is_refused(tmp_path, monkeypatch):
    path, out = checkpoint(tmp_path, "fusionnet"), tmp_path / "net.onnx"
    monkeypatch.setattr(next(a for a in ARCHITECTURES if a.slug == "fusionnet"), "halo", 1)
    with pytest.raises(ModelError, match=r"difference across tiles of .*; enlarge the architecture's halo"):
        export.export_checkpoint(path, out)
    assert [file.name for file in tmp_path.iterdir()] == [path.name], "a refused network leaves nothing behind"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no checkpoint", "cannot be read"),
        ({"state": {}}, "lacks architecture, config"),
        ({"architecture": "none", "config": {}, "state": {}}, "does not fit its architecture"),
        ({"architecture": "pnn", "config": {"bands": 4}, "state": {}}, "does not fit its architecture"),
    ],
)
def test_an_unusable_checkpoint(tmp_path, capsys, content, sentence):
    path = tmp_path / "net.pt"
    path.write_bytes(content) if isinstance(content, bytes) else torch.save(content, path)
    assert export.main([str(path)]) == 1
    assert sentence in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["net.pt"]


def test_operations_are_counted_as_the_papers_layers_add_up():
    """PNN's three convolutions, by hand: two operations for every weight of every output pixel."""
    layers = (9 * 9 * 5 * 64, 5 * 5 * 64 * 32, 5 * 5 * 32 * 4)
    network = build("pnn", {"bands": 4})
    assert parity.flop_per_pixel(network, FAMILY.draft_card(network), 4, size=32) == 2 * sum(layers)


class TestCardIntoAFile:
    def test_a_bare_network_gets_its_card(self, tmp_path):
        path = onnx_files.save_bare(tmp_path / "net.onnx")
        card_file = tmp_path / "card.json"
        card_file.write_text(card_to_text(onnx_files.card(halo=3)))
        assert export.main([str(path), "--card", str(card_file)]) == 0
        assert read_card(path).halo == 3
        assert read_card_file(path.with_suffix(".json")).sha256 == file_sha256(path)

    def test_a_card_is_replaced_and_the_source_stays(self, tmp_path):
        path, out = onnx_files.save(tmp_path / "net.onnx"), tmp_path / "other" / "new.onnx"
        before = path.read_bytes()
        export.put_card(path, onnx_files.card(halo=9), out)
        assert path.read_bytes() == before
        assert read_card(out).halo == 9
        assert len(onnx.load(str(out)).metadata_props) == 1

    def test_the_users_own_card_is_not_overwritten(self, tmp_path):
        path = onnx_files.save_bare(tmp_path / "net.onnx")
        short = {
            "task": "pansharpening",
            "halo": 1,
            "inputs": [{"name": name, "role": name} for name in ("ms", "pan", "ratio")],
            "outputs": [{"name": "fused", "like": "ms"}],
        }
        short["inputs"][1]["bands"] = 1
        path.with_suffix(".json").write_text(json.dumps(short))
        assert export.main([str(path), "--card", str(path.with_suffix(".json"))]) == 0
        assert json.loads(path.with_suffix(".json").read_text()) == short
        assert read_card(path).halo == 1

    def test_a_card_that_does_not_fit_changes_nothing(self, tmp_path):
        path = onnx_files.save_bare(tmp_path / "net.onnx", onnx_files.build(with_ratio=False))
        before = path.read_bytes()
        with pytest.raises(ModelError, match=r"'net\.onnx' has the inputs 'ms', 'pan', but its card names"):
            export.put_card(path, onnx_files.card(), path)
        assert path.read_bytes() == before
        assert [file.name for file in tmp_path.iterdir()] == ["net.onnx"]

    def test_weights_beside_stay_beside(self, tmp_path):
        (tmp_path / "net.bin").write_bytes(np.array([0.5], np.float32).tobytes())
        path = onnx_files.save_bare(tmp_path / "net.onnx", onnx_files.external_model("net.bin"))
        export.put_card(path, onnx_files.card(), path)
        InferenceSession(path, read_card(path)).close()
        with pytest.raises(ModelError, match="write it into the same folder"):
            export.put_card(path, onnx_files.card(), tmp_path / "other" / "net.onnx")

    def test_without_a_card(self, tmp_path, capsys):
        path = onnx_files.save_bare(tmp_path / "net.onnx")
        assert export.main([str(path)]) == 1
        assert "give it with --card CARD.json" in capsys.readouterr().err
