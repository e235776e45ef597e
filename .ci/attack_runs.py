"""The part of `attack.py` that walks the registry: every algorithm with every fault, and every pair of parameters."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import compare
import compare_jobs
import onnx
from osgeo import gdal, ogr

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OLD = b"an older result\n" * 1000
LONGEST = 1000
TIMEOUT_S = 1800
_EARLY, _MIDDLE, _LATE = 1.0, 40.0, 99.0
# (name, what `attack_run_child` does, at which percent; -1 = before the run, share of the largest result's size)
FAULTS: tuple[tuple[str, str, float, float], ...] = (
    ("disk full from the start", "disk full", -1.0, 0.02),
    ("disk full half way", "disk full", -1.0, 0.5),
    ("disk full at the end", "disk full", -1.0, 0.98),
    ("input cut before", "input cut", -1.0, 0.0),
    ("input cut meanwhile", "input cut", _EARLY, 0.0),
    ("folder gone", "folder gone", _MIDDLE, 0.0),
    ("cancel early", "cancel", _EARLY, 0.0),
    ("cancel half way", "cancel", _MIDDLE, 0.0),
    ("cancel late", "cancel", _LATE, 0.0),
    ("kill half way", "kill", _MIDDLE, 0.0),
    ("kill late", "kill", _LATE, 0.0),
)


BATCH = compare_jobs.Job("batch: two fusions", "batch", {"JOBS": "<runs.csv", "TABLE": ">table.csv"}, loose=True)
"""Its runs write something; their names in the table count from the folder in which QGIS starts."""


class Bench:
    """A scratch folder, the inputs of `compare`, and QGIS as a child."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        subprocess.run(["make", "--silent", "--no-print-directory", "plugin"], cwd=ROOT, check=True)
        compare.make_work(ROOT, compare.WORK)
        self.interface: dict[str, Any] = self.ask({"kind": "interface"})[1][0]

    def ask(self, question: dict[str, Any]) -> tuple[int, list[Any]]:
        """The child's exit code and its answers."""
        file = self.scratch / "question.json"
        file.write_text(json.dumps(question), encoding="utf-8")
        command = [compare._python(ROOT), str(HERE / "attack_run_child.py"), str(ROOT / "build"), str(file)]
        done = subprocess.run(command, env=compare._environment(self.scratch), stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=TIMEOUT_S, cwd=self.scratch)  # fmt: skip
        return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()]

    def job(self, algorithm: str) -> compare_jobs.Job | None:
        """The first job of an algorithm that writes something."""
        jobs = [BATCH, *(one for one in compare_jobs.all_jobs() if one.algorithm != BATCH.algorithm)]
        jobs = [one for one in jobs if one.algorithm == algorithm]
        return next((one for one in jobs if any(str(v).startswith(">") for v in one.parameters.values())), None)


def placed(parameters: dict[str, Any], inputs: Path, out: Path) -> dict[str, Any]:
    """Parameters with the names of files, see `compare_jobs`."""
    marks = {"<": f"{inputs}/", ">": f"{out}/", "@": f"@{inputs}/"}
    return {name: compare_jobs.replaced(value, lambda text: marks[text[0]] + text[1:])
            for name, value in parameters.items() if value is not None}  # fmt: skip


def faults(only: str) -> int:
    """Print a line for every algorithm and fault; returns how many were not stood."""
    with tempfile.TemporaryDirectory(prefix="attack_") as folder:
        bench, failed, count = Bench(Path(folder)), 0, 0
        for algorithm in sorted(bench.interface):
            names = [f"{algorithm}: {fault[0]}" for fault in FAULTS]
            if not any(only in name for name in names):
                continue
            job = bench.job(algorithm)
            if job is None:
                print(f"FAULT  {algorithm}: compare_jobs has no job that writes something; add one", flush=True)
                failed += 1
                continue
            for name, trouble in _one(bench, job, [f for f, name in zip(FAULTS, names) if only in name]):
                count, failed = count + 1, failed + bool(trouble)
                print(f"{'FAULT' if trouble else 'stood'}  {algorithm}: {name}  {trouble}".rstrip(), flush=True)
    print(f"{count} faults, {failed} not stood.")
    return failed


def _one(bench: Bench, job: compare_jobs.Job, wanted: list[Any]) -> Iterator[tuple[str, str]]:
    """(fault, what went wrong or "") of one algorithm."""
    given, out, good = (bench.scratch / name for name in ("in", "out", "good"))
    parameters = dict(job.parameters)
    if "TILE_SIZE" in bench.interface[job.algorithm]["all"]:
        parameters.setdefault("TILE_SIZE", 64)
    values = placed(parameters, given, out)
    asked = {"kind": "run", "algorithm": job.algorithm, "parameters": values, "fault": {}}
    _fresh(given, out, ())
    shutil.rmtree(good, ignore_errors=True)
    code, answers = bench.ask(asked)
    if code or not answers[0]["ok"]:
        yield "no fault", f"ended with {code}: {answers}"
        return
    out.rename(good)
    names = [path.name for path in good.iterdir()]
    largest = max(path.stat().st_size for path in good.iterdir())
    files = [str(given / name) for value in parameters.values() for name in compare_jobs.files(value)]
    if job == BATCH:
        files = [str(given / "dsm.tif")]  # of one of its two runs
    for name, kind, at, share in wanted:
        if kind == "input cut" and not files:
            continue
        _fresh(given, out, names)
        shutil.rmtree(f"{out}_gone", ignore_errors=True)
        fault = {"kind": kind, "at": at, "bytes": int(share * largest), "folder": str(out), "file": "".join(files[:1])}
        code, answers = bench.ask({**asked, "fault": fault})
        left = Path(f"{out}_gone") if Path(f"{out}_gone").is_dir() else out
        told = answers[0] if answers else None
        yield name, _judged(kind, code, told, left, good, job.loose)


def _fresh(given: Path, out: Path, names: Any) -> None:
    """Fresh inputs, and older results under the names of the new ones."""
    shutil.rmtree(given, ignore_errors=True)
    shutil.copytree(compare.WORK, given)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for name in names:
        (out / name).write_bytes(OLD)


def _judged(kind: str, code: int, told: Any, left: Path, good: Path, loose: bool) -> str:
    """What went wrong, "" where all is as it should be."""
    if told is None and not (kind == "kill" and code == -9):
        return f"QGIS ended with {code}"
    words = told["message"] if told else ""
    if told and not told["ok"]:
        if "unexpected" in words or "Traceback" in words or "\n" in words or not words or len(words) > LONGEST:
            return f"no sentence of ours: {words[:300]!r}"
        if kind == "input cut" and not told["struck"]:
            return ""
    for file in sorted(good.iterdir()):
        now = left / file.name
        if not now.is_file():
            return f"{file.name} is gone"
        if now.read_bytes() == OLD:
            if told and told["ok"]:
                return f"{file.name} is the old one after a run that went well"
        elif not _whole(now, file, loose):
            return f"{file.name} is neither the old one nor a whole new one; {words[:200]}"
    more = [path.name for path in left.iterdir() if not (good / path.name).exists()]
    return f"left behind: {more}" if more and kind != "kill" else ""


def _whole(path: Path, good: Path, loose: bool) -> bool:
    """Whether a file is what a run without a fault writes; of a loose job, whether it can be read to its end."""
    if path.suffix == ".onnx":
        onnx.checker.check_model(str(path))
        return True
    if path.suffix == ".gpkg":
        source = ogr.Open(str(path))
        return source is not None and source.GetLayer(0).GetFeatureCount() > 0
    if path.suffix == ".csv" and loose:  # a table with times in it
        tables = [one.read_text(encoding="utf-8", errors="replace").splitlines() for one in (path, good)]
        return tables[0][:1] == tables[1][:1] and len(tables[0]) == len(tables[1])
    if path.suffix in (".html", ".csv", ".xml", ".hdr", ".json"):
        text, other = (one.read_text(encoding="utf-8", errors="replace") for one in (path, good))
        return bool(text) and text.rstrip()[-7:] == other.rstrip()[-7:] and (loose or len(text) > 0.9 * len(other))
    sums = []
    for one in (path, good):
        data = gdal.Open(str(one))
        if data is None:
            return False
        sums.append([data.GetRasterBand(k + 1).Checksum() for k in range(data.RasterCount)])
        if gdal.GetLastErrorType() >= gdal.CE_Failure:
            return False
    return loose or sums[0] == sums[1]


def overlaps(only: str) -> int:
    """Print a line for every result and input of every algorithm; returns how many were not stood."""
    with tempfile.TemporaryDirectory(prefix="attack_") as folder:
        bench, failed, count = Bench(Path(folder)), 0, 0
        for algorithm, has in sorted(bench.interface.items()):
            if only not in algorithm:
                continue
            runs, missing = _pairs(bench.scratch, algorithm, has)
            code, answers = bench.ask({"kind": "overlaps", "runs": runs})
            for told in answers:
                trouble = f"wrote over {', '.join(told['changed'])}" if told["changed"] else ""
                trouble = trouble or ("ran all the same" if told["ok"] else "")
                count, failed = count + 1, failed + bool(trouble)
                print(f"{'FAULT' if trouble else 'stood'}  {algorithm}: {told['name']}  {trouble}".rstrip(), flush=True)
            for name in missing:
                print(f"       {algorithm}: {name} is in no job of compare_jobs and was not tried")
            if code:
                failed += 1
                print(f"FAULT  {algorithm}: QGIS ended with {code} at '{runs[len(answers)]['name']}'", flush=True)
    print(f"{count} pairs, {failed} not stood.")
    return failed


def _pairs(scratch: Path, algorithm: str, has: dict[str, list[str]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The runs of an algorithm in which a result has the name of an input or of another result; what no job has."""
    known = [one for one in compare_jobs.all_jobs() if one.algorithm == algorithm and ": refused" not in one.name]
    jobs = [one.parameters for one in known]
    given, out = scratch / "in", scratch / "out"
    out.mkdir(exist_ok=True)
    inputs = {name for job in jobs for name, value in job.items() if any(compare_jobs.files(value))}
    results = {name: value for job in jobs for name, value in job.items() if name in has["results"] and value}
    runs = []
    for result in has["results"]:
        for other in (*sorted(inputs), *(one for one in has["results"] if one > result and one in results)):
            job = next((one for one in jobs if one.get(other)), {})
            values = placed({**job, **({other: results[other]} if other in results else {})}, given, out)
            values[result] = (values[other][-1] if isinstance(values[other], list) else str(values[other])).lstrip("@")
            runs.append({"name": f"{result} is {other}", "algorithm": algorithm, "parameters": values,
                         "folder": str(given), "inputs": str(compare.WORK)})  # fmt: skip
    missing = [name for name in has["layers"] if name not in inputs]
    return runs, [*missing, *(name for name in has["results"] if name not in results)]


if __name__ == "__main__":
    sys.exit("run attack.py")
