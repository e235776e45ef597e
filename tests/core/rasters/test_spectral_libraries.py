"""Files of spectra: what is read, what is written, and how spectra come to the bands of a raster."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.core.rasters.spectra import Spectra, class_name, resampled, unit_between
from rsfusion_qgis.core.rasters.spectral import centres_and_widths
from rsfusion_qgis.core.rasters.spectral_library import csv_text, read_library, write_sli
from tests.tasks.unmixing.scenes import NAMES, spectra, write_csv, write_scene

AT = np.arange(400.0, 2500.0, 5.0)
BUNDLE = ("roof #1", "roof #2", "tree")


def bundle(folder: Path) -> Spectra:
    """Two spectra of a roof and one of a tree."""
    values = spectra(AT)[:, [0, 0, 1]] * (1.0, 0.9, 1.0)
    return read_library(write_csv(folder / "bundle.csv", values, BUNDLE, AT), "LIBRARY")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("tree #2", "tree"), ("tree", "tree"), ("tree #", "tree #"), ("#3", "#3"), ("a # b", "a # b"), ("o #12 ", "o")],
)
def test_the_class_of_a_name(name: str, expected: str) -> None:
    assert class_name(name) == expected


def test_csv_and_sli_come_back_as_they_were(tmp_path: Path) -> None:
    found = bundle(tmp_path)
    assert [one.name for one in found.classes] == ["roof", "tree"] and found.of == (0, 0, 1)
    (tmp_path / "again.csv").write_text(csv_text(found), encoding="utf-8")
    write_sli(found, tmp_path / "again.sli")
    for name in ("again.csv", "again.sli", "again.hdr"):
        again = read_library(str(tmp_path / name), "LIBRARY")
        assert again.names == BUNDLE and again.of == found.of
        assert np.allclose(again.values, found.values, atol=1e-6)
        assert np.allclose(again.wavelengths, AT / 1000, atol=1e-6)


def test_csv_of_other_habits(tmp_path: Path) -> None:
    path = tmp_path / "german.csv"
    path.write_text("wavelength;Baum;Wasser\n0,5;0,04;0,05\n\n0,9;0,5;0,01\n", encoding="utf-8-sig")
    found = read_library(str(path), "LIBRARY")
    assert found.names == ("Baum", "Wasser") and np.allclose(found.values, [[0.04, 0.05], [0.5, 0.01]])
    assert np.allclose(found.wavelengths, [0.5, 0.9])


def test_csv_without_wavelengths(tmp_path: Path) -> None:
    path = tmp_path / "bands.csv"
    path.write_text("band,tree,water\n1,0.1,0.2\n2,0.3,0.1\n", encoding="utf-8")
    assert np.isnan(read_library(str(path), "LIBRARY").wavelengths).all()


def test_geojson_of_the_enmap_box(tmp_path: Path) -> None:
    def feature(name: str, values: list[float | None], text: bool = False) -> dict[str, object]:
        profile = {"x": [490.0, 560.0, 665.0, 830.0], "y": values, "xUnit": "nanometers", "bbl": [1, 1, 0, 1]}
        stored = json.dumps(profile) if text else profile
        return {"type": "Feature", "geometry": None, "properties": {"fid": 1, "name": name, "profiles": stored}}

    path = tmp_path / "library.geojson"
    features = [feature("tree", [95, 118, 109, 400]), feature("water", [60, 50, None, 5], True)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    found = read_library(str(path), "LIBRARY")
    assert found.names == ("tree", "water")
    assert np.allclose(found.wavelengths, [0.49, 0.56, 0.83])
    assert np.allclose(found.values, [[95, 60], [118, 50], [400, 5]])


def test_the_data_set_of_the_enmap_box(tmp_path: Path) -> None:
    told = {
        "categories": [
            {"value": 1, "name": "roof", "color": "#e60000"},
            {"value": 3, "name": "tree", "color": "#267300"},
        ],
        "features": ["band 8 (0.460000 Micrometers)", "band 9 (0.865000 Micrometers)"],
        "X": [[200, 250], [40, 400], [210, 260]],
        "y": [[1], [3], [1]],
    }
    path = tmp_path / "samples.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    found = read_library(str(path), "LIBRARY")
    assert [(one.name, one.colour) for one in found.classes] == [("roof", "#e60000"), ("tree", "#267300")]
    assert found.of == (0, 1, 0) and np.allclose(found.wavelengths, [0.46, 0.865])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", "", "cannot be read"),
        ("one.csv", "wavelength\n400\n", "one column per spectrum"),
        ("short.csv", "wavelength,a,b\n400,1,2\n410,1\n", "line 3 has 2 values"),
        ("text.csv", "wavelength,a\n400,red\n", "cannot be read"),
        ("no_header.sli", "1234", "its header 'no_header.hdr' is missing"),
        ("broken.json", "{", "cannot be read"),
        ("list.json", "[1, 2]", "cannot be read"),
        ("nothing.geojson", '{"type": "FeatureCollection", "features": []}', "holds no spectrum"),
        ("zeros.csv", "wavelength,a\n400,0\n500,0\n", "numbers above zero"),
        ("model.onnx", "x", "has the ending '.onnx'"),
    ],
)
def test_what_is_no_library_gets_one_sentence(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_library(str(path), "LIBRARY")
    sentence = str(caught.value)
    assert sentence.startswith("LIBRARY: ") and words in sentence and sentence.endswith(".") and "\n" not in sentence


def test_a_library_that_is_not_there() -> None:
    with pytest.raises(InputError, match=r"LIBRARY: 'nowhere\.csv' does not exist; name a file of spectra"):
        read_library("nowhere.csv", "LIBRARY")


def test_a_short_sli_is_told(tmp_path: Path) -> None:
    write_sli(bundle(tmp_path), tmp_path / "cut.sli")
    (tmp_path / "cut.sli").write_bytes((tmp_path / "cut.sli").read_bytes()[:-5])
    with pytest.raises(InputError, match="bytes of values, its header speaks of"):
        read_library(str(tmp_path / "cut.sli"), "LIBRARY")


def test_spectra_come_to_the_bands_by_wavelength_and_width(tmp_path: Path) -> None:
    found = bundle(tmp_path)
    centres = np.array([0.55, 0.705, 1.65])
    narrow = resampled(found, centres, np.full(3, np.nan), "LIBRARY", "x", "HS")
    assert np.allclose(narrow.values[:, 2], spectra(1000 * centres)[:, 1], atol=1e-3)
    wide = resampled(found, centres, np.array([0.02, 0.12, 0.02]), "LIBRARY", "x", "HS")
    weights = np.exp(-4 * np.log(2) * ((AT - 705.0) / 120.0) ** 2)
    assert wide.values[1, 2] == pytest.approx(float(weights @ spectra(AT)[:, 1] / weights.sum()), abs=1e-4)
    assert abs(wide.values[1, 2] - narrow.values[1, 2]) > 0.01


def test_a_library_that_does_not_reach_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds wavelengths from 400 to 2495 nm, but 1 bands of HS lie outside"):
        resampled(bundle(tmp_path), np.array([0.5, 3.0]), np.full(2, np.nan), "LIBRARY", "x.csv", "HS")


def test_without_wavelengths_the_number_of_bands_must_agree(tmp_path: Path) -> None:
    path = tmp_path / "bands.csv"
    path.write_text("band,tree,water\n1,0.1,0.2\n2,0.3,0.1\n", encoding="utf-8")
    found = read_library(str(path), "LIBRARY")
    unknown = np.full(2, np.nan)
    assert np.allclose(resampled(found, unknown, unknown, "LIBRARY", "x", "HS").values, found.values)
    with pytest.raises(InputError, match="has no wavelengths, and the library has 2 values per spectrum for 3 bands"):
        resampled(found, np.full(3, np.nan), np.full(3, np.nan), "LIBRARY", "x", "HS")


def test_wavelengths_and_widths_of_a_raster(tmp_path: Path) -> None:
    with RasterSource(write_scene(tmp_path).hs, "HS") as source:
        centres, widths = centres_and_widths(source)
    assert centres[0] == pytest.approx(0.42) and centres[-1] == pytest.approx(2.4)
    assert np.allclose(widths, 0.01)


@pytest.mark.parametrize(("factor", "found"), [(1.0, 1.0), (10000.0, 10000.0), (100.0, 100.0), (3000.0, 10000.0),
                                               (0.25, 1.0), (1e-4, 1e-4)])  # fmt: skip
def test_the_unit_between_a_raster_and_a_library(factor: float, found: float) -> None:
    assert unit_between(spectra() * factor, spectra()) == pytest.approx(found)


def test_a_large_class_is_thinned_to_spectra_that_differ() -> None:
    values = np.concatenate([np.linspace(0.1, 0.9, 101)[None], np.zeros((1, 101))])
    classes = read_classes()
    whole = Spectra(values, ("a",) * 100 + ("b",), (0,) * 100 + (1,), classes, np.full(2, np.nan), np.full(2, np.nan))
    some = whole.thinned(5)
    assert some.of.count(0) == 5 and some.of.count(1) == 1
    assert np.ptp(some.values[0, :5]) > 0.75 and np.diff(np.sort(some.values[0, :5])).min() > 0.1


def read_classes() -> tuple[ClassSpec, ...]:
    """Two classes."""
    return tuple(ClassSpec(name, code) for code, name in enumerate(NAMES[:2], start=1))
