"""The real dialogs of assessment, classical methods and adaptation: Run, Cancel; each leaves a picture in tmp_path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject

from tests.processing_provider import desktop
from tests.rasters import make_pan_ms, read_raster


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


@pytest.fixture
def pair(tmp_path: Path) -> dict[str, str]:
    pan, ms = make_pan_ms(tmp_path, rows=64, cols=64, ratio=2, bands=3)
    return {"PAN": pan, "MS": ms}


def opened(algorithm: str, values: dict[str, Any], picture: Path) -> Any:
    """Return the dialog, visible, after taking its picture."""
    import processing

    dialog = processing.createAlgorithmDialog(f"rsfusion:{algorithm}", values)
    dialog.show()
    desktop.wait_until(dialog.isVisible)
    assert dialog.grab().save(str(picture))
    assert picture.stat().st_size > 5000
    return dialog


def run_through(dialog: Any, output: Path) -> None:
    dialog.runButton().click()
    desktop.wait_until(lambda: output.exists() and not dialog.cancelButton().isEnabled())
    dialog.close()


def test_classical_methods_and_their_assessment(iface: Any, pair: dict[str, str], tmp_path: Path) -> None:
    fused, report = tmp_path / "fused.tif", tmp_path / "report.html"
    run_through(
        opened("classicalpansharpen", {**pair, "METHOD": "gsa", "OUTPUT": str(fused)}, tmp_path / "gsa.png"), fused
    )
    assert read_raster(fused).shape == (3, 128, 128)
    values = {**pair, "PROTOCOL": "full_resolution", "FUSED": str(fused), "REPORT": str(report)}
    run_through(opened("assessfusion", values, tmp_path / "assess.png"), report)
    assert "EXP" in report.read_text(encoding="utf-8")


def test_cancel_of_an_adaptation_leaves_nothing(iface: Any, pair: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "tuned.onnx"
    dialog = opened("adaptpansharpening", {**pair, "MINUTES": 20, "OUTPUT": str(output)}, tmp_path / "adapt.png")
    dialog.runButton().click()
    desktop.wait_until(lambda: dialog.cancelButton().isEnabled())
    dialog.cancelButton().click()
    desktop.wait_until(lambda: not dialog.cancelButton().isEnabled())
    dialog.close()
    assert not output.exists()
    assert list(tmp_path.glob(".*partial*")) == []
