"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.tasks.unmixing.options import UnmixOptions
from rsfusion_qgis.tasks.unmixing.task import TASK
from tests.tasks.unmixing.scenes import NAMES, spectra, write_csv, write_scene

_LIBRARY = ("sclsu", "sparse")
_SAMPLES = ("bundles", "synthetic")


def example(folder: Path, method: str) -> Job:
    """HS and MS of 72 x 60 pixels; endmembers from HS itself, a library, or samples, by the method."""
    scene, options, samples = write_scene(folder), UnmixOptions(count=3), None
    if method in _LIBRARY:
        at = np.arange(400.0, 2500.0, 10.0)
        options = UnmixOptions(library=write_csv(folder / "library.csv", spectra(at), NAMES, at))
    if method in _SAMPLES:
        samples = SampleSource(scene.labels_file, parameter="LABELS")
    return Job(TASK, {"hs": scene.hs, "guide": scene.ms}, method=method, options=options, samples=samples)
