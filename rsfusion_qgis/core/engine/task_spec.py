"""What a fusion task is: its inputs by role, which one gives the grid, which one the result resembles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class RoleSpec:
    """One raster input.

    Attributes
    ----------
    role : str
        Lower case; in capitals it is the user's parameter.
    label : str
        For the dialog.
    help : str
        One or two sentences for the user.
    bands : int or None
        How many bands the raster must have; None = any number.
    required : bool
        Whether the task cannot do without it. What the task leaves open, a network's card may still require.
    called : str
        The user's parameter where it is not the role in capitals.
    derived : bool
        Whether the engine makes it from the other inputs where it is not given.
    codes : bool
        Whether its values are codes, which are never interpolated.
    instrument : str
        "sentinel2" or "sentinel1": whose bands it has, told by that instrument's names; "" = any.
    """

    role: str
    label: str
    help: str
    bands: Optional[int] = None
    required: bool = True
    called: str = ""
    derived: bool = False
    codes: bool = False
    instrument: str = ""

    @property
    def parameter(self) -> str:
        """The user's name for it."""
        return self.called or self.role.upper()


@dataclass(frozen=True)
class TaskSpec:
    """A fusion task, from which the algorithm's parameters and the pipeline's checks follow.

    Attributes
    ----------
    id : str
        Name of the algorithm ("pansharpen"); public.
    card_task : str
        What a model card calls the task ("pansharpening").
    label, help : str
        For the toolbox.
    tags : tuple of str
        Words to find it by.
    roles : tuple of RoleSpec
        In the order of the dialog.
    reference_role : str
        Its grid is the output's; "" = the network's card says whose: that of its first input that is given.
    like_role : str
        Its bands, data type, units and look are the output's; "" = it resembles none.
    """

    id: str
    card_task: str
    label: str
    help: str
    tags: tuple[str, ...]
    roles: tuple[RoleSpec, ...]
    reference_role: str
    like_role: str

    def role(self, name: str) -> RoleSpec:
        """The role of that name."""
        return next(r for r in self.roles if r.role == name)

    def parameter(self, name: str) -> str:
        """The user's name for the raster of a role."""
        return self.role(name).parameter
