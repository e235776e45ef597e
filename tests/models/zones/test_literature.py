"""Pictures of zones as computed by hand, networks that learn what is plain, categories that do not tell the truth."""

from __future__ import annotations

import numpy as np
import pytest

from models.zones import literature
from models.zones.wiki_categories import wiki_rules
from rsfusion_qgis.core.rasters.points import category_of, parse_rules
from rsfusion_qgis.tasks.zones import town as generated_town

HALF = literature.SIDE // 2


def test_heat_maps_and_densities_around_a_middle() -> None:
    places, codes = np.array([[105.0, 95.0], [105.0, 95.0], [400.0, 0.0]]), np.array([0, 0, 1])
    centres = np.array([[100.0, 100.0]])
    near = literature.heat_maps(places, codes, 2, centres, 10.0)
    assert near.shape == (1, 2, literature.SIDE, literature.SIDE)
    # the pixel to the right of and below the middle has its centre 5 m away from it: the point itself
    assert near[0, 0, HALF, HALF] == pytest.approx(1.0) == near[0, 0].max()
    assert near[0, 0, HALF, HALF + 2] == pytest.approx(np.exp(-1.0), rel=1e-5)
    felt = literature.densities(places, codes, np.array([2.0, 3.0, 1.0]), 2, centres, 10.0)
    assert felt[0, 0, HALF, HALF] == pytest.approx(np.log1p(5.0)) and felt[0, 1].max() == 0


@pytest.mark.parametrize("kind", [literature.HeatMapNetwork, literature.DensityNetwork])
def test_a_network_learns_what_is_plain(kind: type) -> None:
    draw = np.random.default_rng(1)
    classes = np.arange(40) % 2
    side = literature.SIDE
    points = draw.normal(size=(40, 1, side, side)).astype(np.float32) + 3 * classes[:, None, None, None]
    image = draw.normal(size=(40, 2, side, side)).astype(np.float32)
    pictures = literature.Pictures(points.astype(np.float32), image, np.roll(np.arange(40), 2)[:, None])
    made = literature.held_out(kind, pictures, classes, np.arange(40) // 2 % 2, 1)
    assert (made == classes).mean() > 0.9


def test_the_categories_of_the_wiki_do_not_tell_the_truth() -> None:
    rules = parse_rules(wiki_rules(), "TAGS")
    assert len(rules) > 30
    assert category_of({"leisure": "park"}, rules) is None and category_of({"landuse": "commercial"}, rules) is None
    assert category_of({"amenity": "cafe", "building": "retail"}, rules) == "sustenance"
    assert category_of({"amenity": "marketplace"}, rules) == "others"
    assert category_of({"building": "apartments"}, rules) == "accommodation buildings"


def test_the_same_seed_gives_the_same_town() -> None:
    first, second = (generated_town.town(3) for _ in range(2))
    np.testing.assert_array_equal(first.places, second.places)
    assert set(np.unique(first.uses)) == {0, 1, 2, 3} and len(first.street) % 3 == 0
