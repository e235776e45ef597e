"""What values mean: physical units of stored values, and the index that is wished instead of the bands."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.plan import Plan
from ...core.rasters.band_info import BandInfo
from ...core.rasters.source import RasterSource
from .index import NEED_REFLECTANCE, Index, index_of
from .options import INDEX_FIRST
from .selection import COARSE, FINE, Selection


def physical(bands: tuple[BandInfo, ...], name: str, options: Any) -> tuple[np.ndarray, np.ndarray]:
    """(bands,) float32 scale and offset: physical = stored * scale + offset; the user's, else the metadata's."""
    of = FINE if name.startswith(FINE) else COARSE
    scale, offset = (getattr(options, f"{of}_{what}") for what in ("scale", "offset"))
    scales = [scale if scale is not None else band.scale if band.scale else 1.0 for band in bands]
    offsets = [offset if offset is not None else band.offset or 0.0 for band in bands]
    return np.array(scales, np.float32), np.array(offsets, np.float32)


def scale_known(plan: Plan, fine: str, coarse: str) -> bool:
    """Whether the scales of both rasters are known, so that their physical values should be equal."""
    options = plan.job.options
    for name, given in ((fine, options.fine_scale), (coarse, options.coarse_scale)):
        if given is None and any(band.scale in (None, 1.0) for band in plan.headers[name].bands):
            return False
    return True


def wished_index(plan: Plan) -> Optional[Index]:
    """The index that is wished, None for the bands themselves; raises InputError where it cannot be computed."""
    text = plan.job.options.index.strip()
    return index_of(text, plan.headers[FINE].bands) if text else None


def index_of_job(job: Any) -> Optional[Index]:
    """As `wished_index`, before a job is planned."""
    text = job.options.index.strip()
    if not text:
        return None
    with RasterSource(job.inputs[FINE], FINE.upper()) as source:
        return index_of(text, source.bands)


def index_first(plan: Plan) -> Optional[Index]:
    """The index that is computed of all rasters before anything is predicted, None for none."""
    return wished_index(plan) if plan.job.options.index_order == INDEX_FIRST else None


def result_bands(plan: Plan) -> int:
    """How many bands are predicted."""
    return 1 if index_first(plan) else len(plan.headers[FINE].bands)


def index_findings(plan: Plan, chosen: Selection) -> tuple[Finding, ...]:
    """What is said about the index."""
    index = wished_index(plan)
    if index is None or index.name not in NEED_REFLECTANCE or scale_known(plan, FINE, chosen.target.name):
        return ()
    said = f"INDEX {index.name} is computed from values whose scale is not known, but it is defined for reflectance"
    cure = "give FINE_SCALE and COARSE_SCALE, or scale and offset in the metadata"
    return (Finding("index", "warning", plan.task.parameter(FINE), said, cure=cure),)
