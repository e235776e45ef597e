"""Which ways a run compares, and which one it uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.contract import NETWORK
from ...core.engine.job import Job
from . import scene_forest
from .card import AUTO, FOREST, MEAN, REFERENCE, SAR, references
from .estimates import Forest, ForestAndMean, Key, Mean, Reference
from .options import CHOICES, OFF, ON
from .scene import Scene
from .trial import Trial

PARAMETER = "LEARN_FROM_SCENE"
CLEARLY = 0.98
"""A way takes the place of the usual one where its error is below so much of that."""


@dataclass(frozen=True)
class Ways:
    """What a run can do.

    Attributes
    ----------
    all : tuple of estimates
        The mean first.
    usual : str
        Name of the one that is used where nothing can be compared.
    forests : bool
        Whether forests are grown.
    network : str
        "", "alone", "averaged": whether a network works, alone or averaged with the way that is used.
    finding : Finding or None
        What is said of the scene's own pixels.
    """

    all: tuple[Any, ...]
    usual: str
    forests: bool
    network: str = ""
    finding: Optional[Finding] = None

    @property
    def keys(self) -> tuple[Key, ...]:
        """What forests look at."""
        found: list[Key] = []
        if not self.forests:
            return ()
        for way in self.all:
            if isinstance(way, (Forest, ForestAndMean)):
                found.append(Key("", True))
            if isinstance(way, Reference):
                found += [Key(role, way.name != REFERENCE) for role in way.weights]
        return tuple(dict.fromkeys(found))


def why_not(job: Job) -> Optional[Finding]:
    """Why no forest learns from the scene; None where one does.

    Raises
    ------
    InputError
        It shall, but cannot.
    """
    wished, name = job.options.learn_from_scene, job.task.parameter("optical")
    if wished not in CHOICES:
        raise InputError(f"{PARAMETER} is '{wished}'; expected one of {', '.join(CHOICES)}.")
    alone = job.method in ("", NETWORK)
    if wished == OFF:
        rest = "so the network works alone" if alone else "so no forest is grown"
        return Finding("scene", "info", name, f"{PARAMETER} is off, {rest}")
    images = references(path for path, given in job.inputs.items() if given)
    if not job.inputs.get(SAR) and (alone or not images):
        reason, cure = "SAR is not given, by which clear pixels could teach", "give it"
    elif alone and wished != ON and images:
        told = f"CLEARREFERENCE is given, so the network works alone; {PARAMETER}=on averages all the same"
        return Finding("scene", "info", name, told)
    else:
        reason, cure = scene_forest.missing_package(), f"run {scene_forest.INSTALL_LINE}"
    if not reason:
        return None
    if wished == ON or job.method == FOREST:
        subject = f"{PARAMETER} is on" if wished == ON else "METHOD is forest"
        raise InputError(f"{subject}, but {reason}; {cure}, or set {PARAMETER} to auto and METHOD to another one.")
    told = f"Clear pixels of the scene teach no forest, since {reason}; for a somewhat better result {cure}"
    return Finding("scene", "info", name, told)


def ways_of(job: Job, scene: Scene, network: bool) -> Ways:
    """See `Ways`; `network`: whether one can work."""
    finding, roles, method = why_not(job), scene.clear_roles, job.method or NETWORK
    sar = scene.has_sar and finding is None
    if method == FOREST and finding is not None:
        raise InputError(f"METHOD is forest, but {PARAMETER} is off; set it to auto, or choose another METHOD.")
    found: list[Any] = [Mean()]
    if sar and method in (AUTO, FOREST, NETWORK):
        found.append(Forest())
    if sar and method == AUTO and not roles:
        found.append(ForestAndMean())
    if roles and method in (AUTO, REFERENCE):
        found.append(Reference(roles, False))
        if sar:
            found.append(Reference(roles, True))
    usual = found[-1].name if method != MEAN else MEAN
    if method == NETWORK:
        return Ways(tuple(found), usual, sar, "averaged" if sar else "alone", finding)
    takes_part = network and method == AUTO and not roles
    return Ways(tuple(found), usual, finding is None, "averaged" if takes_part else "", finding)


def chosen(ways: Ways, trial: Trial, job: Job) -> Any:
    """The way that is used: the usual one, where another one does not do clearly better under simulated clouds.

    Without clear images of other dates it is always the usual one: between a forest and the mean, simulated clouds
    choose wrongly, since what they hide lies near to what taught.
    """
    by_name = {one.name: one for one in ways.all}
    method = job.method or NETWORK
    usual = by_name[ways.usual]
    compares = any(isinstance(one, Reference) for one in ways.all)
    if method in (FOREST, MEAN, NETWORK) or not trial.errors or not compares:
        return usual
    rivals: Sequence[Any] = [one for one in ways.all if method == AUTO or isinstance(one, Reference)]
    best = min(rivals, key=lambda one: trial.errors[one.name].mae)
    return best if trial.errors[best.name].mae < CLEARLY * trial.errors[usual.name].mae else usual


def compared(trial: Trial, used: Any, ways: Ways) -> list[Finding]:
    """What the simulated clouds told."""
    if not trial.errors:
        return []
    ranked = sorted(trial.errors.items(), key=lambda pair: pair[1].mae)
    listed = ", ".join(f"{name} {one.mae:.3g}" for name, one in ranked)
    told = f"Under simulated clouds on {trial.pixels} clear pixels the mean absolute errors are: {listed}"
    told += f"; {used.name} is used"
    if isinstance(used, ForestAndMean):
        told += f", with a weight of {100 * used.weight:.0f} % for the forest"
    if ways.network:
        averaged = ways.network == "averaged"
        told += ", averaged with the network" if averaged else " where the network gives no band"
    return [Finding("methods", "info", "OPTICAL", told)]
