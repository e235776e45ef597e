"""Tiles fit into the memory, whatever the halo."""

import pytest

from rsfusion_qgis.core.sensors.lidar.memory import tile_size

MIB = 2**20


@pytest.mark.parametrize("halo", [0, 3, 100, 500])
@pytest.mark.parametrize("mebibytes", [256, 768, 4000])
def test_what_a_tile_reads_and_writes_fits(halo, mebibytes):
    side = tile_size(mebibytes * MIB, 9, halo, 1)
    needed = 44 * (side + 2 * halo) ** 2 + (200 + 16 * 9) * side**2
    assert needed <= mebibytes * MIB
    larger = side + 2
    assert 44 * (larger + 2 * halo) ** 2 + (200 + 16 * 9) * larger**2 > mebibytes * MIB


def test_a_tile_is_never_so_small_that_halos_take_all_the_time():
    assert tile_size(MIB, 9, 0) == 64
    assert tile_size(MIB, 9, 150, 1) == 150
    assert tile_size(MIB, 9, 5000, 1) == 256


def test_large_cells_leave_room():
    assert tile_size(256 * MIB, 9, 500, 7) > tile_size(256 * MIB, 9, 500, 1)
