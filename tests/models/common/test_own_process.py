"""A command in a process of its own: its memory, its seconds, and what goes wrong with it."""

from __future__ import annotations

import sys
import time

import pytest

from models.common.own_process import measure
from rsfusion_qgis.core.basics.errors import RsFusionError

HOLDS_200_MIB = "held = b'x' * (200 << 20)"


def test_memory_is_that_of_the_command_alone() -> None:
    """Not of the process that asks, and that of a program which a script starts, too."""
    asking = b"x" * (400 << 20)
    small = measure([sys.executable, "-c", "print('done')"])
    assert small.output == "done\n"
    assert small.peak_mib < 100 < len(asking) / 2**20
    large = measure(["/bin/sh", "-c", f'"{sys.executable}" -c "{HOLDS_200_MIB}"; true'])
    assert 200 < large.peak_mib < 300


def test_seconds_are_those_of_the_command() -> None:
    slept = measure(["sleep", "0.5"])
    assert 0.5 <= slept.seconds < 5 and slept.processor_seconds < 0.2
    worked = measure(["/bin/sh", "-c", f'"{sys.executable}" -c "sum(range(20_000_000))"; true'])
    assert 0.1 < worked.processor_seconds < 1.1 * worked.seconds


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["/bin/sh", "-c", "echo first >&2; echo last >&2; exit 3"], "^sh ended with 3: last$"),
        (["/bin/sh", "-c", "exit 3"], "nothing on stderr"),
        (["/bin/sh", "-c", "kill -9 $$"], "ended with -9"),
        (["/nowhere/program"], "^program could not be started"),
    ],
)
def test_a_command_that_fails_is_told(command: list[str], message: str) -> None:
    with pytest.raises(RsFusionError, match=message):
        measure(command)


def test_a_command_that_hangs_is_ended_with_what_it_started() -> None:
    started = time.perf_counter()
    with pytest.raises(RsFusionError, match=r"did not end within 0\.5 s"):
        measure(["/bin/sh", "-c", "sleep 60; true"], timeout_s=0.5)
    assert time.perf_counter() - started < 20
