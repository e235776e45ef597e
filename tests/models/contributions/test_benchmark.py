"""The benchmark of contributions: a row for each raster, with what it cost."""

from __future__ import annotations

from pathlib import Path

from models.contributions.benchmark import Case, job_of, lines
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from tests.core.engine import linear_classifier


def test_a_row_for_each_raster(tmp_path: Path) -> None:
    paths = linear_classifier.write(tmp_path, *linear_classifier.scene(seed=7, side=64))
    network = linear_classifier.save(tmp_path / "net.onnx")
    job = job_of(Path(network), {role: paths[role] for role in linear_classifier.BANDS})
    rows = lines(Case("a case", job, samples=SampleSource(paths["labels"], parameter="REFERENCE_RASTER")))
    cells = [row.strip("| ").split(" | ") for row in rows]
    assert [one[2] for one in cells] == ["HS", "LIDAR", "SAR"]
    assert all(len(one) == 8 and one[0] == "a case" for one in cells)
    assert float(cells[0][3]) > float(cells[1][3]) > 0.05 > float(cells[2][3])
