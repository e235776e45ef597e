"""What the engine itself costs: seams, overhead, memory and growth.

    python -m models.engine [--task FOLDER ...] [--model FILE] [--out FOLDER] [--only PART ...]

Without --task every task is measured that has an `engine_case.py`; what is measured is said in `measurements`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from models.engine.cases import find_cases
from models.engine.measurements import PARTS


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    cases = find_cases()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--task", nargs="*", choices=list(cases), default=list(cases), help="default: all")
    parser.add_argument("--model", help="an ONNX file with a card, for one task; default: the first of its zoo")
    parser.add_argument("--out", help="folder for the rasters; default: a temporary one")
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    given = parser.parse_args(arguments)
    if given.model and len(given.task) != 1:
        parser.error(f"--model is for one task, found {len(given.task)}; name one with --task")
    for name in given.task:
        case = cases[name]
        with tempfile.TemporaryDirectory(dir=given.out) as folder:
            for part in given.only:
                lines = PARTS[part](case, Path(folder), given.model or str(case.model()))
                print(f"\n### {name}: {part}\n", *lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
