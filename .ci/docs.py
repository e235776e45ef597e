"""Make the help pages: docs/ and the guide of every task, brought together and, where mkdocs is there, as HTML.

A task's page lies in the task's folder, rsfusion_qgis/tasks/<id>/guide.md; whatever lies there is found. Links between
pages are those of the repository, so that they work where it is browsed, and are moved with the pages. A link or an
anchor that leads nowhere fails the build. The HTML opens from disk and loads nothing from a network.

    .venv/bin/python .ci/docs.py        build/help
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import posixpath
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
GUIDES = "rsfusion_qgis/tasks/*/guide.md"
IMAGES = ROOT / "resources" / "images"
CONFIG = DOCS / "mkdocs.yml"
HELP = ROOT / "build" / "help"
INDEX = "algorithms.json"
"""In the folder of the pages: algorithm id -> page and anchor of the heading that names it."""

LINK = re.compile(r"(!?\[[^\]]*\]\()([^)#\s]+)(#[^)\s]*)?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
ALGORITHM = re.compile(r"`(rsfusion:[a-z0-9]+)`")
# Made by mkdocs for web servers, or fonts that style.css puts the reader's own in the place of.
NOT_SHIPPED = ("sitemap.xml", "sitemap.xml.gz", "404.html", "search.html", "mkdocs.yml", "css/fonts/lato*",
               "css/fonts/Roboto*", "css/fonts/*.eot", "css/fonts/*.svg", "css/fonts/*.ttf",
               "css/fonts/*.woff")  # fmt: skip


class DocsError(Exception):
    """A page or a link is wrong; mkdocs has said which."""


def places() -> dict[Path, str]:
    """Return every file of the pages with its place in the folder of the pages."""
    own = [file for file in sorted(DOCS.rglob("*")) if file.suffix in (".md", ".css", ".jpg")]
    found = {file: file.relative_to(DOCS).as_posix() for file in own}
    found |= {file: f"tasks/{file.parent.name}.md" for file in sorted(ROOT.glob(GUIDES))}
    return found | {file: f"images/{file.name}" for file in sorted(IMAGES.iterdir())}


def moved_links(text: str, source: Path, known: dict[Path, str]) -> str:
    """Return the text with the links of `source` as they must be at its place; links to other files stay."""

    def moved(link: re.Match[str]) -> str:
        file = (source.parent / link[2]).resolve()
        if file not in known:
            return link[0]
        target = posixpath.relpath(known[file], posixpath.dirname(known[source]) or ".")
        return f"{link[1]}{target}{link[3] or ''})"

    return LINK.sub(moved, text)


def collect(target: Path) -> None:
    """Write the pages as Markdown into `target`, with the index of the algorithms."""
    known, index = places(), {}
    for file, place in known.items():
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        if file.suffix != ".md":
            shutil.copyfile(file, target / place)
            continue
        text = moved_links(file.read_text(encoding="utf-8"), file, known)
        (target / place).write_text(text, encoding="utf-8")
        for heading in headings(text):
            index.update(dict.fromkeys(ALGORITHM.findall(heading), f"{place}#{anchor(heading)}"))
    (target / INDEX).write_text(json.dumps(index, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def headings(text: str) -> list[str]:
    """Return the headings of a page; lines of code blocks are none."""
    return HEADING.findall(re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def anchor(heading: str) -> str:
    """Return the anchor that mkdocs and the usual hosts of repositories give a heading."""
    plain = re.sub(r"[^\w\s-]", "", heading).strip().lower()
    return re.sub(r"\s", "-", plain)


def render(pages: Path, target: Path) -> None:
    """Make HTML of the pages.

    Raises
    ------
    DocsError : a link or an anchor leads nowhere, or a page is in no menu.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    os.environ["SOURCE_DATE_EPOCH"] = "315532800"  # so that the same sources give the same files
    logging.basicConfig(format="docs: %(message)s", level=logging.WARNING)
    config = load_config(str(CONFIG), docs_dir=str(pages), site_dir=str(target))
    config.nav = [_filled(entry, pages) for entry in config.nav]
    try:
        build(config)
    except Abort as error:
        raise DocsError(str(error)) from error
    for pattern in NOT_SHIPPED:
        for file in target.glob(pattern):
            file.unlink()
    index = (pages / INDEX).read_text(encoding="utf-8").replace(".md#", ".html#")
    (target / INDEX).write_text(index, encoding="utf-8")


def _filled(entry: str | dict, pages: Path) -> str | dict:
    """Return an entry of the menu; a folder becomes the list of its pages."""
    for title, value in entry.items() if isinstance(entry, dict) else ():
        if isinstance(value, str) and value.endswith("/"):
            return {title: [file.relative_to(pages).as_posix() for file in sorted((pages / value).glob("*.md"))]}
    return entry


def help_folder(target: Path = HELP) -> Path:
    """Bring the folder of the pages up to date and return it: HTML where mkdocs is installed, else Markdown."""
    as_html = importlib.util.find_spec("mkdocs") is not None
    stamp, state = target.with_suffix(".stamp"), _state(as_html)
    if target.is_dir() and stamp.is_file() and stamp.read_text() == state:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="help_") as folder:
        pages, site = Path(folder) / "pages", Path(folder) / "site"
        collect(pages)
        if as_html:
            render(pages, site)
        shutil.rmtree(target, ignore_errors=True)
        (site if as_html else pages).rename(target)
    stamp.write_text(state)
    return target


def _state(as_html: bool) -> str:
    """Return a number that changes when a page, a picture or this script does."""
    digest = hashlib.sha256(f"html {as_html}".encode())
    for file in (*places(), CONFIG, Path(__file__)):
        digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Build the pages; return the exit code."""
    if importlib.util.find_spec("mkdocs") is None:
        print("docs: mkdocs was not found; run make setup.", file=sys.stderr)
        return 1
    try:
        folder = help_folder()
    except DocsError as error:
        print(f"docs: {error}", file=sys.stderr)
        return 1
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"{folder.relative_to(ROOT)}/index.html: {len(list(folder.rglob('*.html')))} pages, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
