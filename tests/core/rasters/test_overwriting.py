"""No result, nor a file that comes with it, takes the place of anything that a run reads."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from rsfusion_qgis.core.basics.errors import OutputError
from rsfusion_qgis.core.rasters.overwriting import Read, Written, check_names, files_behind
from tests.onnx_files import save
from tests.rasters import grid_transform, write_raster

pytestmark = pytest.mark.usefixtures("gdal_errors")


@pytest.fixture
def raster(tmp_path: Path) -> str:
    return write_raster(tmp_path / "ms.tif", np.ones((2, 8, 8)), grid_transform(4.0))


def refused(path: str | Path, *reads: str | Path, driver: str = "GTiff", options: tuple[str, ...] = ()) -> str:
    """The one sentence."""
    with pytest.raises(OutputError) as caught:
        check_names([Written("OUTPUT", str(path), driver, options)], [Read("MS", str(name)) for name in reads])
    text = str(caught.value)
    assert text.startswith("OUTPUT: ") and "MS" in text and text.endswith("choose another name for the result.")
    return text


def vrt(path: Path, *sources: str) -> str:
    dataset = gdal.BuildVRT(str(path), list(sources))
    dataset.FlushCache()
    return str(path)


def test_the_raster_itself_by_any_name(tmp_path: Path, raster: str) -> None:
    (tmp_path / "folder").mkdir()
    link, second = tmp_path / "link.tif", tmp_path / "second.tif"
    link.symlink_to(raster)
    os.link(raster, second)
    for name in (raster, link, second, tmp_path / "folder" / ".." / "ms.tif"):
        assert "is also MS" in refused(name, raster)
    assert "is also MS" in refused(raster, link)


def test_a_report_is_a_result_too(tmp_path: Path, raster: str) -> None:
    assert "is also MS" in refused(raster, raster, driver="")
    with pytest.raises(OutputError, match=r"^REPORT: .*O\.TIF' is also OUTPUT"):
        names = {"OUTPUT": str(tmp_path / "o.tif"), "REPORT": str(tmp_path / "O.TIF")}
        check_names([Written(*one) for one in names.items()], [])
    check_names([Written("OUTPUT", str(tmp_path / "o.tif"), "GTiff"), Written("REPORT", "")], [Read("MS", "")])


def test_files_behind_virtual_rasters(tmp_path: Path, raster: str) -> None:
    outer = vrt(tmp_path / "outer.vrt", vrt(tmp_path / "inner.vrt", raster))
    assert "is one of the files of MS" in refused(raster, outer)
    assert "is one of the files of MS" in refused(tmp_path / "inner.vrt", outer)
    dataset = gdal.Open(outer)
    text = dataset.GetMetadata("xml:VRT")[0].replace('relativeToVRT="1">', f'relativeToVRT="0">{tmp_path}/')
    assert "is one of the files of MS" in refused(raster, text)
    memory = "/vsimem/test_overwriting.vrt"
    gdal.Translate(memory, outer, format="VRT").FlushCache()
    assert "is one of the files of MS" in refused(raster, memory)
    gdal.Unlink(memory)


def test_an_archive(tmp_path: Path, raster: str) -> None:
    with zipfile.ZipFile(tmp_path / "ms.zip", "w") as archive:
        archive.write(raster, "inside/ms.tif")
    for name in (f"/vsizip/{tmp_path}/ms.zip/inside/ms.tif", f"/vsizip/{{{tmp_path}/ms.zip}}/inside/ms.tif"):
        assert str(tmp_path / "ms.zip") in files_behind(name)
        refused(tmp_path / "ms.zip", name)


def test_files_beside_a_raster(tmp_path: Path, raster: str) -> None:
    scene = str(tmp_path / "scene.img")
    gdal.Translate(scene, raster, format="ENVI").FlushCache()
    assert f"'{tmp_path / 'scene.hdr'}', which comes with" in refused(tmp_path / "scene.dat", scene, driver="ENVI")
    assert "is one of the files of MS" in refused(tmp_path / "scene.hdr", scene, driver="")
    check_names([Written("OUTPUT", str(tmp_path / "scene.tif"), "GTiff")], [Read("MS", scene)])
    check_names([Written("OUTPUT", str(tmp_path / "other.dat"), "ENVI")], [Read("MS", scene)])


def test_a_world_file_that_was_asked_for(tmp_path: Path, raster: str) -> None:
    bare = write_raster(tmp_path / "o.png", np.ones((1, 8, 8)), None, None, "Byte", driver="GTiff")
    Path(bare).with_suffix(".tfw").write_text("4\n0\n0\n-4\n500002\n4999998\n")
    sidecar = str(tmp_path / "o.tfw")
    check_names([Written("OUTPUT", str(tmp_path / "o.tif"), "GTiff")], [Read("MS", sidecar)])
    refused(tmp_path / "o.tif", sidecar, options=("TFW=YES",))


def test_a_header_of_a_raster_that_is_not_read(tmp_path: Path, raster: str) -> None:
    scene = str(tmp_path / "scene.img")
    gdal.Translate(scene, raster, format="ENVI").FlushCache()
    with pytest.raises(OutputError, match=r"scene\.hdr', which comes with .* belongs to another raster"):
        check_names([Written("OUTPUT", str(tmp_path / "scene.dat"), "ENVI")], [Read("MS", raster)])
    check_names([Written("OUTPUT", scene, "ENVI")], [Read("MS", raster)])  # an older result, replaced as a whole


def test_samples_and_networks(tmp_path: Path) -> None:
    layer = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(tmp_path / "s.shp"))
    layer.CreateLayer("s", None, ogr.wkbPoint).CreateField(ogr.FieldDefn("class", ogr.OFTString))
    layer = None
    for ending in (".shp", ".dbf", ".shx"):
        refused(tmp_path / f"s{ending}", tmp_path / "s.shp")
    network = save(tmp_path / "net.onnx")
    (tmp_path / "net.json").write_text("{}")
    for ending in (".onnx", ".json"):
        refused(tmp_path / f"net{ending}", network, driver="")


def test_two_results_with_one_companion(tmp_path: Path) -> None:
    writes = [Written("OUTPUT", str(tmp_path / "o.tif"), "GTiff"), Written("REPORT", str(tmp_path / "o.tif.ovr"))]
    with pytest.raises(OutputError, match="is also REPORT"):
        check_names(writes, [])


def test_names_that_lose_nothing(tmp_path: Path, raster: str) -> None:
    names = {"GTiff": "o.tif", "HFA": "o.img", "PNG": "o.png", "JP2OpenJPEG": "o.jp2", "": "r.html"}
    for driver, name in names.items():
        check_names([Written("OUTPUT", str(tmp_path / name), driver)], [Read("MS", raster)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ms.tif"]
