"""From a job to a plan, reading headers only: are the inputs usable together, and what will be written where?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Optional, Union

from ..alignment.pairing import checked, make_pair
from ..alignment.shift.shift_estimate import ShiftEstimate
from ..basics.errors import InputError
from ..basics.findings import Finding
from ..grid.fit import Fit
from ..grid.grid import Grid, Window, placement
from ..networks.band_choice import BandChoice, choose_bands
from ..networks.card import ModelCard
from ..networks.card_fields import InputSpec
from ..networks.card_files import read_card
from ..rasters.aligned_input import AlignedInput, open_aligned
from ..rasters.band_info import shifted_rpc
from ..rasters.source import RasterSource
from ..rasters.turned import Turn
from .contract import Role, Task
from .job import Job, check_parameters, check_roles
from .method_card import MethodCard
from .numbers import numbers_of

Card = Union[ModelCard, MethodCard]


@dataclass(frozen=True)
class RoleGeometry:
    """Where one input lies: its grid as understood by the checks, and its pixel size over the reference's.

    `moved` (dx, dy) is added to its map coordinates in the reference's CRS: a measured shift that is undone. `turned`
    is what is done to its content on its own pixels first, where more than a shift is undone.
    """

    grid: Grid
    ratio: float
    moved: tuple[float, float] = (0.0, 0.0)
    turned: Turn = ()


@dataclass(frozen=True)
class Registered:
    """What was found about the place of an input.

    Attributes
    ----------
    estimate : ShiftEstimate
        Before anything was undone.
    moved, turned : bool
        Whether the shift was undone, and whether rotation, scale and shear were, too.
    """

    estimate: ShiftEstimate
    moved: bool
    turned: bool = False


@dataclass(frozen=True)
class Plan:
    """A job that can run: the card, the findings, and the geometry of inputs and output.

    Attributes
    ----------
    domain : Grid
        The part of the reference grid that all inputs cover; all windows count from its first pixel.
    headers : dict
        role -> the raster as its header describes it, with the bands that the network takes; closed, it cannot be
        read any more.
    bands : dict
        role -> places, from 0, of those bands among all of the raster's.
    extent : Window
        What is written, in domain pixels.
    registered : dict
        role -> what was measured about its place; {} before that.
    """

    job: Job
    task: Task
    card: Card
    findings: tuple[Finding, ...]
    geometry: dict[str, RoleGeometry]
    headers: dict[str, RasterSource]
    bands: dict[str, tuple[int, ...]]
    domain: Grid
    extent: Window
    registered: dict[str, Registered] = field(default_factory=dict)

    @property
    def reference_role(self) -> str:
        """The role whose grid is the result's."""
        return reference_of(self.task, self.card, self.geometry)

    def open(self, spec: InputSpec) -> AlignedInput:
        """The raster that feeds an input of the network, ready to be read in windows of the domain."""
        geometry = self.geometry[spec.role]
        edge = "mirror" if self.job.method else "repeat"  # what the methods', and the networks', authors assumed
        role = self.task.role(spec.role)
        opened = open_aligned(
            self.job.inputs[spec.role], role.parameter, self.domain, spec.ratio,
            "nearest" if role.codes else spec.resampling, geometry.grid, geometry.ratio, geometry.moved, edge,
            not self.needs(spec.role), role.kind, geometry.turned,
        )  # fmt: skip
        opened.source.select(self.bands[spec.role])
        return opened

    def needs(self, role: str) -> bool:
        """Whether the result ends where this raster ends."""
        return _needed(self.card, role) or role == self.reference_role

    @property
    def raster_specs(self) -> tuple[InputSpec, ...]:
        """The card's inputs that are fed by rasters of this job."""
        return tuple(s for s in self.card.inputs if s.role in self.geometry)

    @property
    def any_warped(self) -> bool:
        """Whether an input is warped, so that pixels inside the domain may have no value."""
        return any(g.turned or Fit(self.domain, g.grid).warped for g in self.geometry.values())

    @property
    def rpc(self) -> dict[str, dict[str, str]]:
        """Metadata of the result: the RPC of the raster that gives the grid, for the pixels that are written."""
        header = self.headers[self.reference_role]
        col, row = header.grid.to_pixel(*self.domain.crop(self.extent).to_map(0, 0))
        return {"RPC": shifted_rpc(header.rpc, col, row)} if header.rpc else {}

    @property
    def ratio(self) -> float:
        """Pixel size of the result's model (the input it resembles) over that of the result; 1 where there is none."""
        return self.geometry[self.task.like].ratio if self.task.like else 1.0


def plan_job(
    job: Job, shifts: Optional[dict[str, tuple[float, float]]] = None, turns: Optional[dict[str, Turn]] = None
) -> Plan:
    """Check everything that headers tell.

    Parameters
    ----------
    shifts : role -> (cols, rows), optional
        Measured shifts to undo: what is added to the positions of that input, in reference pixels.
    turns : role -> Turn, optional
        What is done to the content of that input before it is moved.

    Raises
    ------
    InputError, ModelError, OutputError
        A parameter, raster, card or output name cannot be used.
    CoregistrationError
        A check ended in an error; the sentence is the finding's.
    """
    task = job.task
    check_parameters(job)  # by the user's own names: what stands for a raster below may have another
    inputs, said = task.complete(job)
    job = replace(job, inputs=inputs)
    task = job.task  # which has roles for all rasters of a series
    card = _card(job)
    check_roles(job, card)
    headers, bands, notes = _headers(job, task, card)
    findings, geometry, covered = _placements(job, task, card, headers, shifts or {}, turns or {})
    reference = headers[reference_of(task, card, headers)].grid
    window = _cornered(covered, reference, geometry, card)
    if window.is_empty:
        raise InputError("The inputs share no pixel; choose rasters of one area.")
    domain = reference.crop(window)
    extent = domain.window if job.extent is None else domain.window_of(job.extent)
    if extent.is_empty:
        needed = [task.parameter(role) for role in geometry if _needed(card, role)]
        area = needed[0] if len(needed) == 1 else "the area that all inputs cover"
        raise InputError(f"EXTENT does not touch {area}; choose one inside it, or leave it empty for all.")
    plan = Plan(job, task, card, (*said, *notes, *findings), geometry, headers, bands, domain, extent)
    for spec in card.inputs:
        if not spec.is_raster:
            numbers_of(plan, spec)  # what a number is made of may be missing
    return replace(plan, findings=tuple(task.findings(plan)))


def reference_of(task: Task, card: Card, given: Collection[str]) -> str:
    """The role whose grid is the result's, where rasters for these roles are given."""
    return task.grid or next(spec.role for spec in card.inputs if spec.role in given)


def _placements(
    job: Job, task: Task, card: Card, headers: dict[str, RasterSource],
    shifts: dict[str, tuple[float, float]], turns: dict[str, Turn],
) -> tuple[tuple[Finding, ...], dict[str, RoleGeometry], Window]:
    """Findings, geometry by role, and the reference pixels that all inputs cover; an error among the findings stops."""
    findings: list[Finding] = []
    first = reference_of(task, card, headers)
    reference = headers[first]
    geometry = {first: RoleGeometry(reference.grid, 1.0)}
    covered = reference.grid.window
    for role, header in headers.items():
        if role != first and (card.input(role) or task.role(role).required):
            names, needed = (task.parameter(first), task.parameter(role)), _needed(card, role)
            limits = card.ratio_range, card.max_shift_px, job.policy
            pair = make_pair(names, reference.grid, header.grid, *limits, needed)
            findings += checked(pair)
            across, down = pair.fit.ratios
            shift = shifts.get(role, (0.0, 0.0))
            moved, turned = reference.grid.vector_to_map(*shift), turns.get(role, ())
            geometry[role] = RoleGeometry(pair.other, (across * down) ** 0.5, moved, turned)
            if needed:
                covered = covered.intersection(pair.fit.covered(shift))
    return tuple(findings), geometry, covered


def _card(job: Job) -> Card:
    if job.method:
        return job.task.method_card(job)
    card = job.card or read_card(job.model)
    if card.task != job.task.card_task:
        raise InputError(
            f"MODEL: '{card.name}' is a network for {card.task}; expected one for {job.task.card_task}, so choose "
            "another."
        )
    return job.task.network_card(job, card) if job.task.network_card else card


def _needed(card: Card, role: str) -> bool:
    spec = card.input(role)
    return spec is None or spec.required


def _headers(
    job: Job, task: Task, card: Card
) -> tuple[dict[str, RasterSource], dict[str, tuple[int, ...]], list[Finding]]:
    """Every given raster as its header describes it, the bands that the network takes, and what to say about them.

    The rasters are closed again, as every thread reads through a handle of its own.
    """
    headers, bands, notes = {}, {}, []
    for role in task.inputs:
        if not job.inputs.get(role.name):
            if card.input(role.name) is not None:
                without = f"METHOD '{job.method}'" if job.method else f"MODEL '{card.name}'"
                if any(face.text.id == job.method for face in task.faces):  # the algorithm asks for no METHOD
                    without = f"rsfusion:{job.method}"
                instead = "it is made from the other rasters" if role.derived else f"{without} does without"
                notes.append(Finding("inputs", "info", role.parameter, f"{role.parameter} is not given: {instead}"))
            continue
        source = RasterSource(job.inputs[role.name], role.parameter, kind=role.kind)
        _check_bands(source, role)
        notes += source.findings
        spec = card.input(role.name)
        choice = BandChoice(tuple(range(len(source.bands))))
        if spec is not None and (spec.bands or not role.bands):  # else all of them are meant
            choice = choose_bands(source, spec, card.name, role.instrument)
        if choice.note:
            notes.append(Finding("bands", "warning" if choice.doubtful else "info", role.parameter, choice.note))
        source.select(choice.positions)
        source.close()
        headers[role.name], bands[role.name] = source, choice.positions
    return headers, bands, notes


def _check_bands(source: RasterSource, role: Role) -> None:
    wanted, count = role.bands, len(source.bands)
    if wanted is not None and count != wanted:
        raise InputError(
            f"{source.role}: '{source.path}' has {count} bands; expected {wanted}, so extract the right band first "
            "(gdal_translate -b, or Raster > Conversion > Translate)."
        )


def _cornered(window: Window, reference: Grid, geometry: dict[str, RoleGeometry], card: Card) -> Window:
    """The domain, begun at a pixel corner of the coarse inputs where they nest, so that they are read as they are."""
    for spec in card.inputs:
        if spec.ratio == 1 or spec.role not in geometry or not spec.required:
            continue
        where = placement(reference, geometry[spec.role].grid)
        if where is None or abs(1 / where.scale_x - spec.ratio) > 1e-3:
            continue
        skip_cols = round(-where.offset_x / where.scale_x - window.col_off) % spec.ratio
        skip_rows = round(-where.offset_y / where.scale_y - window.row_off) % spec.ratio
        window = Window(
            window.col_off + skip_cols, window.row_off + skip_rows, window.width - skip_cols, window.height - skip_rows
        )
    return window
