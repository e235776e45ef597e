"""Each check on its own: what it measures, when it warns, when it stops the run."""

import math

import pytest
from osgeo import osr

from rsfusion_qgis.core.alignment.checks import CHECKS, Pair, check_pair, grid_alignment, overlap, resolution_ratio
from rsfusion_qgis.core.alignment.checks import same_crs as crs_check
from rsfusion_qgis.core.grid.crs import transformation
from rsfusion_qgis.core.grid.fit import Fit
from rsfusion_qgis.core.grid.grid import Grid


def wkt(code: int) -> str:
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    return srs.ExportToWkt()


UTM32 = wkt(32632)


def grid(x=600000.0, y=5500000.0, size=0.5, width=400, height=400, crs=UTM32, degrees=0.0):
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Grid(crs, (x, size * c, size * s, y, size * s, -size * c), width, height)


def pair(other: Grid, policy="warn", reference=None) -> Pair:
    reference = reference or grid()
    return Pair("PAN", "MS", Fit(reference, other), (1.5, 8.0), 0.5, policy)


def only(module, *args, **keywords):
    (finding,) = module.check(pair(*args, **keywords))
    return finding


MS = grid(size=2.0, width=100, height=100)


def test_every_check_has_a_name_of_its_own():
    assert len({module.NAME for module in CHECKS}) == len(CHECKS)


def test_a_pair_that_nests_gives_information_only():
    findings = check_pair(pair(MS, policy="fail"))
    assert [f.severity for f in findings] == ["info"] * 4


@pytest.mark.parametrize("policy", ["fail", "warn", "correct"])
def test_a_crs_on_one_side_only_stops_the_run(policy):
    finding = only(crs_check, grid(crs="", size=2.0), policy)
    assert finding.severity == "error" and finding.sentence.startswith("MS has no CRS but PAN has one; assign")
    swapped = only(crs_check, MS, policy, reference=grid(crs=""))
    assert swapped.role == "PAN"


def test_no_crs_at_all_is_a_warning_unless_the_policy_is_strict():
    bare = grid(crs="")
    assert only(crs_check, grid(crs="", size=2.0), "warn", reference=bare).severity == "warning"
    assert only(crs_check, grid(crs="", size=2.0), "fail", reference=bare).severity == "error"


def test_another_crs_has_its_accuracy_in_pixels():
    x, y = transformation(UTM32, wkt(32633)).forward(600000.0, 5500000.0)
    finding = only(crs_check, grid(x, y, 2.0, 120, 120, wkt(32633)))
    assert finding.severity == "info" and finding.unit == "px" and finding.measured <= 0.01
    x, y = transformation(UTM32, wkt(31467)).forward(600000.0, 5500000.0)
    coarse = only(crs_check, grid(x, y, 2.0, 120, 120, wkt(31467)))
    assert coarse.severity == "warning" and coarse.measured > coarse.limit == 0.5
    assert only(crs_check, grid(x, y, 2.0, 120, 120, wkt(31467)), "fail").severity == "error"


@pytest.mark.parametrize("policy", ["fail", "warn", "correct"])
def test_a_crs_between_which_nothing_moves_nests_under_every_policy(policy):
    """How well the two agree on the ground is still said: 0.1 to 1 m between ETRS89 and WGS 84, as PROJ sees it."""
    fine, coarse = grid(size=10.0), grid(size=40.0, width=100, height=100, crs=wkt(25832))
    findings = check_pair(pair(coarse, policy, reference=fine))
    assert [f.severity for f in findings] == ["info"] * 4
    assert findings[0].sentence.startswith("Coordinates do not change from EPSG:25832")
    assert 0.01 <= findings[0].measured <= 0.1
    near = only(crs_check, grid(size=0.2, width=100, height=100, crs=wkt(25832)), policy, reference=grid(size=0.05))
    assert near.severity == ("error" if policy == "fail" else "warning")
    assert near.measured >= 2 and near.sentence.endswith("PAN pixels; assign one CRS to both if MS lies right.")


@pytest.mark.parametrize(
    ("x", "severity", "share"), [(600000.0, "info", 1.0), (600100.0, "warning", 0.5), (600200.0, "error", 0.0)]
)
def test_overlap_is_the_covered_share_of_the_reference(x, severity, share):
    finding = only(overlap, grid(x, size=2.0, width=100, height=100))
    assert finding.severity == severity and finding.measured == pytest.approx(share)


@pytest.mark.parametrize(
    ("size", "severity", "word"),
    [(2.0, "info", "4 times"), (0.75, "info", "1.5 times"), (4.0, "info", "8 times"), (0.7, "error", "takes 1.5 to 8"),
     (5.0, "error", "takes 1.5 to 8"),
     (0.25, "error", "PAN has coarser pixels than MS (2 times as large); expected the finer pixels in PAN"),
     (0.5, "error", "MS has pixels as small as those of PAN; this fusion takes 1.5 to 8 times larger ones")],
)  # fmt: skip
def test_ratio_limits_come_from_the_card(size, severity, word):
    finding = only(resolution_ratio, grid(size=size, width=round(200 / size), height=round(200 / size)))
    assert finding.severity == severity and word in finding.sentence


def test_pixels_of_one_size_are_said_plainly():
    same = Pair("SAR", "OPTICAL", Fit(grid(), grid()), (0.5, 2.0), 0.5, "warn")
    (finding,) = resolution_ratio.check(same)
    assert finding.sentence.startswith("OPTICAL pixels are as large as those of SAR")


def test_pixels_of_another_shape_are_refused():
    flat = Grid(UTM32, (600000.0, 2.0, 0, 5500000.0, 0, -1.0), 100, 200)
    assert "as wide but" in only(resolution_ratio, flat).sentence


def test_the_ratio_of_another_crs_is_measured_on_the_ground():
    x, y = transformation(UTM32, wkt(4326)).forward(600000.0, 5500000.0)
    degrees = 2.0 / 111000
    other = Grid(wkt(4326), (x, degrees / math.cos(math.radians(y)), 0, y, 0, -degrees), 100, 100)
    across, down = pair(other).fit.ratios
    assert (across, down) == pytest.approx((4.0, 4.0), rel=0.03)


@pytest.mark.parametrize(("policy", "severity"), [("fail", "error"), ("warn", "warning"), ("correct", "info")])
def test_landsats_half_pixel_is_followed_or_refused(policy, severity):
    ms = grid(600000.25, 5500000.25, 1.0, 200, 200)
    finding = only(grid_alignment, ms, policy)
    assert finding.severity == severity and finding.measured == pytest.approx(0.5)
    assert "interpol" in finding.sentence


@pytest.mark.parametrize(("policy", "severity"), [("fail", "error"), ("warn", "error"), ("correct", "warning")])
def test_a_rotation_is_warped_only_when_asked_for(policy, severity):
    finding = only(grid_alignment, grid(size=2.0, width=100, height=100, degrees=3.0), policy)
    assert finding.severity == severity and abs(finding.measured) == pytest.approx(3.0)


@pytest.mark.parametrize("policy", ["warn", "correct"])
def test_a_sheared_grid_is_not_called_rotated_by_0_degrees(policy):
    x0, a, _, y0, d, e = grid(size=2.0, width=100, height=100).geotransform
    finding = only(grid_alignment, Grid(UTM32, (x0, a, 0.1, y0, d, e), 100, 100), policy)
    assert "sheared: its columns are turned by 2.86 degrees against its rows" in finding.sentence


def test_a_ratio_that_is_not_whole_is_interpolated():
    ms = grid(size=1.25, width=160, height=160)
    assert only(grid_alignment, ms, "warn").severity == "info"
    assert only(grid_alignment, ms, "fail").severity == "error"


def test_after_an_error_no_further_check_is_asked():
    assert [f.check for f in check_pair(pair(grid(0.0, 0.0, 2.0)))] == ["same_crs", "overlap"]
