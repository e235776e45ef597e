"""Who is told of a run."""

from __future__ import annotations

from typing import Callable

from .errors import CancelledError


class Monitor:
    """Who is told of a run, and asked whether to go on; this one says nothing and never cancels."""

    def progress(self, fraction: float) -> None:
        """Share of the tiles that are written, 0..1."""

    def info(self, text: str) -> None:
        """One line for the log."""

    def warning(self, text: str) -> None:
        """One line for the log that the user should not overlook."""

    def is_cancelled(self) -> bool:
        """True ends the run; nothing is left behind."""
        return False

    def watch(self, begin: float = 0.0, end: float = 1.0) -> Callable[[float], None]:
        """Return what passes a share of a part of the run on, and ends the run where the user wants it."""

        def watch(share: float) -> None:
            self.progress(begin + share * (end - begin))
            if self.is_cancelled():
                raise CancelledError

        return watch

    def raise_when_cancelled(self, fraction: float = 0.0) -> None:
        """End the work, by a CancelledError, where the user wants it; shows no progress."""
        if self.is_cancelled():
            raise CancelledError
