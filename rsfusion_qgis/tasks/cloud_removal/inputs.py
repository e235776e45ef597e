"""What a cloud removal reads: stored values and their unit, decibels, and codes of clouds, whatever the files hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.plan import Plan
from ...core.grid.crs import longitude_latitude
from ...core.grid.grid import Window
from ...core.rasters.aligned_input import AlignedInput, open_aligned
from ...core.rasters.source import RasterSource
from ...core.sensors.clouds.detection import check_bands
from ...core.sensors.clouds.scene import find_scene
from ...core.sensors.clouds.survey import sample
from ...core.sensors.reflectance import Scaling, find_scaling
from ...core.sensors.sentinel1 import find_unit, to_decibel
from ...core.sensors.sentinel2 import find_bands
from ...core.sensors.speckle import filter_decibel, halo_px
from ...core.sensors.sun import find_sun
from .card import MASK, OPTICAL, SAR, references
from .found_mask import USED, FoundMask
from .given_mask import GivenMask, known_product, look_at_mask
from .options import CloudOptions


@dataclass
class CloudInputs:
    """Readers and units by role, masks, and what was found out.

    Attributes
    ----------
    readers : dict
        Role -> reader with `read(window)`, `source` and `close`, that stands in the place of the plain one.
    scalings : dict
        Role -> Scaling of stored values; missing where the raster holds no known unit.
    mask : object with `codes(window)` and `close()`
    masks : dict
        Role of a clear image -> the same, where clouds can be found in it.
    findings : list of Finding
    """

    readers: dict[str, Any] = field(default_factory=dict)
    scalings: dict[str, Scaling] = field(default_factory=dict)
    mask: Any = None
    masks: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def unit(self) -> float:
        """Stored units of OPTICAL per unit of reflectance; 1 where its unit is not known."""
        return self.scalings[OPTICAL].scale if OPTICAL in self.scalings else 1.0

    def terminate(self) -> None:
        """Stop what finds clouds, from any thread."""
        for one in (self.mask, *self.masks.values()):
            if hasattr(one, "terminate"):
                one.terminate()

    def rest(self) -> None:
        """Give back what finding clouds takes; no mask finds any afterwards."""
        for one in (self.mask, *self.masks.values()):
            if hasattr(one, "rest"):
                one.rest()

    def close(self) -> None:
        """Give the handles of the masks back."""
        for one in (self.mask, *self.masks.values()):
            if one is not None:
                one.close()


def cloud_inputs(plan: Plan, opened: Mapping[str, AlignedInput], needed: bool) -> CloudInputs:
    """Look at the rasters of a cloud removal.

    Parameters
    ----------
    opened : role -> aligned input.
    needed : whether reflectance must be known, as for a network.

    Raises
    ------
    InputError
        Values fit no known unit where one is needed, or bands are missing.
    """
    made, wishes = CloudInputs(), plan.job.options
    _reflectance(made, plan, OPTICAL, wishes, needed or MASK not in opened)
    for role in references(opened):
        _reflectance(made, plan, role, wishes, False)
    try:
        if SAR in opened:
            made.readers[SAR] = _sar(made, plan, opened[SAR], wishes)
        if MASK in opened:
            made.mask = _given(made, plan, opened[MASK], wishes)
        else:
            made.mask = _found(made, plan, OPTICAL)
        for role in references(opened):
            _found_in_reference(made, plan, role)
    except BaseException:
        made.close()
        raise
    return made


def _header(plan: Plan, role: str) -> RasterSource:
    """A handle for a look at the whole raster; the caller closes it."""
    return RasterSource(plan.job.inputs[role], plan.task.parameter(role), kind=plan.task.role(role).kind)


def _reflectance(made: CloudInputs, plan: Plan, role: str, wishes: CloudOptions, needed: bool) -> None:
    """The scaling of a raster, noted among what was found."""
    with _header(plan, role) as source:
        told = source.role
        try:
            found = find_scaling(source.bands, source.metadata, sample(source), wishes.scale, wishes.offset, told)
        except InputError as error:
            if needed or (wishes.scale is not None and role == OPTICAL):
                raise
            if role == OPTICAL:
                said = f"The unit of {told} is not known, so UNCERTAINTY is in its stored units ({error})".rstrip(".")
                made.findings.append(Finding("units", "info", told, said))
            return
    made.findings.append(_finding("units", told, found.why, found.doubtful and (needed or role == OPTICAL)))
    made.scalings[role] = found


def _sar(made: CloudInputs, plan: Plan, opened: AlignedInput, wishes: CloudOptions) -> SarInDecibel:
    with _header(plan, SAR) as source:
        source.select(plan.bands[SAR])
        unit = find_unit(source.bands, sample(source), wishes.sar_unit or None, source.role)
        made.findings.append(_finding("units", source.role, unit.why, unit.doubtful))
    return SarInDecibel(opened, unit.unit, wishes.speckle_filter)


def _given(made: CloudInputs, plan: Plan, opened: AlignedInput, wishes: CloudOptions) -> GivenMask:
    with _header(plan, MASK) as source:
        product = known_product(source, wishes.cloud_values)
        if product is not None:
            told = f"{source.role} is read as {product.name}; CLOUD_VALUES says otherwise if you set it"
            made.findings.append(Finding("clouds", "info", source.role, told))
            return GivenMask(opened, wishes.cloud_values, (), product)
        fill, said = look_at_mask(source, wishes.cloud_values)
    made.findings += said
    return GivenMask(opened, wishes.cloud_values, fill)


def _found(made: CloudInputs, plan: Plan, role: str) -> FoundMask:
    """What finds clouds in an image; raises InputError where its bands do not allow it."""
    scaling = made.scalings[role]
    with _header(plan, role) as source:
        places = find_bands(source.bands, source.role)
        lacking = check_bands(places.names, source.role)
        values = scaling.to_reflectance(sample(source))
        bands = {name: values[place] for name, place in places.places.items()}
        scene = find_scene(bands, role=source.role, metadata=source.metadata)
        middle = source.grid.to_map(source.grid.width / 2, source.grid.height / 2)
        sun = find_sun(source.metadata, *(longitude_latitude(source.grid.crs_wkt, *middle) or (None, None)))
        if role == OPTICAL:
            made.findings += [_finding("clouds", source.role, note, True) for note in lacking]
            made.findings.append(_finding("clouds", source.role, scene.why, False))
    names = [name for name in places.names if name in USED]
    geometry = plan.geometry[role]
    opened = open_aligned(plan.job.inputs[role], plan.task.parameter(role), plan.domain, 1, "cubic", geometry.grid,
                          geometry.ratio, geometry.moved, partial=role != OPTICAL,
                          turned=geometry.turned)  # fmt: skip
    opened.source.select(tuple(places.places[name] for name in names))
    found = FoundMask(opened, names, scaling, scene, sun, plan.job.threads)
    if role == OPTICAL:
        by = f"rules find the clouds, since {found.why_rules}" if found.why_rules else "a network finds the clouds"
        made.findings.append(Finding("clouds", "info", plan.task.parameter(role), f"No CLOUDMASK is given: {by}"))
    return found


def _found_in_reference(made: CloudInputs, plan: Plan, role: str) -> None:
    """Clouds in a clear image are left out where they can be found; else it is taken as it is."""
    name = plan.task.parameter(role)
    try:
        if role not in made.scalings or made.scalings[role].doubtful:
            raise InputError("its unit is not sure.")
        made.masks[role] = _found(made, plan, role)
    except InputError as error:
        told = f"Clouds in {name} are not looked for: {error}".rstrip(".")
        made.findings.append(Finding("clouds", "info", name, told))


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


class StoredMask:
    """What the survey found, as a layer: codes as float32, valid everywhere."""

    def __init__(self, store: Any, source: Any, opened: Optional[Any] = None) -> None:
        self.source, self._store, self._opened = source, store, opened

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """(1, rows, cols) float32 and bool."""
        codes = self._store.read(window)[None].astype(np.float32)
        return codes, np.ones(codes.shape, bool)

    def close(self) -> None:
        """Give the handle back."""
        if self._opened is not None:
            self._opened.close()
