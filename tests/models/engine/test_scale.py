"""The tiles of every task, with a network and with each of its methods, on two Dask workers: the bytes of one core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rsfusion_qgis.core.engine.run import run
from tests.contract.test_tasks import CASES, Case

pytest.importorskip("distributed", reason="Dask is not installed; .ci/peers does that")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    from models.engine.scale import workers

    with workers(2) as made:
        yield made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_two_workers_write_the_same_bytes(client: Any, case: Case, tmp_path: Path) -> None:
    from models.engine.scale import run_on_workers

    job = replace(case.example(tmp_path), tile_size=48, threads=1)
    alone, shared = (replace(job, output=str(tmp_path / name)) for name in ("alone.tif", "shared.tif"))
    run(alone)
    run_on_workers(shared, client)
    assert Path(alone.output).read_bytes() == Path(shared.output).read_bytes()
