"""What cannot be used is said in one sentence that names the parameter, and nothing is written."""

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import CoregistrationError, InputError, OutputError, RsFusionError
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.lidar_features.scenes import NODATA, PIXEL_M, computed, sentences, surface, terrain, write

pytestmark = pytest.mark.usefixtures("gdal_errors")

FAR = grid_transform(PIXEL_M, (9000.0, 0.0))


@pytest.fixture
def dsm(tmp_path):
    return write(tmp_path / "dsm.tif", surface())


def refused(tmp_path, error, words, dsm, **job):
    """The run fails with these words in one sentence and leaves its folder empty."""
    folder = tmp_path / "out"
    folder.mkdir(exist_ok=True)
    with pytest.raises(error, match=words) as caught:
        computed(folder, dsm, **job)
    assert isinstance(caught.value, RsFusionError)
    assert "\n" not in str(caught.value)
    assert list(folder.iterdir()) == []


PARAMETERS = {
    "radius below a pixel": ({"radius_m": 0.3}, r"RADIUS is 0\.3 m, less than one pixel of DSM \(0\.5 m\)"),
    "radius of too many pixels": ({"radius_m": 60.0}, r"RADIUS is 60 m, 120 pixels of DSM; expected at most 100"),
    "negative radius": ({"radius_m": -1.0}, r"RADIUS is -1; expected metres"),
    "no number": ({"ground_window_m": float("nan")}, r"GROUND_WINDOW is nan; expected metres"),
    "percentile": ({"percentiles": (50.0, 101.0)}, r"PERCENTILES are '50,101'; expected .* 0 to 100"),
    "unknown feature": ({"features": ("slope", "aspect")}, r"FEATURES names 'aspect'; expected some of height_above"),
    "no intensity": ({"features": ("intensity",)}, r"FEATURES names 'intensity', but INTENSITY is empty"),
    "no ground": (
        {"features": ("height_above_ground",), "ground_window_m": 0.0},
        r"FEATURES names 'height_above_ground', but DTM is empty and GROUND_WINDOW is 0",
    ),
    "too small a window": (
        {"features": ("height_above_ground",), "ground_window_m": 0.8},
        r"GROUND_WINDOW of 0\.8 m is less than three pixels",
    ),
    "policy": ({"policy": "maybe"}, r"COREGISTRATION is 'maybe'"),
    "tile size": ({"tile_size": 10}, r"TILE_SIZE is 10"),
    "extent": ({"extent": (0.0, 0.0, 1.0, 1.0)}, r"EXTENT does not touch DSM"),
}


@pytest.mark.parametrize("case", PARAMETERS)
def test_parameters(tmp_path, dsm, case):
    job, words = PARAMETERS[case]
    refused(tmp_path, InputError, words, dsm, **job)


@pytest.mark.parametrize("role", ["DSM", "DTM", "INTENSITY"])
def test_several_bands(tmp_path, dsm, role):
    two = write_raster(tmp_path / "two.tif", np.zeros((2, 150, 170)), grid_transform(PIXEL_M))
    job = {"dsm": dsm, role.lower(): two}
    refused(tmp_path, InputError, rf"{role}: '.*two.tif' has 2 bands; expected 1", **job)


def test_no_surface(tmp_path):
    refused(tmp_path, InputError, "DSM is missing", "")
    refused(tmp_path, InputError, "DSM: '.*none.tif' cannot be opened", str(tmp_path / "none.tif"))


@pytest.mark.parametrize("role", ["dtm", "intensity"])
def test_no_overlap(tmp_path, dsm, role):
    far = write(tmp_path / "far.tif", terrain(), geotransform=FAR)
    refused(tmp_path, CoregistrationError, f"{role.upper()} does not overlap DSM", dsm, **{role: far})


def test_no_pixel_in_common(tmp_path, dsm):
    empty = np.full((150, 170), np.nan)
    empty[0, 0] = 5  # where DSM has no data
    dtm = write(tmp_path / "holes.tif", empty)
    refused(tmp_path, InputError, "DTM has no valid pixel where DSM has one", dsm, dtm=dtm)
    refused(tmp_path, InputError, "INTENSITY has no valid pixel where DSM has one", dsm, intensity=dtm)


def test_no_data_at_all(tmp_path):
    empty = write(tmp_path / "empty.tif", np.full((40, 50), np.nan))
    refused(tmp_path, InputError, r"DSM: '.*empty.tif' has no valid pixel anywhere", empty)


def test_no_data_in_the_extent(tmp_path, dsm):
    x, y = grid_transform(PIXEL_M)[0::3]
    extent = (x, y - 1.5, x + 2.0, y)
    refused(tmp_path, InputError, "has no valid pixel in EXTENT", dsm, extent=extent)


def test_a_rotated_terrain_model_is_refused_or_warped_as_the_policy_says(tmp_path, dsm):
    turned = write(tmp_path / "turned.tif", terrain(300, 300), geotransform=grid_transform(0.5, (-20.0, 20.0), 10.0))
    refused(tmp_path, CoregistrationError, "DTM's grid is rotated by 10", dsm, dtm=turned)
    done = computed(tmp_path, dsm, dtm=turned, policy="correct")
    assert any("is warped onto it" in sentence for sentence in sentences(done))


def test_other_pixels_are_refused_where_the_policy_is_fail(tmp_path, dsm):
    shifted = write(tmp_path / "shifted.tif", terrain(), geotransform=grid_transform(PIXEL_M, (0.2, 0.0)))
    refused(tmp_path, CoregistrationError, "DTM's pixel corners lie", dsm, dtm=shifted, policy="fail")


def test_other_pixels_without_georeferencing(tmp_path):
    dsm = write(tmp_path / "a.tif", surface(), geotransform=None, crs=None)
    dtm = write(tmp_path / "b.tif", terrain(75, 85), geotransform=None, crs=None)
    words = "DTM has 85 x 75 pixels and DSM 170 x 150, and neither is georeferenced"
    refused(tmp_path, InputError, words, dsm, dtm=dtm)


def test_an_input_is_never_the_output(tmp_path, dsm):
    for role in ("dsm", "dtm", "intensity"):
        before = (tmp_path / "dsm.tif").read_bytes()
        with pytest.raises(OutputError, match=f"OUTPUT: '.*' is also {role.upper()}"):
            other = dsm if role == "dsm" else write(tmp_path / "other.tif", surface())
            computed(tmp_path, other, "dsm.tif", **({} if role == "dsm" else {role: dsm}))
        assert (tmp_path / "dsm.tif").read_bytes() == before


def test_a_damaged_surface_model(tmp_path):
    rng = np.random.default_rng(0)
    whole, path = tmp_path / "whole.tif", tmp_path / "cut.tif"
    write(whole, rng.uniform(0, 9, (600, 600)))
    # In a file of this kind the directory comes first, whatever the version of GDAL, and only pixels are lost.
    gdal.Translate(str(path), str(whole), creationOptions=["TILED=YES", "COPY_SRC_OVERVIEWS=YES"])
    path.write_bytes(path.read_bytes()[:700_000])
    refused(tmp_path, InputError, r"DSM: '.*' cannot be read at column .* truncated or damaged", str(path))


def test_nodata_is_never_a_height(tmp_path):
    z = surface()
    computed(tmp_path, write(tmp_path / "dsm.tif", z), features=("range",), ground_window_m=0.0)
    assert np.nanmax(read_raster(tmp_path / "out.tif")) < 30 < abs(NODATA)
