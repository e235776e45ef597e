"""File to file: the result does not depend on tiles or extents, keeps what MS says, and lies where PAN lies."""

import time
from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics import shipped_files as paths
from rsfusion_qgis.core.basics.errors import CancelledError
from rsfusion_qgis.core.basics.findings import Finding
from rsfusion_qgis.core.engine.chain import Operator
from rsfusion_qgis.core.engine.run import Monitor, check, run
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.pansharpening.task import TASK
from tests.jobs import fusion_job
from tests.onnx_files import build, save, slow_model
from tests.rasters import grid_transform, make_pan_ms, read_raster, write_raster


class Log(Monitor):
    """Keeps what it is told."""

    def __init__(self):
        self.fractions, self.infos, self.warnings = [], [], []

    def progress(self, fraction):
        self.fractions.append(fraction)

    def info(self, text):
        self.infos.append(text)

    def warning(self, text):
        self.warnings.append(text)


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx"))


def fuse(tmp_path, model, pan, ms, name="out.tif", monitor=None, **options):
    return run(fusion_job(pan, ms, model, str(tmp_path / name), **options), monitor)


def fused(tmp_path, model, pan, ms, name="out.tif", **options):
    fuse(tmp_path, model, pan, ms, name, **options)
    return read_raster(tmp_path / name)


def test_what_a_task_finds_in_headers_is_told_once(tmp_path, model):
    """In the log and in the result, also where its chain says it again."""
    wide = Finding("bands", "warning", "MS", "MS is wide", cure="narrow it")

    def build_again(plan, layers):
        chain = TASK.build(plan, layers)
        return replace(chain, findings=(*chain.findings, wide))

    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40)
    for build_chain in (TASK.build, build_again):
        log, task = Log(), replace(TASK, check=lambda plan: (*TASK.check(plan), wide), build=build_chain)
        result = run(replace(fusion_job(pan, ms, model, str(tmp_path / "out.tif")), task=task), log)
        assert result.findings.count(wide) == 1 and log.warnings.count(wide.sentence) == 1
        assert len(set(result.findings)) == len(result.findings)


@pytest.mark.parametrize("offset", [(0, 0), (0.125, -0.3)])
@pytest.mark.parametrize("ratio", [4, 2, 1.5, 2.5])
def test_tiles_and_extents_do_not_change_the_result(tmp_path, model, ratio, offset):
    pan, ms = make_pan_ms(tmp_path, rows=90, cols=110, ratio=ratio, offset=offset, dtype="Float32")
    whole = fused(tmp_path, model, pan, ms)
    for size in (32, 45, 64, 300):
        assert np.abs(fused(tmp_path, model, pan, ms, tile_size=size) - whole).max() < 1e-5
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        grid = source.grid
    (x0, y0), (x1, y1) = grid.to_map(31, 17), grid.to_map(99, 80)
    part = fused(tmp_path, model, pan, ms, "part.tif", tile_size=32, extent=(x0, y1, x1, y0))
    assert np.abs(part - whole[:, 17:80, 31:99]).max() < 1e-5


@pytest.mark.parametrize("multiple_of", [2, 4])
def test_blocks_of_the_network_are_the_same_in_every_extent(tmp_path, multiple_of):
    """A network that takes the maximum over blocks of pixels sees the same blocks in a part and in the whole."""
    model = str(save(tmp_path / "blocks.onnx", blocks_model(multiple_of), multiple_of=multiple_of, halo=multiple_of))
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, dtype="Float32")
    whole = fused(tmp_path, model, pan, ms)
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        (x0, y0), (x1, y1) = source.grid.to_map(13, 7), source.grid.to_map(90, 101)
    part = fused(tmp_path, model, pan, ms, "part.tif", tile_size=32, extent=(x0, y1, x1, y0))
    assert np.abs(part - whole[:, 7:101, 13:90]).max() < 1e-6


def blocks_model(size):
    from onnx import helper, numpy_helper

    model = build(
        tail=[
            helper.make_node("MaxPool", ["sharp"], ["pooled"], kernel_shape=[size, size], strides=[size, size]),
            helper.make_node("Resize", ["pooled", "", "scales"], ["fused"], mode="nearest"),
        ]
    )
    scales = numpy_helper.from_array(np.array([1, 1, size, size], np.float32), "scales")
    model.graph.initializer.append(scales)
    return model


@pytest.mark.parametrize("shift_m", [(0.0, 0.0), (0.5, 0.5), (-0.3, 1.2)])
def test_ms_is_interpolated_where_it_truly_lies(tmp_path, shift_m):
    """With a network that passes MS through, every output pixel has the value of the ground at its centre."""
    model = str(save(tmp_path / "pass.onnx", build(weight=0.0)))
    pan, ms = grid_transform(1.0), grid_transform(2.0, shift_m)
    pan_path = write_raster(tmp_path / "pan.tif", ground(pan, 120)[None], pan, dtype="Float32")
    ms_path = write_raster(tmp_path / "ms.tif", ground(ms, 60)[None], ms, dtype="Float32")
    values = fused(tmp_path, model, pan_path, ms_path)[0]
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        truth = ground(source.grid.geotransform, 120)[: values.shape[0], : values.shape[1]]
    assert np.abs(values - truth)[8:-8, 8:-8].max() < 0.01


def ground(geotransform, size):
    """A smooth formula of the map position, (size, size), amplitude 1, wavelengths above 20 m."""
    row, col = np.mgrid[0:size, 0:size] + 0.5
    x, y = geotransform[0] + col * geotransform[1], geotransform[3] + row * geotransform[5]
    return 2.0 + np.sin(x % 1000 / 3.5) * np.cos(y % 1000 / 4.5)


@pytest.mark.parametrize("dtype", ["Byte", "UInt16", "Int16", "Int32", "Float32", "Float64"])
def test_the_data_type_is_that_of_ms_unless_asked_for(tmp_path, model, dtype):
    pan, ms = make_pan_ms(tmp_path, dtype=dtype)
    fuse(tmp_path, model, pan, ms)
    assert gdal.GetDataTypeName(gdal.Open(str(tmp_path / "out.tif")).GetRasterBand(1).DataType) == dtype
    fuse(tmp_path, model, pan, ms, data_type="Float32")
    assert gdal.GetDataTypeName(gdal.Open(str(tmp_path / "out.tif")).GetRasterBand(1).DataType) == "Float32"


@pytest.mark.parametrize("bands", [1, 3, 4, 8, 13])
def test_any_number_of_bands(tmp_path, model, bands):
    pan, ms = make_pan_ms(tmp_path, bands=bands)
    assert fused(tmp_path, model, pan, ms).shape == (bands, 128, 128)


def test_what_ms_says_of_itself_is_kept(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    dataset = gdal.Open(ms, gdal.GA_Update)
    dataset.SetMetadata({"SENSOR": "X"})
    band = dataset.GetRasterBand(2)
    band.SetScale(0.0001)
    band.SetOffset(-0.1)
    band.SetMetadata({"wavelength": "0.56"})
    band.SetColorInterpretation(gdal.GCI_GreenBand)
    dataset = band = None
    fuse(tmp_path, model, pan, ms)
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    band = dataset.GetRasterBand(2)
    assert (band.GetDescription(), band.GetScale(), band.GetOffset()) == ("band 2", 0.0001, -0.1)
    assert band.GetMetadataItem("wavelength") == "0.56"
    assert band.GetColorInterpretation() == gdal.GCI_GreenBand
    assert dataset.GetMetadataItem("SENSOR") == "X"
    assert dataset.GetMetadataItem("MODEL", "RSFUSION") == "detail"
    assert dataset.GetGeoTransform() == gdal.Open(pan).GetGeoTransform()
    assert dataset.GetProjection() == gdal.Open(pan).GetProjection()


def edit(path, change):
    """Change the stored values of a raster in place."""
    dataset = gdal.Open(path, gdal.GA_Update)
    values = np.frombuffer(dataset.ReadRaster(), np.uint16).copy()
    values = values.reshape(dataset.RasterCount, dataset.RasterYSize, dataset.RasterXSize)
    change(values)
    dataset.WriteRaster(0, 0, dataset.RasterXSize, dataset.RasterYSize, values.tobytes())


def test_nodata_stays_nodata_per_band_and_nothing_else_becomes_it(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, nodata=0)
    edit(ms, lambda v: v[1].__setitem__((slice(10, 14), slice(10, 14)), 0))
    edit(pan, lambda v: v[0].__setitem__((slice(0, 5), slice(None)), 0))
    values = fused(tmp_path, model, pan, ms)
    hole = values[1, 40:56, 40:56]
    assert (hole == 0).all() and (values[:, :5] == 0).all()
    values[1, 40:56, 40:56], values[:, :5] = 1, 1
    assert (values > 0).all()


def test_invalid_pixels_do_not_leak_into_their_neighbours(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    clean = fused(tmp_path, model, pan, ms)
    edit(ms, lambda v: v[:, 10:14, 10:14].__setitem__(slice(None), 65535))
    for i in range(4):
        dataset = gdal.Open(ms, gdal.GA_Update)
        dataset.GetRasterBand(i + 1).SetNoDataValue(65535)
        dataset = None
    holed = fused(tmp_path, model, pan, ms)
    valid = holed != 65535
    assert not valid[:, 40:56, 40:56].any() and valid.sum() == valid.size - 4 * 256
    assert np.abs(holed - clean)[valid].max() < 0.1 * clean.max()


@pytest.mark.parametrize("size", [32, 64])
def test_nodata_holes_do_not_depend_on_the_tiling(tmp_path, model, size):
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, nodata=0)
    edit(ms, lambda v: v[:, 5:30, 7:9].__setitem__(slice(None), 0))
    whole = fused(tmp_path, model, pan, ms, data_type="Float32")
    assert np.abs(fused(tmp_path, model, pan, ms, data_type="Float32", tile_size=size) - whole).max() < 0.01


def test_an_alpha_band_comes_out_as_one(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, bands=4)
    dataset = gdal.Open(ms, gdal.GA_Update)
    dataset.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    dataset = None
    edit(ms, lambda v: v[3].__setitem__(slice(None), 65535))
    edit(ms, lambda v: v[3].__setitem__((slice(0, 8), slice(None)), 0))
    fuse(tmp_path, model, pan, ms)
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        _, valid = source.read(source.grid.window)
        assert source.mask_kind == "alpha" and len(source.bands) == 3
    assert not valid[:, :32].any() and valid[:, 32:].all()


def test_without_any_georeferencing_the_sizes_decide(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    bare_pan = write_raster(tmp_path / "bp.tif", read_raster(pan), None, None)
    bare_ms = write_raster(tmp_path / "bm.tif", read_raster(ms), None, None)
    log = Log()
    fuse(tmp_path, model, bare_pan, bare_ms, "bare.tif", log)
    assert any("cover the same area" in w for w in log.warnings)
    assert (read_raster(tmp_path / "bare.tif") == fused(tmp_path, model, pan, ms)).all()


def test_other_extents_give_the_intersection_and_a_warning(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, offset=(8, 4))
    log = Log()
    fuse(tmp_path, model, pan, ms, monitor=log)
    assert any("intersection" in w for w in log.warnings)
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        assert (source.grid.width, source.grid.height) == (128 - 32, 128 - 16)
        x, y = source.grid.to_map(0, 0)
    assert (x, y) == pytest.approx(gdal.Open(ms).GetGeoTransform()[0:4:3])


def test_ms_in_the_next_utm_zone_is_warped(tmp_path):
    model = str(save(tmp_path / "pass.onnx", build(weight=0.0)))
    pan, ms = make_pan_ms(tmp_path, rows=60, cols=60)
    far = str(tmp_path / "far.tif")
    gdal.Warp(far, ms, dstSRS="EPSG:32633", resampleAlg="cubic", dstNodata=0)
    straight = fused(tmp_path, model, pan, ms)
    log = Log()
    fuse(tmp_path, model, pan, far, "far_out.tif", log)
    assert any("EPSG:32633" in text for text in log.infos + log.warnings)
    values = read_raster(tmp_path / "far_out.tif")
    inside = (slice(None), slice(40, 200), slice(40, 200))
    assert np.abs(values - straight)[inside].mean() < 0.02 * straight.mean()
    for size in (32, 64):
        assert np.abs(fused(tmp_path, model, pan, far, "t.tif", tile_size=size) - values).max() <= 1


def test_a_rotated_ms_is_warped_when_asked(tmp_path):
    model = str(save(tmp_path / "pass.onnx", build(weight=0.0)))
    straight = make_pan_ms(tmp_path, rows=60, cols=60, name="a")
    turned = make_pan_ms(tmp_path, rows=60, cols=60, degrees=3.0, name="b")
    expected = fused(tmp_path, model, *straight)
    values = fused(tmp_path, model, *turned, "turned.tif", policy="correct")
    offset = (expected.shape[1] - values.shape[1], expected.shape[2] - values.shape[2])
    inside = (slice(None), slice(60, 180), slice(60, 180))
    assert offset[0] >= 0 and offset[1] >= 0
    with RasterSource(str(tmp_path / "turned.tif"), "T") as t, RasterSource(str(tmp_path / "out.tif"), "O") as o:
        col, row = (round(v) for v in o.grid.to_pixel(*t.grid.to_map(0, 0)))
    assert (
        np.abs(values[inside] - expected[:, 60 + row : 180 + row, 60 + col : 180 + col]).mean() < 0.02 * expected.mean()
    )


def test_a_network_on_coarse_ms_reads_ms_as_it_is(tmp_path):
    """ratio 4 in the card: the network gets MS pixels themselves, and tiles still do not matter."""
    from onnx import helper, numpy_helper

    from rsfusion_qgis.core.networks.card_fields import Band, InputSpec
    from rsfusion_qgis.core.rasters.scaling import Scaling
    from tests.onnx_files import card

    model = coarse_model(helper, numpy_helper)
    inputs = (
        InputSpec("ms", "ms", ratio=4, scaling=Scaling("dataset")),
        InputSpec("pan", "pan", (Band("pan"),), scaling=Scaling("dataset")),
    )
    assert card(inputs=inputs).inputs[0].ratio == 4
    path = str(save(tmp_path / "coarse.onnx", model, inputs=inputs, multiple_of=4, halo=8))
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, offset=(2, 1), dtype="Float32")
    whole = fused(tmp_path, path, pan, ms)
    coarse = read_raster(ms)
    assert np.abs(whole - coarse.repeat(4, 1).repeat(4, 2)[:, : whole.shape[1], : whole.shape[2]]).max() < 1e-4
    assert np.abs(fused(tmp_path, path, pan, ms, tile_size=64) - whole).max() < 1e-5


def coarse_model(helper, numpy_helper):
    import onnx

    nodes = [
        helper.make_node("Resize", ["ms", "", "scales"], ["large"], mode="nearest"),
        helper.make_node("Mul", ["pan", "nought"], ["nothing"]),
        helper.make_node("Add", ["large", "nothing"], ["fused"]),
    ]
    tensor = onnx.helper.make_tensor_value_info
    inputs = [
        tensor("ms", onnx.TensorProto.FLOAT, (1, "bands", "h", "w")),
        tensor("pan", onnx.TensorProto.FLOAT, (1, 1, "rows", "cols")),
    ]
    outputs = [tensor("fused", onnx.TensorProto.FLOAT, (1, "bands", "rows", "cols"))]
    weights = [
        numpy_helper.from_array(np.array([1, 1, 4, 4], np.float32), "scales"),
        numpy_helper.from_array(np.array([0], np.float32), "nought"),
    ]
    graph = helper.make_graph(nodes, "coarse", inputs, outputs, initializer=weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.mark.parametrize("shipped", [False, True])
def test_gain_and_offset_of_the_values_do_not_matter(tmp_path, model, shipped):
    """Other units in, the same image in those units out: every band and the pan by its own gain and offset."""
    if shipped:
        model = str(next(p for p in paths.shipped_networks() if p.name.startswith("pansharpening")))
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, dtype="Float32")
    plain = fused(tmp_path, model, pan, ms)
    gain, offset = np.array([2.0, 0.1, 30.0, 5.0])[:, None, None], np.array([-3.0, 7.0, 100.0, 0.0])[:, None, None]
    where = gdal.Open(ms).GetGeoTransform()
    other_ms = write_raster(tmp_path / "m.tif", read_raster(ms) * gain + offset, where, dtype="Float32")
    where = gdal.Open(pan).GetGeoTransform()
    other_pan = write_raster(tmp_path / "p.tif", read_raster(pan) * 400 + 50, where, dtype="Float32")
    other = (fused(tmp_path, model, other_pan, other_ms, "other.tif") - offset) / gain
    assert np.abs(other - plain).max() < 1e-3 * np.ptp(plain)


def test_progress_goes_from_nothing_to_all(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=64, cols=64)
    log = Log()
    result = fuse(tmp_path, model, pan, ms, monitor=log, tile_size=32)
    assert log.fractions == sorted(log.fractions) and log.fractions[-1] == 1.0
    assert result.tiles == 64 and result.pixels == 256 * 256 and result.provider == "CPUExecutionProvider"


class Learner(Operator):
    """Has a survey that looks at the last tile of a run, and keeps when that ended."""

    COST = 1.0

    def __init__(self, ended):
        self.ended = ended

    def survey(self, run, place):
        self.run, self.windows = run, [tile.write for tile in run.tiles]
        return self

    def read_sample(self, window):
        return self.run.read(list(self.run.tiles)[-1])

    def add_sample(self, sample):
        assert sample.arrays

    def solve(self):
        self.ended.append("survey")

    def learned(self, run):
        return (Finding("learned", "info", "MS", f"{len(self.ended)} have learned"),)


def test_operators_learn_one_after_the_other(tmp_path, model, monkeypatch):
    """Progress never goes back, and then every row of tiles lets GDAL drop the blocks of the last."""
    events = []
    monkeypatch.setattr(RasterSource, "release_blocks", lambda source: events.append("release"))

    def build(plan, layers):
        chain = TASK.build(plan, layers)
        return replace(chain, operators=[Learner(events), Learner(events), *chain.operators])

    pan, ms = make_pan_ms(tmp_path, rows=32, cols=32)
    log = Log()
    result = fuse(tmp_path, model, pan, ms, monitor=log, tile_size=32, task=replace(TASK, build=build))
    assert log.fractions == sorted(log.fractions) and log.fractions[-1] == 1.0
    assert sum(one.check == "learned" for one in result.findings) == 2 and result.survey_seconds > 0
    last = len(events) - events[::-1].index("survey")
    assert events.count("survey") == 2 and len(events[last:]) == 3 * 2  # four rows of tiles, two rasters


def test_the_checks_alone_write_nothing(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    before = sorted(tmp_path.iterdir())
    findings = check(fusion_job(pan, ms, model, str(tmp_path / "o.tif")))
    assert [f.check for f in findings] == ["same_crs", "overlap", "resolution_ratio", "grid_alignment"]
    assert sorted(tmp_path.iterdir()) == before


def test_a_cancel_stops_a_running_inference_at_once_and_leaves_nothing(tmp_path):
    model = str(save(tmp_path / "slow.onnx", slow_model(300)))
    pan, ms = make_pan_ms(tmp_path, rows=512, cols=512)
    before = {p.name for p in tmp_path.iterdir()}

    class Impatient(Monitor):
        """Cancels half a second after the tiles began."""

        began = wanted = None

        def progress(self, fraction):
            self.began = self.began or time.perf_counter()

        def is_cancelled(self):
            if self.began and time.perf_counter() - self.began > 0.5:
                self.wanted = self.wanted or time.perf_counter()
            return self.wanted is not None

    monitor = Impatient()
    with pytest.raises(CancelledError):
        fuse(tmp_path, model, pan, ms, monitor=monitor, tile_size=512)
    assert time.perf_counter() - monitor.wanted < 0.5
    assert {p.name for p in tmp_path.iterdir()} == before
