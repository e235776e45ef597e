"""A cancel ends every task within two seconds, in whatever stage it is, even where nothing looks for it.

The stages of a real run are made endless one after the other. What stood under the names of the results stays there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

import pytest

from rsfusion_qgis.core.basics.errors import CancelledError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine import run as engine
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.rasters.sink import RasterSink
from tests.contract.test_tasks import CASES, Case

LIMIT_S = 2.0
OLD = "an older result"
_reached: list[float] = []


def endless(*_: Any, **__: Any) -> Any:
    """A stage that does not end."""
    _reached.append(time.monotonic())
    while True:
        time.sleep(0.001)


STAGES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "shift": lambda patch: patch.setattr(engine, "register_inputs", endless),
    "opening": lambda patch: patch.setattr(engine.Run, "__init__", endless),
    "reading": lambda patch: patch.setattr(engine.Run, "read", endless),
    "computing": lambda patch: patch.setattr(engine.Run, "_compute", endless),
    "writing": lambda patch: patch.setattr(engine.Run, "_write", endless),
    "closing": lambda patch: patch.setattr(RasterSink, "finish", endless),
    "report": lambda patch: None,
}


class Cancels(Monitor):
    """The user cancels when the endless stage is reached."""

    def is_cancelled(self) -> bool:
        return bool(_reached)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def job(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    case: Case = request.param
    folder = tmp_path_factory.mktemp("inputs")
    yield replace(case.example(folder), tile_size=32)


@pytest.mark.parametrize("stage", STAGES)
def test_a_cancel_in_any_stage_ends_within_two_seconds(
    job: Job, stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if stage == "shift" and not job.task.registers:
        pytest.skip("this task does not measure shifts")
    output, report = tmp_path / "out.tif", tmp_path / "page.html"
    for file in (output, report):
        file.write_text(OLD)
    _reached.clear()
    STAGES[stage](monkeypatch)
    asked = replace(job, output=str(output), report=str(report))
    with pytest.raises(CancelledError, match=r"^The run was cancelled; nothing was written\.$"):
        engine.run(asked, Cancels(), page=endless if stage == "report" else lambda *_: "page")
    assert time.monotonic() - _reached[0] < LIMIT_S
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.tif", "page.html"]
    assert {path.read_text() for path in tmp_path.iterdir()} == {OLD}
