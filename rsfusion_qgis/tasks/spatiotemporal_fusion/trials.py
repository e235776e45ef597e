"""Dates that are known, predicted from the other dates: which, by which methods, and how far off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ...core.alignment.pairing import make_pair
from ...core.basics.errors import InputError
from ...core.basics.monitor import Monitor
from ...core.engine.contract import MEMBER
from ...core.engine.job import Job, Result
from ...core.engine.run import run
from ...core.grid.grid import Grid, Window
from ...core.rasters.aligned_input import open_aligned
from ...core.rasters.fill import CODES
from ...core.rasters.source import RasterSource
from .dates import date_of, read_table
from .errors import Comparing, Reader
from .guard import MEAN_SHIFT, UNCHANGED
from .preparation import RATIO_RANGE
from .selection import COARSE, FINE, MASK_OF, Dated, dated, opened, wished_date
from .units import index_of_job, physical

FUSED = "FUSED"
"""The user's parameter, and the name of its row."""


@dataclass(frozen=True)
class Trial:
    """One date that was predicted.

    Attributes
    ----------
    when : date
    compared : Comparing
        By the names of methods, and FUSED.
    results : dict
        Method -> what its run says.
    paths : dict
        Method, or FUSED -> raster.
    """

    when: date
    compared: Comparing
    results: dict[str, Result]
    paths: dict[str, str]

    @property
    def first(self) -> str:
        """The row that is judged."""
        return next(iter(self.paths))

    def relative(self, name: str) -> np.ndarray:
        """(bands,) float64: error over that of the fine rasters left unchanged; 1 where that is 0 too."""
        own, least = (self.compared.measured(one).rmse for one in (name, UNCHANGED))
        return np.where(least > 0, own / np.where(least > 0, least, 1), np.where(own > 0, np.inf, 1.0))


class QuietMonitor(Monitor):
    """A part of the progress of another monitor; only warnings are passed on, each once."""

    def __init__(self, monitor: Monitor, begin: float, end: float) -> None:
        self._monitor, self._begin, self._end = monitor, begin, end

    def progress(self, fraction: float) -> None:
        """See `Monitor`."""
        self._monitor.progress(self._begin + (self._end - self._begin) * fraction)

    def is_cancelled(self) -> bool:
        """See `Monitor`."""
        return self._monitor.is_cancelled()


def wanted_dates(job: Job, fused: str) -> list[date]:
    """The dates that are predicted: of FUSED, TARGET_DATE, or every date that has a fine and a coarse raster.

    Raises
    ------
    InputError
        There is no truth for a date, or no other pair to predict it from.
    """
    table, names = read_table(job.options.dates), (job.task.parameter(FINE), job.task.parameter(COARSE))
    fine, coarse = (dated(job, role, table) for role in (FINE, COARSE))
    both = [when for when in fine if when in coarse]
    if len(both) < 2:
        raise InputError(
            f"{names[0]} and {names[1]} have {len(both)} dates in common; expected at least two, since one is "
            "predicted from the others, so give further pairs."
        )
    wish = wished_date(job)
    if fused:
        with RasterSource(fused, FUSED) as source:
            of_fused = date_of(source, table)
        if of_fused is None and wish is None:
            raise InputError(f"{FUSED}: nothing says of which date '{fused}' is; say it as TARGET_DATE.")
        if None not in (of_fused, wish) and of_fused != wish:
            raise InputError(f"TARGET_DATE is {wish}, but {FUSED} is of {of_fused}; leave TARGET_DATE empty.")
        wish = of_fused or wish
    if wish is not None and wish not in both:
        lacking = names[0] if wish not in fine else names[1]
        raise InputError(f"{lacking} has no raster of {wish}; a date is judged where both sensors saw it, so give that "
                         "raster, or choose another date.")  # fmt: skip
    return both if wish is None else [wish]


def without(job: Job, when: date) -> tuple[Job, Dated, Optional[str]]:
    """The job as if the fine sensor had not seen a date, its true fine raster, and the mask of that."""
    table = read_table(job.options.dates)
    truth, mask = dated(job, FINE, table)[when], dated(job, MASK_OF[FINE], table).get(when)
    left: dict[str, list[str]] = {}
    for name, path in job.inputs.items():
        if path and name != truth.name and (mask is None or name != mask.name):
            left.setdefault(name.partition(MEMBER)[0], []).append(path)
    inputs = {role if number == 1 else f"{role}{MEMBER}{number}": path
              for role, paths in left.items() for number, path in enumerate(paths, start=1)}  # fmt: skip
    options = replace(job.options, target_date=when.isoformat())
    return replace(job, task=plain(job.task), inputs=inputs, options=options), truth, mask.path if mask else None


def plain(task: Any) -> Any:
    """The task without the roles of further rasters of a series."""
    return replace(task, roles=tuple(role for role in task.roles if MEMBER not in role.name))


def try_dates(job: Job, fused: str, methods: Sequence[str], folder: Path, monitor: Monitor) -> Iterator[Trial]:
    """Predict every wanted date by every method, and compare; rasters are written into a folder.

    `job` has one raster for each date, see `selection.opened`.
    """
    wanted = wanted_dates(job, fused)
    names = tuple(dict.fromkeys((*methods, MEAN_SHIFT, UNCHANGED)))
    done, total = 0, len(wanted) * len(names)
    for when in wanted:
        one, truth, mask = without(job, when)
        paths, results = {FUSED: fused} if fused else {}, {}
        for method in names:
            output = str(folder / f"{when.isoformat()}_{method}.tif")
            part = QuietMonitor(monitor, done / total, (done + 0.95) / total)
            results[method] = run(replace(one, output=output, method=method, data_type="Float32"), part)
            paths[method] = output
            done += 1
        domain = results[UNCHANGED].grid
        made = Comparing(domain.width, domain.height, tuple(paths))
        with _Readers(job, domain) as readers:
            given = {name: readers.of(path, FUSED, made=True) for name, path in paths.items()}
            made.compare(readers.of(truth.path, job.task.parameter(truth.name), mask), given,
                         monitor.raise_when_cancelled)  # fmt: skip
        if not made.pixels:
            raise InputError(f"No pixel of {when} is valid in {job.task.parameter(truth.name)} and in all predictions; "
                             "choose another date or a larger area.")  # fmt: skip
        yield Trial(when, made, results, paths)


class _Readers:
    """Rasters read as physical values on one grid; closed together."""

    def __init__(self, job: Job, domain: Grid) -> None:
        self._job, self._domain, self._opened = job, domain, []
        self._index = index_of_job(job)

    def __enter__(self) -> _Readers:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._opened:
            one.close()

    def of(self, path: str, name: str, mask: Optional[str] = None, made: bool = False) -> Reader:
        """A reader of a raster, masked where a raster of codes is given; `made`: it holds the index already."""
        values, codes = self._open(path, name), mask and self._open(mask, MASK_OF[FINE].upper(), CODES)
        scale, offset = physical(values.source.bands, FINE, self._job.options)
        index = self._index
        if index is not None and made:
            scale, offset, index = np.ones(1, np.float32), np.zeros(1, np.float32), None
        bad = self._job.options.mask_values

        def read(window: Window) -> np.ndarray:
            stored, valid = values.read(window)
            there = valid.all(axis=0)
            if codes:
                code, known = codes.read(window)
                there &= ~((np.isin(code[0], bad) if bad else code[0] != 0) & known[0])
            found = stored * scale[:, None, None] + offset[:, None, None]
            return np.where(there, found if index is None else index.of(found), np.float32(np.nan))

        return read

    def _open(self, path: str, name: str, kind: str = "") -> Any:
        with RasterSource(path, name, **({"kind": kind} if kind else {})) as source:
            grid = source.grid
        pair = make_pair((self._job.task.parameter(FINE), name), self._domain, grid, RATIO_RANGE, 0.5, "warn", False)
        how = {"kind": kind} if kind else {}
        one = open_aligned(path, name, self._domain, 1, "nearest" if kind else "cubic", pair.other, pair.fit.ratio,
                           partial=True, **how)  # fmt: skip
        self._opened.append(one)
        return one


def split(job: Job) -> Job:
    """The job with one raster for each date."""
    return replace(job, task=plain(job.task), inputs=opened(job))
