"""The ZIP for the plugin repository: its rules hold, its faults are seen, and it runs from a fresh profile."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests import qgis_child
from tests.build_scripts import build_script


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin, assembled."""
    target = tmp_path_factory.mktemp("plugin") / "rsfusion_qgis"
    build_script("assemble").assemble(target)
    return target


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    """The plugin as a ZIP."""
    package, target = build_script("package"), folder.parent / "plugin.zip"
    places = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    package.write_zip(folder, places, target)
    return target


def test_the_zip_has_no_faults(folder: Path, archive: Path) -> None:
    package = build_script("package")
    assert package.faults(archive) == []
    assert package.metadata_faults(package.metadata(folder)) == []


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [("tracker", "", "tracker is missing"), ("homepage", "see the README", "no address of a page"),
     ("repository", "ftp://example.org/x", "no address of a page"), ("email", "me", "email is no address"),
     ("version", "one", "numbers and dots"), ("about", "100 %", "percent sign")],
)  # fmt: skip
def test_faults_of_the_metadata_are_seen(folder: Path, key: str, value: str, word: str) -> None:
    package = build_script("package")
    spoiled = {**package.metadata(folder), key: value}
    assert [fault for fault in package.metadata_faults(spoiled) if word in fault]


def test_a_release_needs_addresses_that_are_known(folder: Path) -> None:
    package = build_script("package")
    values = package.metadata(folder)
    known = dict.fromkeys(package.ADDRESSES, "https://rsfusion.invalid/x") | {"email": "someone@rsfusion.invalid"}
    assert package.placeholders({**values, **known}) == []
    assert package.placeholders({**values, "tracker": "https://example.org/x"})


def test_the_changes_are_those_of_the_changelog(folder: Path) -> None:
    told = build_script("package").metadata(folder)["changelog"].splitlines()
    assert told[0] == "Unreleased" and len(told) > 10
    assert all(line.startswith("- ") for line in told[1:] if not line[0].isupper() and not line[0].isdigit())
    assert max(map(len, told)) < 400


def test_the_same_sources_give_the_same_zip(folder: Path, archive: Path) -> None:
    again = archive.with_name("again.zip")
    places = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    build_script("package").write_zip(folder, places[::-1], again)
    assert again.read_bytes() == archive.read_bytes()


def test_metadata_for_all_versions_of_qgis(folder: Path) -> None:
    values = build_script("package").metadata(folder)
    assert values["qgisMinimumVersion"] == "3.22"
    assert values["qgisMaximumVersion"] == "4.99"
    assert values["supportsQt6"] == "True"
    assert values["hasProcessingProvider"] == "yes"
    assert (folder / values["icon"]).is_file()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("other/file.txt", b"", "top folders"),
        ("rsfusion_qgis/core/x.pyc", b"", "compiled"),
        ("rsfusion_qgis/core/__pycache__/x.txt", b"", "cached"),
        ("rsfusion_qgis/.hidden", b"", "hidden"),
        ("rsfusion_qgis/resources/metadata.txt", b"", "metadata.txt"),
    ],
)
def test_faults_are_seen(archive: Path, tmp_path: Path, name: str, content: bytes, word: str) -> None:
    spoiled = tmp_path / "spoiled.zip"
    spoiled.write_bytes(archive.read_bytes())
    with zipfile.ZipFile(spoiled, "a") as opened:
        opened.writestr(name, content)
    assert any(word in fault for fault in build_script("package").faults(spoiled))


def test_no_pickle_eval_or_shell_for_the_repository_scanners(folder: Path) -> None:
    assert build_script("package").scan_faults(folder) == []


def test_the_unpacked_zip_loads_in_a_fresh_profile(archive: Path, tmp_path: Path) -> None:
    plugins, profile = tmp_path / "plugins", tmp_path / "profile"
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(plugins)
    environment = {"RSFUSION_PLUGINPATH": str(plugins), "RSFUSION_CONFIG_PATH": str(profile)}
    enabled = qgis_child.run("plugins", "enable", "rsfusion_qgis", **environment)
    assert enabled.code == 0, enabled.text
    listed = qgis_child.run("list", **environment)
    assert "rsfusion:pansharpen" in listed.out, listed.text
