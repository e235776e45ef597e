"""Who is told of a run."""

from __future__ import annotations


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
