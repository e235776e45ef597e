"""What is known of a zone: its shape, the rasters in it, the points in and around it, and what its neighbours are like.

Tables are (zones, features) float64, NaN where nothing is known. Places are metres.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.optional import OptionalModule
from ...core.grid.crs import same_crs, transformation
from ...core.rasters.points import PointTable
from ...core.rasters.samples.samples import blocks_of
from ...core.rasters.source import RasterSource
from ...core.rasters.vector_io import BurnableLayer
from .reading import Zones

spatial = OptionalModule("scipy.spatial")
SHAPE, IMAGERY, POINTS = "shape", "imagery", "points"
_CUT = 4.0
"""Bandwidths beyond which a point counts nothing."""
Watch = Callable[[float], None]


@dataclass(frozen=True)
class Table:
    """Features of one kind.

    Attributes
    ----------
    kind : str
        SHAPE, IMAGERY, POINTS, or another word that the report shows.
    names : tuple of str
    values : ndarray
        (zones, features).
    of_neighbours : bool
        Whether they are those of the zones around.
    """

    kind: str
    names: tuple[str, ...]
    values: np.ndarray
    of_neighbours: bool = False


def geometry_of(zones: Zones) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Areas (zones,) m2, perimeters (zones,) m, centroids (zones, 2) metres."""
    areas, lengths, centres = [], [], []
    for number in range(len(zones)):
        rings = zones.rings(number)
        steps = [np.diff(ring, axis=0) for ring in rings]
        lengths.append(sum(np.hypot(*step.T).sum() for step in steps))
        areas.append(zones.geometries[number].GetArea() * zones.unit[0] * zones.unit[1])
        middle = zones.geometries[number].Centroid()
        centres.append(zones.metres((middle.GetX(), middle.GetY())))
    return np.array(areas), np.array(lengths), np.array(centres)


def shape_table(zones: Zones) -> Table:
    """Size and compactness (1 = a circle)."""
    areas, lengths, _ = geometry_of(zones)
    values = np.stack([np.log(np.maximum(areas, 1e-6)), 4 * np.pi * areas / np.maximum(lengths, 1e-6) ** 2], axis=1)
    return Table(SHAPE, ("logarithm of the area", "compactness"), values)


def raster_table(zones: Zones, path: str, name: str, watch: Watch) -> Table:
    """Mean and standard deviation of each band over the pixels of each zone; read block by block.

    Raises
    ------
    InputError
        No zone lies on the raster.
    """
    with RasterSource(path, name) as source:
        burned = BurnableLayer(source.grid)
        try:
            _burn(zones, burned, source.grid.crs_wkt, name)
            sums = _summed(source, burned, len(zones), watch)
        finally:
            burned.close()
        labels = [band.description or f"band {number}" for number, band in enumerate(source.bands, start=1)]
    counts, totals, squares = sums
    if not counts.any():
        raise InputError(f"{name}: no zone lies on '{path}'; check that both show one area.")
    with np.errstate(invalid="ignore", divide="ignore"):
        means = totals / counts
        spread = np.sqrt(np.maximum(squares / counts - means**2, 0.0))
    names = [f"{name}: {what} of {label}" for what in ("mean", "deviation") for label in labels]
    return Table(IMAGERY, tuple(names), np.concatenate([means, spread]).T)


def _burn(zones: Zones, burned: BurnableLayer, crs_wkt: str, name: str) -> None:
    differ = zones.crs_wkt and crs_wkt and not same_crs(zones.crs_wkt, crs_wkt)
    move = transformation(zones.crs_wkt, crs_wkt) if differ else None
    for number, geometry in enumerate(zones.geometries, start=1):
        moved = geometry.Clone()
        if move is None or move.geometry(moved):
            burned.add(moved, 1, number)
    burned.finish()


def _summed(source: RasterSource, burned: BurnableLayer, zones: int, watch: Watch) -> tuple[np.ndarray, ...]:
    """Pixels, sums and sums of squares of each band, (bands, zones)."""
    found = np.zeros((3, len(source.bands), zones + 1))
    first: np.ndarray | None = None  # what sums count from, so that squares keep their digits
    for block in blocks_of(source.grid):
        watch(0.0)
        _, regions, _ = burned.burn(block)
        if regions.any():
            values, valid = source.read(block)
            if first is None:
                first = np.array([np.median(v[t]) if t.any() else 0.0 for v, t in zip(values, valid)], np.float64)
            for band, (plane, there) in enumerate(zip(values, valid)):
                inside = there & (regions > 0)
                away = plane[inside].astype(np.float64) - first[band]
                for kind, weights in enumerate((None, away, away * away)):
                    found[kind, band] += np.bincount(regions[inside], weights, zones + 1)
        source.release_blocks()
    counts, totals, squares = found[:, :, 1:]
    shift = np.zeros(len(source.bands)) if first is None else first
    # back to what is stored: E(x) = E(a) + s, E(x2) = E(a2) + 2 s E(a) + s2
    squares = squares + 2 * shift[:, None] * totals + shift[:, None] ** 2 * counts
    return counts, totals + shift[:, None] * counts, squares


def point_table(zones: Zones, points: PointTable, bandwidth: float, watch: Watch) -> Table:
    """Points of each category: in the zone per km2 and as a share, around its middle, and how far the nearest is.

    Parameters
    ----------
    points : in the CRS of the zones.
    bandwidth : metres, of the Gaussian around the middle.
    """
    areas, _, centres = geometry_of(zones)
    places = zones.metres(points.places)
    count = len(points.categories)
    inside, around = np.zeros((len(zones), count)), np.zeros((len(zones), count))
    tree = spatial.cKDTree(places)
    for number in range(len(zones)):
        watch(0.0)
        corners = np.concatenate(zones.rings(number))
        reach = max(_CUT * bandwidth, float(np.hypot(*(corners - centres[number]).T).max()))
        near = np.array(tree.query_ball_point(centres[number], reach), int)
        if near.size:
            codes, weights = points.codes[near], points.weights[near]
            squared = ((places[near] - centres[number]) ** 2).sum(axis=1) / bandwidth**2
            felt = np.where(squared <= _CUT**2, np.exp(-0.5 * squared), 0.0)
            around[number] = np.bincount(codes, weights * felt, count)
            there = within(zones.rings(number), places[near])
            inside[number] = np.bincount(codes[there], weights[there], count)
    total = inside.sum(axis=1, keepdims=True)
    share = inside / np.where(total > 0, total, 1.0)
    felt_share = around / np.maximum(around.sum(axis=1, keepdims=True), 1e-9)
    nearest = np.stack([spatial.cKDTree(places[points.codes == code]).query(centres)[0] for code in range(count)], 1)
    mixed = -(share * np.log(np.where(share > 0, share, 1.0))).sum(axis=1, keepdims=True)
    density = inside / np.maximum(areas[:, None], 1.0) * 1e6
    kilometres = 2 * np.pi * bandwidth**2 / 1e6
    blocks = {"per km² in the zone": np.log1p(density), "share of the points in the zone": share,
              "per km² around": np.log1p(around / kilometres), "share of the points around": felt_share,
              "distance to the nearest": np.log1p(nearest)}  # fmt: skip
    names = [f"{category}: {what}" for what in blocks for category in points.categories]
    names += ["all points per km²", "mixture of the points"]
    last = np.log1p(total / np.maximum(areas[:, None], 1.0) * 1e6)
    return Table(POINTS, tuple(names), np.concatenate([*blocks.values(), last, mixed], axis=1))


def within(rings: Sequence[np.ndarray], places: np.ndarray) -> np.ndarray:
    """(n,) bool: places inside a polygon, by how often a ray to the east crosses its rings; holes do not count."""
    odd = np.zeros(len(places), bool)
    for ring in rings:
        (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
        crosses = (y0 > places[:, 1:]) != (y1 > places[:, 1:])
        with np.errstate(divide="ignore", invalid="ignore"):
            at = x0 + (places[:, 1:] - y0) / (y1 - y0) * (x1 - x0)
        odd ^= ((crosses & (places[:, :1] < at)).sum(axis=1) % 2).astype(bool)
    return odd
