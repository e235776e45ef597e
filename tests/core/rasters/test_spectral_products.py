"""Products of imaging spectrometers: what a file beside the image tells of its bands, and cubes that are turned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.core.rasters.spectral import centres_and_widths
from rsfusion_qgis.core.rasters.told_beside import told_beside
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK
from tests.rasters import write_raster
from tests.tasks.hyperspectral_sharpening.scenes import guide_of, truth

CENTRES = (418.4, 560.2, 902.2, 899.7)
WIDTHS = (7.0, 6.5, 11.0, 8.3)
STEM = "ENMAP01-____L2A-DT0000002446_20220724T102042Z_001_V010101_20220814T121212Z-"


def enmap(number: int) -> str:
    return (f'<bandID number="{number}"><wavelengthCenterOfBand>{CENTRES[number - 1]}</wavelengthCenterOfBand>'
            f"<FWHMOfBand>{WIDTHS[number - 1]}</FWHMOfBand><GainOfBand>0.0001</GainOfBand></bandID>")  # fmt: skip


def desis(number: int) -> str:
    return (f"<band><bandNumber>{number}</bandNumber><wavelengthCenterOfBand>{CENTRES[number - 1]}"
            f"</wavelengthCenterOfBand><wavelengthWidthOfBand>{WIDTHS[number - 1]}</wavelengthWidthOfBand>"
            "<response>0.1, 0.9</response></band>")  # fmt: skip


def product(folder: Path, about: str, values: np.ndarray | None = None, beside: str = "METADATA.XML") -> str:
    """An image without wavelengths, and the file beside it."""
    values = np.ones((4, 6, 6)) if values is None else values
    path = write_raster(folder / f"{STEM}SPECTRAL_IMAGE.TIF", values, (0.0, 30.0, 0.0, 0.0, 0.0, -30.0), dtype="Int16")
    (folder / f"{STEM}{beside}").write_text(
        f"<level_X><specific><bandCharacterisation>{about}</bandCharacterisation></specific></level_X>", "utf-8"
    )
    return path


@pytest.mark.parametrize(("one", "beside"), [(enmap, "METADATA.XML"), (desis, "METADATA.xml")])
def test_wavelengths_and_widths_come_from_the_file_beside(tmp_path: Path, one: object, beside: str) -> None:
    path = product(tmp_path, "".join(one(number) for number in (1, 2, 3, 4)), beside=beside)
    with RasterSource(path, "HS") as source:
        centres, widths = centres_and_widths(source)
    np.testing.assert_allclose(centres, np.array(CENTRES) / 1000)
    np.testing.assert_allclose(widths, np.array(WIDTHS) / 1000)


def test_a_file_of_another_number_of_bands_tells_nothing(tmp_path: Path) -> None:
    path = product(tmp_path, enmap(1) + enmap(2))
    assert told_beside(path, 4) == {} and sorted(told_beside(path, 2)) == [1, 2]
    with RasterSource(path, "HS") as source:
        assert [band.wavelength_um for band in source.bands] == [None] * 4


def test_what_the_image_says_itself_counts_more(tmp_path: Path) -> None:
    path = product(tmp_path, "".join(enmap(number) for number in (1, 2, 3, 4)))
    raster = gdal.Open(path, gdal.GA_Update)
    raster.GetRasterBand(2).SetMetadataItem("wavelength", "0.5")
    raster.FlushCache()
    raster = None
    with RasterSource(path, "HS") as source:
        assert [band.wavelength_um for band in source.bands] == pytest.approx([0.4184, 0.5, 0.9022, 0.8997])


def test_a_sharpened_product_has_the_wavelengths_in_their_order(tmp_path: Path) -> None:
    fine = truth(120, 120, 4)
    coarse = fine.reshape(4, 40, 3, 40, 3).mean((2, 4))
    path = product(tmp_path, "".join(enmap(number) for number in (1, 2, 3, 4)), coarse)
    guide = write_raster(tmp_path / "guide.tif", guide_of(fine, 2), (0.0, 10.0, 0.0, 0.0, 0.0, -10.0), dtype="Int16")
    output = str(tmp_path / "sharp.tif")
    run(Job(TASK, {"hs": path, "guide": guide}, output=output, method="hp1", options=HyperspectralOptions(),
            policy="correct"))  # fmt: skip
    with RasterSource(output, "OUTPUT") as source:
        assert [band.wavelength_um for band in source.bands] == pytest.approx(np.array(CENTRES) / 1000)


def test_a_cube_whose_spectrum_is_its_last_axis_is_refused_or_read_as_it_is(tmp_path: Path) -> None:
    """GDAL 3.10 takes the last axis of such a cube for bands, older ones for columns."""
    driver = gdal.GetDriverByName("netCDF")
    if driver is None or not driver.GetMetadataItem("DCAP_CREATE_MULTIDIMENSIONAL"):
        pytest.skip("this GDAL writes no netCDF")
    path = str(tmp_path / "emit.nc")
    made = driver.CreateMultiDimensional(path)
    group = made.GetRootGroup()
    axes = [group.CreateDimension(name, None, None, size)
            for name, size in (("downtrack", 8), ("crosstrack", 9), ("bands", 20))]  # fmt: skip
    array = group.CreateMDArray("reflectance", axes, gdal.ExtendedDataType.Create(gdal.GDT_Float32))
    array.Write(np.ones((8, 9, 20), np.float32).tobytes())
    array = axes = group = made = None
    if gdal.Open(path).RasterCount == 20:
        with RasterSource(path, "HS") as source:
            assert (len(source.bands), source.grid.width, source.grid.height) == (20, 9, 8)
        return
    with pytest.raises(InputError, match="has its spectrum where GDAL expects columns; expected a raster"):
        RasterSource(path, "HS")
