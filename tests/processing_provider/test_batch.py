"""A table of jobs: what fails is noted and the others go on; mistakes in the table are found before the first run."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from tests import qgis_child
from tests.rasters import make_pan_ms

MOST_GROWTH = 16 * 2**20
"""Of the memory, over as many runs as before."""


@pytest.fixture
def pair(tmp_path: Path) -> dict[str, str]:
    pan, ms = make_pan_ms(tmp_path, rows=16, cols=16, ratio=4, bands=3, dtype="UInt16")
    return {"PAN": str(pan), "MS": str(ms)}


def write_jobs(path: Path, rows: list[dict[str, Any]], separator: str = ",") -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def jobs_of(pair: dict[str, str], folder: Path, count: int) -> list[dict[str, Any]]:
    return [{"ALGORITHM": "classicalpansharpen", "METHOD": "exp", **pair, "OUTPUT": str(folder / f"{number}.tif")}
            for number in range(count)]  # fmt: skip


def run(jobs: str, table: Path, feedback: QgsProcessingFeedback | None = None) -> dict[str, Any]:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("rsfusion:batch")
    parameters, context = {"JOBS": jobs, "TABLE": str(table)}, QgsProcessingContext()
    accepted, message = algorithm.checkParameterValues(parameters, context)
    if not accepted:
        raise QgsProcessingException(message)
    return algorithm.run(parameters, context, feedback or QgsProcessingFeedback(), {}, False)[0]


def lines_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("separator", [",", ";"])
def test_all_runs_of_a_table_are_done(provider, pair, tmp_path, separator):
    jobs = write_jobs(tmp_path / "jobs.csv", jobs_of(pair, tmp_path, 3), separator)
    assert run(jobs, tmp_path / "table.csv")["RUNS"] == 3
    told = lines_of(tmp_path / "table.csv")
    assert [(one["row"], one["algorithm"], one["status"]) for one in told] == [
        (str(row), "rsfusion:classicalpansharpen", "done") for row in (2, 3, 4)
    ]
    assert [one["results"] for one in told] == [str(tmp_path / f"{number}.tif") for number in range(3)]


def test_a_broken_input_fails_alone_and_the_process_ends_with_1(pair, tmp_path):
    rows = jobs_of(pair, tmp_path, 4)
    whole = Path(pair["PAN"]).read_bytes()
    (tmp_path / "broken.tif").write_bytes(whole[: len(whole) // 2])
    rows[1]["PAN"] = str(tmp_path / "broken.tif")
    jobs = write_jobs(tmp_path / "jobs.csv", rows)
    finished = qgis_child.run_algorithm("rsfusion:batch", JOBS=jobs, TABLE=tmp_path / "table.csv")
    assert finished.code == 1, finished.text
    assert "1 of 4 runs failed and the others are done; TABLE" in finished.text
    told = lines_of(tmp_path / "table.csv")
    assert [one["status"] for one in told] == ["done", "failed", "done", "done"]
    assert "broken.tif" in told[1]["message"] and "PAN" in told[1]["message"]
    assert sorted(path.name for path in tmp_path.glob("?.tif")) == ["0.tif", "2.tif", "3.tif"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ALGORITHM": "pansharp"}, "ALGORITHM of row 3 is 'rsfusion:pansharp'; expected one of adapthyperspectral"),
        ({"ALGORITHM": "batch"}, "ALGORITHM of row 3 is 'rsfusion:batch'"),
        ({"METOD": "exp"}, "row 3 has a value for 'METOD', which rsfusion:classicalpansharpen does not have"),
        ({"OUTPUT": "0.tif"}, "OUTPUT of row 3 is the same file as OUTPUT of row 2"),
        ({"OUTPUT": "table.csv"}, "OUTPUT of row 3 is the same file as TABLE"),
    ],
)
def test_a_mistake_in_the_table_is_found_before_the_first_run(provider, pair, tmp_path, change, words):
    rows = jobs_of(pair, tmp_path, 2)
    rows[1].update({name: str(tmp_path / value) if name == "OUTPUT" else value for name, value in change.items()})
    jobs = write_jobs(tmp_path / "jobs.csv", rows)
    with pytest.raises(QgsProcessingException, match=words):
        run(jobs, tmp_path / "table.csv")
    assert not (tmp_path / "0.tif").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PAN,MS\na,b\n", "has the columns PAN, MS; expected ALGORITHM among them"),
        ("ALGORITHM,PAN\n", "has no line below the first one"),
        ("ALGORITHM,PAN\nclassify,a,b\n", "row 2 of .* has more cells than the first line"),
        ("", "has the columns nothing; expected ALGORITHM"),
    ],
)
def test_a_table_that_is_none(provider, tmp_path, text, words):
    (tmp_path / "jobs.csv").write_text(text)
    with pytest.raises(QgsProcessingException, match=words):
        run(str(tmp_path / "jobs.csv"), tmp_path / "table.csv")


def test_a_table_over_the_jobs_is_refused(provider, pair, tmp_path):
    jobs = write_jobs(tmp_path / "jobs.csv", jobs_of(pair, tmp_path, 1))
    with pytest.raises(QgsProcessingException, match="TABLE"):
        run(jobs, tmp_path / "jobs.csv")


def test_after_a_cancel_the_rest_is_not_run(provider, pair, tmp_path):
    class Cancels(QgsProcessingFeedback):
        def pushInfo(self, info: str) -> None:
            if (tmp_path / "0.tif").exists():
                self.cancel()

    jobs = write_jobs(tmp_path / "jobs.csv", jobs_of(pair, tmp_path, 5))
    with pytest.raises(QgsProcessingException, match="The batch was cancelled; the results of the runs before stay"):
        run(jobs, tmp_path / "table.csv", Cancels(False))
    told = [one["status"] for one in lines_of(tmp_path / "table.csv")]
    assert told[0] == "done" and told[-1] == "not run" and set(told) == {"done", "not run"}


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory is read from /proc")
def test_memory_does_not_grow_with_the_number_of_runs(provider, pair, tmp_path):
    held = []
    for part in range(3):
        folder = tmp_path / str(part)
        folder.mkdir()
        run(write_jobs(folder / "jobs.csv", jobs_of(pair, folder, 15)), folder / "table.csv")
        held.append(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
    assert held[2] - held[1] < MOST_GROWTH
