"""A vertical part in the CRS of any input: the same result as without it, from qgis_process and from layers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer

from rsfusion_qgis.core.grid.crs import transformation
from rsfusion_qgis.core.sensors.sentinel2 import L2A_BANDS
from tests import qgis_child
from tests.processing_provider.test_coregister import raster
from tests.rasters import crs_text, grid_transform, make_pan_ms, read_raster, write_raster
from tests.tasks.cloud_removal import cloud_files
from tests.tasks.lidar_features.scenes import surface, terrain, write

ABOVE = {
    "geoid": crs_text("EPSG:32632+5773"),
    "geoid without a grid file": crs_text("EPSG:32632+3855"),
    "ellipsoid": crs_text("EPSG:32632", three=True),
    "geoid, and another datum that moves nothing": crs_text("EPSG:25832+5773"),
}
"""CRS whose horizontal part is that of all other rasters here, or lies where that lies."""


CODES = np.kron(np.array([[1, 2, 4], [5, 9, 1]]), np.ones((20, 20), int))
PLACE = grid_transform(10.0)


@pytest.fixture
def class_map(tmp_path: Path) -> str:
    return write_raster(tmp_path / "map.tif", CODES[None], PLACE, dtype="Byte")


def with_crs(path: str, crs: str) -> str:
    """The raster as it is, with another CRS."""
    made = Path(path).with_name(f"{Path(path).stem}_above.tif")
    gdal.Translate(str(made), path, outputSRS=crs).FlushCache()
    return str(made)


def done(algorithm: str, **parameters: Any) -> dict[str, Any]:
    """The results of qgis_process."""
    finished = qgis_child.run_algorithm(f"rsfusion:{algorithm}", as_json=True, **parameters)
    assert finished.code == 0, finished.text
    return dict(json.loads(finished.out)["results"])


def run(algorithm: str, **parameters: Any) -> dict[str, Any]:
    import processing

    return dict(processing.run(f"rsfusion:{algorithm}", parameters))


def horizontal_only(path: str | Path) -> bool:
    dataset = gdal.Open(str(path))
    reference = osr.SpatialReference(dataset.GetProjection())
    return reference.GetAxesCount() == 2 and reference.GetAuthorityCode(None) == "32632"


@pytest.fixture
def pan_ms(tmp_path: Path) -> tuple[str, str]:
    """A PAN and an MS of one band, which is what GDAL takes for heights."""
    return make_pan_ms(tmp_path, bands=1)


@pytest.fixture
def flat(provider: Any, pan_ms: tuple[str, str], tmp_path: Path) -> np.ndarray:
    run("classicalpansharpen", PAN=pan_ms[0], MS=pan_ms[1], OUTPUT=str(tmp_path / "flat.tif"))
    return read_raster(tmp_path / "flat.tif")


@pytest.mark.parametrize("above", ABOVE)
def test_ms_of_one_band(flat: np.ndarray, pan_ms: tuple[str, str], tmp_path: Path, above: str) -> None:
    output = tmp_path / "fused.tif"
    pan, ms = pan_ms[0], with_crs(pan_ms[1], ABOVE[above])
    results = run("classicalpansharpen", PAN=pan, MS=ms, OUTPUT=str(output))
    np.testing.assert_array_equal(read_raster(output), flat)
    assert "warped" not in results["FINDINGS"] and results["WARNINGS"] == 0
    assert horizontal_only(output) and gdal.Open(str(output)).GetRasterBand(1).GetUnitType() == ""


@pytest.mark.parametrize(
    ("pan_crs", "ms_crs"),
    [("EPSG:4979", "EPSG:4326"), ("EPSG:4326", "EPSG:4979"), ("EPSG:4258", "EPSG:4979"),
     ("EPSG:4326+5773", "EPSG:4979")],
)  # fmt: skip
def test_degrees_with_and_without_heights(provider: Any, tmp_path: Path, pan_crs: str, ms_crs: str) -> None:
    values, size = np.random.default_rng(0).uniform(100, 1000, (1, 40, 40)), 1e-5

    def fuse(name: str, *crs: str) -> np.ndarray:
        paths = [
            write_raster(tmp_path / f"{name}_{n}.tif", np.kron(values, np.ones((4 // n, 4 // n))),
                         (9.0, n * size, 0, 45.0, 0, -n * size), crs_text(text))
            for n, text in zip((1, 4), crs)
        ]  # fmt: skip
        output = str(tmp_path / f"{name}.tif")
        results = run("classicalpansharpen", PAN=paths[0], MS=paths[1], COREGISTRATION=1, OUTPUT=output)
        assert "warped" not in results["FINDINGS"]
        return read_raster(output)

    np.testing.assert_array_equal(fuse("above", pan_crs, ms_crs), fuse("flat", "EPSG:4326", "EPSG:4326"))
    made = osr.SpatialReference(gdal.Open(str(tmp_path / "above.tif")).GetProjection())
    assert (made.GetAxesCount(), made.IsGeographic()) == (2, True)


@pytest.mark.parametrize("above", ABOVE)
def test_an_extent_in_a_crs_with_heights(
    flat: np.ndarray, pan_ms: tuple[str, str], tmp_path: Path, above: str
) -> None:
    """A layer as the extent, in the desktop: its CRS may need a geoid that PROJ has not."""
    output, pan = str(tmp_path / "fused.tif"), QgsRasterLayer(with_crs(pan_ms[0], ABOVE[above]), "pan")
    assert pan.isValid()
    run("classicalpansharpen", PAN=pan_ms[0], MS=pan_ms[1], EXTENT=pan, OUTPUT=output)
    np.testing.assert_array_equal(read_raster(output), flat)


def test_pan_and_an_extent_through_qgis_process(flat: np.ndarray, pan_ms: tuple[str, str], tmp_path: Path) -> None:
    output, pan = tmp_path / "fused.tif", with_crs(pan_ms[0], ABOVE["geoid"])
    x, y = grid_transform(5.0)[0::3]
    part = f"{x + 100},{x + 300},{y - 400},{y - 200} [EPSG:32632]"
    done("classicalpansharpen", PAN=pan, MS=pan_ms[1], EXTENT=part, OUTPUT=output)
    np.testing.assert_array_equal(read_raster(output), flat[:, 40:80, 20:60])
    assert horizontal_only(output)


@pytest.mark.parametrize("above", ABOVE)
def test_a_layer_with_another_crs_than_its_file_and_an_extent_of_it(
    flat: np.ndarray, pan_ms: tuple[str, str], tmp_path: Path, above: str
) -> None:
    output = tmp_path / "fused.tif"
    layers = {name: QgsRasterLayer(path, name) for name, path in zip(("PAN", "MS"), pan_ms)}
    for layer in layers.values():
        layer.setCrs(QgsCoordinateReferenceSystem.fromWkt(ABOVE[above]))
        assert layer.crs().isValid()
        QgsProject.instance().addMapLayer(layer)
    try:
        run("classicalpansharpen", **layers, EXTENT=layers["PAN"].extent(), OUTPUT=str(output))
    finally:
        QgsProject.instance().clear()
    np.testing.assert_array_equal(read_raster(output), flat)


def test_a_cloud_mask(provider: Any, tmp_path: Path) -> None:
    made = cloud_files.fields()
    scene = {
        "OPTICAL": write_raster(tmp_path / "optical.tif", made["optical"], PLACE, descriptions=L2A_BANDS, nodata=0),
        "SAR": write_raster(tmp_path / "sar.tif", made["sar"], PLACE, dtype="Float32", descriptions=("VV", "VH")),
        "CLOUDMASK": write_raster(
            tmp_path / "scl.tif", np.where(made["mask"], 9, 4)[None], PLACE, ABOVE["geoid"], dtype="Byte"
        ),
        "CLOUD_VALUES": "3,8,9,10",
        "MODEL_FILE": str(cloud_files.save(tmp_path / "tiny.onnx")),
        "MASK": tmp_path / "mask.tif",
        "OUTPUT": tmp_path / "restored.tif",
    }
    done("removeclouds", **scene)
    np.testing.assert_array_equal(read_raster(scene["MASK"])[0] == 2, made["mask"])
    assert horizontal_only(scene["OUTPUT"]) and horizontal_only(scene["MASK"])


def test_heights_above_ground(tmp_path: Path) -> None:
    dsm, dtm = write(tmp_path / "dsm.tif", surface(), crs=ABOVE["geoid"]), write(tmp_path / "dtm.tif", terrain())
    results = done("lidarfeatures", DSM=dsm, DTM=dtm, OUTPUT=tmp_path / "out.tif")
    np.testing.assert_allclose(
        read_raster(tmp_path / "out.tif")[0], np.maximum(surface() - terrain(), 0), atol=1e-4
    )
    assert results["WARNINGS"] == 1 and "does not say what its heights count from" in results["FINDINGS"]


@pytest.mark.parametrize("above", ["geoid", "ellipsoid"])
@pytest.mark.parametrize("on_reference", [False, True])
def test_a_coregistered_raster_keeps_its_values_and_what_they_count_from(
    provider: Any, tmp_path: Path, above: str, on_reference: bool
) -> None:
    """It may be a surface model; the reference says nothing of heights."""
    reference = raster(tmp_path / "reference.tif")
    secondary = raster(tmp_path / "secondary.tif", 2.0, -1.0, crs=ABOVE[above], dtype="Float32")
    output = tmp_path / "out.tif"
    run("coregister", REFERENCE=reference, SECONDARY=secondary, ON_REFERENCE_GRID=on_reference, OUTPUT=str(output))
    plain = raster(tmp_path / "plain.tif", 2.0, -1.0, dtype="Float32")
    flat = tmp_path / "flat.tif"
    run("coregister", REFERENCE=reference, SECONDARY=plain, ON_REFERENCE_GRID=on_reference, OUTPUT=str(flat))
    np.testing.assert_array_equal(read_raster(output), read_raster(flat))
    had, has = (osr.SpatialReference(gdal.Open(str(path)).GetProjection()) for path in (secondary, output))
    assert has.GetAxesCount() == 3 and has.IsSame(had)
    assert gdal.Open(str(output)).GetGeoTransform() == gdal.Open(str(flat)).GetGeoTransform()


def test_checking_finds_the_same(provider: Any, tmp_path: Path) -> None:
    reference = raster(tmp_path / "reference.tif")
    found = [
        run("checkcoregistration", REFERENCE=reference, SECONDARY=raster(tmp_path / f"{n}.tif", 2.0, -1.0, crs=crs),
            DISPLACEMENTS=str(tmp_path / f"{n}.gpkg"))
        for n, crs in enumerate(("EPSG:32632", ABOVE["geoid"]))
    ]  # fmt: skip
    for name in ("SHIFT_X", "SHIFT_Y", "CONFIDENCE"):
        assert found[0][name] == found[1][name]


@pytest.mark.parametrize("zone", ["EPSG:32632", "EPSG:32633"])
def test_labels_are_compared_by_their_codes(provider: Any, class_map: str, tmp_path: Path, zone: str) -> None:
    """Also where they must be warped, from another zone: no code is raised by the geoid."""
    truth = str(tmp_path / "truth.tif")
    gdal.Warp(truth, class_map, dstSRS=zone, resampleAlg="near", dstNodata=0).FlushCache()
    found = run("assessclassification", MAP=class_map, REFERENCE_RASTER=with_crs(truth, crs_text(f"{zone}+5773")))
    assert found["OA"] >= (1.0 if zone == "EPSG:32632" else 0.9)


@pytest.mark.parametrize("crs", ["EPSG:4979", "EPSG:32632+5773", "EPSG:4326+3855"])
def test_samples_with_heights(provider: Any, class_map: str, tmp_path: Path, crs: str) -> None:
    """Points of three coordinates lie where their first two say."""
    way = transformation(crs_text("EPSG:32632"), crs_text(crs))
    theirs = osr.SpatialReference(crs_text(crs))
    path = str(tmp_path / "samples.gpkg")
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = dataset.CreateLayer("samples", theirs, ogr.wkbPoint25D)
    layer.CreateField(ogr.FieldDefn("code", ogr.OFTInteger))
    for row in range(5, 40, 10):
        for col in range(5, 60, 10):
            x, y = way.forward(PLACE[0] + 10 * (col + 0.5), PLACE[3] - 10 * (row + 0.5))
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT Z ({x!r} {y!r} 300)"))
            feature.SetField("code", int(CODES[row, col]))
            layer.CreateFeature(feature)
    layer = dataset = None
    found = run("assessclassification", MAP=class_map, REFERENCE=path, CLASS_FIELD="code")
    assert found["OA"] == 1.0
