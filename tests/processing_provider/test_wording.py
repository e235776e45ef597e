"""In the desktop helps and errors speak of labels; ids stay on the command line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterNumber,
)

from rsfusion_qgis.processing_provider.wording import (
    Wording,
    abbreviation,
    with_abbreviations,
    with_choices,
    with_labels,
)


def number(name: str, label: str, text: str = "") -> QgsProcessingParameterNumber:
    made = QgsProcessingParameterNumber(name, label)
    made.setHelp(text)
    return made


def test_labels_stand_for_ids() -> None:
    labels = {"TILE_SIZE": "Tile size (pixels; 0 = from the MEMORY)", "MEMORY": "Memory"}
    assert with_labels("Choose a smaller TILE_SIZE, or MEMORY.", labels) == "Choose a smaller “Tile size”, or “Memory”."
    assert with_labels("TILE_SIZES, MEMORY=3, rsfusion:MEMORY and /MEMORY/a stay", labels) == (
        "TILE_SIZES, MEMORY=3, rsfusion:MEMORY and /MEMORY/a stay"
    )


def test_a_label_that_speaks_of_another() -> None:
    labels = {"SAMPLES": "Training samples: polygons", "FIELD": "Field of SAMPLES (text)"}
    assert with_labels("FIELD and SAMPLES", labels) == "“Field of training samples” and “Training samples”"


def test_texts_may_speak_of_parameters_that_come_later() -> None:
    words = Wording(desktop=True)
    first, second = number("PAN", "Panchromatic raster", "As fine as CLEAR says."), number("CLEAR", "Clear ones of PAN")
    for one in (first, second):
        words.take(one)
    assert (first.description(), first.help()) == ("Panchromatic raster (PAN)", "As fine as “Clear ones of PAN” says.")
    assert words("CLEAR and PAN differ.") == "“Clear ones of PAN” and PAN differ."


def test_choices_are_explained_as_the_list_shows_them() -> None:
    text = "warn: go on. fail: stop; rsfusion:fail and fail stay, as others: do."
    assert with_choices(text, {"warn": "Warn", "fail": "Stop the run"}) == (
        "“Warn”: go on. “Stop the run”: stop; rsfusion:fail and fail stay, as others: do."
    )


def test_abbreviations_are_written_as_the_field_does() -> None:
    assert abbreviation("mtf_glp_fs", "MTF-GLP-FS: gains for the full scale") == "MTF-GLP-FS"
    assert abbreviation("gsa", "GSA: component substitution") == "GSA"
    assert abbreviation("shift", "Shift") == "" and abbreviation("exp", "Interpolation only") == ""
    names = {"gsa": "GSA", "mtf_glp_fs": "MTF-GLP-FS"}
    assert with_abbreviations("mtf_glp_fs (best), gsa. gsa.tif and 'gsa' stay, as /gsa does", names) == (
        "MTF-GLP-FS (best), GSA. gsa.tif and 'gsa' stay, as /gsa does"
    )


def test_the_command_line_keeps_ids() -> None:
    words, one = Wording(desktop=False), number("CLEAR", "Clear ones")
    words.take(one)
    assert (one.description(), words("CLEAR is missing.")) == ("Clear ones", "CLEAR is missing.")


def test_sentences_name_the_parameter_that_was_given_in_place_of_another() -> None:
    for desktop, wanted in ((False, "check FILE, and MODELS."), (True, "check “Network file”, and MODELS.")):
        words = Wording(desktop)
        words.take(number("FILE", "Network file"))
        words.instead = {"MODEL": "FILE"}
        assert words("check MODEL, and MODELS.") == wanted


@pytest.mark.parametrize(("name", "given", "wanted"), [
    ("describemodel", "MODEL_FILE", "MODEL_FILE"), ("addmodel", "MODEL_FILE", "MODEL_FILE"),
    ("modelinfo", "MODEL_FILE", "MODEL_FILE"), ("modelinfo", "MODEL", "MODEL"),
])  # fmt: skip
def test_what_is_no_network_is_told_of_the_parameter_that_it_was_given_as(
    provider: Any, tmp_path: Path, name: str, given: str, wanted: str
) -> None:
    (tmp_path / "text.onnx").write_text("no network")
    algorithm = provider.algorithm(name).create()
    values = {given: str(tmp_path / "text.onnx")}
    accepted, said = algorithm.checkParameterValues(values, QgsProcessingContext())
    if accepted:  # adding a network looks into it in the run
        with pytest.raises(QgsProcessingException) as caught:
            algorithm.run(values, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
        said = str(caught.value)
    assert said == f"The file 'text.onnx' is no ONNX file, but one is expected; check {wanted}."


@pytest.fixture
def in_the_desktop(provider: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """All algorithms as the desktop has them."""
    monkeypatch.setattr("rsfusion_qgis.processing_provider.wording.in_desktop", lambda: True)
    return [algorithm.create({}) for algorithm in provider.algorithms()]


def test_no_help_speaks_of_an_id_that_the_dialog_does_not_show(in_the_desktop: list[Any]) -> None:
    left = []
    for algorithm in in_the_desktop:
        ids = {one.name() for one in algorithm.parameterDefinitions()
               if len(one.name()) > 3 and one.name() not in one.description().split()}  # fmt: skip
        texts = [algorithm.shortHelpString(), *(one.help() for one in algorithm.parameterDefinitions())]
        texts += [one.description() for one in algorithm.parameterDefinitions()]
        for text in texts:
            found = ids & set(re.findall(r"(?<![\w:/.])[A-Z][A-Z0-9_]{3,}(?![\w=])", text))
            left += [(algorithm.name(), name, text) for name in found]
    assert not left
