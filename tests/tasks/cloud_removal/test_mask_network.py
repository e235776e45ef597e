"""The shipped network of cloud masks inside the plugin: what it finds, and what follows from what it says."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.sensors.clouds.detection import MaskSettings
from rsfusion_qgis.tasks.cloud_removal import mask_network
from rsfusion_qgis.tasks.cloud_removal.codes import CLEAR, CLOUD, NO_CODE, SHADOW, THIN, UNCERTAIN
from rsfusion_qgis.tasks.cloud_removal.mask_network import FILE, MaskNetwork, codes_of, why_not
from tests.core.sensors.clouds.skies import GROUNDS, LEVEL_1C, LEVEL_2A, at_top, clouded, ground, patchy

ALL = ("B1", "B2", "B3", "B4", "B8", "B8A", "B9", "B10", "B11", "B12")
SIDE = 96


@pytest.fixture(scope="module")
def network():
    with_it = MaskNetwork(1)
    yield with_it
    with_it.close()


def codes(network: MaskNetwork, bands, scene, valid=None) -> np.ndarray:
    known = np.ones(bands["B2"].shape, bool) if valid is None else valid
    found = network.probabilities(bands, scene, known)
    return codes_of(found, bands, scene, known, MaskSettings(), None, 10.0)


def test_it_is_among_the_shipped_networks_and_in_no_list() -> None:
    assert FILE in shipped_networks() and FILE.parent.name != "zoo"


@pytest.mark.parametrize(
    ("names", "pixel_m", "words"),
    [
        (ALL, 10.0, ""), (("B2", "B3", "B4", "B8", "B11"), 10.0, ""),
        (("B2", "B3", "B4", "B8A"), 10.0, "B11 is missing"),
        (("B2", "B3", "B4"), 10.0, "B11, B8A are missing"), (ALL, 60.0, "60 m"),
    ],
)  # fmt: skip
def test_where_rules_take_its_place(names, pixel_m, words) -> None:
    assert words in why_not(names, pixel_m) and bool(words) == bool(why_not(names, pixel_m))


@pytest.mark.parametrize("kind", [*GROUNDS, "snow"])
def test_even_clear_ground_is_not_replaced(network, kind) -> None:
    for bands, scene in ((ground(kind, SIDE, SIDE), LEVEL_2A), (at_top(ground(kind, SIDE, SIDE)), LEVEL_1C)):
        assert not np.isin(codes(network, bands, scene), (CLOUD, THIN, SHADOW)).any()


def test_clouds_over_fields_are_found_and_thin_ones_named_apart(network) -> None:
    bands, thickness = patchy(128, 160)
    found = codes(network, bands, LEVEL_2A)
    assert np.isin(found, (CLOUD, THIN))[thickness > 0.5].mean() > 0.95
    assert (found == CLOUD)[thickness > 0.9].mean() > 0.8
    assert np.isin(found, (CLEAR, SHADOW, UNCERTAIN))[thickness < 0.02].mean() > 0.5


def test_parts_are_as_the_whole(network, monkeypatch) -> None:
    bands, _ = patchy(320, 336)
    known = np.ones((320, 336), bool)
    whole = network.probabilities(bands, LEVEL_2A, known)
    monkeypatch.setattr(mask_network, "PART_PX", 112)
    np.testing.assert_allclose(network.probabilities(bands, LEVEL_2A, known), whole, atol=1e-5)


def test_invalid_pixels_have_no_code_and_do_not_count(network) -> None:
    bands, _ = patchy(SIDE, SIDE)
    valid = np.ones((SIDE, SIDE), bool)
    valid[:, :20] = False
    one = codes(network, bands, LEVEL_2A, valid)
    other = codes(network, {n: np.where(valid, b, np.float32(7)) for n, b in bands.items()}, LEVEL_2A, valid)
    assert (one[:, :20] == NO_CODE).all() and (one[:, 20:] != NO_CODE).all()
    np.testing.assert_array_equal(one, other)


def test_codes_follow_from_the_probabilities() -> None:
    said = np.zeros((4, SIDE, SIDE), np.float32)
    said[0] = 1
    for (top, left), kind in (((10, 10), 1), ((10, 60), 2)):
        said[:, top : top + 25, left : left + 25] = 0
        said[kind, top : top + 25, left : left + 25] = 1
    said[:, 70:80, 20:30] = np.array([0.7, 0.3, 0, 0], np.float32)[:, None, None]
    known = np.ones((SIDE, SIDE), bool)
    bands = clouded(ground("meadow", SIDE, SIDE), 0.9 * (said[0] < 0.5).astype(np.float32))
    found = codes_of(said, bands, LEVEL_2A, known, MaskSettings(), None, 10.0)
    assert found[20, 20] == THIN and found[20, 70] == CLOUD and found[75, 25] == UNCERTAIN and found[90, 90] == CLEAR
    assert found[20, 8] == THIN and found[20, 5] == CLEAR  # grown by two pixels, a ring of doubt aside
    denied = codes_of(said, ground("meadow", SIDE, SIDE), LEVEL_2A, known, MaskSettings(), None, 10.0)
    assert denied[20, 20] == denied[20, 70] == UNCERTAIN  # the bands say nothing of a cloud
