"""An unknown network is tried in a process of its own: what takes too much is refused, what has passed is known."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from rsfusion_qgis.core.basics.errors import DeviceError, ModelError
from rsfusion_qgis.core.basics.python_child import safe_folders, surroundings
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.networks import devices, first_load
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.networks.session import InferenceSession
from tests import onnx_files

GIB = 2**30


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_load, "_known", set())
    monkeypatch.setattr(first_load, "_file", None)


def opened(path: Path) -> None:
    InferenceSession(path, read_card(path), "cpu", 1).close()


def no_child(*_: object, **__: object) -> None:
    raise AssertionError("a child was started")


def huge(kind: str) -> onnx.ModelProto:
    """The good network, plus the mean of a tensor of 4 GiB that a few bytes ask for."""
    count = 2**30
    shape = numpy_helper.from_array(np.array([count], "i8"), "size")
    one = numpy_helper.from_array(np.ones(1, "f4"), "one")
    nodes = {
        "ConstantOfShape": [helper.make_node("ConstantOfShape", ["size"], ["big"])],
        "Expand": [helper.make_node("Expand", ["one", "size"], ["big"])],
        "Tile": [helper.make_node("Tile", ["one", "size"], ["big"])],
        "of the tile": [helper.make_node("Shape", ["sharp"], ["sides"]),
                        helper.make_node("Mul", ["sides", "times"], ["more"]),
                        helper.make_node("ConstantOfShape", ["more"], ["big"])],
    }[kind]  # fmt: skip
    tail = [*nodes, helper.make_node("ReduceMean", ["big"], ["mean"], keepdims=0),
            helper.make_node("Add", ["sharp", "mean"], ["fused"])]  # fmt: skip
    model = onnx_files.build(tail=tail)
    times = numpy_helper.from_array(np.array([1, 1, 512, 512], "i8"), "times")
    model.graph.initializer.extend([shape, one, times])
    return model


def doubling(levels: int) -> onnx.ModelProto:
    """A network of functions each of which calls the one before twice: 2 ** levels operators in a few kilobytes."""
    def function(name: str, calls: list[str]) -> onnx.FunctionProto:
        nodes = [helper.make_node(one, [f"t{i}"], [f"t{i + 1}"], domain="own") for i, one in enumerate(calls)]
        last = helper.make_node("Identity", [f"t{len(calls)}"], ["y"])
        return helper.make_function("own", name, ["t0"], ["y"], [*nodes, last], model.opset_import)

    model = onnx_files.build(tail=[helper.make_node(f"F{levels}", ["sharp"], ["fused"], domain="own")])
    model.opset_import.append(helper.make_opsetid("own", 1))
    model.functions.append(function("F0", []))
    model.functions.extend(function(f"F{i}", [f"F{i - 1}"] * 2) for i in range(1, levels + 1))
    return model


@pytest.mark.parametrize("kind", ["ConstantOfShape", "Expand", "Tile", "of the tile"])
def test_a_small_file_that_asks_for_gigabytes(tmp_path: Path, kind: str) -> None:
    path = onnx_files.save(tmp_path / "net.onnx", huge(kind))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ModelError, match=r"'net\.onnx' takes more than 1\.0 GiB for a first small tile"):
        opened(path)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < GIB


def test_a_small_file_that_never_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_load, "CPU_SECONDS", 3)
    with pytest.raises(ModelError, match="was not through with a first small tile after 3 s"):
        opened(onnx_files.save(tmp_path / "net.onnx", doubling(24)))


def test_where_the_system_sets_no_limit_the_parent_watches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: the child takes what it can, and is ended."""
    program = tmp_path / "child.py"
    text = Path(first_load.__file__).with_name("first_load_child.py").read_text()
    program.write_text(text.replace('limit(told["memory"], told["seconds"])', "pass"))
    monkeypatch.setattr(first_load, "PROGRAM", program)
    with pytest.raises(ModelError, match=r"takes more than 1\.0 GiB"):
        opened(onnx_files.save(tmp_path / "net.onnx", huge("ConstantOfShape")))
    monkeypatch.setattr(first_load, "CPU_SECONDS", 1)
    monkeypatch.setattr(first_load, "PATIENCE", 3)
    with pytest.raises(ModelError, match="was not through with a first small tile after 1 s"):
        opened(onnx_files.save(tmp_path / "slow.onnx", doubling(24)))


def test_what_has_passed_is_known_in_the_next_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = onnx_files.save(tmp_path / "net.onnx")
    first_load.remember_in(tmp_path / "profile")
    opened(path)
    monkeypatch.setattr(first_load, "_known", set())
    first_load.remember_in(tmp_path / "profile")
    monkeypatch.setattr(subprocess, "Popen", no_child)
    opened(shutil.copy(path, tmp_path / "copy.onnx"))
    with pytest.raises(AssertionError):
        opened(onnx_files.save(path, onnx_files.build(weight=0.25)))


def test_a_refused_one_is_never_known(tmp_path: Path) -> None:
    path = onnx_files.save(tmp_path / "net.onnx", huge("Expand"))
    for _ in range(2):
        with pytest.raises(ModelError, match="takes more than"):
            opened(path)


def test_weights_beside_the_file_are_part_of_what_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = tmp_path / "net.bin"
    weights.write_bytes(np.array([0.5], "f4").tobytes())
    path = onnx_files.save(tmp_path / "net.onnx", onnx_files.external_model(weights.name))
    opened(path)
    monkeypatch.setattr(subprocess, "Popen", no_child)
    opened(path)
    weights.write_bytes(np.array([0.25], "f4").tobytes())
    with pytest.raises(AssertionError):
        opened(path)


@pytest.mark.parametrize("path", shipped_networks(), ids=lambda path: path.stem)
def test_the_networks_of_the_plugin_are_known(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", no_child)
    opened(path)
    changed = onnx.load(str(path))
    changed.graph.name = "changed"
    onnx.save(changed, str(tmp_path / path.name))
    with pytest.raises(AssertionError):
        opened(tmp_path / path.name)


def test_the_child_runs_nothing_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = onnx_files.save(tmp_path / "net.onnx")
    for name in ("numpy", "onnxruntime", "json", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'RUN')!r}, 'w')\nraise ImportError\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", f":.:{tmp_path}:relative")
    monkeypatch.syspath_prepend(str(tmp_path))
    opened(path)
    assert not (tmp_path / "RUN").exists()
    assert first_load._known, "it was tried and has passed"


def test_only_folders_that_were_meant_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    given = ["", ".", "relative", str(tmp_path), str(tmp_path / "link"), "/opt/modules", "/opt/modules"]
    assert safe_folders(given) == ["/opt/modules"]
    monkeypatch.setenv("PYTHONPATH", ":".join(given))
    made = surroundings(str(tmp_path), ["/own"])
    assert made["env"]["PYTHONPATH"] == "/own:/opt/modules"
    assert list(Path(made["cwd"]).iterdir()) == []


@pytest.mark.parametrize("version", ["1.14.1", "0.9.0", "1.2", "1.14.0.dev20230101", "none"])
def test_a_version_of_onnx_runtime_that_is_too_old(version: str) -> None:
    words = f"ONNX Runtime {version} is installed, but 1.15 or newer is needed; .* pip install --upgrade onnxruntime"
    with pytest.raises(DeviceError, match=words):
        devices.require_version(version)


@pytest.mark.parametrize("version", ["1.15.0", "1.31.1", "2.0", "1.24.0.dev20251031003"])
def test_a_version_of_onnx_runtime_that_will_do(version: str) -> None:
    devices.require_version(version)


def test_the_tile_is_the_smallest_that_the_network_takes() -> None:
    shapes = first_load.tile_shapes(onnx_files.card(multiple_of=48))
    assert shapes == {"ms": (1, 4, 96, 96), "pan": (1, 1, 96, 96), "ratio": (1,)}
    assert json.dumps(shapes)
