"""What the user asks a run for, whether the parameters alone make sense, and what a run answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from ..alignment.checks import POLICIES
from ..basics.errors import InputError
from ..basics.findings import Finding
from ..grid.grid import Grid
from ..networks.card import ModelCard
from ..rasters.class_spec import ClassSpec
from ..rasters.formats import check_options, driver_for
from ..rasters.overwriting import Read, Written, check_names
from ..rasters.polygons import driver_of
from ..rasters.samples.samples import SampleSource
from ..rasters.source import GDAL_TYPES
from .contract import COARSE, FINE, Task
from .options import options_of


@dataclass(frozen=True)
class Job:
    """What the user asked for.

    Attributes
    ----------
    task : Task
    inputs : dict
        role -> path or GDAL name; a role that the task or the network can do without may be missing. Of a series the
        further rasters have the names of its members, see `contract.Role`.
    output : str
        Path of the result.
    model : str
        Path of an ONNX file with a card; "" where a classical method does the work.
    method : str
        Id of the method; "" = the network.
    options : dataclass
        Of the class that the task's face names; None = all neutral, of the face that has the method.
    further : dict
        The user's parameter -> path, of rasters that are wished beside the output.
    layers : dict
        The user's parameter -> path, of vector layers that are wished.
    report : str
        Path of the page about the run; "" = none.
    sources : dict
        The user's parameter -> GDAL name as it was given, of rasters that stand under another name among the inputs.
    policy : str
        "fail", "warn" or "correct".
    extent : tuple (xmin, ymin, xmax, ymax) or None
        Part to compute, in the CRS of the input that gives the grid; None = all.
    tile_size : int
        Side of a tile in output pixels; 0 = from the memory budget.
    memory_mb : int
        Budget for one tile, MiB.
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
    samples : SampleSource or None
        Labelled samples, where the task takes such and they are given.
    card : ModelCard or None
        Of a network that is still to be made, in the place of the one in the file of `model`.
    """

    task: Task
    inputs: dict[str, str]
    output: str = ""
    model: str = ""
    method: str = ""
    options: Any = None
    further: dict[str, str] = field(default_factory=dict)
    layers: dict[str, str] = field(default_factory=dict)
    report: str = ""
    sources: dict[str, str] = field(default_factory=dict)
    policy: str = "warn"
    extent: Optional[tuple[float, float, float, float]] = None
    tile_size: int = 0
    memory_mb: int = 768
    device: str = "auto"
    threads: int = 0
    data_type: str = ""
    nodata: Optional[float] = None
    output_format: str = ""
    creation_options: tuple[str, ...] = ()
    samples: Optional[SampleSource] = None
    card: Optional[ModelCard] = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "task", self.task.with_members(self.inputs))
        if self.options is None:
            faces = self.task.faces
            face = next((one for one in faces if self.method and self.method in one.methods), faces[0])
            object.__setattr__(self, "options", face.options())

    @property
    def outputs(self) -> dict[str, str]:
        """The user's parameter -> path, of every raster that is to be written."""
        return {"OUTPUT": self.output, **{name: path for name, path in self.further.items() if path}}

    @property
    def drawn(self) -> dict[str, str]:
        """The user's parameter -> path, of every vector layer that is to be written."""
        return {name: path for name, path in self.layers.items() if path}


@dataclass(frozen=True)
class Result:
    """What a run did.

    Attributes
    ----------
    output : str
    findings : tuple of Finding
    provider : str
        What really computed: ONNX Runtime's execution provider, or "NumPy".
    tiles, tile_size, pixels : int
        Tiles run, side of a whole tile, output pixels.
    seconds, checking_seconds, computing_seconds : float
        Of the whole run, of the checks before it, and of the operators alone.
    survey_seconds : float
        Of what the operators learned of the whole domain first.
    moved : dict
        role -> (dx, dy) that was added to its map coordinates: a measured shift that was undone; 0, 0 = none.
    classes : tuple of ClassSpec
        Of the output; () = no classes.
    grid : Grid or None
        The part of the first raster's grid that all inputs cover; the result is that or a part of it.
    bands : tuple of str
        Descriptions of the output's bands.
    summary : Any
        What the task's report is made of, see `Encoder.summary`.
    drawn : Any
        What the task says of the vector layers that it drew; None where none is wished.
    further : dict
        The user's parameter -> path, of what was written beside `output`.
    made : dict
        The user's parameter -> where a raster lies: complete, but not under its name yet, while the report is made.
    plan : Plan
        What was run.
    numbers : dict
        What its operators tell, see `Operator.numbers`.
    """

    output: str
    findings: tuple[Finding, ...]
    provider: str
    tiles: int
    tile_size: int
    pixels: int
    seconds: float
    checking_seconds: float
    computing_seconds: float
    survey_seconds: float = 0.0
    moved: dict[str, tuple[float, float]] = field(default_factory=dict)
    classes: tuple[ClassSpec, ...] = ()
    grid: Optional[Grid] = None
    bands: tuple[str, ...] = ()
    summary: Any = None
    further: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    plan: Any = None
    drawn: Any = None
    numbers: dict[str, tuple[float, ...]] = field(default_factory=dict)


def check_parameters(job: Job) -> None:
    """Refuse what no raster needs to be opened for; raises InputError or OutputError."""
    for role in job.task.inputs:
        if role.required and not job.inputs.get(role.name):
            raise InputError(f"{role.parameter} is missing; name a raster.")
    _check_different(job)
    _check_outputs(job)
    if job.policy not in POLICIES:
        raise InputError(f"COREGISTRATION is '{job.policy}'; expected one of {', '.join(POLICIES)}.")
    if job.data_type and job.data_type not in GDAL_TYPES:
        raise InputError(f"DATA_TYPE is '{job.data_type}'; expected one of {', '.join(GDAL_TYPES)}.")
    if job.tile_size < 0 or 0 < job.tile_size < 32:
        raise InputError(f"TILE_SIZE is {job.tile_size}; expected 0 (from MEMORY) or at least 32 pixels.")


def _check_different(job: Job) -> None:
    """Refuse one raster as both the fine and the coarse one."""
    for fine in job.task.tagged(FINE):
        for coarse in job.task.tagged(COARSE):
            if job.inputs.get(fine.name) and job.inputs.get(fine.name) == job.inputs.get(coarse.name):
                raise InputError(
                    f"{fine.parameter} and {coarse.parameter} are the same raster, '{job.inputs[fine.name]}'; choose a "
                    f"{fine.label.lower()} for {fine.parameter} and a {coarse.label.lower()} for {coarse.parameter}."
                )


def _check_outputs(job: Job) -> None:
    """Refuse names under which something would be lost, or nothing can be written, and options that GDAL would drop."""
    drivers = {name: driver_for(path, job.output_format, name) for name, path in job.outputs.items() if path}
    for driver in dict.fromkeys(drivers.values()):
        check_options(driver, job.creation_options)
    given = [(role.parameter, job.inputs.get(role.name, "")) for role in job.task.inputs]
    given += [(role.parameter, str(Path(path).parent)) for role in job.task.inputs if role.product
              for path in (job.inputs.get(role.name, ""),) if path.lower().endswith(".xml")]  # fmt: skip
    reads = [*job.sources.items(), *given, ("MODEL", job.model), *_files_of(job)]
    writes = [Written(name, path, drivers.get(name, ""), job.creation_options) for name, path in job.outputs.items()]
    for name, path in job.drawn.items():
        driver_of(path, name)
        writes.append(Written(name, path))
    check_names([*writes, Written("REPORT", job.report)], [Read(*one) for one in reads])


def _files_of(job: Job) -> list[tuple[str, str]]:
    """The user's parameter -> file, of what is read beside rasters and networks."""
    kinds = options_of(type(job.options))
    found = [(one.name, getattr(job.options, name).split("|")[0])
             for name, one in kinds.items() if one.kind in ("file", "vector")]  # fmt: skip
    return found if job.samples is None else [*found, (job.samples.parameter, job.samples.path)]


def check_roles(job: Job, card: Any) -> None:
    """Refuse rasters that the network does not take, and the lack of those that it cannot do without.

    `card` is a ModelCard or a MethodCard; a method's leaves out what it does not look at.
    """
    roles = job.task.inputs
    taken = [role for role in roles if card.input(role.name) is not None]
    given = {role.name for role in roles if job.inputs.get(role.name)}
    for role in roles:
        if role.name in given and role not in taken and not role.required and not job.method:
            names = ", ".join(one.parameter for one in taken)
            raise InputError(
                f"{role.parameter} is given, but MODEL '{card.name}' takes {names} only; leave it empty, or choose "
                "another MODEL."
            )
        if role.name not in given and role in taken and card.input(role.name).required and not role.derived:
            raise InputError(f"{role.parameter} is missing, which MODEL '{card.name}' needs; name a raster.")
    if not given:
        names = ", ".join(role.parameter for role in taken)
        raise InputError(f"No raster is given; MODEL '{card.name}' takes {names}, so name at least one of them.")
