"""An MS that has PAN's pixels, or finer ones: refused in one sentence, and recovered where its pixels repeat."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import CoregistrationError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import check, run
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions
from rsfusion_qgis.tasks.pansharpening.report import quality
from rsfusion_qgis.tasks.pansharpening.task import TASK
from tests.rasters import PAN_PIXEL_M, grid_transform, make_pan_ms, read_raster, write_raster

AS_DELIVERED = (
    "expected MS in its own, coarser pixels, so give MS as it was delivered, before it was resampled onto PAN."
)


def write_repeated(folder, ratio=4, skip=(0, 0), crs="EPSG:32632"):
    """PAN, MS, and the MS brought onto PAN's pixels by the nearest neighbour; both begin `skip` (cols, rows) later."""
    pan, ms = make_pan_ms(folder, rows=30, cols=36, ratio=ratio, crs=crs)
    fine = np.kron(read_raster(ms), np.ones((ratio, ratio)))
    col, row = skip
    place = grid_transform(PAN_PIXEL_M, (col * PAN_PIXEL_M, row * PAN_PIXEL_M)) if crs else None
    cut = [write_raster(folder / f"{name}_cut.tif", values[:, row:, col:], place, crs)
           for name, values in (("pan", read_raster(pan)), ("ms", fine))]  # fmt: skip
    if not crs:
        pan, ms = (write_raster(folder / f"{name}.tif", read_raster(path), None, None)
                   for name, path in (("pan", pan), ("ms", ms)))  # fmt: skip
    return pan, ms, *cut


def job(pan, ms, output, method="exp", **options):
    return Job(TASK, {"pan": str(pan), "ms": str(ms)}, str(output), method=method, options=MethodOptions(**options))


def refused(task):
    for what in (check, run):
        with pytest.raises(CoregistrationError) as caught:
            what(task)
    assert not Path(task.output).exists()
    return str(caught.value)


def test_an_ms_that_repeats_is_refused_and_the_parameter_named(tmp_path):
    _, _, pan, ms = write_repeated(tmp_path)
    assert refused(job(pan, ms, tmp_path / "out.tif")) == (
        "MS has pixels as small as those of PAN, and they repeat in blocks of 4 x 4; expected MS in its own, coarser "
        "pixels, so switch NATIVE_MS on, or give MS as it was delivered, before it was resampled onto PAN."
    )


@pytest.mark.parametrize(("wished", "words"), [
    (False, "so it was resampled onto PAN"), (True, "and NATIVE_MS finds no blocks in which they repeat"),
])  # fmt: skip
def test_an_ms_that_was_interpolated_is_refused(tmp_path, wished, words):
    pan, ms, _, _ = write_repeated(tmp_path)
    run(job(pan, ms, tmp_path / "interpolated.tif"))
    sentence = refused(job(pan, tmp_path / "interpolated.tif", tmp_path / "out.tif", native_ms=wished))
    assert sentence == f"MS has pixels as small as those of PAN, {words}; {AS_DELIVERED}"


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
def test_exchanged_rasters_are_told_before_their_bands(tmp_path, crs):
    pan, ms = write_repeated(tmp_path, crs=crs)[:2]
    assert refused(job(ms, pan, tmp_path / "out.tif")) == (
        "PAN has coarser pixels than MS (4 times as large); expected the finer pixels in PAN, so exchange PAN and MS."
    )


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
@pytest.mark.parametrize("method", ["exp", "mtf_glp_fs"])
def test_the_recovered_ms_gives_what_the_delivered_one_gives(tmp_path, crs, method):
    pan, ms, _, fine = write_repeated(tmp_path, crs=crs)
    folder = sorted(tmp_path.iterdir())
    run(job(pan, ms, tmp_path / "wanted.tif", method))
    result = run(job(pan, fine, tmp_path / "out.tif", method, native_ms=True))
    assert (read_raster(tmp_path / "out.tif") == read_raster(tmp_path / "wanted.tif")).all()
    said = [finding.sentence for finding in result.findings if finding.check == "native_pixels"]
    assert said == [f"MS repeats every pixel in blocks of 4 x 4, from column 0, row 0, of '{fine}' on; one pixel of "
                    "each block is read."]  # fmt: skip
    assert sorted(tmp_path.iterdir()) == sorted([*folder, tmp_path / "out.tif", tmp_path / "wanted.tif"])
    assert "not measured" not in "".join(quality(result, None))


def test_blocks_may_begin_anywhere(tmp_path):
    """What lies in blocks that the raster cuts is left out."""
    whole, ms, pan, fine = write_repeated(tmp_path, skip=(1, 2))
    result = run(job(pan, fine, tmp_path / "out.tif", native_ms=True))
    run(job(whole, ms, tmp_path / "wanted.tif"))
    assert (result.grid.width, result.grid.height) == (4 * 35, 4 * 29)
    inner = np.abs(read_raster(tmp_path / "out.tif") - read_raster(tmp_path / "wanted.tif")[:, 4:, 4:])[:, 8:-8, 8:-8]
    assert inner.max() <= 1


def test_without_georeferencing_they_must_begin_with_the_raster(tmp_path):
    _, _, pan, ms = write_repeated(tmp_path, skip=(1, 2), crs=None)
    assert refused(job(pan, ms, tmp_path / "out.tif", native_ms=True)) == (
        "NATIVE_MS: the blocks in which MS repeats begin at column 3, row 2; expected 0 and 0 without georeferencing, "
        "so crop PAN and MS alike or georeference both."
    )


def test_it_does_nothing_to_a_pair_as_it_was_delivered(tmp_path):
    pan, ms = write_repeated(tmp_path)[:2]
    one = job(pan, ms, tmp_path / "out.tif", native_ms=True)
    assert TASK.complete(one) == (one.inputs, ())


def test_what_was_recovered_is_left_as_it_is(tmp_path):
    _, _, pan, ms = write_repeated(tmp_path)
    one = job(pan, ms, tmp_path / "out.tif", native_ms=True)
    inputs, _ = TASK.complete(one)
    assert inputs["ms"] != ms and TASK.complete(replace(one, inputs=inputs)) == (inputs, ())
