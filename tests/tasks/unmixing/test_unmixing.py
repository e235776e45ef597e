"""rsfusion:unmix and rsfusion:extractendmembers through the engine, on scenes of known shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError, OutputError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.tasks.unmixing.extracting import EXTRACTION, beside, extract, make
from rsfusion_qgis.tasks.unmixing.methods import METHODS
from rsfusion_qgis.tasks.unmixing.options import ExtractionOptions, UnmixOptions
from rsfusion_qgis.tasks.unmixing.task import TASK
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.unmixing.scenes import COLOURS, NAMES, Scene, add_wavelengths, spectra, write_csv, write_scene
from tests.vectors import write_labels, write_vector

AT = np.arange(400.0, 2500.0, 10.0)
NOISY = 0.03
"""Noise of reflectance with which HS alone is in doubt."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return write_scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return write_scene(tmp_path_factory.mktemp("noisy"), noise=NOISY)


@pytest.fixture
def library(tmp_path: Path) -> str:
    return write_csv(tmp_path / "library.csv", spectra(AT), NAMES, AT)


def unmix(
    folder: Path, hs: str, method: str = "fcls", *, guide: str = "", labels: Any = None, **options: Any
) -> Result:
    """Run the task with all its outputs; `labels` is a raster of classes or a SampleSource."""
    samples = SampleSource(labels, parameter="LABELS") if isinstance(labels, str) else labels
    inputs = {"hs": hs, **({"guide": guide} if guide else {})}
    further = {name: str(folder / f"{name.lower()}.tif") for name in ("CLASSES", "ERROR", "SHADE")}
    return run(Job(TASK, inputs, output=str(folder / "shares.tif"), method=method, options=UnmixOptions(**options),
                   samples=samples, further=further))  # fmt: skip


def off(result: Result, truth: np.ndarray, in_order: bool = True) -> float:
    """Root mean square error of the written shares; where classes have no names, in the best order."""
    found = read_raster(result.output)
    orders: Sequence[Any] = [range(len(truth))] if in_order else list(permutations(range(len(truth))))
    return min(float(np.sqrt(np.mean((found[list(order)] - truth) ** 2))) for order in orders)


@pytest.mark.parametrize("method", METHODS)
def test_shares_with_a_library(tmp_path: Path, scene: Scene, library: str, method: str) -> None:
    result = unmix(tmp_path, scene.hs, method, library=library)
    shares = read_raster(result.output)
    assert off(result, scene.shares) < 0.03
    assert np.abs(shares.sum(axis=0) - 1).max() < 1e-6 and shares.min() >= 0.0
    assert result.bands == NAMES
    dataset = gdal.Open(result.output)
    assert [dataset.GetRasterBand(k).GetDescription() for k in (1, 2, 3)] == list(NAMES)


def test_shares_with_endmembers_of_the_scene(tmp_path: Path, scene: Scene) -> None:
    result = unmix(tmp_path, scene.hs, count=3)
    assert off(result, scene.shares, in_order=False) < 0.03
    assert result.bands == ("endmember 1", "endmember 2", "endmember 3")


def test_the_number_of_endmembers_is_estimated(tmp_path: Path, scene: Scene) -> None:
    result = unmix(tmp_path, scene.hs)
    assert len(result.bands) == 3
    assert any("HS holds 3 endmembers" in finding.sentence for finding in result.findings)


@pytest.mark.parametrize("method", METHODS)
def test_shares_with_labels(tmp_path: Path, scene: Scene, method: str) -> None:
    result = unmix(tmp_path, scene.hs, method, labels=scene.labels_file)
    assert off(result, scene.shares) < 0.03 and result.bands == NAMES


def test_classes_have_names_and_colours(tmp_path: Path, scene: Scene) -> None:
    result = unmix(tmp_path, scene.hs, labels=scene.labels_file)
    dataset = gdal.Open(result.further["CLASSES"])
    band, codes = dataset.GetRasterBand(1), read_raster(result.further["CLASSES"])[0]
    assert [band.GetColorTable().GetColorEntry(code)[:3] for code in (1, 2, 3)] == list(COLOURS)
    assert band.GetCategoryNames()[1:4] == list(NAMES)
    sure = scene.shares.max(axis=0) > 0.6
    assert (codes == scene.shares.argmax(axis=0) + 1)[sure].all()


def polygons(scene: Scene, folder: Path) -> SampleSource:
    """Squares of 30 m inside patches of one class, as a layer of polygons."""
    x, step, _, y, _, _ = grid_transform(30.0)
    shapes = []
    for k, name in enumerate(NAMES):
        for row, col in np.argwhere(scene.shares[k] == 1)[::40][:12]:
            left, top = x + step * col, y - step * row
            ring = [(left, top), (left + step, top), (left + step, top - step), (left, top - step), (left, top)]
            shapes.append((f"POLYGON(({','.join(f'{a} {b}' for a, b in ring)}))", name))
    return SampleSource(write_vector(folder / "samples.gpkg", shapes), "class")


def test_shares_with_polygons(tmp_path: Path, scene: Scene) -> None:
    result = unmix(tmp_path, scene.hs, labels=polygons(scene, tmp_path))
    assert result.bands == tuple(sorted(NAMES)) and off(result, scene.shares) < 0.03


def test_points_give_the_pixel_that_they_fall_in(tmp_path: Path, scene: Scene) -> None:
    x, step, _, y, _, _ = grid_transform(30.0)
    shapes = [(f"POINT({x + step * (col + 0.5)} {y - step * (row + 0.5)})", name) for k, name in enumerate(NAMES)
              for row, col in np.argwhere(scene.shares[k] == 1)[::50][:5]]  # fmt: skip
    source = SampleSource(write_vector(tmp_path / "points.gpkg", shapes), "class")
    result = unmix(tmp_path, scene.hs, labels=source)
    assert off(result, scene.shares) < 0.03
    assert sum("or of points" in finding.sentence for finding in result.findings) == 3


def test_a_class_without_a_pure_pixel_gets_the_spectrum_that_fits_the_mixed_ones(tmp_path: Path, scene: Scene) -> None:
    tree, rows = scene.labels == 2, np.arange(scene.labels.shape[0])[:, None]
    stripes = np.where(tree & (rows % 4 < 2), 1, scene.labels)  # no pixel of HS is tree alone
    fine = np.stack([stripes == k for k in (1, 2, 3)]).astype(float)
    shares = fine.reshape(3, 72, 4, 60, 4).mean(axis=(2, 4))
    hs = write_raster(tmp_path / "hs.tif", 10000 * np.tensordot(spectra(), shares, 1), grid_transform(30.0))
    add_wavelengths(hs)
    labels = write_labels(tmp_path / "labels.tif", stripes, grid_transform(7.5), names=["", *NAMES])
    result = unmix(tmp_path, hs, labels=labels)
    assert off(result, shares) < 0.06
    assert any("'tree', so its spectrum is the one that fits" in finding.sentence for finding in result.findings)


@pytest.mark.parametrize("guide", ["ms", "heights"])
@pytest.mark.parametrize("taught", ["library", "labels"])
def test_a_guide_makes_shares_better(tmp_path: Path, noisy: Scene, library: str, guide: str, taught: str) -> None:
    given = {"library": library} if taught == "library" else {"labels": noisy.labels_file}
    alone = off(unmix(tmp_path, noisy.hs, **given), noisy.shares)
    result = unmix(tmp_path, noisy.hs, guide=getattr(noisy, guide), **given)
    shares = read_raster(result.output)
    assert off(result, noisy.shares) < 0.8 * alone
    assert np.abs(shares.sum(axis=0) - 1).max() < 1e-6 and shares.min() >= 0.0
    assert any("4 x 4 pixels of GUIDE lie in one of HS" in finding.sentence for finding in result.findings)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_listens_to_the_guide(tmp_path: Path, noisy: Scene, method: str) -> None:
    alone = off(unmix(tmp_path, noisy.hs, method, labels=noisy.labels_file), noisy.shares)
    assert off(unmix(tmp_path, noisy.hs, method, guide=noisy.ms, labels=noisy.labels_file), noisy.shares) < alone


def test_a_guide_of_no_weight_changes_nothing(tmp_path: Path, noisy: Scene, library: str) -> None:
    alone = read_raster(unmix(tmp_path, noisy.hs, library=library).output)
    result = unmix(tmp_path, noisy.hs, guide=noisy.ms, library=library, guide_weight=0.0)
    assert np.array_equal(read_raster(result.output), alone)


def test_a_guide_that_tells_nothing_does_no_harm(tmp_path: Path, noisy: Scene, library: str) -> None:
    alone = off(unmix(tmp_path, noisy.hs, library=library), noisy.shares)
    values = 100 + 5 * np.random.default_rng(0).standard_normal((1, *noisy.labels.shape))
    guide = write_raster(tmp_path / "noise.tif", values, grid_transform(7.5), dtype="Float32")
    assert off(unmix(tmp_path, noisy.hs, guide=guide, library=library), noisy.shares) < 1.1 * alone


def test_where_the_guide_has_no_data_hs_decides_alone(tmp_path: Path, noisy: Scene, library: str) -> None:
    values = read_raster(noisy.ms)
    values[:, :, :120] = -9999
    guide = write_raster(tmp_path / "part.tif", values, grid_transform(7.5), dtype="Int16", nodata=-9999)
    found = read_raster(unmix(tmp_path, noisy.hs, guide=guide, library=library).output)
    alone = read_raster(unmix(tmp_path, noisy.hs, library=library).output)
    assert np.array_equal(found[:, :, :30], alone[:, :, :30])
    assert np.abs(found[:, :, 30:] - alone[:, :, 30:]).max() > 0.05


@pytest.mark.parametrize("factor", [1.0, 100.0, 10000.0])
def test_stored_values_may_be_scaled(tmp_path: Path, library: str, factor: float) -> None:
    scene = write_scene(tmp_path, factor=factor)
    result = unmix(tmp_path, scene.hs, library=library)
    assert off(result, scene.shares) < 0.03
    assert any("times those of LIBRARY" in one.sentence for one in result.findings) == (factor != 1.0)


def test_a_scale_that_the_bands_state_is_applied(tmp_path: Path, library: str) -> None:
    scene = write_scene(tmp_path)
    dataset = gdal.Open(scene.hs, gdal.GA_Update)
    for number in range(1, dataset.RasterCount + 1):
        dataset.GetRasterBand(number).SetScale(0.0001)
    dataset = None
    result = unmix(tmp_path, scene.hs, library=library)
    assert off(result, scene.shares) < 0.03
    assert 0.001 < np.nanmean(read_raster(result.further["ERROR"])) < 0.003


def test_the_error_is_the_noise_and_the_shade_the_darkness(tmp_path: Path, library: str) -> None:
    scene = write_scene(tmp_path, noise=0.004)
    values = read_raster(scene.hs)
    values[:, :, :30] *= 0.5
    dark = write_raster(tmp_path / "dark.tif", values, grid_transform(30.0), dtype="Float32")
    add_wavelengths(dark)
    result = unmix(tmp_path, dark, "sclsu", library=library)
    error, shade = (read_raster(result.further[name])[0] for name in ("ERROR", "SHADE"))
    assert np.median(error[:, 30:]) == pytest.approx(40.0, rel=0.1)
    assert np.median(shade[:, :30]) == pytest.approx(0.5, abs=0.02)
    assert np.median(shade[:, 30:]) == pytest.approx(0.0, abs=0.02)
    assert off(result, scene.shares) < 0.06


def test_one_invalid_band_takes_the_pixel(tmp_path: Path, scene: Scene, library: str) -> None:
    values = read_raster(scene.hs)
    values[7, 10, 20] = -9999
    path = write_raster(tmp_path / "hole.tif", values, grid_transform(30.0), dtype="Int16", nodata=-9999)
    add_wavelengths(path)
    result = unmix(tmp_path, path, library=library)
    for name in (result.output, result.further["ERROR"], result.further["SHADE"]):
        found = read_raster(name)
        assert np.isnan(found[:, 10, 20]).all() and np.isnan(found).any(axis=0).sum() == 1
    assert read_raster(result.further["CLASSES"])[0, 10, 20] == 0


def test_pixels_of_zeros_are_no_data_and_no_endmember(tmp_path: Path, scene: Scene) -> None:
    values = read_raster(scene.hs)
    values[:, :8, :8] = 0
    path = write_raster(tmp_path / "zeros.tif", values, grid_transform(30.0), dtype="Int16")
    add_wavelengths(path)
    result = unmix(tmp_path, path, count=3)
    shares, codes = read_raster(result.output), read_raster(result.further["CLASSES"])[0]
    assert np.isnan(shares[:, :8, :8]).all() and not np.isnan(shares[:, 8:]).any() and (codes[:8, :8] == 0).all()
    orders = [list(order) for order in permutations(range(3))]
    assert min(np.abs(shares[order] - scene.shares)[:, 8:].max() for order in orders) < 0.1
    assert any("HS holds 0 in every band of 64 pixels" in finding.sentence for finding in result.findings)


def test_nothing_is_said_of_a_guide_that_is_not_given(tmp_path: Path, scene: Scene, library: str) -> None:
    assert not any("GUIDE" in finding.sentence for finding in unmix(tmp_path, scene.hs, library=library).findings)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"method": "magic"}, r"METHOD is 'magic'; expected one of fcls, sclsu"),
        ({"options": UnmixOptions(count=1)}, r"COUNT is 1; expected 0 \(estimated\) or 2 to 40"),
        ({"options": UnmixOptions(count=40), "inputs": "two"}, r"COUNT is 40; expected 0 \(estimated\) or 2 to 2"),
        ({"inputs": "one"}, r"HS has 1 band; expected a raster of several bands"),
        ({"inputs": "flat"}, r"HS has the same spectrum everywhere"),
        ({"options": UnmixOptions(library="nowhere.csv")}, r"LIBRARY: 'nowhere.csv' does not exist"),
    ],
)
def test_bad_input_gets_one_sentence(tmp_path: Path, scene: Scene, change: dict[str, Any], words: str) -> None:
    place, values = grid_transform(30.0), read_raster(scene.hs)
    made = {"one": values[:1], "two": values[:2], "flat": np.full((5, 20, 20), 300.0)}
    if "inputs" in change:
        path = write_raster(tmp_path / "other.tif", made[change["inputs"]], place, dtype="Float32")
        change = {**change, "inputs": {"hs": path}}
    job = Job(TASK, {"hs": scene.hs}, output=str(tmp_path / "shares.tif"), method="fcls", options=UnmixOptions())
    with pytest.raises(InputError, match=words):
        run(replace(job, **change))
    assert not (tmp_path / "shares.tif").exists()


def test_a_library_and_samples_are_one_too_many(tmp_path: Path, scene: Scene, library: str) -> None:
    with pytest.raises(InputError, match="LIBRARY and LABELS are both given; expected one of them"):
        unmix(tmp_path, scene.hs, labels=scene.labels_file, library=library)


def test_the_result_may_not_take_the_place_of_the_library(tmp_path: Path, scene: Scene, library: str) -> None:
    output, before = str(tmp_path / "shares.tif"), Path(library).read_text(encoding="utf-8")
    job = Job(TASK, {"hs": scene.hs}, output=output, report=library, method="fcls", options=UnmixOptions(library))
    with pytest.raises(OutputError, match=r"REPORT: '.*' is also LIBRARY"):
        run(job)
    assert Path(library).read_text(encoding="utf-8") == before


def extraction(hs: str, labels: str = "", count: int = 3) -> Job:
    """A job of rsfusion:extractendmembers."""
    samples = SampleSource(labels, parameter="LABELS") if labels else None
    return Job(TASK, {"hs": hs}, method=EXTRACTION.method, options=ExtractionOptions(count=count), samples=samples)


@pytest.mark.parametrize("ending", [".csv", ".sli"])
@pytest.mark.parametrize("labelled", [False, True])
def test_what_is_extracted_can_be_unmixed_with(tmp_path: Path, scene: Scene, ending: str, labelled: bool) -> None:
    derived = make(extraction(scene.hs, scene.labels_file if labelled else ""), Monitor())
    path = tmp_path / f"found{ending}"
    derived.write(path)
    assert [Path(file).is_file() for file in beside(str(path))] == ([True] if ending == ".sli" else [])
    result = unmix(tmp_path, scene.hs, library=str(path))
    assert off(result, scene.shares, in_order=labelled) < 0.03
    assert derived.values["COUNT"] == 3 and derived.values["CLASSES"].count("\n") == 2
    assert any("<svg" in part for part in derived.parts)


def test_pure_pixels_are_told_by_their_places(scene: Scene) -> None:
    endmembers, _ = extract(extraction(scene.hs), Monitor())
    for col, row in endmembers.places:
        assert scene.shares[:, row, col].max() == 1.0


def test_another_ending_of_a_library_is_refused() -> None:
    with pytest.raises(OutputError, match=r"OUTPUT: 'found.xlsx' has the ending '.xlsx'; expected .csv or .sli"):
        beside("found.xlsx")
