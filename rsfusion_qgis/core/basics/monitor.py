"""Who is told of a run."""

from __future__ import annotations

from typing import Callable

from .errors import CancelledError


class Monitor:
    """Who is told of a run, and asked whether to go on; this one says nothing and never cancels."""

    def progress(self, fraction: float) -> None:
        """Share of the whole run that is done, 0..1."""

    def info(self, text: str) -> None:
        """One line for the log."""

    def warning(self, text: str) -> None:
        """One line for the log that the user should not overlook."""

    def is_cancelled(self) -> bool:
        """True ends the run; nothing is left behind."""
        return False

    def watch(self, begin: float = 0.0, end: float = 1.0) -> Callable[..., None]:
        """Return what passes a share of a part of the run on, and ends the run where the user wants it.

        What it shows never goes back, and a call without a share shows what was shown before.
        """
        furthest = 0.0

        def watch(share: float = 0.0) -> None:
            nonlocal furthest
            furthest = max(furthest, min(share, 1.0))
            self.progress(begin + furthest * (end - begin))
            self.raise_when_cancelled()

        return watch

    def part(self, begin: float, end: float) -> Monitor:
        """Return the monitor of a part of the run, whose 0..1 are `begin`..`end` of the whole."""
        return _Part(self, begin, end)

    def raise_when_cancelled(self, fraction: float = 0.0) -> None:
        """End the work, by a CancelledError, where the user wants it; shows no progress."""
        if self.is_cancelled():
            raise CancelledError


class _Part(Monitor):
    def __init__(self, whole: Monitor, begin: float, end: float) -> None:
        self._whole, self._begin, self._end = whole, begin, end
        self.info, self.warning = whole.info, whole.warning  # type: ignore[method-assign]
        self.is_cancelled = whole.is_cancelled  # type: ignore[method-assign]

    def progress(self, fraction: float) -> None:
        """See `Monitor`."""
        self._whole.progress(self._begin + fraction * (self._end - self._begin))
