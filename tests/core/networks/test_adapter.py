"""What lies between a card and its graph: each form that exports have gives what the raw graph gives, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper

from rsfusion_qgis import tasks  # noqa: F401  cards are of tasks
from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.networks.adapter import Projection
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import card_from_document, card_to_text, read_card
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.networks.tensor_form import TensorForm
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.scaling import Scaling
from tests.exports import convolution, drawn, model_of, save_card

runtime = pytest.importorskip("onnxruntime")
ABC = tuple(map(Band, "abc"))
WIDE = (0.01, 100.0)


def card(inputs: tuple[InputSpec, ...], outputs: tuple[OutputSpec, ...], halo: int = 1, **more: Any) -> ModelCard:
    return ModelCard("small", "network_run", inputs, outputs, halo, **{"ratio_range": WIDE, **more})


def three(form: TensorForm | str = "NCHW", **more: Any) -> InputSpec:
    form = TensorForm(layout=form) if isinstance(form, str) else form
    return InputSpec("x", "raster1", ABC, tensor=form, **more)


def two_bands(form: str = "NCHW", **more: Any) -> OutputSpec:
    return OutputSpec("y", bands=(Band("p"), Band("q")), tensor=TensorForm(layout=form), **more)


def opened(path: Path, model: Any, told: ModelCard) -> InferenceSession:
    session = InferenceSession(save_card(path / "net.onnx", model, told), told, "cpu", 1)
    assert read_card(path / "net.onnx") == told, "the card goes through the file and back"
    return session


def noise(bands: int, rows: int, cols: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(1, bands, rows, cols)).astype(np.float32)


def raw(model: Any, feeds: dict[str, np.ndarray]) -> list[np.ndarray]:
    return runtime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, feeds)


def test_inputs_that_share_a_tensor_are_joined_in_the_cards_order(tmp_path: Path) -> None:
    form = TensorForm("x")
    told = card((InputSpec("a", "raster1", ABC, tensor=form), InputSpec("b", "raster2", (Band("pan"),), tensor=form),
                 InputSpec("c", "constant", value=(0.5,), tensor=form)), (two_bands(),))  # fmt: skip
    model, a, b = convolution(5, 2), noise(3, 20, 24), noise(1, 20, 24, 4)
    with opened(tmp_path, model, told) as session:
        found = session.run({"a": a, "b": b, "c": np.array([0.5], np.float32)})["y"]
    joined = np.concatenate([a, b, np.full_like(b, 0.5)], axis=1)
    np.testing.assert_allclose(found, raw(model, {"x": joined})[0], atol=1e-6)


def nhwc(bands_in: int, bands_out: int) -> Any:
    """As Keras exports: channels last on both sides."""
    nodes = [helper.make_node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]),
             helper.make_node("Conv", ["t", "w"], ["z"], kernel_shape=[3, 3], pads=[1] * 4),
             helper.make_node("Transpose", ["z"], ["y"], perm=[0, 2, 3, 1])]  # fmt: skip
    return model_of(nodes, {"x": ("n", "rows", "cols", bands_in)}, {"y": ("n", "rows", "cols", bands_out)},
                    {"w": drawn(bands_out, bands_in, 3, 3)})  # fmt: skip


def test_channels_last(tmp_path: Path) -> None:
    x = noise(3, 17, 23)
    with opened(tmp_path, nhwc(3, 2), card((three("NHWC"),), (two_bands("NHWC"),))) as session:
        found = session.run({"x": x})["y"]
    np.testing.assert_allclose(found, raw(convolution(3, 2), {"x": x})[0], atol=1e-6)


def test_an_axis_of_length_one_for_the_spectrum(tmp_path: Path) -> None:
    nodes = [helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3, 3], pads=[0, 1, 1, 0, 1, 1])]
    model = model_of(nodes, {"x": (1, 1, 3, "r", "c")}, {"y": (1, 2, 1, "r", "c")}, {"w": drawn(2, 1, 3, 3, 3)})
    told, x = card((three("N1CHW"),), (two_bands("NC1HW"),)), noise(3, 12, 11)
    with opened(tmp_path, model, told) as session:
        found = session.run({"x": x})["y"]
    np.testing.assert_allclose(found, raw(model, {"x": x[:, None]})[0][:, :, 0], atol=1e-6)


def fixed(bands: int, out: int, side: int, batch: int = 1) -> Any:
    nodes = [helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3], pads=[1] * 4)]
    return model_of(nodes, {"x": (batch, bands, side, side)}, {"y": (batch, out, side, side)},
                    {"w": drawn(out, bands, 3, 3)})  # fmt: skip


@pytest.mark.parametrize("batch", [1, 4])
@pytest.mark.parametrize("shape", [(32, 32), (20, 30), (70, 45), (33, 64)])
def test_tiles_and_batches_of_a_fixed_size(tmp_path: Path, batch: int, shape: tuple[int, int]) -> None:
    x = noise(3, *shape)
    with opened(tmp_path, fixed(3, 2, 32, batch), card((three(),), (two_bands(),))) as session:
        found = session.run({"x": x})["y"]
    assert found.shape == (1, 2, *shape)
    inner = (..., slice(1, -1), slice(1, -1))
    np.testing.assert_allclose(found[inner], raw(convolution(3, 2), {"x": x})[0][inner], atol=1e-6)


def test_an_output_that_lacks_a_margin_lies_in_the_middle(tmp_path: Path) -> None:
    model, x = convolution(3, 2, 5, padded=False), noise(3, 20, 22)
    with opened(tmp_path, model, card((three(),), (two_bands(),), halo=2, margin=2)) as session:
        found = session.run({"x": x})["y"]
    np.testing.assert_array_equal(found[:, :, 2:-2, 2:-2], raw(model, {"x": x})[0])


def patches(bands: int, window: int, classes: int, form: str = "NCHW", batch: Any = "n") -> Any:
    """Mean over the window of a convolution, then scores."""
    axes = {"NCHW": (batch, bands, window, window), "NHWC": (batch, window, window, bands)}[form]
    nodes = [] if form == "NCHW" else [helper.make_node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2])]
    nodes += [helper.make_node("Conv", ["x" if form == "NCHW" else "t", "w"], ["z"], kernel_shape=[3, 3]),
              helper.make_node("Relu", ["z"], ["r"]), helper.make_node("GlobalAveragePool", ["r"], ["g"]),
              helper.make_node("Flatten", ["g"], ["f"]), helper.make_node("MatMul", ["f", "v"], ["y"])]  # fmt: skip
    return model_of(nodes, {"x": axes}, {"y": (batch, classes)}, {"w": drawn(6, bands, 3, 3), "v": drawn(6, classes)})


def classes(count: int, form: str = "NC", **more: Any) -> OutputSpec:
    named = tuple(ClassSpec(f"class {n}", n) for n in range(1, count + 1))
    return OutputSpec("y", classes=named, tensor=TensorForm(layout=form), **more)


def by_hand(model: Any, x: np.ndarray, window: int, form: str = "NCHW") -> np.ndarray:
    """(classes, rows, cols) of a raw graph run on every window alone."""
    cut = np.lib.stride_tricks.sliding_window_view(x[0], (window, window), axis=(1, 2)).transpose(1, 2, 0, 3, 4)
    rows, cols = cut.shape[:2]
    flat = np.ascontiguousarray(cut).reshape(-1, *cut.shape[2:])
    flat = flat if form == "NCHW" else np.ascontiguousarray(flat.transpose(0, 2, 3, 1))
    return raw(model, {"x": flat})[0].T.reshape(-1, rows, cols)


@pytest.mark.parametrize("form", ["NCHW", "NHWC"])
@pytest.mark.parametrize("window", [5, 8])
def test_windows_tell_of_their_centre(tmp_path: Path, form: str, window: int) -> None:
    model, x = patches(3, window, 4, form), noise(3, 19, 21)
    told = card((three(form),), (classes(4),), halo=window // 2, window=window)
    with opened(tmp_path, model, told) as session:
        found = session.run({"x": x})["y"][0]
    wanted = by_hand(model, x, window, form)
    top = window // 2
    inner = found[:, top : top + wanted.shape[1], top : top + wanted.shape[2]]
    np.testing.assert_allclose(inner, wanted, atol=1e-5)


def test_windows_in_batches_of_a_fixed_size(tmp_path: Path) -> None:
    model, x = patches(3, 5, 4, batch=16), noise(3, 12, 13)
    with opened(tmp_path, model, card((three(),), (classes(4),), halo=2, window=5)) as session:
        found = session.run({"x": x})["y"][0]
    np.testing.assert_allclose(found[:, 2:-2, 2:-2], by_hand(patches(3, 5, 4), x, 5), atol=1e-5)


def test_windows_around_every_third_pixel_fill_their_blocks(tmp_path: Path) -> None:
    model, x = patches(3, 5, 4), noise(3, 18, 24)
    with opened(tmp_path, model, card((three(),), (classes(4),), halo=2, window=5)) as session:
        session.adapter.every = 3
        found = session.run({"x": x})["y"][0]
    wanted = by_hand(model, x, 5)
    for row in range(3, 12, 3):
        for col in range(3, 18, 3):
            block = found[:, row : row + 3, col : col + 3]
            centre = wanted[:, row + 1 - 2, col + 1 - 2]
            np.testing.assert_allclose(block, np.broadcast_to(centre[:, None, None], block.shape), atol=1e-5)


def test_spectrum_and_patch_of_one_raster(tmp_path: Path) -> None:
    """As two-branch networks want it: the centre's spectrum for 1-D layers, components of the window for 2-D ones."""
    nodes = [helper.make_node("MatMul", ["s", "v"], ["f"]), helper.make_node("Squeeze", ["f", "one"], ["q"]),
             helper.make_node("ReduceMean", ["p"], ["m"], axes=[2, 3], keepdims=0),
             helper.make_node("MatMul", ["m", "u"], ["g"]), helper.make_node("Add", ["q", "g"], ["y"])]  # fmt: skip
    model = model_of(nodes, {"s": ("n", 1, 3), "p": ("n", 2, 5, 5)}, {"y": ("n", 4)},
                     {"v": drawn(3, 4), "u": drawn(2, 4, seed=2), "one": np.array([1])})  # fmt: skip
    told = card((InputSpec("s", "raster1", ABC, tensor=TensorForm(layout="N1C")),
                 InputSpec("p", "raster1", ABC, again=True, components=2)), (classes(4),), halo=2,
                window=5)  # fmt: skip
    x, matrix = noise(3, 9, 10), drawn(2, 3, seed=5)
    with opened(tmp_path, model, told) as session:
        session.adapter.learn("p", Projection(np.zeros(3, np.float32), matrix))
        found = session.run({"s": x, "p": x})["y"][0]
    cut = np.lib.stride_tricks.sliding_window_view(np.einsum("kc,chw->khw", matrix, x[0]), (5, 5), axis=(1, 2))
    wanted = np.einsum("chw,ck->khw", x[0, :, 2:-2, 2:-2], drawn(3, 4))
    wanted = wanted + np.einsum("chw,ck->khw", cut.mean(axis=(3, 4)), drawn(2, 4, seed=2))
    np.testing.assert_allclose(found[:, 2:-2, 2:-2], wanted, atol=1e-5)


def test_each_patch_by_its_own_mean_and_deviation(tmp_path: Path) -> None:
    model, x = patches(3, 5, 4), 100 + 7 * noise(3, 11, 12)
    told = card((three(scaling=Scaling("patch")),), (classes(4),), halo=2, window=5)
    with opened(tmp_path, model, told) as session:
        found = session.run({"x": x})["y"][0, :, 4, 6]
    patch = x[0, :, 2:7, 4:9].astype(np.float64)
    patch = (patch - patch.mean(axis=(1, 2), keepdims=True)) / patch.std(axis=(1, 2), keepdims=True)
    np.testing.assert_allclose(found, raw(model, {"x": patch[None].astype(np.float32)})[0][0], atol=1e-4)


def test_what_is_learned_as_a_difference_is_added_to_its_input(tmp_path: Path) -> None:
    model, x = convolution(3, 3), noise(3, 15, 16)
    told = card((three(),), (OutputSpec("y", "raster1", add="raster1"),))
    with opened(tmp_path, model, told) as session:
        found = session.run({"x": x})["y"]
    np.testing.assert_allclose(found, x + raw(model, {"x": x})[0], atol=1e-6)


def test_a_difference_is_added_to_a_coarser_input_interpolated(tmp_path: Path) -> None:
    nodes = [helper.make_node("Conv", ["p", "w"], ["y"], kernel_shape=[1, 1]),
             helper.make_node("ReduceMean", ["x"], ["unused"])]  # fmt: skip
    model = model_of(nodes, {"x": (1, 3, "r", "c"), "p": (1, 1, "rows", "cols")}, {"y": (1, 3, "rows", "cols")},
                     {"w": np.zeros((3, 1, 1, 1), np.float32)})  # fmt: skip
    told = card((InputSpec("x", "raster1", ABC, ratio=4), InputSpec("p", "raster2", (Band("pan"),))),
                (OutputSpec("y", "raster1", add="raster1"),), halo=12)  # fmt: skip
    rows, cols = np.mgrid[0:10, 0:12]
    plane = (2.0 * rows + 3.0 * cols)[None, None].repeat(3, axis=1).astype(np.float32)
    with opened(tmp_path, model, told) as session:
        found = session.run({"x": plane, "p": noise(1, 40, 48)})["y"]
    fine_rows, fine_cols = np.mgrid[0:40, 0:48]
    wanted = 2.0 * ((fine_rows + 0.5) / 4 - 0.5) + 3.0 * ((fine_cols + 0.5) / 4 - 0.5)
    np.testing.assert_allclose(found[0, 0, 12:-12, 12:-12], wanted[12:-12, 12:-12], atol=1e-3)


TYPES = {"float16": TensorProto.FLOAT16, "uint8": TensorProto.UINT8, "int32": TensorProto.INT32,
         "float64": TensorProto.DOUBLE}  # fmt: skip


@pytest.mark.parametrize("kind", TYPES)
def test_other_types(tmp_path: Path, kind: str) -> None:
    nodes = [helper.make_node("Add", ["x", "x"], ["y"])]
    model = model_of(nodes, {"x": (1, 3, "r", "c")}, {"y": (1, 3, "r", "c")}, {}, dict.fromkeys("xy", TYPES[kind]))
    form = TensorForm(dtype=kind)
    told = card((three(form),), (OutputSpec("y", bands=ABC, tensor=form),), halo=0)
    x = np.array([-3.0, 0.4, 1.6, 7.0, 90.0, 400.0], np.float32).reshape(1, 1, 2, 3).repeat(3, axis=1)
    with opened(tmp_path, model, told) as session:
        found = session.run({"x": x})["y"][0, 0]
    whole = np.clip(np.rint(x[0, 0]), 0, 255) if kind == "uint8" else np.rint(x[0, 0])
    wanted = 2 * whole if kind in ("uint8", "int32") else 2 * x[0, 0].astype(kind)
    np.testing.assert_allclose(found, np.mod(wanted, 256) if kind == "uint8" else wanted, rtol=1e-3)
    assert found.dtype == np.float32


def test_some_outputs_of_several_are_kept(tmp_path: Path) -> None:
    nodes = [helper.make_node("Identity", ["x"], ["first"]), helper.make_node("Neg", ["x"], ["y"]),
             helper.make_node("Abs", ["x"], ["last"])]  # fmt: skip
    free = (1, 3, "r", "c")
    model, x = model_of(nodes, {"x": free}, {"first": free, "y": free, "last": free}, {}), noise(3, 8, 9)
    told = card((three(),), (OutputSpec("last", bands=ABC), OutputSpec("y", bands=tuple(map(Band, "def")))), halo=0)
    with opened(tmp_path, model, told) as session:
        found = session.run({"x": x})
    assert set(found) == {"last", "y"}
    np.testing.assert_array_equal(found["y"], -x)


@pytest.mark.parametrize("axes", [(1,), (), (1, 1), ("n", 1)])
def test_numbers_in_the_shape_that_the_graph_wants(tmp_path: Path, axes: tuple[Any, ...]) -> None:
    model = model_of([helper.make_node("Mul", ["x", "k"], ["y"])] if len(axes) < 2 else [
        helper.make_node("Reshape", ["k", "flat"], ["f"]), helper.make_node("Mul", ["x", "f"], ["y"])],
        {"x": (1, 3, "r", "c"), "k": axes}, {"y": (1, 3, "r", "c")}, {"flat": np.array([1])})  # fmt: skip
    told = card((three(), InputSpec("k", "constant", value=(2.5,))), (OutputSpec("y", bands=ABC),), halo=0)
    x = noise(3, 8, 8)
    with opened(tmp_path, model, told) as session:
        found = session.run({"x": x, "k": np.array([2.5], np.float32)})["y"]
    np.testing.assert_allclose(found, 2.5 * x)


def test_labels_become_classes(tmp_path: Path) -> None:
    nodes = [helper.make_node("ArgMax", ["x"], ["y"], axis=1, keepdims=0)]
    model = model_of(nodes, {"x": (1, 3, "r", "c")}, {"y": (1, "r", "c")}, {}, {"y": TensorProto.INT64})
    out = OutputSpec("y", classes=tuple(ClassSpec(n, k) for k, n in enumerate("abc", start=1)), scores="labels",
                     tensor=TensorForm(layout="NHW", dtype="int64"))  # fmt: skip
    x = noise(3, 8, 9)
    with opened(tmp_path, model, card((three(),), (out,), halo=0)) as session:
        found = session.run({"x": x})["y"]
    np.testing.assert_array_equal(found.argmax(axis=1), x.argmax(axis=1))


@pytest.mark.parametrize("scores", ["logits", "probabilities"])
def test_one_channel_stands_for_the_second_of_two_classes(tmp_path: Path, scores: str) -> None:
    nodes = [helper.make_node("Conv", ["x", "w"], ["z"], kernel_shape=[1, 1]),
             helper.make_node("Sigmoid" if scores == "probabilities" else "Identity", ["z"], ["y"])]  # fmt: skip
    model = model_of(nodes, {"x": (1, 3, "r", "c")}, {"y": (1, 1, "r", "c")}, {"w": drawn(1, 3, 1, 1)})
    x = noise(3, 8, 9)
    with opened(tmp_path, model, card((three(),), (classes(2, "NCHW", scores=scores),), halo=0)) as session:
        found = session.run({"x": x})["y"]
    one = raw(model, {"x": x})[0]
    other = 1 - one if scores == "probabilities" else np.zeros_like(one)
    np.testing.assert_allclose(found, np.concatenate([other, one], axis=1), atol=1e-6)


def test_values_beyond_the_range_are_clipped(tmp_path: Path) -> None:
    x = noise(3, 9, 9)
    with opened(tmp_path, convolution(3, 2), card((three(clip=(-0.5, 0.25)),), (two_bands(),))) as session:
        found = session.run({"x": x})["y"]
    np.testing.assert_allclose(found, raw(convolution(3, 2), {"x": np.clip(x, -0.5, 0.25)})[0], atol=1e-6)


# What cannot be


def hostile(**more: Any) -> ModelCard:
    return card((three(),), (two_bands(),), **more)


REFUSED = {
    "a margin beyond the halo": (lambda: hostile(margin=9), "margin is 9 and the halo 1, but a halo of at least"),
    "a huge margin": (lambda: hostile(margin=10**9), "margin is 1000000000, but a whole number from 0 to 4096"),
    "a negative window": (lambda: hostile(window=-3), "window is -3, but a whole number from 0 to 255"),
    "a window without its halo": (lambda: hostile(window=11), "window is 11 and the halo 1, but a halo of 5"),
    "an axis twice": (lambda: card((three("NCCH"),), (two_bands(),)), "layout of a tensor is 'NCCH', but one letter"),
    "an axis unknown": (lambda: card((three("NTHW"),), (two_bands(),)), "layout of a tensor is 'NTHW'"),
    "rows without columns": (lambda: card((three("NCH"),), (two_bands(),)), "H and W together"),
    "no rows in a tile": (lambda: card((three("NC"),), (two_bands(),)), "layout NC without rows and columns"),
    "patches without a window": (
        lambda: card((three(scaling=Scaling("patch")),), (two_bands(),)), "scaled patch by patch and the card has no"),
    "adds what is not there": (lambda: card((three(),), (two_bands(add="raster3"),)), "adds 'raster3', but the role"),
    "a constant without numbers": (
        lambda: card((three(), InputSpec("k", "constant")), (two_bands(),)), "0 numbers as its value, but one or more"),
    "numbers of a raster": (lambda: card((three(value=(1.0,)),), (two_bands(),)), "1 numbers as its value"),
    "a date of nothing": (
        lambda: card((three(), InputSpec("d", "date", date_of="raster2")), (two_bands(),)), "is the date of 'raster2'"),
    "a wrong range": (lambda: card((three(clip=(1.0, 0.0)),), (two_bands(),)), "the lower first"),
    "more components than bands": (lambda: card((three(components=4),), (two_bands(),)), "3 bands and 4 components"),
    "joined and not": (
        lambda: card((InputSpec("a", "raster1", ABC, tensor=TensorForm("b")), InputSpec("b", "raster2", ABC)),
                     (two_bands(),)), "The tensor 'b' is one input and a part of another"),
    "joined and unlike": (
        lambda: card((InputSpec("a", "raster1", ABC, tensor=TensorForm("t")),
                      InputSpec("b", "raster2", ABC, tensor=TensorForm("t", "NHWC"))), (two_bands(),)),
        "share the tensor 't' and differ in layout"),
    "again and never before": (lambda: card((three(again=True),), (two_bands(),)), "have the roles nothing"),
    "labels of nothing": (lambda: card((three(),), (two_bands(scores="labels"),)), "has labels and no classes"),
    "an unknown type": (lambda: card((three(TensorForm(dtype="complex64")),), (two_bands(),)), "dtype of a tensor"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_card_that_cannot_be_is_refused_in_one_sentence(case: str) -> None:
    make, words = REFUSED[case]
    with pytest.raises(ModelError, match=words) as refused:
        make()
    assert str(refused.value).count("\n") == 0 and str(refused.value).endswith(".")


MISFITS = {
    "five channels": (convolution(5, 2), card((three(),), (two_bands(),)), "of 5 channels, but its card names 3 bands"),
    "a fixed tile below its halo": (fixed(3, 2, 16), hostile(halo=8), "tiles of 16 pixels, but its card says a halo "
                                                                      "of 8"),
    "another axis": (nhwc(3, 2), card((three(),), (two_bands(),)), "but its card promises 3 x 3 pixels"),
    "no axis of length one": (convolution(3, 2), card((three("N1CHW"),), (two_bands(),)), "its layout is N1CHW"),
    "a type that is not told": (
        model_of([helper.make_node("Identity", ["x"], ["y"])], {"x": (1, 3, "r", "c")}, {"y": (1, 3, "r", "c")}, {},
                 dict.fromkeys("xy", TensorProto.FLOAT16)),
        card((three(),), (OutputSpec("y", bands=ABC),), halo=0), "write float16 into 'dtype'"),
    "too many numbers": (
        model_of([helper.make_node("Mul", ["x", "k"], ["y"])], {"x": (1, 3, "r", "c"), "k": (1,)},
                 {"y": (1, 3, "r", "c")}, {}),
        card((three(), InputSpec("k", "constant", value=(1.0, 2.0))), (OutputSpec("y", bands=ABC),), halo=0),
        "its card gives it 2 numbers"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISFITS)
def test_a_graph_of_another_form_is_refused_in_one_sentence(tmp_path: Path, case: str) -> None:
    model, told, words = MISFITS[case]
    with pytest.raises(ModelError, match=words or ""):
        session = InferenceSession(save_card(tmp_path / "net.onnx", model, told), told, "cpu", 1)
        session.run({"x": noise(3, 16, 16)})


def test_a_stac_item_says_the_layout() -> None:
    told = card((three("NHWC"),), (two_bands("NHWC"),))
    text = card_to_text(told)
    assert '"height",\n' in text and '"dim_order"' in text
    import json

    item = json.loads(text)
    assert item["properties"]["mlm:input"][0]["input"]["dim_order"] == ["batch", "height", "width", "bands"]
    assert card_from_document(item) == told
