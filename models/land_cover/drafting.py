"""The card of a network that is still to be made: what its rasters are, so that the engine can open them."""

from __future__ import annotations

from collections.abc import Mapping

from models.land_cover.networks import MISSING
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.contract import Task
from rsfusion_qgis.core.grid.heights import height_reference
from rsfusion_qgis.core.networks.band_choice import good_bands
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.land_cover.heights import LIDAR
from rsfusion_qgis.tasks.land_cover.task import TASK

RATIO_RANGE = (0.01, 100.0)
MAX_SHIFT_PX = 1.5
SMOOTH = ("lidar", "intensity", "poi", "street", "dem")
"""Roles whose rasters are brought onto another grid without overshooting at edges."""


def roles_of(inputs: Mapping[str, str], grid: str, task: Task = TASK) -> tuple[str, ...]:
    """The roles that rasters are given for, the one that gives the grid first; `grid` "" = in the task's order."""
    given = [role.name for role in task.roles if inputs.get(role.name)]
    return tuple(sorted(given, key=lambda role: role != grid))


def draft_card(
    inputs: Mapping[str, str], optional: tuple[str, ...] | None, grid: str = "", task: Task = TASK
) -> ModelCard:
    """The card, with the bands of each raster that are not marked as bad.

    Parameters
    ----------
    inputs : role -> path.
    optional : roles that may be absent later; None = all but the first.
    grid : role that gives the grid and counts as the first; "" = the first in the task's order.
    task : whose rasters these are.

    Raises
    ------
    InputError
        No raster is given, or one cannot be opened.
    """
    roles = roles_of(inputs, grid, task)
    if not roles:
        names = ", ".join(role.parameter for role in task.roles)
        raise InputError(f"No raster is given; expected one or more of {names}, so name at least one of them.")
    free = roles[1:] if optional is None else optional
    taken: set[str] = set()
    specs = tuple(_spec(task, role, inputs[role], role in free and len(roles) > 1, taken) for role in roles)
    classes = (ClassSpec("one", 1), ClassSpec("other", 2))
    return ModelCard(
        "a network to be trained", task.card_task, specs, (OutputSpec("scores", classes=classes),),
        halo=0, max_shift_px=MAX_SHIFT_PX, ratio_range=RATIO_RANGE,
    )  # fmt: skip


def _spec(task: Task, role: str, path: str, optional: bool, taken: set[str]) -> InputSpec:
    with RasterSource(path, role.upper(), kind=task.role(role).kind) as source:
        good = good_bands(source)
        if not good:
            raise InputError(f"{role.upper()}: '{path}' marks all its bands as bad; correct its list of bad bands.")
        bands = tuple(_band(role, source, place, taken) for place in good)
        told = height_reference(source.crs_wkt) if role == LIDAR else None
    resampling, heights = "bilinear" if role in SMOOTH else "cubic", told.name if told else ""
    stand_in = MISSING if optional else 0.0
    return InputSpec(role, role, bands, 1, not optional, stand_in, resampling, heights=heights)


def _band(role: str, source: RasterSource, place: int, taken: set[str]) -> Band:
    """A band under its own name, or under its role and number where that name is empty or in use."""
    info = source.bands[place]
    name = info.description if info.description and info.description not in taken else f"{role}_{place + 1}"
    while name in taken:
        name += "_"
    taken.add(name)
    return Band(name, info.wavelength_um if info.wavelength_um and info.wavelength_um > 0 else None)
