"""What headers tell of the features: which can be computed, of which heights, in windows of how many pixels?"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Optional

from ...core.alignment.checks.overlap import NAME as OVERLAP
from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.job import Job
from ...core.engine.method_card import MethodCard
from ...core.engine.plan import Plan
from ...core.grid.crs import metres_per_unit, stretch
from ...core.grid.heights import HeightChange, height_change, height_reference
from ...core.networks.card_fields import Band, InputSpec, OutputSpec
from ...core.rasters.source import BandInfo, RasterSource
from ...core.sensors.lidar import FEATURES
from ...core.sensors.lidar.feature import GROUND, HEIGHTS, Feature, Setting
from ...core.sensors.lidar.feature import INTENSITY as ECHO
from ...core.sensors.lidar.ground import GroundPlan, plan_ground
from ...core.sensors.lidar.percentiles import LARGEST_SIDE, thinning
from ...core.sensors.lidar.steps import Steps, metres_of, steps_of
from .layers import DSM, DTM, INTENSITY, PhysicalLayer
from .options import IDS, LidarOptions, check_options

MADE = "features"
"""Name of the array that is made."""
DEFAULT_REACH = 3
"""Pixels that the window reaches to each side where no radius is given."""
LARGEST_REACH = 100
RATIO_RANGE = (1 / 64, 64.0)
_LARGEST_SHIFT_PX = 1.0  # accuracy of a transformation between CRS that is good enough
_UNEVEN = 0.02  # relative error of lengths beyond which the user is warned


def method_card(job: Job) -> MethodCard:
    """The rasters that the chosen features look at; raises InputError for an option that cannot be used."""
    check_options(job.options)
    wanted = job.options.features or IDS
    looked_at = {feature.looks_at for feature in FEATURES if feature.id in wanted}
    used = {DTM: HEIGHTS in looked_at, INTENSITY: ECHO in looked_at}
    others = (InputSpec(role, role, required=False) for role in used if used[role] and job.inputs.get(role))
    output = OutputSpec(MADE, bands=(Band(MADE),))
    return MethodCard("LiDAR features", (InputSpec(DSM, DSM), *others), (output,), _LARGEST_SHIFT_PX, RATIO_RANGE)


@dataclass(frozen=True)
class Preparation:
    """Features that can be computed.

    Attributes
    ----------
    factors : dict
        Role -> metres of one unit of its heights.
    changes : dict
        Role -> what is added to its heights, so that they count from what those of the surface do; none where they do.
    features : tuple of Feature
    setting : Setting
    ground : GroundPlan or None
        How the ground is estimated; None where it is not.
    bands : tuple of BandInfo
        Of the result.
    left_out, notes : list of Finding
        Features that are not possible, and what else the user should know.
    """

    factors: dict[str, float]
    changes: dict[str, HeightChange]
    features: tuple[Feature, ...]
    setting: Setting
    ground: Optional[GroundPlan]
    bands: tuple[BandInfo, ...]
    left_out: list[Finding]
    notes: list[Finding]

    @property
    def margin(self) -> tuple[int, int]:
        """(rows, cols) that the features see around a pixel."""
        reaches = [feature.reach(self.setting) for feature in self.features]
        return max(rows for rows, _ in reaches), max(cols for _, cols in reaches)


def findings(plan: Plan) -> tuple[Finding, ...]:
    """See `contract.Task`."""
    prepared = prepare(plan)
    for spec in plan.raster_specs:
        PhysicalLayer(plan, spec.role).close()  # tells at once what cannot be brought onto these pixels
    return (*prepared.left_out, *map(_reworded, plan.findings), *prepared.notes)


def _reworded(finding: Finding) -> Finding:
    """A raster that covers a part of the surface model is fine; what needs it has no data elsewhere."""
    if finding.check != OVERLAP or finding.severity != "warning":
        return finding
    found = f"{finding.role} covers {100 * finding.measured:.3g} % of DSM; what needs it has no data elsewhere"
    return replace(finding, found=found)


def prepare(plan: Plan) -> Preparation:
    """Find out how the features of a plan are computed.

    Raises
    ------
    InputError
        A feature cannot be computed, or lengths mean nothing.
    """
    options, dsm, said = plan.job.options, plan.headers[DSM], _Notes()
    steps = steps_of(dsm.grid, dsm.role)
    estimated = options.ground_window_m and DTM not in plan.headers
    estimate = plan_ground(options.ground_window_m, steps) if estimated else None
    ground = "DTM" if DTM in plan.headers else "estimate" if estimate else ""
    features, left_out = _chosen(plan, ground)
    if not any(feature.looks_at == HEIGHTS for feature in features):
        ground, estimate = "", None
    for name in (header.role for role, header in plan.headers.items() if role not in plan.geometry):
        said.add(name, f"{name} is not looked at, because none of the FEATURES needs it")
    factor = _metres(dsm, None, said)
    dtm_factor = _metres(plan.headers[DTM], factor, said) if DTM in plan.geometry else factor
    unit = plan.headers[INTENSITY].bands[0].unit if INTENSITY in plan.geometry else ""
    setting = Setting(steps, _reach(options, steps), options.percentiles, ground, unit)
    _say_stretch(dsm, said)
    _say_how(options, setting, features, said)
    factors = {DSM: factor, DTM: dtm_factor, INTENSITY: 1.0}
    changes = _changes(plan, said) if DTM in plan.geometry else {}
    bands = tuple(band for feature in features for band in feature.bands(setting))
    return Preparation(factors, changes, features, setting, estimate, bands, left_out, said.findings)


@dataclass
class _Notes:
    """Findings in the order in which they come up."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, role: str, found: str, warning: bool = False, cure: str = "") -> None:
        self.findings.append(Finding("lidar", "warning" if warning else "info", role, found, cure=cure))


def _chosen(plan: Plan, ground: str) -> tuple[tuple[Feature, ...], list[Finding]]:
    """The features to compute; one that is named and not possible is an error, else it is left out, and that is said.

    Raises
    ------
    InputError
        A feature cannot be computed.
    """
    named, said, chosen = plan.job.options.features, _Notes(), []
    lacking = {GROUND: "" if ground else _why_no_ground(plan.job.options),
               ECHO: "" if INTENSITY in plan.headers else "INTENSITY is empty"}  # fmt: skip
    for feature in FEATURES:
        reason = lacking.get(feature.needs, "")
        if feature.id in named and reason:
            raise InputError(
                f"FEATURES names '{feature.id}', but {reason}; give what it needs, or leave the feature out."
            )
        if not named and reason:
            said.add("DSM", f"The feature '{feature.id}' is left out because {reason}")
        elif not named or feature.id in named:
            chosen.append(feature)
    return tuple(chosen), said.findings


def _why_no_ground(options: LidarOptions) -> str:
    if options.ground_window_m:
        return f"DTM is empty and a GROUND_WINDOW of {options.ground_window_m:g} m is less than three pixels of DSM"
    return "DTM is empty and GROUND_WINDOW is 0"


def _reach(options: LidarOptions, steps: Steps) -> tuple[int, int]:
    """(rows, cols) that the window of the local statistics reaches to each side.

    Raises
    ------
    InputError
        The radius is less than a pixel, or too many.
    """
    coarsest, radius = max(steps.size), options.radius_m
    reach = steps.reach(radius or DEFAULT_REACH * coarsest)
    if min(reach) < 1:
        raise InputError(
            f"RADIUS is {radius:g} m, less than one pixel of DSM ({coarsest:.4g} m); choose at least one pixel, "
            f"or 0 for {DEFAULT_REACH} pixels."
        )
    if max(reach) > LARGEST_REACH:
        raise InputError(
            f"RADIUS is {radius:g} m, {max(reach)} pixels of DSM; expected at most {LARGEST_REACH}, so choose a "
            "smaller one or resample DSM to larger pixels."
        )
    return reach


def _changes(plan: Plan, said: _Notes) -> dict[str, HeightChange]:
    """What is added to DTM so that both count heights from the same; where one does not say, they are taken to.

    Raises
    ------
    InputError
        Both say it, and there is no way from the one to the other.
    """
    dsm, dtm = plan.headers[DSM], plan.headers[DTM]
    known, silent = (dsm, dtm) if height_reference(dsm.crs_wkt) else (dtm, dsm)
    told = height_reference(known.crs_wkt)
    if told is None:
        return {}
    if height_reference(silent.crs_wkt) is None:
        found = f"{known.role} names {told.name}, but {silent.role} does not say what its heights count from, so they "
        cure = f"assign {silent.role} a CRS with its vertical part if that is wrong (gdal_edit.py -a_srs EPSG:…+…)"
        said.add(silent.role, f"{found}are taken to count from the same", True, cure)
        return {}
    change = height_change(dtm.crs_wkt, dsm.crs_wkt, plan.domain, (dtm.role, dsm.role))
    if change is None:
        return {}
    ours, theirs = change.references
    found = f"Heights of {dtm.role} are converted from {ours} to {theirs}: {change.typical:+.2f} m in the middle"
    said.add(dtm.role, found)
    return {DTM: change}


def _metres(source: RasterSource, default: Optional[float], said: _Notes) -> float:
    """Metres of one unit of a raster's heights.

    By the band's unit, the vertical part of its CRS, the default, or the unit of its CRS.
    """
    unit = source.bands[0].unit
    metres = metres_of(unit)
    if metres is not None:
        return metres
    told = height_reference(source.crs_wkt)
    if told is not None and not unit:
        return told.metres
    fallback, what = default, "that of DSM"
    if default is None:
        length = metres_per_unit(source.grid.crs_wkt)
        fallback = length if length < 1000 else 1.0  # degrees say nothing about heights
        what = "metres" if fallback == 1 else f"the unit of the CRS ({fallback:.6g} m)"
    if unit or (default is None and fallback != 1):
        names = f"the unit '{unit}', which is unknown" if unit else "no unit"
        cure = "set the band's unit to 'm' or 'ft' if that is wrong (gdal_edit.py -units m)"
        said.add(source.role, f"{source.role}'s band names {names}, so heights are taken to be in {what}", True, cure)
    return float(fallback)


def _say_stretch(dsm: RasterSource, said: _Notes) -> None:
    """Warn of a projection whose metres are none on the ground, as in Web Mercator far from the equator."""
    grid = dsm.grid
    try:
        times = stretch(grid.crs_wkt, *grid.to_map(grid.width / 2, grid.height / 2))
    except InputError:  # outside the projection's area, where nobody can tell
        return
    if abs(times - 1) > _UNEVEN:
        found = f"Lengths in the CRS of DSM are {times:.3g} times those on the ground, so slopes and windows are off"
        said.add(dsm.role, found, True, "reproject DSM into a CRS that keeps lengths here, such as UTM")


def _say_how(options: LidarOptions, setting: Setting, features: tuple[Feature, ...], said: _Notes) -> None:
    """What the user should know about how lengths, the window and the ground are understood."""
    steps, ids = setting.steps, [feature.id for feature in features]
    if steps.latitude is not None:
        bent = f", which is off by up to {100 * steps.uneven:.2g} % elsewhere" if steps.uneven > _UNEVEN else ""
        cure = "reproject DSM into a projected CRS" if bent else ""
        found = f"DSM is in degrees, turned into metres at latitude {steps.latitude:.4f}{bent}"
        said.add("DSM", found, bool(bent), cure)
    rows, cols = (2 * r + 1 for r in setting.reach)
    said.add("DSM", f"The window of the local statistics has {rows} x {cols} pixels of {_metres_text(steps)} m")
    every = thinning(setting.reach)
    if every > 1 and "percentiles" in ids:
        found = f"Percentiles look at one row and column in {every}, as the window is wider than {LARGEST_SIDE}"
        said.add("DSM", found)
    if setting.ground == "estimate":
        found = f"DTM is empty, so the ground is estimated from DSM by openings up to {options.ground_window_m:g} m"
        said.add("DTM", f"{found}: heights above it are an estimate")


def _metres_text(steps: Steps) -> str:
    height, width = steps.size
    return f"{height:.4g}" if math.isclose(height, width, rel_tol=1e-3) else f"{height:.4g} x {width:.4g}"
