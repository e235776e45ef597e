"""The benchmark's parts: Wald's protocol, peers on real files, the tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from scipy.ndimage import map_coordinates

from models.common import rasters
from models.pansharpening import classical, shift
from models.pansharpening.benchmark import means, ours, pairs, peers, protocols, report, wald
from models.pansharpening.benchmark import run as pansharpening
from models.pansharpening.benchmark.contender import COREGISTERED, REDUCED, TESTS, Contender
from models.pansharpening.benchmark.evaluate import Result
from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.pair_files import write_pair
from rsfusion_qgis.core.basics.errors import InputError, RsFusionError
from rsfusion_qgis.core.sensors.catalogue import Sensor
from tests.models.pansharpening.made_scenes import GAINS, make_scene, rms

PAIR = Pair("pair", np.zeros((3, 1, 1)), np.zeros((1, 4, 4)), 4, Sensor("any", GAINS, 0.15))

# --- Wald's protocol


def test_wald_step_nests_and_crops() -> None:
    ms, pan = wald.nest(np.zeros((2, 35, 41)), np.zeros((1, 139, 170)), 4)
    assert (ms.shape, pan.shape) == ((2, 34, 41), (1, 136, 164))
    step = wald.reduce_pair(ms, pan, 4, (0.3, 0.3), 0.15)
    assert step.ms.shape == (2, 8, 10)
    assert step.pan.shape == (1, 32, 40)
    assert step.reference.shape == (2, 32, 40)


def test_wald_step_refuses_what_does_not_nest() -> None:
    with pytest.raises(InputError, match="do not nest"):
        wald.reduce_pair(np.zeros((2, 8, 8)), np.zeros((1, 30, 32)), 4, (0.3, 0.3), 0.15)


def test_inner_leaves_small_images_whole() -> None:
    assert wald.inner(np.zeros((1, 100, 80))).shape == (1, 68, 48)
    assert wald.inner(np.zeros((1, 63, 200))).shape == (1, 63, 200)


# --- shifts


@pytest.mark.parametrize("true_shift", [(0.5, -0.5), (0.0, 0.0), (-1.2, 0.75), (2.3, -1.9)])
def test_a_known_shift_is_measured(true_shift: tuple[float, float]) -> None:
    """The MS is sampled off its nominal place by a known part of a pan pixel, which is found again."""
    fine, pan = make_scene(seed=4)
    ms = wald.degrade(fine, 4, GAINS, [true_shift] * 3)
    np.testing.assert_allclose(shift.measure_shift(ms, pan, 4, GAINS), true_shift, atol=0.05)
    like_pan = wald.degrade(np.repeat(pan, 3, axis=0), 4, GAINS, [true_shift] * 3)
    for found in shift.measure_band_shifts(like_pan, pan, 4, GAINS):
        np.testing.assert_allclose(found, true_shift, atol=0.05)
    np.testing.assert_allclose(shift.measure_reference_shift(fine, ms, 4, GAINS), true_shift, atol=0.05)


@pytest.mark.parametrize("with_reference", [False, True])
def test_a_coregistered_pair_lies_on_its_reference(with_reference: bool) -> None:
    """Misregistration costs MTF-GLP-FS most of what it gains; on the coregistered pair that comes back."""
    fine, pan = make_scene(seed=4)
    off, gains = (1.4, -0.9), GAINS
    ms = wald.degrade(fine, 4, gains, [off] * 3)
    pair = Pair("moved", ms, pan, 4, Sensor("made", gains, 0.15), fine if with_reference else None)
    straight = Pair("straight", wald.degrade(fine, 4, gains), pan, 4, pair.sensor, pair.reference)
    errors = []
    for test in (protocols.reduced_test(straight), protocols.reduced_test(pair), protocols.coregistered_test(pair)):
        fused = classical.mtf_glp_fs(test.ms, test.pan, 4, gains)
        errors.append(rms(fused[:, 8:-8, 8:-8], test.reference[:, 8:-8, 8:-8]))
    best, as_it_comes, coregistered = errors
    assert coregistered - best < 0.15 * (as_it_comes - best)


# --- other programs and the engine, on real files

PEERS, LEFT_OUT = peers.peer_contenders()


def test_a_missing_program_is_told() -> None:
    assert (
        len(PEERS)
        + 2 * any(peers.GDAL_PROGRAM in s for s in LEFT_OUT)
        + 3 * any("otb" in s for s in LEFT_OUT)
        == 5
    )


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_lies_where_the_others_lie(peer: Contender, reduced: wald.Reduced) -> None:
    """Its detail brings the image nearer to the truth, which half a pan pixel off it would not."""
    fused = peer.method_for(PAIR, REDUCED)(reduced.ms, reduced.pan, 4, GAINS)
    assert fused.shape == reduced.reference.shape
    plain = rms(classical.exp(reduced.ms, reduced.pan, 4, GAINS), reduced.reference)
    assert rms(fused, reduced.reference) < 0.95 * plain


@pytest.mark.skipif(
    not PEERS or PEERS[0].name != "gdal_pansharpen", reason="gdal_pansharpen.py is not installed"
)
@pytest.mark.parametrize("ratio", [2, 4])
def test_gdal_pansharpen_is_brovey_on_our_interpolation(ratio: int) -> None:
    """The outside program and `interpolate` agree to a float32, so both have the same phase and kernel."""
    fine, pan = make_scene(size=128)
    ms = wald.degrade(fine, ratio, GAINS)
    plain = classical.exp(ms, pan, ratio, GAINS)
    expected = plain * pan / plain.mean(axis=0)
    got = PEERS[0].method_for(PAIR, REDUCED)(ms, pan, ratio, GAINS)
    np.testing.assert_allclose(wald.inner(got), wald.inner(expected), rtol=2e-6)


def test_a_program_that_fails_is_told(tmp_path: Path) -> None:
    command = [
        "gdal_pansharpen.py",
        str(tmp_path / "no.tif"),
        str(tmp_path / "none.tif"),
        str(tmp_path / "out.tif"),
    ]
    with pytest.raises(RsFusionError, match="ended with"):
        peers._run_child(command, tmp_path)


def test_a_network_runs_through_the_engine(tmp_path: Path, reduced: wald.Reduced) -> None:
    """A network that adds nothing gives plain interpolation: engine and benchmark share the phase."""
    pytest.importorskip("onnxruntime")
    from tests.onnx_files import build, save

    path = save(tmp_path / "nothing.onnx", build(weight=0.0), name="adds nothing")
    network = ours.as_fused_contender(path)
    assert (network.name, network.kind) == ("adds nothing", "ours")
    fused = network.method_for(PAIR, REDUCED)(reduced.ms, reduced.pan, 4, GAINS)
    plain = classical.exp(reduced.ms, reduced.pan, 4, GAINS)
    np.testing.assert_allclose(wald.inner(fused), wald.inner(plain), rtol=1e-4)


def test_a_result_lies_on_the_pan_where_the_pair_comes_as_it_is(tmp_path: Path) -> None:
    """And where the georeferencing says, where the pair was coregistered before."""
    pytest.importorskip("onnxruntime")
    from tests.onnx_files import build, save

    path = save(tmp_path / "nothing.onnx", build(weight=0.0), name="adds nothing")
    fine, pan = make_scene(seed=4)
    moved, straight = wald.degrade(fine, 4, GAINS, [(2.3, -1.9)] * 3), wald.degrade(fine, 4, GAINS)
    wanted = wald.inner(classical.exp(straight, pan, 4, GAINS))
    network = ours.as_fused_contender(path)
    found = [network.method_for(PAIR, test)(moved, pan, 4, GAINS) for test in (COREGISTERED, REDUCED)]
    assert found[1].shape == (3, *pan.shape[1:])
    as_it_lay, moved_back = (rms(wald.inner(fused), wanted) for fused in found)
    assert moved_back < as_it_lay / 3


# --- pairs


def write_folder(
    folder: Path, ms: np.ndarray, pan: np.ndarray, sensor: str = "IKONOS", **more: object
) -> Path:
    folder.mkdir(parents=True)
    write_pair(folder, ms, pan, 4)
    (folder / "info.json").write_text(json.dumps({"sensor": sensor, **more}), encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path, reduced: wald.Reduced) -> Path:
    """A data folder with a pair to be reduced, and one with a reference that stands apart."""
    root = tmp_path / "data" / "pan_ms"
    write_folder(root / "plain", reduced.ms, reduced.pan, "IKONOS")
    apart = root / "gf2_psdata3"
    write_folder(apart, reduced.ms[:, :32, :32], reduced.pan[:, :128, :128], "GaoFen-2")
    rasters.write_raster(
        apart / "reduced_0_ms_reference.tif",
        reduced.reference[:, :128, :128],
        rasters.Frame.square(rasters.ORIGIN, 1.0),
        data_type="Float32",
    )
    for role in ("pan", "ms"):
        (apart / f"{role}.tif").rename(apart / f"reduced_0_{role}.tif")
    return root.parent


def test_pairs_are_found_with_sensor_and_reference(data: Path) -> None:
    apart, plain = pairs.find_pairs(data)
    assert (plain.name, plain.group, plain.sensor.name, plain.ratio) == ("plain", "main", "IKONOS", 4)
    assert plain.reference is None
    assert plain.gains == pytest.approx((0.2775,) * 3)
    assert (apart.name, apart.group) == ("gf2_psdata3/reduced_0", "apart")
    assert apart.reference is not None
    assert apart.reference.shape == (3, 128, 128)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give the data folder as --data"):
        list(pairs.find_pairs(tmp_path))


def test_grids_that_do_not_nest_are_warped(tmp_path: Path, reduced: wald.Reduced) -> None:
    """The MS begins 2.4 m left and 1.2 m above the pan: after the warp it shows the same ground again."""
    folder = write_folder(tmp_path / "off", reduced.ms, reduced.pan)
    pan = gdal.Open(str(folder / "pan.tif"), gdal.GA_Update)
    west, north = rasters.ORIGIN
    moved = classical.interpolate(reduced.ms, 4, (256, 256))
    shifted = gdal.Open(str(folder / "ms.tif"), gdal.GA_Update)
    shifted.SetGeoTransform((west - 2.4, 4.0, 0.0, north + 1.2, 0.0, -4.0))
    del pan, shifted
    pair = pairs.load_pair(folder / "pan.tif")
    assert pair.ms.shape == (3, 63, 63)
    assert pair.pan.shape == (1, 252, 252)
    assert "no multiples" in pair.notes[0]
    rows, cols = np.meshgrid(np.arange(63) * 4 + 1.5 + 1.2, np.arange(63) * 4 + 1.5 + 2.4, indexing="ij")
    expected = np.stack([map_coordinates(band, [rows, cols], order=3, mode="nearest") for band in moved])
    np.testing.assert_allclose(pair.ms[:, 3:-3, 3:-3], expected[:, 3:-3, 3:-3], rtol=0.02)


# --- the whole benchmark


def test_the_benchmark_from_end_to_end(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("onnxruntime")
    from tests.onnx_files import build, save

    model = save(tmp_path / "half.onnx", build(), name="half the detail")
    out = tmp_path / "bench"
    options = ["--data", str(data), "--out", str(out), "--models", str(model), "--cost-rounds", "0"]
    assert pansharpening.main(options) == 0
    text = capsys.readouterr().out
    assert "## Cost" not in text
    assert text.strip() == (out / "pansharpening.md").read_text(encoding="utf-8").strip()
    header = next(line for line in text.splitlines() if line.startswith("| pair"))
    assert header.split(" | ")[1] == "EXP"
    assert "half the detail" in header
    assert "half the detail beats every classical on ERGAS and SAM on 0 of 1 pairs**, coregistered" in text
    assert "half the detail beats every classical on ERGAS and SAM on 0 of 1 pairs**, as they come" in text
    assert "Reduced resolution, coregistered, pairs apart" in text
    assert "reduced by its source, reference given" in text
    assert "half the detail meets " in text and "CFLAT over that of BT-H: " in text
    methods, truths = 4 + 2 + len(PEERS) + 6, 2
    with (out / "pansharpening.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert (
        len(rows)
        == 2 * len(TESTS) * methods + truths
        == len(json.loads((out / "pansharpening.json").read_text(encoding="utf-8")))
    )
    values = {(r["pair"], r["test"], r["method"]): r for r in rows}
    assert float(values["plain", "reduced", "GSA"]["ergas"]) < float(
        values["plain", "reduced", "EXP"]["ergas"]
    )
    assert float(values["plain", "noisy", "GSA"]["ergas"]) > 0
    assert float(values["plain", "eye", "EXP"]["cflat"]) == pytest.approx(1)
    assert float(values["plain", "eye", "BT-H"]["slope"]) > float(values["plain", "eye", "EXP"]["slope"])
    assert float(values["plain", "truth", "the reference itself"]["d_rho"]) > 0
    assert "a method below that is more like the pan than the truth is" in text
    assert values["plain", "reduced", "GSA"]["place_rows"] != "0.0", "its reference may be moved"
    assert values["gf2_psdata3/reduced_0", "reduced", "GSA"]["place_rows"] == "0.0", "that of the source is not"
    assert (out / "frontier.svg").read_text(encoding="utf-8").count("<title>clean: ") == 2, "two drawings"
    assert not (out / "pictures").exists()
    assert float(values["plain", "full", "GSA"]["d_rho"]) < float(values["plain", "full", "EXP"]["d_rho"])


def test_a_folder_without_pairs_ends_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pansharpening.main(["--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def make_result(pair: str, method: str, kind: str, ergas: float, sam: float, trouble: str = "") -> Result:
    values = {"ergas": ergas, "sam": sam, "q2n": 0.9, "scc": 0.9}
    return Result(pair, "main", 4, 4, "reduced", method, kind, values, 1.0, trouble)


def test_the_verdict_by_hand() -> None:
    """Ours is .5 and .8 of the best classical on ERGAS, but loses the second pair on SAM to another method."""
    results = [
        make_result("a", "EXP", "classical", 8.0, 4.0),
        make_result("a", "GSA", "classical", 4.0, 5.0),
        make_result("a", "net", "ours", 2.0, 3.0),
        make_result("b", "EXP", "classical", 6.0, 2.0),
        make_result("b", "GSA", "classical", 5.0, 3.0),
        make_result("b", "net", "ours", 4.0, 2.5),
    ]
    text = report.summary(results, "main")
    assert "net beats every classical on ERGAS and SAM on 1 of 2 pairs" in text
    assert f"best classical of each pair: {np.sqrt(0.5 * 0.8):.3f} in the geometric mean" in text
    assert "Not beaten: b (SAM: EXP)" in text


def test_a_method_that_failed_is_no_rival() -> None:
    nan = float("nan")
    results = [
        make_result("a", "EXP", "classical", 8.0, 4.0),
        make_result("a", "broken", "peer", nan, nan, "it broke"),
        make_result("a", "net", "ours", 2.0, 3.0),
    ]
    best = means.best_classical(results, "reduced", "a", "ergas")
    assert best is not None
    assert best.method == "EXP"
    assert "failed" in report.table(results, "reduced", {"a": ()})
    assert "1 of 1" in report.summary(results, "main")


def test_pairs_that_networks_have_seen_stand_apart_and_only_where_they_are_wished(data: Path) -> None:
    (data / "pan_ms" / "plain").rename(data / "pan_ms" / "landsat8_momotombo")
    groups = []
    for more in ((), ("--seen",)):
        options = pansharpening._parser().parse_args(["--data", str(data), *more])
        groups.append({pair.name: pair.group for pair in pansharpening._chosen(options)})
    apart = {"gf2_psdata3/reduced_0": "apart"}
    assert groups == [apart, {**apart, "landsat8_momotombo": "seen"}]


def test_options_choose_pairs_and_the_gain_of_the_pan(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = pansharpening._parser().parse_args(["--data", str(data), "--pairs", "plain", "--pan-gain", "0.5"])
    (pair,) = pansharpening._chosen(options)
    assert (pair.name, pair.sensor.pan_gain) == ("plain", 0.5)
    assert pansharpening.main(["--data", str(data), "--pairs", "nowhere", "--models"]) == 1
    assert "named like nowhere" in capsys.readouterr().err
