"""Which layers the algorithms take, and under which name the engine gets them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterDataProvider,
    QgsRasterLayer,
)

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.processing_provider.layers import gdal_source
from tests.rasters import make_pan_ms, read_raster
from tests.tasks.sentinel2_sharpening.products import write_product

UTM = "EPSG:32632"


@pytest.fixture
def project(provider: Any, qgis_new_project: Any) -> Any:
    yield QgsProject.instance()
    QgsProject.instance().clear()


def _run(values: dict[str, Any]) -> tuple[dict[str, Any], bool, str]:
    """Run as a step of a model runs: without any check before. Return results, success and the last error."""
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("rsfusion:pansharpen")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    results, succeeded = algorithm.run(values, context, feedback)
    return results, succeeded, feedback.textLog()


def test_a_layer_of_another_provider_is_refused(provider: Any) -> None:
    layer = QgsRasterLayer("type=xyz&url=file:///nowhere/{z}/{x}/{y}.png&zmax=1&zmin=0", "map", "wms")
    if not layer.isValid():
        pytest.skip("this QGIS has no WMS provider")
    with pytest.raises(InputError, match="PAN is the layer 'map' of the kind 'wms'"):
        gdal_source("PAN", layer, "map")


class Connected:
    """A layer as QGIS has it while it is connected, of which nothing but this is asked."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def isValid(self) -> bool:
        return True

    def providerType(self) -> str:
        return self.kind

    def name(self) -> str:
        return "heights"


@pytest.mark.parametrize(("kind", "reason"), [
    ("postgresraster", "QGIS reads it from a PostGIS database itself; GDAL does by a name such as PG:dbname="),
    ("wcs", "QGIS asks a web service for its values piece by piece"),
    ("arcgismapserver", "a web service gives pictures for the screen, not measured values"),
])  # fmt: skip
def test_layers_that_need_a_server_are_refused_with_the_reason(provider: Any, kind: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        gdal_source("DEM", Connected(kind), "heights")
    said = str(caught.value)
    assert said.startswith(f"DEM is the layer 'heights' of the kind '{kind}' ({reason}") and said.endswith(
        "only rasters that GDAL reads can be used; export the layer to a GeoTIFF first."
    )


def test_a_map_service_through_gdal_is_taken(provider: Any, tmp_path: Path) -> None:
    """Tiles of a service that GDAL itself asks (here of a folder) are a raster like any other."""
    tile = tmp_path / "0" / "0"
    tile.mkdir(parents=True)
    colours = np.random.default_rng(1).integers(0, 255, (3, 256, 256), np.uint8)
    memory = gdal.GetDriverByName("MEM").Create("", 256, 256, 3)
    memory.WriteArray(colours)
    gdal.GetDriverByName("PNG").CreateCopy(str(tile / "0.png"), memory)
    service = tmp_path / "service.xml"
    service.write_text(
        f"<GDAL_WMS><Service name='TMS'><ServerUrl>file://{tmp_path}/${{z}}/${{x}}/${{y}}.png</ServerUrl></Service>"
        "<DataWindow><UpperLeftX>0</UpperLeftX><UpperLeftY>2560</UpperLeftY><LowerRightX>2560</LowerRightX>"
        "<LowerRightY>0</LowerRightY><SizeX>256</SizeX><SizeY>256</SizeY><TileLevel>0</TileLevel>"
        "<YOrigin>top</YOrigin></DataWindow><Projection>EPSG:32632</Projection><BandsCount>3</BandsCount>"
        "<BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY></GDAL_WMS>"
    )
    layer = QgsRasterLayer(str(service), "tiles", "gdal")
    assert layer.isValid() and gdal_source("REFERENCE", layer, "tiles") == str(service)
    np.testing.assert_array_equal(read_raster(service), colours)


def test_a_virtual_raster_of_qgis_is_refused(project: Any, pan_ms: tuple[str, str]) -> None:
    layer = QgsRasterLayer(pan_ms[0], "pan")
    project.addMapLayer(layer)
    parameters = QgsRasterDataProvider.VirtualRasterParameters()
    parameters.crs, parameters.extent, parameters.width, parameters.height = layer.crs(), layer.extent(), 8, 8
    parameters.formula = '"pan@1" * 2'
    entry = QgsRasterDataProvider.VirtualRasterInputLayers()
    entry.name, entry.uri, entry.provider = "pan", layer.source(), "gdal"
    parameters.rInputLayers = [entry]
    uri = QgsRasterDataProvider.encodeVirtualRasterProviderUri(parameters)
    virtual = QgsRasterLayer(uri, "twice", "virtualraster")
    if not virtual.isValid():
        pytest.skip("this QGIS makes no virtual raster of it")
    with pytest.raises(InputError, match=r"computes it while it is drawn.*export the layer to a GeoTIFF"):
        gdal_source("PAN", virtual, "twice")


def names_of_gdal(folder: Path) -> dict[str, str]:
    """One multispectral raster under names that only GDAL knows: in an archive, in a NetCDF, and its bands renamed."""
    _, ms = make_pan_ms(folder, 16, 20)
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.write(ms, "inside/ms.tif")
    gdal.Translate(str(folder / "one.nc"), ms, format="netCDF", bandList=[2])
    gdal.Translate(str(folder / "several.nc"), ms, format="netCDF")
    renamed = gdal.Translate(str(folder / "renamed.vrt"), ms, format="VRT", bandList=[3, 1])
    for number, name in enumerate(("red", "blue"), start=1):
        renamed.GetRasterBand(number).SetDescription(name)
    renamed = None
    return {
        "zip": f"/vsizip/{folder}/all.zip/inside/ms.tif", "netcdf": f'NETCDF:"{folder}/several.nc":Band2',
        "subset": f"vrt://{ms}?bands=3,1", "renamed": str(folder / "renamed.vrt"), "file": str(folder / "one.nc"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "bands"), [("zip", [1, 2, 3, 4]), ("netcdf", [2]), ("subset", [3, 1]), ("renamed", [3, 1]), ("file", [2])]
)
def test_what_gdal_reads_is_taken(provider: Any, tmp_path: Path, name: str, bands: list[int]) -> None:
    given, algorithm = names_of_gdal(tmp_path)[name], alg("rsfusion:classicalpansharpen")
    pan, ms = str(tmp_path / "pan.tif"), str(tmp_path / "ms.tif")
    values = {"PAN": pan, "MS": given, "OUTPUT": str(tmp_path / "made.tif")}
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    fine, why = algorithm.checkParameterValues(values, context)
    assert fine, why
    _, succeeded = algorithm.run(values, context, feedback)
    assert succeeded, feedback.textLog()
    gdal.Translate(str(tmp_path / "plain.tif"), ms, bandList=bands)
    plain = {**values, "MS": str(tmp_path / "plain.tif"), "OUTPUT": str(tmp_path / "again.tif")}
    _, succeeded = algorithm.run(plain, context, feedback)
    assert succeeded, feedback.textLog()
    np.testing.assert_array_equal(read_raster(tmp_path / "made.tif"), read_raster(tmp_path / "again.tif"))
    if name == "renamed":
        made = gdal.Open(str(tmp_path / "made.tif"))
        assert [made.GetRasterBand(n).GetDescription() for n in (1, 2)] == ["red", "blue"]


def test_a_part_of_a_product_is_taken_by_gdals_name(provider: Any, tmp_path: Path) -> None:
    """A product of Sentinel-2 is several rasters; each has a name of GDAL's driver."""
    safe = write_product(tmp_path)
    names = [name for name, _ in gdal.Open(str(safe / "MTD_MSIL2A.xml")).GetSubDatasets() if "m:EPSG" in name]
    fine, coarse = (next(name for name in names if f":{metres}m:" in name) for metres in (10, 20))
    algorithm, context = alg("rsfusion:checkcoregistration"), QgsProcessingContext()
    ok, why = algorithm.checkParameterValues({"REFERENCE": fine, "SECONDARY": coarse}, context)
    assert ok, why


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("several.nc", r"MS is '.*several\.nc', which holds 4 rasters; give one of them, such as NETCDF:.*Band1"),
        ('NETCDF:"nowhere.nc":Band1', "MS is 'NETCDF:\"nowhere.nc\":Band1', which QGIS cannot open"),
        ("PG:dbname=nowhere table=x", "MS is 'PG:dbname=nowhere table=x', which QGIS cannot open"),
    ],
)
def test_what_gdal_does_not_read_is_refused_with_the_reason(
    provider: Any, tmp_path: Path, given: str, words: str
) -> None:
    names_of_gdal(tmp_path)
    values = {"PAN": str(tmp_path / "pan.tif"), "OUTPUT": str(tmp_path / "made.tif"),
              "MS": str(tmp_path / given) if given == "several.nc" else given}  # fmt: skip
    fine, why = alg("rsfusion:classicalpansharpen").checkParameterValues(values, QgsProcessingContext())
    assert not fine and re.search(words, why), why


def alg(name: str) -> Any:
    return QgsApplication.processingRegistry().createAlgorithmById(name)


def test_open_options_are_refused(provider: Any, pan_ms: tuple[str, str]) -> None:
    layer = QgsRasterLayer(f"{pan_ms[0]}|option:NUM_THREADS=2", "pan", "gdal")
    with pytest.raises(InputError, match="NUM_THREADS"):
        gdal_source("PAN", layer, "pan")


def test_no_layer_at_all() -> None:
    with pytest.raises(InputError, match=r"MS is 'x\.tif'"):
        gdal_source("MS", None, "x.tif")


def test_the_crs_that_the_user_gave_a_layer_counts(project: Any, network: str, tmp_path: Path) -> None:
    """Layer > Set Layer CRS is what the message about a missing CRS advises."""
    pan, _ = make_pan_ms(tmp_path, 16, 20)
    _, bare = make_pan_ms(tmp_path, 16, 20, crs=None, name="bare_")
    ms = QgsRasterLayer(bare, "ms")
    project.addMapLayer(ms)
    values = {"PAN": pan, "MS": ms.id(), "MODEL": network, "OUTPUT": str(tmp_path / "fused.tif")}
    _, succeeded, log = _run(values)
    assert not succeeded
    assert "MS has no CRS" in log
    ms.setCrs(QgsCoordinateReferenceSystem(UTM))
    results, succeeded, log = _run(values)
    assert succeeded, log
    assert read_raster(results["OUTPUT"]).shape == (4, 64, 80)
    before = Path(bare).read_bytes()
    _, succeeded, log = _run({**values, "OUTPUT": bare})
    assert not succeeded
    assert Path(bare).read_bytes() == before


def test_what_no_check_saw_still_fails(provider: Any, pan_ms: tuple[str, str], tmp_path: Path) -> None:
    """A step of a model is run without checkParameterValues; it must not end as a success."""
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "MODEL": "nobody", "OUTPUT": str(tmp_path / "fused.tif")}
    _, succeeded, log = _run(values)
    assert not succeeded
    assert "MODEL is 'nobody'" in log
