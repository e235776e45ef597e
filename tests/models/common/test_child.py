"""How a training ends that cannot go on: one sentence on stderr, exit code 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

import pytest
import torch

from models.common.child import run_child
from rsfusion_qgis.core.basics.errors import InputError
from tests.gdal_fixtures import SmallDisk


def ended(tmp_path: Path, work: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    job = tmp_path / "job.json"
    job.write_text(json.dumps({"output": "net.onnx"}))
    return run_child([str(job)], work)


def test_a_result_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(tmp_path, lambda job: {"NAME": job["output"]}) == 0
    assert json.loads(capsys.readouterr().out) == {"result": {"NAME": "net.onnx"}}


@pytest.mark.parametrize("torch_writes", [False, True], ids=["bytes", "checkpoint"])
def test_a_full_disk(tmp_path: Path, small_disk: SmallDisk, torch_writes: bool, capsys: Any) -> None:
    def work(job: dict[str, Any]) -> dict[str, Any]:
        if torch_writes:
            torch.save(torch.zeros(10**6), folder / "checkpoint.pt")
        (folder / "net.onnx").write_bytes(bytes(10**6))
        return {}

    with small_disk(64) as folder:
        assert ended(tmp_path, work) == 1
        told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("The disk is full, so the training cannot write its files; free some space")
    assert len(told.err.splitlines()) == 1


def test_too_little_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(tmp_path, lambda job: {"size": len(bytearray(2**62))}) == 1
    assert capsys.readouterr().err.startswith("The memory does not suffice for this training")


def test_a_refusal_is_its_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def work(job: dict[str, Any]) -> dict[str, Any]:
        raise InputError("MS is missing; name a raster.")

    assert ended(tmp_path, work) == 1
    assert capsys.readouterr().err == "MS is missing; name a raster.\n"


def test_what_nobody_foresaw_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        ended(tmp_path, lambda job: {"x": 1 / 0})
    with pytest.raises(RuntimeError, match="shapes"):
        ended(tmp_path, lambda job: _shapes())


def _shapes() -> dict[str, Any]:
    raise RuntimeError("shapes do not fit")
