"""The tables of the page about networks are those that the forms, the systems and the trained networks give."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from tests.field import table


def test_the_page_is_current() -> None:
    assert table.PAGE.read_text(encoding="utf-8") == table.page(), "run python -m tests.field.table"
