"""A run in a thread of its own, while the caller's shows how far it is, and ends it when that is wished."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from typing import Callable, TypeVar

from osgeo import gdal

from ..basics.errors import CancelledError
from ..basics.interruption import interrupt
from ..basics.monitor import Monitor

Result = TypeVar("Result")
_POLL_S = 0.05
_GRACE_S = 0.3
"""Until a run that does not look whether it is cancelled is interrupted."""


class Relay(Monitor):
    """The monitor of the run: the caller's is told and asked the same, in the caller's thread."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self.calls: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self.cancelled = self.noticed = self.ended = False

    def progress(self, fraction: float) -> None:
        """See `Monitor`."""
        self.calls.put(lambda: self._monitor.progress(fraction))

    def info(self, text: str) -> None:
        """See `Monitor`."""
        self.calls.put(lambda: self._monitor.info(text))

    def warning(self, text: str) -> None:
        """See `Monitor`."""
        self.calls.put(lambda: self._monitor.warning(text))

    def is_cancelled(self) -> bool:
        """See `Monitor`; the run ends itself from then on."""
        answer: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self.calls.put(lambda: answer.put(self._monitor.is_cancelled()))
        while not self.cancelled:
            with suppress(queue.Empty):
                if answer.get(timeout=_POLL_S):
                    self.cancelled = True  # never False: the caller's thread may have found True meanwhile
                break
        self.noticed = self.noticed or self.cancelled
        return self.cancelled


def in_background(action: Callable[[Relay], Result], monitor: Monitor) -> Result:
    """Do something, and return what it returns; it ends soon after the user cancels, whatever it is doing.

    Parameters
    ----------
    action : called in a thread of its own with the monitor that it tells and asks. It makes no object of Qt or of what
        builds on that: such a thread is none of Qt's, and what it leaves in their caches is broken when it has ended.

    Raises
    ------
    CancelledError
        The user cancelled, and the action did not end well before.
    BaseException
        What the action raised.
    """
    relay, made, raised = Relay(monitor), [], []

    def work() -> None:
        gdal.PushErrorHandler("CPLQuietErrorHandler")  # it is told by what is raised
        try:
            made.append(action(relay))
        except BaseException as error:
            raised.append(error)
        relay.ended = True
        relay.calls.put(bool)  # nothing to do, but nobody need wait any longer

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        while worker.is_alive() and not (relay.ended or relay.cancelled):
            _listen(relay, _POLL_S)
            if monitor.is_cancelled():
                relay.cancelled = True
    except BaseException:
        relay.cancelled = True
        raise
    finally:
        _end(worker, relay)
    _listen(relay)
    if raised and relay.cancelled and isinstance(raised[0], Exception):
        raise CancelledError from raised[0]  # whatever it led to
    if raised:
        raise raised[0]
    return made[0]


def _listen(relay: Relay, seconds: float = 0.0) -> None:
    """Do what was asked for, and wait so long for the first of it."""
    with suppress(queue.Empty):
        relay.calls.get(timeout=seconds)() if seconds else relay.calls.get_nowait()()
        while True:
            relay.calls.get_nowait()()


def _end(worker: threading.Thread, relay: Relay) -> None:
    worker.join(_GRACE_S)
    while worker.is_alive():
        if relay.cancelled and not relay.noticed:
            relay.noticed = interrupt(worker)
        worker.join(_POLL_S)
