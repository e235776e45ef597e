"""What a network costs: operations against counts by hand, receptive fields, any ONNX file, and an end on request."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.basics.errors import CancelledError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.networks.graph_outline import outline
from rsfusion_qgis.core.networks.indicators import flop, measure, wanted
from tests import onnx_files

pytest.importorskip("onnxruntime")
pytestmark = pytest.mark.usefixtures("network")

LITERATURE = Path(__file__).parents[3] / "models" / "pansharpening" / "literature"


def conv(inputs: int, outputs: int, side: int) -> int:
    """Operations of one convolution per pixel: a multiply-add counts twice."""
    return 2 * inputs * outputs * side * side


BY_HAND = {
    "apnn": (conv(5, 48, 9) + conv(48, 32, 5) + conv(32, 4, 5), 4 + 2 + 2),
    "dicnn": (conv(5, 64, 3) + conv(64, 64, 3) + conv(64, 4, 3), 3),
    "fusionnet": (conv(4, 32, 3) + 8 * conv(32, 32, 3) + conv(32, 4, 3), 10),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_operations_and_receptive_field_as_counted_by_hand(name: str) -> None:
    path = LITERATURE / f"pansharpening_{name}_4band.onnx"
    card = read_card(path)
    found = measure(path, card, Monitor(), threads=1)
    count, reach = BY_HAND[name]
    assert found.flop_per_pixel == pytest.approx(count, rel=0.01)
    assert (found.reach_px, found.at_least) == (reach, False)
    assert found.weights == card.total_parameters
    assert found.file_bytes == path.stat().st_size
    assert found.seconds_per_mpx and found.peak_bytes and found.peak_bytes > 2**20
    assert found.remarks == ()


def test_every_shipped_card_says_its_operations() -> None:
    for path in shipped_networks():
        assert read_card(path).flop_per_pixel, path.name


def test_products_and_turned_convolutions() -> None:
    """Axes are given, so that each kind of operator is counted alone."""
    nodes = [
        helper.make_node("ConvTranspose", ["x", "w"], ["up"], strides=[2, 2]),
        helper.make_node("MatMul", ["a", "b"], ["ab"]),
        helper.make_node("Gemm", ["c", "d"], ["cd"], transA=1),
        helper.make_node("Einsum", ["e", "f"], ["ef"], equation="bij,bjk->bik"),
        helper.make_node("Relu", ["up"], ["active"]),
    ]
    weight = numpy_helper.from_array(np.zeros((3, 5, 2, 2), np.float32), "w")
    graph = helper.make_graph(nodes, "g", [_any("x")], [_any("ef")], initializer=[weight])
    model = helper.make_model(graph, ir_version=8)
    found = _outline_of(model)
    assert found.shapes == {"w": (3, 5, 2, 2)} and found.weights == 60
    assert wanted(found) == ["ab", "cd"]
    shapes = {"x": (1, 3, 7, 7), "ab": (6, 4), "a": (6, 9), "cd": (2, 8), "c": (5, 2), "e": (2, 3, 4), "f": (2, 4, 5)}
    expected = 3 * 49 * 5 * 4 + 6 * 4 * 9 + 2 * 8 * 5 + 2 * 3 * 4 * 5
    assert flop(found, {**found.shapes, **shapes}) == 2 * expected


def test_a_file_without_a_card(tmp_path: Path) -> None:
    weight = numpy_helper.from_array(np.ones((6, 3, 5, 5), np.float32) / 75, "w")
    node = helper.make_node("Conv", ["x", "w"], ["y"], pads=[2, 2, 2, 2])
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "h", "w_"])
    graph = helper.make_graph([node], "g", [given], [_any("y", 4)], initializer=[weight])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    found = measure(onnx_files.save_bare(tmp_path / "bare.onnx", model), None, Monitor(), threads=1)
    assert found.flop_per_pixel == conv(3, 6, 5)
    assert (found.reach_px, found.weights, found.bands) == (2, 450, {"x": 3})


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    """Two inputs of unknown sizes that do not fit each other: nothing is made up."""
    nodes = [
        helper.make_node("ConvTranspose", ["x", "w"], ["up"], strides=[2, 2]),
        helper.make_node("Add", ["up", "fine"], ["y"]),
    ]
    weight = numpy_helper.from_array(np.ones((4, 4, 2, 2), np.float32), "w")
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 4, f"h{name}", f"w{name}"])
              for name in ("x", "fine")]  # fmt: skip
    graph = helper.make_graph(nodes, "g", inputs, [_any("y", 4)], initializer=[weight])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    found = measure(onnx_files.save_bare(tmp_path / "two.onnx", model), None, Monitor(), threads=1)
    assert found.flop_per_pixel is None and found.seconds_per_mpx is None and found.reach_px is None
    assert len(found.remarks) == 3 and all("Not measured" in text for text in found.remarks)


def test_a_cancel_ends_it_at_once(tmp_path: Path) -> None:
    path = onnx_files.save(tmp_path / "slow.onnx", onnx_files.slow_model(300))
    ends = time.monotonic() + 1.0

    class Impatient(Monitor):
        def is_cancelled(self) -> bool:
            return time.monotonic() > ends

    card = read_card(path)
    with pytest.raises(CancelledError):
        measure(path, card, Impatient(), threads=1)
    assert time.monotonic() < ends + 10.0  # the first trial of an unknown network included


def _any(name: str, rank: int = 4) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [f"{name}{axis}" for axis in range(rank)])


def _outline_of(model: onnx.ModelProto) -> object:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.onnx"
        path.write_bytes(model.SerializeToString())
        return outline(path)
