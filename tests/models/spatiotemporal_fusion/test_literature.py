"""The literature's networks: shapes, what they give where nothing changes, that they learn, and what they cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from models.spatiotemporal_fusion import literature, series  # noqa: E402
from models.spatiotemporal_fusion.benchmark import RATIO  # noqa: E402
from rsfusion_qgis.core.engine.job import Job  # noqa: E402
from rsfusion_qgis.core.engine.plan import plan_job  # noqa: E402
from rsfusion_qgis.tasks.spatiotemporal_fusion.task import TASK  # noqa: E402
from tests.tasks.spatiotemporal_fusion.scenes import fine_image, seen  # noqa: E402


def example() -> literature.Example:
    """Two dates of generated fields."""
    fine = [fine_image(128, 160, day).astype(np.float32) / 2000 for day in (200, 232)]
    coarse = [literature.on_fine(seen(one, RATIO), RATIO) for one in fine]
    return literature.Example(tuple(fine), tuple(coarse))


@pytest.mark.parametrize("make", literature.NETWORKS)
def test_a_network_gives_an_image_and_costs_what_it_says(make: type) -> None:
    network = make()
    images = [torch.rand(2, 1, 32, 48) for _ in range(3)]
    assert network(*images).shape == (2, 1, 32, 48)
    count = sum(one.numel() for one in network.parameters())
    assert f"{count:,} parameters" in __import__(make.__module__, fromlist=["x"]).__doc__
    assert 0 < literature.multiply_adds(network) < 300_000


@pytest.mark.parametrize("make", literature.NETWORKS)
def test_a_network_learns(make: type) -> None:
    """What its training makes small becomes smaller, on the whole images."""
    one = example()
    torch.manual_seed(0)
    before = make().eval()
    after, steps = literature.trained(make, [one], 0.0, most_steps=60)
    images = [torch.from_numpy(image[:, None] / one.fine[0].mean())
              for image in (one.fine[0], one.coarse[0], one.coarse[1], one.fine[1])]  # fmt: skip
    with torch.no_grad():
        losses = [float(network.loss(*images)) for network in (before, after)]
    assert steps == 60 and losses[1] < 0.95 * losses[0], losses


def test_a_unit_does_not_matter() -> None:
    """Bands are divided by their mean."""
    one, network = example(), literature.EDCSTFN().eval()
    told = one.fine[0], one.coarse[0], one.coarse[1]
    made = literature.applied(network, *told)
    np.testing.assert_allclose(literature.applied(network, *(1000 * image for image in told)), 1000 * made, rtol=1e-3)


def test_a_generated_series_has_one_date_without_a_fine_raster(tmp_path: Path) -> None:
    inputs = series.generated(tmp_path, 150, 5)
    assert sum(name.startswith("fine") for name in inputs) == 4 and len(inputs) == 9
    plan = plan_job(Job(TASK, inputs, method="regression"))
    assert len(plan.geometry) == 6  # two pairs, the coarse raster of the date, and the first one, which gives the grid
