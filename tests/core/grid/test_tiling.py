"""The tile plan covers the extent once, reads enough, and keeps to the network's block grid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.grid.tiles import plan_tiles, require_margin_fits, tile_size_for

extents = st.builds(Window, st.integers(0, 700), st.integers(0, 700), st.integers(1, 900), st.integers(1, 900))


@given(extents, st.integers(32, 600), st.integers(0, 40), st.sampled_from([1, 2, 4, 6, 8]))
def test_written_windows_partition_the_extent(extent, size, halo, align):
    plan = plan_tiles(extent, size, halo, align)
    count = np.zeros((extent.height, extent.width), np.uint8)
    for tile in plan:
        where = tile.write.shifted(-extent.col_off, -extent.row_off)
        count[where.row_off : where.row_end, where.col_off : where.col_end] += 1
    assert (count == 1).all()
    assert len(list(plan)) == len(plan)


@given(extents, st.integers(32, 600), st.integers(0, 40), st.sampled_from([1, 2, 4, 6, 8]))
def test_read_windows_hold_the_halo_and_lie_on_the_block_grid(extent, size, halo, align):
    for tile in plan_tiles(extent, size, halo, align):
        assert tile.write.grown(halo).intersection(tile.read) == tile.write.grown(halo)
        assert tile.read.col_off % align == tile.read.row_off % align == 0
        assert tile.read.width % align == tile.read.height % align == 0


def test_tiles_are_whole_blocks_of_the_output_where_they_are_large_enough():
    assert plan_tiles(Window(0, 0, 5000, 5000), 700, 20, 2).size == 640
    assert plan_tiles(Window(0, 0, 5000, 5000), 200, 20, 6).size == 198


def test_rows_come_one_after_the_other():
    rows = [tile.write.row_off for tile in plan_tiles(Window(0, 0, 1024, 1024), 256, 8, 1)]
    assert rows == sorted(rows)


def test_an_empty_extent_is_refused():
    with pytest.raises(InputError, match="EXTENT"):
        plan_tiles(Window(0, 0, 0, 10), 256, 8)


def test_a_larger_budget_never_gives_a_smaller_tile():
    sizes = [tile_size_for(m * 2**20, 1500.0, 24) for m in (1, 64, 256, 1024, 65536)]
    assert sizes == sorted(sizes) and sizes[0] == 64 and sizes[-1] == 2048


@pytest.mark.parametrize(("halo", "align", "fits"), [(46, 4, True), (323, 8, True), (4096, 1, False), (0, 4096, False)])
def test_a_network_that_looks_too_far_around_is_refused(halo: int, align: int, fits: bool) -> None:
    """At 780 bytes per pixel a tile of 64 pixels with 4096 around it takes 49 GB."""
    for memory_mb in (64, 768):
        if fits:
            require_margin_fits(memory_mb * 2**20, 780.0, halo, align)
            continue
        with pytest.raises(InputError, match=r"MODEL reads .* but MEMORY allows 768 MB; raise MEMORY"):
            require_margin_fits(memory_mb * 2**20, 780.0, halo, align)
    require_margin_fits(2**40, 780.0, halo, align)
