"""Texts in another language: whole ones, with values in them, and those that nobody has translated."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rsfusion_qgis.core.basics import language
from rsfusion_qgis.core.basics.language import Catalogue, catalogues, read_catalogue, told, use_language
from rsfusion_qgis.core.reports import page

ROOT = Path(__file__).parents[3]
TEXTS = {
    "Report": "报告",
    "%1 has %2 bands; expected %3.": "%1有%2个波段，应为%3。",
    "one or four": "1或4个",
    "%1; choose another one.": "%1；请另选一个。",
    "The file cannot be read (%1)": "无法读取文件（%1）",
    "%2 of %1": "%1中的%2",
    "It ends.": "结束。",
}


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_used", Catalogue({"Bands": "Kanäle", "mean of %1": "Mittel von %1"}))
    yield


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Report", "报告"),
        (" Report\n", " 报告\n"),
        ("PAN has 3 bands; expected one or four.", "PAN有3个波段，应为1或4个。"),
        ("The file cannot be read (no\nsuch file); choose another one.", "无法读取文件（no\nsuch file）；请另选一个。"),
        ("Report of a", "a中的报告"),
        ("Report\n\nIt ends. It ends. Nobody translated this.", "报告\n\n结束。结束。Nobody translated this."),
        ("Nobody translated this.", "Nobody translated this."),
        ("Report. It ends.", "报告。结束。"),
        ("Report; choose another one.", "报告；请另选一个。"),
        ("Report ...", "报告……"),
        ("'/data/Report of a.tif' of a", "a中的'/data/Report of a.tif'"),
        ("PAN's Report of MS's 'x of y'", "MS's 'x of y'中的PAN's Report"),
        ("'It ends.'", "'It ends.'"),
        ("12.5", "12.5"),
        ("", ""),
    ],
)
def test_what_is_told(text: str, wanted: str) -> None:
    assert Catalogue(TEXTS).told(text) == wanted


def test_values_are_no_patterns() -> None:
    assert Catalogue({"is (b) %1?": "x %1"}).told("is (b) (c)%2?") == "x (c)%2"


def test_english_is_told_as_it_stands() -> None:
    use_language("en_GB")
    assert told("Report") == "Report" and language.language() == "en"
    use_language("xx_YY")
    assert told("Report") == "Report"


def test_a_report_is_in_the_language(german: None) -> None:
    made = page.table([("mean of <x>", "1")], ("Bands", "&"))
    assert "Mittel von &lt;x&gt;" in made and "<th>Kanäle</th>" in made and "<th>&amp;</th>" in made


@pytest.mark.parametrize("name", catalogues())
def test_translations_have_the_same_places(name: str) -> None:
    texts = read_catalogue(catalogues()[name])
    assert texts
    for key, text in texts.items():
        places = [sorted(language._PLACE.findall(one)) for one in (key, text)]
        assert places[0] == places[1], key


def collector() -> Any:
    spec = importlib.util.spec_from_file_location("texts", ROOT / ".ci" / "texts.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_collector_finds_sentences_with_places() -> None:
    found = collector().sentences()
    assert "MODEL reads %1 pixels around every tile (halo in its card), so the smallest tile takes %2 MB, but MEMORY " \
           "allows %3 MB; raise MEMORY, or choose another MODEL." in found  # fmt: skip
    assert not any("Copyright" in text or text.startswith("Return ") for text in found)
