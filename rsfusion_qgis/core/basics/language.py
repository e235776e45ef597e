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
MOST_KEPT = 4096
FEW_LETTERS, SHORT, LONG, WHOLE = 8, 60, 24, 120
_PLACE = re.compile(r"%(\d+)")
_SENTENCES = re.compile(r"[.;!?] +[A-Z]")
_BETWEEN = tuple(re.compile(rf"(?<={mark}) +(?=\S)|\n+") for mark in ("[.!?]", ";", ":", ","))
_NO_BLANK = "。；：，！？"
_END = re.compile(r"(.*\w[)\]'\"”]?)( ?\.\.\.|[.;:,!?])", re.DOTALL)
_LETTERS = re.compile(r"[A-Za-z]{2}")
_NUMBER = re.compile(r"[-+]?\d[\d.,]* (?=\D)")
_QUOTED = re.compile(r"(?<!\w)'[^']*'(?!\w)|\"[^\"]*\"|“[^”]*”")
_HIDDEN = 0xE000
"""Letters from here on, which nothing uses, stand for quotations."""
_WIDE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_WIDE_ENDS = {".": "。", ";": "；", ":": "：", ",": "，", "!": "！", "?": "？", " ...": "……", "...": "……"}
"""How the ends of sentences look after a letter that is as wide as high."""


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
        bare = text.strip()
        if bare != text:
            return text.replace(bare, self.told(bare), 1) if bare else text
        if not _LETTERS.search(text) or _QUOTED.fullmatch(text):
            return text
        for form in (text, text[:1].upper() + text[1:]):
            if form in self._plain:
                return self._plain[form]
        if "\n\n" in text:
            return "\n\n".join(map(self.told, text.split("\n\n")))
        found = self._by_pattern(text)
        if found is not None:
            return found
        found, number = self._in_pieces(text), _NUMBER.match(text)
        return number[0] + self.told(text[number.end() :]) if found == text and number is not None else found

    def _by_pattern(self, text: str) -> str | None:
        """A sentence may be known without its stop, as part of another one."""
        parts = _END.fullmatch(text)
        forms = [(text, "")] if parts is None else [(text, ""), (parts[1], parts[2])]
        for form, end in forms:
            if form in self._plain:
                return _ended(self._plain[form], end)
        for one in self._patterns:
            for form, end in forms:
                values = one.values(form)
                if values is not None:
                    told_values = {place: value if place in one.quoted else self.told(value)
                                   for place, value in values.items()}  # fmt: skip
                    return _ended(one.filled(told_values), end)
        return None

    def _in_pieces(self, text: str) -> str:
        """Paragraph by paragraph, else sentence by sentence, else by parts of a sentence."""
        for between in _BETWEEN:
            cuts = [0, *(found.end() for found in between.finditer(text)), len(text)]
            pieces = [text[begin:end] for begin, end in zip(cuts, cuts[1:])]
            if len(pieces) > 1:
                made = [self.told(piece) for piece in pieces]
                if made == pieces:
                    return text
                return "".join(one.rstrip(" ") if one.rstrip(" ")[-1:] in _NO_BLANK else one for one in made)
        return text


class _Pattern:
    """A text with places for values."""

    def __init__(self, key: str, text: str) -> None:
        pieces = _PLACE.split(key)
        self._fixed, self._places, self._text = pieces[::2], pieces[1::2], text
        self.weight = sum(map(len, self._fixed))
        self._longest = max(self._fixed, key=len)
        around = zip(self._places, self._fixed, self._fixed[1:])
        self.quoted = {place for place, before, after in around if before[-1:] == "'" == after[:1]}
        self._quotes, self._joins = ("'" in "".join(self._fixed)), ("; " in "".join(self._fixed))
        self._shape = re.compile("(.*?)".join(map(re.escape, self._fixed)), re.DOTALL)

    def values(self, text: str) -> dict[str, str] | None:
        """What stands in the places, None where the text is another one.

        A pattern of few letters, such as "%1 of %2", fits much that is none of it: so it holds short values only, and
        never cuts a quotation, such as the name of a file.
        """
        if self._longest not in text or (self.weight < FEW_LETTERS and len(text) > SHORT):
            return None
        quotations = [] if self._quotes or self.weight >= LONG else _QUOTED.findall(text)
        hidden = iter(range(len(quotations)))
        found = self._shape.fullmatch(_QUOTED.sub(lambda _: chr(_HIDDEN + next(hidden)), text) if quotations else text)
        if found is None or any(map(self._spans, found.groups())):
            return None
        shown = {chr(_HIDDEN + place): one for place, one in enumerate(quotations)}
        values = ("".join(shown.get(letter, letter) for letter in value) for value in found.groups())
        return dict(zip(self._places, values))

    def _spans(self, value: str) -> bool:
        """Whether a value is more than belongs into a place."""
        spans = "; " in value and not self._joins and self.weight < WHOLE
        return spans or (self.weight < LONG and bool(_SENTENCES.search(value)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The translation with values in its places."""
        return _PLACE.sub(lambda place: values.get(place[1], ""), self._text)


def _ended(text: str, end: str) -> str:
    """The text with the end of a sentence, as wide as its letters."""
    return text + (_WIDE_ENDS.get(end, end) if _WIDE.match(text[-1:]) else end)


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
