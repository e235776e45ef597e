"""What every dialog must keep to: few parameters in sight, and those that several share in one order everywhere."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterDefinition

IN_SIGHT = 8
"""Parameters at most that a dialog shows beside its results before a person asks for more."""
ORDER = (
    "METHOD", "MODEL", "COREGISTRATION", "EXTENT", "TILE_SIZE", "MEMORY", "DEVICE", "THREADS", "DATA_TYPE", "NODATA",
    "FORMAT", "CREATION_OPTIONS", "OUTPUT", "REPORT",
)  # fmt: skip
"""What several dialogs have."""
ADVANCED = frozenset(ORDER[4:12]) | {"SEED", "CREATION_OPTIONS"}


def algorithms(provider: Any) -> list[Any]:
    return [one.create({}) for one in provider.algorithms()]


def is_advanced(definition: QgsProcessingParameterDefinition) -> bool:
    return bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagAdvanced)


def test_few_parameters_are_in_sight(provider: Any) -> None:
    many = {}
    for algorithm in algorithms(provider):
        seen = [one.name() for one in algorithm.parameterDefinitions()
                if not one.isDestination() and not is_advanced(one)]  # fmt: skip
        if len(seen) > IN_SIGHT:
            many[algorithm.id()] = seen
    assert not many


def test_what_is_required_is_in_sight(provider: Any) -> None:
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    hidden = [(algorithm.id(), one.name()) for algorithm in algorithms(provider)
              for one in algorithm.parameterDefinitions()
              if is_advanced(one) and not one.flags() & optional and one.defaultValue() is None]  # fmt: skip
    assert not hidden


def test_shared_parameters_have_one_order(provider: Any) -> None:
    for algorithm in algorithms(provider):
        shared = [one.name() for one in algorithm.parameterDefinitions() if one.name() in ORDER]
        assert shared == [name for name in ORDER if name in shared], algorithm.id()


def test_what_hardly_anybody_changes_is_advanced_everywhere(provider: Any) -> None:
    shown = [(algorithm.id(), one.name()) for algorithm in algorithms(provider)
             for one in algorithm.parameterDefinitions()
             if one.name() in ADVANCED and not is_advanced(one)]  # fmt: skip
    assert not shown
