"""An estimate through the engine: values, intervals, absent rasters, what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import Job, run
from rsfusion_qgis.tasks.regression.task import TASK
from tests.rasters import read_raster
from tests.tasks.land_cover import classifier_files as rasters
from tests.tasks.regression import network_files


@pytest.fixture
def job(tmp_path: Path) -> Job:
    hs, height = rasters.fields()
    inputs = {"hs": rasters.write_hs(tmp_path / "hs.tif", hs), "lidar": rasters.write_lidar(tmp_path / "l.tif", height)}
    return Job(TASK, inputs, str(tmp_path / "out.tif"), str(network_files.save(tmp_path / "net.onnx")),
               further={"INTERVAL": str(tmp_path / "ends.tif")}, threads=1)  # fmt: skip


def test_estimates_and_intervals_as_computed_by_hand(job: Job) -> None:
    result = run(job)
    wanted = network_files.expected(*rasters.fields())
    np.testing.assert_allclose(read_raster(job.output)[0], wanted, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(read_raster(job.further["INTERVAL"]), [wanted - 1, wanted + 2], rtol=1e-5, atol=1e-5)
    found = result.summary
    assert (found.name, found.pixels, found.counts.sum()) == ("biomass", wanted.size, wanted.size)
    assert found.mean == pytest.approx(wanted.mean(), rel=1e-5) and found.widths == pytest.approx(3.0, rel=1e-4)
    assert (found.low, found.high) == pytest.approx((wanted.min(), wanted.max()), rel=1e-5)


def test_an_absent_raster_is_done_without(job: Job) -> None:
    alone = Job(TASK, {"hs": job.inputs["hs"]}, job.output, job.model, threads=1)
    run(alone)
    np.testing.assert_allclose(read_raster(job.output)[0], network_files.expected(rasters.fields()[0]), atol=1e-5)


def test_a_network_without_an_interval_says_so(job: Job, tmp_path: Path) -> None:
    model = str(network_files.save(tmp_path / "plain.onnx", outputs=network_files.OUTPUTS[:1]))
    with pytest.raises(InputError, match="tells no interval; leave it empty"):
        run(Job(TASK, job.inputs, job.output, model, further=job.further, threads=1))
    run(Job(TASK, job.inputs, job.output, model, threads=1))
    assert Path(job.output).exists() and not Path(job.further["INTERVAL"]).exists()
