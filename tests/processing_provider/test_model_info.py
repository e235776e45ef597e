"""`rsfusion:modelinfo`: the card in the log, in a page, and as results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import onnx_files, qgis_child

MODELINFO = "rsfusion:modelinfo"


def test_the_card_of_an_own_file(network: str, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    finished = qgis_child.run_algorithm(MODELINFO, as_json=True, MODEL_FILE=network, REPORT=report)
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert results["NAME"] == "detail"
    assert results["TASK"] == "pansharpening"
    assert results["HALO"] == onnx_files.HALO
    assert (results["RATIO_MIN"], results["RATIO_MAX"]) == (1.5, 8)
    assert results["FILE"] == network
    assert "any number of bands" in report.read_text(encoding="utf-8")


def test_what_a_card_says_cannot_become_html(tmp_path: Path) -> None:
    """A card is untrusted: its texts end up in a page as text."""
    evil = onnx_files.save(tmp_path / "evil.onnx", description="<script>alert(1)</script>")
    report = tmp_path / "report.html"
    finished = qgis_child.run_algorithm(MODELINFO, MODEL=evil, REPORT=report)
    assert finished.code == 0, finished.text
    page = report.read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("content", [b"", b"not an ONNX file", None], ids=["empty", "text", "absent"])
def test_no_network_in_the_file(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "broken.onnx"
    if content is not None:
        file.write_bytes(content)
    finished = qgis_child.run_algorithm(MODELINFO, MODEL_FILE=file, REPORT=tmp_path / "report.html")
    assert finished.code == 1, finished.text
    assert len(finished.error_lines[-1]) > 40
    assert not (tmp_path / "report.html").exists()


def test_a_report_that_cannot_be_written(network: str, tmp_path: Path) -> None:
    finished = qgis_child.run_algorithm(MODELINFO, MODEL=network, REPORT=tmp_path / "nowhere" / "report.html")
    assert finished.code == 1, finished.text
    assert "REPORT" in finished.error_lines[-1]


def test_costs_are_measured_on_request(network: str, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    finished = qgis_child.run_algorithm(MODELINFO, as_json=True, MODEL_FILE=network, MEASURE=True, REPORT=report)
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert results["RECEPTIVE_FIELD"] == 2 * onnx_files.HALO + 1
    assert results["FILE_BYTES"] == Path(network).stat().st_size
    assert results["SECONDS_PER_MPX"] > 0 and results["FLOP_PER_PIXEL"] == 0  # it has no convolution
    assert "3 px wide" in report.read_text(encoding="utf-8")


def test_costs_of_a_file_without_a_card(tmp_path: Path) -> None:
    bare = onnx_files.save_bare(tmp_path / "bare.onnx", onnx_files.build(with_ratio=False))
    refused = qgis_child.run_algorithm(MODELINFO, MODEL_FILE=bare)
    assert refused.code == 1 and "has no card" in refused.error_lines[-1]
    finished = qgis_child.run_algorithm(MODELINFO, as_json=True, MODEL_FILE=bare, MEASURE=True)
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert results["NAME"] == "bare" and results["RECEPTIVE_FIELD"] == 3
