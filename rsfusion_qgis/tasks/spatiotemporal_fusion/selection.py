"""Which rasters a prediction looks at: the coarse one of the wanted date, and the pairs nearest to it in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Optional

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.contract import MEMBER
from ...core.engine.job import Job
from ...core.rasters.fill import CODES
from ...core.rasters.source import RasterSource
from .dates import FORMS, date_of, part_of, read_date, read_table, slices

FINE, COARSE = "fine", "coarse"
MASK_OF = {FINE: "fine_mask", COARSE: "coarse_mask"}
"""The roles."""
LEAST_PAIRS = {"estarfm": 2}


@dataclass(frozen=True)
class Dated:
    """A raster of a role and its date; `name` is that of the role or of a member of it."""

    name: str
    path: str
    when: date


@dataclass(frozen=True)
class PairNames:
    """The roles of a fine and a coarse raster of one date."""

    when: date
    fine: str
    coarse: str


@dataclass(frozen=True)
class Selection:
    """What a prediction looks at.

    Attributes
    ----------
    target : Dated
        The coarse raster of the wanted date.
    pairs : tuple of PairNames
        The nearest in time first.
    masks : dict
        Name of a raster -> name of its mask.
    """

    target: Dated
    pairs: tuple[PairNames, ...]
    masks: dict[str, str]

    @property
    def used(self) -> tuple[str, ...]:
        """The names of all rasters that are looked at, masks among them."""
        names = [name for pair in self.pairs for name in (pair.fine, pair.coarse)] + [self.target.name]
        return tuple(dict.fromkeys([*names, *(self.masks[name] for name in names if name in self.masks)]))

    def days(self, pair: PairNames) -> int:
        """Days between a pair and the wanted date."""
        return abs((pair.when - self.target.when).days)


def complete(job: Job) -> tuple[dict[str, str], Sequence[Finding]]:
    """See `contract.Task`: rasters of several dates become one for each, and what is not looked at is left out."""
    each = replace(job, inputs=opened(job))
    chosen = select(each)
    kept = {name: path for name, path in each.inputs.items() if name == FINE or name in chosen.used}
    told = ", ".join(str(pair.when) for pair in chosen.pairs)
    said = f"{chosen.target.when} is predicted from {told}"
    return kept, (Finding("dates", "info", job.task.parameter(COARSE), said),)


def opened(job: Job) -> dict[str, str]:
    """The inputs, those of several dates replaced by one for each date."""
    found: dict[str, str] = {}
    for role in job.task.roles:
        path = job.inputs.get(role.name, "")
        if not path:
            continue
        series = role.name.partition(MEMBER)[0]
        with RasterSource(path, role.parameter, kind=CODES) as source:  # as in `dated`
            parts = slices(source)
            paths = [part_of(source, part) for part in parts] if parts else [path]
        for one in paths:
            number = sum(name.partition(MEMBER)[0] == series for name in found) + 1
            found[role.name if not parts else series if number == 1 else f"{series}{MEMBER}{number}"] = one
    return found


def select(job: Job) -> Selection:
    """What a job looks at.

    Raises
    ------
    InputError
        A raster has no date, two of one role have the same, or there is no pair or no coarse raster of TARGET_DATE.
    """
    table = read_table(job.options.dates)
    fine, coarse = (dated(job, role, table) for role in (FINE, COARSE))
    both = [when for when in coarse if when in fine]
    wanted = _target(job, fine, coarse)
    near = sorted((when for when in both if when != wanted), key=lambda when: (abs((when - wanted).days), when))
    names = job.task.parameter(FINE), job.task.parameter(COARSE)
    if not near:
        raise InputError(
            f"No date has both {names[0]} ({_listed(fine)}) and {names[1]} ({_listed(coarse)}) apart from TARGET_DATE; "
            "expected at least one, so give a fine and a coarse raster of the same date."
        )
    least = LEAST_PAIRS.get(job.method, 1)
    if len(near) < least:
        raise InputError(f"METHOD {job.method} needs {least} pairs, but {names[0]} and {names[1]} have {len(near)} "
                         "date in common; give a further pair, or choose another METHOD.")  # fmt: skip
    chosen = near[: max(least, job.options.pairs)]
    masks = {}
    for role, rasters in ((FINE, fine), (COARSE, coarse)):
        for when, one in dated(job, MASK_OF[role], table).items():
            if when not in rasters:
                raise InputError(
                    f"{job.task.parameter(MASK_OF[role])} has a raster of {when}, but {job.task.parameter(role)} has "
                    "none of that date; give each mask the date of its raster."
                )
            masks[rasters[when].name] = one.name
    pairs = tuple(PairNames(when, fine[when].name, coarse[when].name) for when in chosen)
    return Selection(coarse[wanted], pairs, masks)


def dated(job: Job, role: str, table: dict[str, date]) -> dict[date, Dated]:
    """The rasters of a role by date; raises InputError where one has none, or two have the same."""
    found: dict[date, Dated] = {}
    for name, path in job.inputs.items():
        if name.partition(MEMBER)[0] != role or not path:
            continue
        parameter = job.task.parameter(name)
        with RasterSource(path, parameter, kind=CODES) as source:  # so that no pixel is looked at, only the header
            when = date_of(source, table)
        if when is None:
            raise InputError(f"{parameter}: nothing says of which date '{path}' is; expected a name with a date such "
                             f"as {FORMS}, so rename it, or give a table of names and dates as DATES.")  # fmt: skip
        if when in found:
            raise InputError(
                f"{parameter}: '{path}' and '{found[when].path}' are both of {when}; expected one raster of a date, so "
                "leave one out or correct DATES."
            )
        found[when] = Dated(name, path, when)
    return dict(sorted(found.items()))


def _target(job: Job, fine: dict[date, Dated], coarse: dict[date, Dated]) -> date:
    name = job.task.parameter(COARSE)
    if not job.options.target_date.strip():
        alone = [when for when in coarse if when not in fine]
        if len(alone) == 1:
            return alone[0]
        raise InputError(f"TARGET_DATE is empty, and {len(alone)} dates have {name} alone ({_listed(alone)}); expected "
                         "one, so say which date is wanted.")  # fmt: skip
    wanted = wished_date(job)
    if wanted not in coarse:
        raise InputError(f"TARGET_DATE is {wanted}, but {name} has no raster of that date, only of {_listed(coarse)}; "
                         "choose one of them.")  # fmt: skip
    return wanted


def wished_date(job: Job) -> Optional[date]:
    """TARGET_DATE, None where it is empty; raises InputError where it is no date."""
    text = job.options.target_date.strip()
    wanted = read_date(text)
    if text and wanted is None:
        raise InputError(f"TARGET_DATE is '{text}'; expected a date such as {FORMS}.")
    return wanted


def _listed(dates: Sequence[date] | dict[date, Dated]) -> str:
    shown = [str(when) for when in dates]
    return ", ".join(shown if len(shown) <= 6 else [*shown[:5], f"... {shown[-1]}"]) or "none"
