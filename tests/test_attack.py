"""The short form of `make attack`: what strangers' files do to the plugin; the same mutants on every run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def attack(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / ".ci" / "attack.py"), *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_changed_networks_and_cards_are_opened_or_refused_in_one_line(tmp_path: Path) -> None:
    done = attack("mutants", "--count", 200, "--seed", 3, "--keep", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    kinds = {tuple(line.split()[:2]) for line in done.stdout.splitlines()}
    assert {("card", "opens"), ("card", "refused"), ("network", "opens"), ("network", "refused")} <= kinds
    assert list(tmp_path.iterdir()) == []


def test_a_mutant_is_the_same_every_time(tmp_path: Path) -> None:
    program = "import sys; sys.path[:0] = ['.', '.ci']; from attack_mutants import Path, write_mutant"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for number in (4, 5, 6, 7):
            call = f"{program}; f = Path({str(tmp_path / name)!r}, '{number}'); f.mkdir(); write_mutant(3, {number}, f)"
            subprocess.run([sys.executable, "-c", call], cwd=ROOT, check=True)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) >= 8
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
