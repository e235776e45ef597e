"""Bringing two grids into one frame."""

from rsfusion_qgis.core.grid.grid import Grid, Placement, Window, cover


def test_cover_counts_pixels_whose_centres_lie_on_the_other_raster():
    reference = Grid("", (0, 1, 0, 0, 0, -1), 100, 100)
    half_off = Placement(0.5, 0.25, 0.5, -0.25)
    assert cover(reference, half_off, Window(0, 0, 20, 20)) == Window(0, 0, 40, 41)  # a centre on the edge counts
    assert cover(reference, Placement(0.25, 0, 0.25, 0), Window(0, 0, 10, 30)) == Window(0, 0, 40, 100)
