"""The algorithms that a task brings: those that run it, and those that train, judge, or derive something for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Callable

from ..basics.findings import Finding
from ..sensors.catalogue import SensorChoice
from .options import NoOptions

NETWORK = "network"
"""What METHOD is called where a network does the work."""


@dataclass(frozen=True)
class Output:
    """What is written beside OUTPUT where it is wished; `parameter` is the user's name for it."""

    parameter: str
    label: str
    help: str


@dataclass(frozen=True)
class Text:
    """An algorithm as the toolbox shows it; the id is public and never changes."""

    id: str
    label: str
    help: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Face:
    """One algorithm that runs the task.

    Attributes
    ----------
    text : Text
    options : type
        A frozen dataclass whose fields are made by `options.option`; each becomes a parameter.
    networks : bool
        Whether a network can be chosen (MODEL, MODEL_FILE, DEVICE, THREADS).
    methods : tuple of str
        Ids that METHOD offers, the default first; () = no such parameter. Where `networks` holds too, NETWORK among
        them stands for the network that MODEL names. A face with neither is itself the one method, by its `text.id`.
    methods_help : str
        Help of METHOD.
    assisted : tuple of str
        Those of the methods in which the network that MODEL names takes part if there is one; a job has both then.
    outputs : tuple of Output
        Further rasters.
    layers : tuple of Output
        Vector layers, which the task draws from the finished rasters.
    output : str
        Label of OUTPUT.
    report : str
        Help of REPORT.
    samples : bool
        Whether labelled samples may be given: polygons or points with a field of classes, or a raster of classes.
    typed : bool
        Whether DATA_TYPE and NODATA can be chosen.
    trained_by_users : bool
        Whether networks come from the user, so that MODEL_FILE follows MODEL.
    memory_mb : int
        Default of MEMORY.
    policy : str
        Default of COREGISTRATION, one of `alignment.checks.POLICIES`.
    alignment : str
        Help of COREGISTRATION; "" = what holds for most.
    whole : str
        What is computed where EXTENT is left empty, for its help.
    results : mapping
        Further values for models: name -> label; the task's `values` has them.
    numbers : tuple of str
        Which of them are numbers.
    rare : tuple of str
        Parameters that few users need: the dialog shows them among the advanced ones.
    """

    text: Text
    options: type = NoOptions
    networks: bool = True
    methods: tuple[str, ...] = ()
    methods_help: str = ""
    assisted: tuple[str, ...] = ()
    outputs: tuple[Output, ...] = ()
    layers: tuple[Output, ...] = ()
    output: str = "Fused raster"
    report: str = "What was found about the rasters and how they were fused, as a page for the browser."
    samples: bool = False
    typed: bool = True
    trained_by_users: bool = False
    memory_mb: int = 768
    policy: str = "correct"
    alignment: str = ""
    whole: str = "everything that the rasters have in common"
    results: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()


def unchanged(options: Any, inputs: Mapping[str, str]) -> Any:
    """The options: nothing to check beyond what each of them says."""
    return options


@dataclass(frozen=True)
class Training:
    """One algorithm that makes a network, in a child process that has torch.

    Attributes
    ----------
    text : Text
    recipe : str
        The module of `models` that runs in the child.
    options : type
        As of a `Face`; the child gets them by the fields' names.
    samples : bool
        Whether it learns from labelled samples; else it makes a network for the scene alone.
    starts : bool
        Whether that begins with a network (MODEL); read only without `samples`.
    numbers : bool
        Whether the samples hold a number, such as a height, and no class; read only with `samples`.
    rare : tuple of str
        As of a `Face`.
    output : (label, help) of OUTPUT.
    report : str
        Help of REPORT; "" = it has none.
    results : mapping
        What the child tells, for models: name -> label.
    policy, aligned : str
        Help and default of COREGISTRATION; "" as help = it is not asked for.
    check : (options, inputs by role) -> options
        Refuses options and rasters that do not fit each other, and fills in what the rasters say.
    rare : tuple of str
        As of a `Face`.
    """

    text: Text
    recipe: str
    options: type
    samples: bool
    output: tuple[str, str]
    report: str = ""
    results: Mapping[str, str] = field(default_factory=dict)
    policy: str = ""
    check: Callable[[Any, Mapping[str, str]], Any] = unchanged
    starts: bool = True
    aligned: str = "correct"
    numbers: bool = False
    rare: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessing:
    """One algorithm that judges results of a task which has one fine and one coarse raster.

    Attributes
    ----------
    text : Text
    options : type
        As of a `Face`: what is known of the sensor.
    sensor : (options, path by role) -> SensorChoice
    methods : (task, AssessmentJob, path of a network, device, threads) -> ways to fuse that Wald's protocol compares.
    """

    text: Text
    options: type
    sensor: Callable[[Any, Mapping[str, str]], SensorChoice]
    methods: Callable[..., Sequence[Any]]


@dataclass(frozen=True)
class Comparing:
    """Ways of a task to fuse its fine and its coarse raster, for Wald's protocol on any such pair.

    Attributes
    ----------
    suits : (bands of the fine raster, bands of the coarse one) -> bool
        Whether rasters with so many bands are usually fused so.
    methods : as of `Assessing`; they need no network.
    help : what they are, for the help of the choice.
    """

    suits: Callable[[int, int], bool]
    methods: Callable[..., Sequence[Any]]
    help: str


@dataclass(frozen=True)
class Protocol:
    """One more protocol of the algorithms that assess; it takes the roles of the task, beside the fused raster.

    Attributes
    ----------
    id, label, help : str
        Value of PROTOCOL, its words in the list, which name the rasters that it needs, and what is said about it.
    options : type
        As of a `Face`.
    method : str
        Of the job.
    check : (job, path of the fused raster or "") -> None
        Refuses what headers tell, by an RsFusionError.
    assess : (job, path of the fused raster or "", monitor) -> Derived
        `Derived.write` writes the table; raises RsFusionError.
    results : mapping
        Further numbers for models: name -> label; beside them `Derived.values` may have those of any measure.
    """

    id: str
    label: str
    help: str
    options: type
    method: str
    check: Callable[[Any, str], None]
    assess: Callable[[Any, str, Any], Derived]
    results: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Derived:
    """What an algorithm derived from rasters.

    Attributes
    ----------
    write : (path) -> None
        Writes the file, and what comes with it into the same folder; may raise OSError.
    findings : sequence of Finding
    parts : sequence of str
        Of the report; markup.
    values : mapping
        The further results.
    """

    write: Callable[[Any], None]
    findings: Sequence[Finding] = ()
    parts: Sequence[str] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def alone(path: str) -> tuple[str, ...]:
    """No file comes with that one."""
    return ()


@dataclass(frozen=True)
class Deriving:
    """One algorithm that derives a file which is no raster from rasters of the task.

    Attributes
    ----------
    text : Text
    options : type
        As of a `Face`.
    roles : tuple of str
        Names of the roles that it takes.
    method : str
        The method whose card says how they are read.
    make : (job, monitor) -> Derived
        Raises RsFusionError.
    output : (label, help, filter of the file dialog) of OUTPUT.
    beside : (path of OUTPUT) -> further files that are written with it
        Raises RsFusionError where the name of OUTPUT cannot be used.
    report : str
        Help of REPORT.
    samples : bool
        Whether labelled samples may be given.
    results : mapping
        Further values for models: name -> label.
    numbers : tuple of str
        Which of them are numbers.
    """

    text: Text
    options: type
    roles: tuple[str, ...]
    method: str
    make: Callable[[Any, Any], Derived]
    output: tuple[str, str, str]
    beside: Callable[[str], Sequence[str]] = alone
    report: str = ""
    samples: bool = False
    results: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
