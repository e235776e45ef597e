"""What the user asked of the features, and what is wrong with it before any raster is looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

from ...core.alignment.checks import POLICIES
from ...core.basics.errors import InputError, OutputError
from ...core.rasters.pending_output import same_file, writable_name
from ...core.rasters.sink import driver_for
from ...core.sensors.lidar import FEATURES
from ...core.sensors.lidar.percentiles import check_percentiles

DSM, DTM, INTENSITY = "DSM", "DTM", "INTENSITY"
"""The users' parameters for the rasters."""


@dataclass(frozen=True)
class LidarJob:
    """What the user asked for.

    Attributes
    ----------
    dsm, output : str
    dtm, intensity : str
        "" = not given.
    features : tuple of str
        Ids of FEATURES; () = all that the rasters allow.
    radius_m : float
        How far the square window reaches to each side, metres; 0 = three pixels.
    percentiles : tuple of float
        0..100.
    ground_window_m : float
        Side of the largest opening that estimates the ground where there is no DTM; 0 = no estimate.
    floor : bool
        Heights above ground below zero become zero.
    policy : str
        "fail", "warn" or "correct".
    extent : tuple (xmin, ymin, xmax, ymax) or None
        Part to compute, in the CRS of the DSM; None = all.
    tile_size : int
        0 = from the memory budget.
    memory_mb : int
    output_format : str
        GDAL driver; "" = by the ending of `output`.
    creation_options : tuple of str
    """

    dsm: str
    output: str
    dtm: str = ""
    intensity: str = ""
    features: tuple[str, ...] = ()
    radius_m: float = 0.0
    percentiles: tuple[float, ...] = (10.0, 50.0, 90.0)
    ground_window_m: float = 50.0
    floor: bool = True
    policy: str = "warn"
    extent: Optional[tuple[float, float, float, float]] = None
    tile_size: int = 0
    memory_mb: int = 768
    output_format: str = ""
    creation_options: tuple[str, ...] = ()

    @property
    def rasters(self) -> dict[str, str]:
        """The path of each raster that was given, by parameter."""
        paths = {DSM: self.dsm, DTM: self.dtm, INTENSITY: self.intensity}
        return {role: path for role, path in paths.items() if path}


def check_parameters(job: LidarJob) -> None:
    """Raise InputError or OutputError, one sentence that names the parameter, for what cannot be used."""
    if not job.dsm:
        raise InputError("DSM is missing; name a raster of surface heights.")
    for role, path in job.rasters.items():
        if same_file(path, job.output):
            raise OutputError(f"OUTPUT: '{job.output}' is also {role}; choose another name for the result.")
    writable_name(job.output)
    driver_for(job.output, job.output_format)
    if job.policy not in POLICIES:
        raise InputError(f"COREGISTRATION is '{job.policy}'; expected one of {', '.join(POLICIES)}.")
    if job.tile_size < 0 or 0 < job.tile_size < 32:
        raise InputError(f"TILE_SIZE is {job.tile_size}; expected 0 (from MEMORY) or at least 32 pixels.")
    for name, value in (("RADIUS", job.radius_m), ("GROUND_WINDOW", job.ground_window_m)):
        if not (math.isfinite(value) and value >= 0):
            raise InputError(f"{name} is {value:g}; expected metres, 0 or more.")
    check_percentiles(job.percentiles)
    known = [feature.id for feature in FEATURES]
    for name in job.features:
        if name not in known:
            raise InputError(f"FEATURES names '{name}'; expected some of {', '.join(known)}.")
