"""Roles that take several rasters: a job has a role for each, and the engine treats them as any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rsfusion_qgis.core.engine.contract import Role
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.pansharpening.task import TASK

SERIES = replace(TASK, roles=(Role("pan", "Pan", "Help."), Role("days", "Days", "Help.", series=True)), grid="pan")


def test_a_member_is_named_after_its_series() -> None:
    member = Role("days", "Days", "Help.", series=True, codes=True, bands=1).member(3)
    assert (member.name, member.parameter) == ("days:3", "DAYS #3")
    assert (member.required, member.series, member.codes, member.bands) == (False, False, True, 1)


def test_a_job_has_a_role_for_each_raster_in_order() -> None:
    job = Job(SERIES, {"days": "a", "days:2": "b", "days:3": "c", "pan": "p"})
    assert [role.name for role in job.task.roles] == ["pan", "days", "days:2", "days:3"]
    again = replace(job, output="out.tif")
    assert again.task == job.task
    assert SERIES.roles != job.task.roles, "the task itself stays as it is"


@pytest.mark.parametrize("name", ["pan:2", "other:2", "days:", "days:x", "days"])
def test_what_is_no_member_makes_no_role(name: str) -> None:
    assert SERIES.with_members([name]) is SERIES
