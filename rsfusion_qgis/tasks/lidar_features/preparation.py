"""From a job to a plan, reading headers only: can the features be computed, of which heights, on which pixels?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Optional

from ...core.alignment.checks import Pair
from ...core.alignment.checks.overlap import NAME as overlap
from ...core.alignment.pairing import checked, make_pair
from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.grid.crs import metres_per_unit, stretch
from ...core.grid.grid import Window
from ...core.rasters.source import RasterSource
from ...core.sensors.lidar import FEATURES
from ...core.sensors.lidar.feature import GROUND, HEIGHTS, Feature, Setting
from ...core.sensors.lidar.feature import INTENSITY as ECHO
from ...core.sensors.lidar.ground import GroundPlan, plan_ground
from ...core.sensors.lidar.percentiles import LARGEST_SIDE, thinning
from ...core.sensors.lidar.steps import Steps, metres_of, steps_of
from .companion import Companion
from .job import DSM, DTM, INTENSITY, LidarJob, check_parameters

DEFAULT_REACH = 3
"""Pixels that the window reaches to each side where no radius is given."""
LARGEST_REACH = 100
RATIO_RANGE = (1 / 64, 64.0)
_LARGEST_SHIFT_PX = 1.0  # accuracy of a transformation between CRS that is good enough
_UNEVEN = 0.02  # relative error of lengths beyond which the user is warned


@dataclass(frozen=True)
class Preparation:
    """A job that can run.

    Attributes
    ----------
    dsm : RasterSource
        As its header describes it; closed.
    factor, dtm_factor : float
        Metres of one unit of the surface's, and the terrain's, heights.
    pairs : dict
        role -> the surface model and that raster; those that are needed only.
    features : tuple of Feature
    setting : Setting
    ground : GroundPlan or None
        How the ground is estimated; None where it is not.
    extent : Window
        What is written, in pixels of the DSM.
    findings : tuple of Finding
    """

    job: LidarJob
    dsm: RasterSource
    factor: float
    dtm_factor: float
    pairs: dict[str, Pair]
    features: tuple[Feature, ...]
    setting: Setting
    ground: Optional[GroundPlan]
    extent: Window
    findings: tuple[Finding, ...]

    def open(self, role: str) -> Optional[Companion]:
        """The raster of a role, on the pixels of the DSM; None where it is not needed."""
        if role not in self.pairs:
            return None
        path, factor = (self.job.dtm, self.dtm_factor) if role == DTM else (self.job.intensity, 1.0)
        return Companion(path, role, self.pairs[role], factor)


def prepare(job: LidarJob) -> Preparation:
    """Check everything that headers tell.

    Raises
    ------
    InputError, OutputError, CoregistrationError
        One sentence that names the parameter.
    """
    check_parameters(job)
    headers = {role: _header(path, role) for role, path in job.rasters.items()}
    dsm = headers[DSM]
    steps = steps_of(dsm.grid, DSM)
    notes = _Notes()
    plan = None if job.dtm or not job.ground_window_m else plan_ground(job.ground_window_m, steps)
    ground = "DTM" if job.dtm else "estimate" if plan else ""
    features = _chosen(job, ground, notes)
    if not any(feature.looks_at == HEIGHTS for feature in features):
        ground, plan = "", None
    needed = {DTM: ground == "DTM", INTENSITY: any(f.looks_at == ECHO for f in features)}
    pairs = {role: _pair(job, dsm, headers[role], notes) for role, wanted in needed.items() if wanted}
    for role in headers.keys() - pairs.keys() - {DSM}:
        notes.add(role, f"{role} is not looked at, because none of the FEATURES needs it")
    factor = _metres(dsm, None, notes)
    dtm_factor = _metres(headers[DTM], factor, notes) if DTM in pairs else factor
    unit = headers[INTENSITY].bands[0].unit if INTENSITY in pairs else ""
    setting = Setting(steps, _reach(job, steps), job.percentiles, ground, unit)
    _say_stretch(dsm, notes)
    _say_how(job, setting, features, notes)
    return Preparation(
        job, dsm, factor, dtm_factor, pairs, features, setting, plan, _extent(job, dsm), tuple(notes.findings)
    )


class _Notes:
    """Findings in the order in which they come up."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, role: str, found: str, warning: bool = False, cure: str = "") -> None:
        self.findings.append(Finding("lidar", "warning" if warning else "info", role, found, cure=cure))


def _header(path: str, role: str) -> RasterSource:
    with RasterSource(path, role) as source:
        if len(source.bands) != 1:
            raise InputError(
                f"{role}: '{path}' has {len(source.bands)} bands; expected 1, so extract the right band first "
                "(gdal_translate -b, or Raster > Conversion > Translate)."
            )
    return source


def _pair(job: LidarJob, dsm: RasterSource, other: RasterSource, notes: _Notes) -> Pair:
    """How another raster lies on the surface model; one that covers a part of it is fine, the rest has no data."""
    pair = make_pair((DSM, other.role), dsm.grid, other.grid, RATIO_RANGE, _LARGEST_SHIFT_PX, job.policy)
    for finding in checked(pair):
        if finding.check == overlap and finding.severity == "warning":
            found = f"{other.role} covers {100 * finding.measured:.3g} % of DSM; what needs it has no data elsewhere"
            finding = replace(finding, found=found)
        notes.findings.append(finding)
    Companion(other.path, other.role, pair).close()  # tells at once what cannot be brought onto these pixels
    return pair


def _chosen(job: LidarJob, ground: str, notes: _Notes) -> tuple[Feature, ...]:
    """The features to compute; one that is named and not possible is an error, else it is left out, and that is said.

    Raises
    ------
    InputError
        A feature cannot be computed.
    """
    lacking = {GROUND: "" if ground else _why_no_ground(job), ECHO: "" if job.intensity else "INTENSITY is empty"}
    chosen = []
    for feature in FEATURES:
        reason = lacking.get(feature.needs, "")
        if job.features and feature.id in job.features and reason:
            raise InputError(
                f"FEATURES names '{feature.id}', but {reason}; give what it needs, or leave the feature out."
            )
        if not job.features and reason:
            notes.add(DSM, f"The feature '{feature.id}' is left out because {reason}")
        elif not job.features or feature.id in job.features:
            chosen.append(feature)
    return tuple(chosen)


def _why_no_ground(job: LidarJob) -> str:
    if job.ground_window_m:
        return f"DTM is empty and a GROUND_WINDOW of {job.ground_window_m:g} m is less than three pixels of DSM"
    return "DTM is empty and GROUND_WINDOW is 0"


def _reach(job: LidarJob, steps: Steps) -> tuple[int, int]:
    """(rows, cols) that the window of the local statistics reaches to each side.

    Raises
    ------
    InputError
        The radius is less than a pixel, or too many.
    """
    coarsest = max(steps.size)
    reach = steps.reach(job.radius_m or DEFAULT_REACH * coarsest)
    if min(reach) < 1:
        raise InputError(
            f"RADIUS is {job.radius_m:g} m, less than one pixel of DSM ({coarsest:.4g} m); choose at least one pixel, "
            f"or 0 for {DEFAULT_REACH} pixels."
        )
    if max(reach) > LARGEST_REACH:
        raise InputError(
            f"RADIUS is {job.radius_m:g} m, {max(reach)} pixels of DSM; expected at most {LARGEST_REACH}, so choose a "
            "smaller one or resample DSM to larger pixels."
        )
    return reach


def _metres(source: RasterSource, default: Optional[float], notes: _Notes) -> float:
    """Metres of one unit of a raster's heights: by the band's unit, the default, or the unit of its CRS."""
    unit = source.bands[0].unit
    metres = metres_of(unit)
    if metres is not None:
        return metres
    fallback, what = default, "that of DSM"
    if default is None:
        length = metres_per_unit(source.grid.crs_wkt)
        fallback = length if length < 1000 else 1.0  # degrees say nothing about heights
        what = "metres" if fallback == 1 else f"the unit of the CRS ({fallback:.6g} m)"
    if unit or (default is None and fallback != 1):
        names = f"the unit '{unit}', which is unknown" if unit else "no unit"
        cure = "set the band's unit to 'm' or 'ft' if that is wrong (gdal_edit.py -units m)"
        notes.add(source.role, f"{source.role}'s band names {names}, so heights are taken to be in {what}", True, cure)
    return float(fallback)


def _extent(job: LidarJob, dsm: RasterSource) -> Window:
    extent = dsm.grid.window if job.extent is None else dsm.grid.window_of(job.extent)
    if extent.is_empty:
        raise InputError("EXTENT does not touch DSM; choose one inside it, or leave it empty for all.")
    return extent


def _say_stretch(dsm: RasterSource, notes: _Notes) -> None:
    """Warn of a projection whose metres are none on the ground, as in Web Mercator far from the equator."""
    grid = dsm.grid
    try:
        times = stretch(grid.crs_wkt, *grid.to_map(grid.width / 2, grid.height / 2))
    except InputError:  # outside the projection's area, where nobody can tell
        return
    if abs(times - 1) > _UNEVEN:
        found = f"Lengths in the CRS of DSM are {times:.3g} times those on the ground, so slopes and windows are off"
        notes.add(DSM, found, True, "reproject DSM into a CRS that keeps lengths here, such as UTM")


def _say_how(job: LidarJob, setting: Setting, features: tuple[Feature, ...], notes: _Notes) -> None:
    """What the user should know about how lengths, the window and the ground are understood."""
    steps, ids = setting.steps, [feature.id for feature in features]
    if steps.latitude is not None:
        bent = f", which is off by up to {100 * steps.uneven:.2g} % elsewhere" if steps.uneven > _UNEVEN else ""
        cure = "reproject DSM into a projected CRS" if bent else ""
        found = f"DSM is in degrees, turned into metres at latitude {steps.latitude:.4f}{bent}"
        notes.add(DSM, found, bool(bent), cure)
    rows, cols = (2 * r + 1 for r in setting.reach)
    notes.add(DSM, f"The window of the local statistics has {rows} x {cols} pixels of {_metres_text(steps)} m")
    every = thinning(setting.reach)
    if every > 1 and "percentiles" in ids:
        notes.add(DSM, f"Percentiles look at one row and column in {every}, as the window is wider than {LARGEST_SIDE}")
    if setting.ground == "estimate":
        found = f"DTM is empty, so the ground is estimated from DSM by openings up to {job.ground_window_m:g} m"
        notes.add(DTM, f"{found}: heights above it are an estimate")


def _metres_text(steps: Steps) -> str:
    height, width = steps.size
    return f"{height:.4g}" if math.isclose(height, width, rel_tol=1e-3) else f"{height:.4g} x {width:.4g}"
