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


def test_each_section_holds_what_its_title_says():
    bands = Finding("bands", "info", "MS", "MS: bands B2, B3 are told apart by description")
    text = page(*FOUND, bands)
    first, second, run = map(text.index, ("Are the rasters aligned?", "What else was found", "The run"))
    assert first < text.index("covers 100 %") < text.index("residual shift") < second < text.index("bands B2") < run
    alone = page(bands)
    assert "aligned" not in alone and "What was found" in alone
    assert "What else" not in page(*FOUND)


def test_what_stands_under_the_alignment_comes_before_other_findings():
    result = Result("out.tif", (*FOUND, Finding("bands", "info", "MS", "B2")), "CPU", 4, 512, 1000, 9.0, 0.5, 7.0,
                    plan=plan_of(JOB))  # fmt: skip
    text = run_report("Pansharpen: ms", result, ["<p>last</p>"], ["<p>under it</p>"])
    parts = ("<h1>Pansharpen: ms", "residual", "under it", "What else", "last", "The run")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_what_has_a_cure_is_not_called_in_order():
    text = page(Finding("consistency", "info", "MS", "MS is not used", cure="say SENSOR"))
    assert "can be improved" in text and "in order" not in text


def test_text_is_escaped():
    text = page(*FOUND)
    assert "<b>off" not in text
    assert "a &amp; b.tif" in text
