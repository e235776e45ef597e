"""What the methods of the pansharpening benchmark cost: every method for real but small, and the table."""

from __future__ import annotations

import csv
import json
import math
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from models.common import rasters
from models.common.own_process import measure
from models.engine.run_alone import run_alone
from models.pansharpening import classical
from models.pansharpening.benchmark import contender, peers, wald
from models.pansharpening.benchmark import run as pansharpening
from models.pansharpening.benchmark.cost_report import cost_table
from models.pansharpening.benchmark.costs import Candidate, Cost, Costs, candidates, engine_job, measure_costs
from models.pansharpening.pair_files import write_pair
from tests.models.pansharpening.made_scenes import write_textured_pair
from tests.zoo import FAST, FAST_PATH

PAN_PX = 256

# --- the engine


def test_a_run_is_made_consistent_only_where_gains_are_given(tmp_path: Path) -> None:
    """Plain interpolation by the engine, measured without the step: it shows in the values."""
    paths = dict(zip(("pan", "ms"), write_textured_pair(tmp_path, 128, 4, 0.3)))
    found = []
    for gains in ((), (0.3,)):
        run_alone(engine_job(paths, tmp_path / "fused.tif", method="exp", gains=gains))
        found.append(rasters.read_all(tmp_path / "fused.tif"))
    ms = rasters.read_all(Path(paths["ms"]))
    plain = classical.exp(ms, np.zeros((1, 128, 128)), 4, ())
    np.testing.assert_allclose(wald.inner(found[0]), wald.inner(plain), rtol=1e-4)
    assert np.abs(found[1] - found[0]).max() > 1


# --- every method, for real but small


@dataclass(frozen=True)
class Bench:
    """What one run of the benchmark left."""

    text: str
    rows: dict[str, dict[str, str]]
    """By method."""
    quality: set[str]
    """Methods of the other tables."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, reduced: wald.Reduced) -> Bench:
    """One small pair, every method, a network of the zoo, and one that fails on every tile."""
    pytest.importorskip("onnxruntime")
    from tests.onnx_files import nan_model, save

    folder = tmp_path_factory.mktemp("costs")
    (folder / "pan_ms" / "pair").mkdir(parents=True)
    write_pair(folder / "pan_ms" / "pair", reduced.ms[:, :32, :32], reduced.pan[:, :128, :128], 4)
    models = [save(folder / "nan.onnx", nan_model(), name="makes NaN"), FAST_PATH]
    options = ["--data", str(folder), "--out", str(folder), "--models", *map(str, models), "--cost-threads", "1"]
    assert pansharpening.main([*options, "--cost-rounds", "1", "--cost-sides", str(PAN_PX)]) == 0
    with (folder / "pansharpening_costs.csv").open(encoding="utf-8") as stream:
        rows = {row["method"]: row for row in csv.DictReader(stream)}
    quality = {row["method"] for row in json.loads((folder / "pansharpening.json").read_text(encoding="utf-8"))}
    return Bench((folder / "pansharpening.md").read_text(encoding="utf-8"), rows, quality)


def test_every_method_of_the_run_has_its_cost(bench: Bench) -> None:
    settings = ("DETAIL=clean", "DETAIL=strong", "sensor not said", "CONSISTENCY=off", "VIEWS=8")
    variants = {f"makes NaN, {setting}" for setting in settings}
    helped = {"MTF-GLP-FS, consistent", "MTF-GLP-FS, consistent, pan sharpened"}
    assert set(bench.rows) == bench.quality - variants - helped - {"the reference itself"}
    known = [one.name for one in (*contender.classical_contenders(), *peers.peer_contenders()[0])]
    assert list(bench.rows) == [*known, "makes NaN", FAST]
    table = bench.text.split("## Cost")[1]
    assert [line.split(" | ")[0][2:] for line in table.splitlines() if line.startswith("| ")][2:] == list(bench.rows)


def test_costs_are_plausible(bench: Bench) -> None:
    """A process holds its libraries at least; seconds and Mpx/s are of the generated pair, not of the data."""
    for method, row in bench.rows.items():
        if method == "makes NaN":
            continue
        assert row["trouble"] == "", method
        assert 50 < float(row["peak_mib"]) < 3000, method
        assert 0 < float(row["seconds"]) < 120, method
        assert float(row["seconds"]) * float(row["mpx_per_s"]) * 1e6 == pytest.approx(PAN_PX**2), method
        assert (row["gflop_per_s"] == "") == (row["kind"] != "ours"), method
        assert (row["pan_px"], row["threads"]) == (str(PAN_PX), "1"), method
        assert 0 < float(row["over_mtf_glp_fs_by_processor"]) < 50, method
        unit = float(bench.rows["MTF-GLP-FS"]["seconds"])
        assert float(row["over_mtf_glp_fs"]) == pytest.approx(float(row["seconds"]) / unit), method


def test_a_network_reaches_a_share_of_the_peak(bench: Bench) -> None:
    row = {name: float(value) for name, value in bench.rows[FAST].items() if name.endswith("_s")}
    share, kflop = (float(bench.rows[FAST][name]) for name in ("share_of_peak", "kflop_per_px"))
    assert row["gflop_per_s"] == pytest.approx(kflop * row["mpx_per_s"])
    assert share == pytest.approx(row["gflop_per_s"] / row["convolution_peak_gflop_per_s"])
    assert 0 < share <= 1.2


def test_a_method_that_fails_is_told_and_the_others_go_on(bench: Bench) -> None:
    row = bench.rows["makes NaN"]
    assert "returned NaN or infinity" in row["trouble"]
    assert row["seconds"] == row["peak_mib"] == row["share_of_peak"] == row["round_seconds"] == ""
    assert "| makes NaN | failed |" in bench.text
    assert "makes NaN failed (cost): " in bench.text


def test_a_method_that_writes_nothing_or_something_else_failed() -> None:
    def small(inputs: dict[str, str], output: Path, cores: int) -> object:
        rasters.write_raster(output, np.zeros((4, 8, 8)), rasters.Frame.square(rasters.ORIGIN, 1.0))
        return measure(["true"])

    chosen = [Candidate("small", "peer", small), Candidate("none", "peer", lambda *_: measure(["true"]))]
    found = measure_costs(chosen, 1, PAN_PX, 1)
    assert "(4, 8, 8)" in found.rows[0].trouble
    assert "cannot be opened" in found.rows[1].trouble


def test_without_other_programs_and_networks_the_plugins_methods_remain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "SEARCH_PATH", str(tmp_path))
    assert [one.name for one in candidates([])] == ["EXP", "GSA", "BT-H", "MTF-GLP-FS"]


# --- the table, by hand


def test_the_table_by_hand() -> None:
    """4 Mpx in a median of 2 s are 2 Mpx/s; 150 kFLOP per pixel make 300 GFLOP/s of that, half of a peak of 600.

    Over MTF-GLP-FS it takes 2, 4.5 and 1 times as long in the rounds, and 1, 4 and 4 times as much of the processor.
    """
    net = Cost("net", "ours", 4_000_000, (1.0, 9.0, 2.0), (1.0, 4.0, 4.0), 512.4, 150e3)
    plain = Cost("EXP", "classical", 4_000_000, (1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 100.0, math.nan)
    unit = Cost("MTF-GLP-FS", "classical", 4_000_000, (0.5, 2.0, 2.0), (1.0, 1.0, 1.0), 100.0, math.nan)
    text = cost_table(Costs((plain, unit, net), 600.0, 2000, 3, 2))
    assert "### Pan 2000 x 2000, 2 thread(s), 3 round(s)" in text
    assert "| net | 2.00 | 2.00 | 2.00 | 4.00 | 512 | 150.0 | 300.0 | 50 % |" in text
    assert "| EXP | 1.00 | 4.00 | 0.50 | 1.00 | 100 | — | — | — |" in text
    assert "Convolution peak: 600.0 GFLOP/s" in text
    assert "net takes 2.00 times as long as MTF-GLP-FS (aim: at most 4; met)." in text


def test_without_onnx_runtime_there_is_no_share_and_without_the_unit_no_aim() -> None:
    net = Cost("net", "ours", 1_000_000, (1.0,), (1.0,), 100.0, 150e3)
    text = cost_table(Costs((net,), math.nan, 1000, 1, 1))
    assert "| net | 1.00 | 1.00 | — | — | 100 | 150.0 | 150.0 | — |" in text
    assert "ONNX Runtime cannot be imported" in text and "aim" not in text


def test_a_run_has_as_many_cores_as_are_wanted() -> None:
    program = "import os; print(len(os.sched_getaffinity(0)))"
    assert measure([sys.executable, "-c", program], cores=1).output.strip() == "1"
    free = measure([sys.executable, "-c", program]).output.strip()
    assert free == str(len(os.sched_getaffinity(0)))


@pytest.mark.parametrize("side", ["-4", "2050", "wide"])
def test_sides_are_multiples_of_the_ratio(side: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        pansharpening.main(["--data", "x", "--cost-sides", side])
    assert "--cost-sides" in capsys.readouterr().err


@pytest.mark.parametrize("rounds", ["-1", "many"])
def test_rounds_are_a_number_of_times(rounds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        pansharpening.main(["--data", "x", "--cost-rounds", rounds])
    assert "--cost-rounds" in capsys.readouterr().err
