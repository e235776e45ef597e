"""Coregistration: what cannot be done is one sentence, and what was stopped leaves nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.alignment.coregister import run
from rsfusion_qgis.core.basics.errors import CancelledError, CoregistrationError, InputError, OutputError
from rsfusion_qgis.core.engine.run import Monitor
from tests.core.alignment.coregister_pair import job, leftovers, moved, north_up, sampled, texture
from tests.rasters import read_raster, write_raster

both_ways = pytest.mark.usefixtures("gdal_errors")


@pytest.fixture
def reference(tmp_path: Path) -> str:
    return write_raster(tmp_path / "reference.tif", sampled(400, 420), north_up())


@both_ways
def test_a_format_that_would_change_the_pixels_is_refused(reference, tmp_path):
    secondary = moved(tmp_path, 1.3, -0.7, dtype="Float32")
    with pytest.raises(OutputError, match="cannot hold 1 band of Float32 as they are"):
        run(job(reference, secondary, output=str(tmp_path / "o.png")), Monitor())
    assert leftovers(tmp_path) == []


@both_ways
def test_what_cannot_be_measured_is_an_error_and_leaves_no_file(reference, tmp_path):
    elsewhere = write_raster(tmp_path / "secondary.tif", texture(420, 9)[None, :400], north_up())
    with pytest.raises(CoregistrationError, match=r"uncertain|farther"):
        run(job(reference, elsewhere), Monitor())
    constant = write_raster(tmp_path / "secondary.tif", np.full((1, 400, 420), 5.0), north_up())
    with pytest.raises(CoregistrationError, match="SECONDARY_BANDS"):
        run(job(reference, constant), Monitor())
    far = moved(tmp_path, 25.0, 0.0)
    with pytest.raises(CoregistrationError, match="MAX_SHIFT"):
        run(job(reference, far), Monitor())
    assert leftovers(tmp_path) == []


def test_a_constant_band_beside_a_good_one_does_no_harm(reference, tmp_path):
    values = np.concatenate([sampled(400, 420, place=lambda c, r: (c + 1.0, r)), np.full((1, 400, 420), 5.0)])
    secondary = write_raster(tmp_path / "secondary.tif", values, north_up())
    result = run(job(reference, secondary), Monitor())
    assert result.applied and result.estimate.cols == pytest.approx(1.0, abs=0.05)
    assert (read_raster(result.output)[1] == 5).all()


@both_ways
def test_unusable_parameters_are_refused_with_one_sentence(reference, tmp_path):
    secondary = moved(tmp_path, 1.0, 0.0)
    for how, error, word in (
        ({"method": "magic"}, InputError, "METHOD is 'magic'"),
        ({"kernel": "lanczos"}, InputError, "RESAMPLING is 'lanczos'"),
        ({"output": secondary}, OutputError, "is also SECONDARY"),
        ({"output": reference}, OutputError, "is also REFERENCE"),
        ({"output": str(tmp_path / "no" / "o.tif")}, OutputError, "does not exist"),
        ({"output": str(tmp_path / "o.xyzzy")}, OutputError, r"\.xyzzy"),
    ):
        with pytest.raises(error, match=word):
            run(job(reference, secondary, **how), Monitor())
    assert leftovers(tmp_path) == []


def test_too_few_places_for_a_local_correction_is_said(tmp_path):
    first = write_raster(tmp_path / "reference.tif", sampled(120, 120), north_up())
    values = sampled(120, 120, place=lambda c, r: (c + 1.5, r))
    second = write_raster(tmp_path / "secondary.tif", values, north_up())
    with pytest.raises(InputError, match="METHOD 'tps' needs at least 5"):
        run(job(first, second, method="tps"), Monitor())
    assert leftovers(tmp_path) == []


class StopsAt(Monitor):
    """Cancels once so much is done."""

    def __init__(self, share: float) -> None:
        self.limit, self.share = share, 0.0

    def progress(self, fraction: float) -> None:
        self.share = fraction

    def is_cancelled(self) -> bool:
        return self.share >= self.limit


@both_ways
@pytest.mark.parametrize("share", [0.1, 0.6])
@pytest.mark.parametrize("how", [{}, {"method": "tps"}, {"output_format": "COG"}], ids=["shift", "tps", "cog"])
def test_cancel_leaves_nothing(reference, tmp_path, share, how):
    secondary = moved(tmp_path, 1.3, -0.7)
    names = {"report": "page.html", "points": "p.points", "field": "field.tif"}
    beside = {one: str(tmp_path / name) for one, name in names.items()}
    with pytest.raises(CancelledError):
        run(job(reference, secondary, **how, **beside), StopsAt(share))
    assert leftovers(tmp_path) == []
