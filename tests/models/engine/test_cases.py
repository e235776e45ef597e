"""The engine's benchmark: a task with an `engine_case.py` is found, and its runs are measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.engine.cases import find_cases
from models.engine.measurements import inference_alone, memory
from rsfusion_qgis.core.basics.errors import RsFusionError

TOY = """
from pathlib import Path

from models.engine.cases import Case

CASE = Case("toy", lambda folder, size: {}, {"image": 3}, 1.0, lambda: Path("toy.onnx"))
"""


def test_every_folder_with_a_case_is_found() -> None:
    for name, case in find_cases().items():
        assert case.model().is_file(), name


def test_a_new_task_is_found_with_no_edit_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "toy_models" / "toy"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    (folder / "__init__.py").touch()
    (folder / "engine_case.py").write_text(TOY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert find_cases("toy_models")["toy"].bands == {"image": 3}


@pytest.mark.parametrize("name", find_cases())
def test_runs_of_a_task_are_measured(name: str, tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    case = find_cases()[name]
    lines = memory(case, tmp_path, str(case.model()), sizes=(128,))
    assert lines[-1].startswith("| 128² | ") and "| 1.000 |" in lines[-1]
    assert inference_alone(case, case.inputs(tmp_path, 128), str(case.model()), 128) > 0


def test_a_run_that_fails_says_why(tmp_path: Path) -> None:
    case = find_cases()["pansharpening"]
    with pytest.raises(RsFusionError, match="nowhere"):
        memory(case, tmp_path, str(tmp_path / "nowhere.onnx"), sizes=(128,))
