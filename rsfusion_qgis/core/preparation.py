"""From a job to a plan, reading headers only: are the inputs usable together, and what will be written where?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from .aligned_input import AlignedInput, fits_as_it_lies, open_aligned
from .classical import MethodChoice, method_card
from .coregistration import POLICIES, Finding
from .coregistration.resolution_ratio import ratios
from .errors import InputError, OutputError
from .grid import Grid, Window, placement
from .model_card import InputSpec, ModelCard, read_card
from .pairing import checked, covered_window, make_pair
from .pending_output import same_file
from .raster_io import GDAL_TYPES, RasterSource
from .tasks import RoleSpec, TaskSpec, task_by_id


@dataclass(frozen=True)
class FusionJob:
    """What the user asked for.

    Attributes
    ----------
    task : str
        Id of a `TaskSpec`.
    inputs : dict
        role -> path or GDAL name.
    model : str
        Path of an ONNX file with a card; "" where a classical method fuses.
    output : str
        Path of the result.
    policy : str
        "fail", "warn" or "correct".
    extent : tuple (xmin, ymin, xmax, ymax) or None
        Part to fuse, in the CRS of the reference input; None = all.
    tile_size : int
        Side of a tile in output pixels; 0 = from the memory budget.
    memory_mb : int
        Budget for one tile's inference, MiB.
    device : str
        "auto", "cpu", "cuda", ...
    threads : int
        0 = all cores.
    data_type : str
        GDAL's name; "" = that of the input which the result resembles.
    nodata : float or None
        None = that of the input which the result resembles.
    output_format : str
        GDAL driver; "" = by the ending of `output`.
    creation_options : tuple of str
        "KEY=VALUE" for that driver.
    classical : MethodChoice or None
        What fuses instead of a network; None = the network.
    """

    task: str
    inputs: dict[str, str]
    model: str
    output: str
    policy: str = "warn"
    extent: Optional[tuple[float, float, float, float]] = None
    tile_size: int = 0
    memory_mb: int = 768
    device: str = "auto"
    threads: int = 0
    data_type: str = ""
    nodata: Optional[float] = None
    output_format: str = ""
    creation_options: tuple[str, ...] = field(default=())
    classical: Optional[MethodChoice] = None


@dataclass(frozen=True)
class RoleGeometry:
    """Where one input lies: its grid as understood by the checks, and its pixel size over the reference's.

    `moved` (dx, dy) is added to its map coordinates in the reference's CRS: a measured shift that is undone.
    """

    grid: Grid
    ratio: float
    moved: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Preparation:
    """A job that can run: the card, the findings, and the geometry of inputs and output.

    Attributes
    ----------
    domain : Grid
        The part of the reference grid that all inputs cover; all windows count from its first pixel.
    headers : dict
        role -> the raster as its header describes it; closed, it cannot be read any more.
    extent : Window
        What is written, in domain pixels.
    """

    job: FusionJob
    task: TaskSpec
    card: ModelCard
    findings: tuple[Finding, ...]
    geometry: dict[str, RoleGeometry]
    headers: dict[str, RasterSource]
    domain: Grid
    extent: Window

    def open(self, spec: InputSpec) -> AlignedInput:
        """The raster that feeds an input of the network, ready to be read in windows of the domain."""
        geometry = self.geometry[spec.role]
        edge = "mirror" if self.job.classical else "repeat"  # what the methods', and the networks', authors assumed
        return open_aligned(
            self.job.inputs[spec.role], spec.role.upper(), self.domain, spec.ratio, spec.resampling,
            geometry.grid, geometry.ratio, geometry.moved, edge,
        )  # fmt: skip

    @property
    def raster_specs(self) -> tuple[InputSpec, ...]:
        """The card's inputs that are fed by rasters of this job."""
        return tuple(s for s in self.card.inputs if s.role in self.geometry)

    @property
    def any_warped(self) -> bool:
        """Whether an input is warped, so that pixels inside the domain may have no value."""
        return any(not fits_as_it_lies(self.domain, g.grid) for g in self.geometry.values())

    @property
    def ratio(self) -> float:
        """Pixel size of the result's model (the input it resembles) over that of the result."""
        return self.geometry[self.task.like_role].ratio


def prepare(job: FusionJob, shifts: Optional[dict[str, tuple[float, float]]] = None) -> Preparation:
    """Check everything that headers tell.

    Parameters
    ----------
    shifts : role -> (cols, rows), optional
        Measured shifts to undo: what is added to the positions of that input, in reference pixels.

    Raises
    ------
    InputError, ModelError, OutputError
        A parameter, raster, card or output name cannot be used.
    CoregistrationError
        A check ended in an error; the sentence is the finding's.
    """
    task = task_by_id(job.task)
    _check_parameters(job, task)
    card = _card(job, task)
    headers = {role.role: _header(job.inputs[role.role], role, card) for role in task.roles}
    if job.classical:
        job.classical.gains_of(len(headers[task.like_role].bands))
    findings, geometry, covered = _placements(job, task, card, headers, shifts or {})
    reference = headers[task.reference_role].grid
    window = _cornered(covered, reference, geometry, card)
    if window.is_empty:
        raise InputError("The inputs share no pixel; choose rasters of one area.")
    domain = reference.crop(window)
    extent = domain.window if job.extent is None else domain.window_of(job.extent)
    if extent.is_empty:
        raise InputError(
            "EXTENT does not touch the area that all inputs cover; choose one inside it, or leave it empty for all."
        )
    return Preparation(job, task, card, findings, geometry, headers, domain, extent)


def _placements(
    job: FusionJob, task: TaskSpec, card: ModelCard, headers: dict[str, RasterSource],
    shifts: dict[str, tuple[float, float]],
) -> tuple[tuple[Finding, ...], dict[str, RoleGeometry], Window]:
    """Findings, geometry by role, and the reference pixels that all inputs cover; an error among the findings stops."""
    findings: list[Finding] = []
    reference = headers[task.reference_role]
    geometry = {task.reference_role: RoleGeometry(reference.grid, 1.0)}
    covered = reference.grid.window
    for role, header in headers.items():
        if role != task.reference_role:
            names = task.reference_role.upper(), role.upper()
            pair = make_pair(names, reference.grid, header.grid, card.ratio_range, card.max_shift_px, job.policy)
            findings += checked(pair)
            across, down = ratios(pair)
            shift = shifts.get(role, (0.0, 0.0))
            geometry[role] = RoleGeometry(pair.other, (across * down) ** 0.5, reference.grid.vector_to_map(*shift))
            covered = covered.intersection(covered_window(pair, shift))
    return tuple(findings), geometry, covered


def _card(job: FusionJob, task: TaskSpec) -> ModelCard:
    if job.classical:
        return method_card(job.classical)
    card = read_card(job.model)
    if card.task != task.card_task:
        raise InputError(
            f"MODEL: '{card.name}' is a network for {card.task}; expected one for {task.card_task}, so choose another."
        )
    return card


def _header(path: str, role: RoleSpec, card: ModelCard) -> RasterSource:
    """The raster as its header describes it; closed again, as every thread reads through a handle of its own."""
    source = RasterSource(path, role.parameter)
    _check_bands(source, role, card)
    source.close()
    return source


def _check_parameters(job: FusionJob, task: TaskSpec) -> None:
    for role in task.roles:
        if not job.inputs.get(role.role):
            raise InputError(f"{role.parameter} is missing; name a raster.")
        if same_file(job.inputs[role.role], job.output):
            raise OutputError(f"OUTPUT: '{job.output}' is also {role.parameter}; choose another name for the result.")
    if job.policy not in POLICIES:
        raise InputError(f"COREGISTRATION is '{job.policy}'; expected one of {', '.join(POLICIES)}.")
    if job.data_type and job.data_type not in GDAL_TYPES:
        raise InputError(f"DATA_TYPE is '{job.data_type}'; expected one of {', '.join(GDAL_TYPES)}.")
    if job.tile_size < 0 or 0 < job.tile_size < 32:
        raise InputError(f"TILE_SIZE is {job.tile_size}; expected 0 (from MEMORY) or at least 32 pixels.")


def _check_bands(source: RasterSource, role: RoleSpec, card: ModelCard) -> None:
    wanted, count = role.bands, len(source.bands)
    if wanted is not None and count != wanted:
        raise InputError(
            f"{source.role}: '{source.path}' has {count} bands; expected {wanted}, so extract the right band first "
            "(gdal_translate -b, or Raster > Conversion > Translate)."
        )
    for spec in card.inputs:
        if spec.role == role.role and spec.bands is not None and len(spec.bands) != count:
            names = ", ".join(band.name for band in spec.bands)
            raise InputError(
                f"{source.role}: '{source.path}' has {count} bands; expected the {len(spec.bands)} ({names}) that "
                f"MODEL '{card.name}' takes, so choose those bands or another MODEL."
            )


def _cornered(window: Window, reference: Grid, geometry: dict[str, RoleGeometry], card: ModelCard) -> Window:
    """The domain, begun at a pixel corner of the coarse inputs where they nest, so that they are read as they are."""
    for spec in card.inputs:
        if spec.ratio == 1 or spec.role not in geometry:
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
