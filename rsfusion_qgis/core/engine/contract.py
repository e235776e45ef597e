"""What a fusion task is: its inputs, its algorithms, its options, and what it does with a plan.

The engine, the algorithms of QGIS, the reports and the tests know tasks by these classes only. A task is a folder of
`rsfusion_qgis.tasks` whose module `task` has a `TASK`; what happens in a run of it, see `chain`. All that a task is
made of can be imported from here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Optional

from ..alignment.shift.shift_estimate import ShiftEstimate
from ..basics.findings import Finding
from .algorithms import NETWORK as NETWORK
from .algorithms import Assessing, Comparing, Deriving, Face, Protocol, Training
from .algorithms import Derived as Derived
from .algorithms import Output as Output
from .algorithms import Text as Text
from .chain import Chain, Layer
from .roles import COARSE as COARSE
from .roles import FINE as FINE
from .roles import MEMBER, Role


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
    gains : (plan) -> sequence of float, or None
        How blurred the coarse bands are, for networks that are told; None = they cannot be.
    registers : bool
        Whether the shift between the images is measured before a run.
    undoes_from : float or None
        Shifts of at least so many reference pixels are undone; None = those that are more than the method bears.
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
    gains: Optional[Callable[[Any], Sequence[float]]] = None
    registers: bool = True
    undoes_from: Optional[float] = None
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
