"""All texts of the plugin that a person may read, and their translations.

    .venv/bin/python .ci/texts.py [LANGUAGE]     what is not translated yet, as JSON: [[kind, English], …]
    .venv/bin/python .ci/texts.py LANGUAGE FILE  put translations from a JSON object {English: translation} into the .ts

The interface (labels, helps, choices) is asked from the real provider, paragraph by paragraph. Sentences with values
(errors, lines of the log, reports) are read from the code: an f-string's values become places, %1 and so on.
Translations of texts that are gone leave the file.
"""

from __future__ import annotations

import ast
import itertools
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ROOT / "resources" / "language"
_WORDS = re.compile(r"[A-Za-z%][\w'’%-]*[,:;.]? [A-Za-z%(]")
"""At least two words; fewer are mostly keys and names."""
_WORD = re.compile(r"(?<![%A-Za-z])[A-Za-z]{2,}")
_CODE = re.compile(r"\\|^[\w.]+$|[{}<>=]{2}|^\s*[<{]|^SELECT |px|^-|://")
MARKERS = {"heading", "paragraph", "note", "table", "figure", "page", "listing", "shaded_table", "_row", "Finding"}
"""Calls whose texts are collected even if they are one word."""


def interface(provider: object) -> dict[str, str]:
    """Every text of the provider's algorithms: English -> kind. The language must be English."""
    found: dict[str, str] = {}

    def add(kind: str, text: str) -> None:
        for paragraph in text.split("\n\n"):
            if re.search(r"[A-Za-z]{2}", paragraph):
                found.setdefault(paragraph.strip(), kind)

    for algorithm in provider.algorithms():  # type: ignore[attr-defined]
        add("group", algorithm.group())
        add("label", algorithm.displayName())
        add("help", algorithm.shortHelpString())
        for one in algorithm.parameterDefinitions():
            add("label", one.description())
            add("help", one.help())
            wrapper = one.metadata().get("widget_wrapper")
            for text in (wrapper.get("words", {}) if isinstance(wrapper, dict) else {}).values():
                add("choice", text)
        for one in algorithm.outputDefinitions():
            if algorithm.parameterDefinition(one.name()) is None:  # else it is made of the parameter's label
                add("label", one.description())
    return found


def sentences() -> dict[str, str]:
    """Every text in the code that looks like words for a person: English with places -> "sentence"."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "rsfusion_qgis").rglob("*.py")):
        for text in _texts(ast.parse(file.read_text(encoding="utf-8"))):
            if text:
                found.setdefault(text, "sentence")
    return found


def _texts(tree: ast.AST) -> Iterator[str]:
    skipped = {id(one) for one in _docstrings(tree)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    marked = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in MARKERS
              for part in ast.walk(node)}  # fmt: skip
    for node in ast.walk(tree):
        if id(node) in skipped or id(node) in inside:
            continue
        if isinstance(node, ast.Call) and _name(node) == "Finding" and node.args:
            yield _text(node.args[0]).replace("_", " ")  # as reports show it
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "NAME":
            yield _text(node.value).replace("_", " ")
        if isinstance(node, (ast.Constant, ast.JoinedStr)):
            text = _text(node)
            for paragraph in text.split("\n\n"):
                bare = _bare(paragraph)
                if _CODE.search(bare) or not _WORD.search(bare):
                    continue
                if _WORDS.search(bare) or (id(node) in marked and re.search(r"[a-z]{2}", bare)):
                    yield bare


def _bare(text: str) -> str:
    """A text without what joins it to a text before."""
    return text.strip().lstrip(",;.: ")


def _text(node: ast.AST) -> str:
    if not isinstance(node, (ast.Constant, ast.JoinedStr)):
        return ""
    if isinstance(node, ast.Constant):
        text = node.value if isinstance(node.value, str) else ""
        numbers = itertools.count(1)
        return re.sub(r"\{[a-z][\w.]*\}", lambda _: f"%{next(numbers)}", text)  # for str.format
    places, made = 0, ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            made += str(part.value)
        else:
            places += 1
            made += f"%{places}"
    return made


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def write(file: Path, known: dict[str, str], texts: dict[str, str]) -> None:
    """Write a .ts file of those texts that have a translation, in the order of the texts."""
    root = ElementTree.Element("TS", version="2.1", language=file.stem, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = "rsfusion"
    for text in texts:
        if known.get(text):
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "source").text = text
            ElementTree.SubElement(message, "translation").text = known[text]
    ElementTree.indent(root, " ")
    file.parent.mkdir(parents=True, exist_ok=True)
    body = ElementTree.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def all_texts() -> dict[str, str]:
    """Those of the interface, and those of the code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path[:0] = [str(ROOT), "/usr/share/qgis/python/plugins"]
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    from rsfusion_qgis.core.basics.language import use_language
    from rsfusion_qgis.processing_provider.provider import RsFusionProvider

    provider = RsFusionProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    use_language("en")
    provider.refreshAlgorithms()
    return {**sentences(), **interface(provider)}


def main() -> None:
    """See the module."""
    texts = all_texts()
    language, *given = sys.argv[1:] or ["zh_CN"]
    file = LANGUAGES / f"{language}.ts"
    from rsfusion_qgis.core.basics.language import read_catalogue

    known = read_catalogue(file) if file.is_file() else {}
    for text, translation in list(known.items()):
        known.setdefault(_bare(text), translation.strip().lstrip("，；。：,;.: "))
    if given:
        known.update(json.loads(Path(given[0]).read_text(encoding="utf-8")))
        write(file, known, texts)
    lacking = [[kind, text] for text, kind in texts.items() if not known.get(text)]
    if not given:
        print(json.dumps(lacking, ensure_ascii=False, indent=0))
    print(f"{len(texts) - len(lacking)} of {len(texts)} texts are translated.", file=sys.stderr)
    sys.stdout.flush()
    os._exit(0)  # QGIS need not tidy up


if __name__ == "__main__":
    main()
