"""Options of a task as parameters of QGIS, and what was given as options."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from ..core.engine.options import Option, fill, options_of
from .layers import vector_source
from .parameters import ChoiceParameter, advanced, helped, text_value

Parameters = dict[str, Any]
_NUMBER = QgsProcessingParameterNumber.Type


class ChoicesParameter(QgsProcessingParameterEnum):
    """A list of static strings of which several may be chosen, by name or by number.

    Any text is let through on purpose: where it names none of them, the engine says which there are, while QGIS would
    only say "incorrect".
    """

    def checkValueIsAcceptable(self, value: Any, context: QgsProcessingContext | None = None) -> bool:
        """Return whether the value is absent, a text, a number, or a list of these."""
        values = value if isinstance(value, (list, tuple)) else [value]
        return all(part is None or isinstance(part, (str, int)) for part in values) or bool(
            super().checkValueIsAcceptable(value, context)
        )


class VectorParameter(QgsProcessingParameterVectorLayer):
    """A vector layer; one that QGIS cannot open is let through on purpose, so that a sentence names it."""

    def checkValueIsAcceptable(self, value: Any, context: QgsProcessingContext | None = None) -> bool:
        """Return whether a value is given, or none is needed."""
        optional = bool(self.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
        return optional or value not in (None, "", [])


def option_parameters(kind: type) -> list[QgsProcessingParameterDefinition]:
    """Return the parameters of an options class in the order of its fields."""
    return [_parameter(one) for one in options_of(kind).values()]


def _parameter(one: Option) -> QgsProcessingParameterDefinition:
    made = helped(_MAKERS[one.kind](one), one.help)
    return advanced(made) if one.advanced else made


def _choice(one: Option) -> QgsProcessingParameterDefinition:
    made = ChoiceParameter(one.name, one.label, list(one.choices), False, one.default, False, True)
    made.lacking = one.lacking
    return made


def _number(one: Option) -> QgsProcessingParameterDefinition:
    kind = _NUMBER.Integer if one.kind == "whole number" else _NUMBER.Double
    bounds = {key: value for key, value in (("minValue", one.low), ("maxValue", one.high)) if value is not None}
    default = None if one.empty else one.default
    return QgsProcessingParameterNumber(one.name, one.label, kind, default, optional=one.empty, **bounds)


_MAKERS = {
    "whole number": _number,
    "number": _number,
    "yes or no": lambda one: QgsProcessingParameterBoolean(one.name, one.label, one.default),
    "text": lambda one: QgsProcessingParameterString(one.name, one.label, one.default, optional=one.empty),
    "choice": _choice,
    "choices": lambda one: ChoicesParameter(one.name, one.label, list(one.choices), True, None, True, True),
    "file": lambda one: QgsProcessingParameterFile(
        one.name, one.label, extension=one.choices[0], optional=one.empty
    ),
    "vector": lambda one: VectorParameter(one.name, one.label, [], None, one.empty),
}  # fmt: skip


def read_options(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext, kind: type
) -> Any:
    """Return the options that the user gave.

    Raises
    ------
    InputError : a value cannot be understood.
    """
    found = {}
    for field, one in options_of(kind).items():
        value = _value(algorithm, parameters, context, one)
        if value is not None:
            found[field] = value
    return fill(kind, found)


def _value(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext, one: Option
) -> Any:
    """Return what was given for an option, None for the neutral value."""
    name = one.name
    if one.kind == "choices":
        return chosen(parameters.get(name), one.choices) or None
    if one.kind == "vector":
        layer = algorithm.parameterAsVectorLayer(parameters, name, context)
        return vector_source(name, layer, parameters.get(name), context) or None
    if one.kind == "yes or no":
        return bool(algorithm.parameterAsBoolean(parameters, name, context))
    if one.kind in ("number", "whole number"):
        if one.empty and str(algorithm.parameterAsString(parameters, name, context)).strip() == "":
            return None
        read = algorithm.parameterAsInt if one.kind == "whole number" else algorithm.parameterAsDouble
        return read(parameters, name, context)
    return text_value(algorithm, parameters, name, context)


def chosen(given: Any, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in a value of "choices", each once; () for none."""
    if given in (None, "", []):
        return ()
    texts = given if isinstance(given, (list, tuple)) else str(given).replace(";", ",").split(",")
    names = (str(text).strip() for text in texts)
    found = (choices[int(name)] if name.isdecimal() and int(name) < len(choices) else name for name in names if name)
    return tuple(dict.fromkeys(found))
