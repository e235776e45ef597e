"""The rasters that a task takes, by the names that users know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from ..rasters.fill import CODES, HEIGHTS, IMAGE

FINE, COARSE = "fine", "coarse"
"""Tags of roles: the input with the detail, and the input whose bands are made finer."""
MEMBER = ":"
"""Between the name of a series and the number of one of its rasters."""


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
    rare : bool
        Whether few users have it: dialogs show it among the advanced parameters.
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
    rare: bool = False

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
