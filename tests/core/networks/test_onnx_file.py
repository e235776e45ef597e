"""What the walk through an ONNX file finds, held against the onnx package's own reading."""

from __future__ import annotations

import os
import time

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.networks.onnx_file import file_sha256, inspect, read_metadata, require_inside
from rsfusion_qgis.core.networks.onnx_wire import FIELDS
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


def number(value: int, padding: int = 0) -> bytes:
    """A number as protobuf writes it; with `padding` so many bytes longer than it need be."""
    parts = []
    while True:
        parts.append(value & 127)
        value >>= 7
        if not value:
            break
    parts += [0] * padding
    return bytes([part | 128 for part in parts[:-1]] + parts[-1:])


def field(place: int, content: bytes, padding: int = 0, more: int = 0) -> bytes:
    """A field of bytes; `padding` goes into its length, `more` is added to its key."""
    return number((place << 3 | 2) + more) + number(len(content), padding) + content


def graph_with(tensor: bytes, **odd: int) -> bytes:
    """A graph in which only that tensor is, as the field of a model."""
    return field(7, field(5, tensor, **odd))


OUTSIDE = field(1, b"location") + field(2, b"../secret.bin")
BEGIN = b"\x08\x08"  # IR version 8
NOT_CANONICAL = {
    "key beyond 32 bits": graph_with(field(13, OUTSIDE, more=2**32)),
    "key beyond 64 bits": graph_with(field(13, OUTSIDE, more=2**64)),
    "long length": graph_with(field(13, OUTSIDE, padding=1)),
    "long key": field(7, b"") + b"\xc2\x00" + number(0),
    "long value": field(7, b"") + b"\x28\x81\x00",
    "group": field(7, b"\x0b\x0c"),
    "wire type 6": field(7, b"\x0e"),
    "field 0": field(7, b"\x02\x00"),
    "unknown field": field(7, b"") + field(99, OUTSIDE),
    "unknown field of a tensor": graph_with(field(17, OUTSIDE)),
    "wrong kind": graph_with(number(13 << 3) + b"\x01"),
    "two graphs": graph_with(b"") + graph_with(field(13, OUTSIDE)),
    "two keys": graph_with(field(13, OUTSIDE + field(1, b"location"))),
    "two values": graph_with(field(13, OUTSIDE + field(2, b"inside.bin"))),
}


@pytest.mark.parametrize("name", NOT_CANONICAL)
def test_what_readers_of_protobuf_take_in_different_ways_is_refused(tmp_path, name):
    (tmp_path / "net.onnx").write_bytes(BEGIN + NOT_CANONICAL[name])
    with pytest.raises(ModelError, match="truncated or damaged"):
        inspect(tmp_path / "net.onnx")


def test_the_same_weights_in_one_form_are_seen(tmp_path):
    (tmp_path / "net.onnx").write_bytes(BEGIN + graph_with(field(13, OUTSIDE)))
    assert inspect(tmp_path / "net.onnx").external == ("../secret.bin",)


MESSAGES = {one: one.capitalize() for one in FIELDS}
MESSAGES.update(training="TrainingInfo", sparse="SparseTensor", pair="StringStringEntry")


@pytest.mark.parametrize("message", FIELDS)
def test_the_fields_are_those_of_onnx(message):
    """A field that a later ONNX adds must be looked at: weights, graphs or functions may lie in it."""
    ours, theirs = FIELDS[message], getattr(onnx, f"{MESSAGES[message]}Proto").DESCRIPTOR.fields_by_number
    assert set(ours) == set(theirs)
    names = {f"{name}Proto": key for key, name in MESSAGES.items()}
    wires = {1: 1, 2: 5, 3: 0, 4: 0, 5: 0, 14: 0, 9: 2, 11: 2, 12: 2}
    for place, (wire, again, inner) in ours.items():
        one = theirs[place]
        assert wire == wires[one.type]
        assert again == (one.is_repeated if hasattr(one, "is_repeated") else one.label == one.LABEL_REPEATED)
        assert inner in ("", names.get(one.message_type.name, "") if one.message_type else "")
        if one.message_type is not None and one.message_type.name in names:
            assert inner or one.message_type.name == "StringStringEntryProto"


@pytest.mark.parametrize("inner", [b"\x0a\x00", b"\x5a\x00"], ids=["nodes", "inputs"])
def test_a_file_of_empty_fields_takes_little_time(tmp_path, inner):
    (tmp_path / "net.onnx").write_bytes(BEGIN + field(7, inner * 3_000_000))
    started = time.process_time()
    with pytest.raises(ModelError, match=r"has more than .*, but no network in use has that many"):
        inspect(tmp_path / "net.onnx")
    assert time.process_time() - started < 10


@pytest.mark.parametrize("location", ["a\0b", "x" * 5000, "circle", "/etc/passwd", "C:\\a", "..\\a", "a/../b", ""])
def test_a_place_that_no_weights_can_lie_in(tmp_path, location):
    path = onnx_files.save(tmp_path / "net.onnx")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(ModelError, match="keeps weights in"):
        require_inside(path, (location,))
