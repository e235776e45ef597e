"""The child process of `registration_arosics`: a JSON question per line on stdin, a JSON answer per line on stdout.

Runs with AROSICS' own packages and imports nothing of ours. Question: paths [reference, secondary], mode, max_shift and
grid (distance of tie points) in pixels. Answer: cols and rows to be added to the secondary, pixels; or trouble.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

sys.path[:] = [place for place in sys.path if Path(place).resolve() != Path(__file__).resolve().parent]
"""Without this folder, whose `statistics` is not the one that AROSICS' packages mean."""
LOCAL_WINDOW_PX = 96
"""Side of the window of a tie point."""


def whole(question: dict) -> tuple[float, float]:
    """One window in the middle, as large as the images allow."""
    from arosics import COREG

    job = COREG(*question["paths"], max_shift=question["max_shift"], q=True, progress=False, CPUs=1)
    job.calculate_spatial_shifts()
    shift = job.coreg_info["corrected_shifts_px"]
    return float(shift["x"]), float(shift["y"])


def by_points(question: dict) -> tuple[float, float]:
    """Median of the tie points that pass AROSICS' filters."""
    from arosics import COREG_LOCAL

    job = COREG_LOCAL(
        *question["paths"], grid_res=question["grid"], window_size=(LOCAL_WINDOW_PX, LOCAL_WINDOW_PX),
        max_shift=question["max_shift"], q=True, progress=False, CPUs=1,
    )  # fmt: skip
    points = job.CoRegPoints_table
    kept = points[(points.ABS_SHIFT > -9999) & (points.OUTLIER == False)]  # noqa: E712  a column of a table
    if not len(kept):
        raise RuntimeError("no tie point is left")
    return float(kept.X_SHIFT_PX.median()), float(kept.Y_SHIFT_PX.median())


def main() -> None:
    """Answer until stdin ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # AROSICS prints to stdout whatever it is told
    for line in sys.stdin:
        question = json.loads(line)
        try:
            cols, rows = (whole if question["mode"] == "global" else by_points)(question)
            answer = {"cols": cols, "rows": rows}
        except Exception as error:  # whatever goes wrong in there is the answer
            answer = {"trouble": f"{type(error).__name__}: {error}".splitlines()[0][:200]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
