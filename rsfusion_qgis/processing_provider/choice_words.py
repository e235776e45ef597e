"""Lists of choices in words that a person knows; scripts, models and command lines go on with the ids.

QGIS shows the static strings of a list themselves. So the list that it makes gets other texts, and keeps the ids as its
data. Where that does not work, the ids are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import QgsProcessingParameterDefinition, QgsProcessingParameterEnum
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..core.basics.language import told

_CLASS = f"{__name__}.WordedChoice"

SHARED: Mapping[str, Mapping[str, str]] = {
    "COREGISTRATION": {
        "warn": "Follow the georeferencing, and warn",
        "correct": "Undo the measured shift",
        "fail": "Stop the run",
    },
    "DEVICE": {
        "auto": "The best that works here",
        "cpu": "Processor (CPU)",
        "cuda": "NVIDIA graphics card (CUDA)",
        "tensorrt": "NVIDIA graphics card (TensorRT)",
        "rocm": "AMD graphics card (ROCm)",
        "migraphx": "AMD graphics card (MIGraphX)",
        "directml": "Graphics card on Windows (DirectML)",
        "openvino": "Intel (OpenVINO)",
        "coreml": "Apple (Core ML)",
    },
    "DATA_TYPE": {
        "Byte": "8 bit, 0 to 255 (Byte)",
        "UInt16": "16 bit, 0 to 65535 (UInt16)",
        "Int16": "16 bit with sign (Int16)",
        "UInt32": "32 bit (UInt32)",
        "Int32": "32 bit with sign (Int32)",
        "Float32": "32 bit with fractions (Float32)",
        "Float64": "64 bit with fractions (Float64)",
    },
    "FORMAT": {
        "by file name": "By the ending of the file's name",
        "GTiff": "GeoTIFF",
        "COG": "Cloud optimised GeoTIFF (COG)",
        "HFA": "Erdas Imagine (HFA)",
        "JP2OpenJPEG": "JPEG 2000",
    },
    "SENSOR": {
        "auto": "As the metadata say",
        "generic": "Another sensor",
        "quickbird": "QuickBird",
        "ikonos": "IKONOS",
        "geoeye_1": "GeoEye-1",
        "worldview_2": "WorldView-2",
        "worldview_3": "WorldView-3",
        "worldview_4": "WorldView-4",
        "pleiades": "Pléiades",
        "gaofen_2": "GaoFen-2",
        "landsat_8": "Landsat 8",
        "ali": "EO-1 ALI",
        "sentinel_2": "Sentinel-2",
        "landsat_9": "Landsat 9",
    },
}
"""Parameter -> id -> words, for parameters that have the same choices everywhere. A task has further ones."""


def in_words(definition: QgsProcessingParameterDefinition, own: Mapping[str, Mapping[str, str]]) -> None:
    """Let dialogs show a list of choices in words, where there are any; `own` are those of the task."""
    if not isinstance(definition, QgsProcessingParameterEnum):
        return
    words = {**SHARED.get(definition.name(), {}), **own.get(definition.name(), {})}
    known = {text: told(words[text]) for text in definition.options() if text in words}
    if known:
        definition.setMetadata({**definition.metadata(), "widget_wrapper": {"class": _CLASS, "words": known}})


class WordedChoice:
    """What QGIS makes for the parameter anyway, with words in its list; the call returns that, no object of its own."""

    def __new__(
        cls, parameter: Any, dialog: Any, row: int = 0, col: int = 0, words: Mapping[str, str] | None = None
    ) -> Any:
        """Make the wrapper of QGIS; called by Processing for each dialog, row of a batch, or step of a model."""
        from processing.gui.wrappers import dialogTypes
        from qgis.gui import QgsGui, QgsProcessingGui

        registry, kind = QgsGui.processingGuiRegistry(), type(dialog).__name__
        if kind == "ModelerParametersDialog":
            widget = registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
            relabel(widget, words or {})
            return widget
        standard = getattr(QgsProcessingGui, "WidgetType", QgsProcessingGui).Standard
        wrapper = registry.createParameterWidgetWrapper(parameter, dialogTypes.get(kind, standard))
        wrapper.setDialog(dialog)
        made = wrapper.createWrappedWidget

        def with_words(context: Any) -> QWidget:
            widget = made(context)
            relabel(widget, words or {})
            return widget

        wrapper.createWrappedWidget = with_words
        return wrapper


def relabel(widget: QWidget | None, words: Mapping[str, str]) -> None:
    """Show words for the ids in every list of the widget that has them; the data stay."""
    boxes = [] if widget is None else [widget] if isinstance(widget, QComboBox) else widget.findChildren(QComboBox)
    for box in boxes:
        for index in range(box.count()):
            text = words.get(str(box.itemData(index)))
            if text:
                box.setItemText(index, text)
