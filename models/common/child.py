"""How a training that another program started talks with it: lines of JSON on stdout, one sentence on stderr.

{"progress": share}, {"info": text}, {"warning": text}, and at the end {"result": numbers}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rsfusion_qgis.core.basics.errors import RsFusionError


def say(**message: object) -> None:
    """One line to whoever started this."""
    print(json.dumps(message), flush=True)


def run_child(arguments: list[str], work: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Do the work that a JSON file names, and say its result; returns the exit code."""
    try:
        result = work(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    say(result=result)
    return 0
