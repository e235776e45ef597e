"""What is written into a card comes back from it, STAC's own tools read it, and every flaw gets one sentence."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rsfusion_qgis.core.basics.errors import LONGEST, ModelError
from rsfusion_qgis.core.networks import card_tasks as contract
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import (
    MAX_CARD_BYTES,
    card_from_fields,
    card_from_item,
    card_to_text,
    read_card,
)
from rsfusion_qgis.core.networks.card_stac import CLASSES_SCHEMA, card_to_item
from rsfusion_qgis.core.networks.card_tasks import CardRoles, require_task
from rsfusion_qgis.core.networks.learned import LearnedRange
from rsfusion_qgis.core.networks.onnx_file import file_sha256
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.scaling import Scaling
from tests import onnx_files

RED, NIR = Band("red", 0.665), Band("nir", 0.842)
PAN = InputSpec("pan", "pan", (Band("pan"),), scaling=Scaling("linear", 100, 50.5))
FULL = ModelCard(
    name="Sharp 2.1",
    task="pansharpening",
    inputs=(
        InputSpec("ms", "ms", (RED, NIR), ratio=4, required=False, stand_in=-1.0, resampling="bilinear"),
        PAN,
    ),
    outputs=(OutputSpec("fused", "ms"),),
    halo=38,
    multiple_of=4,
    max_shift_px=0.75,
    ratio_range=(2.0, 6.0),
    architecture="pan_basis_fusion",
    version="2.1.0",
    license="CC-BY-4.0",
    description="A network for tests.",
    created="2026-01-02T03:04:05Z",
    training_data=("scenes of one kind", "scenes of another"),
    training_terms="free for any use",
    quality=(("ERGAS", 2.5), ("SAM in degrees", 3.0)),
    sha256="0123456789abcdef" * 4,
    total_parameters=75123,
    flop_per_pixel=((4, 157e3), (8, 260e3)),
)
ANY = onnx_files.card()
CLASSES = ModelCard(
    "Land cover",
    "classification",
    (
        InputSpec("hs", "hs", (RED, NIR), scaling=Scaling("bands", offsets=(1.0, 2.0), scales=(3.0, 4.0))),
        InputSpec("lidar", "lidar", (Band("height"),), required=False, stand_in=-1e6, resampling="bilinear",
                  heights="EGM96 height", learned=(LearnedRange(-1.5, 30.0, 0.01, -5.0),)),
    ),
    (
        OutputSpec(
            "cover", classes=(ClassSpec("open water", 3, "#0000ff"), ClassSpec("land", 7)), scores="probabilities"
        ),
    ),
    halo=0,
)
SHORT = {
    "task": "pansharpening",
    "halo": 12,
    "inputs": [{"name": "ms", "role": "ms"}, {"name": "pan", "role": "pan", "bands": 1}],
    "outputs": [{"name": "fused", "like": "ms"}],
}


@pytest.mark.parametrize("card", [FULL, ANY, CLASSES], ids=lambda card: card.name)
class TestItem:
    def test_a_card_comes_back(self, card):
        assert card_from_item(json.loads(card_to_text(card))) == card

    def test_it_is_a_stac_item(self, card):
        jsonschema = pytest.importorskip("jsonschema")
        referencing = pytest.importorskip("referencing")
        local = pytest.importorskip("pystac.validation.local_validator")
        schemas = local.get_local_schema_cache()
        known = referencing.Registry().with_resources(
            [(address, referencing.Resource.from_contents(schema)) for address, schema in schemas.items()]
        )
        schema = next(text for address, text in schemas.items() if address.endswith("/item.json"))
        assert not list(jsonschema.Draft7Validator(schema, registry=known).iter_errors(card_to_item(card)))

    def test_the_extensions_library_accepts_it(self, card):
        schema = pytest.importorskip("stac_model.schema")
        properties = card_to_item(card)["properties"]
        model = schema.MLModelProperties.model_validate(properties)
        assert model.name == card.name
        assert [one.name for one in model.input] == [spec.name for spec in card.inputs]
        # What is not in the library's model would be an unknown field of the extension.
        aliases = {field.alias for field in schema.MLModelProperties.model_fields.values()}
        assert {key for key in properties if key.startswith("mlm:")} <= aliases

    def test_pystac_reads_it(self, card):
        pystac = pytest.importorskip("pystac")
        extension = pytest.importorskip("pystac.extensions.mlm")
        read = extension.MLMExtension.ext(pystac.Item.from_dict(card_to_item(card)))
        assert (read.mlm_name, read.framework, read.tasks) == (card.name, "ONNX", [require_task(card.task).mlm_task])
        assert [one.name for one in read.output] == [spec.name for spec in card.outputs]


def test_the_items_words():
    item = card_to_item(FULL, "./sharp.onnx", 4711)
    ms, pan = item["properties"]["mlm:input"]
    assert ms["bands"] == ["red", "nir"]
    assert ms["input"] == {
        "shape": [1, 2, -1, -1],
        "dim_order": ["batch", "bands", "height", "width"],
        "data_type": "float32",
    }
    assert pan["value_scaling"] == [{"type": "z-score", "mean": 100, "stddev": 50.5}]
    assert (ms["rsfusion:role"], ms["rsfusion:ratio"]) == ("ms", 4)
    model = item["assets"]["model"]
    assert (model["href"], model["file:size"]) == ("./sharp.onnx", 4711)
    assert model["file:checksum"] == "1220" + FULL.sha256
    assert {"name": "red", "eo:center_wavelength": 0.665} in model["bands"]
    assert item["properties"]["rsfusion:halo"] == 38
    assert item["id"] == "sharp-2-1"


def test_classes_are_the_classification_extensions():
    output = card_to_item(CLASSES)["properties"]["mlm:output"][0]
    assert output["classification:classes"] == [
        {"value": 3, "name": "open-water", "description": "open water", "color_hint": "0000FF"},
        {"value": 7, "name": "land", "description": "land"},
    ]
    assert output["result"]["shape"] == [1, 2, -1, -1]
    assert CLASSES_SCHEMA in card_to_item(CLASSES)["stac_extensions"]


def test_a_task_is_known_as_soon_as_it_is_registered(monkeypatch):
    toy = {"task": "dehazing", "halo": 0, "inputs": [{"name": "x", "role": "haze"}],
           "outputs": [{"name": "y", "like": "haze"}]}  # fmt: skip
    with pytest.raises(ModelError, match=r"The task is 'dehazing', but only .*'pansharpening'"):
        card_from_fields({"name": "Toy net", **toy})
    monkeypatch.setattr(contract, "_lookup", contract._lookup)
    contract.register(lambda: {"dehazing": CardRoles(("haze",), (), "generative")})
    card = card_from_fields({"name": "Toy net", **toy})
    assert card_from_item(card_to_item(card)) == card
    assert card_to_item(card)["properties"]["mlm:tasks"] == ["generative"]
    with pytest.raises(ModelError, match="only 'dehazing' can be used"):
        replace(FULL, halo=1)


@given(
    halo=st.integers(0, 4096),
    multiple_of=st.integers(1, 64),
    shift=st.floats(0, 100),
    offset=st.floats(-1e6, 1e6),
    scale=st.floats(1e-6, 1e6),
    wavelength=st.none() | st.floats(0.1, 20),
    text=st.text(st.characters(exclude_categories=["C"]), max_size=20),
)
def test_any_card_comes_back(halo, multiple_of, shift, offset, scale, wavelength, text):
    ms = InputSpec("ms", "ms", (Band("b", wavelength),), scaling=Scaling("linear", offset, scale))
    card = replace(FULL, halo=halo, multiple_of=multiple_of, max_shift_px=shift, description=text, inputs=(ms, PAN))
    assert card_from_item(json.loads(card_to_text(card))) == card


FLAWS = {
    "halo below zero": ({"halo": -1}, "The halo is -1, but a whole number from 0"),
    "halo beyond memory": ({"halo": 10**9}, "The halo is 1000000000, but a whole number from 0 to 4096"),
    "multiple_of": ({"multiple_of": 0}, "multiple_of is 0, but a whole number from 1"),
    "shift": ({"max_shift_px": -0.5}, "max_shift_px is -0.5, but a finite number from 0 on"),
    "ratio range": ({"ratio_range": (8.0, 1.5)}, "ratio_range is 8.0 to 1.5, but two numbers above zero"),
    "nodata": ({"nodata": "zero"}, "nodata policy is 'zero', but only 'mask'"),
    "task": ({"task": "dehazing"}, "The task is 'dehazing', but only .*'pansharpening'"),
    "newer version": (
        {"card_version": 2},
        "card has version 2, which is newer than this plugin, but it reads cards up to version 1; update the plugin",
    ),
    "version no number": ({"card_version": "1"}, "The card version is '1', but a whole number from 1 to 1"),
    "name": ({"name": "é"}, "The model's name is 'é'"),
    "no role": ({"inputs": (PAN,)}, "the roles 'pan', but pansharpening takes 'pan', 'ms' and may take 'ratio'"),
    "unknown role": (
        {"inputs": (*FULL.inputs, InputSpec("sar", "sar"))},
        "the roles 'ms', 'pan', 'sar', but pansharpening takes",
    ),
    "a role twice": ({"inputs": (*FULL.inputs, InputSpec("p", "pan"))}, "each once"),
    "a name twice": (
        {"inputs": (InputSpec("x", "ms"), InputSpec("x", "pan"))},
        r"inputs are named \['x', 'x'\], but one or more different",
    ),
    "like what": ({"outputs": (OutputSpec("fused", "sar"),)}, "'fused' is like 'sar', but the raster inputs are"),
    "no output": ({"outputs": ()}, r"outputs are named \[\]"),
    "a band with two wavelengths": (
        {"outputs": (OutputSpec("fused", "ms", (Band("red", 0.7), NIR)),)},
        "Band 'red' has the wavelengths 0.665 and 0.7",
    ),
    "hash": ({"sha256": "abc"}, "The sha256 is 'abc', but 64 hexadecimal digits"),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flawed_card_is_refused(flaw):
    changes, sentence = FLAWS[flaw]
    with pytest.raises(ModelError, match=sentence):
        replace(FULL, **changes)


PARTS = {
    "scale": (lambda: Scaling("linear", 0, 0), "scale of a scaling is 0, but a number above zero"),
    "offset": (lambda: Scaling("linear", float("nan")), "offset of a scaling is nan"),
    "kind": (lambda: Scaling("per tile"), "is 'per tile', but only 'none', 'linear', 'bands', 'dataset'"),
    "wavelength": (lambda: Band("red", -1), "'red' has the wavelength -1"),
    "resampling": (lambda: InputSpec("ms", "ms", resampling="best"), "is 'best', but only 'nearest'"),
    "ratio": (lambda: InputSpec("ms", "ms", ratio=0), "ratio of input 'ms' is 0"),
    "heights": (lambda: InputSpec("ms", "ms", heights=5), "value of 'heights' of input 'ms'"),
    "no bands": (lambda: InputSpec("ms", "ms", ()), "null stands for any number"),
    "ratio with bands": (lambda: InputSpec("r", "ratio", (RED,)), "one plain number and no raster"),
    "unknown channels": (lambda: OutputSpec("x"), "neither 'like' nor bands nor classes"),
    "classes and like": (lambda: OutputSpec("x", "ms", classes=(ClassSpec("a", 1),)), "is like 'ms' and has classes"),
    "classes and bands": (lambda: OutputSpec("x", None, (RED, NIR), (ClassSpec("a", 1),)), "has 1 classes and 2 bands"),
    "classes twice": (
        lambda: OutputSpec("x", classes=(ClassSpec("a", 1), ClassSpec("a", 2))),
        "different, non-empty names",
    ),
    "codes twice": (
        lambda: OutputSpec("x", classes=(ClassSpec("a", 1), ClassSpec("b", 1))),
        r"codes \[1, 1\], but different",
    ),
    "code": (lambda: ClassSpec("a", 256), "code of class 'a' is 256, but a whole number from 0 to 255"),
    "colour": (lambda: ClassSpec("a", 1, "red"), "'a' has the colour 'red', but '#' and six digits"),
    "scores": (lambda: OutputSpec("x", "ms", scores="votes"), "is 'votes', but only 'logits', 'probabilities'"),
    "numbers without bands": (lambda: Scaling("bands"), "'bands' has 0 offsets and 0 scales"),
    "one band": (lambda: Scaling("bands", offsets=(1.0,), scales=(1.0,)), "every band of two or more"),
    "learned backwards": (lambda: LearnedRange(2.0, 1.0), r"learned range is \(2.0, 1.0\)"),
    "learned by a scale of 0": (lambda: LearnedRange(1.0, 2.0, 0.0), "a scale above 0"),
    "learned without end": (lambda: LearnedRange(1.0, float("inf")), "'high' of a learned range is inf"),
    "learned by others": (
        lambda: InputSpec("ms", "ms", (RED, NIR), learned=(LearnedRange(1.0, 2.0),)), "has 2 bands and 1 learned ranges"
    ),
    "numbers for others": (
        lambda: InputSpec("ms", "ms", (RED,), scaling=Scaling("bands", offsets=(0.0, 1.0), scales=(1.0, 1.0))),
        "has 1 bands and a scaling for 2",
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_flawed_parts_are_refused(part):
    build, sentence = PARTS[part]
    with pytest.raises(ModelError, match=sentence):
        build()


class TestShortForm:
    def test_what_is_left_out_is_neutral(self):
        card = card_from_fields({"name": "mine", **SHORT})
        assert card.multiple_of == 1
        assert card.input("ms") == InputSpec("ms", "ms")
        assert card.input("pan").bands == (Band("pan"),)

    @pytest.mark.parametrize(
        ("bands", "expected"),
        [
            ("any", None),
            (None, None),
            (2, (Band("ms_1"), Band("ms_2"))),
            (["red", {"name": "nir", "wavelength_um": 0.842}], (Band("red"), NIR)),
        ],
    )
    def test_bands(self, bands, expected):
        inputs = [{**SHORT["inputs"][0], "bands": bands}, SHORT["inputs"][1]]
        assert card_from_fields({"name": "mine", **SHORT, "inputs": inputs}).input("ms").bands == expected

    @pytest.mark.parametrize(
        ("scaling", "expected"),
        [
            ("dataset", Scaling("dataset")),
            ({"kind": "linear", "offset": 1, "scale": 2}, Scaling("linear", 1, 2)),
        ],
    )
    def test_scaling(self, scaling, expected):
        inputs = [{**SHORT["inputs"][0], "scaling": scaling}, SHORT["inputs"][1]]
        assert card_from_fields({"name": "mine", **SHORT, "inputs": inputs}).input("ms").scaling == expected

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"halo": None}, "The halo is None"),
            ({"hallo": 3}, "has the unknown fields 'hallo', but the known ones are name, task"),
            ({"inputs": [{"name": "ms", "rolle": "ms"}]}, r"lacks inputs\[0\]\.role"),
            ({"inputs": {"ms": "ms"}}, "field 'inputs' is .*, but a list is expected"),
            ({"inputs": ["ms"]}, "An entry of 'inputs' is 'ms', but a JSON object"),
            ({"ratio_range": [1]}, r"'ratio_range' is \[1\], but two numbers"),
            ({"quality": {"ERGAS": "good"}}, "value of 'ERGAS' in 'quality' is 'good'"),
            ({"flop_per_pixel": {"four": 1}}, "keys are expected to be numbers of bands"),
            ({"card_version": 7}, "version 7, which is newer"),
        ],
    )
    def test_flaws(self, changes, sentence):
        with pytest.raises(ModelError, match=sentence):
            card_from_fields({"name": "mine", **SHORT, **changes})

    def test_all_missing_fields_are_listed_at_once(self):
        with pytest.raises(ModelError, match=r"lacks outputs, halo, inputs\[0\]\.role, but a card needs task"):
            card_from_fields({"name": "mine", "task": "pansharpening", "inputs": [{"name": "ms"}]})


def changed(path: str, value: object) -> str:
    """The item of FULL with the value at a dotted path replaced (None: removed), as text."""
    item = card_to_item(FULL)
    *parents, last = path.split("/")
    at = item
    for key in parents:
        at = at[int(key) if isinstance(at, list) else key]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return json.dumps(item)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("properties", None, "no usable 'properties'"),
        ("properties/mlm:input", None, "lacks inputs"),
        ("properties/rsfusion:halo", None, "lacks halo"),
        ("properties/rsfusion:hallo", 3, "unknown fields 'hallo'"),
        ("properties/rsfusion:card_version", 9, "version 9, which is newer"),
        ("properties/mlm:input", "ms", "no usable 'mlm:input'"),
        ("properties/mlm:input/0/input/shape", [1, 3, -1, -1], "'ms' has 2 bands, but its shape has 3 channels"),
        ("properties/mlm:input/0/input/shape", [3, -1, -1], "has the shape .*, but four sizes"),
        ("properties/mlm:input/0/input/data_type", "uint8", "only 'float32'"),
        ("properties/mlm:input/0/value_scaling", [{"type": "min-max"}], "'z-score' .once, or once for each band. or"),
    ],
)
def test_a_flawed_item_is_refused(tmp_path, path, value, sentence):
    model = onnx_files.save(tmp_path / "net.onnx", text=changed(path, value))
    with pytest.raises(ModelError, match=r"Card of 'net\.onnx': .*" + sentence):
        read_card(model)


class TestFile:
    def test_the_card_inside_is_read(self, tmp_path):
        assert read_card(onnx_files.save(tmp_path / "net.onnx")) == ANY

    def test_the_card_inside_wins(self, tmp_path):
        path = onnx_files.save(tmp_path / "net.onnx")
        path.with_suffix(".json").write_text(json.dumps({**SHORT, "halo": 77}))
        assert read_card(path).halo == ANY.halo

    @pytest.mark.parametrize("text", [json.dumps(SHORT), card_to_text(replace(FULL, sha256=""))])
    def test_the_card_beside_is_read(self, tmp_path, text):
        path = onnx_files.save_bare(tmp_path / "my net.onnx")
        path.with_suffix(".json").write_text(text)
        assert read_card(path).name in ("my net", FULL.name)

    def test_no_card(self, tmp_path):
        sentence = (
            r"'net\.onnx' has no card, but the fields task, inputs, outputs, halo are needed; write them into "
            r"'net\.json' beside it or run 'python -m models\.common\.export --card CARD\.json net\.onnx'"
        )
        with pytest.raises(ModelError, match=sentence):
            read_card(onnx_files.save_bare(tmp_path / "net.onnx"))

    def test_a_card_of_another_file(self, tmp_path):
        path = onnx_files.save_bare(tmp_path / "net.onnx")
        path.with_suffix(".json").write_text(card_to_text(FULL))
        with pytest.raises(ModelError, match="was made for another file"):
            read_card(path)
        path.with_suffix(".json").write_text(card_to_text(replace(FULL, sha256=file_sha256(path))))
        assert read_card(path).halo == FULL.halo

    @pytest.mark.parametrize("text", ["", "{", "[1, 2]", '{"halo": NaN}', "[" * 100_000, '"text"'])
    def test_no_json_object(self, tmp_path, text):
        with pytest.raises(ModelError, match=r"'net\.onnx'.*but (a JSON object|one) is expected"):
            read_card(onnx_files.save(tmp_path / "net.onnx", text=text))

    def test_a_missing_file(self, tmp_path):
        with pytest.raises(ModelError, match=r"net\.onnx' does not exist"):
            read_card(tmp_path / "net.onnx")

    @pytest.mark.parametrize("content", [b"", b"II*\0 this is no network", b"\x89PNG\r\n", b"{}"])
    def test_no_onnx_file(self, tmp_path, content):
        path = tmp_path / "net.onnx"
        path.write_bytes(content)
        with pytest.raises(ModelError, match=r"'net\.onnx' is (no ONNX file|truncated or damaged)"):
            read_card(path)

    @given(share=st.floats(0, 0.999), seed=st.integers(0, 9))
    def test_a_damaged_file_never_escapes(self, share, seed, tmp_path_factory):
        """Cut off or overwritten anywhere, a file is read or refused in our words."""
        data = bytearray(onnx_files.build().SerializeToString())
        at = int(len(data) * share)
        path: Path = tmp_path_factory.mktemp("damaged") / "net.onnx"
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ (1 << seed % 8)]) + data[at + 1 :]):
            path.write_bytes(damaged)
            with pytest.raises(ModelError):
                read_card(path)


ODD = (None, True, -1, 0.5, 10**308, 10**309, -(10**400), "", "two\nlines", "x" * 5000, "\ud800", "a\u202eb",
       [], {}, [None], [{}], [[1]], [{"type": "z-score"}, 1], {"name": "x"}, ["x"] * 5000)  # fmt: skip
"""Values that some field of a card cannot have; no field can have all of them."""


def places(value: object, at: tuple = ()):
    """Every place in a JSON document, as a path."""
    if at:
        yield at
    for key, one in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        yield from places(one, (*at, key))


def put(document: dict, at: tuple, value: object) -> dict:
    """A copy of a document with another value at a place."""
    copy = json.loads(json.dumps(document))
    owner = copy
    for key in at[:-1]:
        owner = owner[key]
    owner[at[-1]] = value
    return copy


@pytest.mark.parametrize(("card", "short"), [(FULL, False), (CLASSES, True)], ids=["item", "short form"])
def test_whatever_a_stranger_writes_is_read_or_refused_in_one_line(tmp_path, card, short):
    """Every value of a card is replaced by every odd one; nothing but a ModelError comes out, and never a long one."""
    document = card_to_item(card)
    if short:
        document = {**json.loads(json.dumps(asdict(card))), "quality": {"x": 1.0}, "flop_per_pixel": {"4": 1.0}}
    path, refused = onnx_files.save_bare(tmp_path / "net.onnx"), 0
    for at in places(document):
        for value in ODD:
            path.with_suffix(".json").write_text(json.dumps(put(document, at, value)))
            try:
                found = read_card(path)
            except ModelError as error:
                refused += 1
                assert len(str(error)) <= LONGEST and str(error).isprintable()
            else:
                card_to_text(found).encode()
    assert refused > len(ODD)


def test_a_number_of_millions_of_digits_takes_no_time(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx", text='{"halo": ' + "9" * 2_000_000 + "}")
    with pytest.raises(ModelError, match="a number of 2000000 digits"):
        read_card(path)


def test_a_card_that_is_too_long(tmp_path):
    path = onnx_files.save(tmp_path / "net.onnx", text=" " * (MAX_CARD_BYTES + 1))
    with pytest.raises(ModelError, match="bytes, but at most 4194304 are expected"):
        read_card(path)
