"""metadata.txt as it is shipped: with the latest changes out of CHANGELOG.md, as the plugin manager shows them."""

from __future__ import annotations

import re
from pathlib import Path

LINES = 60
"""So many changes at most, the newest first."""


def with_changes(metadata: str, changelog: str) -> str:
    """Return the text of metadata.txt with `changelog=` filled; a percent sign would be read as a variable."""
    lines = [f" {line}" if at else line for at, line in enumerate(latest_changes(changelog))]
    filled = "changelog=" + "\n".join(lines).replace("%", " per cent")
    return re.sub(r"^changelog=.*$", lambda _: filled, metadata, flags=re.MULTILINE)


def latest_changes(changelog: str) -> list[str]:
    """Return the first sentence of every entry, under the names of the versions."""
    found: list[str] = []
    for section in re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        entries = [_first_sentence(entry) for entry in re.split(r"^- ", body, flags=re.MULTILINE)[1:]]
        if entries:
            found += [title.strip().strip("[]").replace("] - ", ", "), *(f"- {entry}" for entry in entries)]
    rest = len(found) - LINES
    return found if rest <= 0 else [*found[:LINES], f"- and {rest} more, see CHANGELOG.md"]


def _first_sentence(entry: str) -> str:
    text = " ".join(re.split(r"^#|\n\n", entry, flags=re.MULTILINE)[0].split()).replace("`", "")
    return re.split(r"(?<=[.!?]) ", text)[0]


def write_shipped(source: Path, changelog: Path, target: Path) -> Path:
    """Write the shipped metadata where they have changed, and return their file."""
    text = with_changes(source.read_text(encoding="utf-8"), changelog.read_text(encoding="utf-8"))
    if not target.is_file() or target.read_text(encoding="utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return target
