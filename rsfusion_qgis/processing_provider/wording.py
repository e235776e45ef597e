"""How texts reach a person: in the person's language, and in the desktop with the labels that stand in the dialog.

Scripts, models and command lines know parameters by their ids, so there the ids stay. The desktop shows labels, so a
help or an error that speaks of COREGISTRATION names that label there, and "warn: ..." names the choice as the list
shows it. Ids that are abbreviations of the field, such as PAN and MS, stay everywhere, and stand behind their labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from qgis.core import QgsApplication, QgsProcessingParameterDefinition

from ..core.basics.language import told

LONGEST_ABBREVIATION = 3
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_COLON = re.compile(r": |：")
_ID = re.compile(r"(?<![\w:/.])[A-Z][A-Z0-9_]{3,}(?![\w=])")
_BLANKS = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef]) (?=“)|(?<=”) (?=[\u3000-\u9fff\uff00-\uffef])")
"""Between a quotation and Chinese, which has none there."""
_CHOICE = re.compile(r"(?<![\w:/.\"“])[A-Za-z][\w-]*(?=: |：)")


def in_desktop() -> bool:
    """Return whether a person looks at dialogs."""
    return bool(QgsApplication.platform() == "desktop")


def with_labels(text: str, labels: Mapping[str, str]) -> str:
    """Return the text with labels in quotation marks for the ids of parameters (id -> label)."""

    def quoted(found: re.Match[str]) -> str:
        if found[0] not in labels:
            return found[0]
        return f"“{_ID.sub(within, _short(labels[found[0]]))}”"

    def within(found: re.Match[str]) -> str:
        inner = _short(labels.get(found[0], found[0]))
        return inner[:1].lower() + inner[1:] if inner[1:2].islower() else inner

    return _BLANKS.sub("", _ID.sub(quoted, text))


def _short(label: str) -> str:
    """Return a label without what it says behind a colon or in brackets, which may speak of ids itself."""
    return _BRACKETS.sub("", _COLON.split(label)[0]) or label


def with_choices(text: str, choices: Mapping[str, str]) -> str:
    """Return the text with words in quotation marks for the ids of choices (id -> words) of "id: ..."."""
    return _CHOICE.sub(lambda found: f"“{choices[found[0]]}”" if found[0] in choices else found[0], text)


def abbreviation(choice: str, words: str) -> str:
    """Return what the words of a choice begin with where its id is that in small letters (gsa of GSA), else ""."""
    name = _COLON.split(words)[0]
    same = re.sub(r"[^a-z0-9]", "_", name.lower()) == choice
    return name if same and sum(letter.isupper() for letter in name) > 1 else ""


def with_abbreviations(text: str, names: Mapping[str, str]) -> str:
    """Return the text with abbreviations as the field writes them for the ids of choices (id -> abbreviation)."""
    if not names:
        return text
    ids = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(rf"(?<![\w/:.'\"“-])(?:{ids})(?![\w-]|\.\w)", lambda found: names[found[0]], text)


class Wording:
    """The wording of one algorithm, which knows the labels of its parameters.

    Parameters
    ----------
    desktop : whether a person looks at dialogs.
    """

    def __init__(self, desktop: bool | None = None) -> None:
        self._desktop = in_desktop() if desktop is None else desktop
        self._definitions: list[QgsProcessingParameterDefinition] = []
        self._labels: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._choices: dict[str, str] = {}  # "" where two lists have the same id with other words
        self.instead: dict[str, str] = {}
        """Id of a parameter -> that of the one which was given in its place, as sentences of this run name it."""

    def __call__(self, text: str) -> str:
        """Return the text as the person reads it."""
        text = _ID.sub(lambda found: self.instead.get(found[0], found[0]), told(text))
        if not self._desktop:
            return text
        known = {name: words for name, words in self._choices.items() if words}
        return with_abbreviations(with_choices(with_labels(text, self._labels), known), self._names)

    def take(self, definition: QgsProcessingParameterDefinition) -> None:
        """Put the texts of a parameter into words; texts of other parameters may speak of it."""
        name, label = definition.name(), told(definition.description())
        definition.setHelp(told(definition.help()))
        if self._desktop:
            said = re.search(rf"\b{name}\b", label) is not None
            if len(name) <= LONGEST_ABBREVIATION and not said:
                label = f"{label} ({name})"
            if not said:  # a label that has the id in it, such as NDVI, explains it
                self._labels[name] = label
            self._definitions.append(definition)
            own = (definition.metadata().get("widget_wrapper") or {}).get("words", {})
            self._names |= {choice: name for choice, words in own.items() if (name := abbreviation(choice, words))}
            definition.setHelp(with_abbreviations(with_choices(definition.help(), own), self._names))
            for choice, words in own.items():
                self._choices[choice] = words if self._choices.get(choice, words) == words else ""
        definition.setDescription(label)
        for one in self._definitions:
            one.setDescription(with_labels(one.description(), self._labels))
            one.setHelp(with_labels(one.help(), self._labels))
