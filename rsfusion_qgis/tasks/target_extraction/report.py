"""What the report of an extraction says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...core.engine.job import Result
from ...core.operators.class_report import class_parts, polygon_parts


def parts(result: Result, watch: Any = None) -> Sequence[str]:
    """See `contract.Task`."""
    return [*class_parts(result), *polygon_parts(result)]
