"""The language in which people are told something: the English of the code, or a translation of it.

The code speaks English. Where a text leaves to a person (a label, a line of the log, an error, a word of a report),
`told` gives its translation. The texts stand in `resources/language/<locale>.ts`, in the form of Qt Linguist. A text
with values in it has places for them there, %1, %2 and so on; what stands in a place is translated, too. What has no
translation is told in English.

Qt's own translators need a text before its values are put in, and one compiled file per language. Here no sentence of
the code need be written twice, the same works for reports and in processes without Qt, and nothing is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree  # nosec B405: reads files of the plugin only

from .shipped_files import resources_folder

ENGLISH = "en"
_PLACE = re.compile(r"%(\d+)")
_SENTENCE_END = re.compile(r"(?<=[.;:!?]) +(?=\S)")
_SENTENCES = re.compile(r"[.;!?] +[A-Z]")
_LETTERS = re.compile(r"[A-Za-z]{2}")
MOST_KEPT = 4096
FEW_LETTERS, SHORT, LONG = 8, 60, 24


class Catalogue:
    """Texts and their translations.

    Parameters
    ----------
    texts : English -> translation; both may have places for values, %1 and so on.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._plain = {key: text for key, text in texts.items() if not _PLACE.search(key)}
        patterns = [_Pattern(key, text) for key, text in texts.items() if _PLACE.search(key)]
        self._patterns = sorted(patterns, key=lambda one: -one.weight)
        self.told = lru_cache(maxsize=MOST_KEPT)(self._told)

    def _told(self, text: str) -> str:
        """The translation of a text, or of those of its parts that have one."""
        if not _LETTERS.search(text):
            return text
        bare = text.strip()
        if bare != text:
            return text.replace(bare, self.told(bare), 1)
        if text in self._plain:
            return self._plain[text]
        if "\n\n" in text:
            return "\n\n".join(map(self.told, text.split("\n\n")))
        for one in self._patterns:
            values = one.values(text)
            if values is not None:
                return one.filled({place: self.told(value) for place, value in values.items()})
        for mark, pieces in (("\n", text.split("\n")), ("", _sentences(text))):
            if len(pieces) > 1:
                return mark.join(map(self.told, pieces))
        return text


class _Pattern:
    """A text with places for values."""

    def __init__(self, key: str, text: str) -> None:
        pieces = _PLACE.split(key)
        self._fixed, self._places, self._text = pieces[::2], pieces[1::2], text
        self.weight = sum(map(len, self._fixed))
        self._longest = max(self._fixed, key=len)
        self._shape = re.compile("(.*?)".join(map(re.escape, self._fixed)), re.DOTALL)

    def values(self, text: str) -> dict[str, str] | None:
        """What stands in the places, None where the text is another one.

        A pattern of few letters, such as "%1 of %2", fits much that is none of it: so it holds short values only.
        """
        if self._longest not in text or (self.weight < FEW_LETTERS and len(text) > SHORT):
            return None
        found = self._shape.fullmatch(text)
        if found is None or (self.weight < LONG and any(map(_SENTENCES.search, found.groups()))):
            return None
        return dict(zip(self._places, found.groups()))

    def filled(self, values: Mapping[str, str]) -> str:
        """The translation with values in its places."""
        return _PLACE.sub(lambda place: values.get(place[1], ""), self._text)


def _sentences(text: str) -> list[str]:
    """The text cut after its sentences; joined, the pieces are the text again."""
    cuts = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    return [text[begin:end] for begin, end in zip(cuts, cuts[1:]) if end > begin]


def read_catalogue(path: Path) -> dict[str, str]:
    """The finished translations of a .ts file: English -> translation."""
    root = ElementTree.parse(path).getroot()  # nosec B314: a file of the plugin
    made = {}
    for message in root.iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        if translation is not None and translation.text and translation.get("type") is None:
            made[source] = translation.text
    return made


def catalogues() -> dict[str, Path]:
    """The languages that the plugin brings beside English: locale such as "zh_CN" -> file."""
    return {path.stem: path for path in sorted((resources_folder() / "language").glob("*.ts"))}


def use_language(locale: str) -> None:
    """Tell everything in this language from now on; in English where there are no translations for it."""
    global _used, _name
    files, wanted = catalogues(), locale.replace("-", "_")
    short = wanted.split("_")[0]
    name = wanted if wanted in files else next((one for one in files if one.split("_")[0] == short), "")
    _name = name.replace("_", "-") or ENGLISH
    _used = Catalogue(read_catalogue(files[name])) if name else None


def told(text: str) -> str:
    """The text in the language that is used."""
    return text if _used is None else _used.told(text)


def language() -> str:
    """The language that is used, as HTML calls it."""
    return _name


_name = ENGLISH
_used: Catalogue | None = None
