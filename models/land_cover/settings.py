"""What a training may be told, and the network that this asks for."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from models.common.families import family_of
from models.land_cover.augmentation import Augmentation
from models.land_cover.networks import ARCHITECTURES, FAMILY, Classifier
from rsfusion_qgis.core.basics.errors import InputError


@dataclass(frozen=True)
class Settings:
    """How to train; what is not given is good for few samples on a CPU."""

    architecture: str = ARCHITECTURES[0].slug
    """Slug of one of `ARCHITECTURES`, or of another task's that are made like these."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """Arguments of that architecture's own; {} = its defaults."""
    fusion: str = ""
    """Slug of a fusion strategy, for architectures whose fusion can be exchanged; "" = the architecture's own."""
    minutes: float = 4.0
    """Time that the steps may take."""
    most_steps: int = 1200
    """Steps after which the training ends even where there is time left."""
    seed: int = 0
    threads: int = 0
    """0 = as many as torch takes by itself."""
    batch: int = 32
    """Chips a step."""
    rate: float = 2e-3
    """Largest learning rate, times the network's `quickness`; it warms up, then falls along a cosine."""
    decay: float = 0.02
    """AdamW's weight decay."""
    balance: float = 0.75
    """0 = every labelled pixel counts the same, 1 = every class."""
    smoothing: float = 0.05
    """Of the labels, share that goes to all classes."""
    averaging: float = 0.98
    """Of the weights over the steps; 0 = none."""
    checks: int = 25
    """How often the validation regions are looked at."""
    patience: int = 12
    """Checks without anything better after which the training ends; 0 = never."""
    refit: bool = True
    """Whether, in half of the time, to train anew on training and validation samples, as long as was best before."""
    optional: tuple[str, ...] | None = None
    """Roles that may be absent when predicting; None = all but the first."""
    augmentation: Augmentation = field(default_factory=Augmentation)
    centres: tuple[float, ...] = ()
    """What the classes stand for where they are bins of a number, ascending; () = they are classes."""

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        told = {**dataclasses.asdict(self), "own": dict(self.own)}
        if not self.centres:
            del told["centres"]
        return told

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Settings:
        """The inverse of `to_json`."""
        optional = values["optional"]
        made = {**values, "augmentation": Augmentation(**values["augmentation"])}
        made["centres"] = tuple(values.get("centres", ()))
        return Settings(**{**made, "optional": None if optional is None else tuple(optional)})


def may_be_absent(settings: Settings, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles that the network learns to do without."""
    wanted = roles[1:] if settings.optional is None else settings.optional
    return tuple(role for role in roles if role in wanted) if len(roles) > 1 else ()


def network_for(settings: Settings, bands: Mapping[str, int], classes: int) -> Classifier:
    """A new network, its weights drawn from the seed; its `halo` is what chips need around their cells."""
    own = {**settings.own, **({"fusion": settings.fusion} if settings.fusion else {})}
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        family = FAMILY if settings.architecture in FAMILY.slugs else family_of(settings.architecture)
        return family.build(settings.architecture, {"bands": dict(bands), "classes": classes, **own})


def refuse_other(state: Mapping[str, Any], classes: Sequence[str], roles: Sequence[str], settings: Settings) -> None:
    """Go on only with what was begun.

    Raises
    ------
    InputError
        The state has other classes, roles or settings; more minutes and more steps are allowed.
    """
    if state["classes"] != list(classes) or state["roles"] != list(roles):
        raise InputError(
            f"The checkpoint is of a training with the classes {', '.join(state['classes'])} on "
            f"{', '.join(state['roles'])}; found {', '.join(classes)} on {', '.join(roles)}; delete it to begin anew."
        )
    free = ("minutes", "most_steps", "threads", "patience", "refit")
    before, now = (json.loads(json.dumps({k: v for k, v in s.items() if k not in free}))
                   for s in (state["settings"], settings.to_json()))
    changed = [name for name in now if now[name] != before.get(name)]
    if changed:
        raise InputError(
            f"The checkpoint was made with another {', '.join(changed)}; give the same, or delete it to begin anew."
        )
