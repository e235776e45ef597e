"""The page about a fusion: everything that was found stands in it, and nothing from a file becomes markup."""

from rsfusion_qgis.core.basics.findings import Finding
from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.plan import Plan
from rsfusion_qgis.core.engine.report import run_report
from tests.jobs import fusion_job

FOUND = (
    Finding("overlap", "info", "MS", "MS covers 100 % of PAN", 1.0, 0.999, "share"),
    Finding("residual_shift", "warning", "MS", "MS's content lies <b>off</b>", 1.476, 0.75, "px", "correct it"),
)

JOB = fusion_job("a & b.tif", "ms.tif", "zoo/net.onnx", "out.tif")


def page(*findings):
    result = Result("out.tif", findings, "CPU", 4, 512, 1000, 9.0, 0.5, 7.0, plan=plan_of(JOB))
    return run_report("Pansharpen", result)


def plan_of(job: Job) -> Plan:
    """A plan of which nothing but its job is looked at."""
    return Plan(job, job.task, None, (), {}, {}, {}, None, None)


def test_findings_and_run_stand_in_it():
    text = page(*FOUND)
    for part in (
        "residual shift",
        "1.48 px",
        "0.75 px",
        "correct it.",
        "net.onnx",
        "4 of 512 pixels",
        "Warnings about the rasters: 1",
    ):
        assert part in text
    assert "The rasters fit each other." in page(FOUND[0])


def test_text_is_escaped():
    text = page(*FOUND)
    assert "<b>off" not in text
    assert "a &amp; b.tif" in text
