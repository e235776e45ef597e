"""Jobs of pansharpening, as most tests of the engine run: nothing is said of the sensor, nothing is made consistent.

result = run(fusion_job(pan, ms, network, output, options=wishes(consistency="on", gains=(0.3,)), tile_size=64))
"""

from __future__ import annotations

from typing import Any

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.pansharpening.options import NetworkOptions
from rsfusion_qgis.tasks.pansharpening.task import TASK


def wishes(**told: Any) -> NetworkOptions:
    """Options that ask for nothing but what is told; what is to be consistent is so as far as noise allows."""
    return NetworkOptions(**{"sensor": "generic", "consistency": "off", "detail": "strong", **told})


def fusion_job(pan: str, ms: str, model: str, output: str, **more: Any) -> Job:
    """A job of the network `model`."""
    return Job(**{"task": TASK, "inputs": {"pan": pan, "ms": ms}, "output": output, "model": model, "options": wishes(),
                  **more})  # fmt: skip
