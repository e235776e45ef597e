"""Spellings that work in QGIS 3.22 only, or with Qt 5 only, stay out of the plugin.

Qt 6 knows enumerators only under the name of their enumeration, `exec` without an underscore, and no
`QVariant()` as a null; QGIS 4 has dropped what it had marked as deprecated.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PLUGIN = Path(__file__).resolve().parents[1] / "rsfusion_qgis"
FORBIDDEN = {
    "an import that names the Qt version": r"\bPyQt[56]\b",
    "exec_()": r"\.exec_\(",
    "a QVariant as null": r"\bQVariant\(",
    "an unscoped flag": r"(?<!\.Flag)\.Flag[A-Z]\w+(?!\.)",
    "an unscoped number type": r"QgsProcessingParameterNumber\.(?:Integer|Double)\b",
    "an unscoped source type": r"QgsProcessing\.Type[A-Z]\w+",
    "an unscoped level": r"\bQgis\.(?:Info|Warning|Critical|Success)\b",
    "an unscoped enumerator of Qt": r"\bQt\.[A-Z]\w+\b(?!\.)",
    "an enumeration that 3.22 lacks": r"\bQgis\.Processing\w+",
    "a compiled resource": r"\bresources_rc\b|\bqInitResources\b",
    "a feedback call that 3.22 lacks": r"pushFormattedMessage",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_such_spelling(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    hits = [
        f"{path.relative_to(PLUGIN)}:{number}: {line.strip()}"
        for path in sorted(PLUGIN.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert hits == []
