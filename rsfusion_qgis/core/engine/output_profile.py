"""What the result looks like: data type, nodata, masks, and what it keeps of the raster that it resembles."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..alignment.shift_finding import NAME as residual_shift
from ..basics.errors import InputError
from ..rasters.lineage import DOMAIN, moved_entry, turned_entry
from ..rasters.radiometry import require_nodata
from ..rasters.sink import OutputProfile
from ..rasters.source import RasterSource, numpy_type
from .plan import Plan


def output_profile(plan: Plan, role: str = "") -> OutputProfile:
    """The profile of a job's result: like the raster of a role, that of the task where none is named.

    Its CRS is that of the grid, without a vertical part, since none of its values count as heights; see
    `crs.horizontal`.

    Raises
    ------
    InputError
        NODATA does not fit the data type.
    """
    like = plan.headers[role or plan.task.like]
    data_type = plan.job.data_type or like.bands[0].data_type
    mask_kind = like.mask_kind if plan.job.nodata is None and like.mask_kind in ("alpha", "mask") else "none"
    nodata = _nodata(plan, like, data_type, mask_kind)
    metadata = {**like.metadata, DOMAIN: history(plan)}
    grid = plan.domain.crop(plan.extent)
    return OutputProfile(grid, like.bands, data_type, nodata, mask_kind, metadata)


def _nodata(plan: Plan, like: RasterSource, data_type: str, mask_kind: str) -> Optional[float]:
    """The value that marks invalid pixels: the user's, that of the inputs, or 0 (NaN) where one is needed."""
    dtype, wanted = numpy_type(data_type), plan.job.nodata
    if wanted is not None:
        require_nodata(dtype, wanted)
        return wanted
    headers = [like, *plan.headers.values()]
    given = [band.nodata for header in headers for band in header.bands if band.nodata is not None]
    fitting = [value for value in given if holds(dtype, value)]
    if mask_kind != "none":
        return fitting[0] if like.mask_kind == "nodata" and fitting else None
    if fitting:
        return fitting[0]
    if given or plan.any_warped or any(header.may_be_invalid for header in headers):
        return float("nan") if dtype.kind == "f" else 0.0
    return None


def holds(dtype: np.dtype, value: float) -> bool:
    """Whether a data type can store a value exactly enough to mark pixels with it."""
    try:
        require_nodata(dtype, value)
    except InputError:
        return False
    return True


def history(plan: Plan) -> dict[str, str]:
    """How the result came about, for its metadata: network or method, inputs' findings, geometry."""
    fused_by = {"METHOD": plan.card.name} if plan.job.method else {
        "MODEL": plan.card.name, "MODEL_VERSION": plan.card.version
    }  # fmt: skip
    said = {"TASK": plan.task.history_id, **fused_by, **plan.task.history(plan), "RATIO": f"{plan.ratio:.6g}"}
    for role, geometry in plan.geometry.items():
        name = plan.task.parameter(role)
        said.update({**moved_entry(name, geometry.moved), **turned_entry(name, geometry.turned)})
    told = (f for f in plan.findings if f.severity != "info" or f.check == residual_shift)
    for i, finding in enumerate(told):
        said[f"FINDING_{i + 1}"] = finding.sentence
    return {key: value for key, value in said.items() if value}
