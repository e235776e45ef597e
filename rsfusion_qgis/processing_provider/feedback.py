"""The engine's view of QGIS: progress, messages, and the wish to stop.

Three ways lead to a stop. The desktop's Cancel sets the feedback's flag at once. Ctrl-C under qgis_process
reaches the feedback only when the application's own thread handles events, so `progress` does that there.
SIGTERM would kill qgis_process on the spot and leave the temporary output behind, so `stop_signals` turns
it into the same wish for the length of one run.
"""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from qgis.core import QgsApplication, QgsProcessingFeedback
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ..core.basics.language import told
from ..core.basics.monitor import Monitor

EVENT_INTERVAL_S = 0.1


class FeedbackMonitor(Monitor):
    """What `core.engine.run.run` calls while it works; any thread may ask `is_cancelled`.

    Parameters
    ----------
    feedback : receives percent, messages and warnings; asked whether the user cancelled.
    words : puts a line into the words that the person reads.
    """

    def __init__(self, feedback: QgsProcessingFeedback, words: Callable[[str], str] = told) -> None:
        self._feedback, self._words = feedback, words
        self._owner = threading.get_ident()
        self._handle_events = _on_console_thread()
        self._signals: socket.socket | None = None
        self._stopped = False
        self._next_events = 0.0

    def progress(self, fraction: float) -> None:
        """Show how much is done, 0 to 1; a call from another thread than the run's own is not shown."""
        if threading.get_ident() != self._owner:
            return
        self._feedback.setProgress(100.0 * min(max(fraction, 0.0), 1.0))
        self._let_signals_in()

    def info(self, text: str) -> None:
        """Write one line to the log."""
        self._feedback.pushInfo(self._words(text))

    def warning(self, text: str) -> None:
        """Write one line to the log that stands out."""
        self._feedback.pushWarning(self._words(text))

    def is_cancelled(self) -> bool:
        """Return True from the moment on when the user, or the system, wants the run to stop."""
        if threading.get_ident() == self._owner:
            self._let_signals_in()
        if not self._stopped and (self._feedback.isCanceled() or self._signal_arrived()):
            self._stopped = True
            self._feedback.cancel()  # where several runs share it, the others end as well
        return self._stopped

    @contextmanager
    def stop_signals(self) -> Iterator[None]:
        """Take SIGTERM as a wish to stop while the block runs, where that disturbs nobody.

        Only on the main thread of qgis_process, and only where SIGTERM still has its
        default effect. The signal's number arrives through a socket, which any thread can look at
        even while the main thread waits for the network.
        """
        if not (self._handle_events and _may_watch_signals()):
            yield
            return
        receiver, sender = socket.socketpair()
        receiver.setblocking(False)
        sender.setblocking(False)
        previous_fd = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
        previous = signal.signal(signal.SIGTERM, _ignore_now_act_later)
        self._signals = receiver
        try:
            yield
        finally:
            self._signals = None
            signal.signal(signal.SIGTERM, previous)
            signal.set_wakeup_fd(previous_fd)
            receiver.close()
            sender.close()

    def _let_signals_in(self) -> None:
        """Handle events, at most ten times a second, where they bring Ctrl-C and no desktop is disturbed."""
        now = time.monotonic()
        if self._handle_events and now >= self._next_events:
            self._next_events = now + EVENT_INTERVAL_S
            QCoreApplication.processEvents()

    def _signal_arrived(self) -> bool:
        receiver = self._signals
        if receiver is None:
            return False
        try:
            return bool(receiver.recv(64))
        except OSError:
            return False


def _on_console_thread() -> bool:
    """Return True on the application's own thread of qgis_process."""
    application = QCoreApplication.instance()
    if application is None or QgsApplication.platform() != "qgis_process":
        return False
    return bool(QThread.currentThread() == application.thread())


def _may_watch_signals() -> bool:
    on_main_thread = threading.current_thread() is threading.main_thread()
    return on_main_thread and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def _ignore_now_act_later(number: int, frame: Any) -> None:
    """Python's own handler: the socket has the number already, and `is_cancelled` reads it there."""
