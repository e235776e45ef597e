"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks import task_by_id
from tests.rasters import grid_transform, write_raster
from tests.vectors import PIXEL_M, point, write_vector


def example(folder: Path, method: str) -> Job:
    """90 points of two categories on 110 x 130 pixels of 10 m."""
    draw = np.random.default_rng(4)
    shapes = [(point(*place), "shop" if number % 3 else "school")
              for number, place in enumerate(draw.uniform(0, (110, 130), (90, 2)))]  # fmt: skip
    points = write_vector(folder / "points.gpkg", shapes)
    values = draw.uniform(1, 9, (1, 110, 130))
    grid = write_raster(folder / "grid.tif", values, grid_transform(PIXEL_M), dtype="Float32", nodata=0)
    task = task_by_id("poi_density")
    face = task.faces[0]
    options = face.options(points=points, category_field="class", bandwidth=60.0, distances=True)
    return Job(task, {"grid": grid}, method=method or face.text.id, options=options)
