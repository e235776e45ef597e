"""AROSICS in the registration benchmark: a child process that is asked line by line, on GeoTIFFs.

Global: one window in the middle. Local: tie points on a grid, the median of those that its own filters keep. It
needs packages that must not meet the plugin's own, so it lives in a folder apart (`.ci/peers` puts it there).
Scheffler et al., AROSICS, 2017, Remote Sensing 9(7), 676, doi:10.3390/rs9070676.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Optional

import numpy as np

from models.alignment.methods import MAX_SHIFT_PX, PEER, Case, Measured, Method
from models.alignment.peers import on_one_grid
from models.common import rasters
from rsfusion_qgis.core.basics.errors import RsFusionError

FOLDER = Path(sys.prefix) / "peers"
TIMEOUT_S = 120.0
LOCAL_EVERY, LOCAL_SHARE = 4, 0.25
"""The local mode takes part on every fourth pair, in a quarter of its trials: it takes many times as long as others."""
LOCAL_POINTS, LEAST_GRID_PX = 5, 16
"""Tie points along a side, as many as our own mesh has, and their least distance in pixels."""
CHILD = Path(__file__).with_name("arosics_child.py")
MISSING = "Left out, not installed: AROSICS; run .ci/peers to have its rows."


class Arosics:
    """The child process and its folder; a context manager. Started by the first question."""

    def __init__(self) -> None:
        self._child: Optional[subprocess.Popen[bytes]] = None
        self._folder = tempfile.TemporaryDirectory(prefix="rsfusion_arosics_")

    @staticmethod
    def installed() -> bool:
        """Whether its folder is there."""
        return (FOLDER / "arosics").is_dir()

    def methods(self, local: bool = True) -> list[Method]:
        """Global, and local where wanted."""
        whole = Method("AROSICS global", PEER, lambda case: self._find(case, "global"))
        by_points = Method("AROSICS local", PEER, lambda case: self._find(case, "local"), LOCAL_SHARE)
        return [whole, by_points] if local else [whole]

    def __enter__(self) -> Arosics:
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self._stop()
        self._folder.cleanup()

    def _find(self, case: Case, mode: str) -> Measured:
        folder, frame = Path(self._folder.name), rasters.Frame.square(rasters.ORIGIN, 1.0)
        names = folder / "reference.tif", folder / "secondary.tif"
        images = on_one_grid(case)
        for path, image in zip(names, images):
            path.unlink(missing_ok=True)
            # Its nodata is guessed from the corners, so no value may stand for many pixels by chance.
            rasters.write_raster(path, (image * 1000.0 + 10000.0)[None], frame, data_type="Float32")
        reach = int(np.ceil(MAX_SHIFT_PX / case.ratio))
        grid = max(LEAST_GRID_PX, min(images[0].shape) // LOCAL_POINTS)
        answer = self._ask({"paths": [str(path) for path in names], "mode": mode, "max_shift": reach, "grid": grid})
        if "trouble" in answer:
            raise RsFusionError(f"AROSICS: {answer['trouble']}")
        return Measured(float(answer["cols"]) * case.ratio, float(answer["rows"]) * case.ratio)

    def _ask(self, question: dict[str, object]) -> dict[str, object]:
        child = self._child or self._start()
        if child.stdin is None or child.stdout is None:
            raise RsFusionError("AROSICS: no pipe to the child process")
        child.stdin.write(json.dumps(question).encode() + b"\n")
        child.stdin.flush()
        ready, _, _ = select.select([child.stdout], [], [], TIMEOUT_S)
        line = child.stdout.readline() if ready else b""
        if not line:
            self._stop()
            why = "the child process ended" if ready else f"no answer in {TIMEOUT_S:.0f} s"
            raise RsFusionError(f"AROSICS: {why}")
        return dict(json.loads(line))

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(FOLDER), "PYTHONNOUSERSITE": "1", "MPLBACKEND": "Agg"}
        self._child = subprocess.Popen(
            [sys.executable, "-W", "ignore", str(CHILD)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        return self._child

    def _stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    pipe.close()
        self._child = None
