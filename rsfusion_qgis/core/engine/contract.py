"""What a fusion task is: its inputs, its algorithms, its options, and what it does with a plan.

The engine, the algorithms of QGIS, the reports and the tests know tasks by these classes only. A task is a folder of
`rsfusion_qgis.tasks` whose module `task` has a `TASK`; what happens in a run of it, see `chain`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Optional

from ..alignment.shift.shift_estimate import ShiftEstimate
from ..basics.findings import Finding
from ..rasters.fill import CODES, HEIGHTS, IMAGE
from ..sensors.catalogue import SensorChoice
from .chain import Chain, Layer
from .options import NoOptions

FINE, COARSE = "fine", "coarse"
"""Tags of roles: the input with the detail, and the input whose bands are made finer."""
MEMBER = ":"
"""Between the name of a series and the number of one of its rasters."""
NETWORK = "network"
"""What METHOD is called where a network does the work."""


@dataclass(frozen=True)
class Role:
    """One raster input, as the user names it.

    Attributes
    ----------
    name : str
        Lower case; in capitals it is the user's parameter.
    label, help : str
        For the dialog; the help is one or two sentences.
    bands : int or None
        How many bands the raster must have; None = any number.
    required : bool
        Whether the task cannot do without it. What the task leaves open, a network's card may still require.
    called : str
        The user's parameter where it is not the name in capitals.
    derived : bool
        Whether the task makes it from the other inputs where it is not given.
    codes : bool
        Whether its values are codes, which are never interpolated.
    heights : bool
        Whether its values are heights, or what is made of them, where 0 is a value like any other.
    instrument : str
        "sentinel2" or "sentinel1": whose bands it has, told by that instrument's names; "" = any.
    tag : str
        What it is for assessments: FINE, COARSE or "".
    joins : str
        The role whose raster gets these bands too, on the finest grid of both; "" = an input of its own.
    series : bool
        Whether several rasters may be given, such as one for each date. A job has the first under the role's name and
        the others under those of its `member`s.
    product : bool
        Whether it is a folder, an archive or a metadata file that stands for several rasters; the task takes it apart,
        see `Task.complete`.
    """

    name: str
    label: str
    help: str
    bands: Optional[int] = None
    required: bool = True
    called: str = ""
    derived: bool = False
    codes: bool = False
    heights: bool = False
    instrument: str = ""
    tag: str = ""
    joins: str = ""
    series: bool = False
    product: bool = False

    @property
    def parameter(self) -> str:
        """The user's name for it."""
        return self.called or self.name.upper()

    @property
    def kind(self) -> str:
        """What its values are, as of `RasterSource`."""
        return CODES if self.codes else HEIGHTS if self.heights else IMAGE

    def member(self, number: int) -> Role:
        """The role of a further raster of a series; `number` counts from 2, the first has the role itself."""
        return replace(
            self, name=f"{self.name}{MEMBER}{number}", called=f"{self.parameter} #{number}", required=False,
            series=False,
        )  # fmt: skip


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
    policy: str = "warn"
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
    output : (label, help) of OUTPUT.
    report : str
        Help of REPORT; "" = it has none.
    results : mapping
        What the child tells, for models: name -> label.
    policy, aligned : str
        Help and default of COREGISTRATION; "" as help = it is not asked for.
    check : (options, inputs by role) -> options
        Refuses options and rasters that do not fit each other, and fills in what the rasters say.
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
    aligned: str = "warn"


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
class Aligning:
    """How a task measures the shift of rasters for which the engine's comparison of structure is not made.

    Attributes
    ----------
    measure : (plan, role, watch) -> ShiftEstimate or None
        None = as the engine does.
    least : (plan, role) -> float
        Reference pixels; a smaller shift is left alone.
    """

    measure: Callable[[Any, str, Any], Optional[ShiftEstimate]]
    least: Callable[[Any, str], float]


@dataclass(frozen=True)
class Protocol:
    """One more protocol of the algorithms that assess; it takes the roles of the task, beside the fused raster.

    Attributes
    ----------
    id, help : str
        Value of PROTOCOL, and what is said about it there.
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


def no_findings(plan: Any) -> tuple[Finding, ...]:
    """Nothing to check beyond what the engine does."""
    return ()


def as_planned(plan: Any) -> tuple[Finding, ...]:
    """What the engine found, in its words."""
    return plan.findings


def as_given(job: Any) -> tuple[dict[str, str], Sequence[Finding]]:
    """The job's own rasters, and nothing to say."""
    return job.inputs, ()


def no_items(asked: Any) -> dict[str, Any]:
    """Nothing to add to metadata or results."""
    return {}


def no_parts(asked: Any, watch: Any = None) -> tuple[Any, ...]:
    """Nothing to add to a report."""
    return ()


def no_layers(result: Any, files: Mapping[str, Any], watch: Callable[[float], None]) -> Any:
    """No vector layer."""
    return None


@dataclass(frozen=True)
class Task:
    """A fusion task, from which algorithms, checks, cards and reports follow.

    Its functions have names, so that a job can be pickled and done in another process.

    Attributes
    ----------
    id : str
        Name of its folder.
    card_task, mlm_task : str
        What a model card, and STAC's Machine Learning Model extension, call the task.
    roles : tuple of Role
        In the order of the dialog.
    group : str
        The heading in the toolbox under which its algorithms stand.
    words : mapping
        Parameter -> id of a choice -> the words that dialogs show for it, such as for methods and shipped networks.
    layer_names : mapping
        Parameter of a role -> words by which people call such layers, lower case; dialogs propose layers by them.
    grid : str
        The role whose grid is the output's; "" = the network's card says whose: that of its first input that is given.
    like : str
        The role whose bands, data type, units and look are the output's; "" = it resembles none.
    faces : tuple of Face
        The algorithms that run it.
    build : (plan, layers by input name) -> Chain
    method_card : (job) -> ModelCard or MethodCard
        What a method takes and gives; raises RsFusionError where the job asks for what it cannot do.
    network_card : (job, card) -> card
        What the task makes of the card of a network; None = it is as it is.
    complete : (job) -> paths by role, findings
        Fills in rasters that the given ones imply, such as the other parts of a product, or puts what they stand for
        in their place, and what there is to say of that. What it gave once, it leaves as it is.
    findings : (plan) -> findings
        What is said about the rasters, in the task's order and words: those of the engine, in `plan.findings`, and
        further ones that headers give. Called whenever a job is planned; raises RsFusionError.
    check : (plan) -> findings
        What headers tell beyond the engine's own checks; raises RsFusionError.
    history : (plan) -> dict
        Further metadata of the result.
    rows : (job) -> (name, value) pairs
        Further rows of the report about the run.
    report : (result, watch) -> parts of a page
        What the report says about the result.
    values : (result) -> dict
        The further results of the faces.
    draw : (result, the user's parameter -> file, watch) -> what `Result.drawn` is
        Writes the vector layers that are wished, from the rasters in `result.made`.
    draws_from : tuple of str
        Parameters of the rasters that it draws from; they are made even where they are not wished.
    derives_ratio : bool
        Whether a network may take the ratio of pixel sizes.
    registers : bool
        Whether the shift between the images is measured before a run.
    aligning : Aligning or None
        How, where that is not as for most; the rasters are then measured in the order of the roles, each with those
        before it where they belong.
    trainings : tuple of Training
    assessments : tuple of Assessing
    compared : Comparing or None
        What an assessment of another task may compare on a fine and a coarse raster.
    derivings : tuple of Deriving
    protocols : tuple of Protocol
        By which algorithms that assess, of whatever task, can judge results of this one.
    """

    id: str
    card_task: str
    mlm_task: str
    roles: tuple[Role, ...]
    grid: str
    like: str
    faces: tuple[Face, ...]
    build: Callable[[Any, Mapping[str, Layer]], Chain]
    method_card: Optional[Callable[[Any], Any]] = None
    network_card: Optional[Callable[[Any, Any], Any]] = None
    complete: Callable[[Any], tuple[dict[str, str], Sequence[Finding]]] = as_given
    findings: Callable[[Any], Sequence[Finding]] = as_planned
    check: Callable[[Any], Sequence[Finding]] = no_findings
    history: Callable[[Any], Mapping[str, str]] = no_items
    rows: Callable[[Any], Sequence[tuple[str, str]]] = no_parts
    report: Callable[[Any, Any], Sequence[str]] = no_parts
    values: Callable[[Any], Mapping[str, Any]] = no_items
    group: str = "Fuse"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    layer_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    draw: Callable[[Any, Mapping[str, Any], Callable[[float], None]], Any] = no_layers
    draws_from: tuple[str, ...] = ()
    derives_ratio: bool = False
    registers: bool = True
    aligning: Optional[Aligning] = None
    trainings: tuple[Training, ...] = ()
    assessments: tuple[Assessing, ...] = ()
    compared: Optional[Comparing] = None
    derivings: tuple[Deriving, ...] = ()
    protocols: tuple[Protocol, ...] = ()

    @property
    def algorithms(self) -> tuple[Any, ...]:
        """All that it brings, each with a `text` and `options`."""
        return (*self.faces, *self.trainings, *self.assessments, *self.derivings)

    def role(self, name: str) -> Role:
        """The role of that name."""
        return next(role for role in self.roles if role.name == name)

    def parameter(self, name: str) -> str:
        """The user's name for the raster of a role."""
        return self.role(name).parameter

    @property
    def history_id(self) -> str:
        """What the metadata of a result call the task: its first algorithm."""
        return self.faces[0].text.id

    def tagged(self, tag: str) -> tuple[Role, ...]:
        """The roles with a tag."""
        return tuple(role for role in self.roles if role.tag == tag)

    def with_members(self, names: Collection[str]) -> Task:
        """The task with a role for each further raster of a series; `names` are those of a job's inputs."""
        known, roles = {role.name for role in self.roles}, list(self.roles)
        for name in names:
            series, _, number = name.partition(MEMBER)
            if name not in known and number.isdecimal() and series in known and self.role(series).series:
                last = max(at for at, role in enumerate(roles) if role.name.partition(MEMBER)[0] == series)
                roles.insert(last + 1, self.role(series).member(int(number)))
        return self if len(roles) == len(self.roles) else replace(self, roles=tuple(roles))

    @property
    def inputs(self) -> tuple[Role, ...]:
        """The roles that are inputs of their own."""
        return tuple(role for role in self.roles if not role.joins)
