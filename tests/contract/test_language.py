"""No text escapes the translation: what a run of any task tells a person is among the texts that are collected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rsfusion_qgis.core.basics import language
from rsfusion_qgis.core.basics.language import Catalogue, catalogues, read_catalogue, told
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.report import run_report
from rsfusion_qgis.core.engine.run import run
from tests.contract.test_tasks import CASES, Case
from tests.core.basics.test_language import collector

WORDS = re.compile(r"[A-Za-z]{3,}[,:;]? [a-z]{3,}")
QUOTED = re.compile("'[^']*'")
"""Two words of a sentence; names of files, bands and sensors have no such thing."""


class Watching(Catalogue):
    """Knows every collected text, and keeps those that are told without being one."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__(texts)
        self.escaped: set[str] = set()

    def _told(self, text: str) -> str:
        made = super()._told(text)
        if made == text and WORDS.search(QUOTED.sub("", text)) and "«" not in text:
            self.escaped.add(text)
        return made


class Spoken(Monitor):
    """A log in the person's language."""

    def info(self, text: str) -> None:
        told(text)

    warning = info


@pytest.fixture
def watching(provider: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watching]:
    collected = collector()
    texts = {**collected.sentences(), **collected.interface(provider)}
    made = Watching({text: f"«{text}»" for text in texts})
    monkeypatch.setattr(language, "_used", made)
    yield made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_run_tells_is_collected(case: Case, watching: Watching, tmp_path: Path) -> None:
    files = {"output": str(tmp_path / "out.tif"), "report": str(tmp_path / "page.html")}
    job = replace(case.example(tmp_path), **files, threads=1, device="cpu")

    def page(result: Any, watch: Any) -> str:
        return run_report(case.face.text.label, result, job.task.report(result, watch))

    result = run(job, Spoken(), page=page)
    assert not watching.escaped - {one.name for one in result.classes}  # the user's own words


@pytest.mark.parametrize("name", catalogues())
def test_every_text_is_translated(name: str, provider: Any) -> None:
    """What is lacking is printed by .ci/texts.py, which also puts translations into the file."""
    collected = collector()
    known = read_catalogue(catalogues()[name])
    lacking = [text for text in {**collected.sentences(), **collected.interface(provider)} if text not in known]
    assert not lacking, f"{len(lacking)} texts are not translated; run .ci/texts.py {name}"
