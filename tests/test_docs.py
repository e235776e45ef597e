"""The help pages: every link leads somewhere, every algorithm is explained once, and they open without a network."""

import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.build_scripts import build_script

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
ALGORITHMS = tuple(json.loads((ROOT / "tests" / "golden" / "interface.json").read_text(encoding="utf-8")))
NOT_ENGLISH = ("parted by", "lie on each other", "lies on each other", "shall give", "stands beside", "stand beside")
NOT_FOR_READERS = (r"pypi\.", r"conda\.", r"(?<![\w.])/(work|root|tmp|home)\b", r"\.\./shared")


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    return build_script("docs")


@pytest.fixture(scope="module")
def pages(docs: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as Markdown."""
    folder = tmp_path_factory.mktemp("docs") / "pages"
    docs.collect(folder)
    return folder


@pytest.fixture(scope="module")
def site(docs: ModuleType, pages: Path) -> Path:
    """The pages as HTML; a broken link would raise."""
    docs.render(pages, pages.with_name("site"))
    return pages.with_name("site")


def texts(docs: ModuleType) -> list[Path]:
    """Every text that users read as it is."""
    pages = [file for file in docs.places() if file.suffix == ".md"]
    return [README, ROOT / "CHANGELOG.md", ROOT / "metadata.txt", *pages]


def test_every_page_is_built(pages: Path, site: Path) -> None:
    wanted = {page.relative_to(pages).with_suffix(".html") for page in pages.rglob("*.md")}
    assert {page.relative_to(site) for page in site.rglob("*.html")} == wanted


def test_every_guide_of_a_task_has_a_page(site: Path) -> None:
    tasks = {guide.parent.name for guide in (ROOT / "rsfusion_qgis" / "tasks").glob("*/guide.md")}
    assert tasks
    assert {page.stem for page in (site / "tasks").iterdir()} == tasks


@pytest.mark.parametrize("link", ["[x](nowhere.md)", "[x](install.md#nowhere)", "![x](images/nowhere.png)"])
def test_a_broken_link_fails_the_build(docs: ModuleType, tmp_path: Path, link: str) -> None:
    docs.collect(tmp_path / "pages")
    index = tmp_path / "pages" / "index.md"
    index.write_text(f"{index.read_text(encoding='utf-8')}\n{link}\n", encoding="utf-8")
    with pytest.raises(docs.DocsError):
        docs.render(tmp_path / "pages", tmp_path / "site")


def test_the_pages_load_nothing_from_a_network(site: Path) -> None:
    loading = re.compile(r"<(?:script|img|link|iframe)[^>]*\b(?:src|href)=\"([^\"]+)\"")
    for page in site.rglob("*.html"):
        loaded = loading.findall(page.read_text(encoding="utf-8"))
        assert loaded
        for name in loaded:
            assert (page.parent / name.split("?")[0]).is_file(), f"{page.name}: {name}"


def test_the_markdown_pages_are_whole_without_mkdocs(docs: ModuleType, pages: Path) -> None:
    for page in pages.rglob("*.md"):
        for _, target, _ in docs.LINK.findall(page.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (page.parent / target).is_file(), f"{page.name}: {target}"


def test_links_of_the_readme_lead_somewhere(docs: ModuleType) -> None:
    for _, target, mark in docs.LINK.findall(README.read_text(encoding="utf-8")):
        file = ROOT / target
        assert file.is_file(), target
        if mark:
            assert mark[1:] in map(docs.anchor, docs.headings(file.read_text(encoding="utf-8"))), target + mark


def test_the_readme_is_short() -> None:
    assert README.stat().st_size <= 8192


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_an_algorithm_is_in_the_readme_and_in_one_heading(docs: ModuleType, site: Path, algorithm: str) -> None:
    assert f"`{algorithm}`" in README.read_text(encoding="utf-8")
    found = [
        heading
        for page in docs.places()
        if page.suffix == ".md"
        for heading in docs.headings(page.read_text(encoding="utf-8"))
        if algorithm in docs.ALGORITHM.findall(heading)
    ]
    assert len(found) == 1
    page, mark = json.loads((site / docs.INDEX).read_text(encoding="utf-8"))[algorithm].split("#")
    assert f'id="{mark}"' in (site / page).read_text(encoding="utf-8")


def test_texts_are_plain_and_for_readers(docs: ModuleType) -> None:
    for file in texts(docs):
        text = " ".join(file.read_text(encoding="utf-8").split())
        assert [words for words in NOT_ENGLISH if words in text] == [], file
        assert [words for words in NOT_FOR_READERS if re.search(words, text)] == [], file


def test_pages_are_made_again_only_when_they_changed(docs: ModuleType, tmp_path: Path) -> None:
    folder = docs.help_folder(tmp_path / "help")
    first = (folder / "index.html").stat().st_ino
    assert docs.help_folder(tmp_path / "help") == folder
    assert (folder / "index.html").stat().st_ino == first


def test_without_mkdocs_the_help_is_markdown(docs: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs.importlib.util, "find_spec", lambda name: None)
    folder = docs.help_folder(tmp_path / "help")
    index = json.loads((folder / docs.INDEX).read_text(encoding="utf-8"))
    assert set(ALGORITHMS) <= set(index)
    assert all((folder / place.split("#")[0]).is_file() for place in index.values())
