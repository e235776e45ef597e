"""Inputs of a network that are no raster: the ratio of pixel sizes, constants, dates, and the gains of a sensor."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np

from ..basics.errors import InputError
from ..networks.card_fields import InputSpec
from ..networks.tensor_form import CONSTANT_ROLE, DATE_ROLE, GAINS_ROLE
from ..rasters.dates import date_of

DAYS_FROM = date(2000, 1, 1)
_DAYS_A_YEAR = 365.2425


def numbers_of(plan: Any, spec: InputSpec) -> np.ndarray:
    """(n,) float32: what an input without a raster is given.

    Raises
    ------
    InputError
        The raster has no date, or the task knows no gains.
    """
    if spec.role == CONSTANT_ROLE:
        return np.array(spec.value, np.float32)
    if spec.role == GAINS_ROLE:
        return np.array(plan.task.gains(plan), np.float32)
    if spec.role != DATE_ROLE:
        return np.array([plan.ratio], np.float32)
    header = plan.headers.get(spec.date_of)
    if header is None:
        return np.full(2 if spec.date_form == "sin_cos" else 1, spec.stand_in, np.float32)
    when = date_of(header, {})
    if when is None:
        name = plan.task.parameter(spec.date_of)
        raise InputError(f"{name} says no date in its metadata or its name, but MODEL '{plan.card.name}' takes it; "
                         "write the "
                         "day into the file's name, such as 2016-08-07.")  # fmt: skip
    return np.array(written(when, spec.date_form), np.float32)


def written(when: date, form: str) -> tuple[float, ...]:
    """A day in one of the forms of a card."""
    day, year = when.timetuple().tm_yday, date(when.year, 12, 31).timetuple().tm_yday
    turn = 2 * math.pi * (when - DAYS_FROM).days / _DAYS_A_YEAR
    known = {"day_of_year": (float(day),), "year_fraction": (when.year + (day - 1) / year,),
             "days": (float((when - DAYS_FROM).days),), "sin_cos": (math.sin(turn), math.cos(turn))}  # fmt: skip
    return known[form]
