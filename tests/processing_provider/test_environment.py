"""`rsfusion:environment` in a real qgis_process: what it says, and an installation from wheels into a new profile."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtNetwork import QNetworkProxy

from rsfusion_qgis.core.basics import packages
from rsfusion_qgis.core.basics.errors import CancelledError, InputError, RsFusionError
from rsfusion_qgis.processing_provider import runtime
from tests import qgis_child

ENVIRONMENT = "rsfusion:environment"


def environment(as_json: bool = True, variables: dict[str, str] | None = None, **values: Any) -> qgis_child.Finished:
    return qgis_child.run(*qgis_child.command(ENVIRONMENT, as_json, **values), **(variables or {}))


def results(finished: qgis_child.Finished) -> dict[str, Any]:
    assert finished.code == 0, finished.text
    return dict(json.loads(finished.out)["results"])


def wheel_of(name: str, folder: Path) -> Path:
    """An installed package as the wheel that it came from."""
    found = distribution(name)
    tags = [line.split(": ")[1] for line in str(found.read_text("WHEEL")).splitlines() if line.startswith("Tag: ")]
    target = folder / f"{name}-{found.version}-{tags[-1]}.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for file in found.files or ():
            if not {"..", "__pycache__", "INSTALLER", "REQUESTED"} & set(file.parts):
                archive.write(str(file.locate()), str(file))
    return target


def tiny_wheel(folder: Path, name: str = "rsfusion_probe", text: str = "answer = 42\n") -> Path:
    """A wheel of one module."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": text,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    for place, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).decode().rstrip("=")
        lines.append(f"{place},sha256={digest},{len(content)}")
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""])
    target = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for place, content in files.items():
            archive.writestr(place, content)
    return target


def test_it_says_what_is_there(tmp_path: Path) -> None:
    finished = environment(REPORT=tmp_path / "report.html")
    found = results(finished)
    assert (found["COMPLETE"], found["VERDICT"]) == (1, "Everything that the plugin needs is there.")
    assert found["DEVICES"].startswith("cpu") and found["ONNXRUNTIME"]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for word in ("QGIS", "GDAL", "numpy", "scipy", "onnxruntime", "pansharpening_basis_v2", found["VERDICT"]):
        assert word in page, word


def test_a_broken_network_of_the_user_is_listed_with_its_reason(tmp_path: Path) -> None:
    profile = tmp_path / "profiles" / "default"
    (profile / "rsfusion_zoo").mkdir(parents=True)
    (profile / "rsfusion_zoo" / "broken.onnx").write_bytes(b"no network")
    (profile / "QGIS").mkdir()
    (profile / "QGIS" / "QGIS3.ini").write_text("[PythonPlugins]\nrsfusion_qgis=true\n")
    finished = environment(as_json=False, variables={"RSFUSION_CONFIG_PATH": str(tmp_path)})
    line = next(line for line in finished.out.splitlines() if line.startswith("broken "))
    assert "cannot be read: " in line, finished.text
    assert "pansharpening_basis_v2" in finished.out


@pytest.fixture
def empty_profile(tmp_path: Path) -> dict[str, str]:
    """A QGIS that finds no package of the virtual environment, and a profile with nothing but the plugin in it."""
    ini = tmp_path / "config" / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    ini.write_text("[PythonPlugins]\nrsfusion_qgis=true\n")
    return {"RSFUSION_CONFIG_PATH": str(tmp_path / "config"), "RSFUSION_PYTHONPATH": "/nowhere"}


def test_from_nothing_to_a_result_and_back(empty_profile: dict[str, str], tmp_path: Path, pan_ms: Any) -> None:
    """Install ONNX Runtime from wheels, fuse with it, and remove it again."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    before = results(environment(variables=empty_profile))
    if before["COMPLETE"]:
        pytest.skip("the Python of this system has ONNX Runtime itself")
    assert "onnxruntime (not installed" in before["VERDICT"] and packages.HOW_TO_INSTALL in before["VERDICT"]
    for name in ("onnxruntime", "flatbuffers", "protobuf", "scipy"):
        wheel_of(name, wheels)
    after = results(environment(variables=empty_profile, INSTALL=1, WHEELS=wheels))
    assert after["ONNXRUNTIME"] == distribution("onnxruntime").version
    output = tmp_path / "fused.tif"
    fuse = qgis_child.command("rsfusion:pansharpen", PAN=pan_ms[0], MS=pan_ms[1], OUTPUT=output)
    assert qgis_child.run(*fuse, **empty_profile).code == 0
    assert output.exists()
    assert results(environment(variables=empty_profile, REMOVE=1))["COMPLETE"] == 0
    assert not list(tmp_path.glob("config/profiles/default/rsfusion/python3*"))


def test_what_pip_cannot_find_is_said_and_changes_nothing(empty_profile: dict[str, str], tmp_path: Path) -> None:
    wheels = tmp_path / "none"
    wheels.mkdir()
    finished = environment(as_json=False, variables=empty_profile, INSTALL=1, WHEELS=wheels)
    assert finished.code == 1, finished.text
    assert any("The installation failed: " in line for line in finished.error_lines), finished.text
    assert not list(tmp_path.glob("config/profiles/default/rsfusion/*"))


@pytest.mark.parametrize(
    ("values", "words"),
    [({"INSTALL": 1, "REMOVE": 1}, "only one of them"), ({"INSTALL": 1, "WHEELS": "/nowhere"}, "no such folder")],
)
def test_what_cannot_be_done_is_refused(
    values: dict[str, Any], words: str, empty_profile: dict[str, str], tmp_path: Path
) -> None:
    finished = environment(as_json=False, variables=empty_profile, **values)
    assert finished.code == 1 and words in finished.text


def install_probe(tmp_path: Path, stop: Any = lambda: None, name: str = "rsfusion_probe") -> Path:
    folder = tmp_path / "profile" / "python"
    packages.install([name], folder, lambda line: None, stop, wheels=str(tmp_path))
    return folder


def test_an_installation_replaces_what_is_broken_and_leaves_the_rest(tmp_path: Path) -> None:
    tiny_wheel(tmp_path)
    folder = install_probe(tmp_path)
    (folder / "rsfusion_probe.py").write_text("broken")
    (folder / "another.py").write_text("")
    assert install_probe(tmp_path) == folder
    assert (folder / "rsfusion_probe.py").read_text() == "answer = 42\n"
    assert (folder / "another.py").exists()
    assert packages.remove(folder) and not packages.remove(folder)


def test_a_cancelled_or_failed_installation_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    def stop() -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        install_probe(tmp_path, stop)
    with pytest.raises(RsFusionError, match=r"The installation failed: .*rsfusion_probe"):
        install_probe(tmp_path)
    assert not list((tmp_path / "profile").iterdir())


def test_without_a_python_of_its_own_nothing_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "own_python", lambda: "")
    with pytest.raises(InputError, match="install the packages by hand with the line python3 -m pip install"):
        install_probe(tmp_path)


def test_the_proxy_of_qgis_is_passed_on(qgis_app: Any) -> None:
    from qgis.core import QgsNetworkAccessManager

    manager = QgsNetworkAccessManager.instance()
    before = manager.fallbackProxy()
    assert runtime.proxy_variables() == {}
    try:
        proxy = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "proxy.example", 3128, "me", "word")
        manager.setFallbackProxyAndExcludes(proxy, [], [])
        assert runtime.proxy_variables()["HTTPS_PROXY"] == "http://me:word@proxy.example:3128"
    finally:
        manager.setFallbackProxyAndExcludes(before, [], [])
