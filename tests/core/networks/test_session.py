"""A network runs as its card says; everything else gets one sentence."""

from __future__ import annotations

import builtins
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import onnx
import pytest

from rsfusion_qgis.core.basics.errors import CancelledError, DeviceError, ModelError
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.networks.session import InferenceSession, available_devices
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from tests import onnx_files


def opened(path: Path, **options) -> InferenceSession:
    return InferenceSession(path, read_card(path), **options)


def feeds(bands: int = 3, rows: int = 6, cols: int = 7) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(1)
    return {
        "ms": draw.normal(size=(1, bands, rows, cols)).astype(np.float32),
        "pan": draw.normal(size=(1, 1, rows, cols)).astype(np.float32),
        "ratio": np.array([4], np.float32),
    }


@pytest.mark.parametrize("bands", [1, 4, 9])
def test_the_result_is_the_networks(tmp_path, bands):
    given = feeds(bands)
    with opened(onnx_files.save(tmp_path / "detail.onnx"), threads=1) as session:
        fused = session.run(given)["fused"]
    padded = np.pad(given["pan"][0, 0].astype(np.float64), 1, mode="edge")
    blurred = np.mean([padded[r : r + 6, c : c + 7] for r in range(3) for c in range(3)], axis=0)
    expected = given["ms"][0] + onnx_files.WEIGHT * (given["pan"][0, 0] - blurred)
    assert fused.dtype == np.float32
    np.testing.assert_allclose(fused[0], expected, atol=1e-6)


def test_the_cpu_is_named(tmp_path):
    session = opened(onnx_files.save(tmp_path / "detail.onnx"), device="cpu")
    assert (session.provider, session.device, session.fallback) == ("CPUExecutionProvider", "cpu", "")


def test_auto_ends_on_a_device_that_runs(tmp_path):
    session = opened(onnx_files.save(tmp_path / "detail.onnx"))
    assert session.device in available_devices()
    assert session.run(feeds())["fused"].shape == (1, 3, 6, 7)


def test_a_device_that_is_not_there(tmp_path):
    absent = next(d for d in ("rocm", "directml", "coreml", "cuda") if d not in available_devices())
    with pytest.raises(DeviceError, match=f"DEVICE is '{absent}', which ONNX Runtime cannot use here, but .*cpu"):
        opened(onnx_files.save(tmp_path / "detail.onnx"), device=absent)


def test_a_device_that_does_not_exist(tmp_path):
    with pytest.raises(DeviceError, match="DEVICE is 'gpu9', but only auto, cpu, cuda"):
        opened(onnx_files.save(tmp_path / "detail.onnx"), device="gpu9")


def test_auto_says_when_a_listed_device_does_not_work(tmp_path, monkeypatch):
    # A CUDA build on a machine without a GPU lists CUDA; the real session then reports the CPU only.
    import onnxruntime

    listed = ["CUDAExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: listed)
    path = onnx_files.save(tmp_path / "detail.onnx")
    session = opened(path)
    if session.device == "cpu":
        assert "'cuda' cannot be used" in session.fallback
        with pytest.raises(DeviceError, match="DEVICE is 'cuda', which ONNX Runtime cannot use here"):
            opened(path, device="cuda")


def test_without_onnxruntime(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "onnxruntime":
            raise ModuleNotFoundError("No module named 'onnxruntime'")
        return real(name, *args, **kwargs)

    path = onnx_files.save(tmp_path / "detail.onnx")
    monkeypatch.setattr(builtins, "__import__", without)
    assert available_devices() == ()
    with pytest.raises(DeviceError, match="python3 -m pip install onnxruntime"):
        opened(path)


def test_importing_the_engine_does_not_import_onnxruntime():
    code = "import sys, rsfusion_qgis.core.networks.session; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


TWO_BANDS = (Band("red"), Band("nir"))
MISFITS = {
    "input names": (
        onnx_files.build(names=("coarse", "pan", "fused")),
        {},
        "has the inputs 'coarse', 'pan', 'ratio', but its card names 'ms', 'pan', 'ratio'",
    ),
    "output names": (
        onnx_files.build(names=("ms", "pan", "sharpened")),
        {},
        "has the outputs 'sharpened', but its card names 'fused'",
    ),
    "no ratio": (onnx_files.build(with_ratio=False), {}, "has the inputs 'ms', 'pan', but its card names"),
    "channels": (
        onnx_files.build(ms=(1, 4, "rows", "cols")),
        {"inputs": (InputSpec("ms", "ms", TWO_BANDS), InputSpec("pan", "pan"), InputSpec("ratio", "ratio"))},
        r"an input 'ms' \(1, 4, rows, cols\) of 4 channels, but its card names 2 bands",
    ),
    "any number": (
        onnx_files.build(ms=(1, 4, "rows", "cols")),
        {},
        r"of 4 channels, but its card says any number of bands",
    ),
    "classes": (
        onnx_files.build(ms=(1, 4, "rows", "cols")),
        {
            "inputs": (
                InputSpec("ms", "ms", tuple(Band(n) for n in "abcd")),
                InputSpec("pan", "pan", (Band("pan"),)),
                InputSpec("ratio", "ratio"),
            ),
            "outputs": (OutputSpec("fused", classes=(ClassSpec("water", 1), ClassSpec("land", 2))),),
        },
        r"an output 'fused' \(1, 4, rows, cols\) of 4 channels, but its card names 2 classes",
    ),
    "fixed size below the halo": (
        onnx_files.build(ms=(1, "bands", 64, 64)), {"halo": 32}, "tiles of 64 pixels, but its card says a halo of 32"
    ),
}


@pytest.mark.parametrize("case", MISFITS)
def test_a_graph_that_does_not_fit_its_card(tmp_path, case):
    model, changes, sentence = MISFITS[case]
    with pytest.raises(ModelError, match=sentence):
        opened(onnx_files.save(tmp_path / "net.onnx", model, **changes))


def test_a_wrong_rank(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx", onnx_files.pointwise_model(rank=3))
    with pytest.raises(ModelError, match=r"'ms' \(bands, rows, cols\) of 3 axes, but four are expected"):
        opened(path)


def test_a_wrong_type(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx", onnx_files.pointwise_model(double=True))
    with pytest.raises(ModelError, match=r"of tensor\(double\), but tensor\(float\)"):
        opened(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95, 0.999])
def test_a_truncated_file(tmp_path, share):
    whole = onnx_files.save(tmp_path / "net.onnx")
    card = read_card(whole)
    data = whole.read_bytes()
    whole.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ModelError, match=r"'net\.onnx' .*(truncated or damaged|holds no network)"):
        InferenceSession(whole, card)


def test_nan_is_refused(tmp_path):
    session = opened(onnx_files.save(tmp_path / "net.onnx", onnx_files.nan_model()))
    with pytest.raises(ModelError, match=r"'net\.onnx' returned NaN or infinity in 'fused'"):
        session.run(feeds())


def test_an_output_of_another_size_is_refused(tmp_path):
    session = opened(onnx_files.save(tmp_path / "net.onnx", onnx_files.cropped_model()))
    with pytest.raises(ModelError, match=r"returned 'fused' as \(1, 3, 4, 5\), but its card promises \(1, 3, 6, 7\)"):
        session.run(feeds())


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("ms", np.zeros((1, 3, 6, 7)), "was given float64"),
        ("ms", np.zeros((3, 6, 7), np.float32), r"but \(1, bands, rows, cols\) with any number of"),
        ("pan", np.zeros((1, 2, 6, 7), np.float32), "with 1 bands is expected; give a PAN raster"),
        ("pan", np.zeros((1, 1, 6, 8), np.float32), "all must cover the same"),
        ("ratio", np.zeros((2,), np.float32), "one number is expected"),
    ],
)
def test_tensors_that_do_not_fit(tmp_path, name, values, sentence):
    session = opened(onnx_files.save(tmp_path / "net.onnx"))
    with pytest.raises(ModelError, match=sentence):
        session.run({**feeds(), name: values})


def test_custom_operators_are_refused(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx", onnx_files.custom_operator_model())
    with pytest.raises(ModelError, match=r"uses operators of 'org\.example\.sharp'"):
        opened(path)


def test_a_network_that_onnx_runtime_does_not_know(tmp_path):
    model = onnx_files.build(tail=[onnx.helper.make_node("Sharpen", ["sharp"], ["fused"])])
    sentence = (
        r"^ONNX Runtime cannot load the model 'net\.onnx' \(This is an invalid model.*Sharpen.*\), but a network that "
    )
    with pytest.raises(ModelError, match=sentence) as caught:
        opened(onnx_files.save(tmp_path / "net.onnx", model))
    assert str(tmp_path) not in str(caught.value)


def test_a_tile_that_the_network_cannot_take(tmp_path):
    """The graph reshapes to pairs of rows, so that odd sizes fail inside ONNX Runtime."""
    session = opened(onnx_files.save(tmp_path / "net.onnx", onnx_files.even_rows_model()))
    assert session.run(feeds(rows=6))["fused"].shape == (1, 3, 6, 7)
    sentence = r"'net\.onnx' failed on a tile \(.*cannot be reshaped.*correct halo"
    with pytest.raises(ModelError, match=sentence) as caught:
        session.run(feeds(rows=5))
    assert ".h:" not in str(caught.value)


def test_weights_beside_the_model_are_read(tmp_path):
    (tmp_path / "net.bin").write_bytes(np.array([onnx_files.WEIGHT], np.float32).tobytes())
    path = onnx_files.save(tmp_path / "net.onnx", onnx_files.external_model("net.bin"))
    one_file = onnx_files.save(tmp_path / "one.onnx")
    given = feeds()
    np.testing.assert_array_equal(opened(path).run(given)["fused"], opened(one_file).run(given)["fused"])


@pytest.mark.parametrize("in_branch", [False, True])
@pytest.mark.parametrize("location", ["../secret.bin", "{outside}", "a/../../secret.bin", "link/secret.bin", "C:\\x"])
def test_weights_outside_the_folder_are_refused(tmp_path, location, in_branch):
    outside = tmp_path / "outside"
    folder = tmp_path / "models"
    outside.mkdir()
    folder.mkdir()
    (folder / "link").symlink_to(outside)
    for secret in (outside / "secret.bin", tmp_path / "secret.bin"):
        secret.write_bytes(np.array([0.5], np.float32).tobytes())
    location = location.format(outside=outside / "secret.bin")
    path = onnx_files.save(folder / "net.onnx", onnx_files.external_model(location, in_branch))
    with pytest.raises(ModelError, match="outside its own folder, but only files beside it are read"):
        opened(path)


def test_weights_that_are_missing(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx", onnx_files.external_model("net.bin"))
    with pytest.raises(ModelError, match=r"keeps weights in 'net\.bin', which is missing"):
        opened(path)


def test_terminate_stops_a_run_within_half_a_second(tmp_path):
    session = opened(onnx_files.save(tmp_path / "net.onnx", onnx_files.slow_model(2000)), threads=1)
    asked: list[float] = []

    def stop() -> None:
        time.sleep(0.1)
        asked.append(time.monotonic())
        session.terminate()

    threading.Thread(target=stop).start()
    with pytest.raises(CancelledError):
        session.run(feeds(4, 1024, 1024))
    assert asked, "the run ended before it was stopped: it must be made longer"
    assert time.monotonic() - asked[0] < 0.5
    with pytest.raises(CancelledError):
        session.run(feeds())


def test_nothing_is_printed(tmp_path, capfd):
    session = opened(onnx_files.save(tmp_path / "net.onnx", onnx_files.nan_model()))
    with pytest.raises(ModelError):
        session.run(feeds())
    assert capfd.readouterr() == ("", "")


def test_a_name_that_is_no_text(tmp_path):
    data = onnx_files.save(tmp_path / "net.onnx").read_bytes()
    (tmp_path / "net.onnx").write_bytes(data.replace(b"pan", b"p\xffn"))
    with pytest.raises(ModelError, match=r"net\.onnx"):
        opened(tmp_path / "net.onnx")
