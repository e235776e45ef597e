"""From a plan to a chain: which bands are what, then the rules, then classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Chain, Layer
from ...core.engine.job import Job
from ...core.engine.method_card import MethodCard
from ...core.engine.plan import Plan
from ...core.networks.card_fields import Band, InputSpec, OutputSpec
from ...core.operators.class_rasters import ClassEncoder
from ...core.rasters.aligned_input import Scale
from ...core.rasters.class_spec import ClassSpec, named_classes
from ...core.rasters.source import BandInfo
from ...core.sensors.lidar.steps import steps_of
from .pavement import darkness
from .roles import CLASSES, DTM, LIDAR, METHOD, MISSING, OPTICAL, SCORES
from .rules import Places, Rules

HEIGHT_WORDS, INTENSITY_WORDS = ("height", "chm", "ndsm", "dsm", "nhm", "elevation"), ("intensity", "reflectance")
NAMES = {"red": ("red",), "green": ("green",), "blue": ("blue",), "infrared": ("nir", "near infrared", "near-infrared")}
SPANS = {"blue": (0.44, 0.52), "green": (0.52, 0.60), "red": (0.62, 0.70), "infrared": (0.75, 0.95)}
"""Micrometres."""
_ABOVE_M = 5.0


def method_card(job: Job) -> MethodCard:
    """What is taken and given."""
    absent = {"required": False, "stand_in": MISSING}
    inputs = (
        InputSpec(LIDAR, LIDAR, resampling="bilinear"),
        InputSpec(DTM, DTM, (Band("ground"),), resampling="bilinear", **absent),
        InputSpec(OPTICAL, OPTICAL, **absent),
    )
    return MethodCard(METHOD, inputs, (OutputSpec(SCORES, classes=CLASSES),), 2.0, (0.02, 50.0))


def check(plan: Plan) -> tuple[Finding, ...]:
    """Raise InputError for what headers and options tell."""
    drawn_classes(plan)
    steps_of(plan.headers[LIDAR].grid, plan.task.parameter(LIDAR))
    return ()


def drawn_classes(plan: Plan) -> tuple[ClassSpec, ...]:
    """The classes of POLYGONS; raises InputError where one is unknown."""
    return named_classes(plan.job.options.polygon_classes, CLASSES, "POLYGON_CLASSES")


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    check(plan)
    steps = steps_of(plan.headers[LIDAR].grid, plan.task.parameter(LIDAR))
    scales = {spec.name: _physical(layers[spec.name]) for spec in plan.raster_specs}
    places, findings = _places(plan, layers, scales)
    rules = Rules(plan.job.options, places, sum(steps.size) / 2)
    return Chain([rules], ClassEncoder(plan, plan.card.outputs[0]), scales, {}, findings)


def _physical(layer: Layer) -> Scale:
    """Physical values of heights and the like: stored times the bands' scale, plus their offset."""
    pairs = [(-(band.offset or 0.0) / (band.scale or 1.0), 1.0 / (band.scale or 1.0)) for band in layer.source.bands]
    offset, scale = np.array(pairs, np.float32).T
    return Scale(np.ascontiguousarray(offset), np.ascontiguousarray(scale))


def _places(
    plan: Plan, layers: Mapping[str, Layer], scales: Mapping[str, Scale]
) -> tuple[Places, list[Finding]]:
    name, lidar = plan.task.parameter(LIDAR), layers[LIDAR]
    height = _called(lidar.source.bands, HEIGHT_WORDS) or 0
    intensity = _called(lidar.source.bands, INTENSITY_WORDS)
    values, valid = lidar.sample()
    there = valid[height] & np.isfinite(values[height])
    if not there.any():
        raise InputError(f"{name} has no data in the area of the run; choose another raster.")
    findings = [Finding("bands", "info", name, f"Heights are band {height + 1} of {name}")]
    heights = (values[height][there] - scales[LIDAR].offset[height]) / scales[LIDAR].scale[height]
    if DTM not in layers and np.percentile(heights, 5) > _ABOVE_M:
        findings.append(Finding(
            "heights", "warning", name,
            f"Hardly any height of {name} is below {_ABOVE_M:g} m, as if it counted from the sea",
            cure="give the terrain as DTM, or make heights above ground with rsfusion:lidarfeatures",
        ))  # fmt: skip
    dark = None if intensity is None else darkness(plan, layers, scales, height, intensity)
    told = _optical(layers[OPTICAL].source.bands) if OPTICAL in layers else {}
    shades = tuple(0.0 for _ in layers[OPTICAL].source.bands) if OPTICAL in layers else ()
    places = Places(height, intensity if dark else None, dark, shades=shades, **told)
    return places, findings + _about_plants(plan, places)


def _about_plants(plan: Plan, places: Places) -> list[Finding]:
    name = plan.task.parameter(OPTICAL)
    if OPTICAL not in plan.geometry:
        words = "No OPTICAL is given, so trees are told from buildings by their roughness alone, and roads by intensity"
        return [Finding("plants", "info", name, words)]
    if not places.tells_plants:
        words = f"Nothing says which bands of {name} are red, green, blue or near infrared, so it is not used"
        return [Finding("plants", "warning", name, words, cure="name the bands, or give their wavelengths")]
    how = "NDVI" if places.infrared is not None else "greenness, since it has no near infrared"
    return [Finding("plants", "info", name, f"Plants are told in {name} by {how}")]


def _called(bands: Sequence[BandInfo], words: Sequence[str]) -> Optional[int]:
    """The first band whose name has one of the words."""
    for place, band in enumerate(bands):
        if any(word in (band.description or "").lower() for word in words):
            return place
    return None


def _optical(bands: Sequence[BandInfo]) -> dict[str, int]:
    """Which bands are red, green, blue and near infrared: by wavelength, by name, or three bands in that order."""
    found = {}
    for place, band in enumerate(bands):
        said = " ".join((band.description or "").lower().replace("_", " ").split())
        for colour, (low, high) in SPANS.items():
            near = band.wavelength_um is not None and low <= band.wavelength_um <= high
            if (near or said in NAMES[colour]) and colour not in found:
                found[colour] = place
    if not found and len(bands) == 3:
        found = {"red": 0, "green": 1, "blue": 2}
    if not found and len(bands) == 4:
        found = {"red": 0, "green": 1, "blue": 2, "infrared": 3}
    return found
