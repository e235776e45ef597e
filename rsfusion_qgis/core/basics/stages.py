"""Stages that run at the same time, each in a thread of its own, while the caller watches and may cancel."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from typing import Any, Callable

from .errors import CancelledError
from .interruption import interrupt as interrupt_thread
from .interruption import uninterrupted

_POLL_S = 0.05
_GRACE_S = 0.3
"""Until a stage that does not end by itself is interrupted."""


class _Stop(Exception):
    """Another stage ended; leave quietly."""


class OverlappingStages:
    """A chain of functions over items: stage i works on item k while stage i + 1 works on item k - 1.

    Parameters
    ----------
    stages : functions of one argument
        Each takes what the one before returned. The first exception that one raises ends all.
    depth : int
        How many finished items may wait between two stages; this bounds memory.
    """

    def __init__(self, stages: tuple[Callable[[Any], Any], ...], depth: int = 1) -> None:
        self._stages = stages
        self._queues = [queue.Queue(maxsize=depth) for _ in stages]
        self._stop = threading.Event()
        self._error: list[BaseException] = []
        self._at_work: set[threading.Thread] = set()
        self.done = 0

    def run(self, items: Iterable[Any], watch: Callable[[], None], interrupt: Callable[[], None]) -> None:
        """Run to the end.

        Parameters
        ----------
        items : iterable
        watch : function
            Called from the caller's thread some twenty times a second; may raise to end the run.
        interrupt : function
            Called when the run ends early: makes a stage that is at work return soon.
        """
        workers = [threading.Thread(target=self._feed, args=(items,), daemon=True)]
        workers += [threading.Thread(target=self._work, args=(i,), daemon=True) for i in range(len(self._stages))]
        for worker in workers:
            worker.start()
        try:
            while any(w.is_alive() for w in workers) and not self._error:
                watch()
                workers[-1].join(_POLL_S)
        except BaseException as error:
            self._error.insert(0, error)
        with uninterrupted():
            self._end(workers, interrupt)
        if self._error:
            raise self._error[0]

    def _end(self, workers: list[threading.Thread], interrupt: Callable[[], None]) -> None:
        """Wait for all; where the run ends early, not for what they are doing."""
        if self._error:
            self._stop.set()
            interrupt()
            workers[-1].join(_GRACE_S)
        for worker in workers:
            while worker.is_alive():
                if self._error and worker in self._at_work:
                    interrupt_thread(worker)
                worker.join(_GRACE_S)

    def _feed(self, items: Iterable[Any]) -> None:
        def loop() -> None:
            for item in items:
                self._put(0, item)
            self._put(0, _Stop)

        self._guard(loop)

    def _work(self, index: int) -> None:
        def loop() -> None:
            while True:
                item = self._get(index)
                if item is not _Stop:
                    item = self._at(index, item)
                if index + 1 < len(self._stages):
                    self._put(index + 1, item)
                if item is _Stop:
                    return
                self.done += index + 1 == len(self._stages)

        self._guard(loop)

    def _at(self, index: int, item: Any) -> Any:
        this = threading.current_thread()
        self._at_work.add(this)
        try:
            return self._stages[index](item)
        finally:
            self._at_work.discard(this)

    def _guard(self, action: Callable[[], Any]) -> None:
        try:
            action()
        except _Stop:
            pass
        except CancelledError as error:  # where another stage failed, that is told
            self._error.append(error)
            self._stop.set()
        except BaseException as error:
            self._error.insert(0, error)
            self._stop.set()

    def _put(self, index: int, item: Any) -> None:
        while not self._stop.is_set():
            try:
                return self._queues[index].put(item, timeout=_POLL_S)
            except queue.Full:
                continue
        raise _Stop

    def _get(self, index: int) -> Any:
        while not self._stop.is_set():
            try:
                return self._queues[index].get(timeout=_POLL_S)
            except queue.Empty:
                continue
        raise _Stop
