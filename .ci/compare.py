#!/usr/bin/env python3
"""Compare two checkouts through the plugin's public interface: the same jobs, the same inputs, the same results?

    .ci/compare.py record ROOT FILE.json      run the jobs with the plugin of the checkout ROOT
    .ci/compare.py compare A.json B.json      SAME or DIFF for every job; ends with 1 where anything differs
    .ci/compare.py list                       the names of the jobs

ROOT needs a `.venv` as `make setup` makes it (a link to another checkout's does). The inputs are made once, in the
folder of `--work`, and every job works on copies of them. `--only TEXT` takes the jobs with TEXT in their name.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WORK = Path(tempfile.gettempdir()) / "compare_work"
INTERFACE = "interface"
SHOWN = 8
"""Differences of a job that are printed."""


def record(root: Path, file: Path, work: Path, only: str, keep: Path | None) -> None:
    """Run the jobs and write what came out."""
    from compare_jobs import all_jobs

    began = time.monotonic()
    subprocess.run(["make", "--silent", "--no-print-directory", "plugin"], cwd=root, check=True, env=_clean())
    make_work(root, work)
    names = [name for name in (INTERFACE, *(job.name for job in all_jobs())) if only in name]
    with tempfile.TemporaryDirectory(prefix="rsfusion_compare_") as folder:
        scratch = Path(folder)
        found = run_jobs(root, work, scratch, names)
        if keep:
            shutil.copytree(scratch / "out", keep, dirs_exist_ok=True)
    seconds = time.monotonic() - began
    told = {"root": _commit(root), "seconds": round(seconds), "jobs": found}
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"{len(names)} jobs in {seconds:.0f} s")


def make_work(root: Path, work: Path) -> None:
    """Make the inputs where they are not there yet; the network of a real training comes from this checkout."""
    from compare_jobs import FIRST_TRAINING, TRAINED

    if (work / TRAINED).is_file():
        return
    work.mkdir(parents=True, exist_ok=True)
    command = "import sys, pathlib, compare_inputs; compare_inputs.make_inputs(pathlib.Path(sys.argv[1]))"
    with tempfile.TemporaryDirectory(prefix="rsfusion_compare_") as folder:
        surroundings = _environment(Path(folder))
        subprocess.run([_python(root), "-c", command, str(work)], cwd=HERE, check=True, env=surroundings)
        found = run_jobs(root, work, Path(folder), [FIRST_TRAINING.name])
        made = list(Path(folder).glob("out/*/*.onnx"))
        if not made:
            raise SystemExit(f"No network was trained: {found}")
        shutil.copyfile(made[0], work / TRAINED)


def run_jobs(root: Path, work: Path, scratch: Path, names: Sequence[str]) -> dict[str, Any]:
    """Run jobs in one QGIS; where it crashes, the rest in another one."""
    (scratch / "out").mkdir(exist_ok=True)
    results, said, found = scratch / "results.jsonl", scratch / "said.txt", {}
    while len(found) < len(names):
        results.unlink(missing_ok=True)
        rest = [name for name in names if name not in found]
        places = (HERE / "compare_child.py", root / "build", work, scratch, results)
        child = [_python(root), *map(str, places), *rest]
        with said.open("wb") as stream:
            code = subprocess.run(child, env=_environment(scratch), stdout=stream, stderr=stream).returncode
        lines = results.read_text(encoding="utf-8").splitlines() if results.is_file() else []
        found.update({entry["name"]: entry["found"] for entry in map(json.loads, lines)})
        if code:
            if not lines:
                print(said.read_text(encoding="utf-8", errors="replace")[-3000:], file=sys.stderr)
            crashed = rest[len(lines)]
            print(f"QGIS ended with {code} at '{crashed}'", file=sys.stderr)
            found[crashed] = {"crashed": code}
    return found


def _python(root: Path) -> str:
    return str(root / ".venv" / "bin" / "python")


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}


def _environment(scratch: Path) -> dict[str, str]:
    """QGIS on a profile of its own, and one thread in numpy, so that sums are always made in the same order."""
    own = {"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(scratch / "profile"),
           "XDG_RUNTIME_DIR": str(scratch / "run"), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
           "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}  # fmt: skip
    (scratch / "run").mkdir(mode=0o700, exist_ok=True)
    kept = {name: value for name, value in _clean().items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    return {**kept, **own}


def _commit(root: Path) -> str:
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=12"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def compare(first: Path, second: Path, only: str) -> int:
    """Print the table; returns 1 where anything differs."""
    one, two = (json.loads(path.read_text(encoding="utf-8")) for path in (first, second))
    print(f"A = {first.name}, {one['root']}; B = {second.name}, {two['root']}")
    names = [name for name in {**one["jobs"], **two["jobs"]} if only in name]
    different = 0
    for name in names:
        found = list(differences(*(dict(flat(said["jobs"].get(name, "not run"))) for said in (one, two))))
        different += bool(found)
        print(f"{'DIFF' if found else 'SAME'}  {name}")
        for line in found[:SHOWN]:
            print(f"        {line}")
        if len(found) > SHOWN:
            print(f"        and {len(found) - SHOWN} more")
    print(f"{len(names) - different} of {len(names)} jobs are the same.")
    return int(different > 0)


def flat(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (place, value) of every leaf."""
    if isinstance(value, (dict, list)) and value:
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from flat(one, f"{place}/{key}" if place else str(key))
    else:
        yield place, value


def differences(one: dict[str, Any], two: dict[str, Any]) -> Iterator[str]:
    """Yield a line for every leaf that differs, and for every line of a longer text."""
    for place in {**one, **two}:
        before, after = one.get(place, "absent"), two.get(place, "absent")
        if before == after and isinstance(before, type(after)):
            continue
        if isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
            lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))
            yield from (f"{place}: {line[:160]}" for line in lines[2:] if not line.startswith("@@"))
        else:
            yield f"{place}: {str(before)[:70]} -> {str(after)[:70]}"


def main(given: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="text in the names of the jobs")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the inputs, made where it is not there")
    parser.add_argument("--keep", type=Path, help="folder for the files that the jobs write")
    parser.add_argument("what", choices=("record", "compare", "list"))
    parser.add_argument("paths", nargs="*", type=Path)
    told = parser.parse_args(given)
    if told.what == "list":
        from compare_jobs import all_jobs

        print("\n".join(job.name for job in all_jobs()))
        return 0
    if len(told.paths) != 2:
        parser.error(f"{told.what} takes two paths")
    if told.what == "compare":
        return compare(*told.paths, told.only)
    record(told.paths[0].resolve(), told.paths[1], told.work.resolve(), told.only, told.keep)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
