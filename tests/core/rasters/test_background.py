"""A run in a thread of its own: what it says arrives in order, and it ends soon after a cancel, whatever it does."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import CancelledError, InputError
from rsfusion_qgis.core.basics.interruption import uninterrupted
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.basics.pending_file import pending_files
from rsfusion_qgis.core.rasters.background import Relay, in_background

LIMIT_S = 2.0


class Notes(Monitor):
    """Notes what it is told, and in which threads; cancels some time after the first line."""

    def __init__(self, cancel_s: float = np.inf) -> None:
        self.told, self.threads, self._cancel_s, self._since = [], set(), cancel_s, np.inf

    def progress(self, fraction: float) -> None:
        self.told.append(fraction)
        self.threads.add(threading.get_ident())

    def info(self, text: str) -> None:
        self.told.append(text)
        self.threads.add(threading.get_ident())
        self._since = time.monotonic()

    def is_cancelled(self) -> bool:
        self.threads.add(threading.get_ident())
        return time.monotonic() - self._since > self._cancel_s

    @property
    def seconds_since(self) -> float:
        """Since it cancelled."""
        return time.monotonic() - self._since - self._cancel_s


def test_all_is_told_in_order_in_the_thread_of_the_caller():
    def action(relay: Relay) -> int:
        for number in range(100):
            relay.info(str(number))
            relay.progress(number / 100)
            assert not relay.is_cancelled()
        return threading.get_ident()

    notes = Notes()
    assert in_background(action, notes) != threading.get_ident()
    assert notes.told == [one for number in range(100) for one in (str(number), number / 100)]
    assert notes.threads == {threading.get_ident()}


def test_what_the_run_raises_reaches_the_caller():
    def action(relay: Relay) -> None:
        raise InputError("Found nothing.")

    with pytest.raises(InputError, match=r"^Found nothing\.$"):
        in_background(action, Monitor())


def never_asks(relay: Relay) -> None:
    relay.info("go")
    while True:
        np.sort(np.random.default_rng(0).random(100_000))


def asks(relay: Relay) -> None:
    relay.info("go")
    while True:
        relay.watch()(0.5)


@pytest.mark.parametrize("action", [never_asks, asks])
def test_a_cancel_ends_what_asks_and_what_never_asks(action):
    notes = Notes(cancel_s=0.2)
    with pytest.raises(CancelledError, match=r"^The run was cancelled; nothing was written\.$"):
        in_background(action, notes)
    assert notes.seconds_since < LIMIT_S


def test_results_get_their_names_together_though_a_cancel_comes_meanwhile(tmp_path: Path):
    def action(relay: Relay) -> None:
        relay.info("go")
        with uninterrupted(), pending_files({"A": str(tmp_path / "a"), "B": str(tmp_path / "b")}) as files:
            for file in files.values():
                time.sleep(0.4)
                file.write_text("new")

    in_background(action, Notes(cancel_s=0.1))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_an_error_of_the_monitor_ends_the_run():
    class Breaks(Monitor):
        def progress(self, fraction: float) -> None:
            raise ValueError("monitor")

    def action(relay: Relay) -> None:
        relay.progress(0.0)
        never_asks(relay)

    before = threading.active_count()
    with pytest.raises(ValueError, match="monitor"):
        in_background(action, Breaks())
    assert threading.active_count() == before


def test_what_a_cancel_leads_to_is_told_as_a_cancel():
    def action(relay: Relay) -> None:
        try:
            never_asks(relay)
        except CancelledError:
            raise InputError("The file cannot be written.") from None

    with pytest.raises(CancelledError, match=r"^The run was cancelled; nothing was written\.$"):
        in_background(action, Notes(cancel_s=0.1))
