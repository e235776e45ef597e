"""Memory that was freed goes back to the system where that can be told to."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import os
from rsfusion_qgis.core.basics.heap import give_back
def held():
    with open("/proc/self/statm") as text:
        return int(text.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
parts = [bytes(60000) for _ in range(4000)]  # small enough for the heap, and one of them stays at its end
last = parts.pop()
before = held()
del parts
give_back()
print(before - held())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc keeps freed memory in this way")
def test_what_is_free_is_given_back() -> None:
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert int(found.stdout) > 100e6
