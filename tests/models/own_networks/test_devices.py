"""The script that runs the zoo on a device: where the device is absent it says so, and nothing is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("onnxruntime")

from models.own_networks import devices
from rsfusion_qgis.core.networks.session import available_devices


def test_an_absent_device_is_told_for_every_network(capsys: pytest.CaptureFixture[str]) -> None:
    absent = next(one for one in ("rocm", "coreml", "directml") if one not in available_devices())
    assert devices.main(["--devices", absent, "--side", "64"]) == 1
    rows = [line for line in capsys.readouterr().out.splitlines() if f"| {absent} |" in line]
    assert len(rows) == len(devices.networks())
    assert all("cannot use here" in row for row in rows)


@pytest.mark.parametrize("path", devices.networks(), ids=lambda path: path.stem)
def test_the_cpu_agrees_with_itself(path: Path) -> None:
    from rsfusion_qgis.core.networks.card_files import read_card

    card = read_card(path)
    first, seconds, provider = devices.timed(path, card, "cpu", 64)
    second, _, _ = devices.timed(path, card, "cpu", 64)
    assert provider == "CPUExecutionProvider" and seconds > 0
    assert all((first[name] == second[name]).all() for name in first)
