"""What the network of a cloud removal is fed with: reflectance, decibels, and a mask, whatever the files hold.

A raster in standard units is reflectance x 10000 (optical, clear), decibels (sar), 0..1 (cloudmask); the card's scaling
comes on top. Affine conversions become part of an input's scale, so that its stored values pass through untouched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.plan import Plan
from ...core.grid.crs import longitude_latitude, metres_per_unit
from ...core.grid.grid import Grid, Window
from ...core.rasters.aligned_input import AlignedInput, Scale
from ...core.rasters.source import RasterSource
from ...core.sensors.clouds.detection import MaskSettings, check_bands, detect
from ...core.sensors.clouds.scene import Scene, find_scene
from ...core.sensors.clouds.survey import sample
from ...core.sensors.reflectance import SCALE, Scaling, find_scaling
from ...core.sensors.sentinel1 import find_unit, to_decibel
from ...core.sensors.sentinel2 import find_bands
from ...core.sensors.speckle import filter_decibel, halo_px
from ...core.sensors.sun import Sun, find_sun
from .given_mask import GivenMask, look_at_mask
from .options import CloudOptions

OPTICAL, SAR, CLEAR, MASK = "optical", "sar", "clear", "cloudmask"


@dataclass
class CloudInputs:
    """Readers and scales by role that stand in the place of plain ones, and what was found out.

    Attributes
    ----------
    readers : dict
        Role -> reader with `read(window)`, `source` and `close`.
    units : dict
        Role -> (offset, scale) of stored values: standard = (stored - offset) / scale.
    findings : list of Finding
    """

    readers: dict[str, Any] = field(default_factory=dict)
    units: dict[str, tuple[float, float]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def scaled(self, role: str, scale: Scale) -> Scale:
        """The scale of an input, of whose standard units a card's `scale` speaks, for stored values."""
        offset, unit = self.units.get(role, (0.0, 1.0))
        stored = (scale.offset * np.float32(unit) + np.float32(offset), scale.scale * np.float32(unit))
        return Scale(*(part.astype(np.float32) for part in stored))


def cloud_inputs(plan: Plan, opened: Mapping[str, AlignedInput]) -> CloudInputs:
    """Look at the rasters of a cloud removal.

    Parameters
    ----------
    opened : role -> aligned input.

    Raises
    ------
    InputError
        Values fit no known unit, or bands are missing.
    """
    made, wishes = CloudInputs(), plan.job.options
    optical = _reflectance(made, plan, OPTICAL, wishes)
    if CLEAR in opened:
        _reflectance(made, plan, CLEAR, wishes)
    if SAR in opened:
        made.readers[SAR] = _sar(made, plan, opened[SAR], wishes)
    if MASK in opened:
        made.readers[MASK] = _given(made, plan, opened[MASK], wishes)
    else:
        made.readers[MASK] = _detected(made, plan, optical)
    return made


def _header(plan: Plan, role: str) -> RasterSource:
    """A handle for a look at the whole raster; the caller closes it."""
    return RasterSource(plan.job.inputs[role], plan.task.parameter(role), kind=plan.task.role(role).kind)


def _reflectance(made: CloudInputs, plan: Plan, role: str, wishes: CloudOptions) -> Scaling:
    with _header(plan, role) as source:
        told = source.role
        found = find_scaling(source.bands, source.metadata, sample(source), wishes.scale, wishes.offset, told)
    made.findings.append(_finding("units", told, found.why, found.doubtful))
    made.units[role] = (-found.add_offset, found.scale / SCALE)
    return found


def _sar(made: CloudInputs, plan: Plan, opened: AlignedInput, wishes: CloudOptions) -> SarInDecibel:
    with _header(plan, SAR) as source:
        source.select(plan.bands[SAR])
        unit = find_unit(source.bands, sample(source), wishes.sar_unit or None, source.role)
        made.findings.append(_finding("units", source.role, unit.why, unit.doubtful))
    return SarInDecibel(opened, unit.unit, wishes.speckle_filter)


def _given(made: CloudInputs, plan: Plan, opened: AlignedInput, wishes: CloudOptions) -> GivenMask:
    with _header(plan, MASK) as source:
        fill, said = look_at_mask(source, wishes.cloud_values)
    made.findings += said
    return GivenMask(opened, wishes.cloud_values, fill)


def _detected(made: CloudInputs, plan: Plan, scaling: Scaling) -> DetectedMask:
    with _header(plan, OPTICAL) as source:
        places = find_bands(source.bands, source.role)
        lacking = check_bands(places.names, source.role)
        made.findings += [_finding("clouds", source.role, note, True) for note in lacking]
        values = scaling.to_reflectance(sample(source))
        bands = {name: values[place] for name, place in places.places.items()}
        scene = find_scene(bands, role=source.role, metadata=source.metadata)
        made.findings.append(_finding("clouds", source.role, scene.why, False))
        middle = source.grid.to_map(source.grid.width / 2, source.grid.height / 2)
        sun = find_sun(source.metadata, *(longitude_latitude(source.grid.crs_wkt, *middle) or (None, None)))
    geometry = plan.geometry[OPTICAL]
    spec = plan.card.input(OPTICAL)
    aligned = AlignedInput(_header(plan, OPTICAL), plan.domain, 1, spec.resampling)
    aligned.source.grid = geometry.grid
    return DetectedMask(aligned, places.places, scaling, scene, sun)


def _finding(check: str, role: str, why: str, doubtful: bool) -> Finding:
    return Finding(check, "warning" if doubtful else "info", role, why.rstrip("."))


class SarInDecibel:
    """The SAR image in decibels, filtered where wished; invalid where either polarisation is."""

    def __init__(self, sar: AlignedInput, unit: str, filtered: bool) -> None:
        self.source, self._sar, self._unit, self._filtered = sar.source, sar, unit, filtered

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (2, rows, cols) float32 and validity, as `AlignedInput.read`."""
        reach = halo_px() if self._filtered else 0
        values, valid = self._sar.read(window.grown(reach))
        decibel, there = to_decibel(values, valid, self._unit)
        if self._filtered:
            decibel = filter_decibel(decibel, there)
        inner = slice(reach, decibel.shape[1] - reach), slice(reach, decibel.shape[2] - reach)
        there = there[inner]
        return decibel[:, inner[0], inner[1]], np.broadcast_to(there, (len(decibel), *there.shape))

    def close(self) -> None:
        self._sar.close()


class DetectedMask:
    """Clouds and shadows found in the optical image, as 0 and 1."""

    def __init__(
        self, optical: AlignedInput, places: Mapping[str, int], scaling: Scaling, scene: Scene, sun: Optional[Sun]
    ) -> None:
        self.source, self._optical, self._places = optical.source, optical, places
        self._scaling, self._scene, self._sun, self._settings = scaling, scene, sun, MaskSettings()
        self._pixel_m = _pixel_m(optical.target)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """The mask (1, rows, cols) float32, valid everywhere."""
        reach = self._settings.reach_px(self._pixel_m)
        values, valid = self._optical.read(window.grown(reach))
        reflectance = self._scaling.to_reflectance(values)
        bands = {name: reflectance[place] for name, place in self._places.items()}
        there = valid[list(self._places.values())].all(axis=0)
        masks = detect(bands, self._scene, there, self._settings, self._sun, self._pixel_m)
        inner = masks.mask[reach : masks.mask.shape[0] - reach, reach : masks.mask.shape[1] - reach]
        return inner[None].astype(np.float32), np.ones((1, *inner.shape), bool)

    def close(self) -> None:
        self._optical.close()


def _pixel_m(grid: Grid) -> float:
    """Side of a pixel in metres; Sentinel-2's 10 where the raster does not say."""
    if not grid.crs_wkt:
        return 10.0
    width, height = grid.pixel_size
    return float(np.sqrt(width * height)) * metres_per_unit(grid.crs_wkt)
