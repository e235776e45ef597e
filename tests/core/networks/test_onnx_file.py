"""What the walk through an ONNX file finds, held against the onnx package's own reading."""

from __future__ import annotations

import os

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.networks.onnx_file import file_sha256, inspect, read_metadata, require_inside
from tests import onnx_files


def outside_tensor(location: str) -> TensorProto:
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[1], data_location=TensorProto.EXTERNAL)
    for key, value in (("offset", "0"), ("location", location)):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    return tensor


def add_weight(model: onnx.ModelProto, tensor: TensorProto) -> None:
    model.graph.initializer.append(tensor)


def add_attribute(model: onnx.ModelProto, tensor: TensorProto) -> None:
    model.graph.node.append(helper.make_node("Constant", [], ["c"], value=tensor))


def add_attribute_list(model: onnx.ModelProto, tensor: TensorProto) -> None:
    node = helper.make_node("Constant", [], ["c"])
    node.attribute.append(helper.make_attribute("values", [tensor]))
    model.graph.node.append(node)


def add_sparse(model: onnx.ModelProto, tensor: TensorProto) -> None:
    indices = numpy_helper.from_array(np.array([0], np.int64), "i")
    model.graph.sparse_initializer.append(helper.make_sparse_tensor(tensor, indices, [1]))


def add_branch(model: onnx.ModelProto, tensor: TensorProto) -> None:
    inner = helper.make_graph([], "inner", [], [], initializer=[tensor])
    outer = helper.make_graph([helper.make_node("If", ["c"], ["x"], then_branch=inner)], "outer", [], [])
    model.graph.node.append(helper.make_node("Loop", ["n"], ["y"], body=outer))


def add_function(model: onnx.ModelProto, tensor: TensorProto) -> None:
    node = helper.make_node("Constant", [], ["c"], value=tensor)
    opset = [helper.make_opsetid("", 17)]
    model.functions.append(helper.make_function("own", "Give", [], ["c"], [node], opset))


def add_training(model: onnx.ModelProto, tensor: TensorProto) -> None:
    model.training_info.add().algorithm.initializer.append(tensor)


PLACES = [add_weight, add_attribute, add_attribute_list, add_sparse, add_branch, add_function, add_training]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_outside_weights_are_found_wherever_they_hide(tmp_path, place):
    model = onnx_files.build()
    place(model, outside_tensor("weights.bin"))
    path = onnx_files.save_bare(tmp_path / "net.onnx", model)
    assert inspect(path).external == ("weights.bin",)


def test_a_whole_file_reaches_nowhere(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx")
    found = inspect(path)
    assert (found.external, found.domains) == ((), ())
    assert found.metadata == {entry.key: entry.value for entry in onnx.load(str(path)).metadata_props}
    assert read_metadata(path) == found.metadata


def test_operators_that_the_file_defines_itself_are_its_own(tmp_path):
    model = onnx_files.custom_operator_model()
    path = onnx_files.save_bare(tmp_path / "net.onnx", model)
    assert "org.example.sharp" in inspect(path).domains
    identity = [helper.make_node("Identity", ["x"], ["y"])]
    opset = [helper.make_opsetid("", 17)]
    model.functions.append(
        helper.make_function("org.example.sharp", "Sharpen", ["x"], ["y"], identity, opset)
    )
    assert "org.example.sharp" not in inspect(onnx_files.save_bare(path, model)).domains


def test_graphs_nested_too_deeply_are_refused(tmp_path):
    graph = helper.make_graph([], "innermost", [], [])
    for _ in range(20):
        graph = helper.make_graph([helper.make_node("If", ["c"], ["x"], then_branch=graph)], "outer", [], [])
    model = onnx_files.build()
    model.graph.node.append(helper.make_node("If", ["c"], ["x"], then_branch=graph))
    with pytest.raises(ModelError, match="truncated or damaged"):
        inspect(onnx_files.save_bare(tmp_path / "net.onnx", model))


def test_a_file_larger_than_the_format_allows(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx")
    os.truncate(path, 2**31)
    with pytest.raises(ModelError, match="has 2147483648 bytes, but an ONNX file has at most 2147483647"):
        inspect(path)


def test_weights_larger_than_is_accepted(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx", onnx_files.external_model("net.bin"))
    (tmp_path / "net.bin").touch()
    os.truncate(tmp_path / "net.bin", 9 * 2**30)
    with pytest.raises(ModelError, match="bytes with its weights, but at most"):
        require_inside(path, ("net.bin",))


def test_weights_in_a_folder_below_are_beside(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx")
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "a.bin").touch()
    require_inside(path, ("weights/a.bin", "./weights/a.bin"))


def test_the_hash_is_that_of_the_file(tmp_path):
    (tmp_path / "abc").write_bytes(b"abc")
    # The example of FIPS 180-2, appendix B.1.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file_sha256(tmp_path / "abc") == expected
