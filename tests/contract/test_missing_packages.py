"""Where QGIS comes without the packages that not every one has, all algorithms are there, and say what they lack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import qgis_child
from tests.rasters import make_pan_ms

OPTIONAL = ("scipy", "matplotlib", "PIL", "sklearn", "onnxruntime")
HIDES = f"""
import sys
from importlib.machinery import PathFinder


class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in {OPTIONAL!r} else PathFinder.find_spec(name, path, target)


sys.meta_path[sys.meta_path.index(PathFinder)] = Without
"""


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a QGIS that finds none of them; Python runs `sitecustomize` as it starts."""
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HIDES)
    return {"RSFUSION_PYTHONPATH": str(folder)}


def listed(finished: qgis_child.Finished) -> list[str]:
    return [line.split()[0] for line in finished.out.splitlines() if line.strip().startswith("rsfusion:")]


def test_all_algorithms_are_listed(bare: dict[str, str]) -> None:
    usual, found = qgis_child.run("list"), qgis_child.run("list", **bare)
    assert len(listed(usual)) > 10, usual.text
    assert listed(found) == listed(usual), found.text


SCIPY = (
    "The Python package scipy is missing, which this needs (No module named 'scipy'); run rsfusion:environment with "
    "INSTALL, or install it for QGIS' Python with the line python3 -m pip install onnxruntime scipy"
)


def algorithms(pan: str, ms: str) -> dict[str, dict[str, Any]]:
    return {
        "checkcoregistration": {"REFERENCE": pan, "SECONDARY": ms},
        "coregister": {"REFERENCE": pan, "SECONDARY": ms},
        "classicalpansharpen": {"PAN": pan, "MS": ms, "METHOD": "exp"},
    }


@pytest.mark.parametrize("name", ["checkcoregistration", "coregister", "classicalpansharpen"])
def test_what_needs_scipy_says_so_in_one_sentence(name: str, bare: dict[str, str], tmp_path: Path) -> None:
    values = algorithms(*make_pan_ms(tmp_path, rows=96, cols=96))[name]
    output = {} if name == "checkcoregistration" else {"OUTPUT": tmp_path / "output.tif"}
    finished = qgis_child.run(*qgis_child.command(f"rsfusion:{name}", **values, **output), **bare)
    assert finished.code == 1, finished.text
    said = {line.removeprefix("ERROR:").strip() for line in finished.error_lines}  # QGIS says it more than once
    assert said == {SCIPY}, finished.text
    assert not (tmp_path / "output.tif").exists()
