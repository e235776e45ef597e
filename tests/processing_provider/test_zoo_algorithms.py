"""`rsfusion:addmodel` and `rsfusion:removemodel` in a real QGIS with a folder of its own for networks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingException, QgsSettings

from tests import onnx_files

KEY = "Processing/Configuration/RSFUSION_ZOO_FOLDER"


@pytest.fixture
def zoo(provider: Any, tmp_path: Path) -> Iterator[Path]:
    QgsSettings().setValue(KEY, str(tmp_path / "zoo"))
    yield tmp_path / "zoo"
    QgsSettings().remove(KEY)


def run(name: str, **values: Any) -> dict[str, Any]:
    import processing

    return dict(processing.run(f"rsfusion:{name}", values))


def listed() -> list[str]:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("rsfusion:pansharpen")
    return list(algorithm.parameterDefinition("MODEL").options())


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_into_the_lists_and_out_of_them(zoo: Path, network: str) -> None:
    found = run("addmodel", MODEL_FILE=network, NAME="my-net_2")
    assert found == {"MODEL": "my-net_2", "FILE": str(zoo / "my-net_2.onnx")}
    assert "my-net_2" in listed()
    assert (zoo / "my-net_2.onnx").read_bytes() == Path(network).read_bytes()
    assert run("removemodel", MODEL="my-net_2") == {"FILE": str(zoo / "my-net_2.onnx")}
    assert "my-net_2" not in listed() and files(zoo) == []


def test_a_name_that_a_shipped_network_has_stays_two_names(zoo: Path, network: str) -> None:
    found = run("addmodel", MODEL_FILE=network, NAME="pansharpening_fast_v5")
    assert found["MODEL"] != "pansharpening_fast_v5" and found["MODEL"] in listed()
    run("removemodel", MODEL=found["MODEL"])
    assert files(zoo) == [] and "pansharpening_fast_v5" in listed()


def test_a_card_beside_comes_along(zoo: Path, tmp_path: Path) -> None:
    bare = onnx_files.save_bare(tmp_path / "bare.onnx")
    with pytest.raises(QgsProcessingException, match="has no card"):
        run("addmodel", MODEL_FILE=str(bare))
    inputs = [{"name": "ms", "role": "ms"}, {"name": "pan", "role": "pan", "bands": 1}]
    inputs.append({"name": "ratio", "role": "ratio"})
    card = {"task": "pansharpening", "halo": 1, "inputs": inputs, "outputs": [{"name": "fused", "like": "ms"}]}
    (tmp_path / "bare.json").write_text(json.dumps(card))
    run("addmodel", MODEL_FILE=str(bare))
    assert files(zoo) == ["bare.json", "bare.onnx"]
    run("removemodel", MODEL="bare")
    assert files(zoo) == []


def test_nothing_is_replaced_unasked(zoo: Path, network: str, tmp_path: Path) -> None:
    run("addmodel", MODEL_FILE=network)
    other = onnx_files.save(tmp_path / "detail.onnx", description="another")
    with pytest.raises(QgsProcessingException, match="has a network named detail already; choose another NAME"):
        run("addmodel", MODEL_FILE=str(other))
    assert (zoo / "detail.onnx").read_bytes() == Path(network).read_bytes()
    run("addmodel", MODEL_FILE=str(other), OVERWRITE=True)
    assert (zoo / "detail.onnx").read_bytes() == other.read_bytes()
    with pytest.raises(QgsProcessingException, match="lies in your folder of networks already"):
        run("addmodel", MODEL_FILE=str(zoo / "detail.onnx"), OVERWRITE=True)


@pytest.mark.parametrize(
    ("name", "words"), [("../evil", "NAME is '../evil', but letters"), ("a b", "but letters"), (".hid", "but letters")]
)
def test_names_that_cannot_be_used(zoo: Path, network: str, name: str, words: str) -> None:
    with pytest.raises(QgsProcessingException, match=words):
        run("addmodel", MODEL_FILE=network, NAME=name)
    assert files(zoo) == []


def test_what_does_not_work_is_not_copied(zoo: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"no network")
    with pytest.raises(QgsProcessingException, match=r"broken\.onnx"):
        run("addmodel", MODEL_FILE=str(tmp_path / "broken.onnx"))
    with pytest.raises(QgsProcessingException, match="no such file"):
        run("addmodel", MODEL_FILE=str(tmp_path / "absent.onnx"))
    assert files(zoo) == []


@pytest.mark.parametrize(
    ("name", "words"), [("pansharpening_basis_v2", "comes with the plugin"), ("nothing", "is not in your folder")]
)
def test_only_own_networks_are_removed(zoo: Path, name: str, words: str) -> None:
    with pytest.raises(QgsProcessingException, match=words):
        run("removemodel", MODEL=name)
