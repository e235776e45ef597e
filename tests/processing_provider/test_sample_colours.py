"""Colours of classes come from how the layer of samples is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsRendererCategory,
    QgsVectorLayer,
)

from rsfusion_qgis.processing_provider.sample_parameters import colours_of
from tests.vectors import box, write_vector

pytestmark = pytest.mark.usefixtures("provider")


def layer(folder: Path, attribute: str) -> QgsVectorLayer:
    path = write_vector(folder / "samples.gpkg", [(box(0, 0, 3, 3), "tree"), (box(5, 5, 3, 3), "water")])
    found = QgsVectorLayer(path, "samples", "ogr")
    drawn: list[tuple[Any, str]] = [("tree", "#2f8f4e"), (["water", "ice"], "#3566b0"), ("", "#999999")]
    categories = [
        QgsRendererCategory(value, QgsFillSymbol.createSimple({"color": colour}), str(value))
        for value, colour in drawn
    ]  # fmt: skip
    found.setRenderer(QgsCategorizedSymbolRenderer(attribute, categories))
    return found


def test_categories_of_the_field_give_colours(tmp_path: Path) -> None:
    wanted = [("tree", "#2f8f4e"), ("water", "#3566b0"), ("ice", "#3566b0")]
    assert colours_of(layer(tmp_path, "class"), "class") == wanted
    assert colours_of(layer(tmp_path, '"class"'), "class") == wanted


def test_a_layer_drawn_otherwise_gives_none(tmp_path: Path) -> None:
    assert colours_of(layer(tmp_path, "other"), "class") == []
    assert colours_of(QgsVectorLayer("Polygon", "plain", "memory"), "class") == []
    assert colours_of(None, "class") == []
